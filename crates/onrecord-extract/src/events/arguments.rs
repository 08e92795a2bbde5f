//! Who stands where around a predicate: subject, object, phrases; and which entities they are.
//!
//! Subjects are found through control, conjunction, relative pronouns and participles: in
//! "Lund flew to Oslo to meet the king, praising him", Lund flies, meets and praises.

use onrecord_lexicon::Countries;
use onrecord_model::{EntityId, EntityKind, TokenId, Upos};

use super::party::Party;
use crate::{Context, blame, entities::Entities};

/// Verbs whose object does what their infinitive says.
const OBJECT_CONTROL: [&str; 24] = [
    "urge",
    "ask",
    "order",
    "force",
    "allow",
    "tell",
    "persuade",
    "press",
    "help",
    "let",
    "make",
    "cause",
    "instruct",
    "invite",
    "permit",
    "enable",
    "compel",
    "convince",
    "lead",
    "require",
    "command",
    "direct",
    "push",
    "encourage",
];

/// Whether a verb is passive here, or a participle that reads as one ("sanctions imposed by").
pub(super) fn is_passive(cx: &Context<'_>, v: TokenId) -> bool {
    let d = cx.document;
    if is_state(cx, v) {
        return false;
    }
    let marked = d.children(v).iter().any(|c| {
        matches!(
            d.token(*c).relation.as_str(),
            "nsubj:pass" | "aux:pass" | "csubj:pass"
        )
    });
    let token = d.token(v);
    let bare = token.xpos == "VBN"
        && token.relation.is(&["acl", "advcl"])
        && token.relation.as_str() != "acl:relcl"
        && d.child(v, &["aux", "nsubj"]).is_none();
    marked || bare
}

/// "is opposed to", "is committed to": a participle whose subject holds it.
fn is_state(cx: &Context<'_>, v: TokenId) -> bool {
    let d = cx.document;
    let holds = matches!(
        d.token(v).lemma.as_str(),
        "oppose" | "commit" | "opposed" | "committed"
    );
    let to = || {
        let mut below = d.children_in(v, &["obl", "advcl", "xcomp", "ccomp"]);
        below.any(|c| {
            let mut marks = d.children_in(c, &["case", "mark"]);
            marks.any(|m| d.token(m).lemma == "to")
        })
    };
    holds && d.token(v).xpos == "VBN" && to()
}

/// The heads of those who do what a verb says.
pub(super) fn subjects(cx: &Context<'_>, v: TokenId) -> Vec<TokenId> {
    subject(cx, v, 8).map_or_else(Vec::new, |s| parties(cx, s))
}

fn subject(cx: &Context<'_>, v: TokenId, depth: u8) -> Option<TokenId> {
    let d = cx.document;
    if is_passive(cx, v) {
        return phrase(cx, v, "by");
    }
    if let Some(s) = d
        .child(v, &["nsubj"])
        .filter(|s| d.token(*s).relation.as_str() != "nsubj:pass" || is_state(cx, v))
    {
        // "The farmers said they would march": they are the farmers.
        let they = d.token(s).lemma == "they" && d.token(v).relation.is(&["ccomp"]);
        let speaker = d.token(v).head.filter(|_| they && depth > 0);
        let named = speaker.and_then(|h| subject(cx, h, depth - 1));
        return Some(named.unwrap_or_else(|| antecedent(cx, v, s)));
    }
    if let Some(blame) = blame::of(cx, v) {
        return Some(blame.doer);
    }
    let head = d.token(v).head.filter(|_| depth > 0)?;
    let above = |v| above(cx, v, depth - 1);
    match d.token(v).relation.as_str() {
        "conj" if d.token(head).upos != Upos::Noun => above(head),
        "xcomp" => {
            let control = OBJECT_CONTROL.contains(&d.token(head).lemma.as_str());
            let object = d.child(head, &["obj", "iobj"]).filter(|_| control);
            object.or_else(|| above(head))
        }
        "ccomp"
            if d.child(v, &["mark"])
                .is_none_or(|m| d.token(m).lemma == "to") =>
        {
            above(head)
        }
        "acl:relcl" => Some(head),
        "acl" if d.child(v, &["mark"]).is_some() => controller(cx, head, depth - 1),
        // "spent the week in Oslo meeting lenders": a place in a phrase does not meet.
        "acl"
            if d.token(head).relation.is(&["obl", "nmod"]) && d.token(head).upos == Upos::Propn =>
        {
            d.ancestors(head)
                .find(|t| d.token(*t).upos == Upos::Verb)
                .and_then(above)
        }
        // "issued a declaration demanding": whoever issued it demands.
        "acl" if d.token(head).upos == Upos::Noun && !is_party(cx, head) => {
            controller(cx, head, depth - 1).or(Some(head))
        }
        "acl" => Some(head),
        "advcl" | "dep" | "parataxis" if loose(cx, v) => above(head),
        _ => None,
    }
}

