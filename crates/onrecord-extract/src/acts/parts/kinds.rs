//! Kinds that the words of an act tell of themselves: people who are sent are deployed, contracts that
//! are signed agreed on, what is ordered for a sum bought.

use onrecord_lexicon::commitments::{self as words, List};
use onrecord_model::{Commitment, CommitmentKind, CommitmentStatus};

use super::Parts;
use crate::commitments::tree;

/// Sets right the kind, and the status of an order.
pub(super) fn settle(room: Parts<'_>, c: &mut Commitment) {
    let d = room.cx.document;
    let Some(verb) = room.verb(c) else {
        return;
    };
    let verb = tree::lemma(room.cx, verb);
    let object = room.tokens(&c.object);
    let heads = |kind: &str| {
        let lemma = d.token(d.head_of(object)).lemma.to_lowercase();
        words::noun_kind(&lemma) == Some(kind)
    };
    let money = c.amount.as_ref().is_some_and(|a| a.currency.is_some());
    if verb == "sign"
        && c.kind != CommitmentKind::Agreement
        && !object.is_empty()
        && heads("agreement")
    {
        c.kind = CommitmentKind::Agreement;
    } else if c.kind == CommitmentKind::Aid && is_people(c) {
        c.kind = CommitmentKind::Deployment;
    } else if verb == "order" && money && c.status == CommitmentStatus::Delivered {
        (c.kind, c.status) = (CommitmentKind::Sale, CommitmentStatus::Agreed);
    }
}

/// Whether so many people of a trade are what is promised.
fn is_people(c: &Commitment) -> bool {
    let unit = c
        .amount
        .as_ref()
        .and_then(|a| a.unit.as_deref())
        .unwrap_or_default();
    let last = unit
        .split(' ')
        .next_back()
        .unwrap_or_default()
        .to_lowercase();
    let one = last.strip_suffix('s').unwrap_or(&last);
    let trained = c.object.quote().split(' ').any(|w| w.starts_with("train"));
    words::on(List::Personnel, one) && !trained
}
