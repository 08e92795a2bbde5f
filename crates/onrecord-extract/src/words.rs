//! The words of the text as the grammars of times and amounts read them.
//!
//! Finer than the document's tokens: figures, letters and marks are parted wherever they touch
//! (`155mm` is two words, `C$1` three), and a line never crosses a sentence.

use onrecord_lexicon::calendar;
use onrecord_model::{Report, SegmentLabel, TextRange};
use smol_str::{SmolStr, StrExt as _};

use crate::digits;

/// What a word is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// Letters.
    Letters,
    /// Digits, with the marks that part their groups and the fraction.
    Figures,
    /// One mark.
    Mark,
}

/// One word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Word {
    /// Its bytes.
    pub range: TextRange,
    /// Its lower-cased letters, its figures without what parts their groups, or its mark (quotes made straight).
    pub low: SmolStr,
    /// What it is made of.
    pub kind: Kind,
    /// Whether it starts with a capital.
    pub capital: bool,
    /// Whether every letter is a capital.
    pub capitals: bool,
    /// Whether it touches the word before it.
    pub glued: bool,
}

/// The words of one sentence.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    words: Vec<Word>,
    /// The segment it stands in.
    pub label: SegmentLabel,
    /// The number of its paragraph, counted through what was cut.
    pub paragraph: u32,
}

impl Line {
    /// The sentences of a text that is no report.
    pub(crate) fn all(text: &str) -> Vec<Self> {
        let mut out = Vec::new();
        cut(text, (SegmentLabel::Body, 0), (&mut 0, u32::MAX), &mut out);
        out
    }

    /// The first sentence of a text.
    #[cfg(test)]
    pub(crate) fn of(text: &str) -> Self {
        Self::all(text).swap_remove(0)
    }

    /// The number of words.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// One word.
    pub(crate) fn word(&self, i: usize) -> Option<&Word> {
        self.words.get(i)
    }

    /// A word's lower-cased form; empty past the end.
    pub(crate) fn low(&self, i: usize) -> &str {
        self.words.get(i).map_or("", |w| w.low.as_str())
    }

    /// The form `by` places before; empty before the start.
    pub(crate) fn back(&self, i: usize, by: usize) -> &str {
        i.checked_sub(by).map_or("", |j| self.low(j))
    }

    /// Whether a word is one of these.
    pub(crate) fn is(&self, i: usize, forms: &[&str]) -> bool {
        let low = self.low(i);
        !low.is_empty() && forms.contains(&low)
    }

    /// The kind of a word.
    pub(crate) fn kind(&self, i: usize) -> Option<Kind> {
        self.words.get(i).map(|w| w.kind)
    }

    /// Whether a word starts with a capital.
    pub(crate) fn capital(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|w| w.capital)
    }

    /// Whether every letter of a word is a capital.
    pub(crate) fn all_capitals(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|w| w.capitals)
    }

    /// Whether a word touches the one before it.
    pub(crate) fn glued(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|w| w.glued)
    }

    /// The bytes of words `start..end`.
    pub(crate) fn range(&self, start: usize, end: usize) -> TextRange {
        let last = end.checked_sub(1).and_then(|e| self.words.get(e));
        match (self.words.get(start), last) {
            (Some(a), Some(b)) => a.range.cover(b.range),
            _ => TextRange::default(),
        }
    }

    /// The place after these words when they stand at `i`, one form each.
    pub(crate) fn after(&self, i: usize, forms: &[&str]) -> Option<usize> {
        forms
            .iter()
            .enumerate()
            .all(|(k, f)| self.low(i + k) == *f)
            .then_some(i + forms.len())
    }

    /// The lower-cased words `start..end` as they stand, with one space where they do not touch.
    pub(crate) fn phrase(&self, start: usize, end: usize) -> String {
        let mut out = String::new();
        for i in start..end.min(self.len()) {
            if i > start && !self.glued(i) {
                out.push(' ');
            }
            out.push_str(self.low(i));
        }
        out
    }

    /// The words `start..end` in one line, small as [`Line::phrase`] has them but for their capitals.
    pub(crate) fn phrase_as_written(&self, start: usize, end: usize) -> String {
        let mut out = String::new();
        for i in start..end.min(self.len()) {
            if i > start && !self.glued(i) {
                out.push(' ');
            }
            let low = self.low(i);
            if self.all_capitals(i) {
                out.push_str(&low.to_uppercase());
            } else if self.capital(i) {
                let mut chars = low.chars();
                out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
                out.push_str(chars.as_str());
            } else {
                out.push_str(low);
            }
        }
        out
    }

    /// Whether a word is a hyphen or dash that touches both neighbours.
    pub(crate) fn hyphen(&self, i: usize) -> bool {
        self.is(i, &["-", "–", "‑"]) && self.glued(i) && self.glued(i + 1)
    }

    /// The place after a possessive `'s` at `i`, else `i`.
    pub(crate) fn past_possessive(&self, i: usize) -> usize {
        if self.low(i) == "'" && self.glued(i) && self.low(i + 1) == "s" && self.glued(i + 1) {
            i + 2
        } else {
            i
        }
    }
}

