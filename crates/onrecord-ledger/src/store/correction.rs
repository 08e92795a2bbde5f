//! What a person says of the fields of an entry, and how it is laid over the entry.

use onrecord_model::{CommitmentStatus, Factuality, Qualifier, Span};
use serde::{Deserialize, Serialize};

use super::entry::{At, Entry, EntryKind, Sum, Who};

/// What of an entry is otherwise; what is left out stays as it was read.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Correction {
    /// The kind of cue, the type of event, the kind of commitment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// How far a commitment has come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<CommitmentStatus>,
    /// Who speaks, acts, or is bound: names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Vec<String>>,
    /// To whom or with whom: names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Vec<String>>,
    /// Who and what it speaks of: names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<Vec<String>>,
    /// Its own time, as TIMEX3 or EDTF; empty where it has none. Of a commitment, of its two times
    /// the one that was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// How much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amounts: Option<Vec<Sum>>,
    /// How the amounts are bounded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<Qualifier>,
    /// Until when a commitment is to be kept, as TIMEX3 or EDTF; empty where that is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Since when it is as it is, as TIMEX3 or EDTF; empty where that is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// On what condition, in words of the report; empty where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// On whose word: names; none where the report says so itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Vec<String>>,
    /// Where: names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Vec<String>>,
    /// How firmly it is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub factuality: Option<Factuality>,
    /// The words it rests on, where they stand: of a statement what is said, of an event what names
    /// it, of a commitment what is promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<Span>,
}

impl Correction {
    /// Lays a later correction over this one.
    pub(crate) fn add(&mut self, later: &Self) {
        fn over<T: Clone>(own: &mut Option<T>, later: Option<&T>) {
            if let Some(value) = later {
                *own = Some(value.clone());
            }
        }
        over(&mut self.what, later.what.as_ref());
        over(&mut self.status, later.status.as_ref());
        over(&mut self.by, later.by.as_ref());
        over(&mut self.to, later.to.as_ref());
        over(&mut self.about, later.about.as_ref());
        over(&mut self.time, later.time.as_ref());
        over(&mut self.amounts, later.amounts.as_ref());
        over(&mut self.qualifier, later.qualifier.as_ref());
        over(&mut self.due, later.due.as_ref());
        over(&mut self.since, later.since.as_ref());
        over(&mut self.condition, later.condition.as_ref());
        over(&mut self.source, later.source.as_ref());
        over(&mut self.place, later.place.as_ref());
        over(&mut self.factuality, later.factuality.as_ref());
        over(&mut self.words, later.words.as_ref());
    }
}

/// A value; none where it is empty.
fn some(value: &str) -> Option<String> {
    Some(value.to_owned()).filter(|v| !v.is_empty())
}

/// Lays a correction over an entry.
pub(crate) fn correct(entry: &mut Entry, c: &Correction) {
    let who = |names: &Vec<String>| names.iter().map(Who::named).collect::<Vec<_>>();
    if let Some(what) = &c.what {
        entry.what.clone_from(what);
    }
    if let Some(by) = &c.by {
        entry.by = who(by);
        if entry.at.kind == EntryKind::Statement {
            entry.word.clone_from(&entry.by);
        }
    }
    if let Some(source) = &c.source {
        entry.word = who(source);
        if entry.at.kind == EntryKind::Statement {
            entry.by.clone_from(&entry.word);
        } else {
            entry.reporter = source.is_empty();
        }
    }
    if let Some(to) = &c.to {
        entry.to = who(to);
    }
    if let Some(about) = &c.about {
        entry.about = who(about);
    }
    if let Some(names) = &c.place {
        let known = |name: &String| entry.places.iter().find(|p| p.name == *name).cloned();
        let place = |name: &String| {
            known(name).unwrap_or_else(|| At {
                name: name.clone(),
                position: None,
                country: None,
            })
        };
        entry.places = names.iter().map(place).collect();
    }
    entry.status = c.status.or(entry.status);
    entry.factuality = c.factuality.unwrap_or(entry.factuality);
    if let Some(condition) = &c.condition {
        entry.condition = some(condition);
    }
    amounts(entry, c);
    times(entry, c);
    words(entry, c);
}

fn amounts(entry: &mut Entry, c: &Correction) {
    if let Some(amounts) = &c.amounts {
        entry.amounts.clone_from(amounts);
    }
    if c.qualifier.is_some() {
        for sum in &mut entry.amounts {
            sum.qualifier = c.qualifier;
        }
    }
}

fn times(entry: &mut Entry, c: &Correction) {
    if let Some(time) = &c.time {
        entry.time = some(time);
        // Of a commitment it is said of that of its two times which was read.
        if entry.at.kind == EntryKind::Commitment {
            let until = entry.due.is_some() || entry.since.is_none();
            *(if until {
                &mut entry.due
            } else {
                &mut entry.since
            }) = some(time);
        }
    }
    if let Some(due) = &c.due {
        entry.due = some(due);
    }
    if let Some(since) = &c.since {
        entry.since = some(since);
    }
    if c.due.is_some() || c.since.is_some() {
        entry.time = entry.due.clone().or_else(|| entry.since.clone());
    }
}

fn words(entry: &mut Entry, c: &Correction) {
    let Some(words) = &c.words else { return };
    let (start, end, _) = entry.rests_on();
    entry.words.retain(|w| (w.start(), w.end()) != (start, end));
    if entry.words.iter().all(|w| w != words) {
        entry.words.push(words.clone());
    }
    entry.words.sort();
    entry.own_words = Some(words.clone());
}
