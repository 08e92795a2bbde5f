//! Entries that people add: what the reader missed, on words of the report.
//!
//! Kept as a judgement, never in a record. A newer reader that finds the same makes an entry of its
//! own; then what was added is laid over that, and the entry is one.

use onrecord_model::{
    CommitmentKind, CueKind, Entity, EventType, Factuality, MentionForm, Record, Span, Text,
};

use super::backend::Kept;
use super::correction::{Correction, correct};
use super::entry::{self, Anchor, Entry, EntryKind, EntryRef, Of, Who, who};
use super::judgement::{Verdict, are_near, standing};
use super::{fold, key};

impl EntryRef {
    /// Where an entry is that a person adds: on these words of a report.
    pub fn on(report: &str, kind: EntryKind, words: &Span, what: &Correction) -> Self {
        let status = what.status.map(|s| s.as_str().to_owned());
        Self {
            report: report.to_owned(),
            kind,
            anchor: Anchor {
                start: words.start(),
                end: words.end(),
                quote: words.quote().to_owned(),
                what: match kind {
                    EntryKind::Commitment => status,
                    EntryKind::Statement | EntryKind::Event => what.what.clone(),
                }
                .unwrap_or_default(),
            },
        }
    }

    /// Words of a report that were searched for entries of a kind.
    pub fn searched(report: &str, kind: EntryKind, words: &Span) -> Self {
        let mut at = Self::on(report, kind, words, &Correction::default());
        "words".clone_into(&mut at.anchor.what);
        at
    }
}

/// The words of an anchor where it says they stand.
pub(crate) fn stand_at(text: &Text, anchor: &Anchor) -> Option<Span> {
    let range = text.code_points(anchor.start, anchor.end)?;
    let span = text.span(range).ok()?;
    (span.quote() == anchor.quote && !anchor.quote.trim().is_empty()).then_some(span)
}

/// What of an addition is not as it must be, in words.
pub(crate) fn wrong(at: &EntryRef, c: &Correction) -> Option<String> {
    let what = c.what.as_deref().unwrap_or_default();
    let known = match at.kind {
        EntryKind::Statement => CueKind::of(what).is_some(),
        EntryKind::Event => EventType::of(what).is_some(),
        EntryKind::Commitment => CommitmentKind::of(what).is_some(),
    };
    let whose = match at.kind {
        EntryKind::Statement => "the kind of cue, as say",
        EntryKind::Event => "its type, as AID",
        EntryKind::Commitment => "its kind, as aid",
    };
    if !known {
        return Some(format!("an entry that is added needs {whose}"));
    }
    let bare = at.kind == EntryKind::Commitment && c.status.is_none();
    bare.then(|| "a commitment that is added needs its status, as announced".to_owned())
}

/// The entry of these that an addition tells of again.
pub(crate) fn told_by<'e>(at: &EntryRef, entries: &'e [Entry]) -> Option<&'e Entry> {
    let same = |e: &&Entry| {
        e.at.kind == at.kind
            && e.at.anchor.what == at.anchor.what
            && are_near(&e.at.anchor, &at.anchor)
    };
    entries.iter().find(same)
}

/// A record's entries, and behind them those that people added and did not take back.
pub(crate) fn with_added(record: &Record, mut entries: Vec<Entry>, judged: &[Kept]) -> Vec<Entry> {
    let adds = |k: &Kept| matches!(k.judgement.verdict, Verdict::Add(_));
    if !judged.iter().any(adds) {
        return entries;
    }
    let mut added = 0;
    for said in standing(judged.iter().map(|k| k.judgement.clone()).collect()) {
        let Verdict::Add(what) = &said.verdict else {
            continue;
        };
        let Some(words) = stand_at(&record.report.text, &said.of.anchor) else {
            continue;
        };
        if told_by(&said.of, &entries).is_some() || entries.len() == key::MOST_ENTRIES {
            continue;
        }
        added += 1;
        let mut entry = blank(record, &said.of, words, added);
        entry.added_by = Some(said.author);
        fill(&mut entry, record, what);
        entries.push(entry);
    }
    entries
}

/// An entry on words of a report of which nothing is said yet: what stands in the words.
fn blank(record: &Record, at: &EntryRef, words: Span, number: usize) -> Entry {
    let of = Of { record };
    let mut e = of.blank(at.kind, format!("a{number}"), &words, &at.anchor.what);
    let within = |span: &Span| words.start() <= span.start() && span.end() <= words.end();
    if at.kind == EntryKind::Commitment {
        let sum = record.amounts.iter().find(|a| within(&a.span));
        e.amounts = sum.map(entry::sums).unwrap_or_default();
    }
    e.words = vec![words];
    e.about = of.spoken_of(&e.words, &[]);
    e.places = of.places(None, &e.words);
    e.reporter = at.kind != EntryKind::Statement;
    e.factuality = Factuality::FACT;
    e.confidence = 1.0;
    e
}

impl Entry {
    /// An entry that a person is about to add on words of a report: what is known of it already.
    pub fn begun(record: &Record, kind: EntryKind, words: &Span) -> Self {
        let at = EntryRef::on(&record.report.id, kind, words, &Correction::default());
        blank(record, &at, words.clone(), 1)
    }
}

fn fill(entry: &mut Entry, record: &Record, what: &Correction) {
    correct(entry, what);
    for who in [&mut entry.by, &mut entry.to, &mut entry.word] {
        for one in who {
            *one = known(record, one);
        }
    }
    if what.about.is_none() {
        let parties: Vec<Who> = entry.by.iter().chain(&entry.to).cloned().collect();
        for one in parties {
            if entry.about.iter().all(|a| a.name != one.name) {
                entry.about.push(one);
            }
        }
    }
}

/// Somebody as the report knows them.
fn known(record: &Record, somebody: &Who) -> Who {
    let wanted = fold::words(&somebody.name);
    let bears = |e: &&Entity| {
        let mentions = e.mentions.iter().filter(|m| m.form == MentionForm::Name);
        let forms = mentions.map(|m| m.span.quote());
        let forms = forms.chain(e.aliases.iter().map(String::as_str));
        let mut forms = forms.chain([e.name.as_str()]);
        forms.any(|n| fold::words(n) == wanted)
    };
    let mut entities = record.entities.iter();
    entities.find(bears).map_or_else(|| somebody.clone(), who)
}
