//! What a part is part of: "the remaining 250 million" is of the promise told before, and of its
//! parties; an agreement is of the sum that its clause names.

use onrecord_lexicon::commitments::{self as words, List};
use onrecord_model::{
    Amount, Commitment, CommitmentKind, CommitmentStatus, PartyRole, Span, TokenId, TokenRange,
    Upos,
};
use rust_decimal::Decimal;

use super::{Parts, is_doing, is_like};
use crate::commitments::{merge::Telling, tree};

/// Words before what is promised in which a part may be named.
const BEFORE: u32 = 3;

/// Ties "the remaining 250 million", "the first instalment" and "the money" to the whole.
pub(super) fn belong(room: Parts<'_>, all: &mut [Telling]) {
    for i in 0..all.len() {
        let part = is_part(room, &all[i]);
        if !part && !is_told_back(room, &all[i]) || is_stance(all[i].commitment.status) {
            continue;
        }
        let Some(whole) = find(all, i).map(|w| all[w].commitment.clone()) else {
            continue;
        };
        let untold = is_passive_without_agent(room, &all[i].commitment);
        let c = &mut all[i].commitment;
        if untold && !c.by.iter().any(|id| whole.by.contains(id)) {
            // "the money was transferred": by whom is told where it was promised.
            c.by.clear();
        }
        lend_parties(c, &whole);
        let less = value(c.amount.as_ref()) < value(whole.amount.as_ref());
        // "the payment" is of what was promised; "the money" may be all of it.
        let paid = !part && c.kind == CommitmentKind::Payment && c.amount.is_none();
        if (part && less || paid)
            && c.part_of
                .as_ref()
                .is_none_or(|p| p.range().overlaps(c.object.range()))
        {
            c.part_of = Some(whole.object.clone());
        }
        if part || paid {
            lend_kind(c, &whole);
        }
    }
}

/// Statuses of those who are for or against what others do, or ask it.
const fn is_stance(status: CommitmentStatus) -> bool {
    use CommitmentStatus as S;
    matches!(
        status,
        S::Supported
            | S::Opposed
            | S::Requested
            | S::Proposed
            | S::Authorized
            | S::Offered
            | S::UnderDiscussion
    )
}

fn is_passive_without_agent(room: Parts<'_>, c: &Commitment) -> bool {
    room.verb(c)
        .is_some_and(|v| tree::is_passive(room.cx, v) && tree::agent(room.cx, v).is_none())
}

/// A part is of the kind of its whole: "will be paid" tells no payment where aid was promised.
pub(super) fn lend_kind(part: &mut Commitment, whole: &Commitment) {
    if matches!(part.kind, CommitmentKind::Payment | CommitmentKind::Other) {
        part.kind = whole.kind;
    }
}

/// Whether it is called a part: "the rest", "the first 150 million", "the second tranche".
fn is_part(room: Parts<'_>, t: &Telling) -> bool {
    let d = room.cx.document;
    let object = room.tokens(&t.commitment.object);
    let sentence = room.sentence(&t.commitment).tokens;
    let from = object.start.0.saturating_sub(BEFORE).max(sentence.start.0);
    let near = TokenRange::new(from, object.end.0.min(object.start.0 + 2 * BEFORE));
    let lemma = |t: TokenId| d.token(t).lemma.to_lowercase();
    near.iter().any(|t| {
        let rank = matches!(
            room.form(t).as_str(),
            "first" | "second" | "third" | "final" | "last" | "initial" | "next" | "other" | "each"
        );
        let behind = |by: i32| {
            near.has(t.offset(by))
                && (words::on(List::Instalment, &lemma(t.offset(by)))
                    || d.token(t.offset(by)).upos == Upos::Num)
        };
        words::on(List::Rest, &lemma(t))
            || words::on(List::Rest, &room.form(t))
            || rank && (behind(1) || behind(2))
    })
}

