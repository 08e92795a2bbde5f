//! What was promised, what of it was delivered, and what is left.
//!
//! ```text
//! announced 350; signed 400; delivered 150 on 5 February   ->  400, 150, 250
//! delivered 60 so far; delivered 90 so far                 ->  90 delivered
//! ```
//!
//! Payments of different days add up. "Has paid 90 so far" tells all that was paid until then, and takes
//! the place of what was paid before. Nothing is worked out between two units.

use jiff::civil::Date;
use onrecord_model::{AmountBasis, CommitmentStatus as S, Polarity, Qualifier};
use rust_decimal::Decimal;

use super::Told;
use super::course::rank;
use crate::store::Sum;

/// The sums of a thread, in one unit.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Sums {
    pub(super) promised: Option<Decimal>,
    pub(super) delivered: Option<Decimal>,
    pub(super) left: Option<Decimal>,
    pub(super) unit: Option<String>,
    pub(super) qualifier: Option<Qualifier>,
    pub(super) basis: Option<AmountBasis>,
}

/// How much an entry is of, in the thread's unit.
pub(super) fn value(told: &Told, sums: &Sums) -> Option<Decimal> {
    let unit = sums.unit.as_deref()?;
    let mut all = told.entry.amounts.iter();
    all.find(|s| s.unit == unit)?.value.parse().ok()
}

/// How firmly a status binds to a sum: those of the highest count. None where it binds to none.
const fn binds(status: S) -> Option<u8> {
    match status {
        S::AgreedInPrinciple
        | S::Announced
        | S::Agreed
        | S::Signed
        | S::Authorized
        | S::Allocated
        | S::InForce => Some(2),
        S::Offered => Some(1),
        S::UnderDiscussion | S::Proposed | S::NotRuledOut => Some(0),
        _ => None,
    }
}

/// The sums of a thread.
pub(super) fn of(told: &[Told]) -> Sums {
    let told: Vec<&Told> = told
        .iter()
        .filter(|t| t.step.factuality.polarity == Polarity::Positive)
        .collect();
    let mut sums = promised(&told);
    if sums.unit.is_none() {
        let first = told.iter().find(|t| t.step.status == S::Delivered);
        sums.unit = first.and_then(|t| own(t)).map(|s| s.unit.clone());
    }
    sums.delivered = delivered(&told, &sums);
    if sums.promised.is_none() {
        alone(&told, &mut sums);
    }
    let both = sums.promised.zip(sums.delivered);
    // More than was promised is a sum of something else.
    sums.left = both.map(|(p, d)| p - d).filter(|l| *l >= Decimal::ZERO);
    sums
}

/// Its own sum, as the report states it.
fn own<'t>(told: &Told<'t>) -> Option<&'t Sum> {
    told.entry.amounts.first()
}

/// The last sum that the whole of it is told to be of.
fn promised(told: &[&Told]) -> Sums {
    let with = |part: bool| {
        let all = told.iter().copied();
        let all = all.filter(move |t| part || t.entry.part_of.is_none());
        let all = all.filter_map(|t| Some((binds(t.step.status)?, t, own(t)?)));
        // Of one day the step that came furthest, and of one step the largest: the others are its parts.
        all.max_by_key(|(binds, t, sum)| {
            let size = sum.value.parse::<Decimal>().unwrap_or_default();
            (*binds, t.day(), rank(t.step.status), size)
        })
    };
    // Of parts alone nobody knows the whole, but where there is only one.
    let parts = told.iter().filter(|t| binds(t.step.status).is_some());
    let mut parts = parts.filter_map(|t| own(t));
    let one = parts
        .next()
        .is_some_and(|first| parts.all(|p| p.value == first.value && p.unit == first.unit));
    let Some((_, _, sum)) = with(false).or_else(|| with(true).filter(|_| one)) else {
        return Sums::default();
    };
    Sums {
        promised: sum.value.parse().ok(),
        unit: Some(sum.unit.clone()),
        qualifier: sum.qualifier,
        basis: sum.basis,
        ..Sums::default()
    }
}

/// Of a gift that is told of only when it was given: what was given is what was promised.
fn alone(told: &[&Told], sums: &mut Sums) {
    let mut given = told.iter().filter(|t| t.step.status == S::Delivered);
    let whole = given.all(|t| {
        t.entry.part_of.is_none() && value(t, sums).is_none_or(|v| Some(v) == sums.delivered)
    });
    if whole {
        sums.promised = sums.delivered;
        sums.basis = sums.promised.and(Some(AmountBasis::Stated));
    }
}

/// All that was delivered.
fn delivered(told: &[&Told], sums: &Sums) -> Option<Decimal> {
    // Payments of a day of their own, each once, however many tell it.
    let mut dated: Vec<(Date, Decimal)> = Vec::new();
    let mut so_far: Vec<(Option<Date>, Decimal)> = Vec::new();
    for t in told.iter().filter(|t| t.step.status == S::Delivered) {
        let Some(value) = value(t, sums) else {
            continue;
        };
        match t.own_day() {
            Some(day) if !dated.contains(&(day, value)) => dated.push((day, value)),
            Some(_) => {}
            None => so_far.push((t.entry.published, value)),
        }
    }
    let paid = |after: Option<Date>| -> Decimal {
        let later = dated
            .iter()
            .filter(|(day, _)| after.is_none_or(|a| *day > a));
        later.map(|(_, value)| *value).sum()
    };
    let known = so_far
        .iter()
        .map(|(day, value)| *value + day.map_or(Decimal::ZERO, |d| paid(Some(d))));
    let known = known.chain((!dated.is_empty()).then(|| paid(None)));
    known.max()
}
