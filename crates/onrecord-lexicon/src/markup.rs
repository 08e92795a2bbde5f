//! How web pages name their parts, and what their furniture says.
//!
//! Data only (`data/markup.toml`); intake decides what a part is worth.
//!
//! ```
//! use onrecord_lexicon::markup;
//!
//! let promo = markup::NAMES.iter().position(|n| *n == "promo").unwrap();
//! assert_eq!(markup::named("related"), 1 << promo);
//! assert_eq!(markup::named("zebra"), 0);
//! ```

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The groups of words in class and id values; a group's number is its bit.
pub const NAMES: [&str; 28] = [
    "article",
    "body",
    "promo",
    "list",
    "newsletter",
    "caption",
    "media",
    "share",
    "comment",
    "byline",
    "date",
    "advert",
    "navigation",
    "head",
    "foot",
    "side",
    "tags",
    "title",
    "deck",
    "note",
    "modal",
    "hidden",
    "box",
    "quote",
    "live",
    "poll",
    "action",
    "discussion",
];

/// The groups of stock phrases; a group's number is its bit.
pub const PHRASES: [&str; 9] = [
    "promo", "letter", "share", "comment", "rights", "photo", "byline", "advert", "media",
];

/// What may stand in an article's place, by what it says.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Barriers {
    /// A check for robots.
    pub robot: Vec<String>,
    /// A page that is not there.
    pub missing: Vec<String>,
    /// A page that needs a script or a newer browser.
    pub script: Vec<String>,
    /// A wall for those who have not paid or signed in.
    pub pay: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct File {
    names: BTreeMap<String, Vec<String>>,
    phrases: BTreeMap<String, Vec<String>>,
    barriers: Barriers,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("../data/markup.toml")).unwrap_or_default());

static BITS: LazyLock<BTreeMap<&'static str, u32>> = LazyLock::new(|| {
    let mut bits = BTreeMap::new();
    for (bit, group) in NAMES.iter().enumerate() {
        for word in FILE.names.get(*group).into_iter().flatten() {
            *bits.entry(word.as_str()).or_default() |= 1 << bit;
        }
    }
    bits
});

/// The groups that a word of a class or id value, in lower case, belongs to.
pub fn named(word: &str) -> u32 {
    BITS.get(word).copied().unwrap_or(0)
}

/// Every stock phrase with the number of its group.
pub fn phrases() -> impl Iterator<Item = (&'static str, usize)> {
    PHRASES.iter().enumerate().flat_map(|(bit, group)| {
        let words = FILE.phrases.get(*group).into_iter().flatten();
        words.map(move |w| (w.as_str(), bit))
    })
}

/// What may stand in an article's place.
pub fn barriers() -> &'static Barriers {
    &FILE.barriers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_whole() {
        let file: Result<File, _> = toml::from_str(include_str!("../data/markup.toml"));
        let file = file.unwrap();
        assert!(NAMES.iter().all(|n| file.names.contains_key(*n)));
        assert!(file.phrases.keys().all(|k| PHRASES.contains(&k.as_str())));
        let words = file
            .names
            .values()
            .flatten()
            .chain(file.phrases.values().flatten());
        assert!(words.into_iter().all(|w| *w == w.to_lowercase()));
    }
}
