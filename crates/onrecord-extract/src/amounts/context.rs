//! Whose money a bare name or sign is: which dollar `$` is, whose francs and kroner.
//!
//! International agencies mean the U.S. dollar and mark every other. A domestic report marks the
//! U.S. dollar ("US$") and leaves its own bare; one that is filed from home by no international
//! agency does too.

use onrecord_lexicon::{Countries, currencies};
use onrecord_model::Report;
use smol_str::SmolStr;

const DOLLARS: &[(&str, &str)] = &[
    ("CAN", "CAD"),
    ("AUS", "AUD"),
    ("NZL", "NZD"),
    ("SGP", "SGD"),
    ("HKG", "HKD"),
];

/// The currency of a bare dollar when it is not the U.S. one.
pub(crate) fn local(report: &Report) -> Option<&'static str> {
    let text = report.text.as_str();
    let marks_us = text.contains("US$") || text.contains("U.S.$");
    let marks_other = ["C$", "A$", "NZ$", "S$", "HK$"]
        .iter()
        .any(|s| text.replace("US$", "").contains(s));
    let place = report.dateline.as_ref().map(|d| d.place.as_str())?;
    let country = Countries::shipped()
        .by_capital(place)
        .map(|c| c.iso3.as_str())?;
    let (_, dollar) = DOLLARS.iter().find(|(c, _)| *c == country)?;
    let domestic = report.agency.is_none() && !marks_other;
    (marks_us && !marks_other || domestic).then_some(*dollar)
}

/// How much of a text is searched for the countries it names.
const REACH: usize = 20_000;

/// The currency of a bare name ("kroner") by the countries the report names: the one whose
/// country is named most, none when two are named alike or none is.
pub(crate) fn of_country(text: &str, name: &str) -> Option<&'static str> {
    let text = text.get(..text.floor_char_boundary(REACH)).unwrap_or(text);
    if name.is_empty() {
        return None;
    }
    let mut best: Option<(usize, &'static str)> = None;
    let mut tied = false;
    for country in Countries::shipped().all() {
        let whose = |w: &SmolStr| currencies::named(&format!("{w} {name}")).and_then(|m| m.code);
        let Some(code) = country.adjectives.iter().find_map(whose) else {
            continue;
        };
        let words = country.adjectives.iter().chain([&country.name]);
        let count: usize = words.map(|w| text.matches(w.as_str()).count()).sum();
        match best {
            Some((most, _)) if count > most => (best, tied) = (Some((count, code)), false),
            Some((most, known)) => tied |= count == most && known != code,
            None if count > 0 => best = Some((count, code)),
            None => {}
        }
    }
    best.filter(|_| !tied).map(|(_, code)| code)
}
