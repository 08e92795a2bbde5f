//! The commands that follow something through a ledger.
//!
//! Each asks the ledger one question and prints the answer, as a table on a terminal and as JSON
//! when piped. What belongs together the ledger decides.

mod diff;
mod identify;
mod join;
mod story;
mod thread;
mod timeline;
mod who;

use onrecord_ledger::{Ledger, MOST, Query};
use serde::Serialize;

pub(crate) use diff::{COLUMNS as DIFF, diff};
pub(crate) use identify::identify;
pub(crate) use join::{join, part};
pub(crate) use story::{COLUMNS as STORY, story};
pub(crate) use thread::{HEADING as THREAD, json as thread_json, thread};
pub(crate) use timeline::timeline;
pub(crate) use who::{COLUMNS as WHO, json as person_json, who};

use crate::trouble::{Trouble, say};

/// Says that an answer may not be whole.
pub(crate) fn warn(cut: bool) {
    if cut {
        say(&format_args!(
            "more reports than {MOST} may belong here; those beyond were not looked at"
        ));
    }
}

/// A day, or that there is none.
fn day(day: Option<jiff::civil::Date>) -> String {
    day.map_or_else(|| "undated".to_owned(), |d| d.to_string())
}

/// By what other commands know an entry, beside it.
#[derive(Serialize)]
struct Handled<'a, T> {
    handle: String,
    #[serde(flatten)]
    of: &'a T,
}

/// A query whose report is named as a person names it, as the ledger is asked.
///
/// # Errors
/// When no such report is there, or the ledger cannot be read.
pub(crate) fn resolved(ledger: &Ledger, query: Query) -> Result<Query, Trouble> {
    let named = query.report.as_deref();
    Ok(Query {
        report: named.map(|words| report(ledger, words)).transpose()?,
        ..query
    })
}

/// The report that is meant: by its id, by where it stands, or by one of its entries.
pub(crate) fn report(ledger: &Ledger, words: &str) -> Result<String, Trouble> {
    let found = ledger.report(words);
    if found.is_ok() {
        return Ok(found?);
    }
    let path = ledger.report(&crate::ledger::absolute(words));
    let entry = words.rsplit_once(':').filter(|(_, id)| !id.contains('/'));
    match (path, entry) {
        (Ok(report), _) => Ok(report),
        (Err(_), Some((report, _))) if ledger.report(report).is_ok() => {
            Ok(ledger.entry(words)?.at.report)
        }
        _ => Ok(found?),
    }
}
