//! A story through its reports: who told it first, who carried whose copy, what was corrected.
//!
//! Asked for are reports of the days around one that name several of those it names most, or
//! somebody that few name; from each that belongs to the story the question is asked again.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use onrecord_model::{EntityKind, Mention, MentionForm, Record, Span};
use serde::Serialize;

use super::{MOST, Result, around, is_name};
use crate::across::carrier::{Difference, compare};
use crate::across::copies::{Copies, Copy, Ordinal};
use crate::across::identity::Said;
use crate::across::reports::Reports;
use crate::across::stories::Stories;
use crate::across::tellings::tellings;
use crate::store::{Collected, Entry, EntryKind, Held, Ledger, LedgerError, Query, Show};

/// Days between two reports of one happening.
const DAYS: i32 = 5;
/// Names of a report that others are asked for by.
const NAMES: usize = 8;
/// Names that two reports of a story have in common.
const COMMON: usize = 2;
/// Forms of a name that are asked for.
const FORMS: usize = 3;
/// Reports of some days that name somebody who is seldom named.
const FEW: usize = 30;
/// Reports around one that are looked at.
const NEAR: usize = 250;
/// Entries that are looked at for each name.
const LOOKED: usize = 2000;
/// How often the question is asked again.
const ROUNDS: usize = 4;

/// Reports of one happening.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Story {
    /// By day and id.
    pub reports: Vec<Carried>,
    /// Whether more reports may belong to it than were looked at.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
}

/// A report of a story.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Carried {
    /// Its id.
    pub report: String,
    /// The day it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// Its headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    /// Who carried it, first to last.
    pub outlets: Vec<String>,
    /// The agency that wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// What its collection knows it by.
    #[serde(flatten)]
    pub own: Collected,
    /// Where it stands.
    pub locations: Vec<String>,
    /// The report whose words it carries, where it is a copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<String>,
    /// How it differs from that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<Difference>,
    /// Earlier versions of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<String>,
    /// Later versions of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<String>,
}

impl Ledger {
    /// The story a report belongs to: itself alone, where no other tells of the same happening.
    ///
    /// # Errors
    /// When it was never filed, or the store cannot be read.
    pub fn story(&self, report: &str) -> Result<Story> {
        let mut reports: BTreeSet<String> = BTreeSet::from([report.to_owned()]);
        let mut asked: BTreeSet<String> = BTreeSet::new();
        let mut members = reports.clone();
        let mut cut = false;
        let said = self.said()?;
        let mut looked = Looked::default();
        for _ in 0..ROUNDS {
            for id in members.difference(&asked.clone()) {
                asked.insert(id.clone());
                cut |= self.around(id, &mut reports)?;
            }
            let ids: Vec<&str> = reports.iter().map(String::as_str).collect();
            looked = Looked::at(report, self.records(&ids)?, &said);
            if looked.members.is_subset(&asked) {
                break;
            }
            members.clone_from(&looked.members);
        }
        let Looked {
            records,
            members,
            copies,
        } = looked;
        if records.iter().all(|r| r.report.id != report) {
            return Err(LedgerError::NoReport(report.to_owned()));
        }
        let mut carried = Vec::new();
        for id in &members {
            if let Some(held) = self.get(id)? {
                carried.push(told(held, &copies, &records));
            }
        }
        carried.sort_by_cached_key(|c| (c.published.is_none(), c.published, c.report.clone()));
        Ok(Story {
            reports: carried,
            cut,
        })
    }

    /// Adds reports of the days around one that name the same; gives back whether there were too
    /// many.
    fn around(&self, report: &str, reports: &mut BTreeSet<String>) -> Result<bool> {
        let Some(held) = self.get(report)? else {
            return Ok(false);
        };
        reports.extend(held.earlier.iter().chain(&held.later).cloned());
        let Some(day) = held.record.report.day() else {
            return Ok(false);
        };
        let published = around(day, DAYS);
        let mut cut = false;
        let mut named: BTreeMap<String, usize> = BTreeMap::new();
        for forms in names(&held.record) {
            let mut ids: BTreeSet<String> = BTreeSet::new();
            let by = forms.iter().map(|n| (Some(n.clone()), None));
            let about = forms.iter().map(|n| (None, Some(n.clone())));
            for (by, about) in by.chain(about) {
                let query = Query {
                    by,
                    about,
                    published,
                    show: Show {
                        superseded: true,
                        ..Show::default()
                    },
                    limit: LOOKED,
                    ..Query::default()
                };
                let page = self.entries(&query)?;
                cut |= page.next.is_some();
                ids.extend(page.entries.into_iter().map(|e| e.at.report));
            }
            let weight = if ids.len() <= FEW { COMMON } else { 1 };
            for id in ids {
                *named.entry(id).or_default() += weight;
            }
        }
        // Who shares most comes first, should they be too many.
        let mut named: Vec<(String, usize)> = named.into_iter().collect();
        named.retain(|(id, n)| *n >= COMMON && !reports.contains(id));
        named.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let room = NEAR.min(MOST.saturating_sub(reports.len()));
        cut |= named.len() > room;
        reports.extend(named.into_iter().take(room).map(|(id, _)| id));
        Ok(cut)
    }
}

