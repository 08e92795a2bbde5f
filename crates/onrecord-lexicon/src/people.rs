//! Words that tell persons: titles, forms of address, given names, particles of surnames.
//!
//! ```
//! use onrecord_lexicon::{Gender, People};
//! let people = People::shipped();
//! assert!(people.is_title("minister"));
//! assert_eq!(people.gender_of_name("Ingrid"), Some(Gender::Feminine));
//! ```
//!
//! No list of real persons: who holds which office is learnt from the report.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::names::fold_name;

/// How a person is spoken of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gender {
    /// "he"
    Masculine,
    /// "she"
    Feminine,
    /// A name borne by both.
    Either,
}

#[derive(Deserialize)]
struct Titles {
    heads: Vec<String>,
    modifiers: Vec<String>,
    address: Vec<String>,
    masculine: Vec<String>,
    feminine: Vec<String>,
    state_offices: Vec<String>,
    persons: Vec<String>,
    relations: Vec<String>,
    epithets: Vec<String>,
    half_epithets: Vec<String>,
}

#[derive(Deserialize)]
struct GivenNames {
    masculine: String,
    feminine: String,
    either: String,
    particles: Vec<String>,
    surname_first: String,
}

type Words = FxHashSet<String>;

/// The lists.
#[derive(Debug, Default)]
pub struct People {
    heads: Words,
    modifiers: Words,
    address: Words,
    title_genders: FxHashMap<String, Gender>,
    state_offices: Words,
    persons: Words,
    relations: Words,
    epithets: Words,
    half_epithets: Words,
    names: FxHashMap<String, Gender>,
    particles: Words,
    surname_first: Words,
}

impl People {
    /// The lists that ship with the crate.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<People> = LazyLock::new(|| People::read().unwrap_or_default());
        &SHIPPED
    }

    fn read() -> Result<Self, toml::de::Error> {
        let t: Titles = toml::from_str(include_str!("../data/titles.toml"))?;
        let g: GivenNames = toml::from_str(include_str!("../data/given_names.toml"))?;
        let mut title_genders = FxHashMap::default();
        for (list, gender) in [
            (t.masculine, Gender::Masculine),
            (t.feminine, Gender::Feminine),
        ] {
            title_genders.extend(list.into_iter().map(|w| (w, gender)));
        }
        let mut names = FxHashMap::default();
        for (list, gender) in [
            (&g.either, Gender::Either),
            (&g.masculine, Gender::Masculine),
            (&g.feminine, Gender::Feminine),
        ] {
            for word in list.split_whitespace() {
                names
                    .entry(word.to_owned())
                    .and_modify(|old| {
                        if *old != gender {
                            *old = Gender::Either;
                        }
                    })
                    .or_insert(gender);
            }
        }
        Ok(Self {
            heads: t.heads.into_iter().collect(),
            modifiers: t.modifiers.into_iter().collect(),
            address: t.address.into_iter().collect(),
            title_genders,
            state_offices: t.state_offices.into_iter().collect(),
            persons: t.persons.into_iter().collect(),
            relations: t.relations.into_iter().collect(),
            epithets: t.epithets.into_iter().collect(),
            half_epithets: t.half_epithets.into_iter().collect(),
            names,
            particles: g.particles.into_iter().collect(),
            surname_first: words(&g.surname_first),
        })
    }

    /// Whether a lower-case word is the head of a title ("minister", "co-founder").
    pub fn is_title(&self, word: &str) -> bool {
        self.heads.contains(word)
            || word
                .rsplit_once('-')
                .is_some_and(|(_, last)| self.heads.contains(last) || last == "elect")
    }

    /// Whether a lower-case word may stand inside a title before its head.
    pub fn is_modifier(&self, word: &str) -> bool {
        self.modifiers.contains(word) || word.starts_with("then-") || word.starts_with("ex-")
    }

    /// Whether a word, lower case and without its point, is a form of address.
    pub fn is_address(&self, word: &str) -> bool {
        self.address.contains(word)
    }

    /// The gender a title tells.
    pub fn gender_of_title(&self, title: &str) -> Option<Gender> {
        self.title_genders.get(title).copied()
    }

    /// Whether an adjective of nationality before this title names the state it serves.
    pub fn is_state_office(&self, title: &str) -> bool {
        self.state_offices.contains(title)
    }

    /// Whether "the ..." with this noun may stand for a named person.
    pub fn is_person_noun(&self, word: &str) -> bool {
        self.persons.contains(word) || self.is_title(word)
    }

    /// Whether the noun relates a person to another ("cousin", "lawyer").
    pub fn is_relation(&self, word: &str) -> bool {
        self.relations.contains(word)
    }

    /// Whether a lower-case word before a name is no part of it: an insult, a party ("crooked",
    /// "democrat").
    pub fn is_epithet(&self, word: &str) -> bool {
        self.epithets.contains(word)
    }

    /// Whether it is no part of it where a given name and a surname follow ("little").
    pub fn is_half_epithet(&self, word: &str) -> bool {
        self.half_epithets.contains(word)
    }

    /// The gender of a given name, as written.
    pub fn gender_of_name(&self, name: &str) -> Option<Gender> {
        let key = fold_name(name);
        let found = self.names.get(&key).copied();
        found.or_else(|| {
            // Double names follow their first part: "Anne-Marie", "Jean-Luc".
            let first = key.split(' ').next()?;
            (first.len() < key.len())
                .then(|| self.names.get(first).copied())
                .flatten()
        })
    }

    /// Whether a lower-case word is a particle of surnames ("van", "bin").
    pub fn is_particle(&self, word: &str) -> bool {
        self.particles.contains(word)
    }

    /// Whether a name's first word is a surname that stands first.
    pub fn is_surname_first(&self, word: &str) -> bool {
        self.surname_first.contains(&fold_name(word))
    }
}

fn words(list: &str) -> Words {
    list.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_read() {
        let p = People::shipped();
        assert!(p.is_title("spokeswoman") && p.is_title("president-elect"));
        assert!(p.is_modifier("deputy") && p.is_modifier("then-"));
        assert!(p.is_address("mrs") && !p.is_address("table"));
        assert!(p.is_epithet("crooked") && p.is_half_epithet("little"));
        assert!(p.is_surname_first("Kim") && p.is_particle("von"));
    }

    #[test]
    fn names_borne_by_both_are_neither() {
        let p = People::shipped();
        assert_eq!(p.gender_of_name("Jordan"), Some(Gender::Either));
        assert_eq!(p.gender_of_name("Björn"), Some(Gender::Masculine));
        assert_eq!(p.gender_of_name("Marie-Claire"), Some(Gender::Feminine));
        assert_eq!(p.gender_of_name("Qzx"), None);
    }
}
