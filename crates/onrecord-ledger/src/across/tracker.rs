//! The tracker's sheet: a row for each thread, as a person keeps one by hand.
//!
//! ```text
//! Latvia → Moldova   aid   EUR 48,000,000, of which 12,000,000 delivered   signed since 20 March
//! ```
//!
//! A row tells what the thread's reports tell and works out no more than a person would from them: how
//! far it has come, what was promised and what of it delivered, what falls due next, and on whose word
//! that stands. Who denies a step is named beside it; whether the denial is right is not decided.
//! A report that a later version took the place of counts for nothing.
//!
//! Left out: which commitments are of one thread ([`super::threads`]), and the day on which it is
//! asked: that is an argument, and without one nothing is overdue.

mod course;
mod due;
mod money;
mod sums;

use std::collections::BTreeMap;

use jiff::civil::Date;
use onrecord_model::{AmountBasis, Certainty, CommitmentStatus, Polarity, Qualifier, Record};
use rust_decimal::Decimal;
use serde::Serialize;

pub use self::money::{Rate, RateOf};

use super::corroboration::Source;
use super::threads::{Step, Telling, Thread};
use crate::store::{Entry, first_day, last_day};

/// What is asked besides the threads.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Terms {
    /// The day on which what is due before it is overdue.
    pub as_of: Option<Date>,
    /// The currency that sums are wanted in too, ISO 4217.
    pub currency: Option<String>,
    /// Rates into it that whoever asks answers for. Others are taken from the thread's own reports,
    /// where they state them; there are no more.
    pub rates: Vec<Rate>,
}

/// A thread as a row of the sheet. Its members are the columns of the table `threads`.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Row {
    /// By what `thread` can be asked for it: the first entry of the thread, as `3fa9c2d1:c1`.
    pub handle: String,
    /// Who is bound.
    pub by: Vec<String>,
    /// Who benefits or is hit, and the other party.
    pub to: Vec<String>,
    /// The kinds of commitments it is told as.
    pub kinds: Vec<String>,
    /// What is promised, in the words of the report that says most of it.
    pub object: String,
    /// How far it has come.
    pub status: CommitmentStatus,
    /// Since when, as TIMEX3 or EDTF: the time the step itself names, or else the day of the first
    /// report that tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_since: Option<String>,
    /// Its first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_since_day: Option<Date>,
    /// How sure the source of the status is of it.
    pub certainty: Certainty,
    /// Whether it has come so far, or all that is told is that it has not.
    pub polarity: Polarity,
    /// How much was promised, as it stands: a decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promised: Option<Decimal>,
    /// How much of it is told to have been delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivered: Option<Decimal>,
    /// What remains of the one without the other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<Decimal>,
    /// ISO 4217, or the unit's name, of these three.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// How what was promised is bounded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<Qualifier>,
    /// Whether what was promised stands in the text or was worked out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_basis: Option<AmountBasis>,
    /// The currency that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_in: Option<String>,
    /// `promised` in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promised_in: Option<Decimal>,
    /// `delivered` in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivered_in: Option<Decimal>,
    /// `left` in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_in: Option<Decimal>,
    /// How much of it one of `unit` is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchange_rate: Option<Decimal>,
    /// The day of the rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchange_rate_day: Option<Date>,
    /// Whose rate: `given` by whoever asked, or the handle of the entry whose report states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchange_rate_source: Option<String>,
    /// What falls due next, as TIMEX3 or EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_due: Option<String>,
    /// Its last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_due_day: Option<Date>,
    /// Whether that day is over and nobody tells that it was kept.
    pub overdue: bool,
    /// On what condition, in the words of the last report that names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// On whose word the status stands.
    pub on_the_word_of: Vec<String>,
    /// How many independent sources that are.
    pub independent_sources: usize,
    /// Who denies a step, and which: `Jaan Org (delayed)`.
    pub denied_by: Vec<String>,
    /// Whether somebody denies the status as it stands.
    pub contradicted: bool,
    /// Steps of the thread.
    pub steps: usize,
    /// Reports that tell any of them.
    pub reports: usize,
    /// What collections call the reports that tell a commitment of it.
    pub own_ids: Vec<String>,
    /// The day of the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_published: Option<Date>,
    /// Who carried it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_outlet: Option<String>,
    /// Its headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_headline: Option<String>,
    /// Its address, or where it was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_link: Option<String>,
    /// The day of the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_published: Option<Date>,
    /// Who carried it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_outlet: Option<String>,
    /// Its headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_headline: Option<String>,
    /// Its address, or where it was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_link: Option<String>,
    /// How sure the reader is of the surest of its entries, from 0 to 1.
    pub confidence: f32,
}

