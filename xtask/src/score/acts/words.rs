//! Words of spans: which they share, and which is the head of a phrase.
//!
//! A place is counted in code points of the passage, as a record counts it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use onrecord_model::Span;
use regex::Regex;

/// More words than this are no longer the words that carry a status or name an act.
const SHORT: usize = 8;

/// Letters, digits and the underscore make words.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether two spans share a character.
pub(super) fn overlap(a: &Span, b: &Span) -> bool {
    a.start() < b.end() && b.start() < a.end()
}

/// Whether a span has few enough words to be a cue or a trigger.
pub(super) fn is_short(span: &Span) -> bool {
    beginnings(span).count() <= SHORT
}

/// Where each word of spans begins.
pub(super) fn words(spans: &[Span]) -> BTreeSet<u32> {
    spans.iter().flat_map(beginnings).collect()
}

/// The share of words that both have, of those that either has.
pub(super) fn jaccard(a: &[Span], b: &[Span]) -> f64 {
    let (a, b) = (words(a), words(b));
    a.intersection(&b).count() as f64 / a.union(&b).count().max(1) as f64
}

/// [`jaccard`] of one span and another.
pub(super) fn likeness(a: &Span, b: &Span) -> f64 {
    jaccard(std::slice::from_ref(a), std::slice::from_ref(b))
}

/// Whether two phrases name the same: the head of each lies in the other. "Police in Warsaw" is
/// not "Warsaw", though they overlap.
pub(super) fn same_phrase(a: &Span, b: &Span) -> bool {
    let within = |at: u32, span: &Span| span.start() <= at && at < span.end();
    overlap(a, b) && within(head(a), b) && within(head(b), a)
}

fn beginnings(span: &Span) -> impl Iterator<Item = u32> {
    let mut inside = false;
    let places = span.quote().chars().zip(span.start()..);
    places.filter_map(move |(c, at)| {
        let begins = is_word(c) && !inside;
        inside = is_word(c);
        begins.then_some(at)
    })
}

/// What ends the part of a noun phrase that its head stands in.
static AFTER_HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i),|;|\(|\s(?:of|in|at|from|for|on|with|who|which|that|representing|led|loyal|to|by|under|and)\b",
    )
    .expect("a fixed pattern")
});

/// Where the head of a noun phrase begins: the last word before a comma, preposition or relative.
fn head(span: &Span) -> u32 {
    let core = core(span.quote());
    let (mut inside, mut last) = (false, span.start());
    for (c, at) in core.chars().zip(span.start()..) {
        // "U.S." and "Coca-Cola" are a word each.
        if inside && matches!(c, '\'' | '’' | '.' | '-') {
            continue;
        }
        if is_word(c) && !inside {
            last = at;
        }
        inside = is_word(c);
    }
    last
}

fn core(quote: &str) -> &str {
    // A phrase does not end within its first three characters: "of" may be a name's first word.
    let from = quote.char_indices().nth(3).map(|(at, _)| at);
    let cut = from.and_then(|from| AFTER_HEAD.find_at(quote, from));
    let core = cut.map_or(quote, |m| &quote[..m.start()]);
    let bare = core.strip_suffix("'s");
    bare.or_else(|| core.strip_suffix("’s")).unwrap_or(core)
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::{Text, TextRange};

    fn span(text: &str, words: &str) -> Span {
        let at = text.find(words).unwrap();
        let range = TextRange::of(at, at + words.len());
        Text::new(text).span(range).unwrap()
    }

    #[test]
    fn a_phrase_is_known_by_its_head() {
        let text = "police in Warsaw’s old town and the U.S. Department of State's lawyers said";
        let same = |a, b| same_phrase(&span(text, a), &span(text, b));
        assert!(same("police in Warsaw", "police"));
        assert!(!same("police in Warsaw", "Warsaw"));
        assert!(same("the U.S. Department of State", "Department"));
        assert!(same("Warsaw’s", "Warsaw"));
        assert!(!same("Department of State's", "State"));
    }

    #[test]
    fn words_are_counted_where_they_begin() {
        let text = "sent 45 officers, at last";
        let half = likeness(
            &span(text, "45 officers, at"),
            &span(text, "sent 45 officers"),
        );
        assert!((half - 0.5).abs() < 1e-9, "{half}");
        assert!(is_short(&span(text, text)));
    }
}
