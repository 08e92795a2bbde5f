//! NewsML-G2: `newsItem`, `packageItem` and `newsMessage`, power and core conformance alike.
//!
//! Source: IPTC, NewsML-G2 guidelines and `NewsML-G2_2.35-spec-All-Power.xsd`. Left out: partial
//! media (`partMeta`), and items that are referred to and not sent (`remoteContent`, `itemRef`),
//! which are told as a problem.

use onrecord_model::{
    AlignedText, Envelope, Metadata, Problem, ProblemKind, PubStatus, SegmentLabel, Subject,
};

use super::xml::Element;
use super::{lines, moment, nitf};
use crate::draft::{Block, Draft};
use crate::html;

/// Reads every item of a document.
pub(super) fn read(root: Element<'_>) -> Vec<Draft> {
    let items: Vec<Draft> = root
        .descend()
        .filter(|e| e.name() == "newsItem")
        .map(item)
        .collect();
    if !items.is_empty() {
        return items;
    }
    // A part of an item, or a package whose items were sent apart.
    vec![item(root)]
}

fn item(item: Element<'_>) -> Draft {
    let mut draft = body(item);
    let meta = item.find("contentMeta").unwrap_or(item);
    if !draft
        .blocks
        .iter()
        .any(|b| b.label == Some(SegmentLabel::Headline))
    {
        let lines = meta.all("headline").chain(item.all("headline"));
        let mut lines = lines.filter_map(Element::block);
        if let Some(first) = lines.next() {
            draft
                .blocks
                .insert(0, first.labelled(SegmentLabel::Headline));
        }
    }
    if !draft.blocks.iter().any(|b| b.label.is_none()) {
        draft
            .problems
            .push(Problem::new(ProblemKind::NoText, reference(item)));
    }
    let by = meta.all("by").chain(meta.all("creator"));
    let by = by.filter_map(|e| e.child("name").unwrap_or(e).words());
    if draft.authors.is_empty() {
        draft.authors = by.collect();
    }
    draft.envelope = envelope(item, meta).or(draft.envelope);
    draft
}

/// Why an item has no text.
fn reference(item: Element<'_>) -> &'static str {
    if item.find("itemRef").is_some() {
        "the package refers to its items and does not hold them"
    } else if item.find("remoteContent").is_some() {
        "the item refers to its content and does not hold it"
    } else {
        "the item holds no text"
    }
}

fn body(item: Element<'_>) -> Draft {
    if let Some(nitf) = item.find("nitf") {
        return nitf::read(nitf);
    }
    let Some(content) = item.find("contentSet") else {
        return Draft::default();
    };
    if let Some(page) = content.find("html").or_else(|| content.find("body")) {
        return Draft::of(lines::of(page));
    }
    if let Some(inline) = content.child("inlineXML") {
        return Draft::of(lines::of(inline));
    }
    let Some(inline) = content.child("inlineData") else {
        return Draft::default();
    };
    let text = inline.aligned();
    let kind = inline.attribute("contenttype").unwrap_or_default();
    if kind.contains("html") {
        html::fragment(text.text().as_str()).lowered(&text)
    } else {
        paragraphs(&text)
    }
}

/// Lines of plain text as blocks.
pub(crate) fn paragraphs(text: &AlignedText) -> Draft {
    let whole = text.text().as_str();
    let units = crate::layout::units(whole);
    let block = |u: &crate::layout::Unit| {
        let text = whole[u.start..u.end].to_owned();
        let source = Some(u.start..u.end);
        Block::folded(&[crate::draft::Piece { text, source }])
    };
    Draft::of(units.iter().filter_map(block).collect()).lowered(text)
}

fn envelope(item: Element<'_>, meta: Element<'_>) -> Envelope {
    let about = item.child("itemMeta");
    let words = |path: &str| about?.at(path)?.words();
    let date = |path: &str| moment::read(&words(path)?);
    let name = |e: Element<'_>| {
        let named = e.child("name").and_then(Element::words);
        named.or_else(|| e.attribute("literal").map(str::to_owned))
    };
    let rights = item.child("rightsInfo");
    let right = |path: &str| rights?.at(path)?.words();
    let holder = || rights?.child("copyrightHolder").and_then(name);
    let created = meta.child("contentCreated").and_then(Element::words);
    let version = date("versionCreated");
    let status = about.and_then(|a| a.child("pubStatus")?.attribute("qcode"));
    Envelope {
        published: date("firstCreated")
            .or_else(|| version.clone())
            .or_else(|| moment::read(&created?)),
        outlet: about
            .and_then(|a| a.child("provider"))
            .and_then(|p| name(p).or_else(|| provider(p)))
            .or_else(holder),
        url: None,
        language: meta
            .child("language")
            .and_then(|l| l.attribute("tag"))
            .or_else(|| item.attribute("lang"))
            .map(str::to_owned),
        metadata: Metadata {
            uri: item.attribute("guid").map(str::to_owned),
            version: item.attribute("version").map(str::to_owned),
            updated: version.map(|v| v.to_string()),
            pubstatus: status.and_then(pubstatus),
            embargoed: date("embargoed").map(|d| d.to_string()),
            slugline: meta.child("slugline").and_then(Element::words),
            urgency: meta.child("urgency").and_then(|u| u.words()?.parse().ok()),
            subjects: meta.all("subject").map(subject).collect(),
            keywords: meta.all("keyword").filter_map(Element::words).collect(),
            ednote: words("edNote"),
            usageterms: right("usageTerms"),
            copyright: right("copyrightNotice").or_else(holder),
            ..Metadata::default()
        },
    }
}

/// The provider behind a code of a scheme for them, such as `nprov:AP`.
fn provider(element: Element<'_>) -> Option<String> {
    let (scheme, code) = element.attribute("qcode")?.split_once(':')?;
    let said = scheme.contains("prov") && code.chars().all(char::is_alphabetic);
    said.then(|| code.to_owned())
}

/// The status behind a code such as `stat:usable`.
fn pubstatus(code: &str) -> Option<PubStatus> {
    match code.rsplit(':').next()? {
        "usable" => Some(PubStatus::Usable),
        "withheld" => Some(PubStatus::Withheld),
        "canceled" => Some(PubStatus::Canceled),
        _ => None,
    }
}

fn subject(element: Element<'_>) -> Subject {
    let code = element
        .attribute("qcode")
        .or_else(|| element.attribute("uri"));
    Subject {
        code: code.map(str::to_owned),
        scheme: None,
        name: element.child("name").and_then(Element::words),
    }
}