/// A participle or infinitive that borrows its subject.
fn loose(cx: &Context<'_>, v: TokenId) -> bool {
    let d = cx.document;
    matches!(d.token(v).xpos.as_str(), "VBG" | "VBN" | "VB")
        || d.form(v).ends_with("ing")
        || d.child(v, &["mark"])
            .is_some_and(|m| d.token(m).lemma == "to")
}

/// The subject of a governing clause, active or passive.
fn above(cx: &Context<'_>, v: TokenId, depth: u8) -> Option<TokenId> {
    let d = cx.document;
    if let Some(s) = d.child(v, &["nsubj:pass"]) {
        return Some(antecedent(cx, v, s));
    }
    match d.token(v).upos {
        Upos::Noun => controller(cx, v, depth),
        _ => subject(cx, v, depth),
    }
}

/// Who acts by a noun: its possessor, else the subject of the verb it is the object of.
fn controller(cx: &Context<'_>, noun: TokenId, depth: u8) -> Option<TokenId> {
    let d = cx.document;
    let own = d
        .child(noun, &["nmod:poss"])
        .or_else(|| phrase(cx, noun, "by"));
    own.or_else(|| {
        let verb = d.token(noun).head.filter(|_| depth > 0)?;
        let object = d.token(noun).relation.is(&["obj", "obl", "nsubj:pass"]);
        match d.token(noun).relation.as_str() {
            "conj" | "nmod" | "compound" => controller(cx, verb, depth - 1),
            _ if object && d.token(verb).upos == Upos::Verb => subject(cx, verb, depth - 1),
            _ => None,
        }
    })
}

/// The noun a relative pronoun stands for, else the token itself.
fn antecedent(cx: &Context<'_>, v: TokenId, s: TokenId) -> TokenId {
    let d = cx.document;
    if !matches!(d.token(s).lemma.as_str(), "who" | "which" | "that" | "whom") {
        return s;
    }
    d.ancestors(v)
        .find(|t| d.token(*t).relation.as_str() == "acl:relcl")
        .and_then(|t| d.token(t).head)
        .unwrap_or(s)
}

/// The object of a verb: of a passive, its subject; of a participle on a noun, the noun.
pub(super) fn object(cx: &Context<'_>, v: TokenId) -> Option<TokenId> {
    let d = cx.document;
    if is_passive(cx, v) {
        let s = d.child(v, &["nsubj:pass"]).map(|s| antecedent(cx, v, s));
        let head = d.token(v).head.filter(|h| d.token(*h).upos.is_nominal());
        let above = d
            .token(v)
            .head
            .filter(|_| d.token(v).relation.is(&["conj"]));
        return s
            .or(head.filter(|_| d.token(v).relation.is(&["acl"])))
            .or_else(|| above.and_then(|h| d.child(h, &["nsubj:pass"])));
    }
    let own = d.child(v, &["obj"]);
    own.map(|o| antecedent(cx, v, o)).or_else(|| {
        let relative = d.token(v).relation.as_str() == "acl:relcl"
            && d.child(v, &["nsubj"])
                .is_some_and(|s| !matches!(d.token(s).lemma.as_str(), "who" | "which" | "that"));
        d.token(v).head.filter(|_| relative)
    })
}

/// The phrase under a verb or noun that a preposition leads.
pub(super) fn phrase(cx: &Context<'_>, head: TokenId, preposition: &str) -> Option<TokenId> {
    let d = cx.document;
    d.children_in(head, &["obl", "nmod", "obj", "xcomp", "advmod"])
        .find(|o| {
            d.children_in(*o, &["case"])
                .any(|c| d.token(c).lemma == preposition)
                || preposition == "by" && d.token(*o).relation.as_str() == "obl:agent"
        })
}

/// A nominal and the nominals joined to it.
pub(super) fn parties(cx: &Context<'_>, head: TokenId) -> Vec<TokenId> {
    let d = cx.document;
    let mut out = vec![head];
    out.extend(
        d.children_in(head, &["conj"])
            .filter(|c| d.token(*c).upos.is_nominal()),
    );
    out
}

/// The parties that nominals name. Each stands for its own entity, else for the one its possessor,
/// compound or adjective names ("60 Danish diplomats", "Norway's calls"); a common noun of politics
/// or a people is a party without one ("rebels", "Danes").
pub(super) fn entities(cx: &Context<'_>, all: &Entities, heads: &[TokenId]) -> Vec<Party> {
    let mut out: Vec<Party> = Vec::new();
    let able = |id: &EntityId| all.get(*id).is_some_and(|e| takes_part(e.kind));
    for head in heads {
        let own = || {
            let id = all.at_token(cx, *head).filter(able)?;
            Some(Party::of(*head, id))
        };
        let party = if is_party(cx, *head) {
            own().or_else(|| Some(group(cx, all, *head)))
        } else {
            own()
                .or_else(|| from_whom(cx, all, *head))
                .or_else(|| inside(cx, all, *head, 2))
                .or_else(|| owner(cx, all, *head))
                .or_else(|| nation(cx, *head))
        };
        // "aid for Norway and Peru": what is joined to the one found.
        let joined = party
            .filter(|p| p.head != *head)
            .map_or_else(Vec::new, |p| parties(cx, p.head));
        let others = joined.into_iter().skip(1).filter_map(|t| {
            let id = all.at_token(cx, t).filter(able)?;
            Some(Party::of(t, id))
        });
        for party in party.into_iter().chain(others) {
            if !out.contains(&party) {
                out.push(party);
            }
        }
    }
    out
}

