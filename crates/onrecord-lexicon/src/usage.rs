//! How words stand about names: prepositions of place, verbs of motion, words that open
//! sentences and are no names.
//!
//! ```
//! use onrecord_lexicon::{Usage, Use};
//! assert!(Usage::shipped().is(Use::Locative, "near"));
//! ```
//!
//! Cue verbs are in [`crate::cues`]: the list of saying here only tells speakers from places.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// A list.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Use {
    /// Words that open a sentence and are no names.
    Opener,
    /// Days, months and marks of the hour: times, not names.
    Calendar,
    /// Verbs of saying as they stand beside a speaker's name.
    Saying,
    /// Prepositions after which a name is a place.
    Locative,
    /// Words of direction and kind that stand before a place.
    PartOfPlace,
    /// Verbs and nouns of motion: what follows with "to" or "from" is a place.
    Motion,
    /// Verbs whose object, when it can be a place, is one.
    Reached,
    /// Nouns that follow a city's name.
    CityNoun,
    /// Nouns that stand before "of" and a place.
    PlacePart,
    /// Nouns of divisions that follow a name.
    Division,
    /// Nouns that stand before "on" and a place.
    Strike,
    /// Nouns that make an organisation of a state's name before them.
    StateOrgan,
    /// Nouns that make an organisation of a leader's name before them.
    LeaderOrgan,
    /// Nouns of an organisation's parts.
    Part,
    /// Plural nouns that make a group of an adjective before them.
    Group,
    /// Plural nouns for a side of a conflict.
    Side,
    /// Adjectives of regions.
    Regional,
    /// Words of the names of papers and broadcasters.
    Paper,
    /// Nouns of streets and roads.
    Street,
    /// Nouns that stand before "of" in the long name of a state.
    StateForm,
    /// Last words of a company's name that say its legal form.
    LegalForm,
    /// Verbs whose object is a person.
    Custody,
    /// Participles before a name in quotation marks.
    Naming,
}

const LISTS: &[(&str, Use)] = &[
    ("openers", Use::Opener),
    ("calendar", Use::Calendar),
    ("saying", Use::Saying),
    ("locative", Use::Locative),
    ("part_of_place", Use::PartOfPlace),
    ("motion", Use::Motion),
    ("reached", Use::Reached),
    ("city_nouns", Use::CityNoun),
    ("place_parts", Use::PlacePart),
    ("divisions", Use::Division),
    ("strikes", Use::Strike),
    ("state_organs", Use::StateOrgan),
    ("leader_organs", Use::LeaderOrgan),
    ("parts_of_organization", Use::Part),
    ("groups", Use::Group),
    ("sides", Use::Side),
    ("regional", Use::Regional),
    ("paper_words", Use::Paper),
    ("streets", Use::Street),
    ("state_forms", Use::StateForm),
    ("legal_forms", Use::LegalForm),
    ("custody", Use::Custody),
    ("naming", Use::Naming),
];

/// The lists.
#[derive(Debug, Default)]
pub struct Usage {
    /// By the number of the list.
    words: Vec<FxHashSet<String>>,
}

impl Usage {
    /// The lists that ship with the crate.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Usage> = LazyLock::new(|| Usage::read().unwrap_or_default());
        &SHIPPED
    }

    fn read() -> Result<Self, toml::de::Error> {
        let lists: FxHashMap<String, String> = toml::from_str(include_str!("../data/usage.toml"))?;
        let mut words = vec![FxHashSet::default(); LISTS.len()];
        for (key, list) in LISTS {
            if let (Some(all), Some(set)) = (lists.get(*key), words.get_mut(*list as usize)) {
                set.extend(all.split_whitespace().map(str::to_owned));
            }
        }
        Ok(Self { words })
    }

    /// Whether a word, in lower case, is in a list.
    pub fn is(&self, list: Use, word: &str) -> bool {
        self.words
            .get(list as usize)
            .is_some_and(|w| w.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_read() {
        for (key, list) in LISTS {
            let words = Usage::shipped().words.get(*list as usize);
            assert!(words.is_some_and(|w| w.len() > 4), "{key}");
        }
    }
}
