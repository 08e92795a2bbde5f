//! An entry as a claim or a quotation: who makes it, where it appears, what it is about.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use onrecord_model::{Basis, EntityId, Party, PartyRole, Quotation, Record, Statement};
use serde_json::{Value, json};

use super::people::{place, voice, who};
use super::{date, object, property};
use crate::{Entry, EntryKind, Sum, Verdict, Who, quoted};

/// Where the types of events are described.
const PLOVER: &str = "https://github.com/openeventdata/PLOVER#";
/// Where the kinds of commitments are.
const COMMITMENTS: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "#commitment-");

/// What the claims of a record are made with.
pub(super) struct Claims<'r> {
    record: &'r Record,
    /// By the ids of the record, the ids that do not move when it is read anew.
    ids: BTreeMap<String, String>,
}

impl<'r> Claims<'r> {
    pub(super) fn of(record: &'r Record) -> Self {
        let mut ids = BTreeMap::new();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for entry in Entry::of(record) {
            let plain = steady(&entry);
            let turn = seen.entry(plain.clone()).or_default();
            *turn += 1;
            let id = match *turn {
                1 => plain,
                n => format!("{plain}-{n}"),
            };
            ids.insert(entry.id, id);
        }
        Self { record, ids }
    }

    pub(super) fn id(&self, entry: &Entry) -> String {
        let known = self.ids.get(&entry.id);
        known.cloned().unwrap_or_else(|| steady(entry))
    }

    pub(super) fn claim(&self, id: &str, e: &Entry) -> Value {
        let statements = self.record.statements.iter();
        let statement = statements
            .filter(|_| e.at.kind == EntryKind::Statement)
            .find(|s| s.id.to_string() == e.id);
        match statement {
            Some(s) if s.quotation == Quotation::Direct => self.quotation(id, e, s),
            Some(s) => self.paraphrase(id, e, s),
            None => self.happening(id, e),
        }
    }

    /// Words in quotation marks.
    fn quotation(&self, id: &str, e: &Entry, s: &Statement) -> Value {
        object([
            ("@type", "Quotation".into()),
            ("@id", id.into()),
            ("text", quoted(&s.content).into()),
            ("creator", self.all(&e.by)),
            ("isPartOf", self.article()),
            ("isBasedOn", self.containing(s)),
            ("datePublished", self.published()),
            ("dateCreated", day(e)),
            ("locationCreated", self.places(e, s.place, true)),
            ("contentLocation", self.places(e, s.place, false)),
            ("about", self.all(&e.about)),
            ("additionalProperty", of_statement(e, s)),
            ("correction", corrections(e)),
            ("comment", notes(e)),
        ])
    }

    /// What somebody says, in the report's words.
    fn paraphrase(&self, id: &str, e: &Entry, s: &Statement) -> Value {
        object([
            ("@type", "Claim".into()),
            ("@id", id.into()),
            ("text", quoted(&s.content).into()),
            ("author", self.all(&e.by)),
            ("claimInterpreter", voice(&self.record.report).into()),
            ("appearance", self.article()),
            ("isBasedOn", self.containing(s)),
            ("datePublished", self.published()),
            ("dateCreated", day(e)),
            ("locationCreated", self.places(e, s.place, true)),
            ("contentLocation", self.places(e, s.place, false)),
            ("about", self.all(&e.about)),
            ("additionalProperty", of_statement(e, s)),
            ("correction", corrections(e)),
            ("comment", notes(e)),
        ])
    }

    /// An event or a commitment: a claim that somebody does something.
    fn happening(&self, id: &str, e: &Entry) -> Value {
        let voice = voice(&self.record.report);
        let own = if e.reporter { voice.clone() } else { vec![] };
        let author = own.into_iter().chain(self.each(&e.word));
        let attributed = !e.word.is_empty() || !e.reporter;
        let interpreter = if attributed { voice } else { vec![] };
        object([
            ("@type", "Claim".into()),
            ("@id", id.into()),
            ("text", quoted(&e.words).into()),
            ("author", author.collect::<Vec<_>>().into()),
            ("claimInterpreter", interpreter.into()),
            ("appearance", self.article()),
            ("isBasedOn", self.basis(e)),
            ("datePublished", self.published()),
            ("about", self.action(e)),
            ("contentLocation", self.places(e, self.where_of(e), false)),
            ("additionalProperty", firmness(e).into()),
            ("correction", corrections(e)),
            ("comment", notes(e)),
        ])
    }

