//! Finds words that an annotation quotes in its passage.

use anyhow::{Context as _, Result, bail};
use onrecord_model::{Span, Text, TextRange};

use super::words::is_word;

/// The span of words in a text: whole words, the first time they occur. `#2` behind them asks for the second.
///
/// # Errors
/// When they do not occur, or not that often.
pub(super) fn find(text: &Text, words: &str) -> Result<Span> {
    let (words, nth) = counted(words.trim());
    if words.is_empty() {
        bail!("no words");
    }
    let (mut from, mut met) = (0, 0);
    while let Some(range) = next(text.as_str(), words, from) {
        met += 1;
        if met == nth {
            return text.span(range).context("a match cuts a character");
        }
        from = range.end as usize;
    }
    let often = if met > 0 { " that often" } else { "" };
    bail!("not in the text{often}: `{words}`")
}

/// Words and which of their occurrences is meant.
fn counted(words: &str) -> (&str, usize) {
    let split = words.rsplit_once('#');
    let numbered = split.and_then(|(w, n)| Some((w.trim(), n.parse().ok()?)));
    numbered.unwrap_or((words, 1))
}

/// The next place from a byte on where the words stand.
fn next(text: &str, words: &str, mut from: usize) -> Option<TextRange> {
    let first = words.split_whitespace().next()?;
    loop {
        let start = from + text.get(from..)?.find(first)?;
        if let Some(end) = ends(text, words, start) {
            return Some(TextRange::of(start, end));
        }
        from = start + text[start..].chars().next()?.len_utf8();
    }
}

/// Where words that start at a byte end, if they stand there and are cut out of no longer word.
fn ends(text: &str, words: &str, start: usize) -> Option<usize> {
    let mut rest = &text[start..];
    for (i, piece) in words.split_whitespace().enumerate() {
        if i > 0 {
            let trimmed = rest.trim_start();
            if trimmed.len() == rest.len() {
                return None;
            }
            rest = trimmed;
        }
        rest = rest.strip_prefix(piece)?;
    }
    let end = text.len() - rest.len();
    let cuts = |inner: Option<char>, outer: Option<char>| {
        inner.is_some_and(char::is_alphanumeric) && outer.is_some_and(is_word)
    };
    let before = text[..start].chars().next_back();
    let cut =
        cuts(words.chars().next(), before) || cuts(words.chars().next_back(), rest.chars().next());
    (!cut).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &str, expect: Option<(u32, u32)>) {
        let found = find(&Text::new(text), words).ok();
        assert_eq!(found.map(|s| (s.start(), s.end())), expect, "{words}");
    }

    #[test]
    fn words_are_found_whole() {
        let text = "Café aid, “aid”\n\nand aids";
        check(text, "aid", Some((5, 8)));
        check(text, "aid#2", Some((11, 14)));
        check(text, "aid #3", None);
        check(text, "aid” and", Some((11, 20)));
        check(text, "af", None);
        check(text, "Café", Some((0, 4)));
        check(text, "#2", None);
    }
}
