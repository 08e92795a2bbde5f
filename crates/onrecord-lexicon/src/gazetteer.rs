//! The gazetteer: names of places to their points, countries and sizes.
//!
//! The table is made by `cargo xtask lexicon` from GeoNames data (CC BY 4.0, see NOTICE) and
//! lies in `tables/`; nothing is parsed when it is loaded.
//!
//! ```
//! use onrecord_lexicon::Gazetteer;
//! let found = Gazetteer::shipped().look_up("Reykjavik");
//! assert!(found.iter().any(|hit| hit.place.country == "IS"));
//! ```
//!
//! Countries themselves are in [`crate::countries`]. Streets, buildings and mountains are not here.

use std::sync::LazyLock;

use smol_str::SmolStr;

use crate::names::fold_name;

/// Bytes of one row of the table; `cargo xtask lexicon` writes them, `Place::read` reads them.
pub const ROW: usize = 17;
/// Marks a posting whose name is an alternate one.
pub const ALTERNATE: u32 = 1 << 31;

static INDEX: &[u8] = include_bytes!("../tables/gazetteer.fst");
static ROWS: &[u8] = include_bytes!("../tables/gazetteer.rows");
static POSTINGS: &[u8] = include_bytes!("../tables/gazetteer.postings");

/// What a place is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PlaceKind {
    /// A first-order division: a state, province, region.
    Admin1,
    /// A second-order division: a county, district.
    Admin2,
    /// A populated place.
    City,
    /// A territory without a state's standing.
    Territory,
    /// A region that is no division.
    Region,
    /// A continent.
    Continent,
    /// A sea, gulf or strait.
    Sea,
    /// An ocean.
    Ocean,
    /// A river.
    River,
    /// A building, square or site.
    Landmark,
}

impl PlaceKind {
    /// All, in the order of their codes in the table.
    pub const ALL: [Self; 10] = [
        Self::Admin1,
        Self::Admin2,
        Self::City,
        Self::Territory,
        Self::Region,
        Self::Continent,
        Self::Sea,
        Self::Ocean,
        Self::River,
        Self::Landmark,
    ];

    /// From the word the source table uses.
    pub fn of(word: &str) -> Option<Self> {
        Some(match word {
            "admin1" => Self::Admin1,
            "admin2" => Self::Admin2,
            "city" => Self::City,
            "territory" => Self::Territory,
            "region" => Self::Region,
            "continent" => Self::Continent,
            "sea" => Self::Sea,
            "ocean" => Self::Ocean,
            "river" => Self::River,
            "landmark" => Self::Landmark,
            _ => return None,
        })
    }

    /// Whether it is more than one country's, or a body of water.
    pub const fn is_wide(self) -> bool {
        matches!(
            self,
            Self::Region | Self::Continent | Self::Sea | Self::Ocean | Self::River
        )
    }
}

/// A row of the gazetteer.
#[derive(Clone, PartialEq, Debug)]
pub struct Place {
    /// Its row: the same row is the same place.
    pub row: u32,
    /// GeoNames id; `None` for places entered by hand.
    pub geonames: Option<u32>,
    /// What it is.
    pub kind: PlaceKind,
    /// ISO 3166 alpha-2; empty when it has none.
    pub country: SmolStr,
    /// The row of its first-order division.
    pub admin1: Option<u32>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Inhabitants, to about a part in two thousand.
    pub population: f64,
}

impl Place {
    fn read(row: u32) -> Option<Self> {
        let at = row as usize * ROW;
        let b = ROWS.get(at..at + ROW)?;
        let geonames = u32::from_le_bytes(b[..4].try_into().ok()?);
        let population = f64::from(u16::from_le_bytes(b[10..12].try_into().ok()?));
        let admin1 = u16::from_le_bytes(b[12..14].try_into().ok()?);
        Some(Self {
            row,
            geonames: (geonames != 0).then_some(geonames),
            kind: *PlaceKind::ALL.get(b[14] as usize)?,
            country: std::str::from_utf8(&b[15..17]).ok()?.trim().into(),
            admin1: admin1.checked_sub(1).map(u32::from),
            lat: degrees(&b[4..7])?,
            lon: degrees(&b[7..10])?,
            population: ((population / 2048.0).exp2() - 1.0).max(0.0),
        })
    }
}

