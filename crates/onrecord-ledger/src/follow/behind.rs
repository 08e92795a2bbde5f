//! What stands behind an entry.
//!
//! The index is asked who holds the words of the entry, in reports near in time; who holds enough of
//! them is counted there. Only reports of those are read and compared, so that it costs what is told
//! alike, and hardly more in a larger ledger. What stands behind an entry is the same whatever else is
//! asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use onrecord_model::{CommitmentKind, CueKind, EventType, Record};

use super::{MOST, Result, around, is_name};
use crate::across::Sought;
use crate::across::corroboration::{Corroboration, behind};
use crate::across::identity::Said;
use crate::across::reports::{DAYS, Reports};
use crate::store::{
    Amounts, Entry, EntryKind, Ledger, Query, Sheet, Who, folded, ordinal_of, report_of, reports_of,
};

/// Names that the parties of an entry are asked for by.
const NAMES: usize = 12;
/// Reports that are kept at hand for the next entry.
const SHEETS: usize = 500;
/// Answers of the index that are kept at hand.
const ANSWERS: usize = 4000;

/// Entries that hold a word above which it tells little: who holds it is asked only of those that hold
/// another word.
const COMMON: usize = if cfg!(test) { 2 } else { 2000 };
/// No limit.
const ALL: usize = i64::MAX as usize;

/// A question to the index: which part of what is sought, by which word, and the query.
type Question = (&'static str, String, Query);
/// Its answer: the keys of entries.
type Answer = (&'static str, String, Arc<[i64]>);
/// What an answer of the index is kept under: day, type of entry, part and word.
type Asked = (Date, String, &'static str, String);

/// What stands behind entries of a ledger, one after the other. Reports that were read are kept at
/// hand: entries of one report, or of one day, have neighbours in common.
///
/// ```
/// # use onrecord_ledger::{Ledger, Query};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let ledger = Ledger::open(&folder.path().join("desk.ledger").display().to_string())?;
/// let mut behind = ledger.behind()?;
/// for entry in ledger.entries(&Query::default())?.entries {
///     println!("{} sources", behind.told(&entry)?.sources.len());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Behind<'l> {
    ledger: &'l Ledger,
    said: Vec<Said>,
    sheets: BTreeMap<i64, Arc<Sheet>>,
    answers: BTreeMap<Asked, Arc<[i64]>>,
}

impl Ledger {
    /// How many reports of the ledger tell the same as an entry within a week, how many of them
    /// are copies, which independent sources there are, and who denies it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn corroboration(&self, entry: &Entry) -> Result<Corroboration> {
        self.behind()?.told(entry)
    }

    /// What stands behind many entries.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn behind(&self) -> Result<Behind<'_>> {
        Ok(Behind {
            ledger: self,
            said: self.said()?,
            sheets: BTreeMap::new(),
            answers: BTreeMap::new(),
        })
    }
}

