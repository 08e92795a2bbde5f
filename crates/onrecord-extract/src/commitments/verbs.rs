//! Steps whose word is a verb: what it governs, who does it, and what its mood makes of the status.

use onrecord_lexicon::commitments::{self as words, Frame, Takes};
use onrecord_model::{CommitmentKind, TokenId, TokenRange, Upos};

use super::doers::{doer, given, parties};
use super::frames::Draft;
use super::object::{self, Object};
use super::tree::{self, Mode, has_child, is, lemma, marker};
use super::{ahead, kinds, unkept};
use crate::Context;

/// Whether a verb has the particle or the oblique a frame needs.
pub(super) fn demands(cx: &Context<'_>, v: TokenId, frame: &Frame) -> bool {
    let d = cx.document;
    let particle = frame.particle.is_empty()
        || d.children_in(v, &["compound", "advmod", "xcomp", "obl", "case"])
            .any(|c| c > v && d.form(c).eq_ignore_ascii_case(&frame.particle))
        || next_is(cx, v, &frame.particle);
    let named = |t: TokenId| lemma(cx, t) == frame.oblique;
    let below = ["obl", "obj", "compound", "advmod", "amod", "xcomp"];
    let oblique = frame.oblique.is_empty()
        || d.children_in(v, &below)
            .any(|c| named(c) || d.children_in(c, &["nmod"]).any(named));
    let short = frame.particle.is_empty() && has_child(cx, v, &["short"]);
    particle && oblique && !short
}

/// Whether the word after a token, in its sentence, is this one.
fn next_is(cx: &Context<'_>, t: TokenId, word: &str) -> bool {
    let d = cx.document;
    d.sentence_of(t).tokens.has(t.offset(1)) && d.form(t.offset(1)).eq_ignore_ascii_case(word)
}

/// The object a frame governs; with the clause's verb when it is one.
pub(super) fn governed(
    cx: &Context<'_>,
    v: TokenId,
    frame: &Frame,
) -> Option<(Object, Option<TokenId>)> {
    if frame.takes != Takes::Thing
        && let Some(c) = clause(cx, v, frame)
    {
        return Some((object::act(cx, c), Some(c)));
    }
    if frame.takes == Takes::Clause {
        return None;
    }
    let thing = if frame.prep.is_empty() {
        direct(cx, v, frame)
    } else {
        behind(cx, v, frame)
    };
    thing.map(|t| {
        let found = object::thing(cx, t);
        let act = found.act;
        (found, act)
    })
}

fn clause(cx: &Context<'_>, v: TokenId, frame: &Frame) -> Option<TokenId> {
    let d = cx.document;
    let relations: &[&str] = if frame.prep.is_empty() {
        &["xcomp", "ccomp", "advcl"]
    } else {
        &["advcl", "xcomp", "ccomp", "obl", "acl"]
    };
    d.children_in(v, relations).find(|c| {
        if d.token(*c).upos != Upos::Verb || *c < v {
            return false;
        }
        let mark = marker(cx, *c);
        let first = mark.split(' ').next().unwrap_or_default();
        if frame.prep.is_empty() {
            let inner = tree::mode(cx, *c);
            let adverbial = is(cx, *c, &["advcl"]);
            let gerund = inner == Mode::Participle && mark.is_empty() && stands_next(cx, v, *c);
            if adverbial
                && !gerund
                && (mark != "to"
                    || d.child(v, &["obj"])
                        .is_some_and(|o| frame.takes != Takes::Clause && o < *c))
            {
                return false;
            }
            matches!(inner, Mode::Infinitive | Mode::Participle) && first != "for"
                || (first == "that" || d.child(*c, &["nsubj"]).is_some())
                    && is_proposing(lemma(cx, v))
                || matches!(first, "whether")
        } else {
            // "called on Chad to"; "signed on Monday, to take effect" asks nobody.
            let someone = |p: &String| tree::oblique(cx, v, &[p.as_str()]).is_some();
            let asked = mark == "to" && frame.prep.iter().any(someone);
            frame.prep.iter().any(|p| p == first)
                || asked
                || (first == "to" && frame.prep.iter().any(|p| p == "to"))
        }
    })
}