/// The sentences of every segment that `keep` picks.
pub(crate) fn lines(report: &Report, keep: impl Fn(SegmentLabel) -> bool) -> Vec<Line> {
    first_lines(report, keep, u32::MAX)
}

/// The sentences of the first paragraphs of the segments that `keep` picks.
pub(crate) fn first_lines(
    report: &Report,
    keep: impl Fn(SegmentLabel) -> bool,
    paragraphs: u32,
) -> Vec<Line> {
    let mut out = Vec::new();
    let mut paragraph = 0;
    for segment in report.segments.iter().filter(|s| keep(s.label)) {
        paragraph += 1;
        if paragraph > paragraphs {
            break;
        }
        let place = (segment.label, segment.range().start as usize);
        let text = report.text.slice(segment.range());
        cut(text, place, (&mut paragraph, paragraphs), &mut out);
    }
    out
}

/// The sentences of `text`, which starts at byte `base` of the report.
fn cut(
    text: &str,
    (label, base): (SegmentLabel, usize),
    (paragraph, last): (&mut u32, u32),
    out: &mut Vec<Line>,
) {
    let mut words: Vec<Word> = Vec::new();
    let mut at = 0;
    let mut glued = false;
    let flush = |words: &mut Vec<Word>, paragraph: u32, out: &mut Vec<Line>| {
        if !words.is_empty() {
            let words = std::mem::take(words);
            out.push(Line {
                words,
                label,
                paragraph,
            });
        }
    };
    while let Some(c) = text.get(at..).and_then(|t| t.chars().next()) {
        if c.is_whitespace() {
            let len = text[at..]
                .find(|c: char| !c.is_whitespace())
                .unwrap_or(text.len() - at);
            let blank = text[at..at + len].matches('\n').count();
            if blank > 1 {
                flush(&mut words, *paragraph, out);
                *paragraph += 1;
                if *paragraph > last {
                    return;
                }
            } else if ends(&words, &text[at + len..]) {
                flush(&mut words, *paragraph, out);
            }
            at += len;
            glued = false;
            continue;
        }
        let rest = &text[at..];
        let (len, kind) = measure(rest, c);
        let start = base + at;
        words.push(Word {
            range: TextRange::of(start, start + len),
            low: low(&rest[..len], kind),
            kind,
            capital: c.is_uppercase(),
            capitals: kind == Kind::Letters && rest[..len].chars().all(char::is_uppercase),
            glued,
        });
        at += len;
        glued = true;
    }
    flush(&mut words, *paragraph, out);
}

fn low(word: &str, kind: Kind) -> SmolStr {
    match kind {
        Kind::Figures => digits::plain(word),
        Kind::Letters if word.is_ascii() => word.to_lowercase_smolstr(),
        Kind::Letters => word.to_lowercase().into(),
        Kind::Mark if matches!(word, "’" | "‘") => SmolStr::new_static("'"),
        Kind::Mark => word.into(),
    }
}

/// The length in bytes of the word at the start of `rest`, whose first character is `c`.
fn measure(rest: &str, c: char) -> (usize, Kind) {
    if c.is_ascii_digit() {
        return (digits::measure(rest), Kind::Figures);
    }
    if c.is_alphabetic() {
        let len = rest
            .find(|c: char| !c.is_alphabetic() && !('\u{300}'..'\u{370}').contains(&c))
            .unwrap_or(rest.len());
        return (len, Kind::Letters);
    }
    (c.len_utf8(), Kind::Mark)
}

