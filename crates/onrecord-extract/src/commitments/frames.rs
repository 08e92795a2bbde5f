//! The steps of a sentence: a word that commits, with the status it gives and the object it
//! governs.
//!
//! The outermost word decides: in "agreed to sign the deal" it is "agreed", and "sign" is part of
//! the object. Under "will" an act is announced; under "would not", what was ruled out is not.

use onrecord_lexicon::commitments::{self as words, Bound, Frame, List, Takes};
use onrecord_model::{TokenId, TokenRange, Upos};

use super::object::{self, Object};
use super::tree::{self, Mode, has_child, is, lemma, marker};
use crate::Context;

/// A word that commits, before its parties are known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Draft {
    /// The committing word.
    pub(super) trigger: TokenId,
    /// Of the ladder.
    pub(super) status: &'static str,
    /// What is promised.
    pub(super) object: Object,
    /// Head of the noun phrase of who is bound.
    pub(super) by: Option<TokenId>,
    /// Head of the noun phrase of who gains or is hit, when the frame says so.
    pub(super) to: Option<TokenId>,
    /// Said not to be so.
    pub(super) negative: bool,
    /// Only possible.
    pub(super) possible: bool,
    /// Looks ahead: a time on the act is when it is due.
    pub(super) ahead: bool,
    /// Needs a party that can bind itself: a common word, such as "will send".
    pub(super) weak: bool,
    /// The object may be of no known kind.
    pub(super) any: bool,
    /// Only objects of these kinds.
    pub(super) of: &'static [String],
    /// Who is bound is whoever speaks: "Kyiv will receive aid", says the giver.
    pub(super) by_speaker: bool,
    /// Must have a recipient, or it is not a delivery.
    pub(super) needs_recipient: bool,
}

impl Draft {
    fn new(trigger: TokenId, status: &'static str, object: Object) -> Self {
        Self {
            trigger,
            status,
            object,
            by: None,
            to: None,
            negative: false,
            possible: false,
            ahead: true,
            weak: false,
            any: false,
            of: &[],
            by_speaker: false,
            needs_recipient: false,
        }
    }
}

/// Every step of a sentence, outermost first, without those inside the object of another.
pub(super) fn find(cx: &Context<'_>, sentence: TokenRange) -> Vec<Draft> {
    let d = cx.document;
    let mut order: Vec<(usize, TokenId)> = sentence
        .iter()
        .map(|t| (d.ancestors(t).count(), t))
        .collect();
    order.sort_unstable();
    let mut out: Vec<Draft> = Vec::new();
    for (_, t) in order {
        let taken = out
            .iter()
            .any(|x| x.object.act == Some(t) || x.object.heads.contains(&t) || x.object.top == t);
        if taken || is_hypothetical(cx, t) {
            continue;
        }
        for draft in at(cx, t) {
            if !out
                .iter()
                .any(|x| object::same(&x.object, &draft.object) || governs(cx, x, &draft))
            {
                out.push(draft);
            }
        }
    }
    out.sort_by_key(|x| x.trigger);
    out
}

/// Whether a step lies in the object clause of another: "promised to ask for aid".
fn governs(cx: &Context<'_>, outer: &Draft, inner: &Draft) -> bool {
    let Some(act) = outer.object.act else {
        return false;
    };
    let d = cx.document;
    let mut at = inner.trigger;
    for a in d.ancestors(inner.trigger).skip(1).take(8) {
        if !is(
            cx,
            at,
            &["xcomp", "ccomp", "obj", "advcl", "acl", "nmod", "obl"],
        ) || d.token(at).relation.as_str() == "acl:relcl"
        {
            return false;
        }
        if a == act {
            return true;
        }
        at = a;
    }
    false
}

/// Whether a word stands in a condition, a comparison or what did not happen.
fn is_hypothetical(cx: &Context<'_>, t: TokenId) -> bool {
    let d = cx.document;
    d.ancestors(t).take(10).any(|a| {
        let mark = marker(cx, a);
        let first = mark.split(' ').next().unwrap_or_default();
        is(cx, a, &["advcl", "acl", "obl", "ccomp"])
            && (words::on(List::ConditionMark, first) && first != "until" && first != "once"
                || matches!(
                    first,
                    "without" | "instead" | "rather" | "before" | "whether"
                )
                || (first == "of"
                    && has_child(cx, d.token(a).head.unwrap_or(a), &["short", "instead"])))
    })
}

