//! What filing changes: decided here, in memory, before anything is written.
//!
//! The same for both stores. Filing the same bytes twice plans nothing the second time.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::Record;

use super::backend::{Changes, Indexed, Kept, Known, Reading, Result, Sibling, Write};
use super::entry::{self, Entry};
use super::filing::{self, Filed, Filing, Origin, Outcome};
use super::index::{self, hidden};
use super::judgement::{self, Judgement, Verdict};
use super::{addition, body, days, key, version};

/// Plans the filing of a batch, and of carriers of its reports that come without a record.
pub(crate) fn plan(
    tx: &mut dyn Write,
    filings: &[Filing],
    carriers: &[(String, Origin)],
) -> Result<(Changes, Vec<Filed>)> {
    let mut plan = Plan::new(tx, filings)?;
    let mut filed = Vec::with_capacity(filings.len());
    for filing in filings {
        let outcome = plan.place(filing);
        let supersedes = plan.version(filing);
        filed.push(Filed {
            report: filing.report().to_owned(),
            outcome,
            supersedes,
        });
    }
    for (report, origin) in carriers {
        if let Some(state) = plan.states.get_mut(report.as_str()) {
            state.carried_by(origin, &mut plan.changes);
        }
    }
    Ok((plan.finish(tx)?, filed))
}

struct Plan<'f> {
    /// By report id.
    states: BTreeMap<&'f str, State<'f>>,
    /// On reports that are not in the store yet: an import brings them first.
    judged: BTreeMap<String, Vec<Kept>>,
    /// By address.
    siblings: BTreeMap<&'f str, Vec<Sibling>>,
    /// The next report's number.
    next: i64,
    changes: Changes,
}

/// A report while a batch is planned.
struct State<'f> {
    known: Known,
    /// As the store has it; none for a new report.
    before: Option<Known>,
    /// The filing whose record is how the report is read now, when it is one of this batch.
    current: Option<&'f Filing>,
    judged: Vec<Kept>,
}

impl State<'_> {
    /// Adds a carrier that is not there.
    fn carried_by(&mut self, origin: &Origin, changes: &mut Changes) {
        let carriers = &mut self.known.carriers;
        if !carriers.iter().any(|c| same_carrier(c, origin)) {
            changes.carriers.push((self.known.number, origin.clone()));
            carriers.push(origin.clone());
            self.known.sort_carriers();
            if self.before.is_some() {
                changes.again.push((self.known.number, false));
            }
        }
    }
}

impl<'f> Plan<'f> {
    fn new(tx: &mut dyn Write, filings: &'f [Filing]) -> Result<Self> {
        let ids: BTreeSet<&'f str> = filings.iter().map(Filing::report).collect();
        let mut states = BTreeMap::new();
        let wanted: Vec<&str> = ids.iter().copied().collect();
        for known in tx.known(&wanted)? {
            let Some(id) = ids.get(known.id.as_str()) else {
                continue;
            };
            let before = Some(known.clone());
            states.insert(
                *id,
                State {
                    known,
                    before,
                    current: None,
                    judged: Vec::new(),
                },
            );
        }
        let mut judged: BTreeMap<String, Vec<Kept>> = BTreeMap::new();
        for kept in tx.judgements(Some(&wanted))? {
            let report = kept.judgement.of.report.clone();
            judged.entry(report).or_default().push(kept);
        }
        for state in states.values_mut() {
            state.judged = judged.remove(&state.known.id).unwrap_or_default();
        }
        let addresses: BTreeSet<&'f str> = filings
            .iter()
            .filter(|f| f.origin.is_address())
            .map(|f| f.origin.location.as_str())
            .collect();
        let wanted: Vec<&str> = addresses.iter().copied().collect();
        let mut siblings: BTreeMap<&'f str, Vec<Sibling>> = BTreeMap::new();
        for s in version::siblings(tx, &wanted)? {
            if let Some(address) = addresses.get(s.address.as_str()) {
                siblings.entry(address).or_default().push(s);
            }
        }
        Ok(Self {
            states,
            siblings,
            judged,
            next: tx.greatest()? + 1,
            changes: Changes::default(),
        })
    }