const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "gen", "lt", "col", "sen", "rep", "gov", "st", "no", "co", "corp",
    "inc", "ltd", "jr", "sr", "rev", "prof", "sgt", "capt", "maj", "cmdr", "adm", "brig", "pvt",
    "hon", "pres", "u", "vs", "messrs", "dept", "approx", "est", "jan", "feb", "mar", "apr", "jun",
    "jul", "aug", "sept", "sep", "oct", "nov", "dec", "calif", "fla", "mass", "conn", "wash",
];

/// Whether a sentence ends before white space, after `words` and before `next`.
fn ends(words: &[Word], next: &str) -> bool {
    let mut closed = words
        .iter()
        .rev()
        .skip_while(|w| matches!(w.low.as_str(), "\"" | "”" | "'" | ")" | "]"));
    let (Some(stop), before) = (closed.next(), closed.next()) else {
        return false;
    };
    if !matches!(stop.low.as_str(), "." | "!" | "?" | "…") {
        return false;
    }
    let opens = next
        .trim_start_matches(['"', '“', '\'', '‘', '(', '[', '`'])
        .chars()
        .next()
        .is_none_or(|c| c.is_uppercase() || c.is_ascii_digit());
    // "1 . 85": a figure that was taken apart.
    let figure = |b: &Word| {
        let digit = next.starts_with(|c: char| c.is_ascii_digit());
        !stop.glued && b.kind == Kind::Figures && digit
    };
    let short = |b: &Word| {
        let low = b.low.as_str();
        stop.glued
            && b.kind == Kind::Letters
            && (TITLES.contains(&low) || initial(b) || clock(b, words, next))
    };
    opens && !(stop.low == "." && before.is_some_and(|b| short(b) || figure(b)))
}

/// Whether a word is a single letter that may be an initial or part of an abbreviation such as
/// `U.S.`
fn initial(word: &Word) -> bool {
    word.low.chars().count() == 1 && word.capital
}

/// Whether the `m` of `p.m.` is followed by a zone, a day or a month: "9 a.m. EST Tuesday".
fn clock(word: &Word, words: &[Word], next: &str) -> bool {
    let half = words
        .iter()
        .rev()
        .nth(3)
        .is_some_and(|w| matches!(w.low.as_str(), "a" | "p"));
    // "4 a.m. (2000 GMT)"
    let bracket = next
        .strip_prefix('(')
        .is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()));
    let next: String = next
        .chars()
        .take_while(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    let goes_on = calendar::weekday(&next).is_some()
        || calendar::month(&next).is_some()
        || ZONES.contains(&next.as_str());
    word.low == "m" && half && (goes_on || bracket)
}

/// Time zones as news abbreviates them.
pub(crate) const ZONES: &[&str] = &[
    "gmt", "utc", "est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "pst", "pdt", "bst", "cet",
    "cest", "eet", "eest", "ist", "msk", "jst", "hkt", "aest", "aedt",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::testing::report;

    fn check(text: &str, expect: &[&str]) {
        let report = report(text, None);
        let got: Vec<String> = lines(&report, |_| true)
            .iter()
            .map(|l| (0..l.len()).map(|i| l.low(i)).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(got, expect);
    }

    #[test]
    fn figures_letters_and_marks_are_parted() {
        check("C$1,250.50 for 155mm", &["c $ 1250.50 for 155 mm"]);
        check(
            "the 1990s, Mr. Oy’s 3:30",
            &["the 1990 s , mr . oy ' s 3 : 30"],
        );
        check("Rs 1,25,000 on May 4, 2021", &["rs 125000 on may 4 , 2021"]);
    }

    #[test]
    fn a_line_is_a_sentence() {
        check(
            "It rained. Sen. Oy left the U.S. Navy.",
            &["it rained .", "sen . oy left the u . s . navy ."],
        );
        check(
            "“Go.” He went\n\nto bed",
            &["“ go . ”", "he went", "to bed"],
        );
    }
}
