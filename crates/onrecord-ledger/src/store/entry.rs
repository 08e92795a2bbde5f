//! An entry of a record as the ledger shows it: who, to whom, about what, on whose word, with
//! names instead of the record's own ids, and the words to click down to.
//!
//! Made from a record alone, so both stores show the same; a person's corrections are laid
//! over it afterwards (see [`super::judgement`]).

mod parts;

use std::collections::BTreeSet;

use jiff::civil::Date;
use onrecord_model::{
    AmountBasis, Basis, Certainty, Commitment, CommitmentStatus, Entity, EntityId, Event,
    Factuality, Phase, Place, Polarity, Qualifier, Record, Span, Statement, StatementId,
};
use serde::{Deserialize, Serialize};

use super::collected::Collected;

use super::judgement::Judgement;
use parts::{at, within};
pub(crate) use parts::{sums, who};

/// The kinds of entries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// Who says so.
    Statement,
    /// What is said to have happened.
    Event,
    /// What is promised, agreed, asked or withheld.
    Commitment,
}

impl EntryKind {
    /// All of them, in the order of a record.
    pub const ALL: [Self; 3] = [Self::Statement, Self::Event, Self::Commitment];

    /// The contract's word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Event => "event",
            Self::Commitment => "commitment",
        }
    }
}

/// The words by which an entry is known again when its report is read anew. The record's own
/// ids (`s3`) are not steady: a newer reader that finds one more statement moves them all.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Anchor {
    /// First code point: of a statement's content, an event's trigger, a commitment's object.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words.
    pub quote: String,
    /// What tells apart two entries on the same words: the cue's lemma, the event's type, the
    /// commitment's status.
    pub what: String,
}

/// An entry, wherever it is kept: report, kind, words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EntryRef {
    /// The report's id.
    pub report: String,
    /// What kind of entry.
    pub kind: EntryKind,
    /// The words it rests on.
    pub anchor: Anchor,
}

/// Somebody or something, by name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Who {
    /// The canonical name, or the words of the report where it gives no name.
    pub name: String,
    /// Other forms of the name in the report.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Ids in other registers: `wikidata:Q42`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
}

impl Who {
    /// Somebody known by name alone.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            also: Vec::new(),
            links: Vec::new(),
        }
    }
}

/// A place an entry is at, or names.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct At {
    /// Its name.
    pub name: String,
    /// Degrees north and east, when it is resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<(f64, f64)>,
    /// The country it lies in or is, ISO 3166 alpha-3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// How much.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sum {
    /// Decimal, as a string.
    pub value: String,
    /// ISO 4217, or the unit's name.
    pub unit: String,
    /// How it is bounded; none where nothing says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<Qualifier>,
    /// Whether it stands in the text or was worked out; none of what a person wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<AmountBasis>,
}

impl Sum {
    /// So much of a unit, and nothing else known of it.
    pub fn of(value: impl Into<String>, unit: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            unit: unit.into(),
            qualifier: None,
            basis: None,
        }
    }
}

/// An entry as the ledger shows it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Where it is, for judging it and for coming back to it.
    #[serde(flatten)]
    pub at: EntryRef,
    /// Its id in the record as it was last read: `s3`. Not steady.
    pub id: String,
    /// The kind of cue, the type of event, the kind of commitment.
    pub what: String,
    /// How far a commitment has come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<CommitmentStatus>,
    /// The words that carry it: of a statement that somebody says so, of a commitment how far it has
    /// come. None of an event, which is known by its own, nor in records made before they were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Span>,
    /// Whether an event is to come, under way, prevented or only supposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// How firmly it is said.
    pub factuality: Factuality,
    /// Who speaks, acts, or is bound.
    pub by: Vec<Who>,
    /// To whom it is said, done or promised, or with whom.
    pub to: Vec<Who>,
    /// Of those, who is the other party of a commitment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Who>,
    /// Who and what it speaks of.
    pub about: Vec<Who>,
    /// Whether it stands in the report's own voice.
    pub reporter: bool,
    /// On whose word it stands otherwise.
    pub word: Vec<Who>,
    /// Its own time, as TIMEX3 or EDTF: of the saying, of the event, until or since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// Until when a commitment is to be kept, as TIMEX3 or EDTF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Since when it is as it is, as TIMEX3 or EDTF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// On what condition, in the report's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// The larger thing it is part of, in the report's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// Its place; where it has none, the places its words name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<At>,
    /// How much, in each currency that is stated or worked out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amounts: Vec<Sum>,
    /// Its own words, in the order of the text.
    pub words: Vec<Span>,
    /// The words it rests on, where a person says that they are others than those of its anchor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_words: Option<Span>,
    /// From 0 to 1.
    pub confidence: f32,
    /// The day the report was published, when it is known to the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// The report's headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    /// Who carried the report, first to last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outlets: Vec<String>,
    /// The agency that wrote the report, where it names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// What its collection knows the report by.
    #[serde(flatten)]
    pub own: Collected,
    /// The address that the report itself names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where the report stands, first to last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<String>,
    /// Whether a later version of the report took its place.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub superseded: bool,
    /// Who added it, where it is no entry of the record but a person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added_by: Option<String>,
    /// What people said of it and did not take back, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub judgements: Vec<Judgement>,
    /// The entry as it was read, when a person corrected it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_read: Option<Box<Entry>>,
}

