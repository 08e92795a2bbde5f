//! Tables for whoever takes Arrow: pandas, polars, DuckDB, pyarrow.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::{Array, ArrayRef, RecordBatch, StructArray};
use arrow_schema::{Field, FieldRef, SchemaRef};
use arrow_select::concat::concat_batches;
use onrecord_cli::library::{Sink, Trouble, rows_of};
use onrecord_columns::Table as Columns;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use pyo3_arrow::error::PyArrowResult;
use pyo3_arrow::ffi::{
    ArrayIterator, to_array_pycapsules, to_schema_pycapsule, to_stream_pycapsule,
};
use serde::Serialize;
use serde_json::Value;

use crate::record::Record;
use crate::trouble::{raised, tried};

/// Rows of one batch.
const BATCH: usize = 20_000;
/// Whole records of one batch: they are large.
const RECORDS: usize = 500;

/// A table, whose columns `onrecord schema --tables` explains. It is handed on by the Arrow PyCapsule
/// interface, nothing copied: `polars.DataFrame(table)`, `pyarrow.table(table)`, `FROM table` in DuckDB.
#[pyclass(frozen, module = "onrecord")]
pub(crate) struct Table {
    of: Columns,
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    pub(crate) fn new(table: Columns, batches: Vec<RecordBatch>) -> Self {
        Self {
            of: table,
            schema: table.schema(),
            batches,
        }
    }

    fn field(&self) -> FieldRef {
        let fields = self.schema.fields().clone();
        Arc::new(Field::new_struct("", fields, false))
    }

    fn rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
}

#[pymethods]
impl Table {
    /// Its name: `statements`.
    #[getter]
    fn name(&self) -> &'static str {
        self.of.name()
    }

    /// The names of its columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        let fields = self.schema.fields().iter();
        fields.map(|f| f.name().clone()).collect()
    }

    /// How many rows it has.
    #[getter]
    fn num_rows(&self) -> usize {
        self.rows()
    }

    fn __len__(&self) -> usize {
        self.rows()
    }

    fn __repr__(&self) -> String {
        let columns = self.schema.fields().len();
        let name = self.of.name();
        format!("<Table {name}: {} rows, {columns} columns>", self.rows())
    }

    /// As a `pyarrow.Table`.
    fn to_pyarrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pyarrow")?.call_method1("table", (slf,))
    }

    /// As a data frame of polars.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("polars")?.call_method1("DataFrame", (slf,))
    }

    /// As a data frame of pandas; needs pyarrow.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Self::to_pyarrow(slf)?.call_method0("to_pandas")
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyArrowResult<Bound<'py, PyCapsule>> {
        to_schema_pycapsule(py, self.schema.as_ref())
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyCapsule>> {
        let arrays = self.batches.clone().into_iter();
        let arrays = arrays.map(|b| Ok(Arc::new(StructArray::from(b)) as ArrayRef));
        let reader = Box::new(ArrayIterator::new(arrays, self.field()));
        to_stream_pycapsule(py, reader, requested_schema)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyTuple>> {
        let whole = match self.batches.as_slice() {
            [one] => one.clone(),
            all => concat_batches(&self.schema, all)?,
        };
        let array: &dyn Array = &StructArray::from(whole);
        to_array_pycapsules(py, self.field(), array, requested_schema)
    }
}

/// Tables on their way.
pub(crate) struct Tables {
    wanted: Vec<Columns>,
    begun: BTreeMap<&'static str, (Vec<Value>, Vec<RecordBatch>)>,
}

impl Tables {
    pub(crate) fn of(wanted: &[Columns]) -> Self {
        Self {
            wanted: wanted.to_vec(),
            begun: BTreeMap::new(),
        }
    }

    /// Takes the rows of a record.
    pub(crate) fn add(
        &mut self,
        record: &onrecord::Record,
        location: Option<&str>,
    ) -> Result<(), Trouble> {
        if self.wanted.contains(&Columns::Records) {
            self.row(Columns::Records, record)?;
        }
        rows_of(record, location, self)
    }

    pub(crate) fn finish(mut self) -> Result<Vec<Table>, Trouble> {
        let mut out = Vec::new();
        for table in self.wanted {
            let (rows, mut batches) = self.begun.remove(table.name()).unwrap_or_default();
            if !rows.is_empty() || batches.is_empty() {
                batches.push(batch(table, &rows)?);
            }
            out.push(Table::new(table, batches));
        }
        Ok(out)
    }
}

pub(crate) fn batch(table: Columns, rows: &[Value]) -> Result<RecordBatch, Trouble> {
    let unfit = |why: &dyn std::fmt::Display| Trouble::Flags(why.to_string());
    onrecord_columns::batch(table, rows).map_err(|why| unfit(&why))
}

impl Sink for Tables {
    fn row(&mut self, table: Columns, row: &impl Serialize) -> Result<(), Trouble> {
        if !self.wanted.contains(&table) {
            return Ok(());
        }
        let (rows, batches) = self.begun.entry(table.name()).or_default();
        rows.push(serde_json::to_value(row).map_err(std::io::Error::from)?);
        let most = if table == Columns::Records {
            RECORDS
        } else {
            BATCH
        };
        if rows.len() >= most {
            batches.push(batch(table, rows)?);
            rows.clear();
        }
        Ok(())
    }
}

/// The tables of these names.
pub(crate) fn named(py: Python<'_>, names: &[String]) -> PyResult<Vec<Columns>> {
    let one = |name: &String| {
        let known = Columns::ALL.into_iter().find(|t| t.name() == name);
        known.ok_or_else(|| raised(py, "ArgumentError", &format!("there is no table `{name}`")))
    };
    names.iter().map(one).collect()
}

/// The tables of records.
#[pyfunction]
pub(crate) fn tables(
    py: Python<'_>,
    records: Vec<PyRef<'_, Record>>,
    names: Vec<String>,
) -> PyResult<Vec<Table>> {
    let wanted = named(py, &names)?;
    let records: Vec<&onrecord::Record> = records.iter().map(|r| &r.record).collect();
    tried(py, "Error", || {
        let mut tables = Tables::of(&wanted);
        records.iter().try_for_each(|r| tables.add(r, None))?;
        tables.finish()
    })
}