fn at(cx: &Context<'_>, t: TokenId) -> Vec<Draft> {
    let word = lemma(cx, t);
    match cx.document.token(t).upos {
        Upos::Verb => verb(cx, t),
        Upos::Noun => words::nouns(word)
            .iter()
            .find_map(|f| noun(cx, t, f))
            .into_iter()
            .collect(),
        Upos::Adj => words::adjectives(word)
            .iter()
            .find_map(|f| adjective(cx, t, f))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

fn verb(cx: &Context<'_>, v: TokenId) -> Vec<Draft> {
    let word = lemma(cx, v);
    if let Some(found) = words::subjects(word)
        .iter()
        .find_map(|f| by_subject(cx, v, f))
    {
        return vec![found];
    }
    let mode = tree::mode(cx, v);
    for frame in words::verbs(word).iter().filter(|f| demands(cx, v, f)) {
        let Some((object, clause)) = governed(cx, v, frame) else {
            continue;
        };
        if let Some(draft) = framed(cx, v, frame, object, clause, mode) {
            return vec![draft];
        }
    }
    future(cx, v, mode).into_iter().collect()
}

/// Whether a verb has the particle or the oblique a frame needs.
fn demands(cx: &Context<'_>, v: TokenId, frame: &Frame) -> bool {
    let d = cx.document;
    let particle = frame.particle.is_empty()
        || d.children_in(v, &["compound", "advmod", "xcomp", "obl", "case"])
            .any(|c| c > v && d.form(c).eq_ignore_ascii_case(&frame.particle));
    let oblique = frame.oblique.is_empty()
        || d.children_in(v, &["obl", "obj", "compound", "advmod", "xcomp"])
            .any(|c| lemma(cx, c) == frame.oblique);
    let short = frame.particle.is_empty() && has_child(cx, v, &["short"]);
    particle && oblique && !short
}

/// The object a frame governs; with the clause's verb when it is one.
fn governed(cx: &Context<'_>, v: TokenId, frame: &Frame) -> Option<(Object, Option<TokenId>)> {
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
            if adverbial
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
            let asked =
                tree::oblique(cx, v, &["on", "upon", "to", "for"]).is_some() && mark == "to";
            frame.prep.iter().any(|p| p == first)
                || asked
                || (first == "to" && frame.prep.iter().any(|p| p == "to"))
        }
    })
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
        return object;
    }
    if frame.gives && object.is_some() {
        return object;
    }
    d.child(v, &["nsubj"])
        .or_else(|| {
            d.token(v)
                .head
                .filter(|h| is(cx, v, &["acl"]) && d.token(*h).upos.is_nominal())
        })
        .or_else(|| tree::subject(cx, v).filter(|_| is(cx, v, &["conj"])))
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
fn framed(
    cx: &Context<'_>,
    v: TokenId,
    frame: &'static Frame,
    object: Object,
    clause: Option<TokenId>,
    mode: Mode,
) -> Option<Draft> {
    let negated = tree::is_negated(cx, v) ^ is_denied(cx, v);
    let mut draft = Draft::new(v, &frame.status, object);
    draft.any = frame.any && clause.is_some();
    draft.of = &frame.of;
    let talk = frame.holds;
    match mode {
        Mode::Unreal => return None,
        Mode::Future if talk => {}
        Mode::Future => return Some(ahead(cx, v, frame, draft, negated)),
        Mode::Possible | Mode::Duty if talk => draft.possible = !negated,
        Mode::Duty | Mode::Possible => return None,
        Mode::Infinitive if frame.status == "under_discussion" => {}
        Mode::Infinitive if is_carried_out(cx, v) => {}
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
    if frame.act {
        if negated {
            return None;
        }
        (draft.weak, draft.needs_recipient, draft.ahead) = (true, true, false);
    }
    if negated {
        if frame.negated.is_empty() {
            draft.negative = true;
        } else {
            draft.status = &frame.negated;
        }
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
        matches!(
            lemma(cx, h),
            "vote"
                | "move"
                | "manage"
                | "go"
                | "elect"
                | "choose"
                | "force"
                | "use"
                | "proceed"
                | "join"
        ) && !tree::is_negated(cx, h)
            || (is(cx, v, &["conj"]) && is_carried_out(cx, h))
    })
}

