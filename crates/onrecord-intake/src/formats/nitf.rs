//! NITF 3.x, the XML of agencies: `hedline`, `byline`, `dateline`, `body.content`.
//!
//! Source: IPTC, NITF 3.6 (`nitf-3-6.xsd`). Left out: media.

use onrecord_model::{Metadata, PubStatus, SegmentLabel, Subject};

use super::lines::{self, space};
use super::moment;
use super::xml::{Element, Step};
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

/// The status behind a word of IPTC's list.
pub(super) fn pubstatus(word: &str) -> Option<PubStatus> {
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
                for line in lines::of(element) {
                    push(Some(line), SegmentLabel::Teaser);
                }
            }
            "byline" => {
                for line in byline(element) {
                    push(Some(line), SegmentLabel::Byline);
                }
            }
            "dateline" => {
                let block = dateline(element);
                push(block.filter(|b| !is_said(b, opens)), SegmentLabel::Dateline);
            }
            "note" => push(element.block(), SegmentLabel::Correction),
            _ => {}
        }
    }
}

/// Whether the first paragraph opens with the place of a dateline: its own says more, the agency
/// too.
pub(super) fn is_said(dateline: &Block, opens: &str) -> bool {
    let place = dateline.text();
    let place = place.split(',').next().unwrap_or_default().trim();
    let head = opens.get(..place.len());
    head.is_some_and(|o| o.eq_ignore_ascii_case(place))
}

/// The names of a byline, then each title in it: a title is no name, however it is written.
fn byline(element: Element<'_>) -> Vec<Block> {
    let mut names: Vec<Piece> = Vec::new();
    let mut titles = Vec::new();
    let mut aside = 0;
    for step in element.steps() {
        match step {
            Step::Into(inner) if inner.name() == "byttl" => {
                aside += 1;
                titles.extend(inner.block());
            }
            Step::OutOf(inner) if inner.name() == "byttl" => aside -= 1,
            Step::Words(piece) if aside == 0 => apart(&mut names, piece),
            _ => {}
        }
    }
    // What stood between a name and its title.
    let is_mark = |p: &Piece| {
        p.text
            .chars()
            .all(|c| c.is_whitespace() || ",;-–—(".contains(c))
    };
    while names.last().is_some_and(is_mark) {
        names.pop();
    }
    Block::folded(&names).into_iter().chain(titles).collect()
}

/// Adds words to others, with a space between where the markup alone keeps them apart.
fn apart(words: &mut Vec<Piece>, next: &Piece) {
    let ends = words
        .last()
        .is_some_and(|p| p.text.ends_with(char::is_alphanumeric));
    if ends && next.text.starts_with(char::is_alphanumeric) {
        words.push(space());
    }
    words.push(next.clone());
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
    content.map(lines::of).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::xml::Tree;
    use super::*;

    #[test]
    fn titles_in_a_byline_are_no_names() {
        for (markup, want) in [
            (
                "<byline>By ANA DUSEK<byttl>Vella Business Writer</byttl></byline>",
                &["By ANA DUSEK", "Vella Business Writer"][..],
            ),
            (
                "<byline>By<person>Ana Dusek</person><byttl>Desk</byttl></byline>",
                &["By Ana Dusek", "Desk"],
            ),
            (
                "<byline><person>Ana Dusek</person>, <byttl>Editor</byttl></byline>",
                &["Ana Dusek", "Editor"],
            ),
            ("<byline>By Ana Dusek</byline>", &["By Ana Dusek"]),
        ] {
            let tree = Tree::parse(markup);
            let found = byline(tree.root().unwrap());
            let found: Vec<String> = found.iter().map(Block::text).collect();
            assert_eq!(found, want, "{markup}");
        }
    }
}