/// Whether a clause stands right behind a verb or its particle.
fn stands_next(cx: &Context<'_>, v: TokenId, clause: TokenId) -> bool {
    let d = cx.document;
    let start = d.subtree(clause).start.0;
    start == v.0 + 1 || start == v.0 + 2 && is(cx, v.offset(1), &["compound", "advmod"])
}

/// Verbs whose that-clause is what should or shall be done.
fn is_proposing(lemma: &str) -> bool {
    matches!(
        lemma,
        "propose"
            | "recommend"
            | "demand"
            | "request"
            | "ask"
            | "urge"
            | "agree"
            | "promise"
            | "pledge"
            | "vow"
            | "insist"
            | "order"
    )
}

fn direct(cx: &Context<'_>, v: TokenId, frame: &Frame) -> Option<TokenId> {
    let d = cx.document;
    let object = d.children_in(v, &["obj"]).last();
    if !tree::is_passive(cx, v) {
        let beside = object
            .filter(|_| frame.gives)
            .and_then(|o| after_recipient(cx, o));
        return beside.or(object).or_else(|| bare_amount(cx, v));
    }
    if frame.gives && object.is_some() {
        return object;
    }
    // "The bill, backed by both parties, passed": the subject hangs on the later verb.
    let later = || {
        d.children_in(v, &["conj"])
            .find_map(|c| d.child(c, &["nsubj"]).filter(|s| *s < v))
    };
    d.child(v, &["nsubj"])
        .or_else(later)
        .or_else(|| {
            d.token(v)
                .head
                .filter(|h| is(cx, v, &["acl"]) && d.token(*h).upos.is_nominal())
        })
        .or_else(|| tree::subject(cx, v).filter(|_| is(cx, v, &["conj"])))
}

/// "lend Peru C$9 million": an amount that the tree makes part of the recipient's name.
pub(super) fn after_recipient(cx: &Context<'_>, object: TokenId) -> Option<TokenId> {
    let d = cx.document;
    if d.token(object).upos != Upos::Propn {
        return behind_seat(cx, object);
    }
    d.subtree(object)
        .iter()
        .rev()
        .filter(|t| *t > object && is(cx, *t, &["flat", "nummod", "compound", "appos"]))
        .find(|t| object::is_measure(cx, *t))
}

/// "lend the port of Arica $40 million": an amount right behind the name of a place, which a tree
/// may hang on either noun.
fn behind_seat(cx: &Context<'_>, seat: TokenId) -> Option<TokenId> {
    let d = cx.document;
    let sentence = d.sentence_of(seat).tokens;
    let of = seat.offset(1);
    let name = TokenRange::new(seat.0 + 2, sentence.end.0.max(seat.0 + 2));
    let amount = name.iter().find(|t| d.token(*t).upos != Upos::Propn)?;
    if d.form(of) != "of" {
        return None;
    }
    (amount.0 > seat.0 + 2 && matches!(d.token(amount).upos, Upos::Sym | Upos::Num))
        .then_some(amount)
}

/// "will pay Chile about 7 million euros": an amount that the tree makes an oblique.
pub(super) fn bare_amount(cx: &Context<'_>, v: TokenId) -> Option<TokenId> {
    let d = cx.document;
    let bounds = [
        "",
        "to",
        "up to",
        "than",
        "more than",
        "less than",
        "about",
        "around",
        "over",
    ];
    let counted = |c: TokenId| {
        object::is_measure(cx, c)
            || (marker(cx, c).is_empty()
                && d.child(c, &["nummod"]).is_some()
                && d.token(c).upos == Upos::Noun)
    };
    d.children_in(v, &["obl", "dep", "nmod"]).find(|c| {
        *c > v
            && !d.token(*c).relation.as_str().ends_with(":unmarked")
            && counted(*c)
            && bounds.contains(&marker(cx, *c).as_str())
    })
}

