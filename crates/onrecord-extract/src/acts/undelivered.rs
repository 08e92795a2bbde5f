//! Promises that were not kept: "Qatar's pledge of $100 million has not been paid" tells a pledge that
//! was made and that nothing came of it, both on the word of whoever tells it.
//!
//! Left out: parts that were kept, and promises of another sentence ("it has not been paid").

use onrecord_lexicon::commitments::{List, on};
use onrecord_model::{
    Basis, Certainty, Commitment, CommitmentStatus, CueKind, Factuality, Polarity, Statement,
    TokenId, TokenRange, Upos,
};

use crate::Context;

/// Adds what was not delivered, and lets the promise stand beside it.
pub(super) fn tell(
    cx: &Context<'_>,
    statements: &[Statement],
    mut commitments: Vec<Commitment>,
) -> Vec<Commitment> {
    let all = TokenRange::new(0, cx.document.tokens().len() as u32);
    for v in all
        .iter()
        .filter(|v| on(List::Fulfilment, &cx.document.token(*v).lemma))
    {
        let Some(told) = unkept(cx, v) else {
            continue;
        };
        let basis = basis(cx, statements, v);
        let at = cx.document.range(told.promise);
        // The verb is no commitment of its own: not to have paid is not to refuse.
        let word = cx.document.token(v).range;
        let made = |c: &Commitment| c.cue.as_ref().is_none_or(|s| !s.range().contains(word));
        let pledge = commitments
            .iter()
            .position(|c| made(c) && at.contains(c.object.range()));
        let Some(i) = pledge else { continue };
        let pledge = &mut commitments[i];
        pledge.factuality = Factuality::FACT;
        if told.noun {
            pledge.basis.clone_from(&basis);
        }
        let Some(cue) = cx.tokens(told.cue) else {
            continue;
        };
        let unpaid = Commitment {
            status: CommitmentStatus::Delivered,
            factuality: Factuality {
                certainty: Certainty::Certain,
                polarity: Polarity::Negative,
            },
            cue: Some(cue),
            due: None,
            since: None,
            condition: None,
            basis,
            ..pledge.clone()
        };
        commitments.retain(made);
        let after = commitments
            .iter()
            .position(|c| c.object.range().start > unpaid.object.range().start);
        commitments.insert(after.unwrap_or(commitments.len()), unpaid);
    }
    for c in &mut commitments {
        if c.status == CommitmentStatus::Delivered && is_not(c) {
            c.factuality.polarity = Polarity::Negative;
        }
    }
    commitments
}

/// Whether the words of a status say that it did not come to pass: "has never been disbursed".
fn is_not(c: &Commitment) -> bool {
    let words = c.cue.as_ref().map(|s| s.quote().to_lowercase());
    let words = words.unwrap_or_default();
    let mut all = words.split_whitespace();
    words.contains("yet to") || all.any(|w| matches!(w, "not" | "never") || w.ends_with("n't"))
}

/// A promise that was not kept.
struct Unkept {
    /// The promise's words.
    promise: TokenRange,
    /// Whether they are a noun that promises: "pledge", and not "the money that it pledged".
    noun: bool,
    /// "has not been paid".
    cue: TokenRange,
}

fn unkept(cx: &Context<'_>, v: TokenId) -> Option<Unkept> {
    let d = cx.document;
    // "have yet to arrive": the subject is of the verb above.
    let up = d
        .token(v)
        .head
        .filter(|_| d.token(v).relation.is(&["xcomp"]));
    let subject_of = |t: TokenId| d.child(t, &["nsubj", "nsubj:pass"]).filter(|s| *s < t);
    let subject = subject_of(v).or_else(|| up.and_then(subject_of))?;
    let promise = d.subtree(subject);
    let span = TokenRange::new(promise.end.0, v.0 + 1);
    let words = || span.iter().map(|t| d.form(t).to_lowercase());
    let not = words().any(|w| matches!(w.as_str(), "not" | "n't" | "n’t" | "never" | "yet"));
    // What will not be paid is refused, and not undelivered.
    let done = words().any(|w| matches!(w.as_str(), "has" | "have" | "had" | "was" | "were"));
    let plain = span.iter().all(|t| {
        matches!(
            d.token(t).upos,
            Upos::Aux | Upos::Part | Upos::Adv | Upos::Verb
        )
    });
    let noun = on(List::Promise, &d.token(subject).lemma);
    let pledged = d.children_in(subject, &["acl:relcl", "acl"]).any(|c| {
        let lemma = &d.token(c).lemma;
        onrecord_lexicon::commitments::verbs(lemma)
            .iter()
            .any(|f| f.status == "announced")
    });
    (not && done && plain && (noun || pledged)).then_some(Unkept {
        promise,
        noun,
        cue: span,
    })
}

/// On whose word: of whoever says it, and not of the one who promised.
fn basis(cx: &Context<'_>, statements: &[Statement], v: TokenId) -> Vec<Basis> {
    let at = cx.document.token(v).range;
    let holds = |s: &&Statement| s.content.iter().any(|c| c.range().contains(at));
    let mut inside: Vec<&Statement> = statements.iter().filter(holds).collect();
    inside.retain(|s| s.cue.kind != CueKind::Promise);
    let size = |s: &&Statement| s.content.iter().map(|c| c.range().len()).sum::<usize>();
    let found = inside.iter().copied().min_by_key(|s| (size(s), s.id));
    vec![found.map_or(Basis::Reporter, |s| Basis::Statement(s.id))]
}
