//! What a passive attributes: "It is believed that ...", "was hailed by Lund as a success".
//!
//! Left out: what is done to a thing by somebody without a word about it ("was signed by Lund").

use onrecord_lexicon::cues::Frame;
use onrecord_model::{TokenRange, Upos};

use super::clause::{self, Doer, VerbCue};
use super::tree::{Found, has_case, has_mark, has_to, side};
use crate::Context;

/// The rule of a judgement in the passive with its judge.
pub(super) const JUDGED_BY: &str = "attribution/tree/judged-by";

/// The content of a passive cue.
pub(super) fn content(cx: &Context<'_>, cue: &VerbCue, doer: Doer) -> Option<Found> {
    told(cx, cue, doer).or_else(|| judged_by(cx, cue, doer))
}

/// "was hailed by Lund as a success", "criticised by others": the thing, and what is said of it.
fn judged_by(cx: &Context<'_>, cue: &VerbCue, doer: Doer) -> Option<Found> {
    let d = cx.document;
    let judges =
        cue.word.takes(Frame::Judge) || matches!(cue.word.kind.as_str(), "praise" | "criticise");
    let (Doer::Token(by), Some(thing)) = (doer, clause::passive_subject(cx, cue.head)) else {
        return None;
    };
    if !judges {
        return None;
    }
    let verdict = d
        .children(cue.head)
        .iter()
        .chain(d.children(by))
        .copied()
        .filter(|c| c.0 > cue.head.0 && *c != by)
        .find(|c| {
            let of = cue.word.kind == "criticise" && d.token(*c).upos == Upos::Verb;
            let led = |word| has_case(cx, *c, word) || has_mark(cx, *c, word);
            led("as") || of && led("of")
        });
    let subject = clause::phrase(cx, thing, cue.span);
    let verdict = verdict.map(|c| to_next(cx, d.subtree(c)));
    Some(Found {
        pieces: std::iter::once(subject).chain(verdict).collect(),
        addressee: None,
        rule: JUDGED_BY,
        score: 0.7,
    })
}

/// A verdict up to a second passive that the tree joined to it: "as a success | but criticised by".
fn to_next(cx: &Context<'_>, verdict: TokenRange) -> TokenRange {
    let d = cx.document;
    let mut pairs = verdict.iter().skip(1).zip(verdict.iter().skip(2));
    let next = pairs
        .find(|(a, b)| d.token(*a).upos == Upos::Cconj && clause::is_participle_of_past(cx, *b));
    next.map_or(verdict, |(a, _)| TokenRange::new(verdict.start.0, a.0))
}

/// "It is believed that ...", "Lund was told by Rao that ...", "The bank is expected to ...".
fn told(cx: &Context<'_>, cue: &VerbCue, doer: Doer) -> Option<Found> {
    let d = cx.document;
    let subject = clause::passive_subject(cx, cue.head)
        .filter(|s| !matches!(d.token(*s).lemma.as_str(), "it" | "there"));
    let told_by = || {
        let by = clause::agent(cx, cue.head).filter(|_| cue.word.takes(Frame::Tell))?;
        d.children_in(by, &["acl"])
            .find(|c| has_mark(cx, *c, "that"))
    };
    let clause = d
        .children_in(cue.head, &["ccomp", "xcomp", "csubj"])
        .find(|c| c.0 > cue.head.0)
        .or_else(told_by)?;
    let says = cue.word.takes(Frame::That) || cue.word.takes(Frame::Whether);
    if cue.word.takes(Frame::Tell) || cue.word.takes(Frame::Order) && subject.is_some() {
        return Some(Found {
            addressee: subject,
            ..Found::new(side(cx, clause, cue), "attribution/tree/told", 0.8)
        });
    }
    if !says {
        return None;
    }
    let pieces = match subject {
        Some(s) if has_to(cx, clause) => {
            let subject = clause::phrase(cx, s, cue.span);
            vec![subject, side(cx, clause, cue)]
        }
        Some(_) => return None,
        None => vec![side(cx, clause, cue)],
    };
    let score = if doer == Doer::Implicit { 0.7 } else { 0.8 };
    Some(Found {
        pieces,
        addressee: None,
        rule: "attribution/tree/passive",
        score,
    })
}
