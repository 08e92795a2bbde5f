//! Somebody or something as one report shows it, and by what it may be known in another.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{Entity, EntityKind, MentionForm, Quotation, Record, Role};

use super::spelling::key;
use super::{Appearance, Evidence, Office};
use crate::store::folded;

/// Below this a link is a guess.
const SURE: f32 = 0.8;
/// Words of a quotation that nobody says twice.
const QUOTED: usize = 8;
/// Letters of the shortest acronym.
const ACRONYM: usize = 3;

/// Words of institutions that many states have: their names alone tell nobody.
const COMMON: [&str; 26] = [
    "administration",
    "agency",
    "army",
    "authority",
    "bank",
    "bureau",
    "cabinet",
    "commission",
    "committee",
    "congress",
    "council",
    "court",
    "department",
    "forces",
    "government",
    "guard",
    "house",
    "intelligence",
    "ministry",
    "navy",
    "office",
    "parliament",
    "party",
    "police",
    "senate",
    "service",
];

/// Words of titles that one person may hold one after the other, or at once.
const OFFICES: [&str; 33] = [
    "admiral",
    "ambassador",
    "candidate",
    "chairman",
    "chairwoman",
    "chancellor",
    "chief",
    "commander",
    "commissioner",
    "congressman",
    "congresswoman",
    "deputy",
    "director",
    "envoy",
    "general",
    "governor",
    "head",
    "king",
    "lawmaker",
    "leader",
    "mayor",
    "minister",
    "mp",
    "official",
    "pm",
    "premier",
    "president",
    "prince",
    "queen",
    "representative",
    "secretary",
    "senator",
    "spokesman",
];

/// An entity of a report that has a name.
#[derive(Debug)]
pub(super) struct Face<'r> {
    pub(super) record: &'r Record,
    pub(super) entity: &'r Entity,
    /// Its names as the report writes them, its canonical name too.
    pub(super) forms: BTreeSet<String>,
    /// The words of its canonical name, folded.
    words: Vec<String>,
    /// What their spellings have in common.
    keys: Vec<String>,
    /// Ids in registers that are no guess, by register.
    links: BTreeMap<&'r str, BTreeSet<&'r str>>,
}

/// What an entity is, as far as reports agree on it: to one a movement is a group, to another an
/// organisation.
fn kind(entity: &Entity) -> EntityKind {
    match entity.kind {
        EntityKind::Group => EntityKind::Organization,
        other => other,
    }
}

/// Those of some records, in their order.
pub(super) fn faces<'r>(records: &[&'r Record]) -> Vec<Face<'r>> {
    let mut out = Vec::new();
    for record in records {
        for entity in &record.entities {
            let named = |m: &&onrecord_model::Mention| m.form == MentionForm::Name && !m.metonym;
            let mut mentions = entity.mentions.iter().filter(named).peekable();
            let words = folded(&entity.name);
            if mentions.peek().is_none() || words.is_empty() {
                continue;
            }
            let forms = mentions.map(|m| m.span.quote().to_owned());
            let forms = forms.filter(|f| folded(f).len() <= words.len() + 2);
            let forms = forms.chain(entity.aliases.iter().cloned());
            let mut links: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
            for link in entity.links.iter().filter(|l| l.confidence >= SURE) {
                links.entry(&link.scheme).or_default().insert(&link.id);
            }
            out.push(Face {
                record,
                entity,
                forms: forms.chain([entity.name.clone()]).collect(),
                keys: words.iter().map(|w| key(w)).collect(),
                words,
                links,
            });
        }
    }
    out
}

