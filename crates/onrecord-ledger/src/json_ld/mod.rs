//! Entries as JSON-LD: claims and quotations with who makes them, and the words they stand on.
//!
//! ```
//! use onrecord_ledger::{Entry, json_ld};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let json = include_str!("../../tests/data/harbour-loan.json");
//! let record = onrecord_model::Record::from_json(json)?;
//! let nodes = json_ld::nodes(&record, &Entry::of(&record));
//! assert_eq!(nodes[0]["@type"], "NewsArticle");
//! let said = nodes.iter().find(|n| n["@type"] == "Quotation").ok_or("a quotation")?;
//! assert_eq!(said["creator"][0]["name"], "Alba Noriega");
//! let document = json_ld::document(nodes);
//! assert_eq!(document["@context"], json_ld::CONTEXT);
//! # Ok(())
//! # }
//! ```
//!
//! In the terms of schema.org (<https://schema.org/Claim>, <https://schema.org/Quotation>):
//!
//! - a report is a `NewsArticle`; its `@id` is the id of its text;
//! - words in quotation marks are a `Quotation`: its `creator` is the source, it `isPartOf` the
//!   article;
//! - what is said in other words is a `Claim`: its `author` is the source, its `claimInterpreter`
//!   whoever wrote the report, its `appearance` the article;
//! - an event or commitment is a `Claim` too, `about` an `Action` (`agent`, `participant`, `object`).
//!   Its author is on whose word it stands; only in the report's own voice is that whoever wrote the
//!   report. It `isBasedOn` the statements it was taken from. Where nobody is named, nobody is
//!   made the author.
//!
//! So nothing that a report only attributes is asserted by it, and an `Action` is never said to be
//! done (`actionStatus`): status, phase, certainty and polarity stand beside it as `PropertyValue`s,
//! in the contract's words. `additionalType` names the PLOVER type or the kind of commitment.
//!
//! The words of an entry are a Web Annotation (<https://www.w3.org/TR/annotation-model/>): a
//! `SpecificResource` of the report's text for each stretch, selected by position, in code points
//! (section 4.2.5), and by quotation with what stands around it (4.2.4). Each annotation has its own
//! `@context` inside the document's (<https://www.w3.org/TR/json-ld11/#advanced-context-usage>),
//! so that it is one wherever it is taken out.
//!
//! Left out: what people judged, but for corrections and notes; corroboration; paths on somebody's
//! disk.

mod claim;
mod people;
mod words;

use onrecord_model::{Published, PublishedBasis, Record, Report, Span};
use serde_json::{Map, Value, json};

use crate::Entry;
use claim::Claims;

/// The context of the document.
pub const CONTEXT: &str = "https://schema.org";

/// A document of nodes.
pub fn document(nodes: Vec<Value>) -> Value {
    object([("@context", CONTEXT.into()), ("@graph", nodes.into())])
}

/// The nodes of a report: the article, then each entry and the words it stands on. `entries` are
/// all or some of the record's, as a ledger shows them or as [`Entry::of`] makes them.
pub fn nodes(record: &Record, entries: &[Entry]) -> Vec<Value> {
    let claims = Claims::of(record);
    let mut out = vec![article(&record.report, entries)];
    for entry in entries {
        let id = claims.id(entry);
        out.push(claims.claim(&id, entry));
        out.push(words::annotation(&id, entry, record));
    }
    out
}

/// An object of what is there: nothing empty, nothing null.
fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let there = |(_, value): &(&str, Value)| match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        Value::String(text) => !text.is_empty(),
        _ => true,
    };
    let members = members.into_iter().filter(there);
    let members: Map<String, Value> = members.map(|(k, v)| (k.to_owned(), v)).collect();
    members.into()
}

/// Something a report says of it, in the contract's words.
fn property(name: &str, value: impl Into<Value>) -> Value {
    json!({"@type": "PropertyValue", "name": name, "value": value.into()})
}

fn named(kind: &str, name: &str) -> Value {
    json!({"@type": kind, "name": name})
}

fn article(report: &Report, entries: &[Entry]) -> Value {
    let mut outlets: Vec<&str> = report.outlet.as_deref().into_iter().collect();
    let mut urls: Vec<&str> = report.url.as_deref().into_iter().collect();
    for entry in entries {
        outlets.extend(entry.outlets.iter().map(String::as_str));
        let addresses = entry.locations.iter().map(String::as_str);
        urls.extend(addresses.filter(|l| l.starts_with("https://") || l.starts_with("http://")));
    }
    let published = report.published.as_ref();
    let inferred = published.is_some_and(|p| p.basis == PublishedBasis::Inferred);
    let superseded = entries.iter().any(|e| e.superseded);
    object([
        ("@type", "NewsArticle".into()),
        ("@id", report.id.as_str().into()),
        (
            "identifier",
            match &report.metadata.uri {
                Some(own) => vec![report.id.as_str(), own].into(),
                None => report.id.as_str().into(),
            },
        ),
        ("headline", report.headline.as_ref().map(Span::quote).into()),
        ("inLanguage", report.language.as_str().into()),
        ("datePublished", date(published)),
        ("author", people::bylines(report).into()),
        (
            "sourceOrganization",
            report
                .agency
                .as_ref()
                .map(|a| named("Organization", a))
                .into(),
        ),
        (
            "publisher",
            once(outlets)
                .map(|o| named("Organization", o))
                .collect::<Vec<_>>()
                .into(),
        ),
        ("url", once(urls).collect::<Vec<_>>().into()),
        (
            "locationCreated",
            report
                .dateline
                .as_ref()
                .map(|d| named("Place", &d.place))
                .into(),
        ),
        (
            "creativeWorkStatus",
            superseded.then_some("superseded").into(),
        ),
        (
            "additionalProperty",
            inferred
                .then(|| property("basis of datePublished", "inferred"))
                .into(),
        ),
    ])
}

/// The day or moment of publication.
fn date(published: Option<&Published>) -> Value {
    published.map(|p| p.value.as_str()).into()
}

/// Each once, in their order.
fn once(texts: Vec<&str>) -> impl Iterator<Item = &str> {
    let mut seen = Vec::new();
    for text in texts {
        if !seen.contains(&text) {
            seen.push(text);
        }
    }
    seen.into_iter()
}

#[cfg(test)]
mod tests;