/// Whether it is money told of before, by a word alone: "the payment".
fn is_told_back(room: Parts<'_>, t: &Telling) -> bool {
    let c = &t.commitment;
    let object = room.tokens(&c.object);
    let definite = object.iter().next().is_some_and(|t| {
        matches!(
            room.form(t).as_str(),
            "the" | "this" | "that" | "it" | "its"
        )
    });
    let noun = object.iter().last().is_some_and(|t| {
        let lemma = room.cx.document.token(t).lemma.to_lowercase();
        words::on(List::Instalment, &lemma) || words::noun_kind(&lemma) == Some("aid")
    });
    c.amount.is_none() && definite && noun && object.len() <= 3
}

/// The nearest promise told before, of the same currency and of more; else the first behind.
fn find(all: &[Telling], i: usize) -> Option<usize> {
    let own = &all[i].commitment;
    let start = |c: &Commitment| c.cue.as_ref().unwrap_or(&c.object).range().start;
    let fits = |k: &usize| {
        let c = &all[*k].commitment;
        let like = match (&c.amount, &own.amount) {
            (Some(whole), Some(part)) => {
                is_like(whole, part) && value(Some(part)) < value(Some(whole))
            }
            (Some(whole), None) => whole.currency.is_some(),
            _ => false,
        };
        *k != i && like && !is_doing(c.status) && !c.by.is_empty() && is_given(c.kind)
    };
    let body = |k: &usize| !all[*k].heading;
    let all_fit: Vec<usize> = (0..all.len()).filter(fits).filter(body).collect();
    let before = all_fit
        .iter()
        .copied()
        .filter(|k| start(&all[*k].commitment) < start(own));
    let near = before.max_by_key(|k| start(&all[*k].commitment));
    near.or_else(|| {
        all_fit
            .iter()
            .copied()
            .min_by_key(|k| start(&all[*k].commitment))
    })
}

/// The nearest promise of a sum told before a place.
pub(super) fn nearest(all: &[Telling], place: u32) -> Option<usize> {
    let start = |k: &usize| all[*k].commitment.object.range().start;
    let fits = |k: &usize| {
        let c = &all[*k].commitment;
        let money = c.amount.as_ref().is_some_and(|a| a.currency.is_some());
        money && !all[*k].heading && !is_doing(c.status) && is_given(c.kind) && start(k) < place
    };
    (0..all.len()).filter(fits).max_by_key(start)
}

const fn is_given(kind: CommitmentKind) -> bool {
    matches!(
        kind,
        CommitmentKind::Aid
            | CommitmentKind::Payment
            | CommitmentKind::Sale
            | CommitmentKind::Other
            | CommitmentKind::Agreement
            | CommitmentKind::Deployment
    )
}

/// How much, as a number; zero where it is none.
pub(super) fn value(amount: Option<&Amount>) -> Decimal {
    amount
        .and_then(|a| a.value.parse().ok())
        .unwrap_or_default()
}

/// A part without parties has those of its whole; so has one that the receiver would have to pay.
pub(super) fn lend_parties(part: &mut Commitment, whole: &Commitment) {
    let turned = !part.by.is_empty()
        && part
            .by
            .iter()
            .all(|id| whole.to.contains(id) && !whole.by.contains(id));
    if part.by.is_empty() || turned {
        part.by.clone_from(&whole.by);
        lend(part, whole, PartyRole::By);
        part.to.retain(|id| !whole.by.contains(id));
        part.parties.retain(|p| {
            p.role == PartyRole::By || p.entity.is_none_or(|id| !whole.by.contains(&id))
        });
    }
    if part.to.is_empty() || turned {
        part.to = whole
            .to
            .iter()
            .copied()
            .filter(|id| !part.by.contains(id))
            .collect();
        lend(part, whole, PartyRole::To);
    }
}

fn lend(part: &mut Commitment, whole: &Commitment, role: PartyRole) {
    part.parties.retain(|p| p.role != role);
    part.parties
        .extend(whole.parties.iter().filter(|p| p.role == role).cloned());
    part.parties.sort_by_key(|p| p.role);
}

