//! A report as its carrier's markup gives it, before it is text: blocks in reading order, each
//! of pieces that know where in the source they stand, and what the carrier says beside them.
//!
//! Every structured format (a web page, NITF, ninjs, a feed's entry) is read into a [`Draft`];
//! [`Draft::lay_out`] turns it into a text and its units.
//!
//! Left out: which line is a byline or a credit where the markup does not say (`structure`).

use std::ops::Range;

use onrecord_model::{AlignedText, AlignedTextBuilder, Envelope, Problem, SegmentLabel};

use crate::layout::Unit;

/// Words with their place in the source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Piece {
    /// The words as they are read: entities resolved, white space folded.
    pub(crate) text: String,
    /// The bytes of the decoded source they stand for; `None` for words the source has not.
    pub(crate) source: Option<Range<usize>>,
}

/// A paragraph, a heading, a caption, a list item, a line of verse or of a table.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Block {
    /// What the markup says it is; `None` where its words and place must tell (running text).
    pub(crate) label: Option<SegmentLabel>,
    /// Its words in order; joined they are one line of text.
    pub(crate) pieces: Vec<Piece>,
}

impl Block {
    /// Its words.
    pub(crate) fn text(&self) -> String {
        self.pieces.iter().map(|p| p.text.as_str()).collect()
    }

    /// The same words, told what they are.
    pub(crate) fn labelled(mut self, label: SegmentLabel) -> Self {
        self.label = Some(label);
        self
    }

    /// Pieces as one line: each stretch of white space is one space, none at the ends. `None`
    /// when there is nothing else.
    pub(crate) fn folded(pieces: &[Piece]) -> Option<Self> {
        let mut out: Vec<Piece> = Vec::new();
        let mut gap: Option<Piece> = None;
        for piece in pieces {
            let mut end = 0;
            for word in piece.text.split_whitespace() {
                let start = word.as_ptr() as usize - piece.text.as_ptr() as usize;
                if start > end {
                    gap.get_or_insert_with(|| piece.space(end..start));
                }
                if !out.is_empty() {
                    out.extend(gap.take());
                }
                gap = None;
                end = start + word.len();
                out.push(piece.part(start..end));
            }
            if end < piece.text.len() {
                gap.get_or_insert_with(|| piece.space(end..piece.text.len()));
            }
        }
        let (label, pieces) = (None, merged(out));
        (!pieces.is_empty()).then_some(Self { label, pieces })
    }
}

impl Piece {
    /// Takes white space off its beginning.
    pub(crate) fn trim_start(&mut self) {
        let from = self.text.len() - self.text.trim_start().len();
        *self = self.part(from..self.text.len());
    }

    /// Takes white space off its end.
    pub(crate) fn trim_end(&mut self) {
        *self = self.part(0..self.text.trim_end().len());
    }

    /// A part of it with its place; words that are spelt otherwise in the source keep the place
    /// of the whole.
    fn part(&self, range: Range<usize>) -> Self {
        let source = self.source.as_ref().map(|s| {
            if s.len() == self.text.len() {
                s.start + range.start..s.start + range.end
            } else {
                s.clone()
            }
        });
        let text = self.text[range].to_owned();
        Self { text, source }
    }

    /// A stretch of white space as one space.
    fn space(&self, range: Range<usize>) -> Self {
        let text = " ".into();
        Self {
            text,
            ..self.part(range)
        }
    }
}

/// Joins pieces that follow each other in the source as they do here.
fn merged(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        let same = |p: &Piece| p.source.as_ref().is_some_and(|s| s.len() == p.text.len());
        match out.last_mut() {
            Some(last) if same(last) && same(&piece) => {
                let (Some(a), Some(b)) = (&mut last.source, &piece.source) else {
                    continue;
                };
                if a.end == b.start {
                    a.end = b.end;
                    last.text.push_str(&piece.text);
                } else {
                    out.push(piece);
                }
            }
            _ => out.push(piece),
        }
    }
    out
}

/// Pieces as a text that knows where they stand.
pub(crate) fn join(pieces: &[Piece]) -> AlignedText {
    let mut out = AlignedText::builder();
    for piece in pieces {
        put(&mut out, piece);
    }
    out.finish()
}

fn put(out: &mut AlignedTextBuilder, piece: &Piece) {
    match &piece.source {
        Some(s) if s.len() == piece.text.len() => out.copy(&piece.text, s.start),
        Some(s) => out.stand_for(&piece.text, s.clone()),
        None => out.replace(&piece.text),
    }
}

