//! Predicates that name acts: verbs and nouns of the lexicon that stand in one of their frames.

use onrecord_lexicon::events::{self as lexicon, VerbFrame};
use onrecord_model::{EntityKind, EventType, TokenId, TokenRange, Upos};

use super::arguments::{entities, is_party, object, parties, phrase, subjects};
use super::party::{Party, known};
use super::recipients::{aim, deeper, entities_after, party, recipients, slot};
use super::{idle, nouns};
use crate::{Context, entities::Entities};

/// An act before it is read and merged.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Its type.
    pub(super) kind: EventType,
    /// The verb or noun that names it.
    pub(super) head: TokenId,
    /// The words of the trigger.
    pub(super) trigger: TokenRange,
    /// Who acts.
    pub(super) actors: Vec<Party>,
    /// Who is acted on.
    pub(super) recipients: Vec<Party>,
    /// What is governed by it is no act of its own.
    pub(super) content: bool,
    /// Whether a noun names it.
    pub(super) noun: bool,
    /// Somebody takes part whom a common noun names: "ministers", "rebels".
    pub(super) party: bool,
    /// The word alone names the act, whatever its object.
    pub(super) violent: bool,
    /// The rule that found it.
    pub(super) rule: &'static str,
}

/// Types of promises that are threats.
const HOSTILE: [&str; 6] = [
    "ASSAULT", "COERCE", "SANCTION", "THREATEN", "REJECT", "MOBILIZE",
];

/// Every act of the document, in text order.
pub(super) fn find(cx: &Context<'_>, all: &Entities) -> Vec<Draft> {
    let d = cx.document;
    let tokens = (0..d.tokens().len()).map(|i| TokenId(i as u32));
    let mut out: Vec<Draft> = tokens
        .clone()
        .filter(|t| d.token(*t).upos == Upos::Verb)
        .filter_map(|v| verb(cx, all, v))
        .collect();
    let nouns: Vec<Draft> = tokens
        .filter(|t| d.token(*t).upos == Upos::Noun)
        .filter(|t| !out.iter().any(|o| o.trigger.has(*t)))
        .filter_map(|n| nouns::noun(cx, all, n))
        .collect();
    out.extend(nouns);
    out.sort_by_key(|o| (o.trigger.start, o.head));
    for i in 0..out.len() {
        if let Some(aim) = out.get(i).and_then(|outer| aim(cx, all, &out, outer))
            && let Some(outer) = out.get_mut(i)
        {
            outer.recipients = aim;
        }
    }
    out
}

/// Whether an act is what another one is about: "threatened to attack".
pub(super) fn governs(cx: &Context<'_>, outer: &Draft, inner: &Draft) -> bool {
    let d = cx.document;
    let mut node = inner.head;
    while d.token(node).relation.is(&["conj"]) {
        let Some(first) = d.token(node).head else {
            return false;
        };
        if first == outer.head {
            return false;
        }
        node = first;
    }
    let token = d.token(node);
    if token.head != Some(outer.head) || node == outer.head {
        return false;
    }
    let given = d.children_in(node, &["mark"]).any(|m| {
        onrecord_lexicon::factuality::opens(&d.token(m).lemma)
            .is_some_and(|o| o == onrecord_lexicon::factuality::Opens::Given)
    });
    if given {
        return false;
    }
    if !inner.noun {
        return token.relation.is(&["xcomp", "advcl", "ccomp", "obj"])
            && (token.relation.is(&["xcomp"])
                || !matches!(outer.kind, EventType::Accuse | EventType::Support));
    }
    !matches!(outer.kind, EventType::Accuse | EventType::Support)
        && token.relation.is(&["obj", "obl", "nsubj:pass"])
}

fn verb(cx: &Context<'_>, all: &Entities, v: TokenId) -> Option<Draft> {
    let d = cx.document;
    let token = d.token(v);
    let wounded = token.relation.is(&["obj", "nsubj", "obl"]) && d.child(v, &["det"]).is_some();
    if token.relation.is(&["amod", "compound"]) || wounded || idle::is_command(cx, v) {
        return None;
    }
    if let Some(draft) = duty(cx, all, v) {
        return Some(draft);
    }
    let frames = lexicon::verbs_of(&token.lemma, d.form(v));
    frames.iter().find_map(|frame| in_frame(cx, all, v, frame))
}

