//! Countries: names, ISO 3166 codes, adjectives, people, capitals, points.
//!
//! ```
//! use onrecord_lexicon::Countries;
//! let countries = Countries::shipped();
//! assert_eq!(countries.by_name("Norway").map(|c| c.iso3.as_str()), Some("NOR"));
//! assert_eq!(countries.by_adjective("Norwegian").map(|c| c.iso3.as_str()), Some("NOR"));
//! assert_eq!(countries.by_capital("OSLO").map(|c| c.iso3.as_str()), Some("NOR"));
//! ```
//!
//! An adjective that two countries share belongs to the larger; "European" belongs to none.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::names::{Spelling, fold_name};

static DATA: &str = include_str!("../data/countries.tsv");

/// A country or territory of ISO 3166.
#[derive(Clone, PartialEq, Debug)]
pub struct Country {
    /// ISO 3166 alpha-2.
    pub iso2: SmolStr,
    /// ISO 3166 alpha-3.
    pub iso3: SmolStr,
    /// The short name.
    pub name: SmolStr,
    /// Other names, the formal one among them.
    pub other_names: Vec<SmolStr>,
    /// Adjectives of nationality.
    pub adjectives: Vec<SmolStr>,
    /// Its people, singular and plural.
    pub people: Vec<SmolStr>,
    /// The capital, and other cities that stand for its government.
    pub capitals: Vec<SmolStr>,
    /// Where the capital lies.
    pub capital: Option<(f64, f64)>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// GeoNames id.
    pub geonames: u32,
    /// Inhabitants.
    pub population: u64,
}

/// All countries, with look-up by every kind of name.
#[derive(Debug)]
pub struct Countries {
    all: Vec<Country>,
    names: Index,
    adjectives: Index,
    people: Index,
    capitals: Index,
    codes: FxHashMap<SmolStr, usize>,
}

/// Folded names, and names that are only known in capitals ("US").
#[derive(Debug, Default)]
struct Index {
    folded: FxHashMap<String, usize>,
    capitals: FxHashMap<String, usize>,
}

impl Index {
    fn add(&mut self, name: &str, country: usize) {
        let short = letters(name);
        if is_acronym(name) {
            self.capitals.entry(short).or_insert(country);
        } else {
            self.folded.entry(fold_name(name)).or_insert(country);
        }
    }

    fn get(&self, name: &Spelling<'_>) -> Option<usize> {
        if is_acronym(name.written)
            && let Some(found) = self.capitals.get(&letters(name.written))
        {
            return Some(*found);
        }
        self.folded.get(&name.folded).copied()
    }
}

fn is_acronym(name: &str) -> bool {
    name.len() > 1 && name.chars().all(|c| c.is_uppercase() || c == '.')
}

fn letters(name: &str) -> String {
    name.chars().filter(|c| *c != '.').collect()
}

