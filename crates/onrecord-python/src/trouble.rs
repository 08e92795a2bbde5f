//! What goes wrong, as Python's exceptions (`onrecord/errors.py`).

use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};

use onrecord::model::{RecordError, SpanError};
use onrecord_page::visible;
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// An exception of the package; what it quotes is shown and does not act on a terminal.
pub(crate) fn raised(py: Python<'_>, class: &str, why: &dyn Display) -> PyErr {
    made(py, class, why, None).unwrap_or_else(|e| e)
}

fn made(
    py: Python<'_>,
    class: &str,
    why: &dyn Display,
    span: Option<&Bound<'_, PyDict>>,
) -> PyResult<PyErr> {
    let class = py.import("onrecord.errors")?.getattr(class)?;
    let error = class.call((visible(&why.to_string()),), span)?;
    Ok(PyErr::from_value(error))
}

/// What is wrong with a record, with the span that lies.
pub(crate) fn record(py: Python<'_>, why: &RecordError) -> PyErr {
    let with_span = || -> PyResult<PyErr> {
        let span = PyDict::new(py);
        if let RecordError::Span(SpanError::NotTheWords { start, end, quote }) = why {
            span.set_item("start", start)?;
            span.set_item("end", end)?;
            span.set_item("quote", quote)?;
        }
        made(py, "RecordError", why, Some(&span))
    };
    with_span().unwrap_or_else(|e| e)
}

/// Does something without Python's lock; a panic becomes an exception.
pub(crate) fn apart<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    let done = py.detach(|| {
        catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
            let words = (panic.downcast_ref::<&str>().map(|s| (*s).to_owned()))
                .or_else(|| panic.downcast_ref::<String>().cloned());
            words.unwrap_or_else(|| "the reader stumbled".to_owned())
        })
    });
    done.map_err(|why| raised(py, "Error", &why))
}

/// The same with work that may fail.
pub(crate) fn tried<T: Send, E: Display + Send>(
    py: Python<'_>,
    class: &str,
    work: impl FnOnce() -> Result<T, E> + Send,
) -> PyResult<T> {
    apart(py, work)?.map_err(|why| raised(py, class, &why))
}