impl Behind<'_> {
    /// As [`Ledger::corroboration`].
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn told(&mut self, entry: &Entry) -> Result<Corroboration> {
        let Some(key) = self.ledger.key(&entry.at.report)? else {
            return Ok(Corroboration::default());
        };
        let Some(own) = self.read(&[key])?.pop() else {
            return Ok(Corroboration::default());
        };
        let sought = entry.published.zip(Sought::of(entry, &own.record));
        let mut keys: Vec<i64> = match sought {
            Some((day, sought)) => self.like(entry, day, &sought)?.into_iter().collect(),
            None => Vec::new(),
        };
        let mut near = reports_of(keys.iter().copied());
        near.retain(|report| *report != key);
        near.truncate(MOST - 1);
        let mut sheets = self.read(&near)?;
        sheets.push(own);
        let at = |key: &i64| sheets.iter().find(|s| s.key() == report_of(*key));
        keys.sort_unstable();
        let others = keys.iter().filter_map(|k| at(k)?.entry(ordinal_of(*k)));
        let own = |e: &Entry| e.at.report == entry.at.report && e.id == entry.id;
        let others: Vec<Entry> = others.filter(|e| !own(e)).collect();
        let records: Vec<&Record> = sheets.iter().map(|s| &s.record).collect();
        Ok(behind(entry, &others, &Reports::with(&records, &self.said)))
    }

    /// Keys of entries that may be the same as one, be told in its place or deny it.
    fn like(&mut self, entry: &Entry, day: Date, sought: &Sought) -> Result<BTreeSet<i64>> {
        let like = of_its_type(entry, day);
        let names = self.names(entry);
        let mut asked: Vec<Question> = Vec::new();
        for word in &sought.words {
            let words = Some(word.clone());
            let query = Query {
                words,
                limit: COMMON + 1,
                ..like.clone()
            };
            asked.push(("word", word.clone(), query));
        }
        if sought.is_of_parties() {
            asked.extend(of_names(
                &names,
                &like,
                entry.at.kind == EntryKind::Statement,
            ));
        }
        for (unit, value) in sought.sums.iter().filter(|_| sought.is_sum()) {
            let amount = Some(Amounts {
                unit: unit.clone(),
                least: Some(value.clone()),
                most: Some(value.clone()),
            });
            let query = Query {
                amount,
                ..like.clone()
            };
            asked.push(("sum", format!("{unit} {value}"), query));
        }
        asked.extend(held_up(&names, sought, day));
        asked.extend(denials(&names, sought, day));
        let mut answers = self.ask(day, &entry.what, asked)?;
        self.ask_of_common(&mut answers, sought, &like)?;

        let mut held: BTreeMap<i64, u64> = BTreeMap::new();
        for (i, word) in sought.words.iter().enumerate() {
            let holders = answers.iter().filter(|a| a.0 == "word" && a.1 == *word);
            for key in holders.flat_map(|a| a.2.iter()) {
                *held.entry(*key).or_default() |= 1 << i;
            }
        }
        let of = |part: &str| -> BTreeSet<i64> {
            let all = answers.iter().filter(|a| a.0 == part);
            all.flat_map(|a| a.2.iter().copied()).collect()
        };
        let parties = of("party");
        let met = held
            .iter()
            .filter(|(key, held)| sought.is_met_by(**held, parties.contains(key)));
        let mut out: BTreeSet<i64> = met.map(|(key, _)| *key).collect();
        let bound = !entry.by.is_empty();
        out.extend(of("sum").iter().filter(|k| !bound || parties.contains(k)));
        out.extend(of("held"));
        out.extend(of("denial"));
        Ok(out)
    }

    /// Who holds words that many hold, of those that hold another; of all, where such words alone make
    /// two the same.
    fn ask_of_common(&self, answers: &mut [Answer], sought: &Sought, like: &Query) -> Result<()> {
        let is_common = |a: &Answer| a.0 == "word" && a.2.len() > COMMON;
        let common: Vec<String> = answers
            .iter()
            .filter(|a| is_common(a))
            .map(|a| a.1.clone())
            .collect();
        if common.is_empty() {
            return Ok(());
        }
        let bits = sought
            .words
            .iter()
            .enumerate()
            .filter(|(_, w)| common.contains(w));
        let bits = bits.fold(0, |bits, (i, _)| bits | 1 << i);
        let rare = sought.words.iter().filter(|w| !common.contains(w)).cloned();
        let rare: Vec<String> = rare.filter(|_| !sought.is_met_by(bits, true)).collect();
        let query = |word: &String| Query {
            words: Some(word.clone()),
            ..like.clone()
        };
        let queries: Vec<Query> = common.iter().map(query).collect();
        let found = self.ledger.keys(&queries, &rare)?;
        let answers = answers.iter_mut().filter(|a| is_common(a));
        for (answer, keys) in answers.zip(found) {
            answer.2 = Arc::from(keys);
        }
        Ok(())
    }

    /// What those who are bound, act or speak are called; and what a person says they are.
    fn names(&self, entry: &Entry) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let same = self.said.iter().filter(|s| s.same);
        let same: Vec<_> = same
            .flat_map(|s| [(&s.one, &s.other), (&s.other, &s.one)])
            .collect();
        let statement = entry.at.kind == EntryKind::Statement;
        let also_about: &[Who] = if statement { &entry.about } else { &[] };
        for who in entry.by.iter().chain(also_about) {
            let here = |a: &crate::across::identity::Appearance| {
                a.report == entry.at.report && a.name == who.name
            };
            let said = same
                .iter()
                .filter(|(one, _)| here(one))
                .map(|(_, other)| &other.name);
            let longer = who.also.iter().filter(|n| folded(n).len() > 1);
            let all = [&who.name]
                .into_iter()
                .chain(said)
                .chain(longer)
                .chain(&who.links);
            for name in all.filter(|n| is_name(n)) {
                if out.len() < NAMES && !out.contains(name) {
                    out.push(name.clone());
                }
            }
        }
        out
    }

    /// The answers of the index, those that are at hand and the others.
    fn ask(&mut self, day: Date, what: &str, asked: Vec<Question>) -> Result<Vec<Answer>> {
        if self.answers.len() > ANSWERS {
            self.answers.clear();
        }
        let key = |part: &'static str, word: &str, query: &Query| {
            let kind = format!("{what} {:?} {:?}", query.kinds, query.statuses);
            (day, kind, part, word.to_owned())
        };
        // What cannot be asked for finds nothing.
        let asked: Vec<_> = asked
            .into_iter()
            .filter(|(.., q)| q.sieve().is_ok())
            .collect();
        let new: Vec<&Question> = asked
            .iter()
            .filter(|(part, word, q)| !self.answers.contains_key(&key(part, word, q)))
            .collect();
        let queries: Vec<Query> = new.iter().map(|(.., q)| q.clone()).collect();
        let found = self.ledger.keys(&queries, &[])?;
        let found = new.into_iter().zip(found);
        let found: Vec<_> = found
            .map(|((part, word, q), keys)| (key(part, word, q), keys))
            .collect();
        self.answers
            .extend(found.into_iter().map(|(k, keys)| (k, Arc::from(keys))));
        let at_hand = asked.into_iter().filter_map(|(part, word, q)| {
            let keys = Arc::clone(self.answers.get(&key(part, &word, &q))?);
            Some((part, word, keys))
        });
        Ok(at_hand.collect())
    }

    /// Reports by their keys.
    fn read(&mut self, keys: &[i64]) -> Result<Vec<Arc<Sheet>>> {
        if self.sheets.len() > SHEETS {
            self.sheets.clear();
        }
        let new = keys.iter().filter(|k| !self.sheets.contains_key(k));
        let new: Vec<i64> = new.copied().collect();
        if !new.is_empty() {
            for sheet in self.ledger.sheets(&new)? {
                self.sheets.insert(sheet.key(), Arc::new(sheet));
            }
        }
        let all = keys.iter().filter_map(|k| self.sheets.get(k));
        Ok(all.cloned().collect())
    }
}

