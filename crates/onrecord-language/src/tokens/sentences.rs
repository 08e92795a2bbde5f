//! Sentences: where a run of tokens ends one.
//!
//! Left out: layout. A paragraph's edge ends a sentence before this module is asked.

use onrecord_lexicon::abbreviations::{self, Stop};
use onrecord_model::TextRange;

/// The end (one past the last token) of the sentence that begins at token `start`.
pub(super) fn end(text: &str, words: &[TextRange], start: usize) -> usize {
    let view = View { text, words };
    let mut k = start;
    while k < words.len() {
        if let Some(end) = view.boundary(start, k) {
            return end;
        }
        k += 1;
    }
    words.len()
}

/// Opening marks that stand before a word at most.
const OPENERS: usize = 8;

struct View<'t> {
    text: &'t str,
    words: &'t [TextRange],
}

/// What a token says about the end of a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Period,
    Shout,
    Dots,
    Short,
    None,
}

impl View<'_> {
    fn form(&self, k: usize) -> &str {
        self.words
            .get(k)
            .and_then(|r| self.text.get(r.usizes()))
            .unwrap_or_default()
    }

    fn touches(&self, k: usize) -> bool {
        k > 0
            && matches!((self.words.get(k - 1), self.words.get(k)), (Some(a), Some(b)) if a.end == b.start)
    }

    fn mark(&self, k: usize) -> Mark {
        let form = self.form(k);
        let Some(last) = form.bytes().next_back() else {
            return Mark::None;
        };
        match last {
            b'.' if form.len() == 1 => Mark::Period,
            b'.' if form.bytes().all(|b| b == b'.') => Mark::Dots,
            b'.' => Mark::Short,
            b'!' | b'?' if form.bytes().all(|b| matches!(b, b'!' | b'?')) => Mark::Shout,
            b if !b.is_ascii() && form.starts_with('…') => Mark::Dots,
            b if !b.is_ascii() && matches!(form, "。" | "？" | "！" | "؟") => Mark::Period,
            _ => Mark::None,
        }
    }

    /// The end of the sentence if token `k` closes it.
    fn boundary(&self, start: usize, k: usize) -> Option<usize> {
        let mark = self.mark(k);
        if mark == Mark::None {
            return None;
        }
        let mut j = k + 1;
        while j < self.words.len() && self.touches(j) && is_closer(self.form(j)) {
            j += 1;
        }
        if j == self.words.len() {
            return Some(j);
        }
        let closed = j > k + 1;
        let ends = match mark {
            Mark::Short => self.short_ends(k, j, closed),
            Mark::Period => self.period_ends(start, k, j, closed),
            Mark::Shout => self.shout_ends(j, closed),
            Mark::Dots => self.upper(j) && !self.touches(j) && !(closed && self.said(j)),
            Mark::None => false,
        };
        ends.then_some(j)
    }

    fn period_ends(&self, start: usize, k: usize, j: usize, closed: bool) -> bool {
        let enumerator =
            k == start + 1 && self.form(start).bytes().all(|b| b.is_ascii_digit()) && !closed;
        if enumerator {
            return false;
        }
        if self.touches(j) {
            return self.upper(j);
        }
        !closed || !self.lower(j)
    }

    fn shout_ends(&self, j: usize, closed: bool) -> bool {
        if self.touches(j) || (closed && (self.lower(j) || self.said(j))) {
            return false;
        }
        !self.lower(j)
    }

    /// Whether an abbreviation's stop ends the sentence too.
    fn short_ends(&self, k: usize, j: usize, closed: bool) -> bool {
        if !self.upper(j) || self.touches(j) {
            return false;
        }
        let word = self.form(k).trim_end_matches('.');
        let starter = abbreviations::is_starter(self.form(self.first_word(j)));
        match abbreviations::stop(word) {
            Some(Stop::Title | Stop::Running | Stop::Number) => closed,
            Some(Stop::Final | Stop::Date) => starter || closed,
            None if word.chars().count() == 1 => starter && self.form(j) != "A" || closed,
            None => starter || closed || self.opens_quote(j),
        }
    }

    /// The first token from `j` on that is no opening mark.
    fn first_word(&self, j: usize) -> usize {
        (j..self.words.len().min(j + OPENERS))
            .find(|&i| !is_opener(self.form(i)))
            .unwrap_or(j)
    }

    fn opens_quote(&self, j: usize) -> bool {
        matches!(self.form(j), "\"" | "“" | "‘" | "``")
    }

    fn lower(&self, j: usize) -> bool {
        self.form(self.first_word(j))
            .starts_with(char::is_lowercase)
    }

    fn upper(&self, j: usize) -> bool {
        self.form(self.first_word(j))
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    }

    /// Whether a short "the minister said" follows: a closed quotation goes on with its source.
    fn said(&self, j: usize) -> bool {
        let ahead = (j..self.words.len().min(j + 5)).map(|i| self.form(i));
        for form in ahead {
            if matches!(form, "." | "," | ";" | ":" | "?" | "!") {
                return false;
            }
            if matches!(
                form,
                "said"
                    | "says"
                    | "asked"
                    | "asks"
                    | "added"
                    | "wrote"
                    | "replied"
                    | "told"
                    | "answered"
                    | "cried"
                    | "shouted"
            ) {
                return true;
            }
        }
        false
    }
}

fn is_closer(form: &str) -> bool {
    matches!(form, "\"" | "'" | "”" | "’" | "''" | ")" | "]" | "}" | "»")
}

fn is_opener(form: &str) -> bool {
    matches!(
        form,
        "\"" | "'"
            | "“"
            | "‘"
            | "``"
            | "`"
            | "("
            | "["
            | "{"
            | "«"
            | "-"
            | "--"
            | "—"
            | "–"
            | "•"
            | "*"
    )
}
