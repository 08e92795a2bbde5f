//! Who in one report is who in another: joined when their names and what is told of them say so,
//! and never when anything speaks against it.
//!
//! ```text
//! Nkechi Adeyemi, governor of the central bank  +  N. Adeyemi, governor of the central bank  ->  one (office)
//! Nkechi Adeyemi  +  Tunde Adeyemi                                                          ->  two
//! ```
//!
//! Evidence, in the order it is weighed: a person at the desk said so, an id in a register, the
//! same full name, an acronym that one report spells out, the same surname in the same office or
//! over the same long quotation, the same name in another transliteration. A name that fits two is left alone. Nothing is
//! changed in a record: each join says why it was made, and a person can take it back.
//!
//! Left out: who goes without a name, and offices whose holder changed unsaid.

mod face;
mod spelling;

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use onrecord_model::{EntityId, EntityKind, Record};
use serde::{Deserialize, Serialize};

use self::face::{Face, faces};
use crate::store::folded;

/// Somebody or something in one report.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Appearance {
    /// The report's id.
    pub report: String,
    /// The canonical name it has there.
    pub name: String,
}

/// What people say of who is who; what is said last holds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Said {
    /// One.
    pub one: Appearance,
    /// The other.
    pub other: Appearance,
    /// Whether they are the same.
    pub same: bool,
}

/// Why two are one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Evidence {
    /// A person said so.
    Person,
    /// They have one id in a register.
    Link,
    /// They have one full name.
    Name,
    /// One has as its name what the other is called for short.
    Acronym,
    /// They have one surname and one office.
    Office,
    /// They have one surname and said the same long words.
    Quotation,
    /// Their names are one in two transliterations.
    Spelling,
}

impl Evidence {
    /// Its name, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Link => "link",
            Self::Name => "name",
            Self::Acronym => "acronym",
            Self::Office => "office",
            Self::Quotation => "quotation",
            Self::Spelling => "spelling",
        }
    }
}

/// An office somebody is said to hold.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Office {
    /// The title as written.
    pub title: String,
    /// Of what state, organisation or person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The day of the first report that says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Date>,
    /// The day of the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Date>,
    /// How many say so.
    pub reports: usize,
}

/// Somebody or something across reports.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Identity {
    /// What it is.
    pub kind: EntityKind,
    /// Its name: the fullest, of those the one that most reports have.
    pub name: String,
    /// Its other names, sorted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// The offices reports give it, the latest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offices: Vec<Office>,
    /// ISO 3166 alpha-3, when reports agree on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Ids in registers: `wikidata:Q42`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// Where it appears, by day and report.
    pub appearances: Vec<Appearance>,
    /// Why those are one; each but the first appearance is joined by one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub joins: Vec<Join>,
}

/// Two appearances that are one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Join {
    /// One.
    pub one: Appearance,
    /// The other.
    pub other: Appearance,
    /// Why.
    pub why: Evidence,
}

/// Who is who in several reports.
#[derive(Clone, Debug, Default)]
pub struct Identities {
    all: Vec<Identity>,
    /// Their places in `all`, by report and entity.
    places: BTreeMap<(String, EntityId), usize>,
}

impl Identities {
    /// Joins those of some records, whatever their order.
    pub fn of<R: Borrow<Record>>(records: &[R], said: &[Said]) -> Self {
        let mut records: Vec<&Record> = records.iter().map(Borrow::borrow).collect();
        records.sort_by_key(|r| (r.report.day().is_none(), r.report.day(), &r.report.id));
        records.dedup_by_key(|r| &r.report.id);
        let faces = faces(&records);
        let mut joining = Joining::new(&faces, said);
        joining.people_say(said);
        joining.buckets(Evidence::Link, Face::links);
        joining.buckets(Evidence::Name, Face::names);
        joining.buckets(Evidence::Acronym, Face::acronyms);
        joining.buckets(Evidence::Office, Face::offices);
        joining.buckets(Evidence::Quotation, Face::quotations);
        joining.buckets(Evidence::Spelling, Face::spellings);
        joining.done()
    }

    /// All of them, by their first appearance.
    pub fn all(&self) -> &[Identity] {
        &self.all
    }

    /// Which of [`Self::all`] an entity of a report is; none where it goes without a name.
    pub fn place(&self, report: &str, entity: EntityId) -> Option<usize> {
        self.places.get(&(report.to_owned(), entity)).copied()
    }
}

struct Joining<'f, 'r> {
    faces: &'f [Face<'r>],
    /// The cluster of each face, by its first face.
    cluster: Vec<usize>,
    /// The faces of each cluster; empty when it was joined to another.
    members: Vec<Vec<usize>>,
    joins: Vec<(usize, usize, Evidence)>,
    /// Faces a person says are two.
    apart: BTreeSet<(usize, usize)>,
}

