//! An entry as an analyst wants it: one row, names instead of ids, nothing to join.

use jiff::civil::Date;
use onrecord_model::Span;
use serde::{Deserialize, Serialize};

/// A row of [`crate::Table::Entries`]. Whoever keeps entries fills it in; this crate knows records only.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct EntryRow {
    /// The key of the entry in every table: `3fa9c2d1:c1`.
    pub handle: String,
    /// The report's id.
    pub report: String,
    /// The report's own address, or else where it was first found.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub link: Option<String>,
    /// Where the report was first found.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub location: Option<String>,
    /// Who carried the report first.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outlet: Option<String>,
    /// All who carried it.
    pub outlets: Vec<String>,
    /// The agency that wrote it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub agency: Option<String>,
    /// The day it was published.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published: Option<Date>,
    /// Its headline.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub headline: Option<String>,
    /// What the report is called where it came from.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub own_id: Option<String>,
    /// Who signed it, outside its text.
    #[serde(default)]
    pub authors: Vec<String>,
    /// The language it is in, as a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub language: Option<String>,
    /// `statement`, `event` or `commitment`.
    pub kind: String,
    /// The entry's id in its record.
    pub id: String,
    /// The kind of cue, the type of event, the kind of commitment.
    pub what: String,
    /// How far a commitment has come.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<String>,
    /// The words that carry it: that somebody says so, how far a commitment has come.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cue: Option<String>,
    /// Whether an event is to come, under way, prevented or only supposed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phase: Option<String>,
    /// How sure.
    pub certainty: String,
    /// So, or not so.
    pub polarity: String,
    /// Who speaks, acts or is bound.
    pub by: Vec<String>,
    /// To whom, or with whom.
    pub to: Vec<String>,
    /// Of those, the other party of a commitment.
    pub with: Vec<String>,
    /// Who and what it speaks of.
    pub about: Vec<String>,
    /// Whether it stands in the report's own voice.
    pub reporter: bool,
    /// On whose word it stands otherwise.
    pub on_the_word_of: Vec<String>,
    /// Its own time, as TIMEX3 or EDTF; the column `time_day` beside it is its date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub time: Option<String>,
    /// Until when a commitment is to be kept.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due: Option<String>,
    /// Since when it is as it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub since: Option<String>,
    /// On what condition.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub condition: Option<String>,
    /// The larger thing it is part of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub part_of: Option<String>,
    /// Where.
    pub places: Vec<PlaceOf>,
    /// How much, as the report states it: a decimal, as a string.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub amount: Option<String>,
    /// Its currency (ISO 4217) or unit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<String>,
    /// How it is bounded.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub qualifier: Option<String>,
    /// Whether it is stated or was worked out.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub amount_basis: Option<String>,
    /// The same in each currency that is stated or worked out.
    pub sums: Vec<AmountOf>,
    /// Its words as they follow each other in the text.
    pub words: String,
    /// First code point of the words it is known by.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Its words, each stretch with its place in the text.
    pub spans: Vec<Span>,
    /// From 0 to 1.
    pub confidence: f32,
    /// Whether a later version of the report took its place.
    pub superseded: bool,
    /// How often people said something of it.
    pub judged: u32,
}

/// A place of an entry.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PlaceOf {
    /// Its name.
    pub name: String,
    /// Degrees north, when it is resolved.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lon: Option<f64>,
}

/// An amount of an entry; the column `number` beside the value is its decimal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AmountOf {
    /// Decimal, as a string.
    pub value: String,
    /// ISO 4217, or the unit's name.
    pub unit: String,
    /// How it is bounded.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub qualifier: Option<String>,
    /// Whether it is stated or was worked out.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub basis: Option<String>,
}
