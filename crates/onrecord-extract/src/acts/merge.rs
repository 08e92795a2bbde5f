//! An event that is told several times is one entry: headline, lead and later mentions.
//!
//! Two are one when type, parties, phase and firmness agree and so does the word. Commitments are
//! joined where the frames join theirs ([`crate::commitments::merge`]).

use onrecord_model::{Event, TokenId, TokenRange, Upos};

use super::lemma;
use crate::Context;

/// An event with what merging looks at.
#[derive(Clone, Debug)]
pub(super) struct Deed {
    pub(super) event: Event,
    pub(super) head: TokenId,
    /// Whether it stands in the headline or the lines under it.
    pub(super) heading: bool,
}

/// Lemmas of the words that carry an object's meaning.
pub(super) fn content(cx: &Context<'_>, tokens: TokenRange) -> Vec<String> {
    let carries = |t: &TokenId| {
        let upos = cx.document.token(*t).upos;
        matches!(upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj)
    };
    tokens
        .iter()
        .filter(carries)
        .map(|t| lemma(cx, t))
        .collect()
}

/// Joins events that are told more than once, in text order of triggers.
pub(super) fn events(cx: &Context<'_>, deeds: Vec<Deed>) -> Vec<Event> {
    let (headings, body): (Vec<_>, Vec<_>) = deeds.into_iter().partition(|d| d.heading);
    let mut kept: Vec<Deed> = Vec::new();
    for d in body.into_iter().chain(headings) {
        if !kept.iter().any(|k| is_retold(cx, k, &d)) {
            kept.push(d);
        }
    }
    kept.sort_by(|a, b| a.event.trigger.cmp(&b.event.trigger));
    kept.into_iter().map(|d| d.event).collect()
}

/// Whether one telling of an event tells again what another one does. A headline may know less
/// than the lead.
fn is_retold(cx: &Context<'_>, first: &Deed, again: &Deed) -> bool {
    let (a, b) = (&first.event, &again.event);
    let times = a.time.is_none() || b.time.is_none() || a.time == b.time;
    if a.kind != b.kind || !times || a.factuality != b.factuality {
        return false;
    }
    let same_word = lemma(cx, first.head) == lemma(cx, again.head);
    if again.heading && !first.heading {
        let meet = a.actors.iter().any(|x| b.actors.contains(x));
        let known = a.recipients.is_empty()
            || b.recipients.is_empty()
            || a.recipients.iter().any(|x| b.recipients.contains(x));
        let bare = b.actors.is_empty() && b.recipients.is_empty();
        return meet && known || bare || same_word && a.actors.is_empty();
    }
    let same = a.actors == b.actors && a.recipients == b.recipients && a.phase == b.phase;
    same_word && !b.actors.is_empty() && same
}
