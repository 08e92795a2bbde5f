//! The text cut where any mark begins or ends, so that marks may overlap and nest freely.
//!
//! Each piece carries every mark that covers it, the longest outside. The first piece of an
//! entry's own words holds the id that links lead to; after the last stands the raised number
//! that leads back. A mark thus never opens in one element and closes in another.
//!
//! Left out: which entries stand beside which paragraph (see `page.rs`).

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{Report, SegmentLabel, TextRange};

use crate::clean::visible;
use crate::marks::{Layer, Mark};

/// A paragraph, a heading or a line of furniture.
pub(crate) struct Block {
    /// Where.
    pub(crate) range: TextRange,
    /// What it is: that of its prose where it has some.
    pub(crate) label: SegmentLabel,
    /// Its text in order.
    pub(crate) pieces: Vec<Piece>,
}

/// A stretch of text that the same marks cover.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Piece {
    /// The words; still to be escaped.
    pub(crate) text: String,
    /// The class of a dateline and other furniture inside a paragraph.
    pub(crate) furniture: Option<&'static str>,
    /// What covers it, outermost first.
    pub(crate) covers: Vec<Cover>,
    /// The entries whose last words these are.
    pub(crate) refs: Vec<Ref>,
}

/// A mark over a piece.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Cover {
    /// The entry's id.
    pub(crate) id: String,
    /// CSS classes.
    pub(crate) class: String,
    /// Whether the words lead to the entry: for one cover of a piece at most.
    pub(crate) leads: bool,
    /// The element's id, on the first piece of the entry's own words.
    pub(crate) anchor: Option<String>,
}

/// A raised number that leads to an entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Ref {
    /// The entry's id.
    pub(crate) id: String,
    /// The layer's class.
    pub(crate) layer: &'static str,
    /// Whether the reader is unsure of it.
    pub(crate) unsure: bool,
}

/// Cuts a report into blocks of pieces.
pub(crate) fn blocks(report: &Report, marks: &[Mark]) -> Vec<Block> {
    let text = report.text.as_str();
    let mut marks: Vec<&Mark> = marks.iter().filter(|m| !m.range.is_empty()).collect();
    // Longest first, so that the order of the covers is the order of this list.
    marks.sort_by_key(|m| (std::cmp::Reverse(m.range.len()), m.layer, m.range.start));
    let paragraphs = paragraphs(report);
    let cuts = cuts(report, &marks, &paragraphs);
    let mut opening: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (i, mark) in marks.iter().enumerate() {
        opening.entry(mark.range.start).or_default().push(i);
    }
    let mut active: BTreeSet<usize> = BTreeSet::new();
    let mut cuts = cuts.into_iter().peekable();
    let mut out: Vec<Block> = Vec::new();
    let mut places = paragraphs.into_iter().peekable();
    while let (Some(start), Some(&end)) = (cuts.next(), cuts.peek()) {
        active.retain(|i| marks[*i].range.end > start);
        active.extend(opening.remove(&start).unwrap_or_default());
        while places.peek().is_some_and(|p| p.end <= start) {
            places.next();
        }
        let Some(place) = places.peek().filter(|p| p.start <= start) else {
            continue;
        };
        let Some(words) = text.get(start as usize..end as usize) else {
            continue;
        };
        if out.last().is_none_or(|b| b.range != *place) {
            out.push(Block {
                range: *place,
                label: label(report, *place),
                pieces: Vec::new(),
            });
        }
        let covering: Vec<&Mark> = active.iter().map(|i| marks[*i]).collect();
        if let Some(block) = out.last_mut() {
            let furniture = furniture(report, start, block.label);
            let piece = piece(words, TextRange::new(start, end), &covering);
            block.pieces.push(Piece { furniture, ..piece });
        }
    }
    out
}

