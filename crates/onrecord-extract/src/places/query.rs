//! What is asked of the gazetteer: a name, and what the text beside it says of where it lies.
//!
//! "Athens, Ohio", "Peru's Callao region", "Callao, a Peruvian port".

use onrecord_lexicon::gazetteer::Place as Row;
use onrecord_lexicon::{Country, Gazetteer, Hit, PlaceKind, Use, fold_name};
use onrecord_model::{EntityKind, TokenRange};
use smol_str::SmolStr;

use crate::entities::{Named, Words};

/// A name to be placed.
pub(super) struct Query {
    /// Folded.
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
    /// The country of this name.
    pub(super) country: Option<&'static Country>,
    /// Whether only a part of the name is a place's: "Lima Town Hall".
    pub(super) landmark: bool,
}

impl Query {
    /// Whether another asks the same: one answer does for both.
    pub(super) fn asks_as(&self, other: &Self) -> bool {
        self.key == other.key
            && self.inside == other.inside
            && self.said == other.said
            && self.division == other.division
            && self.landmark == other.landmark
            && self.country.map(|c| &c.iso3) == other.country.map(|c| &c.iso3)
    }
}

#[derive(Clone, PartialEq)]
pub(super) enum Inside {
    Country(SmolStr),
    Division(u32, SmolStr),
}

pub(super) fn filed_query(words: &Words<'_>, name: &str) -> Query {
    let mut parts = name.splitn(2, ',').map(str::trim);
    let first = parts.next().unwrap_or_default();
    Query {
        key: fold_name(first),
        tokens: None,
        hits: Gazetteer::shipped().look_up(first),
        inside: parts.next().and_then(|p| container(words, p)),
        said: None,
        division: false,
        country: None,
        landmark: false,
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

/// A name of the prose; `None` when it can be no place of the gazetteer.
pub(super) fn prose_query(words: &Words<'_>, found: &[Named], n: &Named) -> Option<Query> {
    let place = n.kind == EntityKind::Place || n.state.is_some() && !n.demonym;
    if !place {
        return None;
    }
    let name = words.name(n.tokens);
    let last = words.lower(n.tokens.end.0 - 1);
    let listed = counties(words, n.tokens.end.0);
    let division = listed
        || words.usage.is(Use::Division, last)
        || words.usage.is(Use::Division, words.lower(n.tokens.end.0));
    let mut hits = hits(words, n.tokens, &name, listed);
    let mut key = fold_name(&name);
    let mut landmark = false;
    if hits.is_empty()
        && n.state.is_none()
        && let Some(base) = base(words, n.tokens)
    {
        (key, hits, landmark) = (fold_name(&base), Gazetteer::shipped().look_up(&base), true);
        hits.retain(|h| !h.alternate);
    }
    let country = n
        .state
        .as_ref()
        .and_then(|iso3| words.countries.by_iso3(iso3));
    if country.is_some() {
        // A country's name: a large division or a town elsewhere may be meant instead.
        hits.retain(|h| {
            !h.alternate
                && match h.place.kind {
                    PlaceKind::Admin1 => h.place.population > 1e6,
                    kind => kind == PlaceKind::City,
                }
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
        key,
        tokens: Some(n.tokens),
        hits,
        inside,
        said: said_of(words, found, n),
        division,
        country,
        landmark,
    })
}

/// What the gazetteer has of a name: as it stands, without its noun, or as a county's.
fn hits(words: &Words<'_>, tokens: TokenRange, name: &str, listed: bool) -> Vec<Hit> {
    let g = Gazetteer::shipped();
    if words.usage.is(Use::PartOfPlace, &name.to_lowercase()) {
        // "the West" is no town of that name.
        return Vec::new();
    }
    let county = || g.look_up(&format!("{name} County"));
    let mut hits = if listed { county() } else { Vec::new() };
    if hits.is_empty() {
        hits = g.look_up(name);
    }
    if hits.is_empty() && tokens.len() > 1 {
        let last = words.lower(tokens.end.0 - 1);
        if words.usage.is(Use::Division, last) {
            let base = TokenRange::new(tokens.start.0, tokens.end.0 - 1);
            hits = g.look_up(&words.name(base));
        }
    }
    if hits.is_empty() {
        hits = name
            .strip_prefix("The ")
            .map(|x| g.look_up(x))
            .unwrap_or_default();
    }
    if hits.is_empty() { county() } else { hits }
}

/// Whether a list of names ends in "counties": "Adams, Wells and Jay counties".
fn counties(words: &Words<'_>, from: u32) -> bool {
    let end = words.sentence(from.saturating_sub(1)).end.0;
    let mut t = from;
    while t < end && (matches!(words.form(t), "," | "and" | "or") || words.is_capital(t)) {
        t += 1;
    }
    t < end && matches!(words.lower(t), "counties" | "parishes")
}

/// The place in the name of a building or site: "Lima" in "Lima Town Hall", "Downtown Lima".
///
/// Streets bear the names of places far away.
fn base(words: &Words<'_>, tokens: TokenRange) -> Option<String> {
    let (whole, end) = (tokens.start.0, tokens.end.0);
    let street = |t: u32| words.usage.is(Use::Street, words.bare(t));
    if (whole..end).any(street) {
        return None;
    }
    let past = |w: &str| words.usage.is(Use::PartOfPlace, w);
    let start = (whole..end).find(|t| !past(words.lower(*t)))?;
    let heads = |from: u32, to: u32| (from + 1..=to).rev().map(move |e| (from, e));
    let tails = (start + 1..end).map(|s| (s, end));
    heads(whole, end - 1)
        .chain(heads(start, end))
        .chain(tails)
        .map(|(s, e)| words.name(TokenRange::new(s, e)))
        .find(|name| is_listed(words, name))
}

/// The place that an organisation is called after: "Lima Police Department".
pub(super) fn borne(words: &Words<'_>, n: &Named) -> Option<Query> {
    let (start, end) = (n.tokens.start.0, n.tokens.end.0);
    let name = (start + 1..end)
        .rev()
        .map(|e| words.name(TokenRange::new(start, e)))
        .find(|name| is_listed(words, name))?;
    Some(filed_query(words, &name))
}

/// Whether the gazetteer has a name that is more than a direction and no country's.
fn is_listed(words: &Words<'_>, name: &str) -> bool {
    let folded = fold_name(name);
    name.len() > 3
        && !folded
            .split(' ')
            .all(|w| words.usage.is(Use::PartOfPlace, w))
        && words.countries.by_name(name).is_none()
        && Gazetteer::shipped().has(&folded)
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
