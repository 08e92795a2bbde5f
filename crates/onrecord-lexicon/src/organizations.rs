//! Words that tell organisations, laws, events, products and places from one another, and the
//! institutions that are known by name alone.
//!
//! ```
//! use onrecord_lexicon::{NameClass, Organizations};
//! let o = Organizations::shipped();
//! assert_eq!(o.class_of_head("ministry"), Some(NameClass::Organization));
//! assert_eq!(o.institution("Bundestag").and_then(|i| i.country.as_deref()), Some("DEU"));
//! ```
//!
//! No list of companies: they are known by their suffix and by what they do in the report.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use smol_str::SmolStr;

use crate::names::{Spelling, fold_name};

/// What the last word of a name tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NameClass {
    /// An organisation.
    Organization,
    /// A law, treaty or agreement.
    Law,
    /// An event.
    Event,
    /// A work.
    Work,
    /// A product.
    Product,
    /// A place.
    Place,
    /// A group that is no organisation.
    Group,
}

impl NameClass {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "organization" => Self::Organization,
            "law" => Self::Law,
            "event" => Self::Event,
            "work" => Self::Work,
            "product" => Self::Product,
            "place" => Self::Place,
            "group" => Self::Group,
            _ => return None,
        })
    }
}

/// An institution known by name.
#[derive(Clone, PartialEq, Debug)]
pub struct Institution {
    /// Its usual name.
    pub name: SmolStr,
    /// What it is.
    pub class: NameClass,
    /// ISO 3166 alpha-3 of its country.
    pub country: Option<SmolStr>,
    /// Other names.
    pub other_names: Vec<SmolStr>,
    /// Alpha-3 of the state whose government it may stand for.
    pub metonym_of: Option<SmolStr>,
    /// Whether it stands between states (`IGO`) or outside them (`NGO`): PLOVER's kinds of actors
    /// without a country.
    pub scope: Option<SmolStr>,
}

#[derive(Deserialize)]
struct Lists {
    heads: Vec<String>,
    laws: Vec<String>,
    events: Vec<String>,
    works: Vec<String>,
    products: Vec<String>,
    places: Vec<String>,
    nominals: FxHashMap<String, Vec<String>>,
}

/// The lists.
#[derive(Debug, Default)]
pub struct Organizations {
    classes: FxHashMap<String, NameClass>,
    nominals: FxHashMap<String, FxHashSet<String>>,
    institutions: Vec<Institution>,
    names: FxHashMap<String, usize>,
    acronyms: FxHashMap<String, usize>,
}

impl Organizations {
    /// The lists that ship with the crate.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Organizations> =
            LazyLock::new(|| Organizations::read().unwrap_or_default());
        &SHIPPED
    }

    fn read() -> Result<Self, toml::de::Error> {
        let lists: Lists = toml::from_str(include_str!("../data/organizations.toml"))?;
        let mut classes = FxHashMap::default();
        for (words, class) in [
            (lists.places, NameClass::Place),
            (lists.products, NameClass::Product),
            (lists.works, NameClass::Work),
            (lists.events, NameClass::Event),
            (lists.laws, NameClass::Law),
            (lists.heads, NameClass::Organization),
        ] {
            classes.extend(words.into_iter().map(|w| (w, class)));
        }
        let mut out = Self {
            classes,
            nominals: lists
                .nominals
                .into_iter()
                .map(|(k, v)| (k, v.into_iter().collect()))
                .collect(),
            ..Self::default()
        };
        for line in include_str!("../data/institutions.tsv").lines() {
            if let Some(i) = institution(line) {
                out.add(i);
            }
        }
        Ok(out)
    }

    fn add(&mut self, institution: Institution) {
        let at = self.institutions.len();
        for name in std::iter::once(&institution.name).chain(&institution.other_names) {
            if is_acronym(name) {
                self.acronyms.entry(letters(name)).or_insert(at);
            } else {
                self.names.entry(fold_name(name)).or_insert(at);
            }
        }
        self.institutions.push(institution);
    }

    /// What a name's last word, in lower case, tells of it.
    pub fn class_of_head(&self, word: &str) -> Option<NameClass> {
        self.classes.get(word).copied()
    }

    /// Whether "the `noun`" may stand for an organisation whose name has this last word.
    pub fn stands_for(&self, noun: &str, head: &str) -> bool {
        noun == head || self.nominals.get(noun).is_some_and(|h| h.contains(head))
    }

    /// Whether the noun is used for organisations already named.
    pub fn is_nominal(&self, noun: &str) -> bool {
        self.nominals.contains_key(noun)
    }

    /// An institution by any of its names; acronyms in capitals only.
    pub fn institution(&self, name: &str) -> Option<&Institution> {
        self.named(&Spelling::of(name))
    }

    /// An institution by any of its names that is folded already.
    pub fn named(&self, name: &Spelling<'_>) -> Option<&Institution> {
        let at = if is_acronym(name.written) {
            self.acronyms.get(&letters(name.written))
        } else {
            None
        };
        let at = at.or_else(|| self.names.get(&name.folded))?;
        self.institutions.get(*at)
    }
}

fn is_acronym(name: &str) -> bool {
    name.len() > 1
        && name
            .chars()
            .all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '+' | '-'))
}

fn letters(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '.' | '-')).collect()
}

fn institution(line: &str) -> Option<Institution> {
    if line.starts_with('#') {
        return None;
    }
    let mut cells = line.split('\t');
    let (name, class) = (cells.next()?, NameClass::of(cells.next()?)?);
    let cell = |c: Option<&str>| c.filter(|c| !c.is_empty()).map(SmolStr::new);
    let country = cell(cells.next());
    let other_names = cells
        .next()
        .unwrap_or_default()
        .split('|')
        .filter(|n| !n.is_empty())
        .map(SmolStr::new)
        .collect();
    Some(Institution {
        name: name.into(),
        class,
        country,
        other_names,
        metonym_of: cell(cells.next()),
        scope: cell(cells.next()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_read() {
        let o = Organizations::shipped();
        assert_eq!(o.class_of_head("treaty"), Some(NameClass::Law));
        assert_eq!(o.class_of_head("river"), Some(NameClass::Place));
        assert!(o.stands_for("lender", "bank") && !o.stands_for("lender", "party"));
        assert!(o.is_nominal("watchdog"));
    }

    #[test]
    fn institutions_answer_to_all_their_names() {
        let o = Organizations::shipped();
        let name = |n: &str| o.institution(n).map(|i| i.name.to_string());
        assert_eq!(name("U.N.").as_deref(), Some("United Nations"));
        assert_eq!(name("Medecins Sans Frontieres"), name("MSF"));
        assert!(o.institution("un").is_none());
    }
}
