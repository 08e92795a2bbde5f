//! Reading: one report, several, and all that a file or archive holds.

use std::borrow::Cow;
use std::fs::File;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use onrecord::intake::{ColumnMap, Input, Item, Member, walk};
use onrecord::model::Stamp;
use onrecord::{Envelope, Reader};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::record::Record;
use crate::trouble::{apart, raised, tried};

/// A thread's stack, as the command's.
const STACK: usize = 16 << 20;

/// What reads, made when first asked for. It is made under Python's lock, so that no fork can come
/// between, and a forked process has it whole or not at all.
pub(crate) fn reader(py: Python<'_>) -> PyResult<&'static Reader> {
    static READER: OnceLock<Reader> = OnceLock::new();
    if let Some(reader) = READER.get() {
        return Ok(reader);
    }
    let made = Reader::new().map_err(|e| raised(py, "Error", &e))?;
    Ok(READER.get_or_init(|| made))
}

/// What is known besides the bytes.
#[derive(FromPyObject)]
pub(crate) struct Known<'py>(Option<Bound<'py, PyAny>>, Option<String>, Option<String>);

impl Known<'_> {
    fn envelope(self, py: Python<'_>) -> PyResult<Envelope> {
        let published = self.0.map(|p| stamp(&p)).transpose()?;
        Ok(Envelope {
            published: published.map(|p| at(py, &p)).transpose()?,
            outlet: self.1,
            url: self.2,
            ..Envelope::default()
        })
    }
}

/// A day as it is written, of a string, a `date` or a `datetime`.
fn stamp(given: &Bound<'_, PyAny>) -> PyResult<String> {
    if given.is_instance_of::<PyString>() {
        return given.extract();
    }
    given.call_method0("isoformat")?.extract()
}

/// A day, or what to write instead.
pub(crate) fn at(py: Python<'_>, written: &str) -> PyResult<Stamp> {
    let refused = || format!("`{written}` is no day; write it as 2025-08-24");
    let read = written.parse::<Stamp>();
    read.map_err(|_| raised(py, "ArgumentError", &refused()))
}

/// Text or bytes of a report.
fn bytes(data: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    if let Ok(text) = data.cast::<PyString>() {
        return Ok(text.to_str()?.as_bytes().to_vec());
    }
    let raw: Result<Cow<'_, [u8]>, _> = data.extract();
    let other = |_| {
        let kind = data.get_type();
        PyTypeError::new_err(format!("a report is str or bytes, not {kind}"))
    };
    raw.map(Cow::into_owned).map_err(other)
}

/// Reads one report.
#[pyfunction]
pub(crate) fn read(py: Python<'_>, data: Bound<'_, PyAny>, known: Known<'_>) -> PyResult<Record> {
    let (raw, envelope) = (bytes(&data)?, known.envelope(py)?);
    let reader = reader(py)?;
    let record = apart(py, move || reader.read(&raw, &envelope))?;
    Ok(Record::of(record))
}

/// Reads several reports on so many threads, in their order.
#[pyfunction]
pub(crate) fn read_items(
    py: Python<'_>,
    items: Vec<(Bound<'_, PyAny>, Known<'_>)>,
    threads: usize,
) -> PyResult<Vec<Record>> {
    let mut all = Vec::with_capacity(items.len());
    for (data, known) in items {
        all.push((bytes(&data)?, known.envelope(py)?));
    }
    let reader = reader(py)?;
    let read = |(raw, envelope): &(Vec<u8>, Envelope)| reader.read(raw, envelope);
    let records = apart(py, || each(&all, threads, read))?;
    Ok(records.into_iter().map(Record::of).collect())
}

/// Does something with every item, on so many threads; they are gone when it returns.
pub(crate) fn each<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let threads = threads.min(items.len());
    if threads < 2 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let some = || {
        let mut done = Vec::new();
        while let Some((i, item)) = Some(next.fetch_add(1, Ordering::Relaxed))
            .and_then(|i| items.get(i).map(|item| (i, item)))
        {
            done.push((i, work(item)));
        }
        done
    };
    let mut all = thread::scope(|scope| {
        let started: Vec<_> = (1..threads)
            .filter_map(|_| {
                let thread = thread::Builder::new().stack_size(STACK);
                // Where the system gives no more, those that are there do all.
                thread.spawn_scoped(scope, some).ok()
            })
            .collect();
        let mut all = some();
        for thread in started {
            match thread.join() {
                Ok(done) => all.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_unstable_by_key(|(i, _)| *i);
    all.into_iter().map(|(_, done)| done).collect()
}

/// What could not be read: its name, and why.
type Broken = Vec<(String, String)>;

/// Reads every report of a file or of bytes: an archive, a crawl, a feed, a table. What could not be read
/// is told beside them.
#[pyfunction]
pub(crate) fn read_all(
    py: Python<'_>,
    place: Bound<'_, PyAny>,
    known: Known<'_>,
    columns: Option<String>,
    threads: usize,
) -> PyResult<(Vec<Record>, Broken)> {
    let envelope = known.envelope(py)?;
    let map = columns.map(|c| c.parse::<ColumnMap>()).transpose();
    let map = map.map_err(|e| raised(py, "ArgumentError", &e))?;
    let map = map.unwrap_or_default();
    let reader = reader(py)?;
    let (name, input) = if let Ok(raw) = place.extract::<Cow<'_, [u8]>>() {
        ("bytes".to_owned(), Input::bytes(raw.into_owned()))
    } else {
        let path: PathBuf = place.extract()?;
        (path.display().to_string(), Input::File(File::open(path)?))
    };
    let (records, broken) = apart(py, || {
        let (mut records, mut broken) = (Vec::new(), Vec::new());
        let mut members = Vec::new();
        let read = |members: &mut Vec<_>, records: &mut Vec<_>| {
            let some = each(members, threads, |member: &Member| {
                let all = member.reports(&envelope, &map).into_iter();
                all.map(|intake| reader.analyse(intake).record)
                    .collect::<Vec<_>>()
            });
            records.extend(some.into_iter().flatten());
            members.clear();
        };
        let _ = walk(&name, input, &map, &mut |item| {
            match item {
                Item::Member(member) => {
                    members.push(*member);
                    if members.len() >= 64 * threads.max(1) {
                        read(&mut members, &mut records);
                    }
                }
                Item::Skipped(what) | Item::Broken(what) => broken.push((what.name, what.why)),
            }
            ControlFlow::Continue(())
        });
        read(&mut members, &mut records);
        (records, broken)
    })?;
    Ok((records.into_iter().map(Record::of).collect(), broken))
}

/// What records say they were made by, as JSON.
#[pyfunction]
pub(crate) fn made_by(py: Python<'_>) -> PyResult<String> {
    let reader = reader(py)?;
    tried(py, "Error", || serde_json::to_string(&reader.made_by()))
}
