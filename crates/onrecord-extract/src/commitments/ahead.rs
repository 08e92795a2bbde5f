//! Acts to come: "Finland will deliver", "is going to send", "Kyiv will receive".

use onrecord_lexicon::commitments as words;
use onrecord_model::{TokenId, Upos};

use super::frames::Draft;
use super::tree::{self, Mode, is, lemma};
use super::{doers, object, verbs};
use crate::Context;

/// "Finland will deliver", "is going to send", "Kyiv will receive".
pub(super) fn future(cx: &Context<'_>, v: TokenId, mode: Mode) -> Option<Draft> {
    let d = cx.document;
    let to_come = match mode {
        Mode::Future => true,
        // "it must adopt countermeasures", says the one who must
        Mode::Duty => d
            .child(v, &["nsubj"])
            .is_some_and(|s| d.token(s).upos == Upos::Pron),
        _ => false,
    };
    if matches!(mode, Mode::Fact | Mode::Ongoing) && matches!(lemma(cx, v), "receive" | "get") {
        return received(cx, v, mode);
    }
    if !to_come || (is(cx, v, &["acl"]) && d.token(v).relation.as_str() != "acl:relcl") {
        return None;
    }
    let negated = tree::is_negated(cx, v);
    if matches!(lemma(cx, v), "receive" | "get") && !negated {
        let object = object::thing(
            cx,
            d.child(v, &["obj"]).or_else(|| verbs::bare_amount(cx, v))?,
        );
        let mut draft = Draft::new(v, "announced", object);
        draft.is_act = true;
        draft.to = tree::subject(cx, v);
        draft.by = tree::oblique(cx, v, &["from"]);
        draft.by_speaker = draft.by.is_none();
        return Some(draft);
    }
    let object = object::act(cx, v);
    let known = (mode != Mode::Duty && words::verb_kind(lemma(cx, v)).is_some())
        || object
            .thing
            .is_some_and(|t| words::pair_kind(lemma(cx, v), lemma(cx, t)).is_some())
        || object
            .thing
            .and_then(|t| words::noun_kind(lemma(cx, t)))
            .is_some_and(|k| matches!(k, "sanction" | "deployment"));
    if !known {
        return None;
    }
    let mut draft = Draft::new(v, if negated { "ruled_out" } else { "announced" }, object);
    draft.by = doers::doer(cx, v);
    draft.is_act = true;
    draft.weak = true;
    Some(draft)
}

/// "Mali received aid from Norway": delivered, or under way.
fn received(cx: &Context<'_>, v: TokenId, mode: Mode) -> Option<Draft> {
    let object = cx
        .document
        .child(v, &["obj"])
        .or_else(|| verbs::bare_amount(cx, v))?;
    let status = if mode == Mode::Ongoing {
        "under_way"
    } else {
        "delivered"
    };
    let mut draft = Draft::new(v, status, object::thing(cx, object));
    let giver = tree::oblique(cx, v, &["from"]).or_else(|| tree::oblique(cx, object, &["from"]));
    draft.by = Some(giver?);
    draft.to = tree::subject(cx, v);
    (draft.weak, draft.needs_recipient, draft.ahead) = (true, true, false);
    (!tree::is_negated(cx, v)).then_some(draft)
}

/// Whether a clause asks: "whether to send".
pub(super) fn is_open(cx: &Context<'_>, clause: TokenId) -> bool {
    tree::marker(cx, clause).split(' ').any(|m| m == "whether")
}

/// "has not decided whether to send", "will decide whether to": it is still talked of.
pub(super) fn undecided(
    cx: &Context<'_>,
    v: TokenId,
    mode: Mode,
    mut draft: Draft,
) -> Option<Draft> {
    let open = mode == Mode::Future || tree::is_negated(cx, v);
    draft.status = "under_discussion";
    draft.any = false;
    draft.by = doers::doer(cx, v);
    open.then_some(draft)
}
