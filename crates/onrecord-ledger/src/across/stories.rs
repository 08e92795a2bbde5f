//! Stories: reports about the same happening, by whatever words they tell it in.
//!
//! ```
//! use onrecord_ledger::across::{copies::Copies, stories::Stories};
//! # use onrecord_model::Report;
//! # let reports: Vec<Report> = Vec::new();
//! let (mut copies, mut stories) = (Copies::default(), Stories::default());
//! for report in &reports {
//!     copies.add(report);
//!     stories.add(report);
//! }
//! for story in stories.clusters(&copies.clusters()) {
//!     println!("{} reports of one happening", story.len());
//! }
//! ```
//!
//! Two reports are alike by the cosine of their words, each weighed by how rare it is among all
//! (TF-IDF), names more than others. A copy counts once, however many carry it, and its carriers
//! are always in one story. Reports whose days are known and far apart are not linked. Words that
//! many reports share say nothing of one happening and are left out.
//!
//! Kept of a report: hashes of its words with their weights, and its day. Left out: what the
//! happening is, and stories within a story.

use std::collections::BTreeMap;

use onrecord_model::Report;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::cluster::{self, Link};
use super::copies::{Copy, Ordinal};
use super::words::words;

/// How much more a name says than another word.
const NAME: f32 = 1.5;
/// Words kept of a report: those of greatest weight.
const KEPT: usize = 256;
/// Likeness below which two units are not linked.
const LINKED: f64 = 0.07;
/// The mean likeness at which two clusters are one story.
const JOINED: f64 = 0.15;
/// Days between two reports of one happening.
const DAYS: i32 = 5;
/// A word in more than one in this many units, and in more than [`FEW`], is left out.
const COMMON: usize = 8;
/// See [`COMMON`].
const FEW: usize = 40;

/// An index of reports that finds stories; more can be added at any time.
#[derive(Clone, Debug, Default)]
pub struct Stories {
    reports: Vec<Filed>,
}

/// What is kept of a report.
#[derive(Clone, Debug)]
struct Filed {
    /// Of its id.
    key: u64,
    /// Days since 1 January 1970.
    day: Option<i32>,
    /// Words with their weights, by hash.
    terms: Box<[(u32, f32)]>,
}

/// Reports that are one: the carriers of a copy, or a report alone.
struct Unit {
    /// What it is, whatever the order of adding.
    key: u64,
    members: Vec<Ordinal>,
    /// First and last day.
    days: Option<(i32, i32)>,
    /// A vector of length one.
    terms: Vec<(u32, f64)>,
}

impl Stories {
    /// Adds a report.
    pub fn add(&mut self, report: &Report) -> Ordinal {
        let mut counts: BTreeMap<u32, f32> = BTreeMap::new();
        for word in words(report) {
            *counts.entry((word.hash >> 32) as u32).or_default() +=
                if word.name { NAME } else { 1.0 };
        }
        let weigh = |(term, count): (u32, f32)| (term, 1.0 + count.ln());
        let mut terms: Vec<(u32, f32)> = counts.into_iter().map(weigh).collect();
        terms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        terms.truncate(KEPT);
        terms.sort_unstable_by_key(|t| t.0);
        let ordinal = Ordinal(self.reports.len() as u32);
        let epoch = jiff::civil::date(1970, 1, 1);
        self.reports.push(Filed {
            key: xxh3_64(report.id.as_bytes()),
            day: report.day().map(|d| (d - epoch).get_days()),
            terms: terms.into(),
        });
        ordinal
    }

    /// The stories of all reports, those alone too, in the order of their first reports by day and
    /// id. `copies` are those of the same reports, added in the same order.
    pub fn clusters(&self, copies: &[Copy]) -> Vec<Vec<Ordinal>> {
        let mut units = self.units(copies);
        weigh(&mut units);
        let clusters = cluster::join(units.len(), &links(&units), fixed(JOINED));
        let order = |m: &Ordinal| {
            let filed = &self.reports[m.0 as usize];
            (filed.day.is_none(), filed.day, filed.key, *m)
        };
        let members = |c: Vec<u32>| {
            let all = c.iter().flat_map(|u| &units[*u as usize].members);
            let mut all: Vec<Ordinal> = all.copied().collect();
            all.sort_by_key(order);
            all
        };
        let mut out: Vec<Vec<Ordinal>> = clusters.into_iter().map(members).collect();
        out.sort_by_key(|c| c.first().map(order));
        out
    }