/// An entry as the thread tells it.
#[derive(Clone, Copy)]
struct Told<'t> {
    step: &'t Step,
    telling: &'t Telling,
    entry: &'t Entry,
}

impl Told<'_> {
    /// The time of what it tells: its own, where that is over when it is told, or else the day of the
    /// report. With its first day.
    fn time(&self) -> Option<(Date, String)> {
        let published = self.entry.published;
        let own = self.entry.since.as_ref();
        let own = own.and_then(|t| Some((first_day(t)?, t.clone())));
        own.filter(|(first, _)| published.is_none_or(|p| *first <= p))
            .or_else(|| Some((published?, published?.to_string())))
    }

    /// Its first day.
    fn day(&self) -> Option<Date> {
        self.time().map(|(day, _)| day)
    }

    /// The day that it names as its own.
    fn own_day(&self) -> Option<Date> {
        let own = self.entry.since.as_deref()?;
        let whole = first_day(own) == last_day(own);
        self.day().filter(|_| whole)
    }

    /// In the order in which it became known.
    fn order(&self) -> (bool, Option<Date>, &str, u32) {
        let at = &self.entry.at;
        let day = self.entry.published;
        (day.is_none(), day, &at.report, at.anchor.start)
    }
}

/// The row of a thread; `entries` are those that its steps name, and `records` their reports. None
/// when nothing stands: every report of it was superseded, or all that is told is a denial.
pub fn row(thread: &Thread, entries: &[Entry], records: &[Record], terms: &Terms) -> Option<Row> {
    let known: BTreeMap<(&str, &str), &Entry> = entries
        .iter()
        .map(|e| ((e.at.report.as_str(), e.id.as_str()), e))
        .collect();
    let mut told: Vec<Told> = Vec::new();
    for step in thread.steps.iter().filter(|s| !s.denial) {
        for telling in &step.tellings {
            let both = telling.entries.iter().zip(&telling.ids);
            let found = both.filter_map(|(at, id)| known.get(&(at.report.as_str(), id.as_str())));
            told.extend(found.filter(|e| !e.superseded).map(|entry| Told {
                step,
                telling,
                entry,
            }));
        }
    }
    told.sort_by(|a, b| a.order().cmp(&b.order()));
    let (first, last) = (told.first()?.entry, told.last()?.entry);
    let now = course::now(&told)?;
    let sums = sums::of(&told);
    let due = due::next(&told, now, &sums);
    let money = terms
        .currency
        .as_deref()
        .and_then(|into| money::exchange(into, &sums, &told, records, terms));
    let since = course::since(&told, now);
    let sources = &now.telling.corroboration.sources;
    let day = due.as_deref().and_then(last_day);
    let is_so = now.step.factuality.polarity == Polarity::Positive;
    let open = is_so && due::is_bound(now.entry.status) && sums.left != Some(Decimal::ZERO);
    let over = day.zip(terms.as_of).is_some_and(|(day, as_of)| day < as_of);
    Some(Row {
        handle: first.handle(),
        by: thread.by.clone(),
        to: thread.to.clone(),
        kinds: thread.kinds.clone(),
        object: object(&told),
        status: now.step.status,
        status_since_day: since.as_ref().map(|(day, _)| *day),
        status_since: since.map(|(_, time)| time),
        certainty: now.step.factuality.certainty,
        polarity: now.step.factuality.polarity,
        promised: sums.promised,
        delivered: sums.delivered,
        left: sums.left,
        unit: sums.unit.clone(),
        qualifier: sums.qualifier,
        amount_basis: sums.basis,
        currency_in: money.as_ref().map(|m| m.currency.clone()),
        promised_in: money.as_ref().and_then(|m| m.of(sums.promised)),
        delivered_in: money.as_ref().and_then(|m| m.of(sums.delivered)),
        left_in: money.as_ref().and_then(|m| m.of(sums.left)),
        exchange_rate: money.as_ref().map(|m| m.rate),
        exchange_rate_day: money.as_ref().and_then(|m| m.day),
        exchange_rate_source: money.map(|m| m.source),
        next_due: due,
        next_due_day: day,
        overdue: open && over,
        condition: condition(&told, now, &sums),
        on_the_word_of: sources.iter().map(name).collect(),
        independent_sources: sources.len(),
        denied_by: denied_by(thread),
        contradicted: !now.telling.corroboration.denied_by.is_empty(),
        steps: thread.steps.len(),
        reports: reports(thread),
        own_ids: own_ids(&told),
        first_published: first.published,
        first_outlet: outlet(first),
        first_headline: first.headline.clone(),
        first_link: first.link().map(str::to_owned),
        last_published: last.published,
        last_outlet: outlet(last),
        last_headline: last.headline.clone(),
        last_link: last.link().map(str::to_owned),
        confidence: told.iter().map(|t| t.entry.confidence).fold(0.0, f32::max),
    })
}

