//! Where each character of the canonical text came from in the bytes that were read.

use crate::{Text, TextRange};

/// A run of text bytes copied unchanged from the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Run {
    text: u32,
    source: u32,
    len: u32,
}

/// Canonical text with its alignment to the input bytes, kept as runs.
///
/// Between runs the text differs from the source (a normalised newline, a decoded byte);
/// such a place maps to the edge of the run before it.
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
            Some(r) if r.text + r.len == text && r.source + r.len == source => r.len += len,
            _ if len > 0 => self.runs.push(Run { text, source, len }),
            _ => {}
        }
    }

    /// Appends text that does not stand in the input as it is.
    pub fn replace(&mut self, piece: &str) {
        self.string.push_str(piece);
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
        TextRange::new(self.source_at(range.start), self.source_at(range.end))
    }

    fn source_at(&self, text: u32) -> u32 {
        let after = self.runs.partition_point(|r| r.text <= text);
        match after.checked_sub(1).and_then(|i| self.runs.get(i)) {
            Some(r) => r.source + (text - r.text).min(r.len),
            None => 0,
        }
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
}
