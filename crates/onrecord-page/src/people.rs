//! Who is who: every entity with its offices, where it is spoken of and what it says.

use onrecord_model::{Entity, EntityKind, Link, Record};

use crate::clean;
use crate::line::{self, Line, Run, dotted, join, link, plain};

/// An entity as the page lists it.
pub(crate) struct Person {
    /// Its id.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// What it is.
    pub(crate) kind: String,
    /// What else is known.
    pub(crate) lines: Vec<Line>,
}

/// Entities of one kind.
pub(crate) struct Group {
    /// What they are, in the plural.
    pub(crate) heading: &'static str,
    /// In the order of the record.
    pub(crate) people: Vec<Person>,
}

/// Everyone and everything named, by kind in the contract's order.
pub(crate) fn groups(record: &Record) -> Vec<Group> {
    let mut out = Vec::new();
    for kind in EntityKind::ALL {
        let of_kind = record.entities.iter().filter(|e| e.kind == *kind);
        let people: Vec<Person> = of_kind.map(|e| person(record, e)).collect();
        if !people.is_empty() {
            out.push(Group {
                heading: plural(*kind),
                people,
            });
        }
    }
    out
}

const fn plural(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "People",
        EntityKind::Organization => "Organisations",
        EntityKind::State => "States",
        EntityKind::Place => "Places",
        EntityKind::Group => "Groups",
        EntityKind::Law => "Laws and treaties",
        EntityKind::Work => "Works",
        EntityKind::Product => "Products",
        EntityKind::Event => "Named events",
        EntityKind::Office => "Offices",
    }
}

fn person(record: &Record, e: &Entity) -> Person {
    let id = e.id.to_string();
    let roles = line::roles(record, e);
    let roles = join(roles.into_iter().map(|(said, _)| vec![plain(said)]), "; ");
    let aliases: Vec<String> = e.aliases.iter().map(|a| clean(a)).collect();
    let also = if aliases.is_empty() {
        Line::new()
    } else {
        vec![plain(format!("also {}", aliases.join(", ")))]
    };
    let theirs = record
        .statements
        .iter()
        .filter(|s| s.source.entity == Some(e.id));
    let said = join(
        theirs.map(|s| vec![link(s.id.to_string(), &s.id.to_string())]),
        " ",
    );
    let country = e.country.iter().map(|c| vec![plain(clean(c))]);
    let elsewhere = dotted(country.chain(e.links.iter().filter_map(elsewhere).map(|r| vec![r])));
    let lines = [
        roles,
        also,
        before("on record: ", said),
        before("in the text: ", line::mentions(&id, e.mentions.len())),
        elsewhere,
    ];
    Person {
        id,
        name: clean(&e.name),
        kind: e.kind.to_string(),
        lines: lines.into_iter().filter(|l| !l.is_empty()).collect(),
    }
}

fn before(words: &str, mut line: Line) -> Line {
    if !line.is_empty() {
        line.insert(0, plain(words));
    }
    line
}

/// Another register's page about it. Only ids that can be nothing else become addresses.
fn elsewhere(link: &Link) -> Option<Run> {
    let plain_id = link.id.bytes().all(|b| b.is_ascii_alphanumeric());
    let to = match link.scheme.as_str() {
        _ if !plain_id => return None,
        "wikidata" => format!("https://www.wikidata.org/wiki/{}", link.id),
        "geonames" => format!("https://www.geonames.org/{}", link.id),
        _ => return None,
    };
    Some(Run {
        text: format!("{} {}", link.scheme, link.id),
        to: Some(to),
    })
}