/// Laws, events and works do not act and are not met.
pub(crate) const fn takes_part(kind: EntityKind) -> bool {
    use EntityKind::{Event, Law, Product, Work};
    !matches!(kind, Law | Event | Work | Product)
}

/// People by what they are: "60 Danish diplomats", and the entity they stand for. Danish extremists
/// do not stand for Denmark.
pub(crate) fn group(cx: &Context<'_>, all: &Entities, head: TokenId) -> Party {
    let private = onrecord_lexicon::events::is_private(&cx.document.token(head).lemma);
    let stands = |id: &EntityId| {
        let state = all.get(*id).is_some_and(|e| e.kind == EntityKind::State);
        !(private && state)
    };
    let id = inside(cx, all, head, 2).and_then(|p| p.id).filter(stands);
    Party { head, id }
}

/// "an offer from Norway", "the killing of guards by Danish forces": who is behind a thing.
fn from_whom(cx: &Context<'_>, all: &Entities, thing: TokenId) -> Option<Party> {
    // "crimes committed by rebels"
    let done = cx.document.children_in(thing, &["acl"]);
    let agents = done.filter_map(|v| phrase(cx, v, "by"));
    let named = ["by", "from"]
        .into_iter()
        .filter_map(|p| phrase(cx, thing, p));
    named.chain(agents).find_map(|t| {
        let own = all.at_token(cx, t).map(|id| Party::of(t, id));
        let people = || is_party(cx, t).then(|| group(cx, all, t));
        own.or_else(people).or_else(|| inside(cx, all, t, 1))
    })
}

/// "a camp for Congolese refugees", "scores of guards": the people a thing is of.
fn owner(cx: &Context<'_>, all: &Entities, thing: TokenId) -> Option<Party> {
    let mut of = ["of", "for"].iter().filter_map(|p| phrase(cx, thing, p));
    let people = of.find(|t| is_party(cx, *t))?;
    Some(group(cx, all, people))
}

/// "an Indian proposal", "the Indian president's office": a nation that the report speaks of by its
/// adjective alone.
fn nation(cx: &Context<'_>, thing: TokenId) -> Option<Party> {
    let d = cx.document;
    let adjective =
        |c: &TokenId| Countries::shipped().by_adjective(d.form(*c)).is_some() && !is_backed(cx, *c);
    let owner = d.child(thing, &["nmod:poss"]);
    let head = [Some(thing), owner].into_iter().flatten().find_map(|t| {
        let mut words = d.children_in(t, &["amod", "compound"]);
        words.find(adjective)
    })?;
    Some(Party { head, id: None })
}

/// Whether a common noun names somebody of politics: "ministers", "rebels".
pub(crate) fn is_party(cx: &Context<'_>, head: TokenId) -> bool {
    let d = cx.document;
    let people = || {
        d.form(head).starts_with(char::is_uppercase)
            && Countries::shipped().by_people(d.form(head)).is_some()
    };
    onrecord_lexicon::events::is_party(&d.token(head).lemma) || people()
}

/// "Danish-backed", "U.S.-supplied": who backs does not act; who leads does.
pub(super) fn is_backed(cx: &Context<'_>, t: TokenId) -> bool {
    let token = cx.document.token(t);
    let form = cx.document.form(t);
    token.relation.is(&["amod"]) && form.ends_with("ed") && form != "led" && !form.ends_with("-led")
}

/// The entity that a word close to a noun names, and that word.
pub(super) fn inside(cx: &Context<'_>, all: &Entities, head: TokenId, depth: u8) -> Option<Party> {
    let d = cx.document;
    let order = [
        "flat",
        "nmod:desc",
        "appos",
        "compound",
        "nmod:poss",
        "amod",
        "nmod",
    ];
    order.iter().find_map(|relation| {
        let children = d.children(head).iter().copied();
        children
            .filter(|c| d.token(*c).relation.as_str() == *relation && !is_backed(cx, *c))
            .find_map(|c| {
                let own = all.at_token(cx, c).map(|id| Party::of(c, id));
                own.or_else(|| (depth > 0).then(|| inside(cx, all, c, depth - 1)).flatten())
            })
    })
}
