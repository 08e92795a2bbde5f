//! A report as its carrier's markup gives it, before it is text: blocks in reading order, each
//! of pieces that know where in the source they stand, and what the carrier says beside them.
//!
//! Every structured format (a web page, NITF, ninjs, a feed's entry) is read into a [`Draft`];
//! one place turns drafts into reports.
//!
//! Left out: which line is a byline or a credit where the markup does not say (`structure`).

use std::ops::Range;

use onrecord_model::{Envelope, Problem, SegmentLabel};

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
}
