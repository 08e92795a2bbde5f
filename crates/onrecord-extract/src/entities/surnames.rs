//! Surnames that are words: "Long said", "Mrs May", "Root was jailed".
//!
//! A word with a capital that closes a person's full name in the report, or follows a form of address,
//! is that name wherever it stands where a name stands: inside a sentence, or before a verb, which no
//! adverb or month has behind it.
//!
//! Left out: surnames of people whom the report never names in full nor addresses.

use onrecord_model::{EntityKind, TokenRange, Upos};
use rustc_hash::FxHashSet;

use super::names::Named;
use super::words::{Style, Words};

/// Adds the surnames that no name was found in.
pub(super) fn read(words: &Words<'_>, found: &mut Vec<Named>) {
    let mut taken = vec![false; words.len() as usize];
    for n in found.iter() {
        if let Some(t) = taken.get_mut(n.tokens.usizes()) {
            t.fill(true);
        }
    }
    let free = |t: u32| taken.get(t as usize) == Some(&false);
    let mut more: Vec<Named> = addressed(words)
        .filter(|n| free(n.tokens.start.0))
        .collect();
    let full = found
        .iter()
        .chain(&more)
        .filter(|n| n.kind == EntityKind::Person && (n.tokens.len() > 1 || n.title.is_some()));
    let known: FxHashSet<&str> = full
        .map(|n| words.form(n.tokens.end.0 - 1))
        .filter(|w| w.chars().count() > 2)
        .collect();
    let own: Vec<TokenRange> = more.iter().map(|n| n.tokens).collect();
    let named = (0..words.len())
        .filter(|t| free(*t) && !own.iter().any(|r| r.start.0 == *t))
        .filter(|t| known.contains(words.form(*t)) && stands_as_name(words, *t))
        .map(|t| Named::new(TokenRange::new(t, t + 1), EntityKind::Person, false));
    more.extend(named.collect::<Vec<_>>());
    found.extend(more);
    found.sort_by_key(|n| n.tokens.start);
}

/// "Mrs May", "Mr. Will": a word with a capital behind a form of address.
fn addressed<'a>(words: &'a Words<'_>) -> impl Iterator<Item = Named> + 'a {
    let address = |t: u32| matches!(words.bare(t), "mr" | "mrs" | "ms" | "miss" | "mx" | "dr");
    (1..words.len())
        .filter(move |t| {
            words.before(*t).is_some_and(address)
                && words.is_capital(*t)
                && words.is_capital(*t - 1)
                && !words.is_capital(*t + 1)
        })
        .map(|t| {
            let title = TokenRange::new(t - 1, t);
            Named::new(TokenRange::new(t, t + 1), EntityKind::Person, true).titled(Some(title))
        })
}

/// Whether a capital is a name's here.
fn stands_as_name(words: &Words<'_>, t: u32) -> bool {
    let alone = !words.is_capital(t + 1) && words.before(t).is_none_or(|b| !words.is_capital(b));
    if words.style(t) == Style::Capitals || !alone && !words.is_start(t) {
        return false;
    }
    let at = |k: u32| words.cx.document.tokens().get(k as usize);
    let past = |k: u32| at(k).is_some_and(|n| matches!(n.xpos.as_str(), "VBD" | "VBZ" | "VBP"));
    let adverb = at(t + 1).is_some_and(|n| n.upos == Upos::Adv);
    let verb = past(t + 1) || adverb && past(t + 2);
    let before_verb = verb || words.is_saying(t + 1) || words.is_possessive(t + 1);
    let word = words.is_start(t) || words.is_calendar(t) || words.is_opener(t);
    before_verb && words.sentence(t + 1) == words.sentence(t) || !word
}
