//! What can be asked of a ledger, and the sieve that a question becomes.
//!
//! A [`Query`] is what a person asks; all that it says must hold. A [`Sieve`] is what the
//! stores are asked: tokens, ranges and bits, the same for both.

use std::collections::BTreeMap;

use jiff::civil::Date;
use onrecord_model::{CommitmentKind, CommitmentStatus, CueKind, EventType};
use serde::{Deserialize, Serialize};

use super::entry::EntryKind;
use super::error::LedgerError;
use super::fold::{self, Wanted};
pub(crate) use super::hit::Hit;
use super::index::{self, basis, hidden};
use super::near::Part;
use super::search::{Between, Came};
use super::{days, decimal, key};

/// On whose word an entry stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnWhoseWord {
    /// The report's own voice.
    Reporter,
    /// Somebody's the report names or describes.
    Source,
    /// This one's.
    Named(String),
}

/// Days from the first to the last, both included; open where there is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Days {
    /// The first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}

impl Days {
    const fn is_open(self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// Whether they hold a day, by its number; one that is not known, when they are open.
    pub(crate) fn hold(self, day: i32) -> bool {
        let (first, last) = self.numbers();
        self.is_open() || (first <= day && day <= last)
    }

    fn numbers(self) -> (i32, i32) {
        let last = jiff::civil::Date::MAX;
        (
            self.from.map_or(1, days::number),
            days::number(self.to.unwrap_or(last)),
        )
    }
}

/// Where.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Where {
    /// At a place of this name.
    Named(String),
    /// At a place of this name, which is that of a country, or at one that lies in it.
    Country {
        /// The name.
        name: String,
        /// ISO 3166 alpha-3.
        code: String,
    },
    /// Within so many kilometres of a point.
    Within {
        /// Degrees north.
        lat: f64,
        /// Degrees east.
        lon: f64,
        /// Kilometres.
        km: f64,
    },
}

/// How much, in one currency or unit; restated amounts count.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Amounts {
    /// ISO 4217, or the unit's name.
    pub unit: String,
    /// The least, a decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<String>,
    /// The most, a decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<String>,
}

/// In which order entries come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Newest day of publication first; reports without a day come last.
    #[default]
    Newest,
    /// Oldest first.
    Oldest,
    /// Largest amount first, in the unit of [`Query::amount`].
    Largest,
    /// Surest first.
    Surest,
}

/// What is hidden unless asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Show {
    /// Entries a person rejected.
    pub rejected: bool,
    /// Entries a person merged into another.
    pub merged: bool,
    /// Entries of reports that a later version took the place of.
    pub superseded: bool,
}

/// What is asked; all of it must hold. The default asks for every entry, newest first.
///
/// As JSON it holds what is asked and nothing else; a member that is not known is refused, so that
/// a program older than the query never finds too much.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Query {
    /// Kinds of entries; all when empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<EntryKind>,
    /// Who speaks, acts, or is bound: any form of the name in the report, or `wikidata:Q42`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// To whom or with whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Who or what it speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Types of events; with `commitments` and `cues`, any of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventType>,
    /// Kinds of commitments.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub commitments: Vec<CommitmentKind>,
    /// Kinds of cues.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cues: Vec<CueKind>,
    /// How far a commitment has come: any of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<CommitmentStatus>,
    /// On whose word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word: Option<OnWhoseWord>,
    /// At least so sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_confidence: Option<f32>,
    /// When the report was published.
    #[serde(skip_serializing_if = "is_default")]
    pub published: Days,
    /// The entry's own time.
    #[serde(skip_serializing_if = "is_default")]
    pub time: Days,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Where>,
    /// How much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amounts>,
    /// Who carried the report: a name, or whole words of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// In the entry's own words: `missile "long range" drone*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Anywhere in the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Only entries of this report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
    /// Only entries of reports that came between two moments.
    #[serde(skip)]
    pub came: Between,
    /// Names that are asked for in the place of one that nobody bears ([`Ledger::meant`](super::Ledger::meant)).
    #[serde(skip)]
    pub taken: BTreeMap<Part, Vec<String>>,
    /// What is hidden unless asked for.
    #[serde(skip_serializing_if = "is_default")]
    pub show: Show,
    /// The order.
    #[serde(skip_serializing_if = "is_default")]
    pub sort: Sort,
    /// Where the page before ended ([`Page::next`](super::Page::next)).
    #[serde(skip)]
    pub after: Option<String>,
    /// Entries on a page.
    #[serde(skip, default = "page")]
    pub limit: usize,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            kinds: Vec::new(),
            by: None,
            to: None,
            about: None,
            events: Vec::new(),
            commitments: Vec::new(),
            cues: Vec::new(),
            statuses: Vec::new(),
            word: None,
            min_confidence: None,
            published: Days::default(),
            time: Days::default(),
            place: None,
            amount: None,
            outlet: None,
            words: None,
            text: None,
            report: None,
            came: Between::default(),
            taken: BTreeMap::new(),
            show: Show::default(),
            sort: Sort::default(),
            after: None,
            limit: page(),
        }
    }
}

