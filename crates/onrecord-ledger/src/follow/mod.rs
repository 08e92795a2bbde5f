//! Following something through a ledger: what stands behind an entry, a commitment through its
//! steps, a story through its reports, somebody through what is told of them.
//!
//! Each question gathers from the store what may belong together, by names, days and words, and
//! leaves it to [`across`](crate::across) to decide what does. Nothing is kept: what is filed
//! later, corrected or judged counts the next time something is asked.
//!
//! A question looks at no more than [`MOST`] reports; where there were more, the answer says so.

mod behind;
mod changes;
mod sample;
mod story;
mod thread;
mod timeline;
mod tracker;
mod who;
mod whole;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::civil::Date;
use onrecord_model::Record;

pub use behind::Behind;
pub use changes::Change;
pub use story::{Carried, Story};
pub use thread::Followed;
pub use timeline::{Happening, Timeline};
pub use tracker::Tracker;
pub use who::{People, Person};
pub use whole::Whole;

use crate::across::bonds::meant;
use crate::across::stories::is_function_word;
use crate::store::{Days, Entry, Ledger, LedgerError, Query, Verdict, folded};

type Result<T> = std::result::Result<T, LedgerError>;

/// As many reports as one answer is made of: their records are read, and compared with each other.
pub const MOST: usize = 1000;
/// Entries that are asked for at a time.
const PAGE: usize = 500;

/// Entries that may belong together.
#[derive(Debug, Default)]
struct Gathered {
    entries: Vec<Entry>,
    /// Reports of the entries, and others whose entries do not matter.
    reports: BTreeSet<String>,
    seen: BTreeSet<(String, String)>,
    /// Whether something was left out because it was too much.
    cut: bool,
}

impl Gathered {
    /// Adds what a query finds.
    fn ask(&mut self, ledger: &Ledger, query: &Query) -> Result<()> {
        let mut query = Query {
            limit: PAGE,
            ..query.clone()
        };
        loop {
            let page = ledger.entries(&query)?;
            page.entries.into_iter().for_each(|entry| self.add(entry));
            if page.next.is_none() || self.cut {
                return Ok(());
            }
            query.after = page.next;
        }
    }

    fn add(&mut self, entry: Entry) {
        let report = &entry.at.report;
        if self.reports.len() >= MOST && !self.reports.contains(report) {
            self.cut = true;
            return;
        }
        self.reports.insert(report.clone());
        if self.seen.insert((report.clone(), entry.id.clone())) {
            self.entries.push(entry);
        }
    }

    /// Adds what people joined to its entries, and to those.
    fn joined(&mut self, ledger: &Ledger) -> Result<()> {
        let mut next = 0;
        while let Some(entry) = self.entries.get(next) {
            next += 1;
            let with = entry.judgements.iter().filter_map(|j| match &j.verdict {
                Verdict::Join { with } => Some(with.clone()),
                _ => None,
            });
            for at in with.collect::<Vec<_>>() {
                let here = |e: &Entry| e.at.report == at.report;
                if meant(&at, &self.entries.iter().collect::<Vec<_>>()).is_some() {
                    continue;
                }
                let own = match ledger.entries_of(&at.report) {
                    Err(LedgerError::NoReport(_)) => continue,
                    own => own?,
                };
                let shown: Vec<&Entry> = own.iter().filter(|e| here(e) && !e.is_hidden()).collect();
                if let Some(i) = meant(&at, &shown) {
                    self.add(shown[i].clone());
                }
            }
        }
        Ok(())
    }

    /// The records of all its reports.
    fn records(&self, ledger: &Ledger) -> Result<Vec<Record>> {
        let ids: Vec<&str> = self.reports.iter().map(String::as_str).collect();
        ledger.records(&ids)
    }
}

/// The longest words an entry rests on that say something, so many at most.
fn longest_words(entry: &Entry, most: usize) -> Vec<String> {
    let all: BTreeSet<String> = folded(entry.rests_on().2).into_iter().collect();
    let mut all: Vec<String> = all.into_iter().filter(|w| !is_function_word(w)).collect();
    all.sort_by_key(|w| Reverse(w.chars().count()));
    all.truncate(most);
    all
}

/// So many days before a day and after it.
fn around(day: Date, days: i32) -> Days {
    let span = jiff::Span::new().days(days);
    Days {
        from: day.checked_sub(span).ok(),
        to: day.checked_add(span).ok(),
    }
}

/// Whether a name can be asked for: it holds a letter or a figure.
fn is_name(name: &str) -> bool {
    name.contains(char::is_alphanumeric)
}
