//! Figures: digits with their groups, and the fraction after them.

use onrecord_lexicon::{calendar, currencies, numbers, units};
use rust_decimal::Decimal;

use super::Number;
use crate::words::{Kind, Line};

/// Figures alone, with a fraction after them: `9 1/2`, `9½`, `1 414 021`.
pub(super) fn figures(line: &Line, i: usize) -> Option<Number> {
    let (digits, mut end) = spaced(line, i);
    let mut value: Decimal = match &digits {
        Some(digits) => digits.parse().ok()?,
        None => line.low(i).parse().ok()?,
    };
    let mut grain = Decimal::new(1, value.scale());
    if let Some((part, after)) = fraction(line, end).filter(|(p, _)| *p < Decimal::ONE) {
        value = value.checked_add(part)?;
        (grain, end) = (part, after);
    } else if let Some(part) = numbers::mark(line.low(end))
        .filter(|_| line.glued(end) && line.kind(end) == Some(Kind::Mark))
    {
        value = value.checked_add(part)?;
        (grain, end) = (part, end + 1);
    }
    Some(Number {
        value,
        grain,
        end,
        spelled: false,
    })
}

/// Groups of three digits parted by spaces. One group alone may be a number of its own ("on May 12
/// 300 people came"): it is read where it begins with a nought, behind a sign of money, or before
/// money or a measure.
fn spaced(line: &Line, i: usize) -> (Option<String>, usize) {
    let digits = |at: usize| {
        line.kind(at) == Some(Kind::Figures)
            && line
                .word(at)
                .is_some_and(|w| w.range.len() == line.low(at).len())
    };
    let group = |at: usize| {
        let low = line.low(at);
        let (whole, rest) = low.split_once('.').map_or((low, ""), |(w, r)| (w, r));
        digits(at) && !line.glued(at) && whole.len() == 3 && (rest.is_empty() || !digits(at + 1))
    };
    let first = line.low(i);
    if !digits(i) || first.len() > 3 || first.contains('.') || first.starts_with('0') {
        return (None, i + 1);
    }
    let mut all = first.to_owned();
    let mut end = i + 1;
    while group(end) {
        all.push_str(line.low(end));
        end += 1;
        if all.contains('.') {
            break;
        }
    }
    let rival = line.kind(end) == Some(Kind::Figures) && !line.glued(end);
    let one =
        end == i + 2 && (line.low(i + 1).starts_with('0') || of_money_or_measure(line, i, end));
    if rival || end < i + 2 || (end == i + 2 && !one) {
        return (None, i + 1);
    }
    (Some(all), end)
}

/// Whether the figures `i..end` stand behind a sign of money, or before money or a measure and not
/// behind a name or month that the first of them may belong to.
fn of_money_or_measure(line: &Line, i: usize, end: usize) -> bool {
    let before = line.back(i, 1);
    if currencies::signed(before).is_some()
        || line.all_capitals(i.wrapping_sub(1))
            && currencies::by_code(&before.to_uppercase()).is_some()
    {
        return true;
    }
    let named =
        calendar::month(before).is_some() || (i > 1 && line.capital(i - 1)) || before == ".";
    let unit = end + usize::from(numbers::scale(line.low(end)).is_some());
    let counted = (1..=2).map(|k| line.phrase(unit, unit + k));
    let mut counted = counted.filter(|p| p.len() > 1 || p == "€");
    !named && counted.any(|p| currencies::named(&p).is_some() || p == "€" || units::is_measure(&p))
}

/// `1/2` after a space or a hyphen, or by itself.
pub(super) fn fraction(line: &Line, i: usize) -> Option<(Decimal, usize)> {
    let i = if line.hyphen(i) { i + 1 } else { i };
    let stuck = line.low(i + 1) == "/" && line.glued(i + 1) && line.glued(i + 2);
    if !stuck || line.kind(i) != Some(Kind::Figures) {
        return None;
    }
    let (top, bottom): (Decimal, Decimal) =
        (line.low(i).parse().ok()?, line.low(i + 2).parse().ok()?);
    let small = top < bottom && bottom <= Decimal::from(16) && !top.is_zero();
    // "1/2/2024" is a date.
    let date = line.low(i + 3) == "/" && line.glued(i + 3);
    (small && !date).then(|| top.checked_div(bottom).map(|p| (p, i + 3)))?
}

/// A fraction that is one mark: `½`.
pub(super) fn mark(line: &Line, i: usize) -> Option<Number> {
    let value = numbers::mark(line.low(i))?;
    Some(Number::part(value, i + 1, false))
}
