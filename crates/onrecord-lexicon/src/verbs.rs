//! The lemmas of irregular verb forms.
//!
//! ```
//! use onrecord_lexicon::verbs;
//!
//! assert_eq!(verbs::irregular("sought"), Some("seek"));
//! assert_eq!(verbs::irregular("walked"), None);
//! ```
//!
//! Left out: forms that an ending explains, and those that equal their lemma (cut, put).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

const DATA: &str = include_str!("../data/irregular-verbs.tsv");

static TABLE: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = DATA.lines().filter(|l| !l.starts_with('#'));
    lines.filter_map(|l| l.split_once('\t')).collect()
});

/// The lemma of a lower-cased verb form that no ending explains.
pub fn irregular(form: &str) -> Option<&'static str> {
    TABLE.get(form).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_form_is_its_own_lemma() {
        assert!(TABLE.len() > 200);
        assert!(TABLE.iter().all(|(form, lemma)| form != lemma));
    }
}
