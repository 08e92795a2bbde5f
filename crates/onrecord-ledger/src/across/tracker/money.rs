//! Sums in the currency that is asked for, at a rate that somebody answers for.
//!
//! Whoever asks gives a rate with its day; where none is given, a report of the thread may state one,
//! or the same sum in both currencies. No rate is looked up and none is worked out of two others.

use jiff::civil::Date;
use onrecord_model::{AmountBasis, Record};
use rust_decimal::Decimal;

use super::sums::Sums;
use super::{Terms, Told};

/// Digits of a rate that is worked out of a stated pair.
const DIGITS: u32 = 6;
/// Digits of a sum behind the point.
const CENTS: u32 = 2;

/// One of a currency is so much of the one asked for, on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rate {
    /// ISO 4217.
    pub from: String,
    /// How much of the currency asked for one of it is.
    pub value: Decimal,
    /// The day it was set.
    pub day: Date,
}

impl Rate {
    /// A rate in figures; none where it is no number above nothing.
    pub fn of(from: &str, value: &str, day: Date) -> Option<Self> {
        let value: Decimal = value.parse().ok()?;
        (value > Decimal::ZERO).then(|| Self {
            from: from.to_owned(),
            value,
            day,
        })
    }
}

/// A rate and whose it is.
#[derive(Clone, PartialEq, Debug)]
pub struct RateOf {
    /// The currency it leads to.
    pub currency: String,
    /// How much of it one of the thread's unit is.
    pub rate: Decimal,
    /// Its day.
    pub day: Option<Date>,
    /// `given`, or the handle of the entry whose report states it; of the same currency, nothing.
    pub source: String,
    /// A sum that a report states in both currencies.
    pair: Option<(Decimal, Decimal)>,
}

impl RateOf {
    /// A sum in the currency asked for.
    pub(super) fn of(&self, sum: Option<Decimal>) -> Option<Decimal> {
        let sum = sum?;
        if let Some((_, other)) = self.pair.filter(|(own, _)| *own == sum) {
            return Some(other);
        }
        let product = sum.checked_mul(self.rate)?;
        Some(product.round_dp(CENTS).normalize())
    }
}

/// The rate at which the sums of a thread are told in another currency; none where nobody states one.
pub(super) fn exchange(
    into: &str,
    sums: &Sums,
    told: &[Told],
    records: &[Record],
    terms: &Terms,
) -> Option<RateOf> {
    let unit = sums.unit.as_deref()?;
    let rate = |rate: Decimal, day: Option<Date>, source: String| RateOf {
        currency: into.to_owned(),
        rate,
        day,
        source,
        pair: None,
    };
    if unit == into {
        return Some(rate(Decimal::ONE, None, String::new()));
    }
    if let Some(given) = terms.rates.iter().find(|r| r.from == unit) {
        return Some(rate(given.value, Some(given.day), "given".to_owned()));
    }
    // The newest report that states one knows best.
    for t in told.iter().rev() {
        let (entry, handle) = (t.entry, t.entry.handle());
        if let Some((own, other)) = pair(t, unit, into) {
            let value = other.checked_div(own)?.round_dp(DIGITS).normalize();
            return Some(RateOf {
                pair: Some((own, other)),
                ..rate(value, entry.published, handle)
            });
        }
        let record = records.iter().find(|r| r.report.id == entry.at.report);
        if let Some(value) = record.and_then(|r| line(r, unit, into)) {
            return Some(rate(value, entry.published, handle));
        }
    }
    None
}

/// One sum in both currencies, as the report states it.
fn pair(told: &Told, unit: &str, into: &str) -> Option<(Decimal, Decimal)> {
    let stated = |wanted: &str| {
        let mut all = told.entry.amounts.iter();
        let sum = all.find(|s| s.unit == wanted && s.basis == Some(AmountBasis::Stated))?;
        sum.value.parse::<Decimal>().ok()
    };
    let own = stated(unit).filter(|own| !own.is_zero())?;
    Some((own, stated(into)?))
}

/// A rate that a report states, either way round.
fn line(record: &Record, unit: &str, into: &str) -> Option<Decimal> {
    record.report.conversions.iter().find_map(|c| {
        let rate: Decimal = c.rate.parse().ok().filter(|r: &Decimal| !r.is_zero())?;
        match (
            c.from == unit && c.to == into,
            c.from == into && c.to == unit,
        ) {
            (true, _) => Some(rate),
            (_, true) => Some(Decimal::ONE.checked_div(rate)?.round_dp(DIGITS).normalize()),
            _ => None,
        }
    })
}
