//! What the reader knows before it reads: word lists, calendars, units, the gazetteer.
//!
//! Data lives in `data/*.toml` and `data/*.tsv`, each with its source and licence; this crate
//! turns it into tables that are looked up while reading. No analysis, nothing of a report.

pub mod abbreviations;
pub mod agencies;
pub mod calendar;
pub mod commitments;
pub mod countries;
pub mod cues;
pub mod currencies;
pub mod events;
pub mod factuality;
pub mod furniture;
pub mod gazetteer;
pub mod holidays;
pub mod markup;
mod names;
pub mod numbers;
mod offices;
mod organizations;
mod people;
pub mod rates;
mod sorted;
pub mod tense;
pub mod units;
mod usage;
pub mod verbs;

pub use countries::{Countries, Country};
pub use gazetteer::{Gazetteer, Hit, PlaceKind};
pub use names::{Spelling, fold_name};
pub use offices::{Holder, Offices};
pub use organizations::{Institution, NameClass, Organizations};
pub use people::{Gender, People};
pub use usage::{Usage, Use};
