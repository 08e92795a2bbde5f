//! The sides of a commitment: who is bound, who gains or is hit, the other party.

use onrecord_lexicon::commitments::{self as words, Bound};
use onrecord_model::{CommitmentKind, EntityId, TokenId, TokenRange, Upos};

use super::frames::Draft;
use super::parties::{Parties, distinct};
use super::tree::{self, is, lemma};

/// Verbs that make their object act for their subject: "a body it has created".
const MAKING: &[&str] = &[
    "create",
    "establish",
    "set",
    "introduce",
    "launch",
    "form",
    "found",
];

/// The sides of a step.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Sides {
    pub(super) by: Vec<EntityId>,
    pub(super) to: Vec<EntityId>,
    pub(super) with: Vec<EntityId>,
    /// Phrases that name a recipient and are no part of the object's words.
    pub(super) gone: Vec<TokenRange>,
}

/// Reads the sides of a step from the phrases below its words.
pub(super) fn of(
    p: &Parties<'_>,
    draft: &Draft,
    below: &[TokenId],
    wide: TokenRange,
    kind: Option<CommitmentKind>,
) -> Sides {
    let mutual = matches!(
        kind,
        Some(CommitmentKind::Agreement | CommitmentKind::Ceasefire)
    );
    let sanction = kind == Some(CommitmentKind::Sanction);
    let mut gone = Vec::new();
    let mut by = bound(p, draft);
    let near = if mutual { below } else { &[draft.trigger][..] };
    let mut with = ids(p.behind(near, &["with", "alongside"]));
    if mutual {
        let named = [
            ids(p.behind(below, &["between", "among"])),
            named_in(p, draft),
        ]
        .concat();
        if by.is_empty() || draft.status == "under_discussion" {
            by.extend(named);
        } else {
            with.extend(named);
        }
    }
    let mut to: Vec<EntityId> = draft.to.map(|t| p.of(t)).unwrap_or_default();
    if to.is_empty() {
        to.extend(draft.to.and_then(|t| p.seat(t)));
    }
    let preps: &[&str] = if sanction {
        &["on", "against", "to", "from", "at"]
    } else if draft.status == "withheld" {
        &["to", "for", "against", "from"]
    } else {
        &["to", "for", "against"]
    };
    for (phrase, id) in p.behind(below, preps) {
        to.push(id);
        if !sanction && phrase != draft.object.anchor {
            gone.push(p.cx.document.subtree(phrase));
        }
    }
    to.extend(askers(p, draft));
    if to.is_empty() && sanction {
        to.extend(p.inside(wide));
    }
    // A minister of no told state who gives to a state is not that state's.
    if let [one] = by.as_slice()
        && to.contains(one)
        && let Some(own) = draft.by.and_then(|head| p.apart(head, &to))
    {
        by = vec![own];
    }
    // Who receives is not bound: "works with its allies on guarantees for itself".
    if !to.is_empty() && !by.is_empty() && !with.is_empty() && by.iter().all(|b| to.contains(b)) {
        by = std::mem::take(&mut with);
    }
    by = distinct(by);
    let apart = |ids: Vec<EntityId>| {
        distinct(ids)
            .into_iter()
            .filter(|x| !by.contains(x))
            .collect()
    };
    Sides {
        to: apart(to),
        with: apart(with),
        by,
        gone,
    }
}

fn ids(found: Vec<(TokenId, EntityId)>) -> Vec<EntityId> {
    found.into_iter().map(|x| x.1).collect()
}

/// Who is bound: the frame's party, the speaker, or who made the body that acts.
fn bound(p: &Parties<'_>, draft: &Draft) -> Vec<EntityId> {
    if draft.by_speaker {
        return p
            .speaker(draft.trigger)
            .map(|id| p.bound(id))
            .into_iter()
            .collect();
    }
    let Some(head) = draft.by else {
        return Vec::new();
    };
    let found = p.of(head);
    if !found.is_empty() || !is(p.cx, head, &["obj"]) {
        return found;
    }
    tree::governor(p.cx, head)
        .filter(|g| MAKING.contains(&lemma(p.cx, *g)))
        .and_then(|g| tree::subject(p.cx, g))
        .map(|s| p.of(s))
        .unwrap_or_default()
}

/// The states before the thing in its own name: "the Norway-Chad accord".
fn named_in(p: &Parties<'_>, draft: &Draft) -> Vec<EntityId> {
    let Some(thing) = draft.object.thing else {
        return Vec::new();
    };
    let d = p.cx.document;
    let before = d
        .subtree(thing)
        .iter()
        .take_while(|t| *t < thing)
        .filter(|t| matches!(d.token(*t).upos, Upos::Propn | Upos::Adj));
    before
        .filter_map(|t| p.recipient(t))
        .filter(|id| p.any_state(&[*id]))
        .collect()
}

/// Whose call, request or demand it is: they are to gain.
fn askers(p: &Parties<'_>, draft: &Draft) -> Vec<EntityId> {
    let asks = |t: &&TokenId| {
        words::nouns(lemma(p.cx, **t))
            .iter()
            .any(|f| f.by == Bound::Asked)
    };
    let owner = draft
        .object
        .heads
        .iter()
        .find(asks)
        .and_then(|t| tree::owner(p.cx, *t));
    owner.map(|o| p.of(o)).unwrap_or_default()
}