impl Face<'_> {
    pub(super) fn report(&self) -> &str {
        &self.record.report.id
    }

    pub(super) fn appearance(&self) -> Appearance {
        Appearance {
            report: self.report().to_owned(),
            name: self.entity.name.clone(),
        }
    }

    /// How little is known of it: first how much of its name is missing, then whether it is of a
    /// country or in a register.
    pub(super) fn vagueness(&self) -> (u8, bool) {
        let missing = match self.given().map(|g| g.chars().count()) {
            Some(1) => 1,
            None if self.entity.kind == EntityKind::Person => 2,
            _ => 0,
        };
        let placed = self.entity.country.is_some() || !self.links.is_empty();
        (missing, !placed)
    }

    /// `wikidata:Q42`.
    pub(super) fn links(&self) -> Vec<String> {
        let all = self.links.iter();
        all.flat_map(|(scheme, ids)| ids.iter().map(move |id| format!("{scheme}:{id}")))
            .collect()
    }

    /// By its name, where that is enough: a person's given name and surname, a name that is not
    /// that of many.
    pub(super) fn names(&self) -> Vec<String> {
        let words = self.bare();
        let enough = match self.entity.kind {
            EntityKind::Person => self.given().is_some_and(|g| g.chars().count() > 1),
            EntityKind::State | EntityKind::Place => true,
            EntityKind::Organization | EntityKind::Group | EntityKind::Office => {
                let common = words.iter().any(|w| COMMON.contains(&w.as_str()));
                self.entity.country.is_some() || !common
            }
            _ => words.len() > 1,
        };
        let name = format!("{}={}", kind(self.entity).as_str(), words.join(" "));
        // Two ministries of one name are of two states.
        let of = match (&self.entity.country, kind(self.entity)) {
            (Some(c), EntityKind::Organization | EntityKind::Office) if self.is_common() => c,
            _ => "",
        };
        enough.then(|| format!("{name}@{of}")).into_iter().collect()
    }

    /// By an acronym it is, or that its report has for it.
    pub(super) fn acronyms(&self) -> Vec<String> {
        if kind(self.entity) != EntityKind::Organization || self.is_common() {
            return Vec::new();
        }
        let all = self.forms.iter().filter(|f| {
            let letters = f.chars().filter(|c| c.is_uppercase()).count();
            let whole = f.chars().all(|c| c.is_uppercase() || c == '.');
            letters >= ACRONYM && whole
        });
        let all: BTreeSet<String> = all.map(|f| f.replace('.', "")).collect();
        all.into_iter().collect()
    }

    /// By a person's surname and each office.
    pub(super) fn offices(&self) -> Vec<String> {
        let Some(surname) = self.surname() else {
            return Vec::new();
        };
        let office = |role: &Role| {
            let of = self.holder(role).or_else(|| self.entity.country.clone())?;
            let title = folded(&role.title).join(" ");
            let of = folded(&of).join(" ");
            Some(format!("{}, {title} of {of}", key(surname)))
        };
        self.entity.roles.iter().filter_map(office).collect()
    }

    /// By a person's surname and each long quotation.
    pub(super) fn quotations(&self) -> Vec<String> {
        let Some(surname) = self.surname() else {
            return Vec::new();
        };
        let said = self.record.statements.iter().filter(|s| {
            s.quotation == Quotation::Direct && s.source.entity == Some(self.entity.id)
        });
        let words = said
            .map(|s| -> Vec<String> { s.content.iter().flat_map(|c| folded(c.quote())).collect() });
        let long = words.filter(|w| w.len() >= QUOTED);
        long.map(|w| format!("{}: {}", key(surname), w.join(" ")))
            .collect()
    }

    /// By a person's whole name as other romanisations have it.
    pub(super) fn spellings(&self) -> Vec<String> {
        let person = self.entity.kind == EntityKind::Person;
        let whole = self.given().is_some_and(|g| g.chars().count() > 1);
        (person && whole)
            .then(|| self.keys.join(" "))
            .into_iter()
            .collect()
    }

    /// Whether nothing speaks against two being one.
    pub(super) fn may_be(&self, other: &Self, why: Evidence) -> bool {
        let (a, b) = (self.entity, other.entity);
        let countries = a.country.as_ref().zip(b.country.as_ref());
        // A movement or a company is of no one country; a ministry is.
        let anywhere = kind(a) == EntityKind::Organization && !self.is_common();
        let abroad = countries.is_some_and(|(a, b)| a != b) && !anywhere;
        let registers = self.links.iter().any(|(scheme, ids)| {
            let others = other.links.get(scheme);
            others.is_some_and(|others| ids.is_disjoint(others))
        });
        if kind(a) != kind(b) || abroad || registers || self.report() == other.report() {
            return false;
        }
        if a.kind != EntityKind::Person {
            return true;
        }
        match why {
            // Two romanisations of one name are too little: one country or one title beside them.
            Evidence::Spelling => {
                self.is_spelled_as(other)
                    && (countries.is_some() || self.shares_a_title_with(other))
            }
            Evidence::Link => true,
            Evidence::Name => self.is_called_as(other) && self.may_do_as(other),
            _ => self.is_called_as(other),
        }
    }

    /// Whether the given names of two people agree, as far as both are given.
    fn is_called_as(&self, other: &Self) -> bool {
        let one = self.keys.last() == other.keys.last();
        let given = match (self.given(), other.given()) {
            (Some(a), Some(b)) if a.chars().count() == 1 || b.chars().count() == 1 => {
                a.chars().next() == b.chars().next()
            }
            (Some(_), Some(_)) => self.keys.first() == other.keys.first(),
            _ => true,
        };
        one && given
    }

    /// Whether what reports call two people allows them to be one. A minister has other titles and
    /// was something else before; a minister and a sprinter, or a poet and a striker, are two until
    /// something else says that they are one.
    fn may_do_as(&self, other: &Self) -> bool {
        let titles = |f: &Self| -> BTreeSet<String> {
            f.entity
                .roles
                .iter()
                .flat_map(|r| folded(&r.title))
                .collect()
        };
        let (a, b) = (titles(self), titles(other));
        let of_state = |all: &BTreeSet<String>| all.iter().any(|w| OFFICES.contains(&w.as_str()));
        a.is_empty() || b.is_empty() || !a.is_disjoint(&b) || (of_state(&a) && of_state(&b))
    }

    fn is_spelled_as(&self, other: &Self) -> bool {
        self.keys == other.keys
    }

    fn shares_a_title_with(&self, other: &Self) -> bool {
        let titles = |f: &Self| -> BTreeSet<Vec<String>> {
            f.entity.roles.iter().map(|r| folded(&r.title)).collect()
        };
        !titles(self).is_disjoint(&titles(other))
    }

    /// A person's first name, when there is a surname too.
    fn given(&self) -> Option<&str> {
        let person = self.entity.kind == EntityKind::Person && self.words.len() > 1;
        self.words.first().filter(|_| person).map(String::as_str)
    }

    fn surname(&self) -> Option<&str> {
        let person = self.entity.kind == EntityKind::Person;
        self.words.last().filter(|_| person).map(String::as_str)
    }

    /// Without an article.
    fn bare(&self) -> &[String] {
        match self.words.split_first() {
            Some((first, rest)) if first == "the" && !rest.is_empty() => rest,
            _ => &self.words,
        }
    }

    fn is_common(&self) -> bool {
        self.words.iter().any(|w| COMMON.contains(&w.as_str()))
    }

    /// Of what state, organisation or person a role is.
    fn holder(&self, role: &Role) -> Option<String> {
        let mut all = self.record.entities.iter();
        let holder = all.find(|e| Some(e.id) == role.of)?;
        Some(
            holder
                .country
                .clone()
                .filter(|_| holder.kind == EntityKind::State)
                .unwrap_or_else(|| holder.name.clone()),
        )
    }
}

