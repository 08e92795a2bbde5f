//! Keeping what people say of entries.

use jiff::Timestamp;
use onrecord_model::Record;

use super::addition::{stand_at, told_by, with_added, wrong};
use super::backend::{Changes, Kept, Read, Result, Write};
use super::correction::Correction;
use super::entry::{self, Entry, EntryKind, EntryRef};
use super::error::LedgerError;
use super::judgement::{Judgement, Verdict, attach, standing};
use super::{Ledger, body, key, plan};

impl Ledger {
    /// Keeps what a person says of an entry. The same judgement twice is kept once.
    ///
    /// # Errors
    /// When the entry is not on record or, where one is added, is on record already; when words do
    /// not stand where they are said to; when the author has no name or takes back what she never
    /// said; or when the store cannot be written to.
    pub fn judge(&self, judgement: &Judgement) -> Result<()> {
        self.judge_all(std::slice::from_ref(judgement))
    }

    /// Keeps several judgements in their order, all of them or on an error none.
    ///
    /// # Errors
    /// As [`Ledger::judge`].
    pub fn judge_all(&self, judgements: &[Judgement]) -> Result<()> {
        if judgements.iter().any(|j| j.author.trim().is_empty()) {
            return refuse("a judgement needs an author");
        }
        self.write(|tx| judgements.iter().try_for_each(|j| judge(tx, j, true)))
    }

    /// What people said of a report's entries, oldest first; of all reports when none is named.
    /// What was said of entries that newer readers no longer find is here too, and what was taken
    /// back, with the taking back.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn judgements(&self, report: Option<&str>) -> Result<Vec<Judgement>> {
        self.read(|tx| {
            let kept = match report {
                Some(report) => tx.judgements(Some(&[report]))?,
                None => tx.judgements(None)?,
            };
            Ok(kept.into_iter().map(|k| k.judgement).collect())
        })
    }
}

/// What a person says of the threads of two commitments, or of one and all others.
impl Ledger {
    /// Keeps that two commitments are of one thread, with both of them, so that each leads to the other.
    ///
    /// # Errors
    /// As [`Ledger::judge`]; when one is no commitment, or both are one entry.
    pub fn join(
        &self,
        one: &EntryRef,
        other: &EntryRef,
        author: &str,
        at: Timestamp,
    ) -> Result<()> {
        let said = |of: &EntryRef, with: &EntryRef, at| Judgement {
            of: of.clone(),
            verdict: Verdict::Join { with: with.clone() },
            author: author.to_owned(),
            at,
        };
        self.judge_all(&[said(one, other, at), said(other, one, next(at))])
    }

    /// Keeps that a commitment is of another thread than one, or than all that are not joined to it
    /// after.
    ///
    /// # Errors
    /// As [`Ledger::join`].
    pub fn part(
        &self,
        one: &EntryRef,
        from: Option<&EntryRef>,
        author: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.judge(&Judgement {
            of: one.clone(),
            verdict: Verdict::Part {
                from: from.cloned(),
            },
            author: author.to_owned(),
            at,
        })
    }

    /// Takes back all that somebody said of the thread of two commitments, or of one and all others;
    /// tells whether there was anything.
    ///
    /// # Errors
    /// When the store cannot be written to.
    pub fn unsay_thread(
        &self,
        one: &EntryRef,
        other: Option<&EntryRef>,
        author: &str,
        mut at: Timestamp,
    ) -> Result<bool> {
        let mut back = Vec::new();
        for (of, with) in [(Some(one), other), (other, Some(one))] {
            let Some(of) = of else { continue };
            let said = self.judgements(Some(&of.report))?;
            let said = said.into_iter().filter(|j| j.of == *of).collect();
            for j in standing(said) {
                let meant = match &j.verdict {
                    Verdict::Join { with: other } => Some(other) == with,
                    Verdict::Part { from } => from.as_ref() == with,
                    _ => false,
                };
                if meant && j.author == author {
                    at = next(at);
                    back.push(Judgement {
                        verdict: Verdict::Withdraw { said_at: j.at },
                        at,
                        ..j
                    });
                }
            }
        }
        self.judge_all(&back)?;
        Ok(!back.is_empty())
    }
}

/// The moment after one.
fn next(at: Timestamp) -> Timestamp {
    at.checked_add(jiff::SignedDuration::from_nanos(1))
        .unwrap_or(at)
}

fn refuse<T>(why: impl Into<String>) -> Result<T> {
    Err(LedgerError::Judgement(why.into()))
}

