//! How far a thread has come, and since when.
//!
//! The course of a commitment goes one way: what a later report retells of an earlier step ("the loan
//! announced in March") is no step back. What stops it on its way (delayed, suspended, withdrawn) counts
//! from the day it is told until it comes further than it was. Who says no to what was promised unless
//! something happens ("would not pay the rest without the law") names a condition, and takes nothing back.

use jiff::civil::Date;
use onrecord_model::{Certainty, CommitmentStatus as S, Polarity};

use super::Told;

/// How far a status is along the course; none of what stops it or turns it down.
pub(super) const fn rank(status: S) -> Option<u8> {
    Some(match status {
        S::Opposed | S::Supported => 0,
        S::Requested => 1,
        S::NotRuledOut => 2,
        S::UnderDiscussion | S::Proposed => 3,
        S::Offered => 4,
        S::AgreedInPrinciple => 5,
        S::Announced => 6,
        S::Agreed => 7,
        S::Signed => 8,
        S::Authorized => 9,
        S::Allocated => 10,
        S::InForce => 11,
        S::UnderWay => 12,
        S::Delivered => 13,
        S::RuledOut
        | S::Declined
        | S::Delayed
        | S::Reduced
        | S::Withheld
        | S::Suspended
        | S::Withdrawn
        | S::Broken
        | S::Superseded
        | S::Expired => return None,
    })
}

/// How far a commitment must have come for a status to stop it or turn it down.
const fn before(status: S) -> u8 {
    match status {
        // Who says no may think better of it; what was asked before is no news then.
        S::RuledOut | S::Declined => 3,
        _ => 6,
    }
}

/// The telling whose status the thread has now. What is said not to be so moves nothing, and what only
/// may be gives way to what is.
pub(super) fn now<'t>(told: &[Told<'t>]) -> Option<Told<'t>> {
    let is_so = |t: &&Told| t.step.factuality.polarity == Polarity::Positive;
    let firm = |t: &&Told| {
        is_so(t)
            && matches!(
                t.step.factuality.certainty,
                Certainty::Certain | Certainty::Probable
            )
    };
    walk(told.iter().filter(firm))
        .or_else(|| walk(told.iter().filter(is_so)))
        .or_else(|| told.last().copied())
}

fn walk<'a, 't: 'a>(told: impl Iterator<Item = &'a Told<'t>>) -> Option<Told<'t>> {
    let mut told: Vec<&Told<'t>> = told.collect();
    // A sum that another took the place of is no end of what both are of.
    if told.iter().any(|t| t.step.status != S::Superseded) {
        told.retain(|t| t.step.status != S::Superseded);
    }
    // Of one day, what stops it counts last: it is told of something that was under way.
    let conditional = |t: &Told| before(t.step.status) < 6 && t.entry.condition.is_some();
    if told
        .iter()
        .any(|t| rank(t.step.status) >= Some(before(S::Delayed)))
    {
        told.retain(|t| !conditional(t));
    }
    told.sort_by_key(|t| {
        let status = t.step.status;
        (
            t.entry.published.is_none(),
            t.entry.published,
            rank(status).is_none(),
            rank(status),
        )
    });
    let mut at: Option<(Told, u8)> = None;
    for told in told {
        let status = told.step.status;
        let furthest = at.map_or(0, |(_, furthest)| furthest);
        match rank(status) {
            Some(rank) if at.is_none() || rank > furthest => at = Some((*told, rank)),
            Some(_) => {}
            None if at.is_some_and(|(now, _)| now.step.status == status) => {}
            None if before(status) < 6 => at = Some((*told, before(status))),
            None => at = Some((*told, furthest.max(before(status)))),
        }
    }
    at.map(|(now, _)| now)
}

/// Since when a thread has the status it has now, and the first day of that.
pub(super) fn since(told: &[Told], now: Told) -> Option<(Date, String)> {
    let same = told.iter().filter(|t| t.step.status == now.step.status);
    let same = same.filter(|t| t.step.factuality == now.step.factuality);
    // Of a payment in parts, the last one is what it has come to.
    if now.step.status == S::Delivered {
        return same.filter_map(Told::time).max();
    }
    same.filter_map(Told::time).min()
}
