//! Text and places in it: byte ranges inside, code points outside, one conversion.
//!
//! A [`Span`] can only be made by a [`Text`], so its quote is always the words at its place.
//! A span that came in from JSON has no byte range until [`Text::verify`] has found its words
//! where it says they are.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes of a report's text. Internal: never serialised.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TextRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl TextRange {
    /// A range from `start` to `end`; an `end` before `start` is read as empty at `start`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self {
            start,
            end: if end < start { start } else { end },
        }
    }

    /// From `usize` offsets, as string searches give them.
    pub const fn of(start: usize, end: usize) -> Self {
        Self::new(start as u32, end as u32)
    }

    /// Number of bytes.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest range that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// As a range of `usize`, for slicing.
    pub const fn usizes(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl fmt::Debug for TextRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Words of the report: `{"start","end","quote"}` in Unicode code points, half-open.
///
/// Made by [`Text::span`] only, so `text[start..end] == quote` always holds.
#[derive(
    Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct Span {
    start: u32,
    end: u32,
    quote: Box<str>,
    #[serde(skip)]
    #[schemars(skip)]
    range: TextRange,
}

impl Span {
    /// First code point.
    pub const fn start(&self) -> u32 {
        self.start
    }

    /// One past the last code point.
    pub const fn end(&self) -> u32 {
        self.end
    }

    /// The words.
    pub fn quote(&self) -> &str {
        &self.quote
    }

    /// The same place in bytes. Empty in a span that came from JSON and was not yet
    /// verified; see [`Text::verify`].
    pub const fn range(&self) -> TextRange {
        self.range
    }
}

/// Why a span could not be made or believed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SpanError {
    /// The range ends after the text or inside a character.
    #[error("the range {0:?} is not on character boundaries of the text")]
    OffBoundary(TextRange),
    /// The words at the place are not the quoted ones.
    #[error("the text at {start}..{end} does not read `{quote}`")]
    NotTheWords {
        /// First code point.
        start: u32,
        /// One past the last code point.
        end: u32,
        /// What the span claims to quote.
        quote: String,
    },
}

/// One checkpoint of the code-point count in every this many bytes.
const STRIDE: usize = 128;

/// The canonical text of a report, with the table that turns bytes into code points.
/// Cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct Text {
    inner: Arc<Inner>,
}

#[derive(PartialEq, Eq)]
struct Inner {
    string: Box<str>,
    /// `checkpoints[i]`: code points that start before byte `i * STRIDE`. Empty for ASCII.
    checkpoints: Vec<u32>,
}

impl Text {
    /// Takes a string as canonical text.
    pub fn new(string: impl Into<Box<str>>) -> Self {
        let string = string.into();
        let checkpoints = if string.is_ascii() {
            Vec::new()
        } else {
            checkpoints(&string)
        };
        Self {
            inner: Arc::new(Inner {
                string,
                checkpoints,
            }),
        }
    }

    /// The whole string.
    pub fn as_str(&self) -> &str {
        &self.inner.string
    }

    /// The words of a range; empty when it is not on character boundaries.
    pub fn slice(&self, range: TextRange) -> &str {
        self.as_str().get(range.usizes()).unwrap_or_default()
    }

    /// Makes a span.
    ///
    /// # Errors
    /// [`SpanError::OffBoundary`] when the range is outside the text or cuts a character.
    pub fn span(&self, range: TextRange) -> Result<Span, SpanError> {
        let quote = self
            .as_str()
            .get(range.usizes())
            .ok_or(SpanError::OffBoundary(range))?;
        let start = self.code_point(range.start as usize);
        let end = start + quote.chars().count() as u32;
        Ok(Span {
            start,
            end,
            quote: quote.into(),
            range,
        })
    }

    /// Makes a span of a range with white space cut at both edges; `None` when nothing is left
    /// or the range is off the characters.
    pub fn trimmed(&self, range: TextRange) -> Option<Span> {
        let words = self.as_str().get(range.usizes())?;
        let start = range.start as usize + (words.len() - words.trim_start().len());
        let end = start + words.trim().len();
        (start < end)
            .then(|| self.span(TextRange::of(start, end)).ok())
            .flatten()
    }

