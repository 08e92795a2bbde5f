//! ninjs 1.x to 3.x, the JSON of agencies.
//!
//! Version 1 names its texts in the key (`body_text`, `headline`), 2 and 3 keep lists of them
//! with a role (`bodies`, `headlines`); 3 writes its keys in camel case. A text with markup is
//! taken before the same one without, for it keeps paragraphs.
//!
//! Source: IPTC, ninjs schemas 1.6, 2.2 and 3.1. Left out: `associations` (pictures and other
//! items).

use onrecord_model::{Envelope, Metadata, Problem, ProblemKind, PubStatus, SegmentLabel, Subject};

use super::json::{Fields, Node};
use super::newsml::paragraphs;
use super::xml::Tree;
use super::{moment, nitf};
use crate::draft::{Block, Draft, Piece};
use crate::html;

/// Whether an object is a ninjs item: one with an address and a kind or a text, or with both
/// of these.
pub(super) fn is_item(fields: &Fields<'_>) -> bool {
    let has = |names: &[&str]| fields.get(names).is_some();
    let typed = fields.words(&["$standard"]).is_some()
        || has(&["pubstatus", "pubStatus", "versioncreated", "versionCreated"])
        || has(&["representationtype", "representationType", "profile"]);
    let texts = has(&["bodies", "headlines", "headline", "descriptions"])
        || fields.0.iter().any(|(name, _)| name.starts_with("body_"));
    // Some agencies leave the address out.
    has(&["uri"]) && (typed || texts) || typed && texts
}

/// Reads an item.
pub(super) fn read(fields: &Fields<'_>) -> Draft {
    let mut draft = body(fields);
    let titled = |b: &Block| b.label == Some(SegmentLabel::Headline);
    let name = || {
        fields
            .get(&["title"])
            .filter(|_| !draft.blocks.iter().any(titled))
    };
    let headline = role(fields, "headlines", "main")
        .or_else(|| fields.get(&["headline"]))
        .or_else(name)
        .and_then(line);
    if let Some(headline) = headline {
        let said = headline.text();
        // Some agencies repeat the headline as the first line of the text.
        if draft.blocks.first().is_some_and(|b| b.text() == said) {
            draft.blocks.remove(0);
        }
        let headline = headline.labelled(SegmentLabel::Headline);
        draft.blocks.insert(0, headline);
    }
    if !draft.blocks.iter().any(|b| b.label.is_none()) {
        summary(fields, &mut draft);
    }
    if let Some(by) = fields.words(&["byline", "by"]) {
        draft.authors = vec![by];
    }
    draft.envelope = envelope(fields).or(draft.envelope);
    draft
}

/// The text of a string as one block.
fn line(node: Node<'_>) -> Option<Block> {
    let text = node.aligned()?;
    let whole = text.text().as_str().to_owned();
    let piece = Piece {
        source: Some(0..whole.len()),
        text: whole,
    };
    let block = Block::folded(&[piece])?;
    Draft::of(vec![block]).lowered(&text).blocks.pop()
}

/// The value with a role in a list of them; the first when none has it.
fn role<'s>(fields: &Fields<'s>, list: &str, role: &str) -> Option<Node<'s>> {
    let items: Vec<Fields<'s>> = fields
        .get(&[list])?
        .items()
        .into_iter()
        .map(Fields::of)
        .collect();
    let fits = |f: &&Fields<'_>| f.words(&["role"]).as_deref() == Some(role);
    let found = items.iter().find(fits).or_else(|| items.first())?;
    found.get(&["value"])
}

