//! The wheel `onrecord`: what Python is given of the reader, the ledger and the command.
//!
//! ```python
//! import onrecord
//! record = onrecord.read("Ferry line reopens\n\nThe mayor said it sailed.")
//! record.statements[0].source.span.quote
//! ```
//!
//! Here is what needs Rust: reading, tables, the ledger, the command. What can be said in Python is, in
//! `python/onrecord`; this module is its own and nobody else's to call.
//!
//! Nothing starts at import: no thread, no model. Python's lock is let go while anything is read.

mod batch;
mod ledger;
mod read;
mod record;
mod table;
mod trouble;

use std::ffi::OsString;

use pyo3::prelude::*;

/// What is behind the package `onrecord`.
#[pymodule]
mod _onrecord {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::batch::read_batch;
    #[pymodule_export]
    use super::ledger::Ledger;
    #[pymodule_export]
    use super::main;
    #[pymodule_export]
    use super::read::{made_by, read, read_all, read_items};
    #[pymodule_export]
    use super::record::{Record, json_schema};
    #[pymodule_export]
    use super::table::{Table, tables};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        // What a panic quotes may be words of a report; it is raised instead of printed.
        std::panic::set_hook(Box::new(|_| {}));
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

/// The command: its exit code. It takes the whole process.
#[pyfunction]
fn main(py: Python<'_>, args: Vec<OsString>, again: Vec<OsString>) -> u8 {
    py.detach(|| onrecord_cli::run(&args, again))
}