    /// Puts a filing where it belongs.
    fn place(&mut self, filing: &'f Filing) -> Outcome {
        let reading = || Reading {
            digest: filing.digest,
            reader: filing.record.reader.clone(),
            origin: filing.origin.clone(),
        };
        let Some(state) = self.states.get_mut(filing.report()) else {
            let known = Known {
                number: self.next,
                id: filing.report().to_owned(),
                key: day_key(&filing.record),
                superseded: false,
                readings: vec![reading()],
                carriers: vec![filing.origin.clone()],
            };
            self.next += 1;
            let judged = self.judged.remove(&known.id).unwrap_or_default();
            let (number, body) = (known.number, filing.body.clone());
            self.changes.readings.push((number, 0, reading(), body));
            self.changes.carriers.push((number, filing.origin.clone()));
            let state = State {
                known,
                before: None,
                current: Some(filing),
                judged,
            };
            self.states.insert(filing.report(), state);
            return Outcome::New;
        };
        let outcome = outcome(&state.known, filing);
        if outcome == Outcome::Reread {
            let (number, place) = (state.known.number, state.known.readings.len() as i64);
            let body = filing.body.clone();
            self.changes.readings.push((number, place, reading(), body));
            state.known.readings.push(reading());
            state.current = Some(filing);
            if state.before.is_some() {
                self.changes.again.push((number, true));
            }
        }
        if outcome != Outcome::Outdated {
            state.carried_by(&filing.origin, &mut self.changes);
        }
        outcome
    }

    /// Links the reports that stood at the filing's address, oldest to newest as [`version::order`] has them. A link is never
    /// taken back: of three versions filed out of order, the first is superseded by both others.
    fn version(&mut self, filing: &'f Filing) -> Vec<String> {
        if !filing.origin.is_address() {
            return Vec::new();
        }
        let state = &self.states[filing.report()];
        let (number, key) = (state.known.number, day_key(&filing.record));
        let here = self.siblings.entry(&filing.origin.location).or_default();
        if here.iter().any(|s| s.number == number) {
            return Vec::new();
        }
        here.push(Sibling {
            address: filing.origin.location.clone(),
            number,
            id: filing.report().to_owned(),
            key,
            filed: filing.origin.filed,
            extent: version::extent(&filing.record),
        });
        here.sort_by(|a, b| version::order(a).cmp(&version::order(b)));
        let at = here.iter().position(|s| s.number == number).unwrap_or(0);
        let mut links = Vec::new();
        let mut supersedes = Vec::new();
        if let Some(older) = at.checked_sub(1).and_then(|i| here.get(i)) {
            links.push((older.number, number));
            supersedes.push(older.id.clone());
        }
        links.extend(here.get(at + 1).map(|newer| (number, newer.number)));
        for (older, newer) in links {
            if !self.changes.versions.contains(&(newer, older)) {
                self.changes.versions.push((older, newer));
                let state = self.states.values_mut().find(|s| s.known.number == older);
                if let Some(state) = state {
                    state.known.superseded = true;
                }
            }
        }
        supersedes
    }

    /// Gives keys to reports and works out what changes in the indexes.
    fn finish(mut self, tx: &mut dyn Write) -> Result<Changes> {
        let mut next_in_day: BTreeMap<i64, i64> = BTreeMap::new();
        let mut states: Vec<State<'f>> = self.states.into_values().collect();
        states.sort_by_key(|s| s.known.number);
        for mut state in states {
            let rekeyed = state.current.map(|f| day_key(&f.record));
            let moved = rekeyed.filter(|k| {
                let here = state.before.as_ref().map(|b| key::day_of(b.key));
                here != Some(key::day_of(*k))
            });
            if let Some(day) = moved {
                state.known.key = next_key(tx, &mut next_in_day, day)?;
                let (number, id) = (state.known.number, state.known.id.clone());
                self.changes.reports.push((number, id, state.known.key));
            }
            reindex(tx, state, &mut self.changes)?;
        }
        self.changes.into.sort_by_key(|i| i.key);
        Ok(self.changes)
    }
}

fn next_key(tx: &mut dyn Write, next: &mut BTreeMap<i64, i64>, day: i64) -> Result<i64> {
    let number = key::day_of(day);
    let n = if let Some(n) = next.get(&day) {
        *n
    } else {
        let (low, high) = key::range(number, number);
        tx.greatest_key(low, high)?.map_or(0, key::next_in_day)
    };
    next.insert(day, n + 1);
    Ok(key::report(number, n))
}

/// The least key of the day a report was published; of day 0 when that is not known.
fn day_key(record: &Record) -> i64 {
    key::report(record.report.day().map_or(0, days::number), 0)
}

fn same_carrier(a: &Origin, b: &Origin) -> bool {
    a.location == b.location && a.outlet == b.outlet
}

fn outcome(known: &Known, filing: &Filing) -> Outcome {
    let carried = known
        .carriers
        .iter()
        .any(|c| same_carrier(c, &filing.origin));
    let present = if carried {
        Outcome::Present
    } else {
        Outcome::Carried
    };
    if known.readings.iter().any(|r| r.digest == filing.digest) {
        return present;
    }
    let Some(current) = known.readings.last() else {
        return Outcome::Reread;
    };
    let reader = &filing.record.reader;
    match filing::newer(reader, &current.reader) {
        Ordering::Less => Outcome::Outdated,
        Ordering::Greater => Outcome::Reread,
        // The same reader read the same text with another envelope: from the same place it
        // knows better now, from another it is one more carrier.
        Ordering::Equal => {
            let other_models = current.reader != *reader;
            let same_place = same_carrier(&current.origin, &filing.origin);
            if other_models || same_place {
                Outcome::Reread
            } else {
                present
            }
        }
    }
}

