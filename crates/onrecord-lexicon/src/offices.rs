//! Heads of state and government, and members of the United States Congress: whose they were,
//! since when and until when.
//!
//! ```
//! use onrecord_lexicon::Offices;
//! let found = Offices::shipped().by_name("Keir Starmer");
//! assert!(found.is_some_and(|o| o.country == "GBR"));
//! ```
//!
//! A check on what a report says, not a source of titles: ministers, envoys and spokesmen are
//! not in it, and a name borne by holders in two countries answers for neither.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::names::fold_name;
use crate::sorted;

const POLITICIANS: &str = include_str!("../tables/politicians.tsv");
static DATA: &str = include_str!("../data/offices.tsv");

/// Someone who held an office.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Holder {
    /// ISO 3166 alpha-3 of the state served.
    pub country: &'static str,
    /// First day of the first office, or its year.
    pub from: &'static str,
    /// Last day of the last office; empty while in office.
    pub to: &'static str,
    /// Wikidata id; empty when unknown.
    pub wikidata: &'static str,
}

impl Holder {
    /// Whether the holder was in office on a day (`2024-05-01`).
    pub fn serves(&self, day: &str) -> bool {
        self.from <= day && (self.to.is_empty() || day <= self.to)
    }
}

/// The table.
#[derive(Debug)]
pub struct Offices {
    names: FxHashMap<String, Option<Holder>>,
    surnames: FxHashMap<String, Option<&'static str>>,
}

impl Offices {
    /// The table that ships with the crate.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Offices> = LazyLock::new(Offices::read);
        &SHIPPED
    }

    fn read() -> Self {
        let mut names: FxHashMap<String, Option<Holder>> = FxHashMap::default();
        let mut surnames: FxHashMap<String, Option<&'static str>> = FxHashMap::default();
        let mut legislators = Vec::new();
        for line in DATA.lines().filter(|l| !l.starts_with('#')) {
            let mut cells = line.split('\t');
            let (Some(all), Some(country), Some(from)) = (cells.next(), cells.next(), cells.next())
            else {
                continue;
            };
            let holder = Holder {
                country,
                from,
                to: cells.next().unwrap_or_default(),
                wikidata: cells.next().unwrap_or_default(),
            };
            let legislator = cells.next().is_some_and(|x| !x.is_empty());
            for name in all.split('|').map(fold_name) {
                if legislator {
                    legislators.push((surname(&name).to_owned(), country));
                } else {
                    // Where the surname comes first, it answers for nobody.
                    let first = name.split(' ').next().unwrap_or_default();
                    for (word, answer) in [(first, None), (surname(&name), Some(country))] {
                        surnames
                            .entry(word.to_owned())
                            .and_modify(|old| *old = old.filter(|c| *c == country))
                            .or_insert(answer);
                    }
                }
                names
                    .entry(spelt(&name))
                    .and_modify(|old| *old = old.filter(|o| o.country == country))
                    .or_insert(Some(holder));
            }
        }
        // A surname that a member of another country's Congress bears is no one's alone.
        for (surname, country) in legislators {
            let held = surnames.get_mut(&surname);
            if let Some(old) = held {
                *old = old.filter(|c| *c == country);
            }
        }
        Self { names, surnames }
    }

    /// The country whose heads of state or government bear a surname; none when those of two
    /// countries do, or a member of another's Congress.
    pub fn country_of_surname(&self, surname: &str) -> Option<&'static str> {
        self.surnames.get(&fold_name(surname)).copied().flatten()
    }

    /// The country that politicians of a full name are of, by a list that ends about 2014; none when
    /// two countries have one. No proof of an office.
    pub fn country_of_politician(name: &str) -> Option<&'static str> {
        let row = sorted::find(POLITICIANS, &fold_name(name))?;
        row.split('\t').nth(1)
    }

    /// The holder of a full name.
    pub fn by_name(&self, name: &str) -> Option<Holder> {
        self.names.get(&spelt(name)).copied().flatten()
    }
}

/// A folded name whose commonest Arabic names are spelt one way.
fn spelt(name: &str) -> String {
    let name = fold_name(name);
    let words = name.split(' ').map(|w| match w {
        "mohammed" | "muhammad" | "mohammad" | "muhammed" | "mohamad" => "mohamed",
        "ahmad" | "achmad" => "ahmed",
        "husayn" | "hussain" | "hossein" | "husein" => "hussein",
        "yusuf" | "youssef" | "yousuf" | "yusef" => "yousef",
        "abdallah" | "abdulla" | "abdalla" => "abdullah",
        "ibraheem" => "ibrahim",
        other => other,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The last word of a folded name that is no "Jr.".
fn surname(name: &str) -> &str {
    let mut words = name.rsplit(' ');
    words
        .find(|w| !matches!(*w, "jr" | "jr." | "sr" | "sr." | "ii" | "iii" | "iv"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surname_is_of_one_country() {
        let offices = Offices::shipped();
        assert_eq!(offices.country_of_surname("Reagan"), Some("USA"));
        assert_eq!(offices.country_of_surname("Kim"), None);
        assert_eq!(offices.country_of_surname("Johnson"), None);
        assert_eq!(offices.country_of_surname("Biden"), Some("USA"));
        assert_eq!(offices.country_of_surname("Schumer"), None);
    }

    #[test]
    fn politicians_are_of_a_country() {
        assert_eq!(Offices::country_of_politician("Tony Blair"), Some("GBR"));
        assert_eq!(Offices::country_of_politician("Nobody Atall"), None);
    }

    #[test]
    fn days_of_office_are_kept() {
        let found = Offices::shipped().by_name("keir starmer").unwrap();
        assert_eq!(found.country, "GBR");
        assert!(found.serves("2025-01-01"));
        assert!(!found.serves("1999-01-01"));
        assert!(Offices::shipped().by_name("Nobody Atall").is_none());
    }

    #[test]
    fn one_name_is_spelt_in_many_ways() {
        let offices = Offices::shipped();
        assert!(offices.by_name("Mohammed Bazoum").is_some());
    }
}