/// Every place where something begins or ends.
fn cuts(report: &Report, marks: &[&Mark], paragraphs: &[TextRange]) -> BTreeSet<u32> {
    let marked = marks.iter().flat_map(|m| [m.range.start, m.range.end]);
    let segments = report.segments.iter();
    let labelled = segments.flat_map(|s| [s.range().start, s.range().end]);
    let blocks = paragraphs.iter().flat_map(|p| [p.start, p.end]);
    marked.chain(labelled).chain(blocks).collect()
}

/// The stretches between blank lines, cut also where a segment begins on a new line.
fn paragraphs(report: &Report) -> Vec<TextRange> {
    let text = report.text.as_str();
    let starts: BTreeSet<usize> = report
        .segments
        .iter()
        .map(|s| s.range().usizes().start)
        .collect();
    let mut out: Vec<TextRange> = Vec::new();
    let mut open: Option<TextRange> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let inner = TextRange::of(
            start + (line.len() - line.trim_start().len()),
            start + line.trim_end().len(),
        );
        let blank = line.trim().is_empty();
        if blank || starts.contains(&start) {
            out.extend(open.take());
        }
        if !blank {
            open = Some(open.map_or(inner, |o| o.cover(inner)));
        }
    }
    out.extend(open);
    out
}

/// The label of a block: the first prose in it, or what it begins with.
fn label(report: &Report, range: TextRange) -> SegmentLabel {
    let mut inside = report.segments.iter().filter(|s| s.range().overlaps(range));
    let first = inside
        .clone()
        .next()
        .map_or(SegmentLabel::Body, |s| s.label);
    inside
        .find(|s| s.label.is_prose())
        .map_or(first, |s| s.label)
}

/// The class of furniture that stands inside a block of something else.
fn furniture(report: &Report, at: u32, block: SegmentLabel) -> Option<&'static str> {
    let label = report.label_at(at)?;
    (label != block && !label.is_prose()).then(|| name(label))
}

/// The word for a label.
pub(crate) const fn name(label: SegmentLabel) -> &'static str {
    match label {
        SegmentLabel::Kicker => "kicker",
        SegmentLabel::Headline => "headline",
        SegmentLabel::Teaser => "teaser",
        SegmentLabel::Byline => "byline",
        SegmentLabel::Dateline => "dateline",
        SegmentLabel::Body => "body",
        SegmentLabel::Crosshead => "crosshead",
        SegmentLabel::Credit => "credit",
        SegmentLabel::Conversion => "conversion",
        SegmentLabel::Correction => "correction",
        SegmentLabel::Image => "image",
        SegmentLabel::Promo => "promo",
        SegmentLabel::Boilerplate => "boilerplate",
        SegmentLabel::Caption => "caption",
    }
}

fn piece(words: &str, range: TextRange, covering: &[&Mark]) -> Piece {
    let aside = [Layer::Evidence, Layer::Chosen];
    let named = |m: &&Mark| m.nth.is_some() && !m.layer.is_numbered() && !aside.contains(&m.layer);
    let leading = covering.iter().rposition(named);
    let covers = covering.iter().enumerate();
    let ending = |m: &&&Mark| m.layer.is_numbered() && m.last && m.range.end == range.end;
    let refer = |m: &&Mark| Ref {
        id: m.id.clone(),
        layer: m.layer.name(),
        unsure: m.doubt.contains("unsure"),
    };
    Piece {
        text: visible(words),
        furniture: None,
        covers: covers
            .map(|(i, m)| cover(m, range, leading == Some(i)))
            .collect(),
        refs: covering.iter().rev().filter(ending).map(refer).collect(),
    }
}

fn cover(mark: &Mark, piece: TextRange, leads: bool) -> Cover {
    let classes = [mark.layer.name(), mark.part, mark.doubt.as_str()];
    let said: Vec<&str> = classes.into_iter().filter(|c| !c.is_empty()).collect();
    Cover {
        id: mark.id.clone(),
        class: said.join(" "),
        leads,
        anchor: mark.anchor().filter(|_| mark.range.start == piece.start),
    }
}
