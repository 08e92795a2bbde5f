//! schema.org in a file of its own (`.jsonld`): `NewsArticle` and its kin, with `articleBody`.
//!
//! Left out: the same inside a page, which serves to find the page's own words (`html`).

use onrecord_model::{Problem, ProblemKind, SegmentLabel};

use super::json::{Fields, Node};
use super::newsml::paragraphs;
use crate::draft::{Block, Draft, Piece};
use crate::html;

/// Deeper than this nobody describes an article.
const DEEPEST: usize = 32;

/// Reads every article a value describes.
pub(super) fn read(node: Node<'_>) -> Vec<Draft> {
    let articles = html::schema_org(&node.value());
    if articles.is_empty() {
        return Vec::new();
    }
    let bodies = strings(node, "articleBody", 0);
    let mut bodies = bodies.into_iter();
    let mut out = Vec::new();
    for mut draft in articles {
        let text = bodies.next().and_then(Node::aligned);
        let body = text.map(|t| paragraphs(&t)).unwrap_or_default();
        if body.blocks.is_empty() {
            let why = "the description holds no text of the article";
            draft.problems.push(Problem::new(ProblemKind::NoText, why));
        }
        draft.blocks.extend(body.blocks);
        out.push(draft);
    }
    out
}

/// A line that stands in metadata only.
pub(crate) fn line(words: &str, label: SegmentLabel) -> Option<Block> {
    let (text, source) = (words.to_owned(), None);
    Some(Block::folded(&[Piece { text, source }])?.labelled(label))
}

/// The strings under a key, wherever they stand, in order.
fn strings<'s>(node: Node<'s>, key: &str, depth: usize) -> Vec<Node<'s>> {
    let mut out = Vec::new();
    if depth > DEEPEST {
        return out;
    }
    for (name, inner) in Fields::of(node).0 {
        if name == key {
            out.push(inner);
        } else {
            out.extend(strings(inner, key, depth + 1));
        }
    }
    out.extend(
        node.items()
            .into_iter()
            .flat_map(|i| strings(i, key, depth + 1)),
    );
    out
}