impl Entry {
    /// The entries of a record, as a ledger shows them when it alone was filed and nobody judged
    /// them; who carried the report is not told by its record.
    pub fn of(record: &Record) -> Vec<Self> {
        entries(record)
    }

    /// The words it rests on, as people say: first code point, one past the last, the words.
    pub fn rests_on(&self) -> (u32, u32, &str) {
        let anchor = &self.at.anchor;
        let read = (anchor.start, anchor.end, anchor.quote.as_str());
        let own = self.own_words.as_ref();
        own.map_or(read, |w| (w.start(), w.end(), w.quote()))
    }
}

/// The entries of a record: statements, events, commitments, each in the record's order.
pub(crate) fn entries(record: &Record) -> Vec<Entry> {
    let of = Of { record };
    let statements = record.statements.iter().map(|s| of.statement(s));
    let events = record.events.iter().map(|e| of.event(e));
    let commitments = record.commitments.iter().map(|c| of.commitment(c));
    statements.chain(events).chain(commitments).collect()
}

/// The `n`th of a record's entries.
pub(crate) fn nth(record: &Record, n: usize) -> Option<Entry> {
    let of = Of { record };
    if let Some(s) = record.statements.get(n) {
        return Some(of.statement(s));
    }
    let n = n - record.statements.len();
    if let Some(v) = record.events.get(n) {
        return Some(of.event(v));
    }
    let n = n - record.events.len();
    record.commitments.get(n).map(|c| of.commitment(c))
}

/// What an entry's parts are looked up in.
pub(super) struct Of<'r> {
    pub(super) record: &'r Record,
}

