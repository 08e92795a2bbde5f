//! The day that stands at an act's own verb, where the reader has given it none: "arrived on Monday" is
//! since when, "would be adopted next month" by when.

use onrecord_lexicon::commitments as words;
use onrecord_model::{Commitment, CommitmentStatus, TimeKind, TimeMention, TimeValue, TokenId};

use super::{Parts, is_ahead};
use crate::commitments::tree;

/// Adds due or since, and the status that the verb alone tells.
pub(super) fn complete(room: Parts<'_>, c: &mut Commitment) {
    let d = room.cx.document;
    let Some(verb) = room.verb(c) else {
        return;
    };
    if is_ahead(c.status) && is_put_off(room, verb) {
        c.status = CommitmentStatus::Delayed;
    }
    this_year(room, c);
    if c.due.is_some() || c.since.is_some() {
        return;
    }
    let Some(published) = room.cx.report.day().map(|day| day.to_string()) else {
        return;
    };
    let sentence = d.sentence_of(verb).range;
    let own = |t: &&TimeMention| {
        let dated = !matches!(t.kind, TimeKind::Set | TimeKind::Duration);
        let head = d.head_of(d.tokens_in(t.span.range()));
        dated
            && t.value.starts_with(|c: char| c.is_ascii_digit())
            && d.token(head).head == Some(verb)
    };
    let Some(value) = room.times_in(sentence).find(own).map(|t| t.value.clone()) else {
        return;
    };
    let digits = value.len().min(published.len());
    let (day, told) = (value.get(..digits), published.get(..digits));
    // A week or a season is compared with no day.
    let plain = value.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if !plain {
        return;
    }
    if is_ahead(c.status) && day > told {
        c.due = Some(TimeValue { value });
    } else if day <= told
        && matches!(
            c.status,
            CommitmentStatus::Delivered | CommitmentStatus::Suspended
        )
    {
        c.since = Some(TimeValue { value });
    }
}

/// "put off", "postponed": a verb that says so with all that it needs.
fn is_put_off(room: Parts<'_>, verb: TokenId) -> bool {
    let lemma = tree::lemma(room.cx, verb);
    let delays = words::verbs(lemma).iter().filter(|f| f.status == "delayed");
    let next = room.form(verb.offset(1));
    let fits = delays
        .into_iter()
        .any(|f| f.particle.is_empty() || f.particle == next);
    fits && !tree::is_negated(room.cx, verb)
}

/// "has promised 250 million this year": a promise for the year of the report is due in it.
fn this_year(room: Parts<'_>, c: &mut Commitment) {
    let year = room.cx.report.day().map(|day| day.year().to_string());
    let own = c
        .since
        .as_ref()
        .is_some_and(|s| Some(&s.value) == year.as_ref());
    if own && c.due.is_none() && c.status == CommitmentStatus::Announced {
        c.due = c.since.take();
    }
}
