//! Words written with a full stop, and what the stop may mean.
//!
//! ```
//! use onrecord_lexicon::abbreviations::{Stop, stop};
//!
//! assert_eq!(stop("Lt"), Some(Stop::Title));
//! assert_eq!(stop("a.m"), Some(Stop::Final));
//! assert_eq!(stop("harbour"), None);
//! ```
//!
//! Left out: single letters and dotted letters ("J.", "U.S."), which their shape gives away.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use smol_str::SmolStr;

/// What the full stop after an abbreviation may mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop {
    /// Stands before a name: never the end of a sentence.
    Title,
    /// Runs on into the words after it.
    Running,
    /// An abbreviation only before a number.
    Number,
    /// May end a sentence: the next word decides.
    Final,
    /// A month or a day.
    Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    title: Vec<String>,
    running: Vec<String>,
    number: Vec<String>,
    r#final: Vec<String>,
    date: Vec<String>,
    prefixes: Vec<String>,
    starters: Vec<String>,
}

#[derive(Default)]
struct Tables {
    stops: FxHashMap<SmolStr, Stop>,
    prefixes: FxHashSet<SmolStr>,
    starters: FxHashSet<SmolStr>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let Ok(data) = toml::from_str::<Data>(include_str!("../data/abbreviations.toml")) else {
        return Tables::default(); // A test holds the file to its shape.
    };
    let kinds = [
        (Stop::Number, data.number),
        (Stop::Final, data.r#final),
        (Stop::Date, data.date),
        (Stop::Running, data.running),
        (Stop::Title, data.title),
    ];
    let mut stops = FxHashMap::default();
    for (stop, words) in kinds {
        for word in words {
            if word.len() > 2 && word.starts_with(|c: char| c.is_uppercase()) {
                stops.entry(word.to_uppercase().into()).or_insert(stop);
            }
            stops.insert(word.into(), stop);
        }
    }
    Tables {
        stops,
        prefixes: data.prefixes.into_iter().map(Into::into).collect(),
        starters: data.starters.into_iter().map(Into::into).collect(),
    }
});

/// What a stop after `word` may mean; `None` when the word is no known abbreviation.
pub fn stop(word: &str) -> Option<Stop> {
    TABLES.stops.get(word).copied()
}

/// Whether a hyphen after this part keeps the word whole ("re-elect").
pub fn is_prefix(part: &str) -> bool {
    part.len() <= 8 && part.is_ascii() && {
        let mut lower = [0; 8];
        let lower = &mut lower[..part.len()];
        lower.copy_from_slice(part.as_bytes());
        lower.make_ascii_lowercase();
        std::str::from_utf8(lower).is_ok_and(|p| TABLES.prefixes.contains(p))
    }
}

/// Whether a capitalised word opens a sentence far oftener than it follows an abbreviation.
pub fn is_starter(word: &str) -> bool {
    TABLES.starters.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_its_shape() {
        toml::from_str::<Data>(include_str!("../data/abbreviations.toml")).unwrap();
    }

    #[test]
    fn capitals_count() {
        assert_eq!(stop("MAJ"), Some(Stop::Title));
        assert_eq!(stop("No"), Some(Stop::Number));
        assert_eq!(stop("oct"), None);
        assert!(is_prefix("Non") && !is_prefix("harbour") && is_starter("The"));
    }
}
