//! What of the layer makes no entry, and what its words say more plainly than the network does.

use onrecord_lexicon::factuality::{Governs, governs};
use onrecord_model::{
    Act, ActKind, Certainty, CommitmentStatus, EventType, Factuality, Polarity, TokenId, Upos,
};

use super::lemma;
use crate::Context;
use crate::commitments::nobody;
use crate::events::idle::{is_idle, is_unfit};

/// Whether an act of the layer is none: words of an act in which nobody acts, nothing is refused and
/// nothing promised.
pub(super) fn is_none(cx: &Context<'_>, act: &Act, head: TokenId) -> bool {
    match act.kind {
        ActKind::Event { kind, .. } => is_idle(cx, head, kind),
        ActKind::Commitment { .. } => {
            let said = [EventType::Reject, EventType::Agree];
            let verb = cx.document.token(head).upos == Upos::Verb;
            verb && said.into_iter().any(|kind| is_unfit(cx, head, kind))
        }
    }
}

/// How firmly an act is told: as the network says, but a status that is a refusal is not denied again,
/// and what nobody does or somebody fails to do is not so.
pub(super) fn factuality(cx: &Context<'_>, act: &Act, head: TokenId) -> Factuality {
    use CommitmentStatus as S;
    let mut out = act.factuality;
    match act.kind {
        ActKind::Commitment {
            status: S::RuledOut | S::Declined | S::NotRuledOut | S::Withheld,
            ..
        } => {
            out.polarity = Polarity::Positive;
            if out.certainty == Certainty::Unknown {
                out.certainty = Certainty::Certain;
            }
        }
        ActKind::Commitment {
            status:
                S::Announced
                | S::Agreed
                | S::Signed
                | S::Authorized
                | S::Allocated
                | S::UnderWay
                | S::Delivered,
            ..
        } => {
            let fails = act.words.iter().any(|t| lemma(cx, t) == "fail");
            if fails || nobody(cx, head) {
                out.polarity = Polarity::Negative;
            }
        }
        ActKind::Event { .. } if nobody(cx, head) || is_loath(cx, head) => {
            out.polarity = Polarity::Negative;
        }
        _ => {}
    }
    out
}

/// "is loath to criticise", "was reluctant to attack".
fn is_loath(cx: &Context<'_>, act: TokenId) -> bool {
    let d = cx.document;
    let clause = d.token(act).relation.is(&["xcomp", "ccomp", "advcl"]);
    let above = d.token(act).head.filter(|_| clause);
    above.is_some_and(|h| d.token(h).upos == Upos::Adj && governs(&lemma(cx, h), Governs::Withheld))
}
