//! The lines of a mail's plain text: how deep each is quoted, and which go on in the next one
//! where the mail says that its lines flow (RFC 3676).
//!
//! ```text
//! > The ferry to Harbourtown ·      depth 1, goes on (its last letter is a space)
//! > sails again.                    depth 1, ends
//! ```
//!
//! Left out: what the lines are (`history`), and lines that are wrapped without a word about it
//! (`layout`).

use mail_parser::{ContentType, MessagePart, MimeHeaders};
use onrecord_model::AlignedText;

use crate::draft::{Block, Draft, Piece};
use crate::formats::paragraphs;

/// What a mail says of the ends of its lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Flow {
    /// A line is a line.
    Fixed,
    /// A line that ends with a space goes on; `delete` says that the space is no part of it.
    Flowed { delete: bool },
}

impl Flow {
    /// What the headers of a part say.
    pub(super) fn of(part: &MessagePart<'_>) -> Self {
        part.content_type().map_or(Self::Fixed, Self::said)
    }

    fn said(kind: &ContentType<'_>) -> Self {
        let is = |name: &str, want: &str| {
            let value = kind.attribute(name);
            value.is_some_and(|v| v.eq_ignore_ascii_case(want))
        };
        if is("format", "flowed") {
            let delete = is("delsp", "yes");
            Self::Flowed { delete }
        } else {
            Self::Fixed
        }
    }
}

/// A line without its marks of quotation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Line<'t> {
    /// Its words; a space at the end is kept.
    pub(super) words: &'t str,
    /// The byte of the text they start at.
    pub(super) start: usize,
    /// How many marks of quotation stood before them.
    pub(super) depth: usize,
}

impl Line<'_> {
    pub(super) fn is_blank(&self) -> bool {
        self.words.trim().is_empty()
    }

    /// The line that opens a signature, which never goes on.
    pub(super) fn opens_signature(&self) -> bool {
        self.words == "-- "
    }
}

/// The lines of a text.
pub(super) fn lines(text: &str, flow: Flow) -> Vec<Line<'_>> {
    let mut at = 0;
    let cut = |line| {
        let start = at;
        at += str::len(line);
        unquoted(line.trim_end_matches(['\r', '\n']), start, flow)
    };
    text.split_inclusive('\n').map(cut).collect()
}

fn unquoted(line: &str, start: usize, flow: Flow) -> Line<'_> {
    let mut words = line;
    let mut depth = 0;
    while let Some(rest) = words.strip_prefix('>') {
        depth += 1;
        // "> > " is how mail that does not flow quotes twice.
        let spaced = rest.strip_prefix(' ').filter(|r| r.starts_with('>'));
        words = spaced.filter(|_| flow == Flow::Fixed).unwrap_or(rest);
    }
    // The space behind the marks, and the one that guards a line of flowed text.
    if depth > 0 || flow != Flow::Fixed {
        words = words.strip_prefix(' ').unwrap_or(words);
    }
    let start = start + line.len() - words.len();
    Line {
        words,
        start,
        depth,
    }
}

/// Lines that belong together as paragraphs; places are in what the text was made from.
pub(super) fn blocks(text: &AlignedText, lines: &[Line<'_>], flow: Flow) -> Vec<Block> {
    match flow {
        Flow::Fixed => {
            let mut out = AlignedText::builder();
            for line in lines {
                out.extend(text, line.start..line.start + line.words.len());
                out.replace("\n");
            }
            paragraphs(&out.finish()).blocks
        }
        Flow::Flowed { delete } => flowed(text, lines, delete),
    }
}

fn flowed(text: &AlignedText, lines: &[Line<'_>], delete: bool) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut pieces = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let same = lines.get(i + 1).is_some_and(|n| n.depth == line.depth);
        let soft = line.words.strip_suffix(' ');
        let soft = soft.filter(|_| same && !line.opens_signature());
        let words = soft.filter(|_| delete).unwrap_or(line.words);
        pieces.push(Piece {
            text: words.to_owned(),
            source: Some(line.start..line.start + words.len()),
        });
        if soft.is_none() {
            blocks.extend(Block::folded(&pieces));
            pieces.clear();
        }
    }
    Draft::of(blocks).lowered(text).blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, flow: Flow, want: &[&str]) {
        let whole = AlignedText::identity(text);
        let found = blocks(&whole, &lines(text, flow), flow);
        let found: Vec<String> = found.iter().map(Block::text).collect();
        assert_eq!(found, want);
    }

    #[test]
    fn flowed_lines_are_joined() {
        let flowed = Flow::Flowed { delete: false };
        check(
            "The mayor said the ferry \r\nsails again.\r\nIt was late.\r\n",
            flowed,
            &["The mayor said the ferry sails again.", "It was late."],
        );
        check(
            "She said \n> He left \n> home.\n",
            flowed,
            &["She said", "He left home."],
        );
        check(
            " From here \nto there.\n-- \nLena\n",
            flowed,
            &["From here to there.", "--", "Lena"],
        );
        check(
            "The har \nbour.\n",
            Flow::Flowed { delete: true },
            &["The harbour."],
        );
        check("One \nTwo\n", Flow::Fixed, &["One", "Two"]);
    }

    #[test]
    fn marks_of_quotation_are_counted() {
        let depths = |text, flow| {
            lines(text, flow)
                .iter()
                .map(|l| (l.depth, l.words))
                .collect::<Vec<_>>()
        };
        let fixed = [(0, "a"), (1, "b"), (2, "c"), (2, "d"), (1, "")];
        assert_eq!(depths("a\n> b\n>> c\n> > d\n>\n", Flow::Fixed), fixed);
        let flowed = [(2, "c "), (1, "> d")];
        assert_eq!(
            depths(">> c \n> > d", Flow::Flowed { delete: false }),
            flowed
        );
    }
}
