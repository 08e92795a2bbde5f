//! Parts of a whole: `two thirds`, `a quarter`, `1/4`, `five-eighths`, `one in five`, `1 over 20`.

use onrecord_lexicon::numbers;
use rust_decimal::Decimal;

use super::figures::fraction;
use super::rank::ordinal_at;
use super::words::{scaled, spelled};
use super::{LONGEST, Number, figures};
use crate::words::{Kind, Line};

/// The part of one that starts at a word: `a third`, `two thirds`, `three quarters`, `1/4`, `½`.
pub(crate) fn part_at(line: &Line, i: usize) -> Option<Number> {
    if let Some((value, end)) = fraction(line, i).filter(|_| !line.hyphen(i)) {
        return Some(Number::part(value, end, false));
    }
    if line.kind(i) == Some(Kind::Mark) {
        return figures::mark(line, i);
    }
    // The shortest count leaves the longest name for the part: "one hundred | thirty fifths".
    (i + 1..i + LONGEST / 2).find_map(|cut| {
        let top = count(line, i, cut)?;
        let hyphen = line.hyphen(cut) || (line.low(cut) == "-" && !line.glued(cut));
        let from = cut + usize::from(hyphen);
        if hyphen && numbers::tens(line.low(cut - 1)).is_some() {
            return None;
        }
        let (bottom, end) = name_of_part(line, from, top)?;
        top.checked_div(bottom).map(|v| Number::part(v, end, true))
    })
}

/// A count that takes exactly the words `i..cut`.
fn count(line: &Line, i: usize, cut: usize) -> Option<Decimal> {
    if cut == i + 1 && line.is(i, &["a", "an"]) {
        return Some(Decimal::ONE);
    }
    let first = spelled(line, i).filter(|n| n.end <= cut)?;
    let n = scaled(line, first, cut);
    (n.end == cut).then_some(n.value)
}

/// What so many parts are called: `third`, `quarters`, `twenty firsts`.
fn name_of_part(line: &Line, i: usize, top: Decimal) -> Option<(Decimal, usize)> {
    let one = top == Decimal::ONE;
    if let Some(n) = numbers::part(line.low(i)) {
        let plural = line.low(i).ends_with('s');
        return (plural != one).then(|| (Decimal::from(n), i + 1));
    }
    if numbers::scale(line.low(i)).is_some() {
        return None;
    }
    let named = |w: &str| numbers::ordinal(if one { w } else { w.strip_suffix('s')? });
    let (bottom, end) = ordinal_at(line, i, named)?;
    let one_word = (i..end).all(|k| line.low(k) != "and");
    (one_word && bottom > Decimal::TWO).then_some((bottom, end))
}

/// `and a half`, `and-a-half`, `and two thirds` after a number, in parts of `unit`.
pub(super) fn and_part(line: &Line, mut n: Number, unit: Decimal) -> Number {
    let skip = |i: usize| if line.hyphen(i) { i + 1 } else { i };
    let and = skip(n.end);
    if line.low(and) != "and" || !n.value.fract().is_zero() {
        return n;
    }
    let at = skip(and + 1);
    let hyphened = line
        .is(at, &["a", "an"])
        .then(|| numbers::part(line.low(skip(at + 1))))
        .flatten()
        .and_then(|p| Decimal::ONE.checked_div(Decimal::from(p)))
        .map(|v| Number::part(v, skip(at + 1) + 1, true));
    let Some(part) = hyphened
        .or_else(|| part_at(line, at))
        .filter(|p| p.value < Decimal::ONE)
    else {
        return n;
    };
    let (Some(value), Some(grain)) = (
        part.value
            .checked_mul(unit)
            .and_then(|v| n.value.checked_add(v)),
        part.grain.checked_mul(unit),
    ) else {
        return n;
    };
    (n.value, n.grain, n.end) = (value, grain, part.end);
    n
}

/// A part of a scale that is a number of its own: `a quarter of a million`, `half of a billion`.
pub(crate) fn part_of_scale(line: &Line, part: &Number) -> Option<Number> {
    let at = line.after(part.end, &["of", "a"])?;
    let million = Decimal::from(1_000_000);
    let scale = numbers::scale(line.low(at))
        .map(Decimal::from)
        .filter(|s| *s >= million)?;
    // "a third of a million" has no last digit; "a quarter of a million-euro loan" is a share.
    let apart = !line.hyphen(at + 1);
    let value = part
        .value
        .checked_mul(scale)
        .filter(|v| apart && v.fract().is_zero())?;
    Some(Number::part(value, at + 1, true))
}

/// A ratio in so many words: `one in five`, `3 in 10`, `1 over 20`.
pub(crate) fn share_at(line: &Line, i: usize) -> Option<Number> {
    let top = plain(line, i)?;
    let (inside, over) = (line.low(top.end) == "in", line.low(top.end) == "over");
    if !inside && !over {
        return None;
    }
    let bottom = plain(line, top.end + 1)?;
    let fits = over || top.value < bottom.value;
    if !fits || bottom.value.is_zero() {
        return None;
    }
    let value = top.value.checked_div(bottom.value)?;
    Some(Number::part(value, bottom.end, top.spelled))
}

/// A whole number, in words or figures.
fn plain(line: &Line, i: usize) -> Option<Number> {
    let n = super::at(line, i)?;
    (n.value.fract().is_zero() && n.value >= Decimal::ONE).then_some(n)
}
