//! Who a verb of a step says is bound, and who gets something.

use onrecord_lexicon::commitments::{self as words, Bound, Frame};
use onrecord_model::{TokenId, Upos};

use super::frames::Draft;
use super::tree::{self, lemma};
use super::verbs::after_recipient;
use crate::Context;

/// Who does it.
pub(super) fn doer(cx: &Context<'_>, v: TokenId) -> Option<TokenId> {
    if tree::is_passive(cx, v) {
        tree::agent(cx, v)
    } else {
        tree::subject(cx, v)
    }
}

/// Who receives: the indirect object, the subject of "was offered boats", or whom an infinitive
/// gives it to: "pledged to give Norway boats".
pub(super) fn given(
    cx: &Context<'_>,
    v: TokenId,
    frame: &Frame,
    clause: Option<TokenId>,
) -> Option<TokenId> {
    let d = cx.document;
    let passive = || {
        let boats = tree::is_passive(cx, v) && d.child(v, &["obj"]).is_some();
        d.child(v, &["nsubj"]).filter(|_| boats)
    };
    let own = || {
        let direct = d.child(v, &["iobj"]).or_else(passive);
        direct.or_else(|| receiver(cx, v))
    };
    let inner = || {
        let gives = |c: &TokenId| words::verbs(lemma(cx, *c)).iter().any(|f| f.gives);
        receiver(cx, clause.filter(gives)?)
    };
    frame.gives.then(own).flatten().or_else(inner)
}

/// The one of a verb's two objects that receives.
fn receiver(cx: &Context<'_>, v: TokenId) -> Option<TokenId> {
    let d = cx.document;
    d.child(v, &["iobj"])
        .or_else(|| {
            // "offered Chile 500 tents", with the receiver hung on the thing.
            let thing = d.child(v, &["obj"])?;
            let number = d.children_in(thing, &["nummod", "det"]).next();
            let first = d.children_in(thing, &["compound", "nmod"]).next();
            first.filter(|f| d.token(*f).upos == Upos::Propn && number.is_some_and(|n| *f < n))
        })
        .or_else(|| {
            // Two bare objects: the first one receives.
            let mut objects = d.children_in(v, &["obj"]);
            let first = objects.next()?;
            objects
                .next()
                .or_else(|| after_recipient(cx, first))
                .map(|_| first)
        })
}

pub(super) fn parties(
    cx: &Context<'_>,
    v: TokenId,
    frame: &Frame,
    draft: &mut Draft,
    clause: Option<TokenId>,
) {
    let d = cx.document;
    let passive = tree::is_passive(cx, v);
    let own_subject = clause
        .and_then(|c| d.child(c, &["nsubj"]))
        .map(|s| tree::antecedent(cx, s));
    match frame.by {
        Bound::Subject => {
            draft.by = doer(cx, v);
            draft.to = given(cx, v, frame, clause);
        }
        Bound::Object => {
            let asked = if passive {
                d.child(v, &["nsubj"])
            } else {
                d.child(v, &["iobj", "obj"])
            };
            draft.by = own_subject
                .or_else(|| {
                    asked.filter(|a| !draft.object.heads.contains(a) && draft.object.top != *a)
                })
                .or_else(|| {
                    tree::oblique(cx, v, &["on", "upon", "to", "for"])
                        .filter(|o| *o != draft.object.top)
                });
            draft.to = doer(cx, v);
        }
        Bound::Asked => {
            draft.by = own_subject
                .or_else(|| tree::oblique(cx, v, &["from", "of"]))
                .or_else(|| tree::oblique(cx, draft.object.top, &["from"]));
            draft.to = doer(cx, v);
        }
    }
}
