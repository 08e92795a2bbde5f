//! Words that find their place again: whoever looks for them from the top of the text comes to
//! the stretch they stand for first.
//!
//! A gold standard points at words by quoting them, so that people can write one by hand. A name
//! that stands often is quoted with as many of the words behind it as set it apart.

use onrecord_model::TextRange;

/// Quotes words of a text.
pub(super) struct Quoting<'t>(pub(super) &'t str);

impl Quoting<'_> {
    /// Words that begin where a stretch does and stand nowhere before it; where the end of the
    /// text comes first, words that end with it.
    pub(super) fn setting_apart(&self, range: TextRange) -> String {
        let (mut start, mut end) = (range.start as usize, range.end as usize);
        while !self.is_first(start, end) && end < self.0.len() {
            end = self.word_after(end);
        }
        while !self.is_first(start, end) && start > 0 {
            start = self.word_before(start);
        }
        self.0[start..end].trim_end().to_owned()
    }

    /// A stretch's own words; with marks of punctuation around them, which are no words, where
    /// these set them apart; with words behind them only where nothing else does.
    pub(super) fn exact(&self, range: TextRange) -> String {
        let (start, end) = (range.start as usize, range.end as usize);
        let mark = |c: char| !c.is_alphanumeric() && c != '_';
        let before = self.0[..start].trim_end_matches(mark).len();
        let after = self.0.len() - self.0[end..].trim_start_matches(mark).len();
        let around = [(start, end), (start, after), (before, end), (before, after)];
        let bare = |(a, b): (usize, usize)| {
            let words = &self.0[a..b];
            let start = b - words.trim_start().len();
            (start, start + words.trim().len())
        };
        let mut found = around.into_iter().map(bare);
        match found.find(|(a, b)| self.is_first(*a, *b)) {
            Some((a, b)) => self.0[a..b].to_owned(),
            None => self.setting_apart(range),
        }
    }

    /// Where words stand.
    pub(super) fn places(&self, words: &str) -> Vec<TextRange> {
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let found = self.0.match_indices(words);
        found
            .filter(|(i, w)| {
                let after = self.0[i + w.len()..].chars().next();
                !w.is_empty() && !inside(self.0[..*i].chars().next_back()) && !inside(after)
            })
            .map(|(i, w)| TextRange::of(i, i + w.len()))
            .collect()
    }

    fn is_first(&self, start: usize, end: usize) -> bool {
        let words = self.0[start..end].trim_end();
        !words.is_empty() && self.0.find(words) == Some(start)
    }

    fn word_after(&self, end: usize) -> usize {
        let rest = &self.0[end..];
        let gap = rest.len() - rest.trim_start().len();
        let word = rest[gap..].find(char::is_whitespace);
        word.map_or(self.0.len(), |n| end + gap + n)
    }

    fn word_before(&self, start: usize) -> usize {
        let text = self.0[..start].trim_end();
        let space = text.char_indices().rfind(|(_, c)| c.is_whitespace());
        space.map_or(0, |(i, c)| i + c.len_utf8())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Oko will sail. “We sail,” Oko said, and Zoë Oko said: we sail";

    fn nth(words: &str, n: usize) -> TextRange {
        let (i, w) = TEXT.match_indices(words).nth(n).unwrap();
        TextRange::of(i, i + w.len())
    }

    #[test]
    fn words_are_set_apart_by_those_behind_them() {
        let apart = |words, n| Quoting(TEXT).setting_apart(nth(words, n));
        assert_eq!(apart("Oko", 0), "Oko");
        assert_eq!(apart("Oko", 1), "Oko said,");
        assert_eq!(apart("Oko", 2), "Oko said:");
        assert_eq!(apart("sail", 2), "we sail");
        assert_eq!(Quoting("a a a").setting_apart(TextRange::of(2, 3)), "a a a");
        assert_eq!(Quoting("ab ab").setting_apart(TextRange::of(3, 5)), "ab ab");
    }

    #[test]
    fn exact_words_are_set_apart_by_marks_first() {
        let exact = |words, n| Quoting(TEXT).exact(nth(words, n));
        assert_eq!(exact("sail", 0), "sail");
        assert_eq!(exact("sail", 1), "sail,”");
        assert_eq!(exact("Oko", 1), ",” Oko");
        assert_eq!(exact("we sail", 0), "we sail");
    }

    #[test]
    fn names_stand_as_words() {
        assert_eq!(Quoting(TEXT).places("Oko").len(), 3);
        assert!(Quoting(TEXT).places("Ok").is_empty() && Quoting(TEXT).places("").is_empty());
    }
}
