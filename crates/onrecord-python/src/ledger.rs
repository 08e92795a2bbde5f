//! A ledger, as Python has it.

use std::sync::{Arc, Mutex, PoisonError};

use onrecord_cli::library::{self, Found, Trouble};
use onrecord_columns::Table as Columns;
use onrecord_ledger::{Filing, LedgerError, Origin};
use pyo3::prelude::*;
use pyo3::types::{PyTuple, PyType};

use crate::record::Record;
use crate::table::{Table, Tables, batch, named};
use crate::trouble::{raised, tried};

/// What was found: lines of JSON, the same as a table, where to go on, and whether more may belong here.
type Answer = (Vec<String>, Table, Option<String>, bool);

/// A place where records are kept.
#[pyclass(frozen, module = "onrecord._onrecord")]
pub(crate) struct Ledger {
    place: String,
    /// Open in this process: a forked one opens it anew, because no connection may be used by two.
    open: Mutex<(u32, Arc<onrecord_ledger::Ledger>)>,
}

impl Ledger {
    fn held(&self) -> Result<Arc<onrecord_ledger::Ledger>, LedgerError> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let own = std::process::id();
        if open.0 != own {
            let ours = Arc::new(onrecord_ledger::Ledger::open(&self.place)?);
            // To close it here would be felt where it was opened.
            std::mem::forget(std::mem::replace(&mut *open, (own, ours)));
        }
        Ok(open.1.clone())
    }

    /// Asks without Python's lock.
    fn ask<T: Send>(
        &self,
        py: Python<'_>,
        question: impl FnOnce(&onrecord_ledger::Ledger) -> Result<T, Trouble> + Send,
    ) -> PyResult<T> {
        let answer = tried(py, "LedgerError", || {
            let answer = question(&*self.held()?);
            match answer {
                Err(Trouble::Flags(why)) => Ok(Err(why)),
                other => other.map(Ok),
            }
        })?;
        answer.map_err(|why: String| raised(py, "ArgumentError", &why))
    }
}

fn answer(found: Found, table: Columns) -> Result<Answer, Trouble> {
    let rows = Table::new(table, vec![batch(table, &found.rows)?]);
    Ok((found.lines, rows, found.next, found.cut))
}

#[pymethods]
impl Ledger {
    #[new]
    fn open(py: Python<'_>, place: String) -> PyResult<Self> {
        let ledger = tried(py, "LedgerError", || onrecord_ledger::Ledger::open(&place))?;
        Ok(Self {
            open: Mutex::new((std::process::id(), Arc::new(ledger))),
            place,
        })
    }

    fn __getnewargs__(&self) -> (String,) {
        (self.place.clone(),)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let py = slf.py();
        let class: Bound<'py, PyType> = slf.get_type();
        let place = PyTuple::new(py, [&slf.get().place])?;
        PyTuple::new(py, [class.into_any(), place.into_any()])
    }

    /// Where it is.
    #[getter]
    fn place(&self) -> &str {
        &self.place
    }

    /// How many reports and entries it holds.
    fn size(&self, py: Python<'_>) -> PyResult<(u64, u64)> {
        let size = self.ask(py, |ledger| Ok(ledger.size()?))?;
        Ok((size.reports, size.entries))
    }

    /// Files records that stand at these places; what became of each, as JSON.
    fn file(
        &self,
        py: Python<'_>,
        records: Vec<(PyRef<'_, Record>, Option<String>)>,
    ) -> PyResult<Vec<String>> {
        let begun = library::now();
        let of = |(record, location): &(PyRef<'_, Record>, Option<String>)| {
            let record = record.record.clone();
            let own = record.report.url.clone().or_else(|| location.clone());
            let origin = Origin {
                location: own.unwrap_or_else(|| record.report.id.clone()),
                outlet: record.report.outlet.clone(),
                filed: begun,
            };
            (record, origin)
        };
        let all: Vec<_> = records.iter().map(of).collect();
        drop(records);
        self.ask(py, |ledger| {
            let filings = all.into_iter().map(|(r, o)| Filing::new(r, o));
            let filings = filings.collect::<Result<Vec<_>, _>>()?;
            ledger.file(&filings)?.iter().map(library::text).collect()
        })
    }

    /// A report as it was last read.
    fn get(&self, py: Python<'_>, report: &str) -> PyResult<Option<Record>> {
        let held = self.ask(py, |ledger| match ledger.report(report) {
            Ok(id) => Ok(ledger.get(&id)?),
            Err(LedgerError::NoReport(_)) => Ok(None),
            Err(why) => Err(why.into()),
        })?;
        Ok(held.map(|h| Record::of(h.record)))
    }

    fn find(&self, py: Python<'_>, filters: Vec<String>) -> PyResult<Answer> {
        self.ask(py, |ledger| {
            answer(library::find(ledger, &filters)?, Columns::Entries)
        })
    }

    fn count(&self, py: Python<'_>, filters: Vec<String>) -> PyResult<u64> {
        self.ask(py, |ledger| library::count(ledger, &filters))
    }

    fn tracker(&self, py: Python<'_>, filters: Vec<String>) -> PyResult<Answer> {
        self.ask(py, |ledger| {
            answer(library::tracker(ledger, &filters)?, Columns::Threads)
        })
    }

    fn thread(&self, py: Python<'_>, entry: &str) -> PyResult<Option<String>> {
        self.ask(py, |ledger| library::thread(ledger, entry))
    }

    fn who(&self, py: Python<'_>, name: &str) -> PyResult<(Vec<String>, bool)> {
        let found = self.ask(py, |ledger| library::who(ledger, name))?;
        Ok((found.lines, found.cut))
    }

    /// The tables of all it holds.
    fn tables(&self, py: Python<'_>, names: Vec<String>) -> PyResult<Vec<Table>> {
        let wanted = named(py, &names)?;
        self.ask(py, |ledger| {
            let mut tables = Tables::of(&wanted);
            library::gather(ledger, &mut tables)?;
            tables.finish()
        })
    }
}
