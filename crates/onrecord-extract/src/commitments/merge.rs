//! One commitment told several times is one entry: headline, lead and later mentions.
//!
//! Two tellings are one when their kind and parties fit and they share the words of the object,
//! the amount, or the class of the thing ("troops" and "peacekeepers"); a headline is told again
//! below, so there the kind and the parties are enough.

use onrecord_lexicon::commitments as words;
use onrecord_model::{Basis, Certainty, Commitment, CommitmentKind, CommitmentStatus, Factuality};

/// A commitment with what merging looks at.
#[derive(Clone, Debug)]
pub(crate) struct Telling {
    pub(crate) commitment: Commitment,
    /// The countries of who is bound.
    pub(crate) nations: Vec<String>,
    /// Lemmas of the object's content words.
    pub(crate) words: Vec<String>,
    /// The lemma of the thing or, without one, of the act; empty where nobody has looked.
    pub(crate) head: String,
    /// The verb of the act, empty for a thing.
    pub(crate) act: String,
    /// Whether it stands in the headline or the lines under it.
    pub(crate) heading: bool,
    /// Whether its object points back: "the sale".
    pub(crate) definite: bool,
}

/// Joins what is told more than once; in text order, headings last so that a body's words lead.
pub(crate) fn merge(tellings: Vec<Telling>) -> Vec<Commitment> {
    let (headings, body): (Vec<_>, Vec<_>) = tellings.into_iter().partition(|t| t.heading);
    let mut kept: Vec<Telling> = Vec::new();
    for t in body.into_iter().chain(headings) {
        match kept.iter_mut().find(|k| is_same(k, &t)) {
            Some(k) => join(k, t),
            None => kept.push(t),
        }
    }
    kept.sort_by(|a, b| a.commitment.object.cmp(&b.commitment.object));
    kept.into_iter().map(|t| t.commitment).collect()
}

fn is_same(a: &Telling, b: &Telling) -> bool {
    let (x, y) = (&a.commitment, &b.commitment);
    // What is asked is not what is told.
    let open = |f: Factuality| f.certainty == Certainty::Unknown;
    if x.factuality.polarity != y.factuality.polarity
        || open(x.factuality) != open(y.factuality)
        || !parties_fit(a, b)
    {
        return false;
    }
    let status = compatible(x.status, y.status);
    let kind = x.kind == y.kind;
    let amount = x.amount.as_ref().zip(y.amount.as_ref());
    let same_amount = amount
        .is_some_and(|(p, q)| p.value == q.value && p.currency == q.currency && p.unit == q.unit);
    if same_amount && (kind || x.object.range().overlaps(y.object.range())) {
        return status || b.heading;
    }
    if amount.is_some() && !same_amount {
        return false;
    }
    if b.heading {
        return kind || share(a, b) > 0.5;
    }
    status && (kind && alike(a, b) || share(a, b) > 0.5)
}

fn alike(a: &Telling, b: &Telling) -> bool {
    let class = |t: &Telling| {
        words::noun_kind(&t.head).filter(|k| matches!(*k, "ceasefire" | "deployment"))
    };
    let back = b.definite
        && [&b.head, &b.act]
            .iter()
            .any(|w| a.head == **w || a.words.contains(w));
    let policy = a.commitment.kind == CommitmentKind::Policy && !a.act.is_empty() && a.act == b.act;
    back || policy
        || (!a.head.is_empty() && a.head == b.head && share(a, b) >= 0.5)
        || class(a).is_some_and(|c| class(b) == Some(c))
}

/// The part of the shorter object's words that the other has too.
fn share(a: &Telling, b: &Telling) -> f32 {
    let common = a.words.iter().filter(|w| b.words.contains(w)).count();
    let shorter = a.words.len().min(b.words.len());
    if shorter == 0 {
        0.0
    } else {
        common as f32 / shorter as f32
    }
}

fn parties_fit(a: &Telling, b: &Telling) -> bool {
    let (x, y) = (&a.commitment.by, &b.commitment.by);
    x.is_empty()
        || y.is_empty()
        || x.iter().any(|id| y.contains(id))
        || a.nations.iter().any(|n| b.nations.contains(n))
}

/// Whether two statuses may be one step in different words.
fn compatible(a: CommitmentStatus, b: CommitmentStatus) -> bool {
    use CommitmentStatus as S;
    const SAID: &[S] = &[
        S::Announced,
        S::Agreed,
        S::Proposed,
        S::UnderDiscussion,
        S::Offered,
    ];
    a == b
        || (SAID.contains(&a) && SAID.contains(&b))
        || matches!(
            (a, b),
            (S::Authorized, S::Announced) | (S::Announced, S::Authorized)
        )
}

/// Which of two tellings leads: the one with an amount, then the surer one, then the first.
fn leads(a: &Commitment, b: &Commitment) -> bool {
    match (a.amount.is_some(), b.amount.is_some()) {
        (true, false) => true,
        (false, true) => false,
        _ => a.confidence >= b.confidence,
    }
}

/// Adds a telling's words and fields to the entry.
fn join(into: &mut Telling, mut from: Telling) {
    if !from.heading && !leads(&into.commitment, &from.commitment) {
        std::mem::swap(into, &mut from);
    }
    let (a, b) = (&mut into.commitment, from.commitment);
    for basis in b.basis {
        if !a.basis.contains(&basis) {
            a.basis.push(basis);
        }
    }
    a.basis.sort_by_key(|x| matches!(x, Basis::Reporter));
    if a.by.is_empty() {
        a.by = b.by;
    }
    for to in b.to {
        if !a.to.contains(&to) && !a.by.contains(&to) && a.to.is_empty() {
            a.to.push(to);
        }
    }
    if a.with.is_empty() {
        a.with = b.with;
    }
    a.amount = a.amount.take().or(b.amount);
    a.rate = a.rate.take().or(b.rate);
    a.condition = a.condition.take().or(b.condition);
    a.due = a.due.take().or(b.due);
    a.since = a.since.take().or(b.since);
    a.part_of = a.part_of.take().or(b.part_of);
    a.confidence = a.confidence.max(b.confidence);
}
