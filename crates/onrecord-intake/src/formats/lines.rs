//! Lines of text from a tree of newsroom XML: paragraphs, headings, list items, rows of tables.
//!
//! ```text
//! <p>The pier broke.<o:p/></p><ul><li>One.</li></ul>    "The pier broke."  "One."
//! ```
//!
//! No words are lost: what stands between blocks is a block. Left out: which line is what where
//! its element does not say (`structure`).

use onrecord_model::SegmentLabel;

use super::xml::{Element, Step};
use crate::draft::{Block, Piece};

/// The blocks in an element, in order, and the words between them, which are blocks too.
pub(super) fn of(element: Element<'_>) -> Vec<Block> {
    let mut lines = Lines::default();
    lines.read(element, true);
    lines.out
}

/// The paragraphs and headings of an element that is not known; all its words when it has none.
pub(super) fn of_known(element: Element<'_>) -> Vec<Block> {
    let mut lines = Lines::default();
    lines.read(element, false);
    if lines.out.is_empty() {
        lines.out.extend(element.block());
    }
    lines.out
}

/// What an element is among lines.
enum Kind {
    /// On lines of its own, with what the markup says it is.
    Block(Option<SegmentLabel>),
    /// Apart from the words before it, in the same line.
    Cell,
    /// Not read.
    Unseen,
    /// Within a line.
    Inline,
}

fn kind(name: &str) -> Kind {
    match name {
        "p" | "li" | "dt" | "dd" | "pre" | "tr" | "blockquote" | "bq" | "ul" | "ol" | "dl"
        | "table" | "div" | "section" | "article" | "body" | "block" | "figure" | "hr"
        | "media" => Kind::Block(None),
        "hl1" | "hl2" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            Kind::Block(Some(SegmentLabel::Crosshead))
        }
        "media-caption" | "caption" | "figcaption" => Kind::Block(Some(SegmentLabel::Caption)),
        "media-producer" => Kind::Block(Some(SegmentLabel::Image)),
        "td" | "th" | "br" => Kind::Cell,
        "head" | "script" | "style" | "media-reference" | "media-metadata" => Kind::Unseen,
        _ => Kind::Inline,
    }
}

/// Whether a block holds words and, but for faults, no other blocks.
fn is_line(name: &str) -> bool {
    matches!(
        name,
        "p" | "li" | "dt" | "dd" | "pre" | "tr" | "caption" | "figcaption" | "media-caption"
    ) || name.starts_with("hl")
}

/// A block that a line stands in.
struct Open<'t> {
    label: Option<SegmentLabel>,
    prefix: &'t str,
    /// It is a line and holds no blocks.
    is_line: bool,
}

/// A walk through markup that gathers its lines.
#[derive(Default)]
struct Lines<'t> {
    out: Vec<Block>,
    /// The words of the line being read.
    words: Vec<Piece>,
    /// The blocks it stands in, outermost first.
    open: Vec<Open<'t>>,
    /// Elements that are not read and open.
    unseen: usize,
}

impl<'t> Lines<'t> {
    /// Reads what an element holds; `whole` says whether words outside of blocks count.
    fn read(&mut self, element: Element<'t>, whole: bool) {
        for step in element.steps() {
            match step {
                Step::Into(inner) => match self.kind(inner) {
                    Kind::Unseen => self.unseen += 1,
                    Kind::Block(label) => {
                        self.end();
                        self.open.push(Open {
                            label,
                            prefix: inner.prefix(),
                            is_line: is_line(inner.name()),
                        });
                    }
                    Kind::Cell => self.words.push(space()),
                    Kind::Inline => {}
                },
                Step::OutOf(inner) => match self.kind(inner) {
                    Kind::Unseen => self.unseen = self.unseen.saturating_sub(1),
                    Kind::Block(_) => {
                        self.end();
                        self.open.pop();
                    }
                    Kind::Cell | Kind::Inline => {}
                },
                Step::Words(piece) if self.unseen == 0 && (whole || !self.open.is_empty()) => {
                    self.words.push(piece.clone());
                }
                Step::Words(_) => {}
            }
        }
        self.end();
    }

    /// What an element is here: one of another vocabulary within a line (`<o:p/>`, which word
    /// processors leave in paragraphs) is a part of that line.
    fn kind(&self, element: Element<'_>) -> Kind {
        let foreign = |own: &Open<'_>| {
            own.is_line && !element.prefix().is_empty() && element.prefix() != own.prefix
        };
        if self.open.last().is_some_and(foreign) {
            return Kind::Inline;
        }
        kind(element.name())
    }

    /// Ends the line being read.
    fn end(&mut self) {
        let words = std::mem::take(&mut self.words);
        let label = self.open.iter().rev().find_map(|o| o.label);
        let Some(block) = Block::folded(&words) else {
            return;
        };
        if !super::holds_tags(&block.text()) {
            return self.out.push(Block { label, ..block });
        }
        // Markup that was escaped is markup still.
        let text = crate::draft::join(&words);
        let inner = crate::html::fragment(text.text().as_str()).lowered(&text);
        let inner = inner.blocks.into_iter();
        self.out.extend(inner.map(|b| Block {
            label: label.or(b.label),
            ..b
        }));
    }
}

/// A space that the markup stands for.
pub(super) fn space() -> Piece {
    let (text, source) = (" ".into(), None);
    Piece { text, source }
}

#[cfg(test)]
mod tests {
    use super::super::xml::Tree;
    use super::*;

    fn texts(markup: &str) -> Vec<String> {
        let tree = Tree::parse(markup);
        let found = tree.root().map(of).unwrap_or_default();
        found.iter().map(Block::text).collect()
    }

    #[test]
    fn no_words_are_lost_between_blocks_or_before_other_vocabularies() {
        for (markup, want) in [
            (
                "<c><p>The pier broke.<o:p/></p><p>It is shut.</p></c>",
                &["The pier broke.", "It is shut."][..],
            ),
            (
                "<c><p>The <st1:place>pier<o:p> in</o:p></st1:place> Vella.</p></c>",
                &["The pier in Vella."],
            ),
            (
                "<c><div><x:p>One.</x:p><x:p>Two.</x:p></div></c>",
                &["One.", "Two."],
            ),
            (
                "<x:c><x:p>One.</x:p><x:p>Two.<w:p>Three.</w:p></x:p></x:c>",
                &["One.", "Two.Three."],
            ),
            (
                "<c>Before.<p>In:<ul><li>one</li><li>two</li></ul>after.</p>Behind.</c>",
                &["Before.", "In:", "one", "two", "after.", "Behind."],
            ),
            (
                "<c><table><tr><td>Malta</td><td>2 million</td></tr></table><p>a<br/>b</p></c>",
                &["Malta 2 million", "a b"],
            ),
            ("<c>Words <em>alone</em>.</c>", &["Words alone."]),
        ] {
            assert_eq!(texts(markup), want, "{markup}");
        }
    }

    #[test]
    fn escaped_markup_is_no_text() {
        let markup = "<c><p>One.</p><p>&lt;script src=\"https://a.example/d.js\"&gt;&lt;/script&gt;</p><p>&lt;p&gt;Two &lt;b&gt;and&lt;/b&gt; three.&lt;/p&gt;</p><p>4 &lt; 5 &lt;said&gt;</p></c>";
        assert_eq!(texts(markup), ["One.", "Two and three.", "4 < 5 <said>"]);
    }
}
