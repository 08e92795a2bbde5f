//! A record as Python has it: whole in Rust, taken apart only when something of it is asked for.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use onrecord_cli::library::text;
use onrecord_page::clean;
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyTuple, PyType};

use crate::trouble::{self, tried};

/// What a report says: who said, promised, signed and did what.
#[pyclass(frozen, module = "onrecord")]
pub(crate) struct Record {
    pub(crate) record: onrecord::Record,
    /// Its members as objects of Python (`onrecord/fields.py`).
    fields: PyOnceLock<Py<PyAny>>,
}

impl Record {
    pub(crate) const fn of(record: onrecord::Record) -> Self {
        Self {
            record,
            fields: PyOnceLock::new(),
        }
    }

    fn fields<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyAny>> {
        let fields = self.fields.get_or_try_init(py, || {
            let of = py.import("onrecord.fields")?.getattr("record_of")?;
            Ok::<_, PyErr>(of.call1((self.to_json(py)?,))?.unbind())
        })?;
        Ok(fields.bind(py))
    }
}

#[pymethods]
impl Record {
    /// The record that a line of JSON holds, every span verified.
    #[classmethod]
    fn from_json(_class: &Bound<'_, PyType>, py: Python<'_>, json: &str) -> PyResult<Self> {
        let read = trouble::apart(py, || onrecord::Record::from_json(json))?;
        read.map(Self::of).map_err(|why| trouble::record(py, &why))
    }

    /// The line that `onrecord read --json` prints of it, without its end.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        tried(py, "Error", || text(&self.record))
    }

    /// The same as dictionaries and lists.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let json = py.import("json")?;
        json.call_method1("loads", (self.to_json(py)?,))
    }

    /// The page that `onrecord read --html` prints of it.
    fn to_html(&self, py: Python<'_>) -> PyResult<String> {
        tried(py, "Error", || onrecord_page::page(&self.record))
    }

    /// The page in a frame of its own: a notebook's style and the page's do not meet.
    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let page = self.to_html(py)?;
        let page = page.replace('&', "&amp;").replace('"', "&quot;");
        Ok(format!(
            "<iframe sandbox=\"allow-scripts allow-popups\" title=\"A report and its record\" \
             style=\"width:100%;height:36em;border:1px solid #8884;resize:vertical\" \
             srcdoc=\"{page}\"></iframe>"
        ))
    }

    fn __getattr__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        if name.starts_with('_') {
            let why = format!("'Record' object has no attribute '{name}'");
            return Err(PyAttributeError::new_err(why));
        }
        self.fields(py)?.getattr(name)
    }

    fn __dir__(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        let mut names: Vec<String> = self.fields(py)?.dir()?.extract()?;
        let own = ["from_json", "to_json", "to_dict", "to_html"];
        names.extend(own.map(str::to_owned));
        Ok(names)
    }

    fn __eq__(&self, other: PyRef<'_, Self>) -> bool {
        // What an entry was made by is no part of what is printed, nor of what comes back from it.
        let alike = |a: &onrecord::Record, b| serde_json::to_value(a).ok() == b;
        alike(&self.record, serde_json::to_value(&other.record).ok())
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.record.report.id.hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let py = slf.py();
        let make = slf.get_type().getattr("from_json")?;
        let json = PyTuple::new(py, [slf.get().to_json(py)?])?;
        PyTuple::new(py, [make, json.into_any()])
    }

    fn __repr__(&self) -> String {
        let report = &self.record.report;
        let mut out = "<Record".to_owned();
        if let Some(headline) = &report.headline {
            let _ = write!(out, " “{}”", clean(headline.quote()));
        }
        let mut counts = Vec::new();
        let mut count = |n: usize, [one, many]: [&str; 2]| {
            counts.push(format!("{n} {}", if n == 1 { one } else { many }));
        };
        count(self.record.statements.len(), ["statement", "statements"]);
        count(self.record.commitments.len(), ["commitment", "commitments"]);
        count(self.record.events.len(), ["event", "events"]);
        let _ = write!(out, ": {}>", counts.join(", "));
        out
    }
}

/// The JSON Schema of a record.
#[pyfunction]
pub(crate) fn json_schema(py: Python<'_>) -> PyResult<String> {
    tried(py, "Error", || {
        serde_json::to_string(&onrecord::Record::schema())
    })
}