/// The offices that some faces of one person are given, the latest first.
pub(super) fn offices(faces: &[&Face]) -> Vec<Office> {
    let mut all: BTreeMap<(Vec<String>, Vec<String>), Office> = BTreeMap::new();
    for face in faces {
        let day = face.record.report.day();
        let mut told = BTreeSet::new();
        for role in &face.entity.roles {
            let mut entities = face.record.entities.iter();
            let of = entities
                .find(|e| Some(e.id) == role.of)
                .map(|e| e.name.clone());
            let key = (
                folded(&role.title),
                folded(of.as_deref().unwrap_or_default()),
            );
            if !told.insert(key.clone()) {
                continue;
            }
            let office = all.entry(key).or_insert_with(|| Office {
                title: role.title.clone(),
                of,
                first: day,
                last: day,
                reports: 0,
            });
            office.reports += 1;
            office.first = office.first.into_iter().chain(day).min();
            office.last = office.last.max(day);
        }
    }
    // Who is once told to be whose minister is that also where it is left unsaid.
    let bare: Vec<_> = all
        .keys()
        .filter(|(_, of)| of.is_empty())
        .cloned()
        .collect();
    for key in bare {
        let mut same = all
            .keys()
            .filter(|(title, of)| *title == key.0 && !of.is_empty());
        let (Some(whole), None) = (same.next().cloned(), same.next()) else {
            continue;
        };
        if let (Some(bare), Some(whole)) = (all.remove(&key), all.get_mut(&whole)) {
            whole.reports += bare.reports;
            whole.first = whole.first.into_iter().chain(bare.first).min();
            whole.last = whole.last.max(bare.last);
        }
    }
    let mut out: Vec<Office> = all.into_values().collect();
    out.sort_by(|a, b| b.last.cmp(&a.last).then_with(|| a.cmp(b)));
    out
}
