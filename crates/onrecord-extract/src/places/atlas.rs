//! Which of the places that bear a name is meant: by what it is said to lie in, by the
//! countries and places spoken of beside it, by where the report is filed, and by size.
//!
//! Size is the prior, context decides: the largest namesake loses to one in a county the report
//! names. See Leidner (2007) for the evidence used: containment, one referent a report, distance.

use onrecord_lexicon::gazetteer::Place as Row;
use onrecord_lexicon::{Country, Gazetteer, Hit, PlaceKind, fold_name};
use onrecord_model::{EntityKind, TokenRange};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::query::{Inside, Query, division, filed_key, filed_query, prose_query};
use super::{Site, distance, within};
use crate::entities::{Named, Words};

/// The places of one report.
pub(crate) struct Atlas {
    chosen: FxHashMap<String, Site>,
    by_token: FxHashMap<u32, Site>,
    dateline: Option<Site>,
}

impl Atlas {
    /// Places every name of a report, those of its furniture too (name, whether the dateline's).
    pub(crate) fn new<'n>(
        words: &Words<'_>,
        found: &[Named],
        filed: impl Iterator<Item = (&'n str, bool)>,
    ) -> Self {
        let mut queries: Vec<Query> = found
            .iter()
            .filter(|n| n.kind == EntityKind::Place || n.state.is_some() && !n.demonym)
            .filter_map(|n| prose_query(words, found, n))
            .collect();
        let mut dateline_key = None;
        for (name, dateline) in filed {
            let q = filed_query(words, name);
            if dateline {
                dateline_key = Some(q.key.clone());
            }
            queries.push(q);
        }
        let said = countries_said(words, found);
        let mut out = Self {
            chosen: FxHashMap::default(),
            by_token: FxHashMap::default(),
            dateline: None,
        };
        let asked: Vec<Asked<'_>> = queries
            .iter()
            .map(|q| Asked::new(words, q, &said))
            .collect();
        // Those that leave no doubt first; the others then lie near them.
        let named = divisions_named(words, found);
        let mut anchors: Vec<Site> = named.clone();
        for pass in 0..3 {
            let mut sites: Vec<Option<Site>> =
                asked.iter().map(|q| choose(q, &anchors, pass)).collect();
            one_referent(&queries, &mut sites);
            anchors = sites
                .iter()
                .flatten()
                .filter(|s| s.confidence >= 0.5)
                .cloned()
                .collect();
            anchors.extend(named.iter().cloned());
            if pass == 2 {
                out.keep(&queries, &sites, dateline_key.as_deref());
            }
        }
        out
    }

    fn keep(&mut self, queries: &[Query], sites: &[Option<Site>], dateline: Option<&str>) {
        for (q, s) in queries.iter().zip(sites) {
            let Some(s) = s else { continue };
            if let Some(t) = q.tokens {
                self.by_token.insert(t.start.0, s.clone());
            }
            if dateline == Some(q.key.as_str()) && q.tokens.is_none() {
                self.dateline = Some(s.clone());
            }
            self.chosen
                .entry(q.key.clone())
                .or_insert_with(|| s.clone());
        }
    }

    /// The site of a name in the prose; a landmark takes its city's.
    pub(crate) fn site(&self, words: &Words<'_>, n: &Named) -> Option<Site> {
        self.by_token
            .get(&n.tokens.start.0)
            .cloned()
            .or_else(|| self.city_of(words, n))
    }

    /// The city a landmark stands in: its possessor, or the one city of its sentence.
    fn city_of(&self, words: &Words<'_>, n: &Named) -> Option<Site> {
        let landmark = n.tokens.len() > 1
            && words
                .organizations
                .class_of_head(words.lower(n.tokens.end.0 - 1))
                .is_some();
        if !landmark {
            return None;
        }
        let sentence = words.sentence(n.tokens.start.0);
        let mut near: Vec<(u32, &Site)> = (sentence.start.0..sentence.end.0)
            .filter_map(|t| Some((t, self.by_token.get(&t)?)))
            .filter(|(_, s)| s.row.is_some())
            .collect();
        near.sort_by_key(|(t, _)| t.abs_diff(n.tokens.start.0));
        let possessor = words
            .before(n.tokens.start.0)
            .filter(|b| words.is_possessive(*b))
            .and_then(|b| self.chosen.get(&fold_name(words.form(b.checked_sub(1)?))));
        let site = possessor.or_else(|| match near.as_slice() {
            [(_, only)] => Some(*only),
            [(_, a), rest @ ..]
                if rest
                    .iter()
                    .all(|(_, b)| distance((a.lat, a.lon), (b.lat, b.lon)) < 60.0) =>
            {
                Some(*a)
            }
            _ => None,
        })?;
        Some(Site {
            row: None,
            geonames: None,
            confidence: 0.5,
            ..site.clone()
        })
    }

