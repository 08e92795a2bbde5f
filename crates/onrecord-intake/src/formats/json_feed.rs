//! JSON Feed 1.0 and 1.1: each item is a report.
//!
//! Source: jsonfeed.org/version/1.1. Left out: attachments and hubs.

use onrecord_model::{Envelope, Metadata, Problem, ProblemKind, SegmentLabel};

use super::json::{Fields, Node};
use super::moment;
use super::newsml::paragraphs;
use crate::draft::Draft;
use crate::html;

/// Whether an object is a feed.
pub(super) fn is_feed(fields: &Fields<'_>) -> bool {
    fields
        .words(&["version"])
        .is_some_and(|v| v.contains("jsonfeed.org/version"))
}

/// Reads the items of a feed.
pub(super) fn read(feed: &Fields<'_>) -> Vec<Draft> {
    let items = feed.get(&["items"]).map(Node::items).unwrap_or_default();
    let read = |node| {
        let fields = Fields::of(node);
        let mut draft = item(&fields);
        draft.is_item = true;
        draft.envelope.outlet = feed.words(&["title"]);
        draft.envelope.language = fields.words(&["language"]).or(feed.words(&["language"]));
        draft
    };
    items.into_iter().map(read).collect()
}

fn item(fields: &Fields<'_>) -> Draft {
    let text = |names: &[&str]| fields.get(names).and_then(Node::aligned);
    let html = text(&["content_html"]).map(|t| html::fragment(t.text().as_str()).lowered(&t));
    let plain = || text(&["content_text"]).map(|t| paragraphs(&t));
    let full = html.filter(|d| !d.blocks.is_empty()).or_else(plain);
    let mut draft = full.unwrap_or_else(|| {
        let mut draft = text(&["summary"])
            .map(|t| paragraphs(&t))
            .unwrap_or_default();
        let problem = if draft.blocks.is_empty() {
            Problem::new(ProblemKind::NoText, "the feed gives a title and no text")
        } else {
            let why = "the feed gives a summary and not the report";
            Problem::new(ProblemKind::Excerpt, why)
        };
        draft.problems.push(problem);
        draft
    });
    if let Some(title) = text(&["title"]) {
        let lines = paragraphs(&title).blocks.into_iter().take(1);
        let title = lines.map(|b| b.labelled(SegmentLabel::Headline));
        draft.blocks.splice(0..0, title);
    }
    let authors = fields.get(&["authors"]).map(Node::items);
    let authors = authors.unwrap_or_default().into_iter();
    let one = fields.get(&["author"]).into_iter();
    draft.authors = authors
        .chain(one)
        .filter_map(|a| Fields::of(a).words(&["name"]))
        .collect();
    let date = |name: &str| moment::read(&fields.words(&[name])?);
    let modified = date("date_modified");
    let tags = fields.get(&["tags"]).map(Node::items).unwrap_or_default();
    draft.envelope = Envelope {
        published: date("date_published").or_else(|| modified.clone()),
        url: fields.words(&["url", "external_url"]),
        metadata: Metadata {
            uri: fields.words(&["id"]),
            updated: modified.map(|m| m.to_string()),
            keywords: tags.into_iter().filter_map(Node::words).collect(),
            ..Metadata::default()
        },
        ..Envelope::default()
    };
    draft
}