/// Entries of the type of one, near in time.
fn of_its_type(entry: &Entry, day: Date) -> Query {
    let commitment = CommitmentKind::of(&entry.what);
    let commitment = commitment.filter(|_| entry.at.kind == EntryKind::Commitment);
    let event = EventType::of(&entry.what).filter(|_| entry.at.kind == EntryKind::Event);
    Query {
        kinds: vec![entry.at.kind],
        commitments: commitment.into_iter().collect(),
        events: event.into_iter().collect(),
        published: around(day, DAYS),
        limit: ALL,
        ..Query::default()
    }
}

/// Those of the same parties: of a statement also those that speak of them.
fn of_names(names: &[String], like: &Query, about: bool) -> Vec<Question> {
    let mut out = Vec::new();
    for name in names {
        let by = Query {
            by: Some(name.clone()),
            ..like.clone()
        };
        out.push(("party", format!("by {name}"), by));
        let query = Query {
            about: Some(name.clone()),
            ..like.clone()
        };
        out.extend(about.then(|| ("party", format!("about {name}"), query)));
    }
    out
}

/// Commitments of the same parties that are late or held back as this one is.
fn held_up(names: &[String], sought: &Sought, day: Date) -> Vec<Question> {
    let status = sought.held.into_iter();
    let each = status.flat_map(|status| names.iter().map(move |name| (status, name)));
    let query = |(status, name): (_, &String)| {
        let query = Query {
            kinds: vec![EntryKind::Commitment],
            statuses: vec![status],
            by: Some(name.clone()),
            published: around(day, DAYS),
            limit: ALL,
            ..Query::default()
        };
        ("held", name.clone(), query)
    };
    each.map(query).collect()
}

/// Denials that speak of the same parties, in all of its words where it names no sum.
fn denials(names: &[String], sought: &Sought, day: Date) -> Vec<Question> {
    let denial = Query {
        kinds: vec![EntryKind::Statement],
        cues: vec![CueKind::Deny],
        published: around(day, DAYS),
        limit: ALL,
        words: sought.sums.is_empty().then(|| sought.words.join(" ")),
        ..Query::default()
    };
    let mut out = Vec::new();
    for name in names.iter().filter(|_| sought.can_be_denied()) {
        let by = Query {
            by: Some(name.clone()),
            ..denial.clone()
        };
        let about = Query {
            about: Some(name.clone()),
            ..denial.clone()
        };
        let words = denial.words.as_deref().unwrap_or_default();
        out.push(("denial", format!("by {name}: {words}"), by));
        out.push(("denial", format!("about {name}: {words}"), about));
    }
    out
}

#[cfg(test)]
mod tests;