/// "Lund said Norway must pay" asks Norway to pay.
fn duty(cx: &Context<'_>, all: &Entities, v: TokenId) -> Option<Draft> {
    let d = cx.document;
    let must = d
        .children_in(v, &["aux"])
        .any(|a| matches!(d.token(a).lemma.as_str(), "must" | "should"));
    let says = d
        .token(v)
        .head
        .filter(|_| must && d.token(v).relation.is(&["ccomp"]))?;
    let actors = entities(cx, all, &subjects(cx, says));
    let recipients = entities(cx, all, &subjects(cx, v));
    let others =
        known(&actors) && known(&recipients) && !actors.iter().any(|a| recipients.contains(a));
    others.then(|| Draft {
        kind: EventType::Request,
        head: says,
        trigger: TokenRange::one(v),
        actors,
        recipients,
        content: true,
        noun: false,
        party: true,
        violent: false,
        rule: "events/duty",
    })
}

fn in_frame(cx: &Context<'_>, all: &Entities, v: TokenId, frame: &VerbFrame) -> Option<Draft> {
    let kind = EventType::of(&frame.kind)?;
    let particle = match &frame.particle {
        Some(p) => Some(beside(cx, v, p, frame.recipient.contains(p))?),
        None => None,
    };
    if frame.particle.is_none() && turned(cx, v) {
        return None;
    }
    let object = object(cx, v);
    let named = object.map(|o| heads_of(cx, v, o)).unwrap_or_default();
    let fits =
        |o: &TokenId| lexicon::takes(frame, &cx.document.token(*o).lemma, cx.document.form(*o));
    if named.iter().any(|o| fits(o) == Some(false)) && !frame.wants_object() {
        return None;
    }
    if idle::refuses(cx, v, frame) {
        return None;
    }
    let chosen = named.iter().copied().find(|o| fits(o) == Some(true));
    if frame.wants_object() && chosen.is_none()
        || !frame.needs.is_empty() && !frame.needs.iter().any(|p| has(cx, v, p))
        || frame.hostile && !promises_harm(cx, v)
    {
        return None;
    }
    let doers = subjects(cx, v);
    let mut actors = entities(cx, all, &doers);
    let mut recipients = recipients(cx, all, v, frame, object, kind, &actors);
    if frame.swap {
        recipients = std::mem::take(&mut actors);
        actors = entities_after(cx, all, v, &frame.actor);
        actors.extend(
            chosen
                .map(|o| entities_after(cx, all, o, &frame.actor))
                .unwrap_or_default(),
        );
    }
    // Troops that are sent are not those they are sent to.
    let carries = matches!(
        kind,
        EventType::Aid | EventType::Mobilize | EventType::Cooperate
    );
    recipients.retain(|r| {
        let given = carries && r.id.is_none() && Some(r.head) == chosen;
        !actors.contains(r) && !given
    });
    let partners: Vec<TokenId> = frame
        .recipient
        .iter()
        .flat_map(|name| slot(cx, v, frame, object, name))
        .collect();
    let unhurt = || !frame.wants_object() && partners.iter().any(|p| fits(p) == Some(false));
    if kind == EventType::Assault && (unhurt() || idle::is_nobodys(cx, v)) {
        return None;
    }
    let common = partners
        .iter()
        .any(|p| is_party(cx, *p) || frame.person && cx.document.token(*p).upos == Upos::Propn);
    let person = |p: &Party| {
        let entity = p.id.and_then(|id| all.get(id));
        entity.is_some_and(|e| e.kind == EntityKind::Person)
    };
    // Money is given to somebody; arms and bread need not say to whom.
    let aid = kind == EventType::Aid && chosen.is_some_and(|o| is_sum(cx, o)) && !frame.swap;
    if !party(all, &recipients, frame) && !common
        || aid && partners.is_empty()
        || frame.traveller && !actors.iter().any(person)
        || chosen.is_some_and(|o| is_other(cx, kind, o))
        || object.is_some_and(|o| is_reflexive(cx, o))
    {
        return None;
    }
    let party = doers
        .iter()
        .copied()
        .chain(object)
        .any(|h| heads_of(cx, v, h).iter().any(|x| is_party(cx, *x)));
    let near = |t: &TokenId| t.0.abs_diff(v.0) <= 6;
    let others = chosen.filter(near).into_iter().chain(particle.filter(near));
    let trigger = others.fold(TokenRange::one(v), |r, t| cover(r, TokenRange::one(t)));
    Some(Draft {
        kind,
        head: v,
        trigger,
        actors,
        recipients,
        content: frame.content,
        noun: false,
        party,
        violent: lexicon::verbs_of(&cx.document.token(v).lemma, cx.document.form(v))
            .iter()
            .any(|f| f.kind == frame.kind && !f.wants_object() && f.particle.is_none()),
        rule: "events/verb",
    })
}

