//! Whom a name may mean that nobody in the ledger bears: those whose name it begins, who bear it behind a
//! title, who hold the office it names; and those whose name is spelled nearly so.
//!
//! ```text
//! Nor, President Noriega, the finance minister of Peru  ->  Alba Noriega
//! norieg                                                ->  nearest: Alba Noriega
//! ```

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{Entity, EntityKind, Record, Role};
use serde::{Deserialize, Serialize};

use super::Ledger;
use super::backend::Result;
use super::entry::{Entry, Who, who};
use super::fold;
use super::index;
use super::query::{OnWhoseWord, Query, Term, Where, named as token};

/// Names that are told.
const TOLD: usize = 5;
/// Names that one may be taken for.
const TAKEN: usize = 50;
/// Letters of a name that may begin others.
const BEGINS: usize = 2;
/// Entries in which it is looked what title or office somebody has.
const LOOKED: usize = 200;

/// What a name is asked for as.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Who speaks, acts or is bound.
    By,
    /// To whom.
    To,
    /// Who or what it speaks of.
    About,
    /// On whose word it stands.
    Word,
    /// Where.
    Place,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::By, Self::To, Self::About, Self::Word, Self::Place];

    /// What its names are kept under in the index.
    pub(crate) const fn role(self) -> &'static str {
        match self {
            Self::By => "by",
            Self::To => "to",
            Self::About => "about",
            Self::Word => "word",
            Self::Place => "at",
        }
    }

    /// A question for one name and nothing else.
    pub fn query(self, name: &str) -> Query {
        let name = Some(name.to_owned());
        let none = Query::default();
        match self {
            Self::By => Query { by: name, ..none },
            Self::To => Query { to: name, ..none },
            Self::About => Query {
                about: name,
                ..none
            },
            Self::Word => Query {
                word: name.map(OnWhoseWord::Named),
                ..none
            },
            Self::Place => Query {
                place: name.map(Where::Named),
                ..none
            },
        }
    }

    /// Those of an entry who stand there, by all their names.
    fn of(self, entry: &Entry) -> Vec<Who> {
        match self {
            Self::By => entry.by.clone(),
            Self::To => entry.to.clone(),
            Self::About => entry.about.clone(),
            Self::Word => entry.word.clone(),
            Self::Place => entry.places.iter().map(|p| Who::named(&p.name)).collect(),
        }
    }
}

impl Query {
    /// The name it asks for as a part of the entry.
    pub fn name(&self, part: Part) -> Option<&str> {
        match part {
            Part::By => self.by.as_deref(),
            Part::To => self.to.as_deref(),
            Part::About => self.about.as_deref(),
            Part::Word => match &self.word {
                Some(OnWhoseWord::Named(name)) => Some(name),
                _ => None,
            },
            Part::Place => match &self.place {
                Some(Where::Named(name) | Where::Country { name, .. }) => Some(name),
                _ => None,
            },
        }
    }
}

/// A name of the ledger, and how many entries it has.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Near {
    /// The canonical name.
    pub name: String,
    /// Entries that are shown unless something else is asked for.
    pub entries: u64,
}

/// Whom a name may mean.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Meant {
    /// Those it names: by the beginning of a name, behind a title, or by an office.
    pub taken: Vec<Near>,
    /// Those whose name is spelled nearly so, the nearest first.
    pub near: Vec<Near>,
}

