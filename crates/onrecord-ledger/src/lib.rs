//! Keeps records, finds entries in them, and follows them across reports: [`across`] finds
//! republished copy and stories, and counts the independent sources behind an entry. What people
//! judged is read in [`judged`]: how far they agree, and a gold standard made of it.
//!
//! A [`Ledger`] is a SQLite file, or a Postgres database when that is outgrown. Records are
//! filed, never edited: a newer reading, a corrected report and a person's judgement are added
//! beside what was there.
//!
//! ```
//! use onrecord_ledger::{Filing, Ledger, Origin, Query};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("desk.ledger");
//! # let path = path.to_str().ok_or("a path")?;
//! # let json = include_str!("../tests/data/harbour-loan.json");
//! let ledger = Ledger::open(path)?;
//! let record = onrecord_model::Record::from_json(json)?;
//! let origin = Origin {
//!     location: "https://example.com/harbour-loan".into(),
//!     outlet: Some("Example Wire".into()),
//!     filed: "2031-03-04T18:00:00Z".parse()?,
//! };
//! ledger.file(&[Filing::new(record, origin)?])?;
//!
//! let page = ledger.entries(&Query {
//!     by: Some("Noriega".into()),
//!     words: Some("cent*".into()),
//!     ..Query::default()
//! })?;
//! assert_eq!(page.entries[0].by[0].name, "Alba Noriega");
//! # Ok(())
//! # }
//! ```
//!
//! Left out: reading reports (`onrecord`), and showing them. The ledger has no clock: when
//! something was filed or judged is an argument.

pub mod across;
mod follow;
pub mod json_ld;
pub mod judged;
mod store;

pub use follow::{
    Behind, Carried, Change, Followed, Happening, MOST, People, Person, Story, Timeline, Tracker,
    Whole,
};

pub use store::{
    AmountOf, Amounts, Anchor, At, Between, Collected, Correction, Days, Entry, EntryKind,
    EntryRef, EntryRow, Exported, Filed, Filing, Held, Identification, Judgement, Ledger,
    LedgerError, Location, Meant, Moment, Near, OnWhoseWord, Origin, Outcome, Page, Part, Piece,
    PlaceOf, Query, Reading, Saved, Search, Show, Size, Sort, Sum, Verdict, VersionLink, Where,
    Who, WholeReading, WholeReport, is_time, quoted, short, standing, stands,
};
