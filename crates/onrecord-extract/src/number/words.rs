//! Numbers in words, and the scales after figures and words.

use onrecord_lexicon::{currencies, numbers};
use rust_decimal::Decimal;

use super::Number;
use crate::words::{Kind, Line};

/// A number in words below its scales: `thirty-five`, `a`, `half a`.
pub(super) fn spelled(line: &Line, i: usize) -> Option<Number> {
    let low = line.low(i);
    if let Some(tens) = numbers::tens(low) {
        let hyphen = line.hyphen(i + 1) || (line.low(i + 1) == "-" && !line.glued(i + 1));
        let next = if hyphen { i + 2 } else { i + 1 };
        return Some(
            match numbers::small(line.low(next)).filter(|n| (1..10).contains(n)) {
                Some(unit) => Number::whole(tens + unit, next + 1),
                None => Number::whole(tens, i + 1),
            },
        );
    }
    if let Some(n) = numbers::small(low) {
        return Some(Number::whole(n, i + 1));
    }
    if let Some(parts) = numbers::part(low).filter(|_| matches!(low, "half" | "quarter")) {
        let end = i + 1 + usize::from(line.is(i + 1, &["a", "an"]));
        let value = Decimal::ONE.checked_div(Decimal::from(parts))?;
        return numbers::scale(line.low(end)).map(|_| Number::part(value, end, true));
    }
    let article = matches!(low, "a" | "an");
    let scale = numbers::scale(line.low(i + 1)).filter(|_| !line.low(i + 1).ends_with('s'));
    (article && scale.is_some()).then(|| Number::whole(1, i + 1))
}

/// `point two five` after a number in words.
pub(super) fn point(line: &Line, n: Number) -> Number {
    if !n.spelled || line.low(n.end) != "point" || !n.value.fract().is_zero() {
        return n;
    }
    let (mut value, mut grain, mut end) = (n.value, Decimal::ONE, n.end + 1);
    while let Some(digits) = spelled(line, end).filter(|d| d.value.fract().is_zero()) {
        let width = if digits.value < Decimal::TEN { 1 } else { 2 };
        let finer = grain.checked_mul(Decimal::new(1, width));
        let more = finer.and_then(|f| value.checked_add(f.checked_mul(digits.value)?));
        let (Some(finer), Some(more)) = (finer, more) else {
            break;
        };
        (grain, value, end) = (finer, more, digits.end);
    }
    if grain == Decimal::ONE {
        return n;
    }
    Number {
        value,
        grain,
        end,
        spelled: true,
    }
}

/// What the word at `at` multiplies a number by.
fn scale(line: &Line, at: usize, n: &Number) -> Option<Decimal> {
    let low = line.low(at);
    let touching = numbers::touching_scale(low).filter(|_| {
        // "2.33 k": a fraction apart from its letter, when the letter is no unit of measure.
        let apart = low == "k" && !line.glued(at) && !n.value.fract().is_zero();
        (line.glued(at) || apart) && !n.spelled && !line.glued_letters(at + 1)
    });
    // "$1MM" is a million; "155MM" is a calibre.
    let million = low == "mm" && line.glued(at) && line.all_capitals(at) && line.back(at, 2) == "$";
    // "20 M€", "300 k€": the letter touches the sign after it.
    let signed = || line.glued(at + 1) && currencies::signed(line.low(at + 1)).is_some();
    let before_sign = numbers::touching_scale(low).filter(|_| !n.spelled && signed());
    let touching = touching.or(before_sign).or(million.then_some(1_000_000));
    let scale = numbers::scale(low)
        .or_else(|| numbers::short_scale(low))
        .or(touching)?;
    Some(Decimal::from(scale))
}

/// The scales after a number: `hundred thousand`, `million`, `bn`, the `m` of `5m`; and the
/// smaller number that follows: `two hundred and thirty-four`, `3 hundred and 21`. No word at
/// `limit` or past it is taken.
pub(super) fn scaled(line: &Line, mut n: Number, limit: usize) -> Number {
    let mut total = Decimal::ZERO;
    loop {
        let hyphen = line.hyphen(n.end) && numbers::scale(line.low(n.end + 1)).is_some();
        let at = n.end + usize::from(hyphen);
        let Some(scale) = scale(line, at, &n).filter(|_| at < limit) else {
            break;
        };
        let (Some(value), Some(grain)) = (n.value.checked_mul(scale), n.grain.checked_mul(scale))
        else {
            break;
        };
        // "5 Mio. euros": the full stop is the abbreviation's.
        let stop = numbers::short_scale(line.low(at)).is_some()
            && line.low(at + 1) == "."
            && line.glued(at + 1)
            && line.kind(at + 2) == Some(Kind::Letters);
        (n.value, n.grain, n.end) = (value, grain, at + 1 + usize::from(stop));
        let Some(rest) = rest(line, &n, scale).filter(|r| r.end <= limit) else {
            continue;
        };
        // "two hundred and thirty-four": what is done is put aside, the rest may be scaled.
        let on = numbers::scale(line.low(rest.end)).map(Decimal::from);
        if on.is_some_and(|s| s > scale) {
            n = Number {
                value: n.value.saturating_add(rest.value),
                grain: Decimal::ONE,
                ..rest
            };
        } else {
            total = total.saturating_add(n.value);
            n = Number {
                grain: Decimal::ONE,
                ..rest
            };
        }
    }
    n.value = n.value.saturating_add(total);
    n
}

/// The smaller number that follows a scale.
fn rest(line: &Line, n: &Number, scale: Decimal) -> Option<Number> {
    let and = usize::from(line.low(n.end) == "and");
    if n.spelled {
        let rest = spelled(line, n.end + and)?;
        // "one hundred and three quarters": parts are read when the scales are done.
        let parts = and == 1 && counts_parts(line, &rest);
        let whole = rest.value < scale && rest.value.fract().is_zero();
        return (whole && !parts).then_some(rest);
    }
    let hundred = scale == Decimal::ONE_HUNDRED && and == 1;
    let figures = line.kind(n.end + 1) == Some(Kind::Figures);
    let small: Decimal = line.low(n.end + 1).parse().ok()?;
    let apart = numbers::scale(line.low(n.end + 2)).is_none();
    (hundred && figures && apart && small < scale && small.fract().is_zero()).then_some(Number {
        value: small,
        grain: Decimal::ONE,
        end: n.end + 2,
        spelled: false,
    })
}

/// Whether a small number counts parts of one and not more of them than one has.
fn counts_parts(line: &Line, n: &Number) -> bool {
    let name = line.low(n.end + usize::from(line.hyphen(n.end)));
    let ordinal = || numbers::ordinal(name.strip_suffix('s').unwrap_or(name));
    let parts = numbers::part(name).or_else(ordinal);
    parts.is_some_and(|p| Decimal::from(p) > n.value)
}