/// "backed off", "called off", "struck down": a particle that makes a verb another one.
fn turned(cx: &Context<'_>, v: TokenId) -> bool {
    let d = cx.document;
    d.children(v).iter().any(|c| {
        let token = d.token(*c);
        let particle = matches!(token.lemma.as_str(), "off" | "down" | "away" | "back");
        token.relation.as_str() == "compound:prt" && particle
    })
}

/// Whether a phrase or an infinitive the frame needs is there.
fn has(cx: &Context<'_>, v: TokenId, need: &str) -> bool {
    match need {
        "xcomp" => cx.document.child(v, &["xcomp", "advcl", "ccomp"]).is_some(),
        "obj" => object(cx, v).is_some(),
        preposition => phrase(cx, v, preposition).is_some() || deeper(cx, v, preposition).is_some(),
    }
}

/// A noun whose companion makes it another thing: a hunger strike, a press conference, an
/// attack in words.
pub(super) fn is_other(cx: &Context<'_>, kind: EventType, noun: TokenId) -> bool {
    const WALKOUTS: &[&str] = &[
        "hunger",
        "general",
        "labor",
        "labour",
        "wildcat",
        "rail",
        "nationwide",
        "transport",
    ];
    const WORDS: &[&str] = &[
        "personal",
        "verbal",
        "political",
        "heart",
        "panic",
        "ad",
        "negative",
        "rhetorical",
    ];
    let d = cx.document;
    let companions = match kind {
        EventType::Assault if d.token(noun).lemma == "strike" => WALKOUTS,
        EventType::Assault => WORDS,
        EventType::Consult => &["press", "news", "media", "television", "radio"],
        _ => &[],
    };
    let walkout = kind == EventType::Assault && d.token(noun).lemma == "strike" && is_labour(cx);
    walkout
        || d.children_in(noun, &["amod", "compound"])
            .any(|c| companions.contains(&d.token(c).lemma.as_str()))
}

/// Whether the report is about work stopped and not about war: a bare "strike" is then a walkout.
fn is_labour(cx: &Context<'_>) -> bool {
    const WORK: &[&str] = &["union", "walkout", "picket", "stoppage", "striker", "wage"];
    const WAR: &[&str] = &[
        "missile",
        "drone",
        "troop",
        "army",
        "military",
        "airstrike",
        "bomb",
        "rocket",
        "warplane",
    ];
    let speaks_of = |words: &[&str]| {
        let tokens = cx.document.tokens().iter();
        tokens.filter(|t| words.contains(&t.lemma.as_str())).count()
    };
    speaks_of(WORK) > 1 && speaks_of(WAR) == 0
}

fn is_reflexive(cx: &Context<'_>, t: TokenId) -> bool {
    let form = cx.document.form(t);
    form.ends_with("self") || form.ends_with("selves")
}