/// An article and what its carrier says of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Draft {
    /// Headline, teaser, byline, body: in reading order, no block twice.
    pub(crate) blocks: Vec<Block>,
    /// Who signed it, as the metadata says, without "By".
    pub(crate) authors: Vec<String>,
    /// Dates, outlet, address, language, codes.
    pub(crate) envelope: Envelope,
    /// What went wrong.
    pub(crate) problems: Vec<Problem>,
    /// It is a page of the web, which may name another as the original.
    pub(crate) is_page: bool,
    /// It is an item of a list: where the list stands, the report does not.
    pub(crate) is_item: bool,
    /// Reports that came with it: what a mail has attached.
    pub(crate) further: Vec<Draft>,
}

impl Draft {
    /// Blocks and nothing said beside them.
    pub(crate) fn of(blocks: Vec<Block>) -> Self {
        Self {
            blocks,
            ..Self::default()
        }
    }

    /// Moves the places of its pieces, and of the reports that came with it.
    pub(crate) fn move_places(&mut self, to: impl Fn(&Range<usize>) -> Range<usize>) {
        let all = std::iter::once(&mut self.blocks);
        let all = all.chain(self.further.iter_mut().map(|d| &mut d.blocks));
        for piece in all.flatten().flat_map(|b| &mut b.pieces) {
            piece.source = piece.source.as_ref().map(&to);
        }
    }

    /// Moves the places of its pieces from a text to what the text was made from.
    pub(crate) fn lowered(mut self, text: &AlignedText) -> Self {
        self.move_places(|place| {
            let range = onrecord_model::TextRange::of(place.start, place.end);
            text.source(range).usizes()
        });
        self
    }

    /// Its text, a paragraph for each block, and the units of that text; `source` is what the
    /// places of its pieces are in.
    pub(crate) fn lay_out(&self, source: &AlignedText) -> (AlignedText, Vec<Unit>) {
        self.laid(|out, piece| lay(out, piece, source))
    }

    /// The same where the places are bytes of the input.
    pub(crate) fn lay_out_bytes(&self) -> (AlignedText, Vec<Unit>) {
        self.laid(put)
    }

    fn laid(&self, put: impl Fn(&mut AlignedTextBuilder, &Piece)) -> (AlignedText, Vec<Unit>) {
        let mut out = AlignedText::builder();
        let mut units = Vec::new();
        for block in &self.blocks {
            if !out.as_str().is_empty() {
                out.replace("\n\n");
            }
            let start = out.as_str().len();
            for piece in &block.pieces {
                put(&mut out, piece);
            }
            let end = out.as_str().len();
            let (label, apart) = (block.label, true);
            units.push(Unit {
                start,
                end,
                apart,
                label,
            });
        }
        (out.finish(), units)
    }
}

fn lay(out: &mut AlignedTextBuilder, piece: &Piece, source: &AlignedText) {
    let Some(place) = &piece.source else {
        return out.replace(&piece.text);
    };
    if source.text().as_str().get(place.clone()) == Some(&piece.text) {
        return out.extend(source, place.clone());
    }
    let range = onrecord_model::TextRange::of(place.start, place.end);
    out.stand_for(&piece.text, source.source(range).usizes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, start: usize) -> Piece {
        Piece {
            text: text.into(),
            source: Some(start..start + text.len()),
        }
    }

    #[test]
    fn folding_keeps_places() {
        let source = "  The  line \n reopened  today.  ";
        let block = Block::folded(&[piece(&source[..12], 0), piece(&source[12..], 12)]).unwrap();
        assert_eq!(block.text(), "The line reopened today.");
        for p in &block.pieces {
            let place = p.source.clone().unwrap();
            let there = source[place].split_whitespace().collect::<Vec<_>>();
            assert_eq!(there, p.text.split_whitespace().collect::<Vec<_>>());
        }
        assert_eq!(Block::folded(&[piece(" \n ", 0)]), None);
    }

    #[test]
    fn a_laid_out_draft_leads_back_to_the_source() {
        let source = AlignedText::identity("<h1>Fish &amp; chips</h1><p>Sold.</p>");
        let amp = Piece {
            text: "&".into(),
            source: Some(9..14),
        };
        let draft = Draft {
            blocks: vec![
                Block {
                    label: Some(SegmentLabel::Headline),
                    pieces: vec![piece("Fish ", 4), amp, piece(" chips", 14)],
                },
                Block {
                    label: None,
                    pieces: vec![piece("Sold.", 28)],
                },
            ],
            ..Draft::default()
        };
        let (text, units) = draft.lay_out(&source);
        assert_eq!(text.text().as_str(), "Fish & chips\n\nSold.");
        assert_eq!(units.len(), 2);
        let back = text.source(onrecord_model::TextRange::new(14, 18));
        assert_eq!(&source.text().as_str()[back.usizes()], "Sold");
        let amp = text.source(onrecord_model::TextRange::new(5, 6));
        assert_eq!(&source.text().as_str()[amp.usizes()], "&amp;");
    }
}
