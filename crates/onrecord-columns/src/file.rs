//! Tables as Parquet: written a few rows at a time, read the same way.
//!
//! Compressed with zstd. A row group ends at 64 MiB or 20,000 rows, so that neither the writer
//! nor whoever reads one needs more memory for more reports. The file says what wrote it, which
//! table it is and which version of its columns it has.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use onrecord_model::Record;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{
    ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::{FileMetaData, KeyValue};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::ChunkReader;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::schema::VERSION;
use crate::table::Table;
use crate::{ColumnsError, Result, cells, unbatched, verified};

/// Where the file says which table it is, and which version of its columns it has.
const TABLE: &str = "onrecord.table";
const SCHEMA: &str = "onrecord.schema_version";

/// The largest row group.
const GROUP_ROWS: usize = 20_000;
const GROUP_BYTES: usize = 64 << 20;
/// Rows that are held at a time, and their bytes.
const ROWS: usize = 500;
const BATCH_BYTES: usize = 32 << 20;
/// Rows that are read at a time: whole records, where one may be large.
const READ: usize = 100;

/// Writes a table.
pub struct Writer<W: Write + Send> {
    table: Table,
    file: ArrowWriter<W>,
    rows: Vec<Value>,
    weight: usize,
}

impl<W: Write + Send> Writer<W> {
    /// Begins a table.
    ///
    /// # Errors
    /// When it cannot be written to.
    pub fn new(out: W, table: Table) -> Result<Self> {
        let say = |key: &str, value: String| KeyValue::new(key.to_owned(), value);
        let version = env!("CARGO_PKG_VERSION");
        let properties = WriterProperties::builder()
            .set_created_by(format!("onrecord version {version}"))
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .set_key_value_metadata(Some(vec![
                say(TABLE, table.name().to_owned()),
                say(SCHEMA, VERSION.to_string()),
            ]))
            .build();
        let file = ArrowWriter::try_new(out, table.schema(), Some(properties))?;
        Ok(Self {
            table,
            file,
            rows: Vec::new(),
            weight: 0,
        })
    }

    /// Adds a row: anything that serialises to the table's columns.
    ///
    /// # Errors
    /// When a row does not fit the table, or it cannot be written to.
    pub fn write<T: Serialize>(&mut self, row: &T) -> Result<()> {
        let row = serde_json::to_value(row)?;
        self.weight += weight(&row);
        self.rows.push(row);
        if self.rows.len() == ROWS || self.weight >= BATCH_BYTES {
            self.hand_on()?;
        }
        Ok(())
    }

    fn hand_on(&mut self) -> Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        self.file
            .write(&cells::batch(self.table.schema(), &self.rows)?)?;
        self.rows.clear();
        self.weight = 0;
        if self.file.in_progress_size() >= GROUP_BYTES {
            self.file.flush()?;
        }
        Ok(())
    }

    /// Ends the table and gives back what it was written to. A table that is not ended is no
    /// table.
    ///
    /// # Errors
    /// When it cannot be written to.
    pub fn finish(mut self) -> Result<W> {
        self.hand_on()?;
        Ok(self.file.into_inner()?)
    }
}

/// Bytes that a value takes, more or less.
fn weight(value: &Value) -> usize {
    let inner: usize = match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::Object(members) => members.iter().map(|(k, v)| k.len() + weight(v)).sum(),
        _ => 0,
    };
    inner + size_of::<Value>()
}

/// The rows of a table that [`Writer`] wrote, a few at a time.
///
/// # Errors
/// When the file is not Parquet, or another table or a newer one than this program knows.
pub fn rows<T: DeserializeOwned>(
    file: impl ChunkReader + 'static,
    table: Table,
) -> Result<impl Iterator<Item = Result<T>>> {
    // The columns are known; what Arrow noted of them need not be read.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let batches = careful(|| {
        let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options)?;
        ours(builder.metadata().file_metadata(), table)?;
        Ok(builder.with_batch_size(READ).build()?)
    })?;
    Ok(Rows {
        table,
        batches: Some(batches),
        ready: Vec::new().into_iter(),
    })
}

/// The records of a table of records, every span verified.
///
/// # Errors
/// As [`rows`].
pub fn records(file: impl ChunkReader + 'static) -> Result<impl Iterator<Item = Result<Record>>> {
    let rows = rows::<Record>(file, Table::Records)?;
    Ok(rows.map(|record| verified(record?)))
}

/// Reads what may be damaged. The Parquet reader panics on some damage (a negative length, met in
/// `tests/laws.rs`); here that is an error as any other.
fn careful<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(ColumnsError::Damaged))
}

fn ours(file: &FileMetaData, table: Table) -> Result<()> {
    let said = |key: &str| {
        let mut all = file.key_value_metadata().into_iter().flatten();
        all.find(|said| said.key == key)?.value.as_deref()
    };
    let found = said(TABLE).unwrap_or("columns of another program");
    if found != table.name() {
        return Err(ColumnsError::Other {
            found: found.to_owned(),
            wanted: table.name(),
        });
    }
    let version = said(SCHEMA).and_then(|v| v.parse().ok());
    match version.unwrap_or(u32::MAX) {
        found if found > VERSION => Err(ColumnsError::Newer {
            found,
            known: VERSION,
        }),
        _ => Ok(()),
    }
}

struct Rows<T> {
    table: Table,
    /// None after an error: what comes behind damage is not believed.
    batches: Option<ParquetRecordBatchReader>,
    ready: std::vec::IntoIter<T>,
}

impl<T: DeserializeOwned> Rows<T> {
    fn more(&mut self) -> Option<Result<()>> {
        let batches = self.batches.as_mut()?;
        let rows = careful(|| match batches.next() {
            Some(batch) => Ok(Some(unbatched(self.table, &batch?)?)),
            None => Ok(None),
        });
        let rows = rows.transpose()?;
        Some(rows.map(|rows| self.ready = rows.into_iter()))
    }
}

impl<T: DeserializeOwned> Iterator for Rows<T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.ready.next() {
                return Some(Ok(row));
            }
            if let Err(why) = self.more()? {
                self.batches = None;
                return Some(Err(why));
            }
        }
    }
}
