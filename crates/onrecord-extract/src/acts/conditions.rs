//! Conditions: what a commitment hangs on is a part of it, and neither a commitment nor a fact of its own.
//!
//! ```text
//! would not pay the rest without the law           ruled out, condition "without the law"
//! takes effect only if Peru ratifies it            announced, condition "only if Peru ratifies it"
//! an agreement, which must still be approved       signed, condition "must still be approved ..."
//! ```
//!
//! What is refused unless, until or without something is not refused for good: the condition says so.
//! What takes effect if something happens has not taken effect. Who is named in a condition alone is
//! bound by nothing, and what happens there is only supposed. Left out: conditions in another sentence.

use onrecord_lexicon::commitments::{List, on};
use onrecord_model::{
    Certainty, Commitment, CommitmentStatus, Event, PartyRole, Phase, Span, TextRange, TokenId,
    TokenRange, Upos,
};

use crate::Context;

/// Finds conditions that are not read yet, and settles what stands in one.
pub(super) fn settle(
    cx: &Context<'_>,
    mut events: Vec<Event>,
    mut commitments: Vec<Commitment>,
) -> (Vec<Event>, Vec<Commitment>) {
    for c in &mut commitments {
        if c.condition.is_none()
            && let Some(found) = find(cx, c)
        {
            c.condition = cx.tokens(found);
            leave(cx, c, found);
        }
        supposed(c);
    }
    let conditions: Vec<Span> = commitments
        .iter()
        .filter_map(|c| c.condition.clone())
        .collect();
    let within = |at: TextRange| conditions.iter().any(|c| c.range().contains(at));
    let promised: Vec<_> = commitments
        .iter()
        .map(|c| (c.id, c.object.range()))
        .collect();
    commitments.retain(|c| {
        let cue = c.cue.as_ref().unwrap_or(&c.object);
        let here = within(c.object.range()) && (within(cue.range()) || opens(cue));
        // "Will, if approved, switch the money": approved is nothing yet.
        let also = |(id, object): &(_, TextRange)| *id != c.id && object.overlaps(c.object.range());
        !(here || opens(cue) && promised.iter().any(also))
    });
    for e in events.iter_mut().filter(|e| within(e.trigger.range())) {
        if e.phase.is_none() && is_open(cx, e.trigger.range()) {
            e.phase = Some(Phase::Hypothetical);
            e.factuality.certainty = e.factuality.certainty.max(Certainty::Possible);
        }
    }
    (events, commitments)
}

/// Whether the words of a status are those that open a condition: "on condition".
fn opens(cue: &Span) -> bool {
    let words = cue.quote().to_lowercase();
    let first = words.split_whitespace().next().unwrap_or_default();
    words.ends_with("condition")
        || on(List::ConditionMark, first)
        || on(List::ConditionMark, &words)
        || on(List::ConditionPrep, &words)
}

/// The words of a commitment's condition.
fn find(cx: &Context<'_>, c: &Commitment) -> Option<TokenRange> {
    let d = cx.document;
    let tokens = |s: &Span| d.tokens_in(s.range());
    let own = [c.cue.as_ref().map(tokens), Some(tokens(&c.object))];
    let own = || own.iter().flatten().flat_map(|r| r.iter());
    let clause = own().find_map(|t| {
        let below = d.children(t).iter().copied();
        below
            .filter(|b| hangs(cx, *b))
            .find(|b| is_condition(cx, c, *b))
    });
    let pending = || own().find_map(|t| pending(cx, t));
    clause.map(|t| whole(cx, t)).or_else(pending)
}

fn hangs(cx: &Context<'_>, t: TokenId) -> bool {
    matches!(
        cx.document.token(t).relation.base(),
        "advcl" | "obl" | "nmod"
    )
}

