//! `onrecord review`: a desk in the terminal at which a person judges entries of a ledger, one
//! after the other; and what comes of it, `agreement` and `gold`.
//!
//! [`desk`] decides, [`draw`] shows, [`screen`] has the terminal; here they are put together with
//! the ledger. Left out: answering without a terminal; a program calls `Ledger::judge`. What the reader
//! missed is added without one too: [`add`].

pub(crate) mod add;
pub(crate) mod agreement;
mod desk;
mod draw;
mod editor;
mod field;
pub(crate) mod gold;
mod key;
mod line;
mod passage;
mod recall;
mod sample;
mod screen;

use std::collections::BTreeMap;

use crossterm::event::Event;
use onrecord::model::Record;
use onrecord_ledger::judged::Answer;
use onrecord_ledger::{Entry, Judgement, Ledger, Query, Show, Sort};

use crate::args::{Color, ReviewArgs};
use crate::clock::now;
use crate::follow::resolved;
use crate::look::Look;
use crate::trouble::{Trouble, say};
use crate::{Outcome, ledger};
use desk::{Desk, Effect};
pub(crate) use field::{Field, Known};
use key::Key;
use passage::Passage;
use screen::Screen;

/// Entries that are asked for at a time.
const PAGE: usize = 500;

/// Asks about entries until there are none, or the reviewer has had enough.
///
/// # Errors
/// When there is no ledger, no reviewer or no terminal, or the question cannot be asked.
pub(crate) fn run(args: &ReviewArgs, color: Color) -> Result<Outcome, Trouble> {
    let reviewer = args.reviewer.as_deref().map(str::trim);
    let reviewer = reviewer
        .filter(|r| !r.is_empty())
        .ok_or(Trouble::NoReviewer)?;
    let ledger = ledger::existing(&args.sought.ledger)?;
    if !Screen::is_there() {
        return Err(Trouble::NoTerminal);
    }
    let (desk, more) = if let Some(size) = args.missing {
        (sample::desk(&ledger, args, size as usize, reviewer)?, false)
    } else {
        let (mut entries, more) = queue(&ledger, args, reviewer)?;
        if matches!(args.sought.query().sort, Sort::Newest | Sort::Oldest) {
            in_order_of_text(&mut entries);
        }
        (Desk::new(reviewer, entries, now()), more)
    };
    if desk.position().1 == 0 {
        let what = if args.missing.is_some() {
            "sentence"
        } else {
            "entry"
        };
        say(&format_args!(
            "there is nothing to review: no {what} is asked for that is not answered yet"
        ));
        return Ok(Outcome::Nothing);
    }
    let mut sitting = Sitting {
        ledger: &ledger,
        desk,
        record: None,
        passage: Passage::default(),
        asked: None,
        colour: Look::of(color, None).colour,
    };
    let ended = sitting.run();
    let answered = sitting.desk.answered();
    ended?;
    let (n, all) = sitting.desk.position();
    let rest = (all + 1).saturating_sub(n);
    let further = if more { ", and there are more" } else { "" };
    let told = if args.missing.is_some() {
        recall::sentences_told(answered as u64)
    } else {
        entries_told(answered as u64)
    };
    say(&format_args!(
        "answered {told}, all kept; {rest} of {all} to go{further}"
    ));
    if args.missing.is_some() {
        recall::tell(&ledger, Some(reviewer))?;
    }
    Ok(if answered == 0 {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}

/// `1 entry`, `2 entries`.
fn entries_told(n: u64) -> String {
    match n {
        1 => "1 entry".to_owned(),
        n => format!("{n} entries"),
    }
}

/// The entries to ask about, and whether there are more. What others said is left out of them,
/// unless it is to be shown: nobody is led by another's answer.
fn queue(
    ledger: &Ledger,
    args: &ReviewArgs,
    reviewer: &str,
) -> Result<(Vec<Entry>, bool), Trouble> {
    let limit = args.limit as usize;
    let mut query = resolved(ledger, args.sought.query())?;
    // What another person rejected is asked about too.
    query.show.rejected = true;
    query.show.merged = true;
    query.limit = PAGE.min(limit + 1);
    let mut out = Vec::new();
    loop {
        let page = ledger.entries(&query)?;
        for entry in page.entries {
            let own = |j: &&Judgement| j.author == reviewer;
            let answered = Answer::of(entry.judgements.iter().filter(own)).is_some();
            if answered && !args.again {
                continue;
            }
            if out.len() == limit {
                return Ok((out, true));
            }
            let seen = entry.judgements.iter();
            let seen = seen
                .filter(|j| args.show_others || own(j))
                .cloned()
                .collect();
            out.push(entry.judged(seen));
        }
        if page.next.is_none() {
            return Ok((out, false));
        }
        query.after = page.next;
    }
}

/// Puts the entries of each report in the order of its text; the reports stay in theirs.
fn in_order_of_text(entries: &mut [Entry]) {
    let mut reports: BTreeMap<String, usize> = BTreeMap::new();
    for e in entries.iter() {
        let next = reports.len();
        reports.entry(e.at.report.clone()).or_insert(next);
    }
    let place = |e: &Entry| (reports.get(&e.at.report).copied(), e.at.anchor.start);
    entries.sort_by_key(place);
}

/// All entries of a report, in the order of its record, with all that was said of them.
fn of_report(ledger: &Ledger, report: &str) -> Result<Vec<Entry>, Trouble> {
    let mut query = Query {
        report: Some(report.to_owned()),
        show: Show {
            rejected: true,
            merged: true,
            superseded: true,
        },
        sort: Sort::Oldest,
        limit: PAGE,
        ..Query::default()
    };
    let mut out = Vec::new();
    loop {
        let page = ledger.entries(&query)?;
        out.extend(page.entries);
        if page.next.is_none() {
            return Ok(out);
        }
        query.after = page.next;
    }
}

/// A desk with the ledger beside it.
struct Sitting<'l> {
    ledger: &'l Ledger,
    desk: Desk,
    /// The report of the entry that is asked about.
    record: Option<Record>,
    passage: Passage,
    /// Which sentence its entries are known of; none where they may have changed.
    asked: Option<usize>,
    colour: bool,
}

impl Sitting<'_> {
    fn run(&mut self) -> Result<(), Trouble> {
        self.turn()?;
        // What `--color` says counts, also against NO_COLOR.
        crossterm::style::force_color_output(self.colour);
        let mut screen = Screen::take()?;
        loop {
            screen.draw(|frame| draw::draw(frame, &mut self.desk, &self.passage, self.colour))?;
            let Some(event) = screen.next()? else {
                return Ok(());
            };
            if let Event::Paste(words) = &event {
                self.desk.paste(words);
                continue;
            }
            let Some(key) = Key::of(&event) else {
                continue;
            };
            match self.desk.press(key, now()) {
                None => {}
                Some(Effect::Quit) => return Ok(()),
                Some(Effect::Find) => {
                    let choices = self.choices();
                    self.desk.found(choices);
                }
                Some(Effect::Keep(judgements)) => self.keep(&judgements),
            }
            self.turn()?;
        }
    }

    fn keep(&mut self, judgements: &[Judgement]) {
        match self.ledger.judge_all(judgements) {
            Ok(()) => {
                self.desk.kept(now());
                self.asked = None;
            }
            Err(why) => self.desk.refused(&why.to_string()),
        }
    }

    /// Opens the report of the entry that is asked about.
    fn turn(&mut self) -> Result<(), Trouble> {
        let Some(entry) = self.desk.entry() else {
            self.passage = Passage::default();
            return Ok(());
        };
        let open = self
            .record
            .as_ref()
            .is_some_and(|r| r.report.id == entry.at.report);
        if !open {
            self.record = self.ledger.get(&entry.at.report)?.map(|held| held.record);
            self.desk
                .know(self.record.as_ref().map(Known::of).unwrap_or_default());
        }
        if self.desk.is_searching() && self.asked != Some(self.desk.position().0) {
            let own = self.ledger.entries_of(&entry.at.report)?;
            self.desk.hold(own);
            self.asked = Some(self.desk.position().0);
        }
        let passage = self.record.as_ref().map(|r| Passage::of(r, &entry));
        self.passage = passage.unwrap_or_default();
        Ok(())
    }

    /// What the entry may be merged into: the one shown before it, and those of its report.
    fn choices(&self) -> Vec<Entry> {
        let Some(entry) = self.desk.entry() else {
            return Vec::new();
        };
        let like = |e: &Entry| e.at.kind == entry.at.kind;
        let before = self.desk.before().filter(|e| like(e)).cloned();
        let mut out: Vec<Entry> = before.into_iter().collect();
        let own = self.record.as_ref().map(Entry::of).unwrap_or_default();
        for e in own.into_iter().filter(like) {
            if out.iter().all(|o| o.at != e.at) {
                out.push(e);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_asked_about_in_the_order_of_the_text() {
        let json = include_str!("../../../../examples/harbour-loan.json");
        let mut entries = Entry::of(&Record::from_json(json).unwrap());
        entries.reverse();
        let mut other = entries[3].clone();
        other.at.report = "sha256:0".into();
        other.at.anchor.start = 0;
        entries.insert(1, other.clone());
        in_order_of_text(&mut entries);
        let (last, own) = entries.split_last().unwrap();
        assert_eq!(*last, other);
        assert!(own.is_sorted_by_key(|e| e.at.anchor.start));
    }
}