    fn action(&self, e: &Entry) -> Value {
        let event = e.at.kind == EntryKind::Event;
        let kind = if event { PLOVER } else { COMMITMENTS };
        let mut more = vec![property(
            if event { "type" } else { "kind" },
            e.what.as_str(),
        )];
        more.extend(e.status.map(|s| property("status", s.as_str())));
        more.extend(e.cue.as_ref().map(|c| property("cue", c.quote())));
        more.extend(e.phase.map(|p| property("phase", p.as_str())));
        more.extend(firmness(e));
        if let Some(time) = &e.time {
            more.push(property(self.term(e), time.as_str()));
        }
        let object_words =
            (!event).then(|| json!({"@type": "Thing", "description": e.rests_on().2}));
        let objects = object_words.into_iter().chain(e.amounts.iter().map(sum));
        object([
            ("@type", "Action".into()),
            (
                "additionalType",
                format!("{kind}{}", escaped(&e.what)).into(),
            ),
            ("agent", self.side(e, &[PartyRole::Actor, PartyRole::By])),
            (
                "participant",
                self.side(e, &[PartyRole::Recipient, PartyRole::To, PartyRole::With]),
            ),
            ("object", objects.collect::<Vec<_>>().into()),
            ("location", self.places(e, self.where_of(e), true)),
            ("startTime", if event { day(e) } else { Value::Null }),
            ("additionalProperty", more.into()),
        ])
    }

    /// Those on one side of an event or a commitment: by name, then those whom the report's words
    /// alone tell, unless a person said who it is.
    fn side(&self, e: &Entry, roles: &[PartyRole]) -> Value {
        let acts = roles.contains(&PartyRole::By);
        let of = |e: &Entry| if acts { e.by.clone() } else { e.to.clone() };
        let corrected = e.as_read.as_ref().is_some_and(|read| of(read) != of(e));
        let parties = self.parties(e).iter();
        let told = parties.filter(|p| !corrected && p.entity.is_none() && roles.contains(&p.role));
        let told = told.map(|p| json!({"@type": "Thing", "description": p.span.quote()}));
        let named = of(e);
        self.each(&named).chain(told).collect::<Vec<_>>().into()
    }

    fn parties(&self, e: &Entry) -> &'r [Party] {
        let record = self.record;
        let event = record.events.iter().find(|v| v.id.to_string() == e.id);
        if let Some(event) = event {
            return &event.parties;
        }
        let mut commitments = record.commitments.iter();
        let commitment = commitments.find(|c| c.id.to_string() == e.id);
        commitment.map_or(&[], |c| &c.parties)
    }

    /// What the time of a commitment is: by when, or since when.
    fn term(&self, e: &Entry) -> &'static str {
        let commitment = self.record.commitments.iter();
        let commitment = commitment
            .filter(|_| e.at.kind == EntryKind::Commitment)
            .find(|c| c.id.to_string() == e.id);
        let is = |time: &Option<onrecord_model::TimeValue>| {
            time.as_ref().map(|t| &t.value) == e.time.as_ref()
        };
        match commitment {
            Some(c) if is(&c.due) => "due",
            Some(c) if is(&c.since) => "since",
            _ => "time",
        }
    }

    /// The place of an event, where the record gives it one.
    fn where_of(&self, e: &Entry) -> Option<EntityId> {
        let mut events = self.record.events.iter();
        events.find(|v| v.id.to_string() == e.id)?.place
    }

    /// Where an entry is (`own`), or else the places its words name: an entry shows both in one
    /// list, its record tells which they are.
    fn places(&self, e: &Entry, stated: Option<EntityId>, own: bool) -> Value {
        let known = self.record.entities.iter().any(|e| Some(e.id) == stated);
        let places = e.places.iter().filter(|_| known == own).map(place);
        places.collect::<Vec<_>>().into()
    }

    fn each(&self, whom: &[Who]) -> impl Iterator<Item = Value> {
        whom.iter().map(|w| who(self.record, w))
    }

    fn all(&self, whom: &[Who]) -> Value {
        self.each(whom).collect::<Vec<_>>().into()
    }

    fn article(&self) -> Value {
        json!({"@id": self.record.report.id})
    }

    fn published(&self) -> Value {
        date(self.record.report.published.as_ref())
    }

    /// The statement in which another reports this one.
    fn containing(&self, s: &Statement) -> Value {
        let id = s.via.and_then(|via| self.ids.get(&via.to_string()));
        id.map(|id| json!({"@id": id})).into()
    }

    /// The statements an event or a commitment was taken from.
    fn basis(&self, e: &Entry) -> Value {
        let record = self.record;
        let event = record.events.iter().find(|v| v.id.to_string() == e.id);
        let commitment = record.commitments.iter().find(|c| c.id.to_string() == e.id);
        let basis = event.map(|v| &v.basis).or(commitment.map(|c| &c.basis));
        let id = |basis: &Basis| self.ids.get(&basis.to_string());
        let ids = basis.into_iter().flatten().filter_map(id);
        ids.map(|id| json!({"@id": id})).collect::<Vec<_>>().into()
    }
}

