//! Countries of persons and organisations: from offices, owners, adjectives, and the report's home.
//!
//! "the Peruvian navy" is Peru's; "Prime Minister Moor" in a report filed from Lima is Peru's as
//! well. A table of heads of state and government is asked for persons named in full.

use onrecord_lexicon::{Gazetteer, Holder, Offices, PlaceKind};
use onrecord_model::{EntityKind, TokenRange};
use smol_str::SmolStr;

use super::book::{Book, Draft};
use super::names::Named;
use super::words::Words;
use crate::places::Atlas;

/// The country an organisation's name or its owner tells: "Peruvian Navy", "Peru's Senate".
pub(super) fn national(words: &Words<'_>, n: &Named) -> Option<SmolStr> {
    let start = n.tokens.start.0;
    for len in 1..=2u32 {
        let first = TokenRange::new(start, (start + len).min(n.tokens.end.0));
        let name = words.name(first);
        let c = words
            .countries
            .by_adjective(&name)
            .or_else(|| words.countries.by_name(&name));
        if let Some(c) = c.filter(|_| first.len() < n.tokens.len()) {
            return Some(c.iso3.clone());
        }
    }
    let e = n.tokens.end.0;
    if words.form(e) == "," && matches!(words.lower(e + 1), "a" | "an" | "the" | "part") {
        let to = (e + 6).min(words.sentence(start).end.0);
        let near = (e + 2..to)
            .take_while(|t| words.form(*t) != ",")
            .find_map(|t| {
                words
                    .countries
                    .by_adjective(words.form(t))
                    .filter(|_| words.is_capital(t))
            });
        if let Some(c) = near {
            return Some(c.iso3.clone());
        }
    }
    let mut before = words.before(start)?;
    // "Peru's ruling Farmers Party": small words between owner and name.
    for _ in 0..2 {
        if words.people.is_modifier(words.lower(before)) && !words.is_capital(before) {
            before = words.before(before)?;
        }
    }
    let last = if words.is_possessive(before) {
        words.before(before)?
    } else {
        before
    };
    for len in 1..=3u32 {
        let range = TokenRange::new((last + 1).saturating_sub(len), last + 1);
        let name = words.name(range);
        let c = words
            .countries
            .by_name(&name)
            .or_else(|| words.countries.by_adjective(&name));
        let c = c.or_else(|| words.countries.by_capital(&name).filter(|_| last != before));
        if let Some(c) = c.filter(|_| words.is_capital(range.start.0)) {
            return Some(c.iso3.clone());
        }
    }
    None
}

/// Institutions that bear the name of the town they are in.
const LOCAL: [&str; 8] = [
    "university",
    "college",
    "school",
    "hospital",
    "police",
    "council",
    "museum",
    "airport",
];

/// The country of "Larvik Hospital": that of the town so called, when it is five times as large as
/// any of another country.
pub(super) fn local(words: &Words<'_>, n: &Named) -> Option<SmolStr> {
    let (start, last) = (n.tokens.start.0, n.tokens.end.0 - 1);
    if last == start || !LOCAL.contains(&words.lower(last)) {
        return None;
    }
    let name = words.name(TokenRange::new(start, last));
    let mut towns = Gazetteer::shipped().look_up(&name);
    towns.retain(|h| h.place.kind == PlaceKind::City);
    towns.sort_by(|a, b| b.place.population.total_cmp(&a.place.population));
    let town = &towns
        .first()
        .filter(|h| h.place.population >= 15_000.0)?
        .place;
    let mut others = towns.iter().filter(|h| h.place.country != town.country);
    let alone = others.all(|h| h.place.population * 5.0 <= town.population);
    let country = words.countries.by_iso2(&town.country)?;
    alone.then(|| country.iso3.clone())
}

/// Offices that a report names without their country when it is the report's own.
const HOME: &[&str] = &[
    "president",
    "minister",
    "pm",
    "chancellor",
    "premier",
    "mp",
    "sen",
    "rep",
    "gov",
    "senator",
    "governor",
    "congressman",
    "congresswoman",
    "secretary",
    "mayor",
    "lawmaker",
];

