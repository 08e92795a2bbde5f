//! The store: file records, find entries, judge them.
//!
//! Decisions are taken once, in memory ([`plan`], [`query`], [`judgement`]); below `backend`
//! lies the SQL of SQLite and of Postgres, held to the same suite (`tests/suite`).

mod addition;
mod backend;
mod body;
mod collected;
mod correction;
mod days;
mod decimal;
mod entry;
mod error;
mod export;
mod filing;
mod find;
mod fold;
mod hit;
mod identification;
mod idle;
mod index;
mod judgement;
mod judging;
mod key;
mod lookup;
mod near;
mod place;
mod plan;
mod postgres;
mod query;
mod quoted;
mod rebuild;
mod row;
mod search;
mod sheet;
mod sqlite;
mod stands;
mod version;

use std::path::Path;

use onrecord_model::{Reader, Record};
use serde::{Deserialize, Serialize};

pub use collected::Collected;
pub use correction::Correction;
pub use entry::{Anchor, At, Entry, EntryKind, EntryRef, Sum, Who};
pub use error::LedgerError;
pub use export::{Exported, Piece, VersionLink, WholeReading, WholeReport};
pub use filing::{Filed, Filing, Origin, Outcome};
pub use find::Page;
pub use identification::Identification;
pub use judgement::{Judgement, Verdict, is_time, standing};
pub use near::{Meant, Near, Part};
pub use onrecord_model::short;
pub use query::{Amounts, Days, OnWhoseWord, Query, Show, Sort, Where};
pub use quoted::quoted;
pub use rebuild::Saved;
pub use row::{AmountOf, EntryRow, PlaceOf};
pub use search::{Between, Moment, Search};
pub use stands::stands;

pub(crate) use days::{first as first_day, last as last_day};
pub(crate) use entry::who;
#[cfg(test)]
pub(crate) use filing::text_id;
pub(crate) use fold::words as folded;
pub(crate) use judgement::are_near;
pub(crate) use judging::judge;
pub(crate) use key::{ordinal_of, report_of};
pub(crate) use sheet::{Sheet, reports_of};

use backend::{Changes, Known, Read, Result, Store, Write};

/// A place where records are kept: a SQLite file, or a Postgres database.
///
/// `Send` and `Sync`, made to be shared; every call blocks its caller's thread and starts none.
/// One program may file while others look. From async code, call it where blocking is allowed.
pub struct Ledger {
    store: Box<dyn Store>,
}

/// Where a ledger may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Location<'l> {
    /// A database of Postgres.
    Server,
    /// A file of SQLite.
    File(&'l Path),
}

impl<'l> Location<'l> {
    /// What a location names, the same for whoever asks.
    ///
    /// # Errors
    /// When it is a name that SQLite takes for something else than a path: `file:desk.db`, `:memory:`.
    pub fn of(location: &'l str) -> Result<Self> {
        if ["postgres://", "postgresql://"]
            .iter()
            .any(|s| location.starts_with(s))
        {
            return Ok(Self::Server);
        }
        if location.is_empty() || location.starts_with(':') || location.starts_with("file:") {
            return Err(LedgerError::NoPlace(location.to_owned()));
        }
        Ok(Self::File(Path::new(location)))
    }
}

/// A report as the ledger holds it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Held {
    /// Its record, as it was last read.
    pub record: Record,
    /// Where it came from, in the order it was filed.
    pub carriers: Vec<Origin>,
    /// How often it was read, oldest first: by what, and from where.
    pub readings: Vec<Reading>,
    /// Reports that are earlier versions of it.
    pub earlier: Vec<String>,
    /// Reports that are later versions of it: it is superseded when there is one.
    pub later: Vec<String>,
}

/// One reading of a report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reading {
    /// What read it.
    pub reader: Reader,
    /// From where, and when it was filed.
    pub origin: Origin,
}

/// How much a ledger holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Size {
    /// Reports, all versions.
    pub reports: u64,
    /// Entries, as the reports were last read and people added to them.
    pub entries: u64,
}

impl Ledger {
    /// Opens a ledger, or begins one: a path, or `postgres://...`. A file that may not be written to
    /// is opened to be looked at.
    ///
    /// # Errors
    /// When the place cannot be reached, holds the tables of another program, is no ledger, or was
    /// made by a newer program.
    pub fn open(location: &str) -> Result<Self> {
        let store: Box<dyn Store> = match Location::of(location)? {
            Location::Server => Box::new(postgres::Postgres::open(location)?),
            Location::File(path) => Box::new(sqlite::Sqlite::open(path)?),
        };
        Ok(Self { store })
    }

