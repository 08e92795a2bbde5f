//! The places of one report: which is meant by each name, and where the report is at home.
//!
//! Every name is asked of the gazetteer, with the outlet's town and what the names of organisations
//! tell; [`super::evidence`] weighs the answers against each other.

use std::collections::BTreeMap;

use onrecord_lexicon::{Gazetteer, PlaceKind, fold_name};
use onrecord_model::{EntityKind, TokenRange};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::evidence::{Asked, agree};
use super::query::{Query, borne, division, filed_query, prose_query};
use super::{Site, distance, outlet};
use crate::entities::{Named, Words};

/// The outlet's town says as much as so many names of the text.
const HOME: f64 = 3.0;

/// The places of one report.
#[derive(Default)]
pub(crate) struct Atlas {
    chosen: FxHashMap<String, Site>,
    by_token: FxHashMap<u32, Site>,
    filed: FxHashMap<String, Site>,
    dateline: Option<Site>,
}

impl Atlas {
    /// Places every name of a report, those of its furniture too (name, whether the dateline's).
    pub(crate) fn new<'n>(
        words: &Words<'_>,
        found: &[Named],
        filed: impl Iterator<Item = (&'n str, bool)>,
    ) -> Self {
        let mut table = Table::default();
        for q in found.iter().filter_map(|n| prose_query(words, found, n)) {
            table.add(words, q);
        }
        let mut dateline = None;
        for (name, is_dateline) in filed {
            let at = table.add(words, filed_query(words, name));
            table.filed.push((name.to_owned(), at));
            if is_dateline {
                dateline = Some(at);
            }
        }
        table.told_first();
        let mut asked = background(words, found, &table.queries);
        let names = asked.len();
        asked.append(&mut table.asked);
        agree(&mut asked);
        table.asked = asked.split_off(names);
        let mut out = Self {
            dateline: dateline.and_then(|at| table.site(at)),
            ..Self::default()
        };
        for (q, at) in &table.queries {
            let Some(site) = table.site(*at) else {
                continue;
            };
            let Some(tokens) = q.tokens else { continue };
            if q.landmark && !table.bears(q, &site) {
                continue;
            }
            if q.landmark {
                out.by_token.insert(tokens.start.0, site.around());
                continue;
            }
            out.by_token.insert(tokens.start.0, site.clone());
            out.chosen.entry(q.key.clone()).or_insert(site);
        }
        for (name, at) in &table.filed {
            if let Some(site) = table.site(*at) {
                out.filed.insert(name.clone(), site);
            }
        }
        out
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
        Some(site.around())
    }

    /// The site of a name of the furniture.
    pub(crate) fn filed(&self, name: &str) -> Option<Site> {
        self.filed.get(name).cloned()
    }

    /// Whether a name that is a country's is meant as a town's or division's of another.
    pub(crate) fn is_namesake(&self, n: &Named) -> bool {
        self.by_token
            .get(&n.tokens.start.0)
            .is_some_and(|s| s.row.is_some())
    }

    /// The country the report is at home in: where it is filed, else the one that it speaks of most
    /// and more than once.
    pub(crate) fn home(&self, found: &[Named]) -> Option<SmolStr> {
        if let Some(d) = &self.dateline {
            return Some(d.country.clone()).filter(|c| !c.is_empty());
        }
        let mut counts: Vec<(SmolStr, usize)> = countries_said(found.iter()).into_iter().collect();
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
            [first, second, ..] if first.1 > second.1 + 1 => Some(first.0.clone()),
            [only] if only.1 > 1 => Some(only.0.clone()),
            _ => None,
        }
    }
}

/// How often each country is spoken of, by name or adjective; alpha-3, in a fixed order.
fn countries_said<'n>(found: impl Iterator<Item = &'n Named>) -> BTreeMap<SmolStr, usize> {
    let mut out = BTreeMap::new();
    for s in found.filter_map(|n| n.state.as_ref()) {
        *out.entry(s.clone()).or_insert(0) += 1;
    }
    out
}

