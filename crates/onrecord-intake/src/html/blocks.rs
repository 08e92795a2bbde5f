//! A page's visible words as blocks: the runs of text between the boundaries that a browser
//! would put on lines of their own.
//!
//! Every block knows its element, how much of it is link or bold, and the place of each word in
//! the page. Left out: what a block is worth (`features`, `choice`).

use super::tag::Tag;
use super::tree::{Attr, Tree, is_glued};
use crate::draft::Piece;

/// A run of visible text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Run {
    /// Its words with their places.
    pub(crate) pieces: Vec<Piece>,
    /// The words joined.
    pub(crate) text: String,
    /// The element that holds it: the innermost that stands on lines of its own.
    pub(crate) element: usize,
    /// The node of its first text.
    pub(crate) first: usize,
    /// Pieces before which a line breaks, or which only the markup keeps apart from the last.
    pub(crate) breaks: Vec<usize>,
    /// Bytes of text in links.
    pub(crate) linked: usize,
    /// Bytes of text in bold or italics.
    pub(crate) marked: usize,
}

/// The visible blocks of a page in reading order.
pub(crate) fn of(tree: &Tree) -> Vec<Run> {
    let mut walk = Walk {
        tree,
        runs: Vec::new(),
        run: Run::default(),
        breaks: 0,
    };
    walk.all();
    walk.runs
}

struct Walk<'a> {
    tree: &'a Tree,
    runs: Vec<Run>,
    run: Run,
    /// `<br>` in a row: two end a paragraph.
    breaks: usize,
}

/// An element that the walk is in.
struct Open {
    end: usize,
    node: usize,
    is_block: bool,
    linked: bool,
    marked: bool,
}

impl Walk<'_> {
    fn all(&mut self) {
        let mut open: Vec<Open> = Vec::new();
        let mut at = 0;
        while let Some(node) = self.tree.nodes.get(at) {
            while let Some(inner) = open.pop_if(|o| o.end <= at) {
                if inner.is_block {
                    self.flush();
                }
            }
            if node.tag == Tag::Text {
                self.text(at, &open);
                at += 1;
                continue;
            }
            if node.tag == Tag::Br {
                self.breaks += 1;
                self.space();
                if self.breaks > 1 {
                    self.flush();
                }
            }
            if is_unseen(self.tree, at) {
                if node.tag.is_block() {
                    self.flush();
                }
                at = node.end as usize;
                continue;
            }
            let is_block = node.tag.is_block();
            if is_block {
                self.flush();
            }
            if node.end as usize > at + 1 {
                let outer = open.last();
                open.push(Open {
                    end: node.end as usize,
                    node: at,
                    is_block,
                    linked: node.tag == Tag::A || outer.is_some_and(|o| o.linked),
                    marked: matches!(node.tag, Tag::B | Tag::Strong | Tag::Em | Tag::I)
                        || outer.is_some_and(|o| o.marked),
                });
            }
            at += 1;
        }
        self.flush();
    }

    fn text(&mut self, at: usize, open: &[Open]) {
        let words = self.tree.text(at);
        if words.trim().is_empty() {
            if !words.is_empty() {
                self.space();
            }
            return;
        }
        let broken = std::mem::take(&mut self.breaks) > 0;
        if !self.run.pieces.is_empty() && (broken || is_glued(&self.run.text, words)) {
            self.run.breaks.push(self.run.pieces.len());
        }
        if self.run.pieces.is_empty() {
            let holder = open.iter().rfind(|o| o.is_block);
            self.run.element = holder.map_or(0, |o| o.node);
            self.run.first = at;
        }
        let text = folded(
            words,
            self.run.text.is_empty() || self.run.text.ends_with(' '),
        );
        if let Some(inner) = open.last() {
            self.run.linked += usize::from(inner.linked) * text.trim().len();
            self.run.marked += usize::from(inner.marked) * text.trim().len();
        }
        self.run.text.push_str(&text);
        self.run.pieces.push(Piece {
            text,
            source: Some(self.tree.source(at)),
        });
    }

    /// White space between two texts.
    fn space(&mut self) {
        if let Some(last) = self.run.pieces.last_mut()
            && !last.text.ends_with(' ')
        {
            last.text.push(' ');
            self.run.text.push(' ');
        }
    }

    fn flush(&mut self) {
        self.breaks = 0;
        let mut run = std::mem::take(&mut self.run);
        if let Some(last) = run.pieces.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            run.text.truncate(run.text.trim_end().len());
            self.runs.push(run);
        }
    }
}

/// Words with each stretch of white space as one space, without it at the start where `bare`.
fn folded(words: &str, bare: bool) -> String {
    let mut out = String::with_capacity(words.len());
    let mut gap = bare;
    for c in words.chars() {
        if c.is_whitespace() {
            if !gap {
                out.push(' ');
            }
            gap = true;
        } else {
            out.push(c);
            gap = false;
        }
    }
    out
}

/// Whether a reader of the page never sees what an element holds.
fn is_unseen(tree: &Tree, at: usize) -> bool {
    let tag = tree.nodes[at].tag;
    if tag.is_unseen() {
        return true;
    }
    if matches!(tag, Tag::Root | Tag::Html | Tag::Body) {
        return false;
    }
    if tree
        .attr(at, Attr::Hidden)
        .is_some_and(|v| v != "until-found")
    {
        return true;
    }
    let style = tree.attr(at, Attr::Style).unwrap_or_default();
    style.len() >= 12 && hides(style)
}

fn hides(style: &str) -> bool {
    let plain: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.to_ascii_lowercase();
    plain.contains("display:none") || plain.contains("visibility:hidden")
}
