//! Words that make an act sure or unsure, so or not so, to come or under way.
//!
//! ```
//! use onrecord_lexicon::factuality::{self, Adverb, Governs};
//!
//! assert!(factuality::governs("prevent", Governs::Failed));
//! assert_eq!(factuality::adverb("probably"), Some(Adverb::Probable));
//! ```
//!
//! Left out: reading. What a word does in its sentence is for the extractor to say.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

/// What a governing word does to the act it governs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Governs {
    /// As sure as itself, and denied with it.
    Same,
    /// The same, still going on.
    Ongoing,
    /// The act does not come to pass; negated, it does.
    Failed,
    /// Held back: not done; negated, only possible.
    Withheld,
    /// What is said is not so; negated, it is left possible.
    Denied,
    /// Firmly to come.
    Planned,
    /// To come, perhaps.
    Proposed,
    /// Tried.
    Tried,
    /// Held likely.
    Probable,
    /// Held possible.
    Possible,
    /// Held unlikely.
    Improbable,
    /// Left open.
    Open,
}

/// What an adverb or adjective does to the word it stands with.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Adverb {
    /// Likely so.
    Probable,
    /// Perhaps so.
    Possible,
    /// Not so.
    Negative,
    /// To come.
    Planned,
    /// Going on.
    Ongoing,
    /// "only", "just": a "not" before it denies nothing.
    Only,
}

/// What a modal verb does.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Modal {
    /// "will".
    Planned,
    /// "may".
    Possible,
    /// "must".
    Duty,
    /// "would".
    Conditional,
}

/// What the word that opens a clause does.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Opens {
    /// "if".
    Condition,
    /// "whether".
    Open,
    /// "without", "instead of".
    Without,
    /// "after": a fact of its own.
    Given,
    /// "until", "before".
    Until,
}

type Lists = FxHashMap<String, Vec<String>>;

#[derive(Deserialize, Default)]
struct Data {
    governs: Lists,
    adverbs: Lists,
    adjectives: Lists,
    determiners: Lists,
    modals: Lists,
    marks: Lists,
}

#[derive(Default)]
struct Tables {
    governs: FxHashMap<String, Vec<Governs>>,
    adverbs: FxHashMap<String, Adverb>,
    adjectives: FxHashMap<String, Vec<Adverb>>,
    determiners: FxHashMap<String, Adverb>,
    modals: FxHashMap<String, Modal>,
    marks: FxHashMap<String, Opens>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let data: Data = toml::from_str(include_str!("../data/factuality.toml")).unwrap_or_default();
    Tables {
        governs: many(&data.governs, governs_of),
        adverbs: one(&data.adverbs, adverb_of),
        adjectives: many(&data.adjectives, adverb_of),
        determiners: one(&data.determiners, adverb_of),
        modals: one(&data.modals, modal_of),
        marks: one(&data.marks, opens_of),
    }
});

/// Lists turned round, in a fixed order of their names: the word's first list wins.
fn one<T: Copy>(lists: &Lists, of: fn(&str) -> Option<T>) -> FxHashMap<String, T> {
    let all = many(lists, of);
    let mut out = FxHashMap::default();
    #[expect(clippy::iter_over_hash_type, reason = "from one map into another")]
    for (word, kinds) in all {
        if let Some(first) = kinds.first() {
            out.insert(word, *first);
        }
    }
    out
}

fn many<T: Copy>(lists: &Lists, of: fn(&str) -> Option<T>) -> FxHashMap<String, Vec<T>> {
    let mut names: Vec<&String> = lists.keys().collect();
    names.sort();
    let mut out: FxHashMap<String, Vec<T>> = FxHashMap::default();
    for name in names {
        let Some(kind) = of(name) else { continue };
        for word in lists.get(name).into_iter().flatten() {
            out.entry(word.clone()).or_default().push(kind);
        }
    }
    out
}

fn governs_of(name: &str) -> Option<Governs> {
    Some(match name {
        "same" => Governs::Same,
        "ongoing" => Governs::Ongoing,
        "failed" => Governs::Failed,
        "withheld" => Governs::Withheld,
        "denied" => Governs::Denied,
        "planned" => Governs::Planned,
        "proposed" => Governs::Proposed,
        "tried" => Governs::Tried,
        "probable" => Governs::Probable,
        "possible" => Governs::Possible,
        "improbable" => Governs::Improbable,
        "open" => Governs::Open,
        _ => return None,
    })
}

fn adverb_of(name: &str) -> Option<Adverb> {
    Some(match name {
        "probable" => Adverb::Probable,
        "possible" => Adverb::Possible,
        "negative" => Adverb::Negative,
        "planned" => Adverb::Planned,
        "ongoing" => Adverb::Ongoing,
        "only" => Adverb::Only,
        _ => return None,
    })
}

fn modal_of(name: &str) -> Option<Modal> {
    Some(match name {
        "planned" => Modal::Planned,
        "possible" => Modal::Possible,
        "duty" => Modal::Duty,
        "conditional" => Modal::Conditional,
        _ => return None,
    })
}

fn opens_of(name: &str) -> Option<Opens> {
    Some(match name {
        "condition" => Opens::Condition,
        "open" => Opens::Open,
        "without" => Opens::Without,
        "given" => Opens::Given,
        "until" => Opens::Until,
        _ => return None,
    })
}

/// Whether a lemma does this to the act it governs.
pub fn governs(lemma: &str, what: Governs) -> bool {
    TABLES.governs.get(lemma).is_some_and(|k| k.contains(&what))
}

/// Whether a lemma does anything to the act it governs.
pub fn is_governor(lemma: &str) -> bool {
    TABLES.governs.contains_key(lemma)
}

/// What an adverb does.
pub fn adverb(lemma: &str) -> Option<Adverb> {
    TABLES.adverbs.get(lemma).copied()
}

/// Whether an adjective does this to its noun.
pub fn adjective(lemma: &str, what: Adverb) -> bool {
    TABLES
        .adjectives
        .get(lemma)
        .is_some_and(|k| k.contains(&what))
}

/// Whether a determiner or pronoun denies: "no", "nobody".
pub fn is_none(lemma: &str) -> bool {
    TABLES.determiners.contains_key(lemma)
}

/// What a modal verb does; by its form, for lemmas of modals differ between taggers.
pub fn modal(form: &str) -> Option<Modal> {
    TABLES.modals.get(form).copied()
}

/// What the word that opens a clause does.
pub fn opens(lemma: &str) -> Option<Opens> {
    TABLES.marks.get(lemma).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_its_shape() {
        let data: Data = toml::from_str(include_str!("../data/factuality.toml")).unwrap();
        let known = data.governs.keys().all(|k| governs_of(k).is_some())
            && data.adverbs.keys().all(|k| adverb_of(k).is_some())
            && data.adjectives.keys().all(|k| adverb_of(k).is_some())
            && data.determiners.keys().all(|k| adverb_of(k).is_some())
            && data.modals.keys().all(|k| modal_of(k).is_some())
            && data.marks.keys().all(|k| opens_of(k).is_some());
        assert!(known);
        assert!(governs("refuse", Governs::Withheld) && !governs("refuse", Governs::Same));
        assert_eq!(opens("without"), Some(Opens::Without));
        assert!(
            adjective("threatened", Adverb::Planned) && adjective("threatened", Adverb::Possible)
        );
    }
}
