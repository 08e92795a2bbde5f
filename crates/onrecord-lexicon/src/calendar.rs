//! The words of the calendar: months, weekdays, seasons, parts of the day, units, vague times.
//!
//! ```
//! use onrecord_lexicon::calendar;
//!
//! assert_eq!(calendar::month("sept"), Some(9));
//! assert_eq!(calendar::weekday("sunday"), Some(7));
//! ```
//!
//! All look-ups take lower-case words. Dates of holidays are in [`crate::holidays`].

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

type Words = FxHashMap<String, String>;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    months: Vec<Vec<String>>,
    weekdays: Vec<Vec<String>>,
    seasons: Words,
    day_parts: Words,
    units: Words,
    vague: Words,
    vague_adjectives: Words,
}

static DATA: LazyLock<Data> =
    LazyLock::new(|| toml::from_str(include_str!("../data/calendar.toml")).unwrap_or_default());

static MONTHS: LazyLock<FxHashMap<&str, i8>> = LazyLock::new(|| numbered(&DATA.months));
static WEEKDAYS: LazyLock<FxHashMap<&str, i8>> = LazyLock::new(|| numbered(&DATA.weekdays));

fn numbered(rows: &[Vec<String>]) -> FxHashMap<&str, i8> {
    (1..)
        .zip(rows)
        .flat_map(|(n, row)| row.iter().map(move |w| (w.as_str(), n)))
        .collect()
}

/// The number of a month by its name or abbreviation, 1 to 12.
pub fn month(word: &str) -> Option<i8> {
    MONTHS.get(word).copied()
}

/// Whether a month's word is its full name.
pub fn is_full_month(word: &str) -> bool {
    DATA.months
        .iter()
        .any(|row| row.first().is_some_and(|w| w == word))
}

/// The number of a weekday by its name or abbreviation, Monday 1 to Sunday 7.
pub fn weekday(word: &str) -> Option<i8> {
    WEEKDAYS.get(word).copied()
}

/// Whether a weekday's word is its full name ("sat" is also a verb).
pub fn is_full_weekday(word: &str) -> bool {
    word.ends_with("day")
}

/// The TIMEX3 code of a season: `SP SU FA WI`.
pub fn season(word: &str) -> Option<&'static str> {
    DATA.seasons.get(word).map(String::as_str)
}

/// The TIMEX3 code of a part of the day: `TMO TAF TEV TNI`.
pub fn day_part(word: &str) -> Option<&'static str> {
    DATA.day_parts.get(word).map(String::as_str)
}

/// The code of a unit in the singular: `TS TM TH D N W F E M Q Y DE CE ML`.
pub fn unit(word: &str) -> Option<&'static str> {
    DATA.units.get(word).map(String::as_str)
}

/// The reading of a vague time: `PAST_REF`, `PRESENT_REF`, `FUTURE_REF`.
pub fn vague(words: &str) -> Option<&'static str> {
    DATA.vague
        .get(words)
        .map(String::as_str)
        .filter(|v| !v.is_empty())
}

/// The same for an adjective before a noun: "recent", "current", "future".
pub fn vague_adjective(word: &str) -> Option<&'static str> {
    DATA.vague_adjectives.get(word).map(String::as_str)
}

/// Every word that names a unit, month, weekday or season, and the first words of vague times.
pub fn openers() -> impl Iterator<Item = &'static str> {
    let data = &*DATA;
    let rows = data.months.iter().chain(&data.weekdays).flatten();
    let codes = [&data.units, &data.seasons, &data.vague_adjectives];
    let codes = codes.into_iter().flat_map(FxHashMap::keys);
    rows.chain(codes)
        .map(String::as_str)
        .chain(VAGUE_FIRST.iter().copied())
}

static VAGUE_FIRST: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| DATA.vague.keys().map(|words| first_word(words)).collect());

/// The letters before the first character that is not one.
fn first_word(words: &str) -> &str {
    let mut pieces = words.split(|c: char| !c.is_alphabetic());
    pieces.next().unwrap_or_default()
}

/// Whether a vague time may begin with a word.
pub fn opens_vague(word: &str) -> bool {
    VAGUE_FIRST.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        assert_eq!((DATA.months.len(), DATA.weekdays.len()), (12, 7));
        assert_eq!(season("fall"), Some("FA"));
        assert_eq!(unit("fortnight"), Some("F"));
        assert_eq!(vague("of late"), Some("PRESENT_REF"));
        assert!(is_full_month("may") && !is_full_month("sep"));
    }
}
