//! Where each character of the canonical text came from in the bytes that were read.

use std::ops::Range;

use crate::{Text, TextRange};

/// A run of text bytes with the bytes of the source they stand for: as many when they are the
/// same, else the whole run stands for the whole of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Run {
    text: u32,
    len: u32,
    source: u32,
    source_len: u32,
    same: bool,
}

/// Canonical text with its alignment to the input bytes, kept as runs.
///
/// Between runs the text has words the source has not (a line break that was markup); such a
/// place maps to the edge of the run before it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AlignedText {
    text: Text,
    runs: Vec<Run>,
}

/// Builds an [`AlignedText`] piece by piece.
#[derive(Debug, Default)]
pub struct Builder {
    string: String,
    runs: Vec<Run>,
}

impl Builder {
    /// Appends text that stands unchanged at byte `source` of the input.
    pub fn copy(&mut self, piece: &str, source: usize) {
        let (text, source, len) = (self.string.len() as u32, source as u32, piece.len() as u32);
        self.string.push_str(piece);
        match self.runs.last_mut() {
            Some(r) if r.same && r.text + r.len == text && r.source + r.len == source => {
                r.len += len;
                r.source_len += len;
            }
            _ if len > 0 => self.runs.push(Run {
                text,
                len,
                source,
                source_len: len,
                same: true,
            }),
            _ => {}
        }
    }

    /// Appends text that the input spells otherwise: an entity, an escape, other bytes.
    pub fn stand_for(&mut self, piece: &str, source: Range<usize>) {
        if piece.is_empty() {
            return;
        }
        self.runs.push(Run {
            text: self.string.len() as u32,
            len: piece.len() as u32,
            source: source.start as u32,
            source_len: source.len() as u32,
            same: false,
        });
        self.string.push_str(piece);
    }

    /// Appends text that does not stand in the input.
    pub fn replace(&mut self, piece: &str) {
        self.string.push_str(piece);
    }

    /// Appends a stretch of a text that is aligned itself, with its places.
    pub fn extend(&mut self, text: &AlignedText, range: Range<usize>) {
        let (start, end) = (range.start as u32, range.end as u32);
        let whole = text.text.as_str();
        let first = text.runs.partition_point(|r| r.text + r.len <= start);
        let mut at = start;
        for run in text.runs.iter().skip(first).take_while(|r| r.text < end) {
            let (from, to) = (run.text.max(start), (run.text + run.len).min(end));
            self.replace(&whole[at as usize..from as usize]);
            let piece = &whole[from as usize..to as usize];
            if run.same {
                self.copy(piece, (run.source + (from - run.text)) as usize);
            } else {
                let source = run.source as usize;
                self.stand_for(piece, source..source + run.source_len as usize);
            }
            at = to;
        }
        self.replace(&whole[at as usize..range.end]);
    }

    /// The text so far.
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// The finished text.
    pub fn finish(self) -> AlignedText {
        AlignedText {
            text: Text::new(self.string),
            runs: self.runs,
        }
    }
}

impl AlignedText {
    /// A text equal to its source.
    pub fn identity(string: &str) -> Self {
        let mut b = Builder::default();
        b.copy(string, 0);
        b.finish()
    }

    /// Starts an empty one.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The canonical text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The bytes of the source that a range of the text came from.
    pub fn source(&self, range: TextRange) -> TextRange {
        let start = self.run(range.start).map_or(0, |r| {
            if r.same || range.start >= r.text + r.len {
                r.source + (range.start - r.text).min(r.source_len)
            } else {
                r.source
            }
        });
        let last = range.end.saturating_sub(1).max(range.start);
        let end = self.run(last).map_or(0, |r| {
            if r.same {
                r.source + (range.end - r.text).min(r.source_len)
            } else {
                r.source + r.source_len
            }
        });
        TextRange::new(start, end.max(start))
    }

    /// The last run that begins at a byte of the text or before it.
    fn run(&self, text: u32) -> Option<&Run> {
        let after = self.runs.partition_point(|r| r.text <= text);
        self.runs.get(after.checked_sub(1)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folded_newline_keeps_later_places_right() {
        let source = "one\r\ntwo";
        let mut b = AlignedText::builder();
        b.copy("one", 0);
        b.replace("\n");
        b.copy("two", 5);
        let t = b.finish();
        assert_eq!(t.text().as_str(), "one\ntwo");
        assert_eq!(&source[t.source(TextRange::new(4, 7)).usizes()], "two");
        assert_eq!(&source[t.source(TextRange::new(0, 3)).usizes()], "one");
    }

    #[test]
    fn an_entity_stands_for_its_own_bytes() {
        let source = "<p>Fish &amp; chips</p>";
        let mut b = AlignedText::builder();
        b.copy("Fish ", 3);
        b.stand_for("&", 8..13);
        b.copy(" chips", 13);
        let t = b.finish();
        let back = |start, end| &source[t.source(TextRange::new(start, end)).usizes()];
        assert_eq!(t.text().as_str(), "Fish & chips");
        assert_eq!(back(0, 6), "Fish &amp;");
        assert_eq!(back(5, 6), "&amp;");
        assert_eq!(back(7, 12), "chips");
    }

    #[test]
    fn a_stretch_of_aligned_text_keeps_its_places() {
        let mut b = AlignedText::builder();
        b.copy("one ", 10);
        b.stand_for("&", 14..19);
        b.replace("\n");
        b.copy("two", 30);
        let inner = b.finish();
        let mut outer = AlignedText::builder();
        outer.extend(&inner, 2..8);
        let t = outer.finish();
        assert_eq!(t.text().as_str(), "e &\ntw");
        assert_eq!(t.source(TextRange::new(0, 1)), TextRange::new(12, 13));
        assert_eq!(t.source(TextRange::new(2, 3)), TextRange::new(14, 19));
        assert_eq!(t.source(TextRange::new(4, 6)), TextRange::new(30, 32));
    }
}
