//! A gold standard made of what people accepted and corrected: one report, what it says in the
//! form that people write by hand, words quoted instead of counted.
//!
//! Statements, events and commitments are as people said, also those that people added; rejected and
//! merged ones are left out.
//! Nobody judges the rest of a record (headline, entities, times, places, amounts): it is there as
//! it was read, and the member `judged` says so.

mod added;
mod quoting;

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{
    Amount, Basis, Commitment, Entity, EntityId, Event, MentionForm, Party, PartyRole, Qualifier,
    Record, SourceKind, Span, Statement, TimeValue,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::Answer;
use crate::{Correction, Entry, EntryKind, Judgement, Sum};
use quoting::Quoting;

/// What a report says, by people.
#[derive(Clone, PartialEq, Debug)]
pub struct Gold {
    /// The gold standard.
    pub json: Value,
    /// How many of the report's entries were answered.
    pub answered: usize,
    /// How many were not: they are in the gold as `optional`.
    pub open: usize,
}

impl Gold {
    /// Of a record and its entries as the ledger shows them, hidden ones too; by what all said of
    /// them, or what one person did.
    pub fn of(record: &Record, entries: &[Entry], by: Option<&str>) -> Self {
        let heard = |j: &&Judgement| by.is_none_or(|by| j.author == by);
        let said = entries.iter().flat_map(|e| &e.judgements).filter(heard);
        let people: BTreeSet<&str> = said.map(|j| j.author.as_str()).collect();
        let answers = entries.iter().filter_map(|e| {
            let answer = Answer::of(e.judgements.iter().filter(heard))?;
            Some((e.id.as_str(), answer))
        });
        let mut making = Making::new(record, answers.collect(), entries);
        // What somebody else added, and this one did not answer, is nothing that is open.
        let asked = |e: &&Entry| e.added_by.is_none() || making.answers.contains_key(e.id.as_str());
        let asked = entries.iter().filter(asked).count();
        let mut statements =
            making.all(&record.statements, |s| s.id.to_string(), Making::statement);
        let mut events = making.all(&record.events, |v| v.id.to_string(), Making::event);
        let mut commitments = making.all(
            &record.commitments,
            |c| c.id.to_string(),
            Making::commitment,
        );
        for entry in entries.iter().filter(|e| e.added_by.is_some()) {
            let own = entry.judgements.iter().filter(heard).cloned();
            let part = match entry.at.kind {
                EntryKind::Statement => &mut statements,
                EntryKind::Event => &mut events,
                EntryKind::Commitment => &mut commitments,
            };
            part.extend(making.added(&entry.clone().judged(own.collect())));
        }
        let json = json!({
            "id": record.report.id,
            "judged": {
                "by": people,
                "parts": ["statements", "events", "commitments"],
                "rest": format!("as onrecord {} read it", record.reader.version),
            },
            "report": making.report(),
            "entities": making.entities(),
            "statements": statements,
            "events": events,
            "commitments": commitments,
            "times": making.times(),
            "places": making.places(),
            "amounts": making.amounts(),
        });
        Self {
            json,
            answered: making.answers.len(),
            open: asked - making.answers.len(),
        }
    }
}

/// A gold standard in the making.
struct Making<'r> {
    record: &'r Record,
    words: Quoting<'r>,
    /// By the entries' ids.
    answers: BTreeMap<&'r str, Answer>,
    /// The statement that stands for one, by their ids; none for a rejected one.
    stands: BTreeMap<String, Option<String>>,
    /// Names that corrections brought in.
    named: Vec<String>,
}

impl<'r> Making<'r> {
    fn new(record: &'r Record, answers: BTreeMap<&'r str, Answer>, entries: &'r [Entry]) -> Self {
        let mut stands = BTreeMap::new();
        for (id, answer) in &answers {
            let other = match answer {
                Answer::Rejected => None,
                Answer::Merged { into } => {
                    entries.iter().find(|e| e.at == *into).map(|e| e.id.clone())
                }
                Answer::Accepted | Answer::Corrected(_) => continue,
            };
            stands.insert((*id).to_owned(), other);
        }
        Self {
            record,
            words: Quoting(record.report.text.as_str()),
            answers,
            stands,
            named: Vec::new(),
        }
    }

