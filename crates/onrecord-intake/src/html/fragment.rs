//! Markup that is an article already: a feed's entry, the body of an agency's item. All its
//! visible words are kept; nothing is chosen.

use onrecord_model::{AlignedText, Envelope, Metadata, SegmentLabel, Subject};
use serde_json::Value;

use super::tag::Tag;
use super::tree::Tree;
use super::{blocks, json_ld};
use crate::draft::{Block, Draft};
use crate::{bounds, formats};

/// Reads a piece of markup, or plain text; places are bytes of it.
pub(crate) fn fragment(markup: &str) -> Draft {
    let plain = !markup.contains('<');
    if plain && (!markup.contains('&') || markup.contains("\n\n")) {
        return formats::paragraphs(&AlignedText::identity(markup));
    }
    let (markup, cut) = bounds::page(markup);
    let tree = Tree::read(markup);
    let label = |tag: Tag| {
        if tag == Tag::H1 {
            Some(SegmentLabel::Headline)
        } else if tag.is_heading() {
            Some(SegmentLabel::Crosshead)
        } else if tag == Tag::Figcaption {
            Some(SegmentLabel::Caption)
        } else {
            None
        }
    };
    let runs = blocks::of(&tree).into_iter().map(|run| Block {
        label: label(tree.nodes[run.element].tag),
        pieces: run.pieces,
    });
    Draft {
        blocks: runs.collect(),
        problems: cut.into_iter().collect(),
        ..Draft::default()
    }
}

/// The articles that schema.org describes in a value, without their text.
pub(crate) fn schema_org(value: &Value) -> Vec<Draft> {
    let articles = json_ld::of(value).into_iter();
    articles
        .filter(|a| a.kind != "WebPage")
        .map(described)
        .collect()
}

fn described(article: json_ld::Article) -> Draft {
    let line = |words: &Option<String>, label| formats::line(words.as_deref()?, label);
    let headline = line(&article.headline, SegmentLabel::Headline);
    let correction = line(&article.correction, SegmentLabel::Correction);
    let date = |words: &Option<String>| formats::moment(words.as_deref()?);
    let section = article.section.into_iter().map(|name| Subject {
        name: Some(name),
        ..Subject::default()
    });
    Draft {
        blocks: headline.into_iter().chain(correction).collect(),
        authors: article.authors.into_iter().map(|a| a.name).collect(),
        envelope: Envelope {
            published: date(&article.published),
            outlet: article.publisher,
            url: article.url,
            language: article.language,
            metadata: Metadata {
                uri: article.identifier,
                updated: date(&article.modified).map(|d| d.to_string()),
                subjects: section.collect(),
                keywords: article.keywords,
                usageterms: article.terms,
                copyright: article.copyright,
                ..Metadata::default()
            },
        },
        ..Draft::default()
    }
}
