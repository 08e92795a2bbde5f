//! Denials and what they deny.
//!
//! Who denies an accusation refuses nothing: "denied any involvement" is a statement, and no
//! commitment. And what one denies is not so on one's word: "deny they are negotiating", "rejected the
//! report that it had sold arms".

use onrecord_lexicon::commitments::{List, on};
use onrecord_model::{
    Basis, Commitment, CommitmentStatus, CueKind, Event, Factuality, Polarity, Span, Statement,
};

use crate::Context;

/// Leaves denials out of the commitments.
pub(super) fn leave(cx: &Context<'_>, mut commitments: Vec<Commitment>) -> Vec<Commitment> {
    commitments.retain(|c| !is_denial(cx, c));
    commitments
}

fn is_denial(cx: &Context<'_>, c: &Commitment) -> bool {
    use CommitmentStatus::{Declined, RuledOut};
    let d = cx.document;
    let lemma = |t| d.token(t).lemma.to_lowercase();
    let denies = |s: &Span| {
        let cue = d.tokens_in(s.range());
        cue.iter().any(|t| on(List::Denial, &lemma(t)))
    };
    let object = d.tokens_in(c.object.range());
    let accused = !object.is_empty() && on(List::Accusation, &lemma(d.head_of(object)));
    matches!(c.status, Declined | RuledOut) && accused && c.cue.as_ref().is_some_and(denies)
}

/// Lets what stands on a denial alone be not so, where it is the very thing that is denied.
pub(super) fn turn(
    cx: &Context<'_>,
    statements: &[Statement],
    events: &mut [Event],
    commitments: &mut [Commitment],
) {
    for e in events {
        if is_denied(cx, statements, &e.basis, &e.trigger) {
            not_so(&mut e.factuality);
        }
    }
    for c in commitments {
        let cue = c.cue.as_ref().unwrap_or(&c.object);
        if is_state(c.status) && is_denied(cx, statements, &c.basis, cue) {
            not_so(&mut c.factuality);
        }
    }
}

/// Whether a status tells how things are: a refusal holds its denial.
fn is_state(status: CommitmentStatus) -> bool {
    use CommitmentStatus as S;
    matches!(
        status,
        S::UnderDiscussion
            | S::Agreed
            | S::Signed
            | S::Authorized
            | S::Allocated
            | S::UnderWay
            | S::InForce
            | S::Delivered
    )
}

fn is_denied(cx: &Context<'_>, statements: &[Statement], basis: &[Basis], words: &Span) -> bool {
    let d = cx.document;
    let [Basis::Statement(id)] = basis else {
        return false;
    };
    let mut all = statements.iter().filter(|s| s.id == *id);
    all.any(|s| {
        let negative = s.factuality == NOT_SO && s.cue.kind == CueKind::Deny;
        let mut contents = s.content.iter().map(|c| d.tokens_in(c.range()));
        let own = d.tokens_in(words.range());
        negative && contents.any(|c| !c.is_empty() && own.has(d.head_of(c)))
    })
}

const NOT_SO: Factuality = Factuality {
    polarity: Polarity::Negative,
    ..Factuality::FACT
};

fn not_so(factuality: &mut Factuality) {
    factuality.polarity = Polarity::Negative;
}
