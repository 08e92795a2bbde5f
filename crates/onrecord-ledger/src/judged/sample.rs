//! Sentences drawn at random from the reports of a ledger, to be searched for what is missing.
//!
//! Each sentence has a number made of its report, its place and a seed; those of the least numbers
//! are drawn. So the same seed draws the same, and a report that is filed later takes few places.
//!
//! Left out: sentences as the reader knows them, which a record does not keep. Where a full stop may
//! be that of an abbreviation, two are drawn as one.

use std::collections::BTreeMap;

use onrecord_model::{Record, SegmentLabel, Span, TextRange};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// A sentence of a report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Drawn {
    /// The report's id.
    pub report: String,
    /// The sentence.
    pub words: Span,
}

/// Sentences of the running text of a report.
pub fn sentences(record: &Record) -> Vec<Span> {
    let text = &record.report.text;
    let body = record.report.segments.iter();
    let body = body.filter(|s| s.label == SegmentLabel::Body);
    let ranges = body.flat_map(|s| cut(text.as_str(), s.range()));
    let spans = ranges.filter_map(|r| text.trimmed(r));
    spans
        .filter(|s| s.quote().contains(char::is_alphabetic))
        .collect()
}

/// Letters of a word with a capital that may be a title or an initial.
const SHORT: usize = 4;

fn cut(text: &str, range: TextRange) -> Vec<TextRange> {
    let (start, end) = (range.start as usize, range.end as usize);
    let Some(words) = text.get(start..end) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    let mut from = 0;
    for (i, mark) in words.match_indices(['.', '!', '?', '…', '\n']) {
        let after = &words[i + mark.len()..];
        let closing = after.trim_start_matches(['”', '’', '"', '\'', ')', ']', '»']);
        let space = closing.starts_with(char::is_whitespace);
        let begins = closing.trim_start().chars().next();
        let begins = begins.is_none_or(|c| !c.is_lowercase());
        let abbreviated = mark == "." && is_short(&words[from..i]);
        if mark == "\n" || (space && begins && !abbreviated) {
            let to = words.len() - closing.len();
            out.push(TextRange::of(start + from, start + to.max(from)));
            from = to.max(from);
        }
    }
    out.push(TextRange::of(start + from, end));
    out
}

/// Whether words end with a short one that has a capital: "Mr", "Gov", "J".
fn is_short(words: &str) -> bool {
    let last = words.rsplit(|c: char| c.is_whitespace() || c == '.').next();
    let last = last.unwrap_or_default();
    let letters = last.chars().count();
    last.starts_with(char::is_uppercase) && letters <= SHORT
}

/// The sentences of the least numbers so far.
#[derive(Debug)]
pub(crate) struct Urn {
    size: usize,
    seed: u64,
    drawn: BTreeMap<(u64, String, u32), Drawn>,
}

impl Urn {
    pub(crate) const fn new(size: usize, seed: u64) -> Self {
        Self {
            size,
            seed,
            drawn: BTreeMap::new(),
        }
    }

    pub(crate) fn take(&mut self, record: &Record) {
        let report = &record.report.id;
        for words in sentences(record) {
            let named = format!("{report}:{}", words.start());
            let number = xxh3_64_with_seed(named.as_bytes(), self.seed);
            let drawn = Drawn {
                report: report.clone(),
                words: words.clone(),
            };
            self.drawn
                .insert((number, report.clone(), words.start()), drawn);
            if self.drawn.len() > self.size {
                self.drawn.pop_last();
            }
        }
    }

    pub(crate) fn drawn(self) -> Vec<Drawn> {
        self.drawn.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_they_do() {
        let text = "Mr. Oko paid. “We pay,” he said. “All.” Gov. J. Iru did not!\nIt cost 3.5 million. Why?";
        let got = cut(text, TextRange::of(0, text.len()));
        let got: Vec<&str> = got.iter().map(|r| text[r.usizes()].trim()).collect();
        let got: Vec<&str> = got.into_iter().filter(|s| !s.is_empty()).collect();
        let want = [
            "Mr. Oko paid.",
            "“We pay,” he said.",
            "“All.”",
            "Gov. J. Iru did not!",
            "It cost 3.5 million.",
            "Why?",
        ];
        assert_eq!(got, want);
    }

    #[test]
    fn the_same_seed_draws_the_same() {
        let json = include_str!("../../tests/data/harbour-loan.json");
        let record = Record::from_json(json).unwrap();
        let all = sentences(&record);
        assert!(all.len() > 5);
        let draw = |size, seed| {
            let mut urn = Urn::new(size, seed);
            urn.take(&record);
            urn.drawn()
        };
        let five = draw(5, 7);
        assert_eq!((five.len(), &five), (5, &draw(5, 7)));
        assert_ne!(five, draw(5, 8));
        assert_eq!(five, draw(6, 7)[..5]);
        assert_eq!(draw(1000, 1).len(), all.len());
        assert!(draw(0, 1).is_empty());
    }
}