    /// In an order that does not depend on that of adding.
    fn units(&self, copies: &[Copy]) -> Vec<Unit> {
        let mut alone = vec![true; self.reports.len()];
        let mut out = Vec::new();
        for copy in copies {
            for member in &copy.members {
                alone[member.0 as usize] = false;
            }
            out.push(self.unit(copy.members.clone()));
        }
        let rest = (0..alone.len()).filter(|i| alone[*i]);
        out.extend(rest.map(|i| self.unit(vec![Ordinal(i as u32)])));
        out.sort_by_key(|u| u.key);
        out
    }

    fn unit(&self, mut members: Vec<Ordinal>) -> Unit {
        members.sort_by_key(|m| self.reports[m.0 as usize].key);
        let mut terms: BTreeMap<u32, f64> = BTreeMap::new();
        for member in &members {
            for (term, weight) in &self.reports[member.0 as usize].terms {
                *terms.entry(*term).or_default() += f64::from(*weight) / members.len() as f64;
            }
        }
        let days = members
            .iter()
            .filter_map(|m| self.reports[m.0 as usize].day);
        let days = days.fold(None, |all: Option<(i32, i32)>, d| {
            let (first, last) = all.unwrap_or((d, d));
            Some((first.min(d), last.max(d)))
        });
        Unit {
            key: self.reports[members[0].0 as usize].key,
            members,
            days,
            terms: terms.into_iter().collect(),
        }
    }
}

/// Weighs each word by its rarity, drops those that many share, and brings each vector to length one.
fn weigh(units: &mut [Unit]) {
    let mut holders: FxHashMap<u32, u32> = FxHashMap::default();
    for (term, _) in units.iter().flat_map(|u| &u.terms) {
        *holders.entry(*term).or_default() += 1;
    }
    let all = units.len();
    let common = (all / COMMON).max(FEW);
    for unit in units {
        unit.terms.retain(|t| (holders[&t.0] as usize) <= common);
        for (term, weight) in &mut unit.terms {
            *weight *= (1.0 + all as f64 / f64::from(holders[term])).ln();
        }
        let length = unit.terms.iter().map(|t| t.1 * t.1).sum::<f64>().sqrt();
        for (_, weight) in &mut unit.terms {
            *weight /= length;
        }
    }
}

/// The units that are alike.
fn links(units: &[Unit]) -> Vec<Link> {
    let mut held: FxHashMap<u32, Vec<(u32, f64)>> = FxHashMap::default();
    let mut likeness = vec![0.0; units.len()];
    let mut out = Vec::new();
    for (b, unit) in units.iter().enumerate() {
        let mut met: Vec<u32> = Vec::new();
        for (term, weight) in &unit.terms {
            let list = held.entry(*term).or_default();
            for (a, other) in &*list {
                let sum = &mut likeness[*a as usize];
                if *sum == 0.0 {
                    met.push(*a);
                }
                *sum += weight * other;
            }
            list.push((b as u32, *weight));
        }
        met.sort_unstable();
        for a in met {
            let sum = std::mem::take(&mut likeness[a as usize]);
            if sum >= LINKED && near(unit.days, units[a as usize].days) {
                out.push(Link {
                    a,
                    b: b as u32,
                    strength: fixed(sum),
                });
            }
        }
    }
    out
}

/// Whether two spans of days lie close; nothing is known against it where one is unknown.
fn near(a: Option<(i32, i32)>, b: Option<(i32, i32)>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => b.0 - a.1 <= DAYS && a.0 - b.1 <= DAYS,
        _ => true,
    }
}

fn fixed(likeness: f64) -> u16 {
    (likeness.clamp(0.0, 1.0) * f64::from(u16::MAX)).round() as u16
}