    /// Files a batch, all of it or on an error nothing: what it returns for is on disk. To file
    /// the same again changes nothing. Batches of some 500 are fast.
    ///
    /// # Errors
    /// When the store cannot be written to: full, or locked by another program for long.
    pub fn file(&self, filings: &[Filing]) -> Result<Vec<Filed>> {
        self.write(|tx| {
            let (changes, filed) = plan::plan(tx, filings, &[])?;
            tx.apply(&changes)?;
            Ok(filed)
        })
    }

    /// A report, as it was last read; `None` when it was never filed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn get(&self, report: &str) -> Result<Option<Held>> {
        self.read(|tx| {
            let Some(known) = tx.known(&[report])?.pop() else {
                return Ok(None);
            };
            let record = record(tx, &known, known.readings.len() - 1)?;
            let links = tx.versions(Some(report))?;
            let earlier = links.iter().filter(|(_, newer)| newer == report);
            let later = links.iter().filter(|(older, _)| older == report);
            Ok(Some(Held {
                record,
                earlier: earlier.map(|(older, _)| older.clone()).collect(),
                later: later.map(|(_, newer)| newer.clone()).collect(),
                carriers: known.carriers,
                readings: known.readings.into_iter().map(Reading::of).collect(),
            }))
        })
    }

    /// A report as it was read earlier: 0 is the first reading of [`Held::readings`].
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn reading(&self, report: &str, reading: usize) -> Result<Option<Record>> {
        self.read(|tx| match tx.known(&[report])?.pop() {
            Some(known) if reading < known.readings.len() => record(tx, &known, reading).map(Some),
            _ => Ok(None),
        })
    }

    /// Says that one report is a later version of another. What stands at one address is linked
    /// without this; it is for versions that only their words tell.
    ///
    /// # Errors
    /// When either was never filed, or the store cannot be written to.
    pub fn supersede(&self, older: &str, newer: &str) -> Result<()> {
        self.write(|tx| {
            let number = |tx: &mut dyn Write, id: &str| match tx.known(&[id])?.pop() {
                Some(known) => Ok(known.number),
                None => Err(LedgerError::NoReport(id.to_owned())),
            };
            let link = (number(tx, older)?, number(tx, newer)?);
            let versions = if link.0 == link.1 { vec![] } else { vec![link] };
            tx.apply(&Changes {
                versions,
                ..Changes::default()
            })
        })
    }

    /// How much it holds.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn size(&self) -> Result<Size> {
        let (reports, entries) = self.read(|tx| tx.size())?;
        Ok(Size { reports, entries })
    }

    /// Looks whether what is stored is sound: the file or tables themselves, and that each report's
    /// entries are those of its record.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`] with the first thing that is not as it should be.
    pub fn check(&self) -> Result<()> {
        self.read(|tx| tx.sound())?;
        let mut after = 0;
        loop {
            let next = self.read(|tx| {
                let known = tx.known_after(after, 500)?;
                for k in &known {
                    let record = record(tx, k, k.readings.len() - 1)?;
                    let judged = tx.judgements(Some(&[&k.id]))?;
                    let entries = entry::entries(&record);
                    let entries = addition::with_added(&record, entries, &judged).len() as u64;
                    if tx.entries_of(k.key)? != entries {
                        let why =
                            format!("report `{}`: its entries are not those of its record", k.id);
                        return Err(LedgerError::Damaged(why));
                    }
                }
                Ok(known.last().map(|k| k.number))
            })?;
            match next {
                Some(number) => after = number,
                None => return Ok(()),
            }
        }
    }

    fn read<T>(&self, mut f: impl FnMut(&mut dyn Read) -> Result<T>) -> Result<T> {
        let mut out = None;
        self.store.read(&mut |tx| {
            out = Some(f(tx)?);
            Ok(())
        })?;
        out.ok_or_else(|| LedgerError::Damaged("a look that saw nothing".to_owned()))
    }

    fn write<T>(&self, mut f: impl FnMut(&mut dyn Write) -> Result<T>) -> Result<T> {
        let mut out = None;
        self.store.write(&mut |tx| {
            out = Some(f(tx)?);
            Ok(())
        })?;
        out.ok_or_else(|| LedgerError::Damaged("a change that changed nothing".to_owned()))
    }
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ledger").finish_non_exhaustive()
    }
}

impl Reading {
    fn of(reading: backend::Reading) -> Self {
        Self {
            reader: reading.reader,
            origin: reading.origin,
        }
    }
}

/// A reading's record, every span verified again.
fn record(tx: &mut dyn Read, known: &Known, reading: usize) -> Result<Record> {
    let mut record = body::record(&tx.body(known.number, reading as i64)?)?;
    let lies = |e| LedgerError::Damaged(format!("report `{}`: {e}", known.id));
    record.verify().map_err(lies)?;
    Ok(record)
}
