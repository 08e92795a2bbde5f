//! NITF 3.x, the XML of agencies: `hedline`, `byline`, `dateline`, `body.content`.
//!
//! Source: IPTC, NITF 3.6 (`nitf-3-6.xsd`). Left out: media and tables, which hold no running
//! text.

use onrecord_model::{Metadata, PubStatus, SegmentLabel, Subject};

use super::moment;
use super::xml::Element;
use crate::draft::{Block, Draft, Piece};

/// Reads a `nitf` element.
pub(super) fn read(nitf: Element<'_>) -> Draft {
    let mut draft = Draft::default();
    head(nitf, &mut draft);
    if let Some(body) = nitf.child("body") {
        let content = content(body);
        let opens = content.iter().find(|b| b.label.is_none()).map(Block::text);
        title_block(body, opens.as_deref().unwrap_or_default(), &mut draft);
        draft.blocks.extend(content);
        let end = body.child("body.end").into_iter();
        let lines = end.flat_map(Element::children).filter_map(Element::block);
        draft.blocks.extend(lines);
    }
    if !draft.blocks.iter().any(is_headline)
        && let Some(title) = nitf.at("head/title").and_then(Element::block)
    {
        draft
            .blocks
            .insert(0, title.labelled(SegmentLabel::Headline));
    }
    draft
}

fn is_headline(block: &Block) -> bool {
    block.label == Some(SegmentLabel::Headline)
}

/// Metadata: `head/docdata` and `head/pubdata`.
fn head(nitf: Element<'_>, draft: &mut Draft) {
    let Some(head) = nitf.child("head") else {
        return;
    };
    let date = |path: &str| moment::read(head.at(path)?.attribute("norm")?);
    let of = |path: &str, name: &str| Some(head.at(path)?.attribute(name)?.to_owned());
    let envelope = &mut draft.envelope;
    envelope.published = date("docdata/date.release").or_else(|| date("docdata/date.issue"));
    let distributor = nitf
        .at("body/body.head/distributor")
        .and_then(Element::words);
    envelope.outlet = of("pubdata", "name")
        .or(distributor)
        .or_else(|| of("docdata/doc.copyright", "holder"));
    envelope.url = of("pubdata", "ex-ref").filter(|u| u.starts_with("http"));
    let status = head
        .child("docdata")
        .and_then(|d| d.attribute("management-status"));
    let keys = head.find("key-list").into_iter();
    let keys = keys.flat_map(|k| k.all("keyword"));
    let subjects = head.descend().filter(|e| e.name() == "tobject.subject");
    envelope.metadata = Metadata {
        uri: of("docdata/doc-id", "id-string"),
        version: of("docdata/du-key", "version"),
        pubstatus: status.and_then(pubstatus),
        urgency: of("docdata/urgency", "ed-urg").and_then(|u| u.parse().ok()),
        ednote: of("docdata/ed-msg", "info"),
        copyright: of("docdata/doc.copyright", "holder"),
        embargoed: None,
        keywords: keys
            .filter_map(|k| k.attribute("key").map(str::to_owned))
            .collect(),
        subjects: subjects.map(subject).collect(),
        ..Metadata::default()
    };
}

fn pubstatus(word: &str) -> Option<PubStatus> {
    match word {
        "usable" => Some(PubStatus::Usable),
        "embargoed" | "withheld" => Some(PubStatus::Withheld),
        "canceled" => Some(PubStatus::Canceled),
        _ => None,
    }
}

fn subject(element: Element<'_>) -> Subject {
    let of = |name: &str| element.attribute(name).map(str::to_owned);
    Subject {
        code: of("tobject.subject.refnum"),
        scheme: None,
        name: of("tobject.subject.detail")
            .or_else(|| of("tobject.subject.matter"))
            .or_else(|| of("tobject.subject.type")),
    }
}