/// The whole of a row of instalments: what its sentence calls it ("the loan"), else the promise that
/// is the sum of them, or more where a rest is left.
pub(super) fn of_row(
    room: Parts<'_>,
    all: &[Telling],
    row: &[Telling],
) -> Option<(Span, Option<Commitment>)> {
    let first = &row.first()?.commitment;
    let sums: Vec<Option<&Amount>> = row.iter().map(|t| t.commitment.amount.as_ref()).collect();
    let total: Decimal = sums.iter().map(|a| value(*a)).sum();
    let open = sums.iter().any(Option::is_none);
    let like = |c: &Commitment| {
        let whole = c
            .amount
            .as_ref()
            .zip(first.amount.as_ref())
            .is_some_and(|(a, b)| is_like(a, b));
        let sum = value(c.amount.as_ref());
        whole
            && (sum == total && !open || open && sum > total)
            && c.object.range() != first.object.range()
    };
    let told = all.iter().map(|t| &t.commitment).find(|c| like(c));
    let called = subject(room, first);
    let words = called.or_else(|| told.map(|c| c.object.clone()))?;
    Some((words, told.cloned()))
}

/// What is paid in instalments, where the sentence calls it so: "The grant would be disbursed".
fn subject(room: Parts<'_>, c: &Commitment) -> Option<Span> {
    let d = room.cx.document;
    let verb = d.head_of(room.tokens(c.cue.as_ref()?));
    let noun = tree::subject(room.cx, verb)?;
    let lemma = d.token(noun).lemma.to_lowercase();
    let known = words::noun_kind(&lemma).is_some()
        || words::on(List::Part, &lemma)
        || words::on(List::Instalment, &lemma);
    let start = d
        .children_in(noun, &["det", "amod", "nmod:poss", "compound"])
        .filter(|t| *t < noun)
        .min()
        .unwrap_or(noun);
    let words = TokenRange::new(start.0, noun.0 + 1);
    let sum = room.amounts_in(d.range(d.subtree(noun))).next().is_some();
    let apart = d.range(words).end <= c.object.range().start;
    (known && !sum && apart && d.token(noun).upos == Upos::Noun)
        .then(|| room.cx.tokens(words))
        .flatten()
}

/// An agreement has the sum of the clause that says what it is about: "signed a treaty under which Oslo
/// will lend 40 million".
pub(super) fn take_sums(room: Parts<'_>, all: &mut [Telling]) {
    for i in 0..all.len() {
        let c = &all[i].commitment;
        let settled = matches!(
            c.status,
            CommitmentStatus::Signed
                | CommitmentStatus::Agreed
                | CommitmentStatus::AgreedInPrinciple
                | CommitmentStatus::Authorized
        );
        if !settled || c.amount.is_some() {
            continue;
        }
        let sentence = room.sentence(c).range;
        let found = all.iter().map(|t| &t.commitment).find(|o| {
            let cue = o.cue.as_ref().unwrap_or(&o.object).range();
            o.amount.is_some() && sentence.contains(cue) && leads_to(room, &c.object, cue.start)
        });
        if let Some(amount) = found.and_then(|o| o.amount.clone()) {
            all[i].commitment.amount = Some(amount);
        }
    }
}

/// Whether "under which" or "that" stands right behind an agreement, and its clause before a place.
fn leads_to(room: Parts<'_>, agreement: &Span, place: u32) -> bool {
    const NEAR: usize = 6;
    let d = room.cx.document;
    let from = room.tokens(agreement).end;
    let sentence = d.sentence_of(TokenId(from.0.saturating_sub(1))).tokens;
    let behind: Vec<TokenId> = TokenRange::new(from.0, sentence.end.0)
        .iter()
        .take(NEAR)
        .collect();
    let opens = behind.iter().position(|t| {
        matches!(
            room.form(*t).as_str(),
            "which" | "that" | "whereby" | "to" | "for"
        )
    });
    let inside = room
        .tokens(agreement)
        .iter()
        .any(|t| matches!(room.form(t).as_str(), "which" | "whereby"));
    let near = opens.is_some_and(|k| {
        d.token(behind[k]).range.start < place
            && behind[..k]
                .iter()
                .all(|t| d.token(*t).upos != Upos::Verb || k > 0 && room.form(*t) == "on")
    });
    (near || inside) && agreement.range().start < place
}