/// The fullest form of the text: markup of a newsroom, of the web, then plain.
fn body(fields: &Fields<'_>) -> Draft {
    let mut texts: Vec<(u8, Node<'_>)> = Vec::new();
    for (name, node) in &fields.0 {
        if let Some(kind) = name.strip_prefix("body_") {
            texts.push((rank(kind), *node));
        }
    }
    let bodies = fields.get(&["bodies"]).map(Node::items).unwrap_or_default();
    for body in bodies.into_iter().map(Fields::of) {
        let kind = body
            .words(&["contenttype", "contentType"])
            .or_else(|| body.words(&["role"]));
        if let Some(node) = body.get(&["value"]) {
            texts.push((rank(kind.as_deref().unwrap_or_default()), node));
        }
    }
    texts.sort_by_key(|(rank, _)| *rank);
    let drafts = texts
        .into_iter()
        .filter_map(|(rank, node)| read_as(rank, node));
    drafts
        .into_iter()
        .find(|d| !d.blocks.is_empty())
        .unwrap_or_default()
}

/// NITF, markup, plain text, what is not known.
const NITF: u8 = 0;
const MARKUP: u8 = 1;
const PLAIN: u8 = 2;

fn rank(kind: &str) -> u8 {
    let kind = kind.to_lowercase();
    if kind.contains("nitf") {
        NITF
    } else if kind.contains("html") {
        MARKUP
    } else {
        PLAIN
    }
}

fn read_as(rank: u8, node: Node<'_>) -> Option<Draft> {
    let text = node.aligned()?;
    let words = text.text().as_str();
    Some(match rank {
        NITF => {
            let tree = Tree::parse(words);
            let nitf = tree.root().and_then(|r| r.find("nitf"))?;
            nitf::read(nitf).lowered(&text)
        }
        MARKUP => html::fragment(words).lowered(&text),
        _ => paragraphs(&text),
    })
}

/// An item without a body stands on its description.
fn summary(fields: &Fields<'_>, draft: &mut Draft) {
    let short = role(fields, "descriptions", "text").or_else(|| fields.get(&["description_text"]));
    let text = short.and_then(Node::aligned).map(|t| paragraphs(&t));
    let Some(text) = text.filter(|t| !t.blocks.is_empty()) else {
        let why = "the item holds no text";
        return draft.problems.push(Problem::new(ProblemKind::NoText, why));
    };
    draft.blocks.extend(text.blocks);
    let why = "the item gives a description and not the report";
    draft.problems.push(Problem::new(ProblemKind::Excerpt, why));
}

fn envelope(fields: &Fields<'_>) -> Envelope {
    let date = |names: &[&str]| moment::read(&fields.words(names)?);
    let version = date(&["versioncreated", "versionCreated"]);
    let holder = fields.words(&["copyrightholder", "copyrightHolder"]);
    Envelope {
        published: date(&["firstcreated", "firstCreated"])
            .or_else(|| date(&["contentcreated", "contentCreated"]))
            .or_else(|| version.clone()),
        outlet: fields
            .words(&["provider"])
            .or_else(|| holder.clone())
            .or_else(|| source(fields)),
        url: fields.words(&["url", "link"]),
        language: fields.words(&["language"]),
        metadata: Metadata {
            uri: fields.words(&["uri"]),
            version: fields.words(&["version"]),
            updated: version.map(|v| v.to_string()),
            pubstatus: fields
                .words(&["pubstatus", "pubStatus"])
                .and_then(|s| match s.as_str() {
                    "usable" => Some(PubStatus::Usable),
                    "withheld" => Some(PubStatus::Withheld),
                    "canceled" => Some(PubStatus::Canceled),
                    _ => None,
                }),
            embargoed: date(&["embargoed"]).map(|d| d.to_string()),
            slugline: fields.words(&["slugline"]),
            urgency: fields.words(&["urgency"]).and_then(|u| u.parse().ok()),
            subjects: subjects(fields),
            keywords: keywords(fields),
            ednote: fields.words(&["ednote", "edNote"]),
            usageterms: fields.words(&["usageterms", "usageTerms"]),
            copyright: fields
                .words(&["copyrightnotice", "copyrightNotice"])
                .or(holder),
            ..Metadata::default()
        },
    }
}

/// The source of the information, the only name of an outlet some items hold.
fn source(fields: &Fields<'_>) -> Option<String> {
    let sources = fields.get(&["infosource", "infoSources", "infosources"])?;
    let first = sources.items().into_iter().next()?;
    Fields::of(first).words(&["name", "literal"])
}

fn subjects(fields: &Fields<'_>) -> Vec<Subject> {
    let list = fields.get(&["subject", "subjects"]);
    let read = |node: Node<'_>| {
        let fields = Fields::of(node);
        Subject {
            code: fields.words(&["code", "literal", "uri"]),
            scheme: fields.words(&["scheme"]),
            name: fields.words(&["name"]),
        }
    };
    let items = list.map(Node::items).unwrap_or_default();
    items.into_iter().map(read).collect()
}

fn keywords(fields: &Fields<'_>) -> Vec<String> {
    let list = fields.get(&["keywords"]).map(Node::items);
    let items = list.unwrap_or_default().into_iter();
    items.filter_map(Node::words).collect()
}