/// Whether a phrase or a clause is what a commitment hangs on.
fn is_condition(cx: &Context<'_>, c: &Commitment, t: TokenId) -> bool {
    let d = cx.document;
    let marks = d.children_in(t, &["mark", "case"]).filter(|m| *m < t);
    let Some(first) = marks.map(|m| d.form(m).to_lowercase()).next() else {
        return false;
    };
    let clause = d.token(t).relation.base() == "advcl";
    let refused = matches!(
        c.status,
        CommitmentStatus::RuledOut | CommitmentStatus::Declined | CommitmentStatus::Withheld
    );
    // "Until Friday" is a time.
    let time = !clause && d.token(t).upos != Upos::Noun;
    clause && first != "until" && on(List::ConditionMark, &first)
        || refused && on(List::RefusedMark, &first) && !time && !is_calendar(cx, t)
}

fn is_calendar(cx: &Context<'_>, t: TokenId) -> bool {
    let usage = onrecord_lexicon::Usage::shipped();
    let words = cx.document.subtree(t);
    let mut words = words.iter().map(|w| cx.document.form(w).to_lowercase());
    words.any(|w| usage.is(onrecord_lexicon::Use::Calendar, &w) || w.parse::<u32>().is_ok())
}

/// The words of a clause, with "only" before it and without the mark behind it.
fn whole(cx: &Context<'_>, t: TokenId) -> TokenRange {
    let d = cx.document;
    let own = d.subtree(t);
    let (mut start, mut end) = (own.start.0, own.end.0);
    while end > start + 1 && d.token(TokenId(end - 1)).upos == Upos::Punct {
        end -= 1;
    }
    if start > 0 && d.form(TokenId(start - 1)).eq_ignore_ascii_case("only") {
        start -= 1;
    }
    TokenRange::new(start, end)
}

/// "..., which must still be approved by parliament": behind a noun, without its pronoun.
fn pending(cx: &Context<'_>, noun: TokenId) -> Option<TokenRange> {
    let d = cx.document;
    let clause = d.children_in(noun, &["acl:relcl"]).find(|v| {
        let approved = on(List::Approval, &d.token(*v).lemma);
        let due = d
            .children_in(*v, &["aux"])
            .any(|a| d.token(a).lemma == "must");
        approved && due
    })?;
    let own = whole(cx, clause);
    let first = own
        .iter()
        .find(|t| !matches!(d.token(*t).upos, Upos::Pron | Upos::Punct | Upos::Det))?;
    Some(TokenRange::new(first.0, own.end.0))
}

/// What is promised ends where its condition begins.
fn leave(cx: &Context<'_>, c: &mut Commitment, condition: TokenRange) {
    let d = cx.document;
    let object = d.tokens_in(c.object.range());
    if object.start < condition.start && condition.start < object.end {
        let mut end = condition.start.0;
        while end > object.start.0 + 1 && d.token(TokenId(end - 1)).upos == Upos::Punct {
            end -= 1;
        }
        if let Some(short) = cx.tokens(TokenRange::new(object.start.0, end)) {
            c.object = short;
        }
    }
}

/// What hangs on something to come is not done, and who is named there alone is not bound.
fn supposed(c: &mut Commitment) {
    use CommitmentStatus as S;
    let Some(condition) = &c.condition else {
        return;
    };
    let words = condition.quote().to_lowercase();
    let ahead = [
        "if ",
        "only if ",
        "once ",
        "unless ",
        "provided ",
        "providing ",
        "as soon as ",
    ];
    if matches!(c.status, S::InForce | S::Delivered) && ahead.iter().any(|w| words.starts_with(w)) {
        c.status = S::Announced;
    }
    let range = condition.range();
    let here = |id| {
        let told = c
            .parties
            .iter()
            .filter(|p| p.entity == Some(id) && p.role == PartyRole::By);
        let (inside, outside): (Vec<_>, Vec<_>) =
            told.partition(|p| range.contains(p.span.range()));
        !inside.is_empty() && outside.is_empty()
    };
    let kept: Vec<_> = c.by.iter().copied().filter(|id| !here(*id)).collect();
    c.parties
        .retain(|p| p.role != PartyRole::By || !range.contains(p.span.range()));
    c.by = kept;
}

/// Whether an act in a condition is a verb, and so not there yet: "the talks" may be.
fn is_open(cx: &Context<'_>, trigger: TextRange) -> bool {
    let d = cx.document;
    let tokens = d.tokens_in(trigger);
    !tokens.is_empty() && d.token(d.head_of(tokens)).upos == Upos::Verb
}
