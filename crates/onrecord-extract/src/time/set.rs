//! Times that come round again: `daily`, `every year`, `each month`, `every two weeks`, `annually`.

use onrecord_model::TimeKind;

use super::duration::length;
use super::reading::Found;
use super::value::Unit;
use crate::number;
use crate::words::{Kind, Line};

const RULE: &str = "time/set";

/// The set that starts at a word.
pub(crate) fn find(line: &Line, i: usize) -> Option<Found> {
    adverb(line, i)
        .or_else(|| every(line, i))
        .or_else(|| times_a(line, i))
}

fn adverb(line: &Line, i: usize) -> Option<Found> {
    let value = match line.low(i) {
        "hourly" => "PT1H",
        "daily" | "nightly" => "P1D",
        "weekly" => "P1W",
        "biweekly" | "fortnightly" => "P2W",
        "monthly" => "P1M",
        "yearly" | "annually" => "P1Y",
        _ => return None,
    };
    // "the Daily Gazette" is a name.
    let name = line.capital(i) && (i > 0 || line.capital(i + 1))
        || line.capital(i + 1) && line.kind(i + 1) == Some(Kind::Letters)
        || line.is(
            i + 1,
            &[
                "newspaper",
                "paper",
                "press",
                "newspapers",
                "magazine",
                "journal",
            ],
        );
    (!name).then(|| Found::fixed(i + 1, TimeKind::Set, value, RULE))
}

/// `once a week`, `twice a year`, `three times a month`.
fn times_a(line: &Line, i: usize) -> Option<Found> {
    let at = match line.low(i) {
        "once" | "twice" => i + 1,
        _ => {
            let n = number::at(line, i)?;
            line.after(n.end, &["times"])?
        }
    };
    let unit = at + 1;
    let (found, plural, times) =
        Unit::of(line.low(unit)).filter(|_| line.is(at, &["a", "an", "every", "each", "per"]))?;
    let whole = !plural && line.low(unit) != "second";
    let value = length(rust_decimal::Decimal::from(times), found);
    whole.then(|| Found::fixed(unit + 1, TimeKind::Set, value, RULE))
}

fn every(line: &Line, i: usize) -> Option<Found> {
    if !line.is(i, &["every", "each"]) {
        return None;
    }
    let (value, at) = match number::at(line, i + 1) {
        Some(n) => (n.value, n.end),
        None if line.low(i + 1) == "other" => (rust_decimal::Decimal::TWO, i + 2),
        None => (rust_decimal::Decimal::ONE, i + 1),
    };
    if let Some((month, end)) = super::absolute::month_at(line, at) {
        return Some(Found::fixed(
            end,
            TimeKind::Set,
            format!("XXXX-{month:02}"),
            RULE,
        ));
    }
    let (unit, _, times) = Unit::of(line.low(at))?;
    if line.low(at) == "second" {
        return None;
    }
    let value = value.saturating_mul(rust_decimal::Decimal::from(times));
    Some(Found::fixed(
        at + 1,
        TimeKind::Set,
        length(value, unit),
        RULE,
    ))
}

#[cfg(test)]
mod tests {
    use crate::time::testing::check;

    #[test]
    fn sets() {
        check(
            "2025-08-27",
            "Buses run daily and every two weeks.",
            &["daily=P1D", "every two weeks=P2W"],
        );
        check("2025-08-27", "It floods each year.", &["each year=P1Y"]);
        check(
            "2025-08-27",
            "They meet twice a year and every other Friday.",
            &["twice a year=P1Y", "every other Friday=XXXX-WXX-5"],
        );
        check("2025-08-27", "The Daily Gazette told it.", &[]);
    }
}
