//! Somebody through all that is told of them: names, offices, and how often they speak, act and
//! are bound.
//!
//! Asked for are reports that name them; then those that name them as these do, or by the same id
//! in a register. Several people of one name are several.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::{Gathered, Result};
use crate::across::identity::{Appearance, Identities, Identity};
use crate::store::{Entry, EntryKind, Ledger, Query, folded};

/// Forms of a name that are asked for again.
const FORMS: usize = 12;

/// Those who bear a name.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct People {
    /// Who appears in most reports first.
    pub people: Vec<Person>,
    /// Whether more reports name them than were looked at.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
}

/// Somebody or something, and what is told of them.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Person {
    /// Who it is, and why appearances in several reports are one.
    #[serde(flatten)]
    pub identity: Identity,
    /// The first and the last day of a report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<(Date, Date)>,
    /// How often they speak, by the kind of cue.
    pub says: BTreeMap<String, usize>,
    /// How often they act, by the type of event.
    pub does: BTreeMap<String, usize>,
    /// How often they are bound, by how far the commitment has come.
    pub commits: BTreeMap<String, usize>,
    /// The entries, newest first.
    pub entries: Vec<Entry>,
}

impl Ledger {
    /// Those who bear a name in any of its forms, or an id as `wikidata:Q42`.
    ///
    /// # Errors
    /// When the name holds no letter, or the store cannot be read.
    pub fn who(&self, name: &str) -> Result<People> {
        let mut found = Gathered::default();
        let mut asked = BTreeSet::new();
        let said = self.said()?;
        self.named(name, &mut found, &mut asked)?;
        let records = found.records(self)?;
        // By other names that reports of the first round know them by.
        let known = Identities::of(&records, &said);
        let bears = |i: &&Identity| bears(i, name);
        let more = known.all().iter().filter(bears);
        let more = more.flat_map(|i| i.links.iter().chain([&i.name]).chain(&i.also));
        let whole = more.filter(|n| n.contains([' ', ':']) && !asked.contains(*n));
        let more: BTreeSet<String> = whole.cloned().collect();
        // And by the names of those a person says they are.
        let same = said
            .iter()
            .filter(|s| s.same)
            .flat_map(|s| [(&s.one, &s.other), (&s.other, &s.one)]);
        let ours = |a: &Appearance| {
            let mut all = known.all().iter().filter(bears);
            all.any(|i| i.appearances.contains(a))
        };
        let same = same
            .filter(|(one, _)| ours(one))
            .map(|(_, other)| other.name.clone());
        let more: BTreeSet<String> = same.chain(more.into_iter().take(FORMS)).collect();
        for form in &more {
            self.named(form, &mut found, &mut asked)?;
        }
        let records = found.records(self)?;
        let known = Identities::of(&records, &said);
        let mut people: Vec<Person> = Vec::new();
        for identity in known.all().iter().filter(bears) {
            people.push(person(identity, &found.entries));
        }
        people.sort_by(|a, b| {
            let reports = |p: &Person| p.identity.appearances.len();
            reports(b)
                .cmp(&reports(a))
                .then_with(|| a.identity.name.cmp(&b.identity.name))
        });
        Ok(People {
            people,
            cut: found.cut,
        })
    }

    fn named(&self, name: &str, found: &mut Gathered, asked: &mut BTreeSet<String>) -> Result<()> {
        asked.insert(name.to_owned());
        let by = Query {
            by: Some(name.to_owned()),
            ..Query::default()
        };
        let about = Query {
            about: Some(name.to_owned()),
            ..Query::default()
        };
        found.ask(self, &by)?;
        found.ask(self, &about)
    }
}

/// Whether somebody is asked for by a name or an id.
fn bears(identity: &Identity, name: &str) -> bool {
    let wanted = folded(name);
    let mut names = identity.also.iter().chain([&identity.name]);
    let ends = |n: &String| folded(n) == wanted;
    identity.links.iter().any(|l| l == name) || names.any(ends)
}

fn person(identity: &Identity, entries: &[Entry]) -> Person {
    let here: BTreeMap<&str, &str> = identity
        .appearances
        .iter()
        .map(|a| (a.report.as_str(), a.name.as_str()))
        .collect();
    let is = |e: &Entry, who: &[crate::store::Who]| {
        let name = here.get(e.at.report.as_str());
        name.is_some_and(|name| who.iter().any(|w| w.name == *name))
    };
    let mut out = Person {
        identity: identity.clone(),
        days: None,
        says: BTreeMap::new(),
        does: BTreeMap::new(),
        commits: BTreeMap::new(),
        entries: Vec::new(),
    };
    for e in entries {
        if is(e, &e.by) {
            let (all, what) = match (e.at.kind, e.status) {
                (EntryKind::Statement, _) => (&mut out.says, e.what.clone()),
                (EntryKind::Event, _) => (&mut out.does, e.what.clone()),
                (EntryKind::Commitment, Some(status)) => (&mut out.commits, status.to_string()),
                (EntryKind::Commitment, None) => (&mut out.commits, e.what.clone()),
            };
            *all.entry(what).or_default() += 1;
        }
        if is(e, &e.by) || is(e, &e.about) {
            out.entries.push(e.clone());
        }
    }
    let days = out.entries.iter().filter_map(|e| e.published);
    out.days = days.clone().min().zip(days.max());
    out.entries.sort_by_cached_key(|e| {
        let day = std::cmp::Reverse(e.published);
        (day, e.at.report.clone(), e.at.anchor.start)
    });
    out
}
