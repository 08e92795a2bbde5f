//! The page put together from its parts.

use askama::Template;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use onrecord_model::{Record, SegmentLabel, TextRange};
use sha2::{Digest as _, Sha256};

use crate::head::{self, Fact};
use crate::marks::{self, Layer};
use crate::notes::{self, Gloss, Note};
use crate::people::{self, Group};
use crate::text::{self, Block, Piece};
use crate::{SCRIPT, STYLE, clean};

/// A page could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the page: {0}")]
pub struct PageError(#[from] askama::Error);

/// A paragraph with what stands beside it.
struct Row {
    tag: &'static str,
    class: &'static str,
    pieces: Vec<Piece>,
    facts: Vec<Fact>,
    notes: Vec<Note>,
    glosses: Vec<Gloss>,
}

#[derive(Template)]
#[template(path = "article.html")]
struct Article {
    language: String,
    has_headline: bool,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "who.html")]
struct Who {
    groups: Vec<Group>,
}

/// A layer's switch.
struct Switch {
    name: &'static str,
    plural: &'static str,
    count: usize,
}

#[derive(Template)]
#[template(path = "layers.html")]
struct Layers {
    switches: Vec<Switch>,
}

#[derive(Template)]
#[template(path = "legend.html")]
struct Legend;

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'r> {
    title: String,
    policy: String,
    style: &'static str,
    script: &'static str,
    layers: String,
    legend: String,
    article: String,
    who: String,
    problems: Vec<String>,
    record: &'r Record,
}

/// The whole page of a record.
///
/// # Errors
/// When the templates fail, which writing to memory does not.
pub fn page(record: &Record) -> Result<String, PageError> {
    let headline = record.report.headline.as_ref();
    let problem = |p: &onrecord_model::Problem| match &p.span {
        Some(span) => format!("{}: “{}”", clean(&p.message), clean(span.quote())),
        None => clean(&p.message),
    };
    let page = Page {
        title: headline.map_or_else(
            || "A report and its record".to_owned(),
            |h| clean(h.quote()),
        ),
        policy: content_security_policy(),
        style: STYLE,
        script: SCRIPT,
        layers: layers(record)?,
        legend: legend()?,
        article: article(record)?,
        who: who_is_who(record)?,
        problems: record.problems.iter().map(problem).collect(),
        record,
    };
    Ok(page.render()?)
}

/// The report's text, paragraph by paragraph, each with its notes: an HTML fragment.
///
/// # Errors
/// When the template fails, which writing to memory does not.
pub fn article(record: &Record) -> Result<String, PageError> {
    article_at(record, None)
}

/// The same with words marked that whoever asks chose: `#w-at` leads to them.
///
/// # Errors
/// When the template fails, which writing to memory does not.
pub fn article_at(record: &Record, chosen: Option<TextRange>) -> Result<String, PageError> {
    let article = Article {
        language: clean(&record.report.language),
        has_headline: record.report.headline.is_some(),
        rows: rows(record, chosen),
    };
    Ok(article.render()?)
}

/// The switches of the layers, with how many entries each has: an HTML fragment.
///
/// # Errors
/// When the template fails, which writing to memory does not.
pub fn layers(record: &Record) -> Result<String, PageError> {
    let switches = Layer::SWITCHED.into_iter();
    let switches = switches.map(|l| switch(record, l)).collect();
    Ok(Layers { switches }.render()?)
}

/// How to read a page of a record, and its keys: an HTML fragment.
///
/// # Errors
/// When the template fails, which writing to memory does not.
pub fn legend() -> Result<String, PageError> {
    Ok(Legend.render()?)
}

/// Everyone and everything named: an HTML fragment.
///
/// # Errors
/// When the template fails, which writing to memory does not.
pub fn who_is_who(record: &Record) -> Result<String, PageError> {
    let groups = people::groups(record);
    Ok(Who { groups }.render()?)
}

/// What the page lets its browser do: show its own style, run its own script, fetch nothing.
pub fn content_security_policy() -> String {
    let hash = |source: &str| {
        let digest = Sha256::digest(source.as_bytes());
        format!("'sha256-{}'", BASE64_STANDARD.encode(digest))
    };
    format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

fn switch(record: &Record, layer: Layer) -> Switch {
    let count = match layer {
        Layer::Statement => record.statements.len(),
        Layer::Commitment => record.commitments.len(),
        Layer::Event => record.events.len(),
        Layer::Entity => record.entities.len(),
        Layer::Time => record.times.len(),
        Layer::Place => record.places.len(),
        Layer::Amount => record.amounts.len(),
        Layer::Evidence | Layer::Chosen => 0,
    };
    Switch {
        name: layer.name(),
        plural: layer.plural(),
        count,
    }
}

/// Paragraphs with their notes: an entry stands beside the paragraph its words begin in.
fn rows(record: &Record, chosen: Option<TextRange>) -> Vec<Row> {
    let mut all = marks::all(record);
    all.extend(chosen.map(marks::chosen));
    let blocks = text::blocks(&record.report, &all);
    let mut facts = head::facts(&record.report);
    let mut notes = notes::notes(record).into_iter().peekable();
    let mut glosses = notes::glosses(record).into_iter().peekable();
    let ends: Vec<u32> = blocks.iter().skip(1).map(|b| b.range.start).collect();
    let ends = ends.into_iter().chain([u32::MAX]);
    let mut rows = Vec::new();
    for (block, end) in blocks.into_iter().zip(ends) {
        let (tag, class) = element(&block);
        rows.push(Row {
            tag,
            class,
            pieces: block.pieces,
            facts: std::mem::take(&mut facts),
            notes: std::iter::from_fn(|| notes.next_if(|n| n.at < end)).collect(),
            glosses: std::iter::from_fn(|| glosses.next_if(|g| g.at < end)).collect(),
        });
    }
    rows
}

fn element(block: &Block) -> (&'static str, &'static str) {
    let tag = match block.label {
        SegmentLabel::Headline => "h1",
        SegmentLabel::Crosshead => "h2",
        _ => "p",
    };
    (tag, text::name(block.label))
}