/// Keeps a judgement and lays it over its entry. An import brings judgements whose entry is
/// gone; a person can only judge what is there.
pub(crate) fn judge(tx: &mut dyn Write, judgement: &Judgement, must_be_there: bool) -> Result<()> {
    let report = judgement.of.report.as_str();
    let before = tx.judgements(Some(&[report]))?;
    if before.iter().any(|k| k.judgement == *judgement) {
        return Ok(());
    }
    let withdraws = matches!(judgement.verdict, Verdict::Withdraw { .. });
    let said = before.iter().map(|k| k.judgement.clone()).collect();
    let stands = standing(said).iter().any(|j| judgement.withdraws(j));
    if must_be_there && withdraws && !stands {
        let author = &judgement.author;
        return refuse(format!("`{author}` said nothing to take back then"));
    }
    let number = tx.greatest_judgement()? + 1;
    let mut changes = Changes::default();
    changes.judged.push((number, judgement.clone()));
    let Some(known) = tx.known(&[report])?.pop() else {
        if must_be_there {
            return Err(LedgerError::NoReport(report.to_owned()));
        }
        return tx.apply(&changes);
    };
    let record = body::record(&tx.body(known.number, known.readings.len() as i64 - 1)?)?;
    let entries = entry::entries(&record);
    if must_be_there {
        let all = with_added(&record, entries.clone(), &before);
        possible(tx, judgement, &record, &all)?;
    }
    let mut after = before.clone();
    after.push(Kept {
        number,
        judgement: judgement.clone(),
    });
    let (out, _) = plan::indexed(&known, &record, entries.clone(), before);
    let (into, attached) = plan::indexed(&known, &record, entries, after);
    if out != into {
        changes.out.push(out);
        changes.into.push(into);
    }
    changes.attached = attached;
    tx.apply(&changes)
}

/// Refuses what cannot be said of a report with these entries.
fn possible(tx: &mut dyn Read, said: &Judgement, record: &Record, all: &[Entry]) -> Result<()> {
    let (of, quote) = (&said.of, &said.of.anchor.quote);
    let text = &record.report.text;
    let missing = || refuse(format!("the report has no words `{quote}` there"));
    match &said.verdict {
        // That it was said is known.
        Verdict::Withdraw { .. } => return Ok(()),
        Verdict::Searched => {
            return stand_at(text, &of.anchor).map_or_else(missing, |_| Ok(()));
        }
        Verdict::Add(what) => {
            if stand_at(text, &of.anchor).is_none() {
                return missing();
            }
            if let Some(why) = wrong(of, what) {
                return refuse(why);
            }
            if let Some(there) = told_by(of, all) {
                let id = &there.id;
                return refuse(format!("the report has that entry already, as `{id}`"));
            }
            if all.len() == key::MOST_ENTRIES {
                return refuse("the report has as many entries as can be kept");
            }
            return correctable(record, what);
        }
        _ => {}
    }
    if attach(of.kind, &of.anchor, all).is_none() {
        return refuse(format!(
            "the report has no such entry on the words `{quote}`"
        ));
    }
    match &said.verdict {
        Verdict::Correct(what) => correctable(record, what),
        Verdict::Join { with } => of_commitments(tx, of, with),
        Verdict::Part { from: Some(from) } => of_commitments(tx, of, from),
        Verdict::Part { from: None } if of.kind != EntryKind::Commitment => no_commitment(of),
        _ => Ok(()),
    }
}

/// Refuses words that do not stand in the report.
fn correctable(record: &Record, what: &Correction) -> Result<()> {
    let text = &record.report.text;
    if let Some(words) = what.words.as_ref().filter(|w| text.verify(w).is_err()) {
        let quote = words.quote();
        return refuse(format!("the report has no words `{quote}` there"));
    }
    let condition = what.condition.as_deref().unwrap_or_default();
    if !text.as_str().contains(condition) {
        return refuse(format!("the report has no words `{condition}`"));
    }
    Ok(())
}

/// Refuses threads of what is no commitment, or not there.
fn of_commitments(tx: &mut dyn Read, of: &EntryRef, other: &EntryRef) -> Result<()> {
    if let Some(no) = [of, other].iter().find(|e| e.kind != EntryKind::Commitment) {
        return no_commitment(no);
    }
    if of == other {
        return refuse("one entry was named twice");
    }
    let report = other.report.as_str();
    let Some(known) = tx.known(&[report])?.pop() else {
        return Err(LedgerError::NoReport(report.to_owned()));
    };
    let record = body::record(&tx.body(known.number, known.readings.len() as i64 - 1)?)?;
    let judged = tx.judgements(Some(&[report]))?;
    let all = with_added(&record, entry::entries(&record), &judged);
    if attach(other.kind, &other.anchor, &all).is_none() {
        let quote = &other.anchor.quote;
        return refuse(format!(
            "the report has no such entry on the words `{quote}`"
        ));
    }
    Ok(())
}

fn no_commitment(of: &EntryRef) -> Result<()> {
    let quote = &of.anchor.quote;
    refuse(format!(
        "`{quote}` is no commitment, and only these have threads"
    ))
}
