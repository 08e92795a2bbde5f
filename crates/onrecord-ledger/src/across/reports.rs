//! The reports that are looked at together: their records, which of them are copies, and who in
//! one is who in another.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use onrecord_model::{Entity, Record};

use super::claim::{self, Claim, Party};
use super::copies::Copies;
use super::identity::{Identities, Said};
use crate::store::{Entry, who};

/// Days between two reports that may tell of the same.
pub const DAYS: i32 = 7;

/// Records of several reports. Entries are compared through it; an entry whose record is not here
/// is not looked at.
#[derive(Debug)]
pub struct Reports<'r> {
    records: BTreeMap<&'r str, &'r Record>,
    /// The reference of each report that is in a copy.
    references: BTreeMap<&'r str, &'r str>,
    identities: Identities,
}

impl<'r> Reports<'r> {
    /// Finds copies among records, and who is who in them.
    pub fn of(records: &'r [Record]) -> Self {
        Self::with(records, &[])
    }

    /// As [`Self::of`], with what people say of who is who.
    pub fn with<R: Borrow<Record>>(records: &'r [R], said: &[Said]) -> Self {
        let identities = Identities::of(records, said);
        let records = records.iter().map(Borrow::borrow);
        let records: BTreeMap<&str, &Record> = records.map(|r| (r.report.id.as_str(), r)).collect();
        let mut copies = Copies::default();
        for record in records.values() {
            copies.add(&record.report);
        }
        let ids: Vec<&str> = records.keys().copied().collect();
        let mut references = BTreeMap::new();
        for copy in copies.clusters() {
            let reference = ids[copy.reference().0 as usize];
            let members = copy.members.iter().map(|m| (ids[m.0 as usize], reference));
            references.extend(members);
        }
        Self {
            records,
            references,
            identities,
        }
    }

    /// A report's record.
    pub fn record(&self, report: &str) -> Option<&'r Record> {
        self.records.get(report).copied()
    }

    /// The report whose telling a report carries: itself, when it is no copy.
    pub fn telling<'i>(&self, report: &'i str) -> &'i str
    where
        'r: 'i,
    {
        self.references.get(report).copied().unwrap_or(report)
    }

    /// What an entry claims.
    pub(super) fn claim<'e>(&self, entry: &'e Entry) -> Option<Claim<'e>>
    where
        'r: 'e,
    {
        let record = self.record(&entry.at.report)?;
        Claim::of(entry, record, &self.identities)
    }

    /// All that an entity of a record is known by.
    pub(super) fn party(&self, entity: &Entity, record: &Record) -> Party {
        claim::party(&who(entity), record, &self.identities)
    }

    /// Whether one claim is told by the other: in a report near in time, or as its copy.
    pub(super) fn same(&self, a: &Claim, b: &Claim) -> bool {
        let copies = a.id() != b.id() && self.telling(a.id()) == self.telling(b.id());
        (copies && a.is_carried_by(b)) || (self.near(a, b) && a.is_told_by(b))
    }

    /// Whether two reports may tell of the same: nothing is said for it where a day is unknown.
    pub(super) fn near(&self, a: &Claim, b: &Claim) -> bool {
        if self.telling(a.id()) == self.telling(b.id()) {
            return true;
        }
        match (a.report().day(), b.report().day()) {
            (Some(a), Some(b)) => (a - b).get_days().abs() <= DAYS,
            _ => false,
        }
    }
}