/// A verb's second word: a particle, the verb under it, or, where the one acted on stands after
/// it, the preposition of a phrase.
fn beside(cx: &Context<'_>, v: TokenId, word: &str, leads: bool) -> Option<TokenId> {
    let d = cx.document;
    let next = v.offset(1);
    if d.tokens()
        .get(next.index())
        .is_some_and(|t| t.lemma == word && t.upos != Upos::Noun)
    {
        return Some(next);
    }
    d.children(v).iter().copied().find_map(|c| {
        let token = d.token(c);
        let own = token
            .relation
            .is(&["compound", "advmod", "xcomp", "obj", "ccomp", "obl"]);
        if own && token.lemma == word {
            return Some(c);
        }
        let case = || {
            d.children_in(c, &["case"])
                .find(|x| d.token(*x).lemma == word)
        };
        let bare = d.child(v, &["obj"]).is_none();
        (leads && bare).then(case).flatten()
    })
}

/// Words that only count or bundle what follows "of" or "in".
const BUNDLES: [&str; 36] = [
    "series", "round", "number", "wave", "set", "lot", "part", "most", "some", "half", "dozen",
    "dozens", "hundred", "thousand", "ten", "ton", "shipment", "delivery", "kind", "form", "range",
    "batch", "majority", "rest", "barrage", "package", "string", "spate", "day", "volley", "rate",
    "level", "scale", "week", "month", "score",
];

/// The nouns an object is about: its head, what is joined to it, what it is a series of.
fn heads_of(cx: &Context<'_>, v: TokenId, object: TokenId) -> Vec<TokenId> {
    let d = cx.document;
    let mut out = parties(cx, object);
    let of = |c: &TokenId| {
        d.children_in(*c, &["case"])
            .any(|p| matches!(d.token(p).lemma.as_str(), "of" | "in"))
    };
    let sum = |o: &TokenId| {
        d.token(*o).upos == Upos::Sym || d.child(*o, &["nummod"]).is_some() && is_sum(cx, *o)
    };
    let bundles =
        |o: &TokenId| BUNDLES.contains(&d.token(*o).lemma.as_str()) || is_sum(cx, *o) || sum(o);
    let mut inner: Vec<TokenId> = Vec::new();
    for o in out.iter().filter(|o| bundles(o)) {
        inner.extend(d.children_in(*o, &["nmod"]).filter(of));
        let deeper: Vec<TokenId> = inner.iter().copied().filter(bundles).collect();
        inner.extend(
            deeper
                .iter()
                .flat_map(|o| d.children_in(*o, &["nmod"]))
                .filter(of),
        );
        if is_sum(cx, *o) || d.token(*o).upos == Upos::Sym {
            inner.extend(d.children_in(v, &["obl"]).filter(of));
        }
    }
    let compounds: Vec<TokenId> = out
        .iter()
        .flat_map(|o| d.children_in(*o, &["compound", "nummod"]))
        .filter(|c| {
            let part = d.token(*c).head.is_some_and(|h| bundles(&h));
            part || d.token(*c).lemma == "hunger" || is_sum(cx, *c)
        })
        .collect();
    out.extend(inner);
    out.extend(compounds);
    out
}

fn is_sum(cx: &Context<'_>, t: TokenId) -> bool {
    matches!(
        cx.document.token(t).lemma.as_str(),
        "million" | "billion" | "trillion" | "hundred" | "thousand"
    ) || cx.document.form(t).ends_with(['$', '€', '£'])
}

/// "vowed to retaliate".
fn promises_harm(cx: &Context<'_>, v: TokenId) -> bool {
    const WORDS: [&str; 9] = [
        "retaliation",
        "revenge",
        "respond",
        "punish",
        "avenge",
        "crush",
        "response",
        "reprisal",
        "defeat",
    ];
    let d = cx.document;
    d.children_in(v, &["xcomp", "ccomp", "obj", "advcl"])
        .any(|c| {
            let token = d.token(c);
            let harmful = lexicon::verbs_of(&token.lemma, d.form(c))
                .iter()
                .any(|f| HOSTILE.contains(&f.kind.as_str()) && !f.wants_object());
            token.upos == Upos::Verb && harmful || WORDS.contains(&token.lemma.as_str())
        })
}

/// The smallest range that covers both.
pub(super) fn cover(a: TokenRange, b: TokenRange) -> TokenRange {
    TokenRange::new(a.start.0.min(b.start.0), a.end.0.max(b.end.0))
}