    /// The entries of a kind that people let stand.
    fn all<T>(
        &mut self,
        entries: &[T],
        id: impl Fn(&T) -> String,
        one: impl Fn(&mut Self, &T, &Correction) -> Value,
    ) -> Vec<Value> {
        let mut out = Vec::new();
        for entry in entries {
            let answer = self.answers.get(id(entry).as_str()).cloned();
            let open = answer.is_none();
            let correction = match answer {
                Some(Answer::Rejected | Answer::Merged { .. }) => continue,
                Some(Answer::Corrected(c)) => *c,
                Some(Answer::Accepted) | None => Correction::default(),
            };
            let mut value = told(one(self, entry, &correction));
            if open {
                value["optional"] = true.into();
            }
            out.push(value);
        }
        out
    }

    fn statement(&mut self, s: &Statement, c: &Correction) -> Value {
        let content = match self.own(c) {
            Some(words) => vec![self.words.exact(words.range())],
            None => s
                .content
                .iter()
                .map(|w| self.words.exact(w.range()))
                .collect(),
        };
        let factuality = c.factuality.unwrap_or(s.factuality);
        json!({
            "id": s.id,
            "source": self.source(s, c),
            "cue": self.quote(&s.cue.span),
            "cue_kind": c.what.as_deref().unwrap_or(s.cue.kind.as_str()),
            "content": content,
            "quotation": s.quotation,
            "factuality": format!("{} {}", factuality.certainty, factuality.polarity),
            "addressee": self.ids(c.to.as_ref(), s.addressee.as_slice()).first(),
            "occasion": s.occasion.as_ref().map(|o| self.quote(o)),
            "time": time(c, s.time.as_ref()),
            "place": self.place(c, s.place),
            "via": s.via.and_then(|via| self.standing(via.to_string())),
        })
    }

    fn source(&mut self, s: &Statement, c: &Correction) -> Value {
        if let Some(by) = c.source.as_ref().or(c.by.as_ref()) {
            return match by.first() {
                Some(name) => json!({"entity": self.id(name), "kind": "named"}),
                None => json!({"kind": "implicit"}),
            };
        }
        match (&s.source.entity, &s.source.span) {
            (Some(entity), _) => json!({"entity": entity, "kind": s.source.kind}),
            (None, Some(span)) => json!({"text": self.quote(span), "kind": s.source.kind}),
            (None, None) => json!({"kind": SourceKind::Implicit}),
        }
    }

    fn event(&mut self, v: &Event, c: &Correction) -> Value {
        json!({
            "id": v.id,
            "type": c.what.as_deref().unwrap_or(v.kind.as_str()),
            "trigger": self.quote(&self.own(c).unwrap_or_else(|| v.trigger.clone())),
            "actors": self.ids(c.by.as_ref(), &v.actors),
            "recipients": self.ids(c.to.as_ref(), &v.recipients),
            "parties": self.parties(&v.parties, c),
            "time": time(c, v.time.as_ref()),
            "place": self.place(c, v.place),
            "phase": v.phase,
            "basis": self.word_of(c, &v.basis),
            "on_the_word_of": self.sources(c),
        })
    }

    fn commitment(&mut self, o: &Commitment, c: &Correction) -> Value {
        // Its own time is until when it is due; since when, where that alone is told.
        let since = o.due.is_none() && o.since.is_some();
        let (mut due, mut since) = if since {
            (None, time(c, o.since.as_ref()))
        } else {
            (
                time(c, o.due.as_ref()),
                o.since.as_ref().map(|t| t.value.clone()),
            )
        };
        for (told, said) in [(&mut due, &c.due), (&mut since, &c.since)] {
            if let Some(said) = said {
                *told = Some(said.clone()).filter(|t| !t.is_empty());
            }
        }
        let condition = match &c.condition {
            Some(words) => Some(words.clone()).filter(|w| !w.is_empty()),
            None => o.condition.as_ref().map(|w| self.quote(w)),
        };
        json!({
            "id": o.id,
            "kind": c.what.as_deref().unwrap_or(o.kind.as_str()),
            "status": c.status.unwrap_or(o.status),
            "by": self.ids(c.by.as_ref(), &o.by),
            "to": self.ids(c.to.as_ref(), &o.to),
            "parties": self.parties(&o.parties, c),
            "cue": o.cue.as_ref().map(|w| self.quote(w)),
            "object": self.quote(&self.own(c).unwrap_or_else(|| o.object.clone())),
            "condition": condition,
            "part_of": o.part_of.as_ref().map(|w| self.quote(w)),
            "amount": sum(o.amount.as_ref(), c),
            "due": due,
            "since": since,
            "basis": self.word_of(c, &o.basis),
            "on_the_word_of": self.sources(c),
        })
    }