impl Ledger {
    /// Whom a name that finds nothing may mean as a part of entries. On a server, the names of the
    /// latest reports are looked at.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn meant(&self, part: Part, name: &str) -> Result<Meant> {
        let mut asked = fold::words(name);
        if asked.len() > 1 && matches!(asked[0].as_str(), "the" | "a" | "an") {
            asked.remove(0);
        }
        if asked.is_empty() {
            return Ok(Meant::default());
        }
        let mut all = self.read(|tx| tx.names(part.role()))?;
        all.retain(|(token, _)| !token.starts_with("wikidata_"));
        let mut begun: Vec<&(String, u64)> = all.iter().filter(|n| begins(&asked, &n.0)).collect();
        begun.sort_by_key(|n| (Reverse(n.1), n.0.as_str()));
        let begun = begun.into_iter().take(TAKEN).map(|n| n.0.clone());
        let mut taken = self.shown_as(part, begun)?;
        for holder in self.holders(part, &asked)? {
            if !taken.contains(&holder) {
                taken.push(holder);
            }
        }
        let mut near = Vec::new();
        if taken.is_empty() {
            (taken, near) = self.titled(part, &asked, &all)?;
        }
        if taken.is_empty() {
            for name in self.shown_as(part, spelled(&asked, &all))? {
                if !near.contains(&name) {
                    near.push(name);
                }
            }
        }
        taken.sort_by_key(|n| (Reverse(n.entries), n.name.clone()));
        near.truncate(TOLD);
        Ok(Meant { taken, near })
    }

    /// Names as the ledger shows them, each with how many entries it has, of tokens of the index.
    fn shown_as(&self, part: Part, tokens: impl IntoIterator<Item = String>) -> Result<Vec<Near>> {
        let mut out: Vec<Near> = Vec::new();
        for token in tokens {
            let words = token.replace('_', " ");
            let first = Query {
                limit: 1,
                ..part.query(&words)
            };
            let Some(entry) = self.entries(&first)?.entries.pop() else {
                continue;
            };
            let bears = |w: &Who| {
                let mut forms = [&w.name].into_iter().chain(&w.also);
                forms.any(|n| fold::name(n) == token)
            };
            let name = part
                .of(&entry)
                .into_iter()
                .find(bears)
                .map_or(words, |w| w.name);
            if out.iter().all(|n| n.name != name) {
                let entries = self.count(&part.query(&name))?;
                out.push(Near { name, entries });
            }
        }
        Ok(out)
    }

    /// Those who bear the end of a name and, by what a report says, the rest as their title; and those
    /// of whom no report says it.
    fn titled(
        &self,
        part: Part,
        asked: &[String],
        all: &[(String, u64)],
    ) -> Result<(Vec<Near>, Vec<Near>)> {
        for i in 1..asked.len() {
            let (title, name) = asked.split_at(i);
            if all.iter().all(|(token, _)| *token != name.join("_")) {
                continue;
            }
            let query = Query {
                limit: LOOKED,
                ..part.query(&name.join(" "))
            };
            let mut found = BTreeSet::new();
            for record in self.reports_of(&query)? {
                let bears = |e: &&Entity| {
                    let w = who(e);
                    let mut forms = [&w.name].into_iter().chain(&w.also);
                    forms.any(|n| fold::words(n) == name)
                };
                let bearers = record.entities.iter().filter(bears);
                let is = |r: &Role| {
                    let words = fold::words(&r.title);
                    title.iter().all(|t| words.contains(t))
                };
                let holders = bearers.filter(|e| e.roles.iter().any(is));
                found.extend(holders.map(|e| fold::name(&e.name)));
            }
            if found.is_empty() {
                return Ok((Vec::new(), self.shown_as(part, [name.join("_")])?));
            }
            return Ok((self.shown_as(part, found)?, Vec::new()));
        }
        Ok((Vec::new(), Vec::new()))
    }

    /// Those who hold an office, by the latest reports that name it: `finance minister of Peru`.
    fn holders(&self, part: Part, asked: &[String]) -> Result<Vec<Near>> {
        let of = asked.iter().position(|w| w == "of").unwrap_or(asked.len());
        let (title, of) = (&asked[..of], asked.get(of + 1..).unwrap_or_default());
        let of: Vec<&String> = of.iter().filter(|w| *w != "the").collect();
        if title.is_empty() {
            return Ok(Vec::new());
        }
        let phrase = format!("\"{}\" {}", title.join(" "), words_of(&of));
        let query = Query {
            text: Some(phrase),
            limit: LOOKED,
            ..Query::default()
        };
        let mut holders: BTreeMap<String, usize> = BTreeMap::new();
        for record in self.reports_of(&query)? {
            let is = |e: &Entity, r: &Role| {
                fold::words(&r.title) == title && (of.is_empty() || is_of(&of, e, r, &record))
            };
            let all = record.entities.iter();
            for e in all.filter(|e| e.roles.iter().any(|r| is(e, r))) {
                *holders.entry(fold::name(&e.name)).or_default() += 1;
            }
        }
        let mut holders: Vec<(String, usize)> = holders.into_iter().collect();
        holders.sort_by_key(|(name, reports)| (Reverse(*reports), name.clone()));
        self.shown_as(part, holders.into_iter().map(|(name, _)| name).take(TAKEN))
    }

    /// Records of the reports of some entries.
    fn reports_of(&self, query: &Query) -> Result<Vec<Record>> {
        let entries = self.entries(query)?.entries;
        let ids: BTreeSet<&str> = entries.iter().map(|e| e.at.report.as_str()).collect();
        self.records(&ids.into_iter().collect::<Vec<_>>())
    }
}

/// Whether a role is of somebody or something so called: of what the report says it is, or where it does
/// not, of the state whose somebody is.
fn is_of(of: &[&String], e: &Entity, role: &Role, record: &Record) -> bool {
    let called = |other: &Entity| {
        let w = who(other);
        let mut forms = [&w.name].into_iter().chain(&w.also).map(|n| fold::words(n));
        forms.any(|words| of.iter().all(|o| words.contains(o)))
    };
    let mut all = record.entities.iter();
    match role.of {
        Some(id) => all.any(|x| x.id == id && called(x)),
        None => all.any(|x| {
            x.kind == EntityKind::State
                && x.country.is_some()
                && x.country == e.country
                && called(x)
        }),
    }
}

fn words_of(of: &[&String]) -> String {
    let of: Vec<&str> = of.iter().map(|w| w.as_str()).collect();
    of.join(" ")
}

