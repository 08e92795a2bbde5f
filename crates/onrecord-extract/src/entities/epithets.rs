//! Words before a name that are no part of it: insults, praise, parties, how somebody stands.
//!
//! "Crooked Bo", "Democrat Ana Bo", "Embattled Ana Bo" name Bo and Ana Bo. A word is cut that a
//! list has, that the report leaves off where it names the same elsewhere, or that opens a
//! sentence or a quotation, looks like an adjective and stands before a given name.
//!
//! Left out: words that are names and insults, where a surname alone follows.

use onrecord_model::{EntityKind, TokenId, TokenRange};
use rustc_hash::FxHashSet;

use super::names::Named;
use super::words::Words;

/// Endings of adjectives and of those who hold to something. None ends many given names that are
/// not in the list of them.
const ENDINGS: [&str; 14] = [
    "ced", "tled", "ted", "ned", "ing", "ous", "ful", "less", "ish", "ive", "able", "ible", "ist",
    "ican",
];

/// Cuts them off the names.
pub(super) fn cut(words: &Words<'_>, names: &mut [Named]) {
    let whole: FxHashSet<String> = names
        .iter()
        .filter(|n| n.tokens.len() > 1)
        .map(|n| words.name(n.tokens))
        .collect();
    for n in names.iter_mut() {
        let cuts = matches!(
            n.kind,
            EntityKind::Person | EntityKind::Organization | EntityKind::Group
        );
        while cuts && n.tokens.len() > 1 && is_cut(words, n, &whole) {
            let mut start = n.tokens.start.0 + 1;
            // "Lyin' Bo".
            while start + 1 < n.tokens.end.0 && !words.form(start).chars().any(char::is_alphabetic)
            {
                start += 1;
            }
            n.tokens = TokenRange::new(start, n.tokens.end.0);
        }
    }
}

/// Whether the first word of a name is no part of it.
fn is_cut(words: &Words<'_>, n: &Named, whole: &FxHashSet<String>) -> bool {
    let first = n.tokens.start.0;
    let word = words.lower(first);
    let named = words.people.gender_of_name(words.form(first)).is_some();
    if named || words.people.is_surname_first(words.form(first)) || !words.is_capital(first + 1) {
        return false;
    }
    let rest = TokenRange {
        start: TokenId(first + 1),
        ..n.tokens
    };
    let opens = words.is_start(first) || words.is_small(first);
    if rest.len() > 1 && opens && whole.contains(&words.name(rest)) {
        return true;
    }
    if n.kind != EntityKind::Person {
        return false;
    }
    if words.people.is_epithet(word) {
        return true;
    }
    let given = words.form(first + 1);
    let initial = given.chars().count() == 2 && given.ends_with('.');
    let full = rest.len() > 1 && (initial || words.people.gender_of_name(given).is_some());
    let looks = || word.len() > 5 && ENDINGS.iter().any(|e| word.ends_with(e));
    full && (words.people.is_half_epithet(word) || opens && looks())
}