    /// The site of a name of the furniture.
    pub(crate) fn filed(&self, name: &str) -> Option<Site> {
        self.chosen.get(&filed_key(name)).cloned()
    }

    /// Whether a name that is a country's is meant as a division's of another country.
    pub(crate) fn is_division(&self, n: &Named) -> bool {
        self.by_token
            .get(&n.tokens.start.0)
            .is_some_and(|s| s.row.is_some())
    }

    /// The country the report is at home in: where it is filed, else the one most spoken of.
    pub(crate) fn home(&self, words: &Words<'_>, found: &[Named]) -> Option<SmolStr> {
        if let Some(d) = &self.dateline {
            return Some(d.country.clone()).filter(|c| !c.is_empty());
        }
        let mut counts: Vec<(SmolStr, usize)> = countries_said(words, found).into_iter().collect();
        for s in found
            .iter()
            .filter_map(|n| self.by_token.get(&n.tokens.start.0))
        {
            match counts.iter_mut().find(|c| c.0 == s.country) {
                Some(c) => c.1 += 1,
                None if !s.country.is_empty() => counts.push((s.country.clone(), 1)),
                None => {}
            }
        }
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        match counts.as_slice() {
            [first, second, ..] if first.1 > second.1 => Some(first.0.clone()),
            [only] => Some(only.0.clone()),
            _ => None,
        }
    }
}

/// How often each country is spoken of, by name or adjective; alpha-3, in a fixed order.
fn countries_said(words: &Words<'_>, found: &[Named]) -> Said {
    let _ = words;
    let mut out = std::collections::BTreeMap::new();
    for s in found.iter().filter_map(|n| n.state.as_ref()) {
        *out.entry(s.clone()).or_insert(0) += 1;
    }
    out
}

/// Divisions that organisations bear in their names: "Ohio Court of Appeals".
fn divisions_named(words: &Words<'_>, found: &[Named]) -> Vec<Site> {
    let organizations = found.iter().filter(|n| n.kind == EntityKind::Organization);
    organizations
        .filter_map(|n| {
            let start = n.tokens.start.0;
            (1..=2u32)
                .filter(|len| start + len < n.tokens.end.0)
                .find_map(|len| division(&words.name(TokenRange::new(start, start + len))))
        })
        .filter(|row| row.population > 500_000.0)
        .map(|row| Site::row(&row, 0.6))
        .collect()
}

fn country_of(row: &Row) -> SmolStr {
    onrecord_lexicon::Countries::shipped()
        .by_iso2(&row.country)
        .map(|c| c.iso3.clone())
        .unwrap_or_default()
}

/// A query with what does not change while its neighbours are placed.
struct Asked<'q> {
    /// The country of this name.
    own_country: Option<&'static Country>,
    candidates: Vec<Candidate<'q>>,
}

struct Candidate<'q> {
    hit: &'q Hit,
    /// Alpha-3.
    country: SmolStr,
    /// How well it fits by itself.
    score: f64,
    /// Whether the text itself says it lies there.
    told: bool,
}

type Said = std::collections::BTreeMap<SmolStr, usize>;

impl<'q> Asked<'q> {
    fn new(words: &Words<'_>, q: &'q Query, said: &Said) -> Self {
        let own_country = q
            .tokens
            .and_then(|t| words.countries.by_name(&words.name(t)));
        let candidate = |hit: &'q Hit| {
            let country = country_of(&hit.place);
            let (score, told) = score(words, q, hit, &country, said);
            Candidate {
                hit,
                country,
                score,
                told,
            }
        };
        Self {
            own_country,
            candidates: q.hits.iter().map(candidate).collect(),
        }
    }
}