/// Fills in the countries of persons and of institutions every country has.
pub(super) fn fill(words: &Words<'_>, found: &[Named], atlas: &Atlas, book: &mut Book) {
    let home = atlas.home(found);
    for i in 0..book.drafts.len() {
        let Some(d) = book.drafts.get(i) else {
            continue;
        };
        if d.country.is_some() {
            continue;
        }
        let country = match d.kind {
            EntityKind::Person => holder(words, d)
                .map(|h| h.country.into())
                .or_else(|| head_of_state(d))
                .or_else(|| of_person(book, d, home.as_ref()))
                .or_else(|| bare(words, d))
                .or_else(|| Offices::country_of_politician(&d.name).map(Into::into)),
            EntityKind::Organization => institution(words, d).then(|| home.clone()).flatten(),
            _ => None,
        };
        if let Some(d) = book.drafts.get_mut(i) {
            d.country = country;
        }
    }
}

/// The country of "President Pell", where heads of one country alone bear the surname.
fn head_of_state(d: &Draft) -> Option<SmolStr> {
    let president = |o: &super::book::Office| o.of.is_none() && o.head == "president";
    surname(d).filter(|_| d.offices.iter().any(president))
}

/// The country of heads of state and government whom a report gives no more than a surname, which
/// reports do with those whom everybody knows.
fn bare(words: &Words<'_>, d: &Draft) -> Option<SmolStr> {
    let given = words.people.gender_of_name(&d.name).is_some();
    surname(d).filter(|_| !given && d.offices.is_empty())
}

/// The country whose heads of state alone bear the only name of a person.
fn surname(d: &Draft) -> Option<SmolStr> {
    let one = !d.name.contains(' ');
    let country = || Offices::shipped().country_of_surname(&d.name);
    one.then(country).flatten().map(Into::into)
}

/// Who held an office under this full name by the day of the report.
fn holder(words: &Words<'_>, d: &Draft) -> Option<Holder> {
    let found = Offices::shipped().by_name(&d.name)?;
    let day = words.cx.report.day().map(|d| d.to_string());
    (day.is_none_or(|day| found.from <= day.as_str())).then_some(found)
}

/// Links the persons whose office of the report's day is known.
pub(super) fn links(words: &Words<'_>, book: &mut Book) {
    let Some(day) = words.cx.report.day().map(|d| d.to_string()) else {
        return;
    };
    for d in book
        .drafts
        .iter_mut()
        .filter(|d| d.kind == EntityKind::Person)
    {
        let Some(h) = holder(words, d) else { continue };
        let office = d.offices.iter().any(|o| o.until.is_none());
        if office
            && h.serves(&day)
            && !h.wikidata.is_empty()
            && d.country.as_deref() == Some(h.country)
        {
            d.links.push(("wikidata", h.wikidata.to_owned()));
        }
    }
}

fn of_person(book: &Book, d: &Draft, home: Option<&SmolStr>) -> Option<SmolStr> {
    let owned = d
        .offices
        .iter()
        .filter_map(|o| book.drafts.get(o.of?))
        .find_map(|of| {
            of.country.clone().or_else(|| {
                let boss = of
                    .offices
                    .iter()
                    .filter_map(|o| book.drafts.get(o.of?))
                    .find_map(|x| x.country.clone());
                boss.or_else(|| {
                    of.offices
                        .iter()
                        .any(|o| HOME.contains(&o.head.as_str()))
                        .then(|| home.cloned())
                        .flatten()
                })
            })
        });
    owned.or_else(|| {
        d.offices
            .iter()
            .any(|o| o.of.is_none() && o.until.is_none() && HOME.contains(&o.head.as_str()))
            .then(|| home.cloned())
            .flatten()
    })
}

/// Whether an organisation is one that every country has under the same name.
fn institution(words: &Words<'_>, d: &Draft) -> bool {
    let key = d.name.to_lowercase();
    let mut heads = key.split(' ');
    let ends = heads.next_back().unwrap_or_default();
    let of = key
        .split(" of ")
        .next()
        .and_then(|k| k.rsplit(' ').next())
        .unwrap_or_default();
    [ends, of].iter().any(|w| {
        matches!(
            *w,
            "ministry"
                | "parliament"
                | "senate"
                | "congress"
                | "house"
                | "army"
                | "navy"
                | "cabinet"
                | "government"
                | "treasury"
                | "committee"
                | "administration"
                | "court"
                | "assembly"
                | "department"
                | "party"
                | "democrats"
        )
    }) && words.organizations.institution(&d.name).is_none_or(|i| {
        i.country.is_none()
            && matches!(
                i.name.as_str(),
                "House of Commons"
                    | "Conservative Party"
                    | "Labour Party"
                    | "Liberal Democrats"
                    | "Supreme Court"
                    | "National Assembly"
                    | "Congress"
                    | "Senate"
            )
    })
}
