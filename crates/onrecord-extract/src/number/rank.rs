//! Ranks: `third`, `twenty-fifth`, `11th`, `two hundredth`.

use onrecord_lexicon::numbers;
use rust_decimal::Decimal;

use super::LONGEST;
use super::words::{scaled, spelled};
use crate::words::{Kind, Line};

/// The rank that starts at a word, and one past its end.
pub(crate) fn rank_at(line: &Line, i: usize) -> Option<(Decimal, usize)> {
    ordinal_at(line, i, numbers::ordinal)
}

/// An ordinal whose last word `ordinal` knows: the denominators of fractions are plural.
pub(super) fn ordinal_at(
    line: &Line,
    i: usize,
    ordinal: impl Fn(&str) -> Option<i64>,
) -> Option<(Decimal, usize)> {
    if line.kind(i) == Some(Kind::Figures) {
        let suffix = line.glued(i + 1) && line.is(i + 1, &["st", "nd", "rd", "th"]);
        let value: Decimal = line.low(i).parse().ok().filter(|_| suffix)?;
        return Some((value, i + 2));
    }
    if let Some(value) = ordinal(line.low(i)) {
        return Some((Decimal::from(value), i + 1));
    }
    if line.is(i, &["a", "an"]) {
        return None;
    }
    let before = scaled(line, spelled(line, i)?, i + LONGEST);
    let last = before.end + usize::from(line.hyphen(before.end));
    let last = last + usize::from(line.low(last) == "and");
    let rank = Decimal::from(ordinal(line.low(last))?);
    let value = before.value;
    let below = |size: u32| rank < Decimal::from(size) && (value % Decimal::from(size)).is_zero();
    let tens = below(10) && (value % Decimal::ONE_HUNDRED) >= Decimal::from(20);
    let joined = if rank >= Decimal::ONE_HUNDRED && value < rank {
        value.checked_mul(rank)?
    } else if below(100) || tens {
        value.checked_add(rank)?
    } else {
        return None;
    };
    Some((joined, last + 1))
}