/// The place meant by a query, or none when two fit alike.
fn choose(asked: &Asked<'_>, anchors: &[Site], pass: usize) -> Option<Site> {
    let mut scored: Vec<(f64, bool, &Hit)> = asked
        .candidates
        .iter()
        .map(|c| (c.score + nearness(c, anchors), c.told, c.hit))
        .collect();
    scored.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then_with(|| a.2.place.row.cmp(&b.2.place.row))
    });
    let (best, told, hit) = scored.first().copied()?;
    if let Some(c) = asked.own_country {
        // a country: itself unless the places about it lie in the division.
        let near = |s: &&Site| {
            let division = s.row.and_then(Gazetteer::division);
            division == Some(hit.place.row) && s.row != division
        };
        let inside = anchors.iter().filter(near).count();
        let abroad = anchors.iter().filter(|s| s.country == c.iso3).count();
        return (told || inside > abroad).then(|| Site::row(&hit.place, 0.8));
    }
    let rival = scored
        .iter()
        .skip(1)
        .find(|(_, _, h)| !within(point(&h.place), point(&hit.place), 80.0))
        .map_or(f64::NEG_INFINITY, |r| r.0);
    let margin = best - rival;
    if margin < 0.15 {
        return None;
    }
    let confidence = if told || scored.len() == 1 && best > 8.0 {
        0.95
    } else {
        (0.4 + margin / 10.0).min(0.9)
    };
    // In the first pass only what leaves little doubt may stand as an anchor.
    (pass > 0 || told || margin > 2.0).then(|| Site::row(&hit.place, confidence as f32))
}

/// How well a candidate fits, and whether the text itself says it lies there.
fn score(words: &Words<'_>, q: &Query, h: &Hit, country: &SmolStr, said: &Said) -> (f64, bool) {
    let place = &h.place;
    let mut s = match place.kind {
        PlaceKind::City => (place.population + 1.0).ln(),
        PlaceKind::Admin1 => (place.population + 1.0).ln() - 2.6,
        PlaceKind::Admin2 => (place.population + 1.0).ln() - 3.0,
        kind if kind.is_wide() => 28.0,
        _ => 16.0,
    };
    if h.alternate && place.kind == PlaceKind::City {
        s -= if place.population > 1e6 { 1.3 } else { 4.0 };
    }
    if q.division && matches!(place.kind, PlaceKind::Admin1 | PlaceKind::Admin2) {
        s += 6.0;
    }
    let large = place.kind == PlaceKind::City && place.population > 50_000.0;
    let capital = || words.countries.by_iso2(&place.country)?.capital;
    if large && capital().is_some_and(|c| within(c, point(place), 40.0)) {
        s += 2.5;
    }
    let mut told = false;
    match &q.inside {
        Some(Inside::Country(c)) if c == country => (s, told) = (s + 60.0, true),
        Some(Inside::Division(row, _)) if place.admin1 == Some(*row) && place.row != *row => {
            (s, told) = (s + 60.0, true);
        }
        Some(Inside::Division(_, c)) if c == country && !c.is_empty() => {
            (s, told) = (s + 50.0, true);
        }
        _ => {}
    }
    if q.said.as_ref() == Some(country) {
        (s, told) = (s + 30.0, true);
    }
    let total: usize = said.values().sum();
    if total > 0 {
        let share = said.get(country).copied().unwrap_or(0) as f64 / total as f64;
        s += 4.0 * share.sqrt();
    }
    (s, told)
}

/// What the other places of the report say for a candidate.
fn nearness(candidate: &Candidate<'_>, anchors: &[Site]) -> f64 {
    let p = &candidate.hit.place;
    let mut near = 0.0_f64;
    let mut same_country = 0.0_f64;
    let mut same_division = 0.0_f64;
    for a in anchors.iter().filter(|a| a.row != Some(p.row)) {
        if within((a.lat, a.lon), point(p), 350.0) {
            let close = within((a.lat, a.lon), point(p), 120.0);
            near += if close { 3.0 } else { 1.0 };
        }
        if a.country == candidate.country {
            same_country += 0.7;
        }
        if p.admin1.is_some() && a.row.and_then(Gazetteer::division) == p.admin1 {
            same_division += 2.0;
        }
    }
    near.min(9.0) + same_country.min(2.5) + same_division.min(6.0)
}

fn point(place: &Row) -> (f64, f64) {
    (place.lat, place.lon)
}

/// One name, one place in a report: an explicit "X, Y" decides for the bare X.
fn one_referent(queries: &[Query], sites: &mut [Option<Site>]) {
    let mut told: FxHashMap<&str, Site> = FxHashMap::default();
    for (q, s) in queries.iter().zip(sites.iter()) {
        if let (Some(_), Some(s)) = (&q.inside, s)
            && s.confidence > 0.9
        {
            told.entry(q.key.trim_start_matches("filed:"))
                .or_insert_with(|| s.clone());
        }
    }
    for (q, s) in queries.iter().zip(sites.iter_mut()) {
        if q.inside.is_none()
            && q.said.is_none()
            && let Some(t) = told.get(q.key.trim_start_matches("filed:"))
        {
            *s = Some(t.clone());
        }
    }
}
