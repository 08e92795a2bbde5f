//! Which of the reports that stood at one address is the later version: the fuller one, and of two that
//! are as full the younger.
//!
//! A feed gives a summary of a report again and again, a page that was an article asks for a login a week
//! later. Neither is a new version of the report that was there.

use onrecord_model::{ProblemKind, Record};

use super::backend::{Extent, Read, Result, Sibling};
use super::{body, days, key};

/// The reports that stood at addresses, with how much of it each holds.
pub(crate) fn siblings(tx: &mut dyn Read, addresses: &[&str]) -> Result<Vec<Sibling>> {
    let mut found = tx.siblings(addresses)?;
    let ids: Vec<&str> = found.iter().map(|s| s.id.as_str()).collect();
    let mut extents = Vec::new();
    for known in tx.known(&ids)? {
        let packed = tx.body(known.number, known.readings.len() as i64 - 1)?;
        // One that cannot be read any more keeps nothing else from being filed.
        let extent = body::record(&packed).map_or_else(|_| Extent::default(), |r| extent(&r));
        extents.push((known.number, extent));
    }
    for s in &mut found {
        let own = extents.iter().find(|(number, _)| *number == s.number);
        s.extent = own.map_or_else(Extent::default, |(_, e)| *e);
    }
    Ok(found)
}

/// How much of its report a record was made from.
pub(crate) fn extent(record: &Record) -> Extent {
    let part = |kind| {
        matches!(
            kind,
            ProblemKind::Excerpt | ProblemKind::NoText | ProblemKind::NoArticle
        )
    };
    if record.problems.iter().any(|p| part(p.kind)) {
        Extent::Part
    } else {
        Extent::Whole
    }
}

/// What orders versions, oldest first: how full, the day (what has none came on the day it was filed),
/// when it was filed, and its id.
pub(crate) fn order(s: &Sibling) -> (Extent, i32, jiff::Timestamp, &str) {
    let day = match key::day_of(s.key) {
        0 => days::number(s.filed.to_zoned(jiff::tz::TimeZone::UTC).date()),
        day => day,
    };
    (s.extent, day, s.filed, &s.id)
}
