//! Steps whose word is a noun or an adjective, or whose subject is the thing: "a pledge to send",
//! "is ready to sign", "the ceasefire expired".

use onrecord_lexicon::commitments::{self as words, Bound, Frame, noun_kind};
use onrecord_model::{TokenId, Upos};

use super::frames::Draft;
use super::tree::{self, Mode, is, lemma, marker};
use super::{doers, object, verbs};
use crate::Context;

/// "A ceasefire came into force."
pub(super) fn by_subject(cx: &Context<'_>, v: TokenId, frame: &'static Frame) -> Option<Draft> {
    if !verbs::demands(cx, v, frame) || !matches!(tree::mode(cx, v), Mode::Fact | Mode::Ongoing) {
        return None;
    }
    let subject = tree::subject(cx, v)?;
    let mut draft = Draft::new(v, &frame.status, object::thing(cx, subject));
    draft.by = tree::owner(cx, subject);
    draft.negative = tree::is_negated(cx, v);
    draft.ahead = false;
    draft.of = &frame.of;
    noun_kind(lemma(cx, draft.object.thing?)).map(|_| draft)
}

/// "a pledge to send", "talks on a truce", "no plans to".
pub(super) fn noun(cx: &Context<'_>, n: TokenId, frame: &'static Frame) -> Option<Draft> {
    let d = cx.document;
    let clause = tree::following_clause(cx, n).filter(|c| marker(cx, *c) == "to");
    let purpose = || {
        // "the meeting hopes to end the dispute"
        let verb = d
            .token(n)
            .head
            .filter(|_| is(cx, n, &["nsubj"]) && frame.status == "under_discussion")?;
        let aim = d
            .child(verb, &["xcomp"])
            .filter(|_| matches!(lemma(cx, verb), "aim" | "seek" | "try" | "hope"))?;
        d.child(aim, &["obj"])
    };
    let object = match clause {
        Some(c) if frame.status != "under_discussion" => object::act(cx, c),
        Some(c) => object::thing(cx, d.child(c, &["obj"])?),
        None => {
            let preps = [
                "of", "for", "on", "over", "about", "to", "towards", "toward",
            ];
            let below = tree::following(cx, n, &preps);
            object::thing(cx, below.or_else(purpose)?)
        }
    };
    let mut draft = Draft::new(n, &frame.status, object);
    draft.any = frame.any && clause.is_some();
    draft.weak = clause.is_none();
    let owner = d
        .child(n, &["nsubj"])
        .or_else(|| tree::owner(cx, n))
        .filter(|o| d.token(*o).upos != Upos::Pron || !is(cx, n, &["obj"]));
    let governor = d
        .token(n)
        .head
        .filter(|h| d.token(*h).upos == Upos::Verb && is(cx, n, &["obj", "nsubj", "obl"]));
    let subject = governor
        .filter(|_| is(cx, n, &["obj"]))
        .and_then(|g| doers::doer(cx, g));
    if frame.by == Bound::Asked {
        draft.by = tree::oblique(cx, n, &["from"]);
        draft.to = owner.or(subject);
    } else {
        draft.by = owner
            .or(subject)
            .or_else(|| tree::oblique(cx, n, &["with", "between"]));
    }
    if let Some(g) = governor {
        match tree::mode(cx, g) {
            Mode::Unreal | Mode::Infinitive => return None,
            _ => {}
        }
        draft.negative = tree::is_negated(cx, g) || verbs::is_denied(cx, g);
    }
    // "a decision not to renew the contract"
    if frame.status == "announced" && clause.is_some_and(|c| tree::is_negated(cx, c)) {
        draft.status = "ruled_out";
    }
    draft.negative |= d
        .children_in(n, &["det"])
        .any(|c| d.form(c).eq_ignore_ascii_case("no"));
    Some(draft)
}

/// "announced a hold on exports": the exports are suspended, whatever was done to the hold.
pub(super) fn undoing(cx: &Context<'_>, frame: &Frame, object: &object::Object) -> Option<Draft> {
    let given = matches!(frame.status.as_str(), "announced" | "in_force" | "agreed");
    let undoes = |f: &&'static Frame| f.status == "suspended";
    let noun = words::nouns(lemma(cx, object.top)).iter().find(undoes);
    noun.filter(|_| given)
        .and_then(|f| self::noun(cx, object.top, f))
}

/// "is ready to send", "is open to a deal", "is set to sign".
pub(super) fn adjective(cx: &Context<'_>, a: TokenId, frame: &'static Frame) -> Option<Draft> {
    let d = cx.document;
    let clause = d
        .children_in(a, &["xcomp", "advcl", "ccomp"])
        .find(|c| *c > a && d.token(*c).upos == Upos::Verb && marker(cx, *c).starts_with("to"));
    let thing = || {
        d.children_in(a, &["obl"])
            .find(|c| marker(cx, *c) == "to" && frame.status == "not_ruled_out")
    };
    let object = match clause {
        Some(c) => object::act(cx, c),
        None => object::thing(cx, thing()?),
    };
    if matches!(tree::mode(cx, a), Mode::Unreal | Mode::Infinitive) {
        return None;
    }
    let mut draft = Draft::new(a, &frame.status, object);
    draft.by = tree::subject(cx, a);
    draft.negative = tree::is_negated(cx, a);
    draft.weak = true;
    Some(draft)
}
