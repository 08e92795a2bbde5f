//! Restatements: `A$5 billion ($3.25 billion)` joined both ways and checked against the rate the
//! report states.
//!
//! The first amount is taken as exact and the second as rounded to its stated digits, as wires do
//! it: the pair fits when the first, converted, lies within half of the second's last digit (its
//! trailing zeros counted as rounded), or within half a percent, the room a rate has that is
//! stated in four or five digits and was taken at another hour.
//!
//! Money in another currency that the text does not restate is worked out in U.S. dollars, and
//! marked as computed with the rate: the report's own, else the ECB's of the day of publication.

use jiff::civil::Date;
use onrecord_lexicon::rates::{self, Rates};
use onrecord_model::{
    Amount, AmountBasis, AppliedRate, Conversion, Problem, ProblemKind, RateSource, Report,
    Restated,
};
use rust_decimal::Decimal;

use super::Found;
use crate::Context;
use crate::words::Line;

/// Joins the pairs of a line.
pub(crate) fn join(
    cx: &Context<'_>,
    line: &Line,
    found: &[Found],
    amounts: &mut [Option<Amount>],
    problems: &mut Vec<Problem>,
) {
    for k in 1..found.len() {
        let [a, b] = [&found[k - 1], &found[k]];
        let (Some(from), Some(to)) = (a.currency, b.currency) else {
            continue;
        };
        if from == to || !restates(line, a.end, b.start) {
            continue;
        }
        let fits = rate(&cx.report.conversions, from, to).map(|r| consistent(a, b, r));
        for (at, other, code) in [(k - 1, b, to), (k, a, from)] {
            if let Some(amount) = amounts.get_mut(at).and_then(Option::as_mut) {
                amount.restated.push(Restated {
                    value: other.value.normalize().to_string(),
                    currency: code.into(),
                    basis: AmountBasis::Stated,
                    consistent_with_rate: fits,
                    rate: None,
                });
            }
        }
        if fits == Some(false) {
            let span = cx.span(line.range(a.start, b.end));
            problems.push(Problem::at(
                ProblemKind::Conversion,
                "the two amounts do not fit the stated exchange rate",
                span,
            ));
        }
    }
}

/// The currency that amounts are made comparable in.
const YARDSTICK: &str = "USD";

/// The rates that an amount may be worked out at: the report's own first, then the reference rates
/// of the day of publication.
pub(crate) struct Yardstick<'r> {
    conversions: &'r [Conversion],
    day: Option<Rates>,
}

impl<'r> Yardstick<'r> {
    /// The rates a report gives, and those of its day.
    pub(crate) fn of(report: &'r Report) -> Self {
        let day = report.day().and_then(|day| {
            let rates = rates::on(&day.to_string())?;
            let set: Date = rates.day.parse().ok()?;
            // Rates rest over holidays, not for weeks: the table has an end.
            ((day - set).get_days() <= 7).then_some(rates)
        });
        Self {
            conversions: &report.conversions,
            day,
        }
    }

    /// Adds what a sum of money is in U.S. dollars, where the text does not say it.
    pub(crate) fn measure(&self, amount: &mut Amount) {
        let (Some(from), Ok(value)) = (amount.currency.as_deref(), amount.value.parse::<Decimal>())
        else {
            return;
        };
        let told = amount.restated.iter().any(|r| r.currency == YARDSTICK);
        if from == YARDSTICK || told {
            return;
        }
        let own = rate(self.conversions, from, YARDSTICK).map(|r| (r, RateSource::Report, None));
        let reference = || {
            let rates = self.day?;
            let rate = rates.cross(from, YARDSTICK)?;
            Some((rate, RateSource::Ecb, Some(rates.day.to_owned())))
        };
        let Some((rate, source, day)) = own.or_else(reference) else {
            return;
        };
        let digits = |v: Decimal, n| v.round_sf(n).map(|v| v.normalize().to_string());
        let sum = value.checked_mul(rate).and_then(|v| digits(v, SUM_DIGITS));
        if let (Some(sum), Some(rate)) = (sum, digits(rate, RATE_DIGITS)) {
            amount.restated.push(Restated {
                value: sum,
                currency: YARDSTICK.into(),
                basis: AmountBasis::Computed,
                consistent_with_rate: None,
                rate: Some(AppliedRate {
                    value: rate,
                    source,
                    day,
                }),
            });
        }
    }
}

/// A sum that was worked out is no more exact than the words it rests on.
const SUM_DIGITS: u32 = 4;
/// As many digits as reference rates have.
const RATE_DIGITS: u32 = 5;

/// Whether only a bracket, `or`, `equivalent to` and words of measure stand between.
fn restates(line: &Line, end: usize, start: usize) -> bool {
    let opens = line.is(end, &["(", "["])
        || line.is(end, &["or"])
        || line.low(end) == "," && line.is(end + 1, &["or", "equivalent"]);
    let close = (end + 1..start).all(|k| {
        line.is(
            k,
            &[
                "about",
                "around",
                "approximately",
                "or",
                "some",
                "roughly",
                "nearly",
                "equivalent",
                "to",
                "equal",
                "=",
                "more",
                "than",
                "just",
                "over",
                "under",
                "almost",
                "worth",
            ],
        )
    });
    opens && close && start > end
}

/// How many of `to` one of `from` is, by the report's own statement.
fn rate(conversions: &[Conversion], from: &str, to: &str) -> Option<Decimal> {
    conversions.iter().find_map(|c| {
        let rate: Decimal = c.rate.parse().ok()?;
        if c.from == from && c.to == to {
            Some(rate)
        } else if c.from == to && c.to == from {
            Decimal::ONE.checked_div(rate)
        } else {
            None
        }
    })
}

fn consistent(a: &Found, b: &Found, rate: Decimal) -> bool {
    let Some(converted) = a.value.checked_mul(rate) else {
        return false;
    };
    let half = rounded(b).checked_div(Decimal::TWO).unwrap_or_default();
    let slack = b.value.checked_mul(Decimal::new(5, 3)).unwrap_or_default();
    (converted - b.value).abs() <= half.max(slack)
}

/// What one in the last digit that is not a trailing zero is worth.
fn rounded(f: &Found) -> Decimal {
    let mut grain = f.grain;
    while !grain.is_zero() {
        let Some(next) = grain.checked_mul(Decimal::TEN) else {
            break;
        };
        let whole = f.value.checked_rem(next).is_some_and(|r| r.is_zero());
        if !whole || next > f.value {
            break;
        }
        grain = next;
    }
    grain
}