/// What collections call the reports, each once.
fn own_ids(told: &[Told]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for id in told.iter().filter_map(|t| t.entry.own.own_id.as_ref()) {
        if !out.contains(id) {
            out.push(id.clone());
        }
    }
    out
}

/// The words of what is promised that say most: those of the entry with the most words that are no
/// figures; of equals the first.
fn object(told: &[Told]) -> String {
    let mut best: Option<(usize, &str)> = None;
    for t in told {
        let (_, _, quote) = t.entry.rests_on();
        let said = quote.split_whitespace();
        let said = said.filter(|w| !w.contains(|c: char| c.is_ascii_digit()));
        let count = said.count();
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, quote));
        }
    }
    best.map(|(_, quote)| quote.to_owned()).unwrap_or_default()
}

/// The condition that the last report names which names one, unless all of it was delivered. Who says
/// no attaches no condition to what was promised before.
fn condition(told: &[Told], now: Told, sums: &sums::Sums) -> Option<String> {
    if sums.left == Some(Decimal::ZERO) {
        return None;
    }
    let open = course::rank(now.step.status).is_some() || due::is_bound(now.entry.status);
    let named = told.iter().rev();
    let adds = |t: &&Told| open && course::rank(t.step.status).is_some();
    let mut named = named.filter(|t| adds(t) || t.step.status == now.step.status);
    named.find_map(|t| t.entry.condition.clone())
}

/// Who denies which step, in the order of the steps.
fn denied_by(thread: &Thread) -> Vec<String> {
    let mut out = Vec::new();
    for step in &thread.steps {
        let against = |t: &Telling| {
            if step.denial {
                t.corroboration.sources.clone()
            } else {
                t.corroboration.denied_by.clone()
            }
        };
        for source in step.tellings.iter().flat_map(against) {
            let status = step.status.as_str().replace('_', " ");
            let one = format!("{} ({status})", name(&source));
            if !out.contains(&one) {
                out.push(one);
            }
        }
    }
    out
}

/// How many reports tell any step, copies among them.
fn reports(thread: &Thread) -> usize {
    let tellings = thread.steps.iter().flat_map(|s| &s.tellings);
    let mut all: Vec<&String> = tellings.flat_map(|t| &t.corroboration.reports).collect();
    all.sort_unstable();
    all.dedup();
    all.len()
}

/// A source in words.
fn name(source: &Source) -> String {
    match source {
        Source::Named(name) | Source::Unnamed(name) => name.clone(),
        Source::Reporter(name) if name.is_empty() => "the reporter".to_owned(),
        Source::Reporter(name) => format!("the reporter of {name}"),
    }
}

/// Who carried a report first; its agency where nobody else is named.
fn outlet(entry: &Entry) -> Option<String> {
    entry.outlets.first().or(entry.agency.as_ref()).cloned()
}

#[cfg(test)]
mod tests;
