//! Searches that the ledger keeps: a question with a name, and how far it was looked at.
//!
//! What is new to a search is what came since somebody last looked. That is told by the order in
//! which reports were filed, not by a clock: nothing is missed when two file at once or clocks
//! differ.
//!
//! ```
//! # use onrecord_ledger::{Between, Ledger, Query, Search};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let ledger = Ledger::open(&folder.path().join("desk.ledger").display().to_string())?;
//! ledger.keep(&Search {
//!     name: "piers".into(),
//!     query: Query { words: Some("pier*".into()), ..Query::default() },
//!     author: Some("Cy Desk".into()),
//!     made: "2031-03-04T18:00:00Z".parse()?,
//!     looked: None,
//! })?;
//!
//! let search = ledger.search("piers")?.ok_or("kept")?;
//! let now = ledger.moment()?;
//! let came = Between { after: search.looked, until: Some(now) };
//! let page = ledger.entries(&Query { came, ..search.query })?;
//! // When all pages are where they should be:
//! ledger.looked("piers", now)?;
//! # assert!(page.entries.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! Left out: entries that a person's correction brings to a search; they did not come, they were
//! there.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Ledger;
use super::backend::Result;
use super::error::LedgerError;
use super::query::Query;

/// A search that the ledger keeps.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Search {
    /// Its name.
    pub name: String,
    /// What it asks.
    pub query: Query,
    /// Who made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// When it was made.
    pub made: Timestamp,
    /// Up to when it was looked at; never, where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked: Option<Moment>,
}

/// A moment in the life of one ledger: how many reports had been filed, and how often one that was
/// held had come again.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
pub struct Moment {
    pub(crate) report: i64,
    pub(crate) turn: i64,
}

impl Moment {
    /// The later of two: of one ledger's moments each lies behind the other in both or in none.
    fn later(self, other: Self) -> Self {
        Self {
            report: self.report.max(other.report),
            turn: self.turn.max(other.turn),
        }
    }
}

/// After one moment and up to another; open where there is none.
///
/// A report came when it was filed and each time it was read anew; to a question about outlets
/// also when another carried it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Between {
    /// After this.
    pub after: Option<Moment>,
    /// Up to this.
    pub until: Option<Moment>,
}

/// [`Between`] as the stores are asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Came {
    pub(crate) after: Moment,
    pub(crate) until: Moment,
    /// Least value of `again.read` that counts.
    pub(crate) read: i32,
}

impl Between {
    pub(crate) fn numbers(self, outlets: bool) -> Option<Came> {
        let last = Moment {
            report: i64::MAX,
            turn: i64::MAX,
        };
        (self != Self::default()).then(|| Came {
            after: self.after.unwrap_or_default(),
            until: self.until.unwrap_or(last),
            read: i32::from(!outlets),
        })
    }
}

impl Ledger {
    /// Keeps a search under its name. The same search twice is kept once.
    ///
    /// # Errors
    /// When it has no name, another search has it, or it asks what cannot be asked.
    pub fn keep(&self, search: &Search) -> Result<()> {
        let wrong = |why: String| Err(LedgerError::Query(why));
        if search.name.trim().is_empty() {
            return wrong("a search that is kept needs a name".to_owned());
        }
        search.query.sieve()?;
        self.write(|tx| match tx.searches(Some(&search.name))?.pop() {
            Some(other) if other.query != search.query => wrong(format!(
                "there is another search `{}`; give this one another name",
                search.name
            )),
            Some(_) => Ok(()),
            None => tx.keep(search),
        })
    }

    /// The searches that are kept, by name.
    ///
    /// # Errors
    /// When the store cannot be read, or a newer program keeps a search that this one does not
    /// understand.
    pub fn searches(&self) -> Result<Vec<Search>> {
        self.read(|tx| tx.searches(None))
    }

    /// The search of this name.
    ///
    /// # Errors
    /// As [`Self::searches`].
    pub fn search(&self, name: &str) -> Result<Option<Search>> {
        self.read(|tx| Ok(tx.searches(Some(name))?.pop()))
    }

    /// Keeps a search no longer; tells whether there was one.
    ///
    /// # Errors
    /// When the store cannot be written to.
    pub fn forget(&self, name: &str) -> Result<bool> {
        self.write(|tx| tx.forget(name))
    }

    /// This moment: all that was filed has come before it, what is filed next comes after.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn moment(&self) -> Result<Moment> {
        self.read(|tx| tx.moment())
    }

    /// Notes that a search was looked at up to a moment; it never goes back. Tells whether there
    /// is such a search.
    ///
    /// # Errors
    /// When the store cannot be written to.
    pub fn looked(&self, name: &str, until: Moment) -> Result<bool> {
        self.write(|tx| {
            let Some(mut search) = tx.searches(Some(name))?.pop() else {
                return Ok(false);
            };
            search.looked = Some(search.looked.unwrap_or_default().later(until));
            tx.keep(&search)?;
            Ok(true)
        })
    }

    /// The searches as another ledger can take them. Only the order of new reports is the same
    /// there: a search that has not seen all that came again begins anew.
    pub(crate) fn portable_searches(&self) -> Result<Vec<Search>> {
        let (mut searches, now) = self.read(|tx| Ok((tx.searches(None)?, tx.moment()?)))?;
        for search in &mut searches {
            let looked = search.looked.filter(|l| l.turn == now.turn);
            search.looked = looked.map(|l| Moment { turn: 0, ..l });
        }
        Ok(searches)
    }

    /// Takes searches of another ledger, but none whose name is taken. How far they looked holds
    /// only where there was nothing before that ledger's reports came.
    pub(crate) fn restore_searches(&self, searches: &[Search], alone: bool) -> Result<()> {
        self.write(|tx| {
            for search in searches {
                if tx.searches(Some(&search.name))?.is_empty() {
                    let looked = search.looked.filter(|_| alone);
                    tx.keep(&Search {
                        looked,
                        ..search.clone()
                    })?;
                }
            }
            Ok(())
        })
    }
}

/// A search as it is stored, beside its name and how far it looked.
#[derive(Serialize, Deserialize)]
struct Said {
    query: Query,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    made: Timestamp,
}

impl Search {
    /// As JSON, without what is stored beside it.
    pub(crate) fn said(&self) -> Result<String> {
        let said = Said {
            query: self.query.clone(),
            author: self.author.clone(),
            made: self.made,
        };
        let not = |e| LedgerError::Damaged(format!("the search `{}`: {e}", self.name));
        serde_json::to_string(&said).map_err(not)
    }

    /// From that.
    pub(crate) fn of(name: String, said: &str, looked: Option<Moment>) -> Result<Self> {
        let not = |e| LedgerError::Damaged(format!("the search `{name}`: {e}"));
        let Said {
            query,
            author,
            made,
        } = serde_json::from_str(said).map_err(not)?;
        Ok(Self {
            name,
            query,
            author,
            made,
            looked,
        })
    }
}
