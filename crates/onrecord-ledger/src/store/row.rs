//! An entry as an analyst wants it: one row, names instead of ids, nothing to join.

use jiff::civil::Date;
use onrecord_model::Span;
use serde::{Deserialize, Serialize};

use super::entry::{At, Entry, Sum, Who};
use super::quoted;

/// An entry as one row, for a table: it serialises to the columns that the table `entries` has.
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

impl EntryRow {
    /// The row of an entry: names as they are, for whoever reads it is a program.
    pub fn of(e: &Entry) -> Self {
        let place = |at: &At| PlaceOf {
            name: at.name.clone(),
            lat: at.position.map(|(lat, _)| lat),
            lon: at.position.map(|(_, lon)| lon),
        };
        let amount = |sum: &Sum| AmountOf {
            value: sum.value.clone(),
            unit: sum.unit.clone(),
            qualifier: sum.qualifier.map(|q| q.to_string()),
            basis: sum.basis.map(|b| b.to_string()),
        };
        let sum = e.amounts.first();
        Self {
            handle: e.handle(),
            link: e.link().map(str::to_owned),
            outlet: e.outlets.first().cloned(),
            with: names(&e.with),
            due: e.due.clone(),
            since: e.since.clone(),
            condition: e.condition.clone(),
            part_of: e.part_of.clone(),
            amount: sum.map(|s| s.value.clone()),
            unit: sum.map(|s| s.unit.clone()),
            qualifier: sum.and_then(|s| s.qualifier).map(|q| q.to_string()),
            amount_basis: sum.and_then(|s| s.basis).map(|b| b.to_string()),
            report: e.at.report.clone(),
            location: e.locations.first().cloned(),
            outlets: e.outlets.clone(),
            agency: e.agency.clone(),
            published: e.published,
            headline: e.headline.clone(),
            own_id: e.own.own_id.clone(),
            authors: e.own.authors.clone(),
            language: Some(e.own.language.clone()).filter(|l| !l.is_empty()),
            kind: e.at.kind.as_str().to_owned(),
            id: e.id.clone(),
            what: e.what.clone(),
            status: e.status.map(|s| s.to_string()),
            cue: e.cue.as_ref().map(|c| c.quote().to_owned()),
            phase: e.phase.map(|p| p.to_string()),
            certainty: e.factuality.certainty.to_string(),
            polarity: e.factuality.polarity.to_string(),
            by: names(&e.by),
            to: names(&e.to),
            about: names(&e.about),
            reporter: e.reporter,
            on_the_word_of: names(&e.word),
            time: e.time.clone(),
            places: e.places.iter().map(place).collect(),
            sums: e.amounts.iter().map(amount).collect(),
            words: quoted(&e.words),
            start: e.rests_on().0,
            end: e.rests_on().1,
            spans: e.words.clone(),
            confidence: e.confidence,
            superseded: e.superseded,
            judged: e.judgements.len() as u32,
        }
    }
}

fn names(who: &[Who]) -> Vec<String> {
    who.iter().map(|w| w.name.clone()).collect()
}