fn of_statement(e: &Entry, s: &Statement) -> Value {
    let mut out = vec![
        property("cue", s.cue.span.quote()),
        property("what the source does", e.what.as_str()),
        property("quotation", s.quotation.as_str()),
        property("source", s.source.kind.as_str()),
    ];
    out.extend(
        e.to.iter()
            .map(|to| property("addressee", to.name.as_str())),
    );
    out.extend(firmness(e));
    out.into()
}

/// An id made of the words an entry stands on.
fn steady(e: &Entry) -> String {
    let (kind, anchor) = (e.at.kind, &e.at.anchor);
    let kind = match kind {
        EntryKind::Statement => "statement",
        EntryKind::Event => "event",
        EntryKind::Commitment => "commitment",
    };
    let what = escaped(&anchor.what);
    format!(
        "{}#{kind}-{}-{}-{what}",
        e.at.report, anchor.start, anchor.end
    )
}

/// Text as it may stand in an IRI.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn firmness(e: &Entry) -> Vec<Value> {
    let confidence = (f64::from(e.confidence) * 100.0).round() / 100.0;
    vec![
        property("certainty", e.factuality.certainty.as_str()),
        property("polarity", e.factuality.polarity.as_str()),
        property("confidence", confidence),
    ]
}

/// An entry's own time, where it is a day.
fn day(e: &Entry) -> Value {
    let day = e.time.as_deref();
    day.filter(|t| t.parse::<jiff::civil::Date>().is_ok() && t.len() == 10)
        .into()
}

fn sum(sum: &Sum) -> Value {
    let currency = sum.unit.len() == 3 && sum.unit.bytes().all(|b| b.is_ascii_uppercase());
    if currency {
        json!({"@type": "MonetaryAmount", "currency": sum.unit, "value": sum.value})
    } else {
        json!({"@type": "QuantitativeValue", "unitText": sum.unit, "value": sum.value})
    }
}

/// Who corrected or added the entry, and when; what it says now is what they say.
fn corrections(e: &Entry) -> Value {
    let said = e.judgements.iter().filter_map(|j| match j.verdict {
        Verdict::Correct(_) | Verdict::Add(_) => Some(object([
            ("@type", "CorrectionComment".into()),
            ("author", super::named("Person", &j.author)),
            ("dateCreated", j.at.to_string().into()),
        ])),
        _ => None,
    });
    said.collect::<Vec<_>>().into()
}

fn notes(e: &Entry) -> Value {
    let said = e.judgements.iter().filter_map(|j| match &j.verdict {
        Verdict::Note { text } => Some(object([
            ("@type", "Comment".into()),
            ("text", text.as_str().into()),
            ("author", super::named("Person", &j.author)),
            ("dateCreated", j.at.to_string().into()),
        ])),
        _ => None,
    });
    said.collect::<Vec<_>>().into()
}
