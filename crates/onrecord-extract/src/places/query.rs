//! What is asked of the gazetteer: a name, and what the text beside it says of where it lies.
//!
//! "Athens, Ohio", "Peru's Callao region", "Callao, a Peruvian port".

use onrecord_lexicon::gazetteer::Place as Row;
use onrecord_lexicon::{Gazetteer, Hit, PlaceKind, Use, fold_name};
use onrecord_model::TokenRange;
use smol_str::SmolStr;

use crate::entities::{Named, Words};

/// A name to be placed.
pub(super) struct Query {
    pub(super) key: String,
    /// Bytes it is named at; `None` in the furniture.
    pub(super) tokens: Option<TokenRange>,
    pub(super) hits: Vec<Hit>,
    /// What it is said to lie in.
    pub(super) inside: Option<Inside>,
    /// A country said of it: "the Peruvian port of Callao".
    pub(super) said: Option<SmolStr>,
    /// A noun that tells its kind: "region".
    pub(super) division: bool,
}

#[derive(Clone, PartialEq)]
pub(super) enum Inside {
    Country(SmolStr),
    Division(u32, SmolStr),
}

pub(super) fn filed_key(name: &str) -> String {
    format!("filed:{}", fold_name(name))
}

pub(super) fn filed_query(words: &Words<'_>, name: &str) -> Query {
    let mut parts = name.splitn(2, ',').map(str::trim);
    let first = parts.next().unwrap_or_default();
    Query {
        key: filed_key(name),
        tokens: None,
        hits: Gazetteer::shipped().look_up(first),
        inside: parts.next().and_then(|p| container(words, p)),
        said: None,
        division: false,
    }
}

/// A name that is another's container: a country or a division.
pub(super) fn container(words: &Words<'_>, name: &str) -> Option<Inside> {
    let division = division(name);
    let country = words.countries.by_name(name);
    match (country, division) {
        (Some(c), Some(d)) if d.country == "US" => Some(Inside::Division(d.row, c.iso3.clone())),
        (Some(c), _) => Some(Inside::Country(c.iso3.clone())),
        (None, Some(d)) => Some(Inside::Division(d.row, SmolStr::default())),
        _ => None,
    }
}

/// The largest first-order division that bears a name.
pub(super) fn division(name: &str) -> Option<Row> {
    let g = Gazetteer::shipped();
    let mut hits = g.look_up(name);
    if hits.is_empty()
        && let Some(state) = onrecord_lexicon::gazetteer::postal(name)
    {
        hits = g.look_up(state);
    }
    hits.into_iter()
        .map(|h| h.place)
        .filter(|p| p.kind == PlaceKind::Admin1)
        .max_by(|a, b| a.population.total_cmp(&b.population))
}

pub(super) fn prose_query(words: &Words<'_>, found: &[Named], n: &Named) -> Option<Query> {
    let name = words.name(n.tokens);
    let g = Gazetteer::shipped();
    let last = words.lower(n.tokens.end.0 - 1);
    let division = words.usage.is(Use::Division, last)
        || words.usage.is(Use::Division, words.lower(n.tokens.end.0));
    let mut hits = g.look_up(&name);
    if hits.is_empty() && words.usage.is(Use::Division, last) && n.tokens.len() > 1 {
        let base = TokenRange::new(n.tokens.start.0, n.tokens.end.0 - 1);
        hits = g.look_up(&words.name(base));
    }
    if hits.is_empty() {
        hits = name
            .strip_prefix("The ")
            .map(|x| g.look_up(x))
            .unwrap_or_default();
    }
    if words.usage.is(Use::PartOfPlace, &name.to_lowercase()) {
        // "the West" is no town of that name.
        hits.clear();
    }
    if n.state.is_some() {
        // A country's name: only a large division elsewhere may be meant instead.
        hits.retain(|h| {
            h.place.kind == PlaceKind::Admin1 && !h.alternate && h.place.population > 1e6
        });
        if hits.is_empty() {
            return None;
        }
    }
    let e = n.tokens.end.0;
    let after = (words.form(e) == ",")
        .then(|| {
            found
                .iter()
                .find(|m| m.tokens.start.0 == e + 1 && !m.demonym)
        })
        .flatten();
    let inside = after
        .and_then(|m| container(words, &words.name(m.tokens)))
        .or_else(|| owner(words, n));
    Some(Query {
        key: fold_name(&name),
        tokens: Some(n.tokens),
        hits,
        inside,
        said: said_of(words, found, n),
        division,
    })
}

/// "Peru's Callao region": the possessor.
pub(super) fn owner(words: &Words<'_>, n: &Named) -> Option<Inside> {
    let b = words.before(n.tokens.start.0)?;
    if !words.is_possessive(b) {
        return None;
    }
    let last = words.before(b)?;
    (0..3u32).find_map(|k| {
        let range = TokenRange::new(last.checked_sub(k)?, last + 1);
        container(words, &words.name(range))
    })
}

/// A country said beside the name: "Callao, a Peruvian port", "the Peruvian port of Callao".
pub(super) fn said_of(words: &Words<'_>, found: &[Named], n: &Named) -> Option<SmolStr> {
    let (start, e) = (n.tokens.start.0, n.tokens.end.0);
    let near = |m: &&Named| {
        let after = words.form(e) == ","
            && m.tokens.start.0 > e
            && m.tokens.start.0 <= e + 3
            && matches!(words.lower(e + 1), "a" | "an" | "the");
        let before = m.tokens.end.0 <= start
            && m.tokens.end.0 + 4 > start
            && words.sentence(m.tokens.start.0) == words.sentence(start)
            && (m.tokens.end.0..start)
                .all(|t| !words.is_capital(t) && words.form(t) != "," && !words.is_possessive(t))
            && (m.tokens.end.0..start).any(|t| {
                matches!(
                    words.lower(t),
                    "city"
                        | "town"
                        | "capital"
                        | "port"
                        | "village"
                        | "province"
                        | "region"
                        | "island"
                        | "state"
                        | "resort"
                        | "district"
                )
            });
        after || before
    };
    found
        .iter()
        .filter(|m| m.demonym)
        .find(near)
        .and_then(|m| m.state.clone())
}