/// What is seen among some reports.
#[derive(Default)]
struct Looked {
    records: Vec<Record>,
    /// Those of the story.
    members: BTreeSet<String>,
    /// Among all of them.
    copies: Vec<Copy>,
}

impl Looked {
    fn at(report: &str, records: Vec<Record>, said: &[Said]) -> Self {
        let (members, copies) = cluster(report, &records, said);
        Self {
            records,
            members,
            copies,
        }
    }
}

/// Those a report names most often, each by its names.
fn names(record: &Record) -> Vec<Vec<String>> {
    let mut all: Vec<(usize, u32, Vec<String>)> = Vec::new();
    for e in &record.entities {
        let named = |m: &&Mention| m.form == MentionForm::Name && !m.metonym;
        let named = e.mentions.iter().filter(named).map(|m| &m.span);
        let first = named.clone().map(Span::start).min();
        let Some(first) = first.filter(|_| e.kind != EntityKind::Office) else {
            continue;
        };
        let mut forms: Vec<String> = Vec::new();
        for form in [e.name.as_str()].into_iter().chain(named.map(Span::quote)) {
            if is_name(form) && forms.len() < FORMS && !forms.iter().any(|f| f == form) {
                forms.push(form.to_owned());
            }
        }
        all.push((e.mentions.len(), first, forms));
    }
    all.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    all.truncate(NAMES);
    all.into_iter().map(|(.., forms)| forms).collect()
}

/// The reports of the story one belongs to, and the copies among all. Reports tell of one
/// happening when their words are alike, and when one says or denies what the other says.
fn cluster(report: &str, records: &[Record], said: &[Said]) -> (BTreeSet<String>, Vec<Copy>) {
    let (mut copies, mut stories) = (Copies::default(), Stories::default());
    for record in records {
        copies.add(&record.report);
        stories.add(&record.report);
    }
    let copies = copies.clusters();
    let id = |o: &Ordinal| records[o.0 as usize].report.id.clone();
    let alike = stories.clusters(&copies);
    let mut groups: Vec<BTreeSet<String>> =
        alike.iter().map(|s| s.iter().map(id).collect()).collect();
    groups.extend(shared(records, said));
    let mut members = BTreeSet::from([report.to_owned()]);
    loop {
        let before = members.len();
        for group in &groups {
            if !group.is_disjoint(&members) {
                members.extend(group.iter().cloned());
            }
        }
        if members.len() == before {
            return (members, copies);
        }
    }
}

/// Reports that say the same or deny it. Events do not count: two shellings are told in the same
/// words.
fn shared(records: &[Record], said: &[Said]) -> Vec<BTreeSet<String>> {
    let reports = Reports::with(records, said);
    let entries = records.iter().flat_map(Entry::of);
    let entries: Vec<Entry> = entries.filter(|e| e.at.kind != EntryKind::Event).collect();
    let groups = tellings(&entries, &reports).into_iter();
    let groups = groups.map(|t| {
        let all = t.members.iter().chain(&t.denials);
        all.map(|m| entries[*m].at.report.clone())
            .collect::<BTreeSet<_>>()
    });
    groups.filter(|g| g.len() > 1).collect()
}

fn told(held: Held, copies: &[Copy], records: &[Record]) -> Carried {
    let report = &held.record.report;
    let record = |o: Ordinal| &records[o.0 as usize].report;
    let copy = copies
        .iter()
        .find(|c| c.members.iter().any(|m| record(*m).id == report.id));
    let reference = copy
        .map(|c| record(c.reference()))
        .filter(|r| r.id != report.id);
    let mut outlets: Vec<String> = Vec::new();
    for outlet in held.carriers.iter().filter_map(|c| c.outlet.clone()) {
        if !outlets.contains(&outlet) {
            outlets.push(outlet);
        }
    }
    Carried {
        published: report.day(),
        headline: report.headline.as_ref().map(|h| h.quote().to_owned()),
        outlets,
        agency: report.agency.clone(),
        own: Collected::of(report),
        locations: held.carriers.iter().map(|c| c.location.clone()).collect(),
        copy_of: reference.map(|r| r.id.clone()),
        difference: reference.map(|r| compare(r, report)),
        report: report.id.clone(),
        earlier: held.earlier,
        later: held.later,
    }
}