    /// The words of those who take part; where a person said who it is, who it was read as is gone.
    fn parties(&self, parties: &[Party], c: &Correction) -> Option<Vec<Value>> {
        let stands = |role| match role {
            PartyRole::Actor | PartyRole::By => c.by.is_none(),
            PartyRole::Recipient | PartyRole::To | PartyRole::With => c.to.is_none(),
        };
        let parties = parties.iter().filter(|p| stands(p.role));
        let one = |p: &Party| {
            told(json!({"role": p.role, "text": self.quote(&p.span), "entity": p.entity}))
        };
        let all: Vec<Value> = parties.map(one).collect();
        Some(all).filter(|all| !all.is_empty())
    }

    fn report(&self) -> Value {
        let report = &self.record.report;
        let credits = report
            .credits
            .iter()
            .map(|c| told(json!({"name": c.name, "part": c.part, "place": c.place})));
        let conversions = report
            .conversions
            .iter()
            .map(|c| json!({"from": c.from, "to": c.to, "rate": c.rate, "quote": c.span.quote()}));
        let segments = report.segments.iter().map(|s| {
            let lead = s.range().start as usize;
            let words = self.words.0[lead..s.range().end as usize].split_whitespace();
            let first = words.take(1).map(str::len).sum::<usize>().max(1);
            let range = onrecord_model::TextRange::of(lead, lead + first);
            json!({"label": s.label, "starts": self.words.setting_apart(range)})
        });
        let published = report.published.as_ref().map(|p| {
            let day: String = p.value.chars().take(10).collect();
            json!({"value": day, "precision": p.precision, "basis": p.basis})
        });
        told(json!({
            "language": report.language,
            "headline": report.headline.as_ref().map_or("", |h| h.quote()),
            "byline": report.byline.iter().map(|b| &b.name).collect::<Vec<_>>(),
            "agency": report.agency,
            "dateline": report.dateline.as_ref().map(|d| json!({"place": d.place})),
            "published": published,
            "credits": credits.collect::<Vec<_>>(),
            "conversions": conversions.collect::<Vec<_>>(),
            "segments": segments.collect::<Vec<_>>(),
        }))
    }

    fn entities(&self) -> Vec<Value> {
        let known = self.record.entities.iter().map(|e| {
            let roles = e.roles.iter();
            let roles =
                roles.map(|r| told(json!({"title": r.title, "of": r.of, "since": r.since})));
            told(json!({
                "id": e.id,
                "kind": e.kind,
                "name": e.name,
                "names": listed(&e.aliases),
                "country": e.country,
                "roles": listed(&roles.collect::<Vec<_>>()),
                "mentions": e.mentions.iter().map(|m| self.quote(&m.span)).collect::<Vec<_>>(),
            }))
        });
        let brought = self.named.iter().enumerate().map(|(i, name)| {
            let places = self.words.places(name).into_iter();
            let mentions = places.map(|p| self.words.setting_apart(p));
            // Of what kind, nobody said.
            json!({
                "id": format!("n{}", i + 1),
                "kind": "unknown",
                "name": name,
                "mentions": mentions.collect::<Vec<_>>(),
            })
        });
        known.chain(brought).collect()
    }

    fn times(&self) -> Vec<Value> {
        let times = self.record.times.iter();
        let one = |t: &onrecord_model::TimeMention| {
            self.mention(&t.span, json!({"type": t.kind, "value": t.value}))
        };
        times.map(one).collect()
    }

    fn places(&self) -> Vec<Value> {
        let one = |p: &onrecord_model::Place| {
            let near = p.lat.zip(p.lon).map(|(lat, lon)| json!([lat, lon]));
            let km = near.as_ref().map(|_| 20);
            let mut place = self.mention(&p.span, json!({"near": near, "km": km}));
            place["country"] = json!(p.country);
            place
        };
        self.record.places.iter().map(one).collect()
    }

