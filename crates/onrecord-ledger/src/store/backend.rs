//! What a store must be able to do: narrow reads, and one bundle of changes applied at once.
//!
//! All decisions are taken above this line, once for both stores (`plan.rs`, `query.rs`,
//! `judgement.rs`); below it is SQL.

use std::sync::Arc;

use onrecord_model::Reader;

use super::error::LedgerError;
use super::filing::Origin;
use super::identification::Identification;
use super::index::Row;
use super::judgement::Judgement;
use super::query::{Hit, Sieve};
use super::search::{Moment, Search};

pub(crate) type Result<T> = std::result::Result<T, LedgerError>;

/// A report as the ledger knows it, without its records.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) number: i64,
    pub(crate) id: String,
    pub(crate) key: i64,
    pub(crate) superseded: bool,
    /// Oldest first; the last is how the report is read now.
    pub(crate) readings: Vec<Reading>,
    /// In the order they were filed.
    pub(crate) carriers: Vec<Origin>,
}

impl Known {
    /// Puts carriers in the order they were filed; two at one moment in that of their names.
    pub(crate) fn sort_carriers(&mut self) {
        let order = |c: &Origin| (c.filed, c.location.clone(), c.outlet.clone());
        self.carriers.sort_by_cached_key(order);
    }
}

/// One reading of a report, without its record.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) digest: [u8; 32],
    pub(crate) reader: Reader,
    pub(crate) origin: Origin,
}

/// A report that once stood at an address.
#[derive(Clone, Debug)]
pub(crate) struct Sibling {
    pub(crate) address: String,
    pub(crate) number: i64,
    pub(crate) id: String,
    pub(crate) key: i64,
    pub(crate) filed: jiff::Timestamp,
    /// How much of its report it holds. The store does not know: `siblings` asks the record.
    pub(crate) extent: Extent,
}

/// How much of a report stood at an address, least first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) enum Extent {
    /// A summary, a title, or a page that holds no article.
    Part,
    /// All of it, as far as is known.
    #[default]
    Whole,
}

/// A judgement with the entry it is attached to now.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) number: i64,
    pub(crate) judgement: Judgement,
}

/// Rows to add to a store, or to take out of its indexes.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Reports that are new or whose key changed: number, id, key.
    pub(crate) reports: Vec<(i64, String, i64)>,
    /// Report, place in its chain, the reading, its record.
    pub(crate) readings: Vec<(i64, i64, Reading, Arc<[u8]>)>,
    pub(crate) carriers: Vec<(i64, Origin)>,
    /// Reports that were held and came again, and whether they were read anew.
    pub(crate) again: Vec<(i64, bool)>,
    /// A later version's number after the number of the one it supersedes.
    pub(crate) versions: Vec<(i64, i64)>,
    /// Taken out of the indexes.
    pub(crate) out: Vec<Indexed>,
    /// Put into the indexes, after that.
    pub(crate) into: Vec<Indexed>,
    /// Judgements to add: number, report, the judgement.
    pub(crate) judged: Vec<(i64, Judgement)>,
    /// The entry each judgement is attached to from now on.
    pub(crate) attached: Vec<(i64, Option<i64>)>,
}

/// A report's part of the indexes.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Indexed {
    pub(crate) key: i64,
    pub(crate) rows: Arc<[Row]>,
    pub(crate) text: Arc<str>,
}

/// A look at a store; nothing changes under it.
pub(crate) trait Read {
    /// The reports of these ids, in no order.
    fn known(&mut self, ids: &[&str]) -> Result<Vec<Known>>;
    /// Ids of reports that begin so, which holds no wildcard.
    fn beginning(&mut self, beginning: &str, limit: i64) -> Result<Vec<String>>;
    /// The reports of these keys, in no order.
    fn known_by_key(&mut self, keys: &[i64]) -> Result<Vec<Known>>;
    /// The reports after a number, in their order: to go through all of them.
    fn known_after(&mut self, number: i64, limit: i64) -> Result<Vec<Known>>;
    /// What stood at these addresses.
    fn siblings(&mut self, addresses: &[&str]) -> Result<Vec<Sibling>>;
    /// Names that entries have in a role of the index, as its tokens without the role, with how many
    /// entries or reports have each, in no order.
    fn names(&mut self, role: &str) -> Result<Vec<(String, u64)>>;
    /// Who carried any report, each once, in no order.
    fn outlets(&mut self) -> Result<Vec<String>>;
    /// The packed records of readings, each a report's number and a count, in their order.
    fn bodies(&mut self, readings: &[(i64, i64)]) -> Result<Vec<Vec<u8>>>;
    /// The packed record of a report's reading.
    fn body(&mut self, number: i64, reading: i64) -> Result<Vec<u8>> {
        let body = self.bodies(&[(number, reading)])?.pop();
        body.ok_or_else(|| LedgerError::Damaged("a report without a record".to_owned()))
    }
    /// Later versions, as older id and newer id: those a report is one of, or all.
    fn versions(&mut self, of: Option<&str>) -> Result<Vec<(String, String)>>;
    /// Entries that pass the sieve, in its order.
    fn find(&mut self, sieve: &Sieve) -> Result<Vec<Hit>>;
    /// How many pass it.
    fn count(&mut self, sieve: &Sieve) -> Result<u64>;
    /// The judgements on these reports, oldest first; all of them when none are named.
    fn judgements(&mut self, reports: Option<&[&str]>) -> Result<Vec<Kept>>;
    /// What people said of who is who, in their order.
    fn identifications(&mut self) -> Result<Vec<Identification>>;
    /// The search of this name, or all of them by name.
    fn searches(&mut self, name: Option<&str>) -> Result<Vec<Search>>;
    /// How far it is filled.
    fn moment(&mut self) -> Result<Moment>;
    /// The greatest number of a report.
    fn greatest(&mut self) -> Result<i64>;
    /// The greatest number of a judgement.
    fn greatest_judgement(&mut self) -> Result<i64>;
    /// The greatest key below one.
    fn greatest_key(&mut self, low: i64, high: i64) -> Result<Option<i64>>;
    /// How many entries of a report are in the tables.
    fn entries_of(&mut self, report: i64) -> Result<u64>;
    /// Fails when the store itself says that it is damaged.
    fn sound(&mut self) -> Result<()>;
    /// How many reports and entries there are.
    fn size(&mut self) -> Result<(u64, u64)>;
}

/// The one writer's hold on a store.
pub(crate) trait Write: Read {
    /// Makes the changes.
    fn apply(&mut self, changes: &Changes) -> Result<()>;
    /// Empties the indexes: all that is made from records and can be made again.
    fn clear(&mut self) -> Result<()>;
    /// Keeps what is said of who is who, behind what was said before.
    fn identify(&mut self, said: &Identification) -> Result<()>;
    /// Keeps a search in the place of the one of its name.
    fn keep(&mut self, search: &Search) -> Result<()>;
    /// Takes a search out; tells whether it was there.
    fn forget(&mut self, name: &str) -> Result<bool>;
}

/// What is done with a look at the store.
pub(crate) type Looking<'f> = dyn FnMut(&mut dyn Read) -> Result<()> + 'f;
/// What is done with the writer's hold.
pub(crate) type Writing<'f> = dyn FnMut(&mut dyn Write) -> Result<()> + 'f;

/// A store.
pub(crate) trait Store: Send + Sync {
    /// Looks, at one moment.
    fn read(&self, f: &mut Looking<'_>) -> Result<()>;
    /// Writes: all of it, or on an error nothing.
    fn write(&self, f: &mut Writing<'_>) -> Result<()>;
}