/// Whether words stand together in a name, the last of them perhaps not whole.
fn begins(asked: &[String], token: &str) -> bool {
    let Some((last, whole)) = asked.split_last() else {
        return false;
    };
    let words: Vec<&str> = token.split('_').collect();
    let stands = |window: &[&str]| {
        let (end, before) = (window[whole.len()], &window[..whole.len()]);
        before.iter().zip(whole).all(|(a, b)| a == b) && end.starts_with(last.as_str())
    };
    asked.iter().map(String::len).sum::<usize>() >= BEGINS && words.windows(asked.len()).any(stands)
}

/// Names that are spelled nearly as one, the nearest first, of those the one that has most.
fn spelled(asked: &[String], all: &[(String, u64)]) -> Vec<String> {
    let whole = asked.join("_");
    let most = (whole.chars().count() / 4).clamp(1, 3);
    let mut found: Vec<(usize, Reverse<u64>, &str)> = Vec::new();
    for (token, count) in all {
        let own = strsim::osa_distance(&whole, token);
        // A name alone may be that of anybody who bears others too.
        let words = token.split('_').filter(|_| asked.len() == 1);
        let distance = words.map(|w| strsim::osa_distance(&whole, w)).min();
        let distance = distance.map_or(own, |d| d.min(own));
        if distance <= most && whole.chars().count() > 2 {
            found.push((distance, Reverse(*count), token));
        }
    }
    found.sort_unstable();
    let found = found.into_iter().take(3 * TOLD);
    found.map(|(.., token)| token.to_owned()).collect()
}

/// Those of some outlets that a person means by a name or a part of it, as the index knows them: by whole
/// words of it, and where there are none by how they begin; at least the name itself, which finds nothing
/// when no outlet bears it.
pub(crate) fn outlets_meant(name: &str, all: &[String]) -> Result<Vec<Term>> {
    let own = token("outlet", name)?;
    let wanted = fold::words(name);
    let named = |bears: &dyn Fn(&[String]) -> bool| -> Vec<String> {
        let bearers = all.iter().filter(|o| bears(&fold::words(o)));
        bearers.map(|o| index::facet("outlet", o)).collect()
    };
    let whole = |words: &[String]| words.windows(wanted.len()).any(|w| w == wanted);
    let mut tokens = named(&whole);
    if tokens.is_empty() {
        tokens = named(&|words| begins(&wanted, &words.join("_")));
    }
    tokens.push(own);
    tokens.sort_unstable();
    tokens.dedup();
    Ok(tokens.into_iter().map(Term::Whole).collect())
}

/// What the names of a part of entries begin with in the index, and what is greater than all of them.
pub(crate) fn range(role: &str) -> (String, String) {
    (index::facet(role, ""), format!("{role}>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_begins_or_is_spelled_nearly_so() {
        let words = |name: &str| fold::words(name);
        assert!(begins(&words("Nor"), "alba_noriega"));
        assert!(begins(&words("Alba Nor"), "alba_noriega"));
        assert!(!begins(&words("Al Noriega"), "alba_noriega"));
        assert!(!begins(&words("N"), "alba_noriega"));
        let all = [
            ("alba_noriega", 3),
            ("noriega", 12),
            ("moreno", 2),
            ("noria", 1),
        ];
        let all: Vec<(String, u64)> = all.iter().map(|(n, c)| ((*n).to_owned(), *c)).collect();
        assert_eq!(
            spelled(&words("norjega"), &all),
            ["noriega", "alba_noriega"]
        );
        assert_eq!(spelled(&words("Alba Noreiga"), &all), ["alba_noriega"]);
        assert!(spelled(&words("xy"), &all).is_empty());
    }

    #[test]
    fn titles_and_offices_find_people() {
        let tell = |text: &str, title: &str, of: &str| {
            let tale = crate::across::testing::tale(text, "2031-03-04", "Post")
                .knows("Alba Noriega", "person", "", &[(title, of)])
                .says("Alba Noriega", "say", "indirect", "it will be paid");
            let mut record = tale.record();
            record.report.id = super::super::text_id(record.report.text.as_str());
            let origin = super::super::Origin {
                location: format!("desk/{}", record.report.id),
                outlet: None,
                filed: "2031-06-01T12:00:00Z".parse().unwrap(),
            };
            super::super::Filing::new(record, origin).unwrap()
        };
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(folder.path().join("desk.ledger").to_str().unwrap()).unwrap();
        let text = "Peru's Finance Minister Alba Noriega said it will be paid.";
        ledger
            .file(&[tell(text, "Finance Minister", "Peru")])
            .unwrap();
        let noriega = vec![Near {
            name: "Alba Noriega".to_owned(),
            entries: 1,
        }];
        for name in [
            "Finance Minister",
            "the finance minister of Peru",
            "Minister Alba Noriega",
            "Finance Minister Alba Noriega",
        ] {
            let meant = ledger.meant(Part::By, name).unwrap();
            assert_eq!(
                (meant.taken, meant.near),
                (noriega.clone(), vec![]),
                "{name}"
            );
        }
        let meant = ledger.meant(Part::By, "President Alba Noriega").unwrap();
        assert_eq!((meant.taken, meant.near), (vec![], noriega));
        let meant = ledger.meant(Part::By, "finance minister of Chile").unwrap();
        assert_eq!(meant, Meant::default());
    }
}