/// The names of a report, each asked once however often it stands there.
#[derive(Default)]
struct Table {
    asked: Vec<Asked>,
    /// With the place of its answer among those asked.
    queries: Vec<(Query, usize)>,
    filed: Vec<(String, usize)>,
}

impl Table {
    fn add(&mut self, words: &Words<'_>, q: Query) -> usize {
        let same = self.queries.iter().find(|(o, _)| o.asks_as(&q));
        let at = same.map_or(self.asked.len(), |(_, at)| *at);
        if at == self.asked.len() {
            self.asked.push(Asked::new(words, &q));
        }
        self.queries.push((q, at));
        at
    }

    /// One name, one place in a report: an explicit "X, Y" decides for the bare X.
    fn told_first(&mut self) {
        let mut told: FxHashMap<String, usize> = FxHashMap::default();
        for (q, at) in &self.queries {
            if self.asked[*at].is_told() {
                told.entry(q.key.clone()).or_insert(*at);
            }
        }
        for (q, at) in &mut self.queries {
            if !self.asked[*at].is_told()
                && let Some(t) = told.get(&q.key)
            {
                self.asked[*at].weight = 0.0;
                *at = *t;
            }
        }
    }

    /// Whether a landmark lies where its name says: places and persons share names, so the place
    /// must be spoken of by itself, be a division, or be large and fit well.
    fn bears(&self, landmark: &Query, site: &Site) -> bool {
        let alone = |(q, _): &(Query, usize)| !q.landmark && q.key == landmark.key;
        let Some(row) = site.row.and_then(Gazetteer::row) else {
            return false;
        };
        let division = matches!(row.kind, PlaceKind::Admin1 | PlaceKind::Admin2);
        let large = row.population > 20_000.0 && site.confidence > 0.7;
        division || large || self.queries.iter().any(alone)
    }

    fn site(&self, at: usize) -> Option<Site> {
        self.asked.get(at)?.site()
    }
}

/// What is known beside the names: where the outlet is at home, the countries spoken of, the
/// divisions that organisations bear in their names.
fn background(words: &Words<'_>, found: &[Named], queries: &[(Query, usize)]) -> Vec<Asked> {
    let report = words.cx.report;
    let mut out: Vec<Asked> = Vec::new();
    for name in outlet::towns(report) {
        out.push(Asked::new(words, &filed_query(words, &name)).weigh(HOME));
    }
    let home = outlet::country(report).map(|c| c.iso3.clone());
    let asked = |n: &&Named| {
        let by_name = |(q, _): &(Query, usize)| q.tokens == Some(n.tokens);
        !queries.iter().any(by_name)
    };
    let mut said = countries_said(found.iter().filter(asked));
    if let Some(home) = &home {
        *said.entry(home.clone()).or_insert(0) += 1;
    }
    for (iso3, times) in said {
        // Spoken of again and again it says a little more.
        let weight = if Some(&iso3) == home.as_ref() {
            HOME
        } else {
            (1.0 + 0.25 * (times as f64 - 1.0)).min(2.0)
        };
        out.extend(Site::country(words.countries, &iso3).map(|s| Asked::known(s, weight)));
    }
    let organizations = || found.iter().filter(|n| n.kind == EntityKind::Organization);
    let mut bearers: BTreeMap<String, Asked> = BTreeMap::new();
    for q in organizations().filter_map(|n| borne(words, n)) {
        if queries.iter().all(|(o, _)| o.key != q.key) {
            bearers
                .entry(q.key.clone())
                .or_insert_with(|| Asked::new(words, &q));
        }
    }
    out.extend(bearers.into_values());
    let divisions = organizations().filter_map(|n| {
        let start = n.tokens.start.0;
        (1..=2u32)
            .filter(|len| start + len < n.tokens.end.0)
            .find_map(|len| division(&words.name(TokenRange::new(start, start + len))))
    });
    let large: BTreeMap<u32, _> = divisions
        .filter(|row| row.population > 500_000.0)
        .map(|row| (row.row, row))
        .collect();
    out.extend(
        large
            .values()
            .map(|row| Asked::known(Site::row(row, 0.6), 1.0)),
    );
    out
}