/// `body.head`: headline, the lines under it, byline, dateline, abstract.
fn title_block(body: Element<'_>, opens: &str, draft: &mut Draft) {
    let Some(head) = body.child("body.head") else {
        return;
    };
    let mut push = |block: Option<Block>, label| {
        draft.blocks.extend(block.map(|b: Block| b.labelled(label)));
    };
    for element in head.children() {
        match element.name() {
            "hedline" => {
                for line in element.children() {
                    let label = if line.name() == "hl1" {
                        SegmentLabel::Headline
                    } else {
                        SegmentLabel::Teaser
                    };
                    push(line.block(), label);
                }
            }
            "abstract" => {
                for line in lines(element) {
                    push(Some(line), SegmentLabel::Teaser);
                }
            }
            "byline" => push(byline(element), SegmentLabel::Byline),
            "dateline" => {
                let block = dateline(element);
                // A body that opens with its own dateline says more: the agency too.
                let own = |b: &Block| {
                    let place = b.text();
                    let place = place.split(',').next().unwrap_or_default().trim();
                    opens
                        .get(..place.len())
                        .is_some_and(|o| o.eq_ignore_ascii_case(place))
                };
                push(block.filter(|b| !own(b)), SegmentLabel::Dateline);
            }
            "note" => push(element.block(), SegmentLabel::Correction),
            _ => {}
        }
    }
}

/// Names and titles of a byline, a comma between them.
fn byline(element: Element<'_>) -> Option<Block> {
    let Some(title) = element.child("byttl") else {
        return element.block();
    };
    let before = title.place().start;
    let own = |p: &Piece| p.source.as_ref().is_none_or(|s| s.start < before);
    let (mut pieces, rest): (Vec<Piece>, Vec<Piece>) = element.pieces().into_iter().partition(own);
    let names: String = pieces.iter().map(|p| p.text.as_str()).collect();
    if !names.trim().is_empty() && !names.trim_end().ends_with([',', '-', '–', '—', '(']) {
        let (text, source) = (", ".into(), None);
        pieces.push(Piece { text, source });
    }
    pieces.extend(rest);
    Block::folded(&pieces)
}

/// Place and day of a dateline, a comma between them.
fn dateline(element: Element<'_>) -> Option<Block> {
    let Some(day) = element.child("story.date").and_then(Element::block) else {
        return element.block();
    };
    let mut block = element.child("location")?.block()?;
    let (text, source) = (", ".into(), None);
    block.pieces.push(Piece { text, source });
    block.pieces.extend(day.pieces);
    Some(block)
}

/// `body.content`: paragraphs, headings between them, captions of its media.
fn content(body: Element<'_>) -> Vec<Block> {
    let content = body.child("body.content");
    content.map(lines).unwrap_or_default()
}

/// The blocks in an element, in order; one without inner blocks is one itself.
pub(super) fn lines(element: Element<'_>) -> Vec<Block> {
    let mut out = Vec::new();
    let mut skip = 0;
    for inner in element.descend().skip(1) {
        let place = inner.place();
        if place.start < skip {
            continue;
        }
        let label = match inner.name() {
            "p" | "li" | "dt" | "dd" | "pre" | "tr" | "blockquote" if is_leaf(inner) => None,
            "hl1" | "hl2" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                Some(SegmentLabel::Crosshead)
            }
            "media-caption" | "caption" | "figcaption" => Some(SegmentLabel::Caption),
            "media-producer" => Some(SegmentLabel::Image),
            "script" | "style" | "media-reference" | "media-metadata" => {
                skip = place.end;
                continue;
            }
            _ => continue,
        };
        skip = place.end;
        out.extend(inner.block().map(|b| Block { label, ..b }));
    }
    if out.is_empty() {
        out.extend(element.block());
    }
    out
}

/// Whether an element holds no other block.
fn is_leaf(element: Element<'_>) -> bool {
    let blocks = ["p", "li", "tr", "blockquote", "ul", "ol", "table", "media"];
    !element
        .descend()
        .skip(1)
        .any(|e| blocks.contains(&e.name()))
}
