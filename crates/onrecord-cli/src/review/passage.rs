//! The words of an entry where they stand: the paragraphs around them, cut where they are long.

use onrecord::model::{Record, TextRange};
use onrecord_ledger::Entry;

use crate::show::{self, Part};

/// A paragraph up to this many bytes is shown whole.
const SHORT: usize = 600;
/// What is shown of a longer one before and after an entry's words, at least.
const AROUND: usize = 200;

/// Stretches of a report's text, with an entry's words marked.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Passage {
    /// The words of each stretch, and the byte of the text they begin at.
    pub(super) stretches: Vec<(String, u32)>,
    /// Whether words of the same paragraph were cut off before and after each.
    pub(super) cut: Vec<(bool, bool)>,
    pub(super) marks: Vec<(TextRange, Part)>,
    /// What source, cue, content and terms are called for this entry.
    pub(super) legend: [&'static str; 4],
    /// The line of the text the words begin in.
    pub(super) line: usize,
}

impl Passage {
    /// Of an entry of a record.
    pub(super) fn of(record: &Record, entry: &Entry) -> Self {
        let (mut marks, legend) = match show::find(record, &entry.id) {
            Some(shown) => (shown.marks, shown.legend),
            // What a person added, or words that are searched.
            None => (Vec::new(), ["", "", "words", ""]),
        };
        let own = if marks.is_empty() {
            entry.words.first()
        } else {
            entry.own_words.as_ref()
        };
        if let Some(own) = own.and_then(|w| record.report.text.verify(w).ok()) {
            marks.insert(0, (own.range(), Part::Content));
        }
        let text = record.report.text.as_str();
        let wanted: Vec<TextRange> = if legend[1] == "trigger" {
            // An event's parties are named elsewhere too; its own words are these.
            entry
                .words
                .iter()
                // From the ledger a span brings its place in code points only.
                .filter_map(|s| record.report.text.code_points(s.start(), s.end()))
                .collect()
        } else {
            marks.iter().map(|(r, _)| *r).collect()
        };
        let mut ranges: Vec<(TextRange, TextRange)> = Vec::new();
        for words in wanted {
            let paragraphs: Vec<TextRange> = record
                .report
                .segments
                .iter()
                .map(onrecord::model::Segment::range)
                .filter(|s| s.overlaps(words))
                .collect();
            let whole = match (paragraphs.first(), paragraphs.last()) {
                (Some(first), Some(last)) => first.cover(*last),
                _ => show::line_around(text, words),
            };
            match ranges.iter_mut().find(|(w, _)| w.overlaps(whole)) {
                Some((w, inner)) => (*w, *inner) = (w.cover(whole), inner.cover(words)),
                None => ranges.push((whole, words)),
            }
        }
        ranges.sort_unstable();
        let shortened: Vec<(TextRange, TextRange)> = ranges
            .iter()
            .map(|(w, words)| (*w, shortened(text, *w, *words)))
            .collect();
        let first = ranges.iter().map(|(_, words)| words.start).min();
        Self {
            stretches: shortened
                .iter()
                .map(|(_, r)| (text[r.usizes()].to_owned(), r.start))
                .collect(),
            cut: shortened
                .iter()
                .map(|(w, r)| (r.start > w.start, r.end < w.end))
                .collect(),
            marks,
            legend,
            line: record.report.line_at(first.unwrap_or(0)),
        }
    }
}

/// Of a long paragraph the sentences around the words, as well as full stops tell.
fn shortened(text: &str, whole: TextRange, words: TextRange) -> TextRange {
    if whole.len() <= SHORT {
        return whole;
    }
    let paragraph = &text[whole.usizes()];
    let at = whole.start as usize;
    let near = (words.start as usize - at).saturating_sub(AROUND);
    let far = (words.end as usize - at + AROUND).min(paragraph.len());
    let ends: Vec<usize> = paragraph
        .match_indices(['.', '?', '!'])
        .map(|(i, _)| i)
        .map(|i| {
            i + paragraph[i..]
                .find(char::is_whitespace)
                .unwrap_or(paragraph.len() - i)
        })
        .collect();
    let before = ends.iter().rev().find(|end| **end <= near);
    let after = ends.iter().find(|end| **end >= far);
    TextRange::of(
        at + before.copied().unwrap_or(0),
        at + after.copied().unwrap_or(paragraph.len()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_from_a_ledger_has_its_sentence() {
        let json = include_str!("../../../../examples/harbour-loan.json");
        let record = Record::from_json(json).unwrap();
        let mut events = 0;
        for read in Entry::of(&record) {
            let json = serde_json::to_string(&read).unwrap();
            let stored: Entry = serde_json::from_str(&json).unwrap();
            let passage = Passage::of(&record, &stored);
            assert_eq!(passage, Passage::of(&record, &read));
            let holds = |w: &onrecord::model::Span| {
                passage.stretches.iter().any(|(words, start)| {
                    let end = *start as usize + words.len();
                    TextRange::of(*start as usize, end).contains(w.range())
                })
            };
            let shown = read.words.iter().all(holds);
            if passage.legend[1] == "trigger" {
                events += 1;
                assert!(shown, "{}", read.id);
            }
        }
        assert!(events > 0);
    }

    #[test]
    fn long_paragraphs_are_cut_at_sentences() {
        let sentence = "The ferry sailed at nine and came back at ten.\n";
        let text = sentence.repeat(40);
        let whole = TextRange::of(0, text.len());
        let words = TextRange::of(944, 950);
        let cut = shortened(&text, whole, words);
        assert!(cut.contains(words) && cut.len() < SHORT);
        assert!(text[..cut.start as usize].ends_with('.'));
        assert!(text[..cut.end as usize].ends_with('.'));
        assert_eq!(
            shortened(
                "One. Two. Three.",
                TextRange::of(0, 16),
                TextRange::of(5, 8)
            ),
            TextRange::of(0, 16)
        );
        // No full stop at all.
        let text = "word ".repeat(200);
        let whole = TextRange::of(0, text.len());
        assert_eq!(shortened(&text, whole, TextRange::of(500, 504)), whole);
    }
}