impl<'f, 'r> Joining<'f, 'r> {
    fn new(faces: &'f [Face<'r>], said: &[Said]) -> Self {
        let mut out = Self {
            faces,
            cluster: (0..faces.len()).collect(),
            members: (0..faces.len()).map(|i| vec![i]).collect(),
            joins: Vec::new(),
            apart: BTreeSet::new(),
        };
        for s in last(said).filter(|s| !s.same) {
            if let Some((a, b)) = out.pair(s) {
                out.apart.insert((a.min(b), a.max(b)));
            }
        }
        out
    }

    fn pair(&self, said: &Said) -> Option<(usize, usize)> {
        let find = |a: &Appearance| {
            let mut faces = self.faces.iter();
            faces.position(|f| f.report() == a.report && f.entity.name == a.name)
        };
        find(&said.one).zip(find(&said.other))
    }

    /// What was said last comes first: what it says apart stays so, whoever joined both to a third.
    fn people_say(&mut self, said: &[Said]) {
        let mut same: Vec<&Said> = last(said).filter(|s| s.same).collect();
        same.reverse();
        for s in same {
            if let Some((a, b)) = self.pair(s).filter(|(a, b)| !self.are_apart(*a, *b)) {
                self.join(a, b, Evidence::Person);
            }
        }
    }

    /// Whether somebody said of two of their faces that they are two.
    fn are_apart(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.cluster[a], self.cluster[b]);
        let mut pairs = self
            .apart
            .iter()
            .map(|(x, y)| (self.cluster[*x], self.cluster[*y]));
        pairs.any(|pair| pair == (a, b) || pair == (b, a))
    }

    /// Joins faces that share a key. Those of whom more is known come first: who could be one of
    /// two is neither.
    fn buckets(&mut self, why: Evidence, keys: impl Fn(&Face<'r>) -> Vec<String>) {
        let mut buckets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, face) in self.faces.iter().enumerate() {
            for key in keys(face) {
                buckets.entry(key).or_default().push(i);
            }
        }
        for mut bucket in buckets.into_values() {
            bucket.sort_by_key(|i| (self.faces[*i].vagueness(), *i));
            let mut heads: Vec<usize> = Vec::new();
            for face in bucket {
                let own = self.cluster[face];
                if heads.iter().any(|h| self.cluster[*h] == own) {
                    continue;
                }
                let fits = heads.iter().filter(|h| self.fit(**h, face, why));
                let fits: Vec<usize> = fits.copied().collect();
                match fits[..] {
                    [one] => self.join(one, face, why),
                    [] => heads.push(face),
                    _ => {}
                }
            }
        }
    }

    /// Whether the clusters of two faces may be one: nothing of any two of their faces speaks
    /// against it.
    fn fit(&self, a: usize, b: usize, why: Evidence) -> bool {
        if self.are_apart(a, b) {
            return false;
        }
        let (a, b) = (self.cluster[a], self.cluster[b]);
        let pairs = self.members[a].iter();
        let pairs = pairs.flat_map(|x| self.members[b].iter().map(move |y| (*x, *y)));
        let mut pairs = pairs.map(|(x, y)| (x.min(y), x.max(y)));
        pairs.all(|(x, y)| self.faces[x].may_be(&self.faces[y], why))
    }

    fn join(&mut self, one: usize, other: usize, why: Evidence) {
        let (a, b) = (self.cluster[one], self.cluster[other]);
        if a == b {
            return;
        }
        let (a, b) = (a.min(b), a.max(b));
        let moved = std::mem::take(&mut self.members[b]);
        for face in &moved {
            self.cluster[*face] = a;
        }
        self.members[a].extend(moved);
        self.joins.push((one, other, why));
    }

    fn done(mut self) -> Identities {
        let mut out = Identities::default();
        for members in std::mem::take(&mut self.members) {
            if members.is_empty() {
                continue;
            }
            let faces: BTreeSet<usize> = members.into_iter().collect();
            for face in &faces {
                let face = &self.faces[*face];
                let key = (face.report().to_owned(), face.entity.id);
                out.places.insert(key, out.all.len());
            }
            out.all.push(self.identity(&faces));
        }
        out
    }

    fn identity(&self, members: &BTreeSet<usize>) -> Identity {
        let faces: Vec<&Face> = members.iter().map(|i| &self.faces[*i]).collect();
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        for face in &faces {
            *names.entry(&face.entity.name).or_default() += 1;
        }
        let fullest = |(name, count): &(&&str, &usize)| {
            let words = folded(name);
            let whole = words.iter().filter(|w| w.chars().count() > 1).count();
            (whole, **count, Reverse((**name).to_owned()))
        };
        let name = names.iter().max_by_key(fullest).map_or("", |(n, _)| *n);
        let forms = faces.iter().flat_map(|f| &f.forms);
        let also: BTreeSet<&String> = forms.filter(|n| *n != name).collect();
        let countries = faces.iter().filter_map(|f| f.entity.country.as_ref());
        let mut countries: BTreeSet<&String> = countries.collect();
        let links: BTreeSet<String> = faces.iter().flat_map(|f| f.links()).collect();
        let joins = self.joins.iter().filter(|j| members.contains(&j.0));
        let mut joins: Vec<Join> = joins
            .map(|(one, other, why)| Join {
                one: self.faces[*one].appearance(),
                other: self.faces[*other].appearance(),
                why: *why,
            })
            .collect();
        joins.sort_unstable();
        Identity {
            kind: faces[0].entity.kind,
            name: name.to_owned(),
            also: also.into_iter().cloned().collect(),
            offices: face::offices(&faces),
            country: countries
                .pop_first()
                .filter(|_| countries.is_empty())
                .cloned(),
            links: links.into_iter().collect(),
            appearances: faces.iter().map(|f| f.appearance()).collect(),
            joins,
        }
    }
}

/// What is said last of each pair.
fn last(said: &[Said]) -> impl Iterator<Item = &Said> {
    said.iter().enumerate().filter_map(|(i, s)| {
        let again = said[i + 1..].iter().any(|t| {
            (t.one == s.one && t.other == s.other) || (t.one == s.other && t.other == s.one)
        });
        (!again).then_some(s)
    })
}

#[cfg(test)]
mod tests;