/// Whether a verb above says that it is not so: "denied negotiating", "failed to sign".
fn is_denied(cx: &Context<'_>, v: TokenId) -> bool {
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

/// "will sign": announced, with the whole act as its object.
fn ahead(
    cx: &Context<'_>,
    v: TokenId,
    frame: &'static Frame,
    mut draft: Draft,
    negated: bool,
) -> Draft {
    draft.status = if negated { "ruled_out" } else { "announced" };
    draft.weak = true;
    draft.by = doer(cx, v);
    draft.to = given(cx, v, frame);
    if !frame.act && frame.status != "announced" {
        draft.object = Object {
            anchor: v,
            act: Some(v),
            top: v,
            ..draft.object
        };
    }
    draft
}

fn doer(cx: &Context<'_>, v: TokenId) -> Option<TokenId> {
    if tree::is_passive(cx, v) {
        tree::agent(cx, v)
    } else {
        tree::subject(cx, v)
    }
}

/// The indirect object, or the subject of "was offered boats".
fn given(cx: &Context<'_>, v: TokenId, frame: &Frame) -> Option<TokenId> {
    let d = cx.document;
    if !frame.gives {
        return None;
    }
    let passive = tree::is_passive(cx, v) && d.child(v, &["obj"]).is_some();
    d.child(v, &["iobj"])
        .or_else(|| d.child(v, &["nsubj"]).filter(|_| passive))
        .or_else(|| {
            // Two bare objects: the first one receives.
            let mut objects = d.children_in(v, &["obj"]);
            let first = objects.next()?;
            objects.next().map(|_| first)
        })
}

fn parties(
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
            draft.to = given(cx, v, frame);
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

/// "Finland will deliver", "is going to send", "Kyiv will receive".
fn future(cx: &Context<'_>, v: TokenId, mode: Mode) -> Option<Draft> {
    let d = cx.document;
    let to_come = match mode {
        Mode::Future => true,
        Mode::Infinitive => d
            .token(v)
            .head
            .is_some_and(|h| lemma(cx, h) == "go" && d.form(h).eq_ignore_ascii_case("going")),
        _ => false,
    };
    if !to_come || (is(cx, v, &["acl"]) && d.token(v).relation.as_str() != "acl:relcl") {
        return None;
    }
    let negated = tree::is_negated(cx, v);
    if matches!(lemma(cx, v), "receive" | "get") && !negated {
        let object = object::thing(cx, d.child(v, &["obj"])?);
        let mut draft = Draft::new(v, "announced", object);
        draft.to = tree::subject(cx, v);
        draft.by = tree::oblique(cx, v, &["from"]);
        draft.by_speaker = draft.by.is_none();
        return Some(draft);
    }
    let object = object::act(cx, v);
    let known = words::verb_kind(lemma(cx, v)).is_some()
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
    draft.by = doer(cx, v);
    draft.weak = true;
    Some(draft)
}

/// "A ceasefire came into force."
fn by_subject(cx: &Context<'_>, v: TokenId, frame: &'static Frame) -> Option<Draft> {
    if !demands(cx, v, frame) || !matches!(tree::mode(cx, v), Mode::Fact | Mode::Ongoing) {
        return None;
    }
    let subject = tree::subject(cx, v)?;
    let mut draft = Draft::new(v, &frame.status, object::thing(cx, subject));
    draft.by = tree::owner(cx, subject);
    draft.negative = tree::is_negated(cx, v);
    draft.ahead = false;
    words::noun_kind(lemma(cx, draft.object.thing?)).map(|_| draft)
}

/// "a pledge to send", "talks on a truce", "no plans to".
fn noun(cx: &Context<'_>, n: TokenId, frame: &'static Frame) -> Option<Draft> {
    let d = cx.document;
    let clause = d
        .children_in(n, &["acl", "ccomp", "xcomp", "advcl"])
        .find(|c| *c > n && d.token(*c).upos == Upos::Verb && marker(cx, *c) == "to");
    let purpose = || {
        // "talks aim to find a solution"
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
            let below = d.children_in(n, &["nmod"]).find(|c| {
                *c > n
                    && matches!(
                        marker(cx, *c).as_str(),
                        "of" | "for" | "on" | "over" | "about" | "to" | "towards" | "toward"
                    )
            });
            object::thing(cx, below.or_else(purpose)?)
        }
    };
    let mut draft = Draft::new(n, &frame.status, object);
    draft.any = frame.any && clause.is_some();
    draft.weak = clause.is_none();
    let owner = tree::owner(cx, n);
    let governor = d
        .token(n)
        .head
        .filter(|h| d.token(*h).upos == Upos::Verb && is(cx, n, &["obj", "nsubj", "obl"]));
    let subject = governor
        .filter(|_| is(cx, n, &["obj"]))
        .and_then(|g| doer(cx, g));
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
        draft.negative = tree::is_negated(cx, g) || is_denied(cx, g);
    }
    draft.negative |= d
        .children_in(n, &["det"])
        .any(|c| d.form(c).eq_ignore_ascii_case("no"));
    Some(draft)
}

/// "is ready to send", "is open to a deal", "is set to sign".
fn adjective(cx: &Context<'_>, a: TokenId, frame: &'static Frame) -> Option<Draft> {
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
