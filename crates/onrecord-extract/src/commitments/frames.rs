//! The steps of a sentence: a word that commits, with the status it gives and the object it
//! governs.
//!
//! The outermost word decides: in "agreed to sign the deal" it is "agreed", and "sign" is part of
//! the object. Under "will" an act is announced; under "would not", what was ruled out is not.

use onrecord_lexicon::commitments::{self as words, Frame, List};
use onrecord_model::{TokenId, TokenRange, Upos};

use super::object::{self, Object};
use super::tree::{self, has_child, is, lemma, marker};
use super::{ahead, kinds, nominal, verbs};
use crate::Context;

/// A word that commits, before its parties are known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Draft {
    /// The committing word.
    pub(super) trigger: TokenId,
    /// Of the ladder.
    pub(super) status: &'static str,
    /// What is promised.
    pub(super) object: Object,
    /// Head of the noun phrase of who is bound.
    pub(super) by: Option<TokenId>,
    /// Head of the noun phrase of who gains or is hit, when the frame says so.
    pub(super) to: Option<TokenId>,
    /// Said not to be so.
    pub(super) negative: bool,
    /// Only possible.
    pub(super) possible: bool,
    /// Looks ahead: a time on the act is when it is due.
    pub(super) ahead: bool,
    /// Needs a party that can bind itself: a common word, such as "will send".
    pub(super) weak: bool,
    /// The object may be of no known kind.
    pub(super) any: bool,
    /// Only objects of these kinds.
    pub(super) of: &'static [String],
    /// Who is bound is whoever speaks: "Kyiv will receive aid", says the giver.
    pub(super) by_speaker: bool,
    /// Must have a recipient, or it is not a delivery.
    pub(super) needs_recipient: bool,
    /// The committing word is the act itself: "will send".
    pub(super) is_act: bool,
}

impl Draft {
    pub(super) fn new(trigger: TokenId, status: &'static str, object: Object) -> Self {
        Self {
            trigger,
            status,
            object,
            by: None,
            to: None,
            negative: false,
            possible: false,
            ahead: true,
            weak: false,
            any: false,
            of: &[],
            by_speaker: false,
            needs_recipient: false,
            is_act: false,
        }
    }
}

/// Every step of a sentence, outermost first, without those inside the object of another.
pub(super) fn find(cx: &Context<'_>, sentence: TokenRange) -> Vec<Draft> {
    let d = cx.document;
    let mut order: Vec<(usize, TokenId)> = sentence
        .iter()
        .filter(|t| may_commit(cx, *t))
        .map(|t| (d.ancestors(t).count(), t))
        .collect();
    order.sort_unstable();
    let mut out: Vec<Draft> = Vec::new();
    for (_, t) in order {
        let taken = out
            .iter()
            .any(|x| x.object.act == Some(t) || x.object.heads.contains(&t) || x.object.top == t);
        if taken || is_hypothetical(cx, t) {
            continue;
        }
        for draft in at(cx, t) {
            if !out
                .iter()
                .any(|x| object::same(&x.object, &draft.object) || governs(cx, x, &draft))
            {
                out.push(draft);
            }
        }
    }
    out.sort_by_key(|x| x.trigger);
    out
}

/// Whether a step lies in the object clause of another: "promised to ask for aid".
fn governs(cx: &Context<'_>, outer: &Draft, inner: &Draft) -> bool {
    let Some(act) = outer.object.act else {
        return false;
    };
    let d = cx.document;
    let mut at = inner.trigger;
    for a in d.ancestors(inner.trigger).skip(1).take(8) {
        if !is(
            cx,
            at,
            &["xcomp", "ccomp", "obj", "advcl", "acl", "nmod", "obl"],
        ) || d.token(at).relation.as_str() == "acl:relcl"
        {
            return false;
        }
        if a == act {
            return true;
        }
        at = a;
    }
    false
}

/// Whether a word stands in a condition, a comparison or what did not happen.
fn is_hypothetical(cx: &Context<'_>, t: TokenId) -> bool {
    let d = cx.document;
    let governed = |a: &TokenId| is(cx, *a, &["advcl", "acl", "obl", "ccomp"]);
    d.ancestors(t).take(10).filter(governed).any(|a| {
        let mark = marker(cx, a);
        let first = mark.split(' ').next().unwrap_or_default();
        words::on(List::ConditionMark, first) && first != "until" && first != "once"
            || matches!(
                first,
                "without" | "instead" | "rather" | "before" | "whether"
            )
            || (first == "of" && has_child(cx, d.token(a).head.unwrap_or(a), &["short", "instead"]))
    })
}

/// Whether a word can be a step at all, whatever stands round it.
fn may_commit(cx: &Context<'_>, t: TokenId) -> bool {
    match cx.document.token(t).upos {
        Upos::Verb => true,
        Upos::Noun => !words::nouns(lemma(cx, t)).is_empty(),
        Upos::Adj => !words::adjectives(lemma(cx, t)).is_empty(),
        _ => false,
    }
}

fn at(cx: &Context<'_>, t: TokenId) -> Vec<Draft> {
    let word = lemma(cx, t);
    match cx.document.token(t).upos {
        Upos::Verb => verb(cx, t),
        Upos::Noun => words::nouns(word)
            .iter()
            .find_map(|f| nominal::noun(cx, t, f))
            .into_iter()
            .collect(),
        Upos::Adj => words::adjectives(word)
            .iter()
            .find_map(|f| nominal::adjective(cx, t, f))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

fn verb(cx: &Context<'_>, v: TokenId) -> Vec<Draft> {
    let word = lemma(cx, v);
    if let Some(found) = words::subjects(word)
        .iter()
        .find_map(|f| nominal::by_subject(cx, v, f))
    {
        return vec![found];
    }
    let mode = tree::mode(cx, v);
    // "extended sanctions" is not "extended a loan": a frame of few things is asked first.
    let frames = words::verbs(word).iter();
    let (few, all): (Vec<_>, Vec<_>) = frames.partition(|f| f.untold && !f.of.is_empty());
    for frame in few.into_iter().chain(all) {
        if !verbs::demands(cx, v, frame) {
            continue;
        }
        let Some((object, clause)) = verbs::governed(cx, v, frame) else {
            continue;
        };
        // "its promise has not been kept" is told beside the promise (`acts/undelivered.rs`).
        let beside = frame.takes_promise() && tree::is_passive(cx, v);
        if frame.untold && (beside || !is_of(cx, frame, &object)) {
            continue;
        }
        if let Some(draft) = nominal::undoing(cx, frame, &object) {
            return vec![draft];
        }
        if let Some(draft) = verbs::framed(cx, v, frame, object, clause, mode) {
            return vec![draft];
        }
    }
    ahead::future(cx, v, mode).into_iter().collect()
}

/// Whether an object is one of the few things that a frame takes.
fn is_of(cx: &Context<'_>, frame: &Frame, object: &Object) -> bool {
    let kind = kinds::of(cx, object, &frame.status);
    frame.of.is_empty()
        || frame.takes_promise() && object::is_promise(cx, object.top)
        || kind.is_some_and(|k| frame.of.iter().any(|o| o == k.as_str()))
}
