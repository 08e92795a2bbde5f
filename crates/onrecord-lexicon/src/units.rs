//! What figures count: measures, goods, people under orders; and the words that bound an amount.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    measures: FxHashSet<String>,
    people: FxHashSet<String>,
    goods: FxHashSet<String>,
    bare: FxHashSet<String>,
    parts: FxHashSet<String>,
    before_whole: FxHashSet<String>,
    qualifiers: FxHashMap<String, String>,
}

static DATA: LazyLock<Data> =
    LazyLock::new(|| toml::from_str(include_str!("../data/units.toml")).unwrap_or_default());

/// Whether these words are a unit of measure: `metric tons`, `km`.
pub fn is_measure(words: &str) -> bool {
    DATA.measures.contains(words)
}

/// Whether this noun is counted as a quantity: forces, people in custody, goods, materiel.
pub fn is_counted(words: &str) -> bool {
    DATA.people.contains(words) || DATA.goods.contains(words)
}

/// Whether this word is counted by no figure before it, which is then of money: `by`, `next`.
pub fn is_bare(word: &str) -> bool {
    DATA.bare.contains(word)
}

/// Whether this word says that the figure behind it is a part of what was told: `remaining`.
pub fn names_part(word: &str) -> bool {
    DATA.parts.contains(word)
}

/// Whether this word may stand between "of" and the whole that a figure is part of: `promised`.
pub fn leads_to_whole(word: &str) -> bool {
    DATA.before_whole.contains(word)
}

/// The qualifier of the record that these words put on the amount after them.
pub fn qualifier(words: &str) -> Option<&'static str> {
    DATA.qualifiers.get(words).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        assert!(is_measure("metric tons") && is_counted("troops") && is_counted("drones"));
        assert!(!is_counted("promises"));
        assert!(is_bare("by") && names_part("remaining") && leads_to_whole("promised"));
        assert_eq!(qualifier("as much as"), Some("up_to"));
    }
}