impl Of<'_> {
    fn statement(&self, s: &Statement) -> Entry {
        let anchor = s.content.first().unwrap_or(&s.cue.span);
        let mut e = self.blank(EntryKind::Statement, s.id.to_string(), anchor, &s.cue.lemma);
        e.what = s.cue.kind.to_string();
        e.cue = Some(s.cue.span.clone());
        e.factuality = s.factuality;
        e.by = self.source(s);
        e.word.clone_from(&e.by);
        e.to = self.who(s.addressee.as_slice());
        e.about = self.spoken_of(&s.content, &[]);
        e.time = s.time.as_ref().map(|t| t.value.clone());
        e.places = self.places(s.place, &s.content);
        e.confidence = s.confidence;
        let source = s.source.span.iter();
        e.words = source
            .chain([&s.cue.span])
            .chain(&s.content)
            .cloned()
            .collect();
        e.words.sort();
        e
    }

    fn event(&self, v: &Event) -> Entry {
        let mut e = self.blank(
            EntryKind::Event,
            v.id.to_string(),
            &v.trigger,
            v.kind.as_str(),
        );
        v.kind.as_str().clone_into(&mut e.what);
        e.factuality = v.factuality;
        e.phase = v.phase;
        e.by = self.who(&v.actors);
        e.to = self.who(&v.recipients);
        let parties = v.parties.iter().map(|p| &p.span);
        e.words = parties.chain([&v.trigger]).cloned().collect();
        e.words.sort();
        e.words.dedup();
        e.about = self.spoken_of(&e.words, &[&v.actors, &v.recipients]);
        e.time = v.time.as_ref().map(|t| t.value.clone());
        e.places = self.places(v.place, &e.words);
        e.confidence = v.confidence;
        self.stands(&mut e, &v.basis);
        e
    }

    fn commitment(&self, c: &Commitment) -> Entry {
        let id = c.id.to_string();
        let mut e = self.blank(EntryKind::Commitment, id, &c.object, c.status.as_str());
        c.kind.as_str().clone_into(&mut e.what);
        e.status = Some(c.status);
        e.cue.clone_from(&c.cue);
        e.factuality = c.factuality;
        e.by = self.who(&c.by);
        e.to = self.who(&c.to);
        e.with = self.who(&c.with);
        e.to.extend(e.with.iter().cloned());
        let parties = c.parties.iter().map(|p| &p.span);
        let amount = c.amount.iter().map(|a| &a.span);
        let rest = c.condition.iter().chain(&c.part_of);
        e.words = parties
            .chain(&c.cue)
            .chain([&c.object])
            .chain(amount)
            .chain(rest)
            .cloned()
            .collect();
        e.words.sort();
        e.words.dedup();
        e.about = self.spoken_of(&e.words, &[&c.by, &c.to, &c.with]);
        e.due = c.due.as_ref().map(|t| t.value.clone());
        e.since = c.since.as_ref().map(|t| t.value.clone());
        e.time = e.due.clone().or_else(|| e.since.clone());
        e.condition = c.condition.as_ref().map(|s| s.quote().to_owned());
        e.part_of = c.part_of.as_ref().map(|s| s.quote().to_owned());
        e.places = self.places(None, &e.words);
        e.amounts = c.amount.as_ref().map(sums).unwrap_or_default();
        e.confidence = c.confidence;
        self.stands(&mut e, &c.basis);
        e
    }

    pub(super) fn blank(&self, kind: EntryKind, id: String, anchor: &Span, what: &str) -> Entry {
        let report = &self.record.report;
        Entry {
            at: EntryRef {
                report: report.id.clone(),
                kind,
                anchor: Anchor {
                    start: anchor.start(),
                    end: anchor.end(),
                    quote: anchor.quote().to_owned(),
                    what: what.to_owned(),
                },
            },
            id,
            what: String::new(),
            status: None,
            cue: None,
            phase: None,
            factuality: Factuality {
                certainty: Certainty::Unknown,
                polarity: Polarity::Positive,
            },
            by: Vec::new(),
            to: Vec::new(),
            with: Vec::new(),
            about: Vec::new(),
            reporter: false,
            word: Vec::new(),
            time: None,
            due: None,
            since: None,
            condition: None,
            part_of: None,
            places: Vec::new(),
            amounts: Vec::new(),
            words: Vec::new(),
            own_words: None,
            confidence: 0.0,
            published: report.day(),
            headline: report.headline.as_ref().map(|h| h.quote().to_owned()),
            outlets: Vec::new(),
            agency: report.agency.clone(),
            own: Collected::of(report),
            url: report.url.clone(),
            locations: Vec::new(),
            superseded: false,
            added_by: None,
            judgements: Vec::new(),
            as_read: None,
        }
    }

    /// Sets on whose word an entry stands.
    fn stands(&self, e: &mut Entry, basis: &[Basis]) {
        for b in basis {
            match b {
                Basis::Reporter => e.reporter = true,
                Basis::Statement(id) => e.word.extend(self.statement_by(*id)),
            }
        }
        let mut seen = BTreeSet::new();
        e.word.retain(|w| seen.insert(w.name.clone()));
    }

    fn statement_by(&self, id: StatementId) -> Vec<Who> {
        let found = self.record.statements.iter().find(|s| s.id == id);
        found.map(|s| self.source(s)).unwrap_or_default()
    }

    fn source(&self, s: &Statement) -> Vec<Who> {
        let known = self.who(s.source.entity.as_slice());
        if !known.is_empty() {
            return known;
        }
        let words = s.source.span.iter();
        words.map(|span| Who::named(span.quote())).collect()
    }

    fn who(&self, ids: &[EntityId]) -> Vec<Who> {
        let entity = |id: &EntityId| self.record.entities.iter().find(|e| e.id == *id);
        ids.iter().filter_map(entity).map(who).collect()
    }

    /// Those who take part and those whose mentions lie in the words.
    pub(super) fn spoken_of(&self, words: &[Span], parts: &[&[EntityId]]) -> Vec<Who> {
        let here = |e: &Entity| {
            parts.iter().any(|p| p.contains(&e.id))
                || e.mentions.iter().any(|m| within(&m.span, words))
        };
        let found = self.record.entities.iter().filter(|e| here(e));
        found.map(who).collect()
    }

    pub(super) fn places(&self, place: Option<EntityId>, words: &[Span]) -> Vec<At> {
        let Some(entity) = self.record.entities.iter().find(|e| Some(e.id) == place) else {
            let named = self.record.places.iter().filter(|p| within(&p.span, words));
            return named.map(|p| at(p.span.quote(), p)).collect();
        };
        let spot = |p: &&Place| {
            entity
                .mentions
                .iter()
                .any(|m| m.span.start() == p.span.start())
        };
        let resolved = self
            .record
            .places
            .iter()
            .filter(spot)
            .find(|p| p.lat.is_some());
        vec![resolved.map_or_else(
            || At {
                name: entity.name.clone(),
                position: None,
                country: entity.country.clone(),
            },
            |p| at(&entity.name, p),
        )]
    }
}
