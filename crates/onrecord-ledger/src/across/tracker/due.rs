//! What falls due next.
//!
//! Each part of a commitment has its own day, and the last report that names one for it is right: a
//! vote planned for the 10th and put off to the 24th is due on the 24th. What was delivered is due no
//! more, and "the first instalment", told without its sum, was what a later report tells as delivered.

use std::collections::BTreeMap;

use onrecord_model::CommitmentStatus as S;
use rust_decimal::Decimal;

use super::Told;
use super::sums::{Sums, value};
use crate::store::last_day;

/// Whether somebody is bound to a day by a status: who asks for something or turns it down is not late.
pub(super) const fn is_bound(status: Option<S>) -> bool {
    matches!(
        status,
        Some(
            S::AgreedInPrinciple
                | S::Announced
                | S::Agreed
                | S::Signed
                | S::Authorized
                | S::Allocated
                | S::UnderWay
                | S::Delivered
                | S::Delayed
                | S::Reduced
                | S::Withheld
                | S::Suspended
        )
    )
}

/// The first of the days that parts of it are still due by, as TIMEX3 or EDTF.
pub(super) fn next(told: &[Told], now: Told, sums: &Sums) -> Option<String> {
    let over = matches!(
        now.step.status,
        S::Withdrawn | S::Broken | S::Superseded | S::Expired
    );
    if over || sums.left == Some(Decimal::ZERO) {
        return None;
    }
    let delivered = |t: &&Told| t.step.status == S::Delivered;
    let paid: Vec<Decimal> = told
        .iter()
        .filter(delivered)
        .filter_map(|t| value(t, sums))
        .collect();
    // By part; what names no sum, or the whole, is the whole.
    let mut parts: BTreeMap<Option<Decimal>, &str> = BTreeMap::new();
    let later = |t: &Told| {
        let paid = told.iter().filter(delivered);
        paid.map(|p| p.entry.published).max() > Some(t.entry.published)
    };
    for t in told.iter().filter(|t| !delivered(t)) {
        if t.entry.part_of.is_some() && t.entry.amounts.is_empty() && later(t) {
            continue;
        }
        let part = value(t, sums).filter(|v| Some(*v) != sums.promised);
        let due = t.entry.due.as_deref();
        // Later reports come later, and take the place of what was known.
        if let Some(due) = due.filter(|_| part.is_none_or(|p| !paid.contains(&p))) {
            parts.insert(part, due);
        }
    }
    // All of it was delivered, as far as anybody says.
    if now.step.status == S::Delivered && sums.left.is_none() {
        parts.remove(&None);
    }
    let mut dues: Vec<&str> = parts.into_values().collect();
    dues.sort_by_key(|due| (last_day(due).is_none(), last_day(due), *due));
    dues.first().map(|due| (*due).to_owned())
}