/// What changes in the indexes for a report.
fn reindex(tx: &mut dyn Write, state: State<'_>, changes: &mut Changes) -> Result<()> {
    let State {
        known,
        before,
        current,
        judged,
    } = state;
    let Some(before) = before else {
        if let Some(filing) = current {
            changes.index(&known, filing, judged);
        }
        return Ok(());
    };
    if current.is_none() && outlets(&known.carriers) == outlets(&before.carriers) {
        return Ok(());
    }
    let old = tx.body(before.number, before.readings.len() as i64 - 1)?;
    let old = body::record(&old)?;
    let (out, _) = indexed(&before, &old, entry::entries(&old), judged.clone());
    let record = current.map_or(&old, |f| &f.record);
    let (into, attached) = indexed(&known, record, entry::entries(record), judged);
    changes.out.push(out);
    changes.into.push(into);
    changes.attached.extend(attached);
    Ok(())
}

impl Changes {
    /// Puts a new report into the indexes; nearly always as its filing made it ready.
    fn index(&mut self, known: &Known, filing: &Filing, judged: Vec<Kept>) {
        let carried = outlets(&known.carriers);
        let as_it_came = carried.len() <= 1 && carried.first() == filing.origin.outlet.as_ref();
        if !as_it_came || known.superseded || !judged.is_empty() {
            let entries = filing.entries.clone();
            let (into, attached) = indexed(known, &filing.record, entries, judged);
            self.into.push(into);
            self.attached.extend(attached);
            return;
        }
        self.into.push(Indexed {
            key: known.key,
            rows: filing.rows.clone(),
            text: filing.text.clone(),
        });
    }
}

/// Hidden as a report is.
fn standing(known: &Known) -> i64 {
    if known.superseded {
        hidden::SUPERSEDED
    } else {
        0
    }
}

/// Who carried it, each once, first to last.
pub(crate) fn outlets(carriers: &[Origin]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for outlet in carriers.iter().filter_map(|c| c.outlet.as_ref()) {
        if !out.contains(outlet) {
            out.push(outlet.clone());
        }
    }
    out
}

/// The entry each judgement is attached to.
pub(crate) type Attached = Vec<(i64, Option<i64>)>;

/// A report's entries with all that the ledger knows of them, and whether each is hidden.
pub(crate) fn shown(
    known: &Known,
    record: &Record,
    entries: Vec<Entry>,
    judged: Vec<Kept>,
) -> (Vec<(Entry, i64)>, Attached) {
    let mut entries = addition::with_added(record, entries, &judged);
    let mut of: Vec<Vec<Judgement>> = vec![Vec::new(); entries.len()];
    let mut attached = Vec::new();
    for kept in judged {
        let at = &kept.judgement.of;
        // What is said of words is said of no entry.
        let found = match kept.judgement.verdict {
            Verdict::Searched => None,
            _ => judgement::attach(at.kind, &at.anchor, &entries),
        };
        attached.push((kept.number, found.map(|i| key::entry(known.key, i))));
        if let Some(i) = found {
            of[i].push(kept.judgement);
        }
    }
    for e in &mut entries {
        dress(known, e);
    }
    let with = entries.into_iter().zip(of).map(|(mut e, judgements)| {
        let said = judgement::apply(&mut e, judgements);
        let hidden = standing(known)
            | if said.rejected { hidden::REJECTED } else { 0 }
            | if said.merged { hidden::MERGED } else { 0 };
        (e, hidden)
    });
    (with.collect(), attached)
}

/// Tells an entry what the ledger knows of its report.
pub(crate) fn dress(known: &Known, entry: &mut Entry) {
    entry.outlets = outlets(&known.carriers);
    for c in &known.carriers {
        if !entry.locations.contains(&c.location) {
            entry.locations.push(c.location.clone());
        }
    }
    entry.superseded = known.superseded;
}

/// A report's part of the indexes, and what each judgement is attached to.
pub(crate) fn indexed(
    known: &Known,
    record: &Record,
    entries: Vec<Entry>,
    judged: Vec<Kept>,
) -> (Indexed, Attached) {
    let (shown, attached) = shown(known, record, entries, judged);
    let rows = shown
        .iter()
        .map(|(e, hidden)| index::row(e, *hidden))
        .collect();
    let indexed = Indexed {
        key: known.key,
        rows,
        text: index::text(record).into(),
    };
    (indexed, attached)
}
