//! Threads: one commitment through its steps, from the request to the money.
//!
//! ```text
//! 3 February   requested  Latvia, by Moldova   EUR 48,000,000   1 report
//! 10 February  announced  Latvia to Moldova    EUR 48,000,000   4 reports, denied by Andris Bergs
//! 20 March     signed     Latvia and Moldova   EUR 48,000,000   1 report
//! 5 May        delivered  Latvia to Moldova    EUR 48,000,000   1 report
//! ```
//!
//! Commitments are of one thread when the same is bound to the same and they are of one matter: of
//! one sum, or of the same words, or, where the words could be of any ("sanctions", "the deal"),
//! told of in paragraphs that have words of their own in common. Two different sums are two
//! threads, unless one is a part of the other, took the other's place, or two copies of one report
//! differ in it: then the step tells both. An instalment is a step of its whole. One sum for two ends is two threads, and so is "another" of the same. When
//! unsure, there are two threads.
//!
//! What a person says of two ([`bonds`](super::bonds)) goes before all of this.
//!
//! A step is a status, told within a week and as firmly: who says that it may be, or asks whether
//! it is, tells another. Who denies it stands beside it; a denial of what no
//! report tells is a step of its own. Left out: commitments that only a reader can tell are one.

mod clusters;
mod matter;

use std::collections::BTreeSet;

use jiff::civil::Date;
use onrecord_model::{CommitmentStatus, Factuality, Span};
use serde::Serialize;

use self::clusters::clusters;
use self::matter::Matter;
use super::bonds::{Bond, bonds};
use super::claim::{Claim, Sums, differ};
use super::corroboration::{Corroboration, told};
use super::reports::Reports;
use crate::store::{Entry, EntryRef, Sum, Who};

/// One commitment through its steps.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Thread {
    /// The kinds of commitments it is told as.
    pub kinds: Vec<String>,
    /// Who is bound.
    pub by: Vec<String>,
    /// Who benefits or is hit, and the other party.
    pub to: Vec<String>,
    /// By day; steps without one come last.
    pub steps: Vec<Step>,
    /// What people say of it: which entries they joined to it or parted from others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<Bond>,
}

/// How far a commitment had come.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Step {
    /// The day of the first report that tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// How far.
    pub status: CommitmentStatus,
    /// How firmly it is said.
    pub factuality: Factuality,
    /// Whether it stands on denials alone.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub denial: bool,
    /// Who is bound.
    pub by: Vec<String>,
    /// Who benefits or is hit, and the other party.
    pub to: Vec<String>,
    /// Until or since when, as TIMEX3 or EDTF, where it is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// What reports tell; where they differ in the sum, what stands first.
    pub tellings: Vec<Telling>,
}

/// What some reports tell of a step alike.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Telling {
    /// How much, in each currency.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub amounts: Vec<Sum>,
    /// The entries, by day and report.
    pub entries: Vec<EntryRef>,
    /// Their ids in their records, in the same order. Not steady.
    pub ids: Vec<String>,
    /// The words that carry the status in the first of them, where its record keeps them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cue: Option<Span>,
    /// The words the first of them rests on, where a person says that they are others than were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_words: Option<Span>,
    /// Who stands behind it, and who denies it.
    pub corroboration: Corroboration,
    /// Whether later versions took the place of all its reports, or of the report that the others
    /// carry.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub superseded: bool,
}

/// The threads of some entries, by their first steps. What is no commitment only denies.
pub fn threads(entries: &[Entry], reports: &Reports<'_>) -> Vec<Thread> {
    let mut matters = Matter::all(entries, reports);
    matters.sort_by_cached_key(order);
    let clusters = clusters(&matters, reports);
    let denials: Vec<&Matter> = matters.iter().filter(|m| m.claim.denial).collect();
    let all: Vec<&Entry> = entries.iter().collect();
    let one = |c: &Vec<usize>| {
        let own: Vec<&Matter> = c.iter().map(|i| &matters[*i]).collect();
        let said = own.iter().flat_map(|m| bonds(m.claim.entry, &all));
        let said = said.collect();
        Thread {
            said,
            ..thread(&own, &denials, reports)
        }
    };
    let mut out: Vec<Thread> = clusters
        .iter()
        .map(one)
        .filter(|t| !t.steps.is_empty())
        .collect();
    let first = |t: &Thread| {
        let step = &t.steps[0];
        let entry = step.tellings.first().and_then(|t| t.entries.first());
        let place = entry.map(|e| (e.report.clone(), e.anchor.start));
        (step.day.is_none(), step.day, place)
    };
    out.sort_by_cached_key(first);
    out
}

/// The thread of one entry; none when it is no commitment, or its record is not among the reports.
pub fn of(entry: &EntryRef, entries: &[Entry], reports: &Reports<'_>) -> Option<Thread> {
    let all = threads(entries, reports);
    let holds = |t: &&Thread| {
        let mut told = t.steps.iter().flat_map(|s| &s.tellings);
        told.any(|t| t.entries.contains(entry))
    };
    let found = all.iter().find(holds).cloned();
    // A denial stands beside the step it denies.
    found.or_else(|| all.into_iter().find(|t| t.denies(entry, entries, reports)))
}

impl Thread {
    fn denies(&self, entry: &EntryRef, entries: &[Entry], reports: &Reports<'_>) -> bool {
        let denial = entries.iter().find(|e| e.at == *entry);
        let Some(denial) = denial.and_then(|e| reports.claim(e)) else {
            return false;
        };
        let mut told = self
            .steps
            .iter()
            .flat_map(|s| &s.tellings)
            .flat_map(|t| &t.entries);
        told.any(|at| {
            let step = entries.iter().find(|e| e.at == *at);
            let step = step.and_then(|e| reports.claim(e));
            step.is_some_and(|s| reports.near(&s, &denial) && s.is_denied_by(&denial))
        })
    }
}