/// Entries on a page when nobody says how many.
const fn page() -> usize {
    50
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A token, or how one begins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Term {
    Whole(String),
    Beginning(String),
}

/// All of these, any of each.
pub(crate) type Terms = Vec<Vec<Term>>;

/// A question as the stores are asked it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Sieve {
    pub(crate) terms: Terms,
    pub(crate) text: Terms,
    pub(crate) low: i64,
    pub(crate) high: i64,
    pub(crate) kinds: i64,
    pub(crate) confidence: i64,
    pub(crate) basis: i64,
    pub(crate) hide: i64,
    pub(crate) days: Option<(i32, i32)>,
    pub(crate) near: Option<(f64, f64, f64)>,
    pub(crate) amount: Option<(String, String, String)>,
    pub(crate) sort: Sort,
    pub(crate) after: Option<Hit>,
    pub(crate) limit: i64,
    pub(crate) came: Option<Came>,
}

/// Degrees of one kilometre from pole to pole.
const DEGREE_KM: f64 = 111.2;
/// As many cells as are asked for by name; a wider circle is left to the rows.
const CELLS: i32 = 500;

impl Query {
    /// What is looked for in the entry's own words.
    pub(crate) fn wanted(&self) -> Wanted {
        Wanted::of(self.words.as_deref().unwrap_or_default())
    }

    /// What is looked for in the report.
    pub(crate) fn wanted_in_text(&self) -> Wanted {
        Wanted::of(self.text.as_deref().unwrap_or_default())
    }

    pub(crate) fn sieve(&self) -> Result<Sieve, LedgerError> {
        let bits = |kinds: &[EntryKind]| kinds.iter().fold(0, |b, k| b | index::bit(*k));
        let (low, high) = if self.published.is_open() {
            (0, i64::MAX)
        } else {
            let (first, last) = self.published.numbers();
            key::range(first, last)
        };
        let hide = |shown: bool, bit: i64| if shown { 0 } else { bit };
        let sieve = Sieve {
            terms: self.terms()?,
            text: asked("text", self.text.as_deref())?,
            low,
            high,
            kinds: if self.kinds.is_empty() {
                !0
            } else {
                bits(&self.kinds)
            },
            confidence: (self.min_confidence.unwrap_or(0.0) * index::CONFIDENCE).round() as i64,
            basis: match self.word {
                Some(OnWhoseWord::Reporter) => basis::REPORTER,
                Some(OnWhoseWord::Source) => basis::SOURCE,
                _ => basis::ANY,
            },
            hide: hide(self.show.rejected, hidden::REJECTED)
                | hide(self.show.merged, hidden::MERGED)
                | hide(self.show.superseded, hidden::SUPERSEDED),
            days: (!self.time.is_open()).then(|| self.time.numbers()),
            near: match self.place {
                Some(Where::Within { lat, lon, km }) => Some(point(lat, lon, km)?),
                _ => None,
            },
            amount: self.amount.as_ref().map(amount).transpose()?,
            sort: self.sort,
            after: None,
            limit: self.limit as i64,
            came: self.came.numbers(self.outlet.is_some()),
        };
        if self.sort == Sort::Largest && sieve.amount.is_none() {
            let why = "to sort by amount, say in which currency or unit";
            return Err(LedgerError::Query(why.to_owned()));
        }
        self.starting(sieve)
    }

    /// Goes on where the page before ended.
    fn starting(&self, mut sieve: Sieve) -> Result<Sieve, LedgerError> {
        let Some(after) = &self.after else {
            return Ok(sieve);
        };
        let hit = Hit::read(after, self.sort)
            .ok_or_else(|| LedgerError::Query(format!("`{after}` is not the end of a page")))?;
        match self.sort {
            Sort::Newest => sieve.high = sieve.high.min(hit.key - 1),
            Sort::Oldest => sieve.low = sieve.low.max(hit.key + 1),
            Sort::Largest | Sort::Surest => sieve.after = Some(hit),
        }
        Ok(sieve)
    }