    fn amounts(&self) -> Vec<Value> {
        let one = |a: &Amount| {
            let value = json!({
                "value": a.value,
                "currency": a.currency,
                "unit": a.unit,
                "qualifier": a.qualifier,
            });
            self.mention(&a.span, value)
        };
        self.record.amounts.iter().map(one).collect()
    }

    /// What is said of a mention, with its words and, where they stand elsewhere first, in which.
    fn mention(&self, span: &Span, value: Value) -> Value {
        let mut value = told(value);
        let apart = self.quote(span);
        if apart != span.quote() {
            value["in"] = apart.into();
        }
        value["quote"] = span.quote().into();
        value
    }

    fn quote(&self, span: &Span) -> String {
        self.words.setting_apart(span.range())
    }

    fn basis(&self, basis: &[Basis]) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for b in basis {
            let b = self.standing(b.to_string());
            out.extend(b.filter(|b| !out.contains(b)));
        }
        out
    }

    /// What stands for a statement, if anything does.
    fn standing(&self, mut id: String) -> Option<String> {
        // Two that were merged into each other are both gone.
        for _ in 0..=self.stands.len() {
            match self.stands.get(&id) {
                None => return Some(id),
                Some(other) => id = other.clone()?,
            }
        }
        None
    }

    fn ids(&mut self, corrected: Option<&Vec<String>>, read: &[EntityId]) -> Vec<String> {
        match corrected {
            Some(names) => names.iter().map(|n| self.id(n)).collect(),
            None => read.iter().map(ToString::to_string).collect(),
        }
    }

    /// The entity of a name, as it stands in the report, or a new one.
    fn id(&mut self, name: &str) -> String {
        let wanted = crate::store::folded(name);
        let bears = |e: &&Entity| {
            let mentions = e.mentions.iter().filter(|m| m.form == MentionForm::Name);
            let names = mentions.map(|m| m.span.quote());
            let names = names.chain(e.aliases.iter().map(String::as_str));
            names
                .chain([e.name.as_str()])
                .any(|n| crate::store::folded(n) == wanted)
        };
        if let Some(known) = self.record.entities.iter().find(bears) {
            return known.id.to_string();
        }
        let named = self
            .named
            .iter()
            .position(|n| crate::store::folded(n) == wanted);
        let i = named.unwrap_or_else(|| {
            self.named.push(name.to_owned());
            self.named.len() - 1
        });
        format!("n{}", i + 1)
    }
}

fn time(c: &Correction, read: Option<&TimeValue>) -> Option<String> {
    let time = c.time.clone().or_else(|| read.map(|t| t.value.clone()));
    time.filter(|t| !t.is_empty())
}

fn sum(read: Option<&Amount>, c: &Correction) -> Option<Value> {
    let qualifier = c.qualifier.or(read.map(|a| a.qualifier));
    let Some(all) = c.amounts.as_deref() else {
        return read.map(|a| {
            let restated = a.restated.iter().map(|r| {
                told(json!({
                    "value": r.value,
                    "currency": r.currency,
                    "basis": r.basis,
                    "consistent_with_rate": r.consistent_with_rate,
                }))
            });
            told(json!({
                "value": a.value,
                "currency": a.currency,
                "unit": a.unit,
                "qualifier": qualifier,
                "restated": listed(&restated.collect::<Vec<_>>()),
            }))
        });
    };
    sums(all, qualifier)
}

/// An amount of these sums, the first its own.
fn sums(sums: &[Sum], qualifier: Option<Qualifier>) -> Option<Value> {
    let currency = |unit: &str| unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase());
    let (first, rest) = sums.split_first()?;
    let restated = rest
        .iter()
        .map(|s| json!({"value": s.value, "currency": s.unit}));
    Some(told(json!({
        "value": first.value,
        "currency": currency(&first.unit).then_some(&first.unit),
        "unit": (!currency(&first.unit)).then_some(&first.unit),
        "qualifier": qualifier,
        "restated": listed(&restated.collect::<Vec<_>>()),
    })))
}

/// A list, where there is something in it.
fn listed<T: Serialize>(values: &[T]) -> Option<&[T]> {
    Some(values).filter(|v| !v.is_empty())
}

/// An object without the members that nothing is told of.
fn told(value: Value) -> Value {
    match value {
        Value::Object(members) => members.into_iter().filter(|(_, v)| !v.is_null()).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests;
