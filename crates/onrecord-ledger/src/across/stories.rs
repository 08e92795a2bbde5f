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
use std::sync::LazyLock;

use onrecord_model::Report;
use rustc_hash::{FxHashMap, FxHashSet};
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
const JOINED: f64 = 0.14;
/// Days between two reports of one happening.
const DAYS: i32 = 5;
/// A word in more than one in this many units is left out,
const COMMON: usize = 8;
/// but not while it is in so few,
const FEW: usize = 40;
/// and always when it is in so many: each report is compared with all that share a word.
const MANY: usize = 2000;

/// Words that say nothing of a happening, however few the reports are among which they are rare.
static FUNCTION_WORDS: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
    let words = FUNCTION_WORD_LIST.split_whitespace();
    words.map(|w| xxh3_64(w.as_bytes())).collect()
});

const FUNCTION_WORD_LIST: &str = "\
    a about above after again against ago all almost along already also although always am \
    among an and another any are around as at away back be became because become been before \
    began behind being below between both but by called came can cannot could did do does \
    doing done down during each early either else end enough even ever every few first for \
    from full further get give given go going good got great had half has have having he her \
    here hers herself him himself his how however i if in including inside instead into is it \
    its itself just keep kept know last late later least less let like likely little long made \
    make making many may me might more most much must my near need never new next no nor not \
    nothing now of off often on once one only onto or other others our out outside over own \
    part people per perhaps put quite rather really right said same say saying says second see \
    seem seen several shall she should show since so some something soon still such take taken \
    than that the their them themselves then there these they thing things think this those \
    though three through thus time to today together told too took toward towards turn two \
    under until up upon us use used very want was way we well went were what when where \
    whether which while who whole whom whose why will with within without would year years yes \
    yesterday yet you your";

/// Whether a word in lower case says nothing of a happening.
pub(crate) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(&xxh3_64(word.as_bytes()))
}

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
        for word in words(report)
            .iter()
            .filter(|w| !FUNCTION_WORDS.contains(&w.hash))
        {
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
    let common = (all / COMMON).clamp(FEW, MANY);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::across::copies::Copies;
    use crate::across::testing::{body, report};
    use proptest::prelude::*;

    /// The stories of two or more reports, by their places.
    fn stories(reports: &[Report]) -> Vec<Vec<u32>> {
        let (mut copies, mut stories) = (Copies::default(), Stories::default());
        for r in reports {
            copies.add(r);
            stories.add(r);
        }
        let told = stories.clusters(&copies.clusters());
        let places = |c: Vec<Ordinal>| {
            let mut all: Vec<u32> = c.iter().map(|m| m.0).collect();
            all.sort_unstable();
            all
        };
        let mut out: Vec<Vec<u32>> = told
            .into_iter()
            .map(places)
            .filter(|c| c.len() > 1)
            .collect();
        out.sort();
        out
    }

    /// Words about a subject, in an order of the teller's own, among others.
    fn telling(subject: usize, teller: usize) -> Report {
        let said = (0..30).map(|i| format!("s{subject}x{}", (i * 7 + teller * 11) % 30));
        let own = (0..30).map(|i| format!("t{teller}x{i}"));
        let words: Vec<String> = said.zip(own).flat_map(|(a, b)| [a, b]).collect();
        report("", &words.join(" "))
    }

    #[test]
    fn reports_of_one_happening_are_one_story() {
        let all = [
            telling(1, 1),
            telling(2, 2),
            telling(1, 3),
            telling(3, 4),
            telling(2, 5),
        ];
        assert_eq!(stories(&all), [vec![0, 2], vec![1, 4]]);
    }

    #[test]
    fn days_far_apart_are_not_one_happening() {
        let on = |day: &str, teller: usize| {
            let mut r = telling(1, teller);
            r.published = Some(onrecord_model::Published {
                value: day.to_owned(),
                precision: onrecord_model::Precision::Day,
                basis: onrecord_model::PublishedBasis::Metadata,
                evidence: Vec::new(),
            });
            r
        };
        let all = [
            on("2024-03-01", 1),
            on("2024-03-04", 2),
            on("2024-05-04", 3),
        ];
        assert_eq!(stories(&all), [vec![0, 1]]);
    }

    proptest! {
        #[test]
        fn carriers_of_a_copy_are_in_one_story_whatever_the_order(
            bodies in prop::collection::vec(prop::collection::vec(0..9_usize, 1..6), 1..10),
            turn in 0..10_usize,
        ) {
            let mut reports: Vec<Report> = bodies.iter().map(|b| report("", &body(b))).collect();
            let ids = |reports: &[Report]| {
                let named = |c: Vec<u32>| {
                    let mut ids: Vec<String> = c.iter().map(|m| reports[*m as usize].id.clone()).collect();
                    ids.sort();
                    ids
                };
                let mut all: Vec<Vec<String>> = stories(reports).into_iter().map(named).collect();
                all.sort();
                all
            };
            let mut copies = Copies::default();
            for r in &reports {
                copies.add(r);
            }
            let told = stories(&reports);
            for copy in copies.clusters() {
                let holds = |s: &Vec<u32>| copy.members.iter().all(|m| s.contains(&m.0));
                prop_assert!(told.iter().any(holds));
            }
            let before = ids(&reports);
            let turn = turn % reports.len();
            reports.rotate_left(turn);
            reports.reverse();
            prop_assert_eq!(before, ids(&reports));
        }
    }
}