/// A point's coordinate as three bytes: 180 degrees are 2^23 - 1. Rounded to a ten-thousandth.
fn degrees(bytes: &[u8]) -> Option<f64> {
    let &[a, b, c] = bytes else { return None };
    let whole = i32::from_le_bytes([0, a, b, c]) >> 8;
    Some((f64::from(whole) * 180.0 / 8_388_607.0 * 1e4).round() / 1e4)
}

/// A place that bears a name.
#[derive(Clone, PartialEq, Debug)]
pub struct Hit {
    /// The place.
    pub place: Place,
    /// Whether the name is an alternate one for it.
    pub alternate: bool,
}

/// The table.
#[derive(Debug)]
pub struct Gazetteer {
    index: Option<fst::Map<&'static [u8]>>,
}

impl Gazetteer {
    /// The table that ships with the crate.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer {
            index: fst::Map::new(INDEX).ok(),
        });
        &SHIPPED
    }

    /// Every place that bears a name, whatever its spelling and case.
    pub fn look_up(&self, name: &str) -> Vec<Hit> {
        self.folded(&fold_name(name))
    }

    /// Every place that bears a name already folded by [`fold_name`].
    pub fn folded(&self, key: &str) -> Vec<Hit> {
        let Some(value) = self.index.as_ref().and_then(|i| i.get(key)) else {
            return Vec::new();
        };
        let (count, start) = ((value >> 32) as usize, value as u32);
        if count == 1 {
            return hit(start).into_iter().collect();
        }
        let at = start as usize * 4;
        let Some(bytes) = POSTINGS.get(at..at + count * 4) else {
            return Vec::new();
        };
        bytes
            .chunks_exact(4)
            .filter_map(|b| hit(u32::from_le_bytes(b.try_into().ok()?)))
            .collect()
    }

    /// Whether any place bears a name already folded.
    pub fn has(&self, key: &str) -> bool {
        self.index.as_ref().is_some_and(|i| i.contains_key(key))
    }

    /// The row of the first-order division a place of the table lies in.
    pub fn division(row: u32) -> Option<u32> {
        let at = row as usize * ROW;
        let b = ROWS.get(at..at + ROW)?;
        let admin1 = u16::from_le_bytes(b[12..14].try_into().ok()?);
        admin1.checked_sub(1).map(u32::from)
    }

    /// A place by its row.
    pub fn row(row: u32) -> Option<Place> {
        Place::read(row)
    }
}

/// The state or province that a postal abbreviation stands for: "TX".
pub fn postal(code: &str) -> Option<&'static str> {
    include_str!("../data/postal.tsv")
        .lines()
        .filter_map(|l| l.split_once('\t'))
        .find(|(c, _)| *c == code)
        .map(|(_, name)| name)
}

fn hit(posting: u32) -> Option<Hit> {
    Some(Hit {
        place: Place::read(posting & !ALTERNATE)?,
        alternate: posting & ALTERNATE != 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, country: &str, near: (f64, f64)) {
        let found = Gazetteer::shipped().look_up(name);
        assert!(
            found.iter().any(|h| h.place.country == country
                && (h.place.lat - near.0).abs() < 0.5
                && (h.place.lon - near.1).abs() < 0.5),
            "{name}: {found:?}"
        );
    }

    #[test]
    fn well_known_places_are_where_they_are() {
        check("Lisbon", "PT", (38.72, -9.13));
        check("GDAŃSK", "PL", (54.35, 18.65));
        check("Nebraska", "US", (41.5, -99.75));
        check("Wellington", "NZ", (-41.29, 174.78));
    }

    #[test]
    fn a_city_knows_its_division() {
        let g = Gazetteer::shipped();
        let texas = g.look_up("Texas");
        let row = texas.iter().find(|h| h.place.kind == PlaceKind::Admin1);
        let inside = g.look_up("Amarillo");
        assert!(
            inside
                .iter()
                .any(|h| h.place.admin1 == row.map(|r| r.place.row))
        );
    }

    #[test]
    fn nonsense_is_nowhere() {
        assert!(Gazetteer::shipped().look_up("Qwxzzt").is_empty());
        assert!(Gazetteer::shipped().look_up("").is_empty());
    }
}
