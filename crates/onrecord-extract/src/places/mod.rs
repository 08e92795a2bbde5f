//! Toponyms: found, told apart from governments, and placed on the map.
//!
//! "Tripoli, Lebanon" is not Libya's capital; "Lima said" is a government and no place; a square
//! takes its city's point when the gazetteer does not have it. A name that several places bear
//! equally well is found but not placed. Left out: addresses, and routes between places.

mod actor;
mod atlas;
mod evidence;
mod outlet;
mod query;

use onrecord_lexicon::{Countries, Gazetteer, PlaceKind, fold_name};
use onrecord_model::{Link, Place, TextRange, Why};
use smol_str::SmolStr;

use crate::entities::Words;

pub(crate) use actor::{is_actor, is_located};
pub(crate) use atlas::Atlas;

/// A point with what it is.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Site {
    /// Row of the gazetteer.
    pub(crate) row: Option<u32>,
    /// GeoNames id.
    pub(crate) geonames: Option<u32>,
    /// ISO 3166 alpha-3; empty when it lies in no one country.
    pub(crate) country: SmolStr,
    /// Degrees north.
    pub(crate) lat: f64,
    /// Degrees east.
    pub(crate) lon: f64,
    /// How sure, from 0 to 1.
    pub(crate) confidence: f32,
}

impl Site {
    /// A country as a place.
    pub(crate) fn country(countries: &Countries, iso3: &str) -> Option<Self> {
        let c = countries.by_iso3(iso3)?;
        Some(Self {
            row: None,
            geonames: Some(c.geonames),
            country: c.iso3.clone(),
            lat: c.lat,
            lon: c.lon,
            confidence: 0.95,
        })
    }

    /// A building or site in or about this place.
    fn around(&self) -> Self {
        Self {
            row: None,
            geonames: None,
            confidence: 0.5,
            ..self.clone()
        }
    }

    /// A row of the gazetteer as a place.
    fn row(place: &onrecord_lexicon::gazetteer::Place, confidence: f32) -> Self {
        let wide = place.kind.is_wide() && place.country.is_empty();
        let country = Countries::shipped().by_iso2(&place.country);
        Self {
            row: Some(place.row),
            geonames: place.geonames,
            country: country
                .filter(|_| !wide)
                .map(|c| c.iso3.clone())
                .unwrap_or_default(),
            lat: place.lat,
            lon: place.lon,
            confidence,
        }
    }
}

/// A toponym of the record.
pub(crate) fn place(
    words: &Words<'_>,
    range: TextRange,
    site: Option<&Site>,
    why: &'static str,
) -> Option<Place> {
    let links = site
        .and_then(|s| Some((s.geonames?, s.confidence)))
        .map(|(id, confidence)| Link {
            scheme: "geonames".to_owned(),
            id: id.to_string(),
            confidence,
        });
    Some(Place {
        span: words.cx.span(range)?,
        lat: site.map(|s| s.lat),
        lon: site.map(|s| s.lon),
        country: site
            .map(|s| s.country.to_string())
            .filter(|c| !c.is_empty()),
        links: links.into_iter().collect(),
        why: Why::rule(why),
    })
}

/// Whether the gazetteer has the name.
pub(crate) fn gazetteer_hit(name: &str) -> bool {
    Gazetteer::shipped().has(&fold_name(name))
}

/// The size of the largest place that bears the name as its own.
pub(crate) fn gazetteer_size(name: &str) -> Option<f64> {
    Gazetteer::shipped()
        .look_up(name)
        .iter()
        .filter(|h| {
            !h.alternate || h.place.population > 60_000.0 || h.place.kind != PlaceKind::City
        })
        .map(|h| match h.place.kind {
            PlaceKind::City | PlaceKind::Admin1 => h.place.population,
            PlaceKind::Admin2 => h.place.population / 4.0,
            _ => 1e6,
        })
        .max_by(f64::total_cmp)
}

/// Kilometres from the equator to a point a degree north of it, and a little less.
const DEGREE: f64 = 111.0;

/// Whether two points lie less than so many kilometres apart. Degrees of latitude tell of most.
fn within(a: (f64, f64), b: (f64, f64), km: f64) -> bool {
    (a.0 - b.0).abs() * DEGREE <= km && distance(a, b) < km
}

/// Kilometres between two points.
pub(crate) fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (la, lo) = (a.0.to_radians(), a.1.to_radians());
    let (lb, lp) = (b.0.to_radians(), b.1.to_radians());
    let h = ((lb - la) / 2.0).sin().powi(2) + la.cos() * lb.cos() * ((lp - lo) / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distances_are_great_circles() {
        let (oslo, rome) = ((59.91, 10.75), (41.89, 12.51));
        assert!((distance(oslo, rome) - 2010.0).abs() < 15.0);
        assert!(distance(oslo, oslo) < 1e-9);
    }
}