impl Countries {
    /// The list that ships with the crate.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Countries> = LazyLock::new(|| Countries::read(DATA));
        &SHIPPED
    }

    fn read(data: &str) -> Self {
        let mut all: Vec<Country> = data.lines().filter_map(row).collect();
        all.sort_by_key(|c| std::cmp::Reverse(c.population));
        let mut out = Self {
            all: Vec::new(),
            names: Index::default(),
            adjectives: Index::default(),
            people: Index::default(),
            capitals: Index::default(),
            codes: FxHashMap::default(),
        };
        for (i, c) in all.iter().enumerate() {
            out.names.add(&c.name, i);
            for code in [&c.iso2, &c.iso3] {
                out.codes.entry(code.clone()).or_insert(i);
            }
        }
        for (i, c) in all.iter().enumerate() {
            c.other_names.iter().for_each(|n| out.names.add(n, i));
            c.adjectives.iter().for_each(|n| out.adjectives.add(n, i));
            c.people.iter().for_each(|n| out.people.add(n, i));
            c.capitals.iter().for_each(|n| out.capitals.add(n, i));
        }
        out.all = all;
        out
    }

    /// All, the largest first.
    pub fn all(&self) -> &[Country] {
        &self.all
    }

    /// By any name: "Norway", "U.S.", "Republic of Korea".
    pub fn by_name(&self, name: &str) -> Option<&Country> {
        self.named(&Spelling::of(name))
    }

    /// By any name that is folded already.
    pub fn named(&self, name: &Spelling<'_>) -> Option<&Country> {
        self.all.get(self.names.get(name)?)
    }

    /// By an adjective: "Norwegian", "U.S.".
    pub fn by_adjective(&self, word: &str) -> Option<&Country> {
        self.all.get(self.adjectives.get(&Spelling::of(word))?)
    }

    /// By a word for its people: "Norwegians".
    pub fn by_people(&self, word: &str) -> Option<&Country> {
        self.all.get(self.people.get(&Spelling::of(word))?)
    }

    /// By an adjective, else by a word for its people, folded already.
    pub fn by_demonym(&self, word: &Spelling<'_>) -> Option<&Country> {
        let found = self.adjectives.get(word);
        self.all.get(found.or_else(|| self.people.get(word))?)
    }

    /// By its capital or seat: "Oslo".
    pub fn by_capital(&self, name: &str) -> Option<&Country> {
        self.all.get(self.capitals.get(&Spelling::of(name))?)
    }

    /// By ISO 3166 alpha-2.
    pub fn by_iso2(&self, code: &str) -> Option<&Country> {
        self.by_code(code).filter(|c| c.iso2 == code)
    }

    /// By ISO 3166 alpha-3.
    pub fn by_iso3(&self, code: &str) -> Option<&Country> {
        self.by_code(code).filter(|c| c.iso3 == code)
    }

    fn by_code(&self, code: &str) -> Option<&Country> {
        self.all.get(*self.codes.get(code)?)
    }
}

fn row(line: &str) -> Option<Country> {
    if line.starts_with('#') || line.starts_with("iso2\t") {
        return None;
    }
    let f: Vec<&str> = line.split('\t').collect();
    let list = |i: usize| -> Vec<SmolStr> {
        let cell: &str = f.get(i).copied().unwrap_or_default();
        cell.split('|')
            .map(str::trim)
            .filter(|w| !w.is_empty())
            .map(SmolStr::new)
            .collect()
    };
    let number = |i: usize| f.get(i).and_then(|x| x.parse::<f64>().ok());
    Some(Country {
        iso2: (*f.first()?).into(),
        iso3: (*f.get(1)?).into(),
        name: (*f.get(2)?).into(),
        other_names: list(3),
        adjectives: list(4),
        people: list(5),
        capitals: list(6),
        capital: number(7).zip(number(8)),
        lat: number(9)?,
        lon: number(10)?,
        geonames: f.get(11)?.parse().ok()?,
        population: f.get(12).and_then(|p| p.parse().ok()).unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_has_its_codes() {
        let all = Countries::shipped().all();
        assert!(all.len() > 240, "{}", all.len());
        for c in all {
            assert!(c.iso2.len() == 2 && c.iso3.len() == 3, "{c:?}");
        }
    }

    #[test]
    fn acronyms_are_known_in_capitals_only() {
        let c = Countries::shipped();
        assert_eq!(c.by_name("U.S.").map(|c| c.iso3.as_str()), Some("USA"));
        assert_eq!(c.by_name("US").map(|c| c.iso3.as_str()), Some("USA"));
        assert!(c.by_name("us").is_none());
    }

    #[test]
    fn namesakes_go_to_the_one_meant_in_news() {
        let c = Countries::shipped();
        assert_eq!(
            c.by_name("North Korea").map(|c| c.iso3.as_str()),
            Some("PRK")
        );
        assert_eq!(
            c.by_adjective("Congolese").map(|c| c.iso3.as_str()),
            Some("COD")
        );
        assert!(c.by_adjective("European").is_none());
    }
}
