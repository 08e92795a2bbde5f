//! Numbers in words: units, tens, scales, ordinals, parts.
//!
//! All look-ups take lower-case words; the grammar that joins them is in the extractor.

use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::Deserialize;

type Table = FxHashMap<String, i64>;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    small: Table,
    tens: Table,
    scales: Table,
    short_scales: Table,
    touching_scales: Table,
    ordinals: Table,
    relative: FxHashMap<String, Relative>,
    parts: Table,
    marks: FxHashMap<String, (i64, i64)>,
}

/// Where a relative ordinal counts from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// The one that is current: `next` is one after it.
    Current,
    /// The last one.
    End,
}

/// What a relative ordinal means.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relative {
    /// Where it counts from.
    pub from: Anchor,
    /// How far from there.
    pub offset: i64,
}

static DATA: LazyLock<Data> =
    LazyLock::new(|| toml::from_str(include_str!("../data/numbers.toml")).unwrap_or_default());

/// Every word and mark a number may begin with.
pub fn openers() -> impl Iterator<Item = &'static str> {
    let data = &*DATA;
    let tables = [&data.small, &data.tens, &data.ordinals].into_iter();
    let words = tables.flat_map(FxHashMap::keys);
    let parts = data.parts.keys().chain(data.marks.keys());
    words.chain(parts).map(String::as_str)
}

/// `zero` to `nineteen`.
pub fn small(word: &str) -> Option<i64> {
    DATA.small.get(word).copied()
}

/// `twenty` to `ninety`.
pub fn tens(word: &str) -> Option<i64> {
    DATA.tens.get(word).copied()
}

/// What a word multiplies by: `hundred`, `million`, `crore`, `dozen`.
pub fn scale(word: &str) -> Option<i64> {
    DATA.scales
        .get(word)
        .or_else(|| DATA.scales.get(word.strip_suffix('s')?))
        .copied()
}

/// A scale as it is shortened after figures: `bn`, `mln`.
pub fn short_scale(word: &str) -> Option<i64> {
    DATA.short_scales.get(word).copied()
}

/// A scale only when it touches its figure: the `m` of `5m`.
pub fn touching_scale(word: &str) -> Option<i64> {
    DATA.touching_scales.get(word).copied()
}

/// `first` to `twentieth`, the tens to `ninetieth`, `hundredth` to `trillionth`.
pub fn ordinal(word: &str) -> Option<i64> {
    DATA.ordinals.get(word).copied()
}

/// `next`, `last`, `next to last`.
pub fn relative(words: &str) -> Option<Relative> {
    DATA.relative.get(words).copied()
}

/// How many of a part make one, where the part has a name of its own: 2 for `half`, 4 for `quarters`.
pub fn part(word: &str) -> Option<i64> {
    DATA.parts.get(word).copied()
}

/// The fraction that a mark stands for: `½`.
pub fn mark(mark: &str) -> Option<Decimal> {
    let (top, bottom) = DATA.marks.get(mark)?;
    Decimal::from(*top).checked_div(Decimal::from(*bottom))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        assert_eq!(small("seven"), Some(7));
        assert_eq!(tens("ninety"), Some(90));
        assert_eq!(scale("dozens"), Some(12));
        assert_eq!(short_scale("bn"), Some(1_000_000_000));
        assert_eq!(touching_scale("k"), Some(1000));
        assert_eq!(ordinal("third"), Some(3));
        assert_eq!(part("halves"), Some(2));
        assert_eq!(mark("¾"), Some(Decimal::new(75, 2)));
        assert_eq!(relative("last").map(|r| r.offset), Some(0));
    }
}