fn behind(cx: &Context<'_>, v: TokenId, frame: &Frame) -> Option<TokenId> {
    let d = cx.document;
    let fits = |c: &TokenId| {
        *c > v
            && d.token(*c).upos.is_nominal() | matches!(d.token(*c).upos, Upos::Sym | Upos::Num)
            && frame.prep.iter().any(|p| *p == marker(cx, *c))
    };
    let own = d.children_in(v, &["obl", "nmod"]).find(fits);
    // "in principle to a deal": the deal may hang on the oblique.
    own.or_else(|| {
        d.children_in(v, &["obl", "advmod", "obj", "compound"])
            .flat_map(|o| d.children_in(o, &["nmod", "obl"]))
            .find(fits)
    })
}

/// What a mode makes of a frame's status.
pub(super) fn framed(
    cx: &Context<'_>,
    v: TokenId,
    frame: &'static Frame,
    object: Object,
    clause: Option<TokenId>,
    mode: Mode,
) -> Option<Draft> {
    let refused = !frame.negated.is_empty() && is_refused(cx, v);
    let negated = tree::is_negated(cx, v) ^ (is_denied(cx, v) || refused);
    // "refused to rule out": the inner word decides.
    let inner = clause.and_then(|c| {
        words::verbs(lemma(cx, c))
            .iter()
            .find(|f| f.prep.is_empty() && demands(cx, c, f))
    });
    if frame.status == "declined" && inner.is_some_and(|f| !f.negated.is_empty()) {
        return None;
    }
    let mut draft = Draft::new(v, &frame.status, object);
    // "broke its promise to Chad": a promise, whatever was promised, but not without a word of it.
    let promise = frame.status == "broken" || frame.takes_promise();
    let broken = promise && object::is_promise(cx, draft.object.top);
    draft.any = frame.any && clause.is_some() || broken;
    draft.needs_recipient = broken && draft.object.act.is_none();
    draft.of = &frame.of;
    if clause.is_some_and(|c| ahead::is_open(cx, c)) && frame.status != "under_discussion" {
        return ahead::undecided(cx, v, mode, draft);
    }
    let talk = frame.holds;
    match mode {
        Mode::Unreal => return None,
        Mode::Future if talk => {}
        Mode::Future => return Some(ahead(cx, v, frame, draft, negated)),
        Mode::Possible | Mode::Duty if talk => draft.possible = !negated,
        Mode::Duty | Mode::Possible => return None,
        Mode::Infinitive if frame.status == "under_discussion" => {}
        Mode::Infinitive if is_carried_out(cx, v) => {}
        Mode::Infinitive if !frame.negated.is_empty() && is_refused(cx, v) => {}
        Mode::Infinitive if frame.takes_promise() && is_denied(cx, v) => {}
        _ if frame.act
            && negated
            && !tree::is_passive(cx, v)
            && unkept::is_promised(cx, draft.object.thing) =>
        {
            (draft.status, draft.any) = ("broken", true);
            parties(cx, v, frame, &mut draft, clause);
            return Some(draft);
        }
        Mode::Infinitive => return None,
        Mode::Participle
            if frame.act
                || !is(cx, v, &["advcl", "acl", "conj", "xcomp", "parataxis"])
                    && cx.document.token(v).head.is_some() =>
        {
            return None;
        }
        Mode::Ongoing if frame.act => draft.status = "under_way",
        Mode::Fact | Mode::Ongoing | Mode::Participle => {}
    }
    settled(cx, v, frame, clause, negated, draft)
}

/// What is left to say of a step that is taken or not: its status, and who takes it.
fn settled(
    cx: &Context<'_>,
    v: TokenId,
    frame: &'static Frame,
    clause: Option<TokenId>,
    negated: bool,
    mut draft: Draft,
) -> Option<Draft> {
    if frame.act {
        // "countries that sent envoys": background, not a step.
        if negated || cx.document.token(v).relation.as_str() == "acl:relcl" {
            return None;
        }
        (draft.weak, draft.needs_recipient, draft.ahead) = (true, frame.gives, false);
        draft.object.act = draft.object.act.or(Some(v));
    }
    if negated {
        if frame.negated.is_empty() {
            draft.negative = true;
        } else {
            draft.status = &frame.negated;
        }
    }
    if draft.status == "announced"
        && let Some(status) = unkept::status(cx, v)
    {
        draft.status = status;
    }
    // "ordered his minister to consider tariffs" is talk of tariffs; "asked Chad to" is a request.
    let inner = clause.filter(|_| frame.status != "requested");
    let talk = inner.and_then(|c| words::verbs(lemma(cx, c)).first());
    if let Some(talk) = talk.filter(|f| f.status == "under_discussion") {
        draft.status = &talk.status;
    }
    parties(cx, v, frame, &mut draft, clause);
    draft.ahead &= clause.is_some() || !is_done(draft.status);
    Some(draft)
}

