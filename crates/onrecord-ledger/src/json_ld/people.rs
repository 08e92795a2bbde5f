//! Those who speak, act and write, and the places, as schema.org names their kinds.

use onrecord_model::{EntityKind, Record, Report, SourceKind};
use serde_json::{Value, json};

use super::{named, object};
use crate::{At, Who};

/// Who wrote a report, for what it says in its own voice: its bylines, else its agency, else its
/// outlet; nobody where none is known.
pub(super) fn voice(report: &Report) -> Vec<Value> {
    let signed = bylines(report);
    if !signed.is_empty() {
        return signed;
    }
    let wrote = report.agency.iter().chain(&report.outlet).next();
    wrote
        .map(|w| named("Organization", w))
        .into_iter()
        .collect()
}

pub(super) fn bylines(report: &Report) -> Vec<Value> {
    let mut names: Vec<&str> = report.byline.iter().map(|b| b.name.as_str()).collect();
    if names.is_empty() {
        names = report.metadata.authors.iter().map(String::as_str).collect();
    }
    names.into_iter().map(|n| named("Person", n)).collect()
}

/// Somebody of an entry. Words that only describe a source are its description, not its name.
pub(super) fn who(record: &Record, who: &Who) -> Value {
    let entity = record.entities.iter().find(|e| e.name == who.name);
    let described = || {
        let mut sources = record.statements.iter().map(|s| &s.source);
        sources
            .find(|s| s.entity.is_none() && s.span.as_ref().is_some_and(|w| w.quote() == who.name))
    };
    if let (None, Some(source)) = (entity, described()) {
        let kind = match source.kind {
            SourceKind::Named | SourceKind::Unnamed => "Person",
            SourceKind::Document => "CreativeWork",
            SourceKind::Collective | SourceKind::Implicit => "Thing",
        };
        return json!({"@type": kind, "description": who.name});
    }
    let links = who.links.iter().filter_map(|l| l.split_once(':'));
    let same: Vec<String> = links.clone().filter_map(|(s, id)| address(s, id)).collect();
    let ids = links.filter(|(scheme, _)| *scheme == "iso3166");
    let ids = ids
        .map(|(scheme, id)| json!({"@type": "PropertyValue", "propertyID": scheme, "value": id}));
    object([
        ("@type", entity.map_or("Thing", |e| kind(e.kind)).into()),
        ("name", who.name.as_str().into()),
        ("alternateName", who.also.clone().into()),
        ("identifier", ids.collect::<Vec<_>>().into()),
        ("sameAs", same.into()),
    ])
}

/// Groups and offices have no type that is sure to be theirs.
const fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "Person",
        EntityKind::Organization => "Organization",
        EntityKind::State => "Country",
        EntityKind::Place => "Place",
        EntityKind::Law => "Legislation",
        EntityKind::Work => "CreativeWork",
        EntityKind::Product => "Product",
        EntityKind::Event => "Event",
        EntityKind::Group | EntityKind::Office => "Thing",
    }
}

/// The address by which a register's linked data knows an id.
fn address(scheme: &str, id: &str) -> Option<String> {
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    match scheme {
        "wikidata" => Some(format!("http://www.wikidata.org/entity/{id}")),
        "geonames" => Some(format!("https://sws.geonames.org/{id}/")),
        _ => None,
    }
}

/// A place of an entry.
pub(super) fn place(at: &At) -> Value {
    let geo = at
        .position
        .map(|(lat, lon)| json!({"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}));
    object([
        ("@type", "Place".into()),
        ("name", at.name.as_str().into()),
        ("geo", geo.into()),
    ])
}
