//! The furniture of news text: forms of lines that are not running text, and their words.
//!
//! Data only (`data/furniture.toml`, `data/furniture-words.toml`); intake compiles the patterns.
//!
//! ```
//! use onrecord_lexicon::furniture;
//!
//! assert!(furniture::forms().iter().any(|f| f.label == "promo"));
//! assert!(furniture::words().starters.contains("The"));
//! ```

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// A form of line.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Label of the segment, as the record writes it.
    pub label: String,
    /// Where it may stand.
    pub at: At,
    /// A regex with `{agency}`, `{month}`, `{name}`, `{day}` standing for their patterns.
    pub pattern: String,
    /// A further test of what the pattern found, by name.
    #[serde(default)]
    pub guard: Option<String>,
    /// An invented line that fits.
    pub example: String,
}

/// Where a form may stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// A whole line.
    Line,
    /// A whole line, or a sentence at the end of a paragraph.
    Tail,
}

/// The word lists.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Capitalised words that begin a sentence behind a title in sentence case.
    pub starters: BTreeSet<String>,
    /// The same behind a title in title case.
    pub starters_in_titles: BTreeSet<String>,
    /// Lines over a headline, in lower case.
    pub kickers: BTreeSet<String>,
    /// Nouns for those who report.
    pub reporters: BTreeSet<String>,
    /// Words that begin a job behind a name.
    pub jobs: BTreeSet<String>,
    /// Words that end the name of an outlet.
    pub outlets: BTreeSet<String>,
    /// Small words inside names.
    pub particles: BTreeSet<String>,
    /// Words in capitals that open a line and are no place.
    pub not_places: BTreeSet<String>,
    /// Seats that stand in datelines as cities do.
    pub dateline_places: BTreeSet<String>,
    /// Abbreviations whose stop does not end a sentence, without the stop.
    pub abbreviations: BTreeSet<String>,
}

#[derive(Deserialize)]
struct File {
    form: Vec<Form>,
}

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let file: Result<File, _> = toml::from_str(include_str!("../data/furniture.toml"));
    file.map_or_else(|_| Vec::new(), |f| f.form)
});

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/furniture-words.toml")).unwrap_or_default()
});

/// The forms, in the order in which they decide.
pub fn forms() -> &'static [Form] {
    &FORMS
}

/// The word lists.
pub fn words() -> &'static Words {
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_whole() {
        let file: Result<File, _> = toml::from_str(include_str!("../data/furniture.toml"));
        assert!(file.is_ok(), "{:?}", file.err());
        let lists: Result<Words, _> = toml::from_str(include_str!("../data/furniture-words.toml"));
        assert!(lists.is_ok(), "{:?}", lists.err());
        assert!(forms().len() > 30 && words().kickers.len() > 20);
    }
}