/// Statuses of what is done or undone: a time beside them is since when.
fn is_done(status: &str) -> bool {
    matches!(
        status,
        "signed"
            | "agreed"
            | "agreed_in_principle"
            | "authorized"
            | "in_force"
            | "delivered"
            | "suspended"
            | "withdrawn"
            | "broken"
            | "superseded"
            | "expired"
            | "allocated"
            | "declined"
            | "ruled_out"
            | "requested"
            | "offered"
            | "proposed"
            | "supported"
            | "opposed"
    )
}

/// An infinitive that is carried out: "voted to approve", "managed to sign".
fn is_carried_out(cx: &Context<'_>, v: TokenId) -> bool {
    cx.document.token(v).head.is_some_and(|h| {
        cx.document.token(h).upos == Upos::Verb
            && matches!(
                lemma(cx, h),
                "vote"
                    | "move"
                    | "manage"
                    | "elect"
                    | "choose"
                    | "force"
                    | "use"
                    | "proceed"
                    | "join"
            )
            && !tree::is_negated(cx, h)
            || (is(cx, v, &["conj"]) && is_carried_out(cx, h))
    })
}

/// "refused to rule out", "declined to approve".
fn is_refused(cx: &Context<'_>, v: TokenId) -> bool {
    is(cx, v, &["xcomp", "ccomp", "advcl"])
        && cx.document.token(v).head.is_some_and(|h| {
            matches!(lemma(cx, h), "refuse" | "decline") && !tree::is_negated(cx, h)
        })
}

/// Whether a verb above says that it is not so: "denied negotiating", "failed to sign".
pub(super) fn is_denied(cx: &Context<'_>, v: TokenId) -> bool {
    let d = cx.document;
    let mut at = v;
    for a in d.ancestors(v).skip(1).take(4) {
        if !is(cx, at, &["ccomp", "xcomp", "obj", "conj"]) {
            return false;
        }
        if matches!(lemma(cx, a), "deny" | "fail" | "avoid" | "forget")
            && d.token(a).upos == Upos::Verb
        {
            return !tree::is_negated(cx, a);
        }
        at = a;
    }
    false
}

/// "will cut aid", "will withhold funds": a cut to come is told by its own status, and a measure that
/// is to be lifted by a plan to lift it (`corpus/GUIDE.md`).
fn is_cut(cx: &Context<'_>, frame: &Frame, object: &Object) -> bool {
    let undoes = matches!(
        frame.status.as_str(),
        "delayed" | "reduced" | "withheld" | "suspended" | "withdrawn"
    );
    let sanction = || kinds::of(cx, object, &frame.status) == Some(CommitmentKind::Sanction);
    undoes && !frame.lifts && !sanction()
}

/// "will sign": announced, with the whole act as its object.
fn ahead(
    cx: &Context<'_>,
    v: TokenId,
    frame: &'static Frame,
    mut draft: Draft,
    negated: bool,
) -> Draft {
    draft.weak = true;
    draft.by = doer(cx, v);
    draft.to = given(cx, v, frame, None);
    if !negated && is_cut(cx, frame, &draft.object) {
        draft.is_act = true;
        return draft;
    }
    draft.status = if negated { "ruled_out" } else { "announced" };
    draft.is_act = true;
    let named = draft
        .object
        .thing
        .and_then(|t| words::noun_kind(lemma(cx, t)));
    let whole = if frame.act {
        !frame.gives && named.is_none()
    } else {
        frame.status != "announced"
    };
    draft.object = Object {
        anchor: if whole { v } else { draft.object.anchor },
        act: Some(v),
        ..draft.object
    };
    draft
}