fn thread(matters: &[&Matter], denials: &[&Matter], reports: &Reports<'_>) -> Thread {
    let mut matters = matters.to_vec();
    matters.sort_by_cached_key(|m| order(m));
    // A denial has a step of its own only where nothing that it denies is told.
    let (doubts, told): (Vec<&Matter>, Vec<&Matter>) = matters.iter().partition(|m| m.claim.denial);
    let denies = |d: &&&Matter| told.iter().any(|m| m.is_denied_by(d, reports));
    let unmet = doubts.iter().filter(|d| !denies(d)).copied();
    let mut steps: Vec<Vec<&Matter>> = Vec::new();
    for matter in told.iter().copied().chain(unmet) {
        let same = |s: &&mut Vec<&Matter>| s.iter().any(|m| m.is_step_of(matter, reports));
        match steps.iter_mut().find(same) {
            Some(step) => step.push(matter),
            None => steps.push(vec![matter]),
        }
    }
    steps.sort_by_cached_key(|s| order(s[0]));
    let kinds = steps.iter().flatten().map(|m| m.claim.entry.what.clone());
    let kinds = distinct(kinds);
    let steps: Vec<Step> = steps.iter().map(|s| step(s, denials, reports)).collect();
    Thread {
        kinds,
        by: bound(&steps),
        to: distinct(steps.iter().flat_map(|s| s.to.iter().cloned())),
        steps,
        said: Vec::new(),
    }
}

/// Who is bound. Where an agreement binds both sides, it is the one that other steps do not name
/// as the one to whom.
fn bound(steps: &[Step]) -> Vec<String> {
    let to: BTreeSet<&String> = steps.iter().flat_map(|s| &s.to).collect();
    let all = distinct(steps.iter().flat_map(|s| s.by.iter().cloned()));
    let alone: Vec<String> = all.iter().filter(|n| !to.contains(n)).cloned().collect();
    if alone.is_empty() { all } else { alone }
}

/// By day and report, in the order of the text.
fn order(m: &Matter) -> (bool, Option<Date>, String, u32) {
    let day = m.claim.report().day();
    let start = m.claim.entry.at.anchor.start;
    (day.is_none(), day, m.claim.id().to_owned(), start)
}

fn step(matters: &[&Matter], denials: &[&Matter], reports: &Reports<'_>) -> Step {
    let first = matters[0].claim.entry;
    // Whose sums do not differ tell alike; who names none tells what the first tells.
    let mut alike: Vec<(Sums, Vec<&Matter>)> = Vec::new();
    for matter in matters {
        let sums = matter::sums([*matter].into_iter());
        let same = |t: &&mut (Sums, Vec<&Matter>)| !differ(&t.0, &sums);
        if let Some((all, told)) = alike.iter_mut().find(same) {
            all.extend(sums);
            told.push(matter);
        } else {
            alike.push((sums, vec![matter]));
        }
    }
    let tellings = alike
        .iter()
        .map(|(_, told)| telling(told, denials, reports));
    let mut tellings: Vec<Telling> = tellings.collect();
    // What a later version took back comes last.
    tellings.sort_by_key(|t| t.superseded);
    let entries = || matters.iter().map(|m| m.claim.entry);
    let names =
        |of: fn(&Entry) -> &Vec<Who>| distinct(entries().flat_map(of).map(|w| w.name.clone()));
    Step {
        day: first.published,
        status: first.status.unwrap_or(CommitmentStatus::Announced),
        factuality: first.factuality,
        denial: matters.iter().all(|m| m.claim.denial),
        by: names(|e| &e.by),
        to: names(|e| &e.to),
        time: entries().find_map(|e| e.time.clone()),
        tellings,
    }
}

fn telling(matters: &[&Matter], denials: &[&Matter], reports: &Reports<'_>) -> Telling {
    let against = |d: &&&Matter| matters.iter().any(|m| m.is_denied_by(d, reports));
    let against: Vec<&Claim> = denials.iter().filter(against).map(|d| &d.claim).collect();
    let claims: Vec<&Claim> = matters.iter().map(|m| &m.claim).collect();
    let superseded: BTreeSet<&str> = claims
        .iter()
        .filter(|c| c.entry.superseded)
        .map(|c| reports.telling(c.id()))
        .collect();
    let current = claims.iter().filter(|c| !c.entry.superseded);
    let mut current = current.map(|c| reports.telling(c.id()));
    let mut amounts: Vec<Sum> = Vec::new();
    for sum in claims.iter().flat_map(|c| &c.entry.amounts) {
        if amounts.iter().all(|a| a.unit != sum.unit) {
            amounts.push(sum.clone());
        }
    }
    Telling {
        amounts,
        entries: claims.iter().map(|c| c.entry.at.clone()).collect(),
        ids: claims.iter().map(|c| c.entry.id.clone()).collect(),
        cue: claims.first().and_then(|c| c.entry.cue.clone()),
        own_words: claims.first().and_then(|c| c.entry.own_words.clone()),
        corroboration: told(&claims, &against, &[], reports),
        superseded: !superseded.is_empty() && current.all(|t| superseded.contains(t)),
    }
}

/// Each once, in the order they come.
fn distinct(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    all.filter(|name| seen.insert(name.clone())).collect()
}

#[cfg(test)]
mod tests;
