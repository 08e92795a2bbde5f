//! Weighs the places that bear a name against all other names of the report.
//!
//! Size is the prior; every other name of the report then speaks for the candidates it may lie
//! near, each by how likely its own candidates are, until they agree. So two small towns of one
//! county name each other, and the capital that bears one's name has nothing to speak for it.
//! See Leidner (2007) for the evidence used: containment, one referent a report, distance.

use onrecord_lexicon::{Gazetteer, Hit, PlaceKind};

use super::query::{Inside, Query};
use super::{Site, within};
use crate::entities::Words;

/// How often the names are asked anew: later rounds change next to nothing.
const ROUNDS: usize = 4;
/// What a name says is twice the logarithm of the odds of its being spoken of beside the other:
/// for a place next door they are some twenty to one.
const NEXT_DOOR: f64 = 20.0;
const LOUDNESS: f64 = 2.0;
/// As far as a place speaks for its surroundings, in kilometres.
const SURROUNDINGS: f64 = 150.0;
/// What a place says for one of its first-order division, beside one next door.
const SAME_DIVISION: f64 = 0.35;
/// What a division says for others of its country: states are named in rows.
const SISTERS: f64 = 0.05;
/// What it is worth that all other names lie in the same country.
const COUNTRYMEN: f64 = 4.0;
/// Many neighbours repeat each other: together they say at most so much.
const ENOUGH: f64 = 40.0;
/// How fast a lead in score turns to certainty.
const TEMPERATURE: f64 = 1.5;
/// A lead below this is a tie.
const TIE: f64 = 0.5;
/// Where nothing of the report speaks for the place, its size must be plain.
const TIE_ALONE: f64 = 2.0;
/// A country's name means the country unless much speaks for a namesake.
const COUNTRY: f64 = 6.0;
/// Names that are listened to: the first of a report tell what it is about, and a list of
/// thousands costs no more than a story.
const HEARD: usize = 80;

/// One name of the report and what may bear it.
pub(super) struct Asked {
    /// Its folded name: namesakes do not speak for each other.
    key: String,
    /// How much it is listened to.
    pub(super) weight: f64,
    candidates: Vec<Candidate>,
}

/// A place that may be meant.
struct Candidate {
    site: Site,
    /// Row of its first-order division, which is itself for one.
    division: Option<u32>,
    /// On the unit sphere.
    at: [f64; 3],
    /// Whether it is a point, and no country, state or sea.
    local: bool,
    /// How well it fits by itself.
    prior: f64,
    /// Whether the text itself says it lies there.
    told: bool,
    /// With what the others say.
    score: f64,
    /// How likely it is the one meant.
    share: f64,
}

impl Candidate {
    fn new(site: Site, local: bool, prior: f64, told: bool) -> Self {
        let (lat, lon) = (site.lat.to_radians(), site.lon.to_radians());
        Self {
            division: site.row.and_then(Gazetteer::division),
            at: [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()],
            site,
            local,
            prior,
            told,
            score: prior,
            share: 1.0,
        }
    }

    /// What `self`, were it meant, says for another: from 0 to 1.
    fn speaks_for(&self, other: &Self) -> f64 {
        let mut says = 0.0_f64;
        if self.local && other.local {
            let chord: f64 = (0..3).map(|i| (self.at[i] - other.at[i]).powi(2)).sum();
            says = 1.0 - chord.sqrt() * 6371.0 / SURROUNDINGS;
        }
        if self.division.is_some() && self.division == other.division {
            says = says.max(SAME_DIVISION);
        }
        if self.is_division() && other.is_division() && self.shares_country(other) {
            says = says.max(SISTERS);
        }
        says.max(0.0)
    }

    fn is_division(&self) -> bool {
        self.division.is_some() && self.division == self.site.row
    }

    fn shares_country(&self, other: &Self) -> bool {
        self.site.country == other.site.country && !self.site.country.is_empty()
    }
}

impl Asked {
    /// A name of the text or of the report's furniture.
    pub(super) fn new(words: &Words<'_>, q: &Query) -> Self {
        let mut candidates: Vec<Candidate> =
            q.hits.iter().map(|h| candidate(words, q, h)).collect();
        if let Some(c) = q.country
            && let Some(site) = Site::country(words.countries, &c.iso3)
        {
            let prior = (c.population as f64 + 1.0).ln() + COUNTRY;
            candidates.push(Candidate::new(site, false, prior, false));
        }
        Self {
            key: q.key.clone(),
            weight: 1.0,
            candidates,
        }
    }

    /// Something known beside the names: it speaks and is not asked.
    pub(super) fn known(site: Site, weight: f64) -> Self {
        Self {
            key: String::new(),
            weight,
            candidates: vec![Candidate::new(site, false, 0.0, true)],
        }
    }

    /// Listened to so much.
    pub(super) fn weigh(mut self, weight: f64) -> Self {
        self.weight = weight;
        self
    }

    /// Whether the text itself says where it lies.
    pub(super) fn is_told(&self) -> bool {
        self.candidates.iter().any(|c| c.told)
    }