    fn terms(&self) -> Result<Terms, LedgerError> {
        let mut all = asked("words", self.words.as_deref())?;
        let mut any = |tokens: Vec<String>| {
            if !tokens.is_empty() {
                all.push(tokens.into_iter().map(Term::Whole).collect());
            }
        };
        for part in Part::ALL {
            let Some(name) = self.name(part) else {
                continue;
            };
            let taken = self.taken.get(&part).into_iter().flatten();
            let names = taken.map(String::as_str).chain([name]);
            let mut tokens: Vec<String> = names
                .map(|n| named(part.role(), n))
                .collect::<Result<_, _>>()?;
            if let (Part::Place, Some(Where::Country { code, .. })) = (part, &self.place) {
                tokens.push(named("in", code)?);
            }
            any(tokens);
        }
        // Which outlets a name means, the store knows; that it is one is known before.
        if let Some(outlet) = &self.outlet {
            named("outlet", outlet)?;
        }
        let events = self.events.iter().map(|e| (EntryKind::Event, e.as_str()));
        let kinds = self.commitments.iter();
        let kinds = kinds.map(|c| (EntryKind::Commitment, c.as_str()));
        let cues = self.cues.iter().map(|c| (EntryKind::Statement, c.as_str()));
        let whats = events.chain(kinds).chain(cues);
        any(whats.map(|(k, w)| index::what(k, w)).collect());
        let statuses = self.statuses.iter();
        any(statuses
            .map(|s| index::facet("status", s.as_str()))
            .collect());
        if !self.time.is_open() {
            let (first, last) = self.time.numbers();
            any(index::touching(first, last).unwrap_or_default());
        }
        if let Some(Where::Within { lat, lon, km }) = self.place {
            any(cells(lat, lon, km));
        }
        if let Some(a) = &self.amount {
            any(sizes(a));
        }
        Ok(all)
    }
}

/// A name as the index knows it in a role.
pub(crate) fn named(role: &str, name: &str) -> Result<String, LedgerError> {
    let token = index::facet(role, name);
    if token.ends_with('=') {
        return Err(LedgerError::Query(format!(
            "`{name}` holds no letter to look for"
        )));
    }
    Ok(token)
}

fn asked(what: &str, query: Option<&str>) -> Result<Terms, LedgerError> {
    let Some(query) = query else {
        return Ok(Vec::new());
    };
    let wanted = Wanted::of(query);
    if wanted.is_empty() {
        let why = format!("`{query}` holds no word to look for in the {what}");
        return Err(LedgerError::Query(why));
    }
    let words = wanted.words.into_iter().map(Term::Whole);
    let beginnings = wanted.beginnings.into_iter().map(Term::Beginning);
    Ok(words.chain(beginnings).map(|t| vec![t]).collect())
}

fn point(lat: f64, lon: f64, km: f64) -> Result<(f64, f64, f64), LedgerError> {
    if lat.abs() <= 90.0 && lon.abs() <= 180.0 && km >= 0.0 {
        return Ok((lat, lon, km));
    }
    let why = format!("`{lat} {lon}` within `{km}` km is no place on earth");
    Err(LedgerError::Query(why))
}

/// The degrees a circle touches; none when they are many.
fn cells(lat: f64, lon: f64, km: f64) -> Vec<String> {
    let up = km / DEGREE_KM;
    let widest = (lat.abs() + up).min(90.0).to_radians().cos();
    if widest < 0.05 {
        return Vec::new();
    }
    let wide = up / widest;
    let part = |n: f64| n.floor() as i32;
    let (south, north) = (part(lat - up) - 1, part(lat + up) + 1);
    let (west, east) = (part(lon - wide) - 1, part(lon + wide) + 1);
    if (north - south + 1) * (east - west + 1) > CELLS {
        return Vec::new();
    }
    let mut out: Vec<String> = (south..=north)
        .flat_map(|lat| (west..=east).map(move |lon| (lat, lon)))
        .flat_map(|(lat, lon)| {
            // The same meridian from the other side, where the circle crosses the date line.
            let turned = if lon > 179 { lon - 360 } else { lon + 360 };
            [index::cell(lat, lon), index::cell(lat, turned)]
        })
        .collect();
    out.sort();
    out.dedup();
    out
}

/// Unit, least, most, as they sort.
fn amount(a: &Amounts) -> Result<(String, String, String), LedgerError> {
    let order = |value: &Option<String>, open: &str| match value {
        None => Ok(open.to_owned()),
        Some(v) => decimal::order(v)
            .ok_or_else(|| LedgerError::Query(format!("`{v}` is not a decimal number"))),
    };
    let unit = index::unit(&a.unit);
    if unit.is_empty() {
        return Err(LedgerError::Query(format!(
            "`{}` is not a currency or unit",
            a.unit
        )));
    }
    Ok((unit, order(&a.least, "")?, order(&a.most, "~")?))
}

/// The orders of magnitude a range touches; none when it reaches down to zero, where amounts
/// have no order of magnitude.
fn sizes(a: &Amounts) -> Vec<String> {
    let of = |v: &String| decimal::magnitude(&decimal::order(v)?);
    let Some(least) = a.least.as_ref().and_then(of) else {
        return Vec::new();
    };
    let most = a.most.as_ref().and_then(of).unwrap_or(18);
    let unit = fold::name(&a.unit);
    let range = least.clamp(0, 18)..=most.clamp(0, 18);
    range.map(|m| index::size(&unit, m)).collect()
}
