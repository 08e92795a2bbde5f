//! A batch of reports in, a batch of entries out: what Spark, Ray, Dask, Daft and DuckDB call.

use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType};
use onrecord::Envelope;
use onrecord_cli::library::Trouble;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;

use crate::read::{at, each, reader};
use crate::table::{Table, Tables, named};
use crate::trouble::{raised, tried};

/// A column of words, or of bytes.
struct Words(Option<ArrayRef>);

impl Words {
    /// A column by its name. What is text already is read where it lies; days and numbers are written out.
    fn of(batch: &RecordBatch, name: &str) -> Result<Self, ArrowError> {
        let column = batch
            .column_by_name(name)
            .map(|column| match column.data_type() {
                DataType::Utf8
                | DataType::LargeUtf8
                | DataType::Utf8View
                | DataType::Binary
                | DataType::LargeBinary
                | DataType::BinaryView => Ok(Arc::clone(column)),
                DataType::Null => cast(column, &DataType::Utf8),
                _ => cast(column, &DataType::LargeUtf8),
            });
        Ok(Self(column.transpose()?))
    }

    fn bytes(&self, row: usize) -> Option<&[u8]> {
        let column = self.0.as_ref().filter(|c| c.is_valid(row))?;
        Some(match column.data_type() {
            DataType::Utf8 => column.as_string::<i32>().value(row).as_bytes(),
            DataType::LargeUtf8 => column.as_string::<i64>().value(row).as_bytes(),
            DataType::Utf8View => column.as_string_view().value(row).as_bytes(),
            DataType::Binary => column.as_binary::<i32>().value(row),
            DataType::LargeBinary => column.as_binary::<i64>().value(row),
            _ => column.as_binary_view().value(row),
        })
    }

    fn text(&self, row: usize) -> Option<String> {
        let words = String::from_utf8_lossy(self.bytes(row)?).into_owned();
        (!words.trim().is_empty()).then_some(words)
    }
}

/// What is read of a batch.
struct Reports {
    text: Words,
    published: Words,
    outlet: Words,
    url: Words,
    id: Words,
}

impl Reports {
    fn of(batch: &RecordBatch) -> Result<Self, ArrowError> {
        let column = |name| Words::of(batch, name);
        Ok(Self {
            text: column("text")?,
            published: column("published")?,
            outlet: column("outlet")?,
            url: column("url")?,
            id: column("id")?,
        })
    }

    /// What is known of a row besides its text.
    fn envelope(&self, py: Python<'_>, row: usize) -> PyResult<Envelope> {
        let published = self.published.text(row);
        Ok(Envelope {
            published: published.map(|p| at(py, &p)).transpose()?,
            outlet: self.outlet.text(row),
            url: self.url.text(row),
            ..Envelope::default()
        })
    }
}

/// Reads the reports of a batch, or of a stream of batches, and gives back one table of them.
#[pyfunction]
pub(crate) fn read_batch(
    py: Python<'_>,
    batch: AnyRecordBatch,
    table: String,
    threads: usize,
) -> PyResult<Table> {
    let wanted = named(py, &[table])?;
    let reader = reader(py)?;
    let mut tables = Tables::of(&wanted);
    for batch in batch.into_reader()? {
        let arrow = |why: ArrowError| raised(py, "Error", &why);
        let batch = batch.map_err(arrow)?;
        let reports = Reports::of(&batch).map_err(arrow)?;
        if reports.text.0.is_none() {
            let why = "there is no column `text`; reports are read from it";
            return Err(raised(py, "ArgumentError", &why));
        }
        let rows = (0..batch.num_rows()).filter(|row| reports.text.bytes(*row).is_some());
        let rows: PyResult<Vec<_>> = rows
            .map(|row| Ok((row, reports.envelope(py, row)?)))
            .collect();
        let rows = rows?;
        tables = tried(py, "Error", || {
            let records = each(&rows, threads, |(row, envelope)| {
                let bytes = reports.text.bytes(*row).unwrap_or_default();
                reader.read(bytes, envelope)
            });
            for ((row, _), record) in rows.iter().zip(&records) {
                tables.add(record, reports.id.text(*row).as_deref())?;
            }
            Ok::<_, Trouble>(tables)
        })?;
    }
    let all = tried(py, "Error", || tables.finish())?;
    all.into_iter()
        .next()
        .ok_or_else(|| raised(py, "Error", &"no table was made"))
}
