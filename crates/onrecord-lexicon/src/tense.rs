//! Words that put a time behind the report or ahead of it.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    future: FxHashSet<String>,
    past: FxHashSet<String>,
    not_past: FxHashSet<String>,
    leads_ahead: FxHashSet<String>,
}

static DATA: LazyLock<Data> =
    LazyLock::new(|| toml::from_str(include_str!("../data/tense.toml")).unwrap_or_default());

/// Whether a word points ahead: `will`, `scheduled`.
pub fn future(word: &str) -> bool {
    DATA.future.contains(word)
}

/// Whether a word is an irregular past form: `met`.
pub fn past(word: &str) -> bool {
    DATA.past.contains(word)
}

/// Whether a word ends in `-ed` and is no past form: `hundred`.
pub fn not_past(word: &str) -> bool {
    DATA.not_past.contains(word)
}

/// Whether an infinitive after this word points ahead: `agreed`, `deal`.
pub fn leads_ahead(word: &str) -> bool {
    DATA.leads_ahead.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        assert!(future("will") && past("met") && not_past("hundred") && leads_ahead("deal"));
    }
}