    /// Finds a span's words where it says they are and returns it with its byte range.
    ///
    /// # Errors
    /// [`SpanError::NotTheWords`] when the text at the span's place does not read so.
    pub fn verify(&self, span: &Span) -> Result<Span, SpanError> {
        let wrong = || SpanError::NotTheWords {
            start: span.start,
            end: span.end,
            quote: span.quote.to_string(),
        };
        let start = self.byte(span.start).ok_or_else(wrong)?;
        let end = start + span.quote.len();
        let found = self.as_str().get(start..end).ok_or_else(wrong)?;
        if *found != *span.quote || span.start + found.chars().count() as u32 != span.end {
            return Err(wrong());
        }
        Ok(Span {
            range: TextRange::of(start, end),
            ..span.clone()
        })
    }

    /// The byte range of a range of code points; `None` past the end of the text.
    pub fn code_points(&self, start: u32, end: u32) -> Option<TextRange> {
        Some(TextRange::of(self.byte(start)?, self.byte(end)?))
    }

    /// Code points before a byte that starts a character.
    fn code_point(&self, byte: usize) -> u32 {
        let Some(&before) = self.inner.checkpoints.get(byte / STRIDE) else {
            return byte as u32;
        };
        let from = byte / STRIDE * STRIDE;
        before + starts(&self.as_str().as_bytes()[from..byte])
    }

    /// The byte at which a code point starts; the text's length for the one past the last.
    fn byte(&self, code_point: u32) -> Option<usize> {
        if self.inner.checkpoints.is_empty() {
            return (code_point as usize <= self.as_str().len()).then_some(code_point as usize);
        }
        let block = self
            .inner
            .checkpoints
            .partition_point(|&n| n <= code_point)
            .checked_sub(1)?;
        let mut left = code_point - self.inner.checkpoints[block];
        for (i, b) in self.as_str().bytes().enumerate().skip(block * STRIDE) {
            if is_start(b) {
                if left == 0 {
                    return Some(i);
                }
                left -= 1;
            }
        }
        (left == 0).then_some(self.as_str().len())
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

const fn is_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|b| is_start(**b)).count() as u32
}

fn checkpoints(string: &str) -> Vec<u32> {
    let mut out = vec![0];
    let mut n = 0;
    for block in string.as_bytes().chunks(STRIDE) {
        n += starts(block);
        out.push(n);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_span_quotes_code_points() {
        let text = Text::new("Ünïted “Nations” 🕊 said");
        let at = text.as_str().find("Nations").unwrap();
        let span = text.span(TextRange::of(at, at + 7)).unwrap();
        assert_eq!((span.start(), span.end(), span.quote()), (8, 15, "Nations"));
    }

    #[test]
    fn a_range_inside_a_character_is_refused() {
        assert!(Text::new("é").span(TextRange::new(0, 1)).is_err());
        assert!(Text::new("e").span(TextRange::new(0, 2)).is_err());
    }

    proptest! {
        #[test]
        fn every_span_survives_the_way_out_and_back(s in "[a-zé€🕊 \n]{0,400}", a in 0usize..400, b in 0usize..400) {
            let text = Text::new(s.clone());
            let mut bounds: Vec<usize> = s.char_indices().map(|(i, _)| i).collect();
            bounds.push(s.len());
            let (a, b) = (bounds[a % bounds.len()], bounds[b % bounds.len()]);
            let span = text.span(TextRange::of(a.min(b), a.max(b))).unwrap();
            let chars: Vec<char> = s.chars().collect();
            let out: String = chars[span.start() as usize..span.end() as usize].iter().collect();
            prop_assert_eq!(&out, span.quote());
            let json = serde_json::to_string(&span).unwrap();
            let back: Span = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(text.verify(&back).unwrap(), span);
        }

        #[test]
        fn a_moved_span_is_not_believed(s in "[a-z]{20,40}", by in 1u32..5) {
            let text = Text::new(format!("{s}é{s}"));
            let span = text.span(TextRange::new(0, 10)).unwrap();
            let json = serde_json::json!({"start": span.start() + by, "end": span.end() + by, "quote": "not these.."});
            let moved: Span = serde_json::from_value(json).unwrap();
            prop_assert!(text.verify(&moved).is_err());
        }
    }
}