    fn settle(&mut self) {
        let best = self.candidates.iter().map(|c| c.score);
        let best = best.fold(f64::NEG_INFINITY, f64::max);
        let mut sum = 0.0;
        for c in &mut self.candidates {
            c.share = ((c.score - best) / TEMPERATURE).exp();
            sum += c.share;
        }
        for c in &mut self.candidates {
            c.share /= sum;
        }
    }

    /// The place meant, or none when two fit alike.
    pub(super) fn site(&self) -> Option<Site> {
        let mut order: Vec<&Candidate> = self.candidates.iter().collect();
        order.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then_with(|| a.site.row.cmp(&b.site.row))
        });
        let best = *order.first()?;
        let rival = order
            .iter()
            .skip(1)
            .find(|c| {
                let apart = !within(point(&c.site), point(&best.site), 80.0);
                // A city that is called as its state.
                let nested = best.division.is_some() && c.division == best.division;
                apart && !(nested && (c.site.row == c.division || best.site.row == c.division))
            })
            .map_or(f64::NEG_INFINITY, |c| c.score);
        let margin = best.score - rival;
        let alone = best.score - best.prior < 1.0;
        if margin < if alone { TIE_ALONE } else { TIE } {
            return None;
        }
        let sure = best.told || order.len() == 1 && best.score > 8.0;
        let confidence = if sure {
            0.95
        } else {
            (0.4 + margin / 10.0).min(0.9)
        };
        // A country is no site of the gazetteer: its entity is the state.
        best.site.row.map(|_| Site {
            confidence: confidence as f32,
            ..best.site.clone()
        })
    }
}

/// Lets every name hear every other.
pub(super) fn agree(asked: &mut [Asked]) {
    asked.iter_mut().for_each(Asked::settle);
    for _ in 0..ROUNDS {
        let scores: Vec<Vec<f64>> = asked
            .iter()
            .map(|a| {
                a.candidates
                    .iter()
                    .map(|c| c.prior + support(asked, a, c))
                    .collect()
            })
            .collect();
        for (a, scores) in asked.iter_mut().zip(scores) {
            for (c, s) in a.candidates.iter_mut().zip(scores) {
                c.score = s;
            }
            a.settle();
        }
    }
}

/// What the other names say for a candidate: those near it, each by itself, and the part of all
/// that lies in its country, be they few or many.
fn support(asked: &[Asked], of: &Asked, candidate: &Candidate) -> f64 {
    let others = asked
        .iter()
        .take(HEARD)
        .filter(|o| o.key.is_empty() || o.key != of.key);
    let (mut near, mut inland, mut all) = (0.0, 0.0, 0.0);
    for o in others.filter(|o| !o.candidates.is_empty()) {
        let mut beside = 0.0;
        for c in &o.candidates {
            beside += c.share * c.speaks_for(candidate);
            if c.shares_country(candidate) {
                inland += c.share * o.weight;
            }
        }
        near += o.weight * LOUDNESS * (1.0 + NEXT_DOOR * beside).ln();
        all += o.weight;
    }
    let inland = if all > 0.0 {
        COUNTRYMEN * inland / all
    } else {
        0.0
    };
    near / (1.0 + near / ENOUGH) + inland
}

/// A place that bears a name, with what its kind and size, and the words beside the name, say.
fn candidate(words: &Words<'_>, q: &Query, h: &Hit) -> Candidate {
    let place = &h.place;
    let site = Site::row(place, 0.0);
    let inhabitants = (place.population + 1.0).ln();
    let mut prior = match place.kind {
        PlaceKind::City => inhabitants,
        // A state that is called as a country is a large one, and spoken of as such.
        PlaceKind::Admin1 if q.country.is_some() => inhabitants + 3.0,
        PlaceKind::Admin1 => inhabitants - 2.6,
        PlaceKind::Admin2 => inhabitants - 3.0,
        kind if kind.is_wide() => 28.0,
        _ => 16.0,
    };
    if h.alternate && place.kind == PlaceKind::City {
        prior -= if place.population > 5e6 { 1.3 } else { 3.5 };
    }
    let division = matches!(place.kind, PlaceKind::Admin1 | PlaceKind::Admin2);
    if q.division && division {
        prior += 6.0;
    }
    let large = place.kind == PlaceKind::City && place.population > 50_000.0;
    let capital = || words.countries.by_iso2(&place.country)?.capital;
    if large && capital().is_some_and(|c| within(c, (place.lat, place.lon), 40.0)) {
        prior += 2.5;
    }
    let inside = match &q.inside {
        Some(Inside::Country(c)) if *c == site.country => 60.0,
        Some(Inside::Division(row, _)) if place.admin1 == Some(*row) && place.row != *row => 60.0,
        Some(Inside::Division(_, c)) if *c == site.country && !c.is_empty() => 50.0,
        _ => 0.0,
    };
    let said = if q.said.as_ref() == Some(&site.country) {
        30.0
    } else {
        0.0
    };
    let local = matches!(
        place.kind,
        PlaceKind::City | PlaceKind::Admin2 | PlaceKind::Landmark
    );
    Candidate::new(site, local, prior + inside + said, inside + said > 0.0)
}

fn point(site: &Site) -> (f64, f64) {
    (site.lat, site.lon)
}
