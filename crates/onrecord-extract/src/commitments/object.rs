//! What is promised: from the phrase a frame governs to the thing or the act it comes down to,
//! and the words that name it.
//!
//! "plans to tax imports" comes down to the act "tax imports"; "the delivery of nine cranes" and
//! "a batch of nine cranes" to "nine cranes". Times, conditions, recipients and the larger
//! whole are left out of the words: they have fields of their own.

use onrecord_lexicon::commitments::{self as words, List};
use onrecord_model::{TokenId, TokenRange, Upos};

use super::tree::{antecedent, is, lemma, marker};
use crate::Context;

/// What a frame's object comes down to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Object {
    /// The head of the phrase as the frame governs it.
    pub(super) top: TokenId,
    /// The verb of the act, when it is a clause.
    pub(super) act: Option<TokenId>,
    /// The noun it comes down to.
    pub(super) thing: Option<TokenId>,
    /// Light heads on the way: "package", "$1.3 billion".
    pub(super) heads: Vec<TokenId>,
    /// The token whose phrase names it.
    pub(super) anchor: TokenId,
}

/// A thing: follows light heads down.
pub(super) fn thing(cx: &Context<'_>, top: TokenId) -> Object {
    let d = cx.document;
    let top = antecedent(cx, top);
    let (mut at, mut anchor, mut heads) = (top, top, Vec::new());
    for _ in 0..4 {
        let money = is_measure(cx, at);
        if !money && !words::on(List::Light, lemma(cx, at)) {
            break;
        }
        let clause = super::tree::following_clause(cx, at).filter(|_| !money);
        if let Some(v) = clause {
            heads.push(at);
            let inner = act(cx, v);
            return Object {
                top,
                heads: [heads, inner.heads].concat(),
                ..inner
            };
        }
        let Some(down) = inside(cx, at, money) else {
            break;
        };
        // "its promise to Chad": whom it is made to is not what is promised.
        if is_promise(cx, at) && d.token(down).upos == Upos::Propn {
            break;
        }
        heads.push(at);
        if d.token(down).upos == Upos::Verb {
            let inner = act(cx, down);
            return Object {
                top,
                heads: [heads, inner.heads].concat(),
                ..inner
            };
        }
        // The amount is part of the words; an empty head is not.
        let keeps = money || is(cx, down, &["compound"]);
        anchor = if keeps && anchor == at { anchor } else { down };
        at = down;
    }
    Object {
        top,
        act: None,
        thing: Some(at),
        heads,
        anchor,
    }
}

/// An act: the verb, and the thing it is done to.
pub(super) fn act(cx: &Context<'_>, v: TokenId) -> Object {
    let d = cx.document;
    let v = d
        .child(v, &["xcomp"])
        .filter(|_| {
            matches!(
                lemma(cx, v),
                "begin" | "start" | "continue" | "help" | "try" | "go" | "seek"
            )
        })
        .unwrap_or(v);
    let passive = if super::tree::is_passive(cx, v) {
        d.child(v, &["nsubj"])
    } else {
        None
    };
    let inner = d
        .child(v, &["obj"])
        .or(passive)
        .or_else(|| {
            d.children_in(v, &["obl"]).find(|c| {
                matches!(
                    marker(cx, *c).as_str(),
                    "on" | "for" | "in" | "from" | "with"
                )
            })
        })
        .map(|o| thing(cx, o));
    let (found, heads) = inner.map_or((None, Vec::new()), |o| (o.thing, o.heads));
    Object {
        top: v,
        act: Some(v),
        thing: found,
        heads,
        anchor: v,
    }
}

/// Whether a noun promises whatever follows: "pledge", "commitment".
pub(super) fn is_promise(cx: &Context<'_>, t: TokenId) -> bool {
    words::nouns(lemma(cx, t)).iter().any(|f| f.any)
}

/// Whether a head is an amount: "$5 million", "200 million euros", "25 tonnes".
pub(super) fn is_measure(cx: &Context<'_>, t: TokenId) -> bool {
    let d = cx.document;
    matches!(d.token(t).upos, Upos::Sym | Upos::Num)
        || d.form(t).ends_with(['$', '€', '£', '¥'])
        || matches!(
            lemma(cx, t),
            "million"
                | "billion"
                | "trillion"
                | "euro"
                | "dollar"
                | "pound"
                | "yen"
                | "tonne"
                | "ton"
                | "worth"
                | "%"
                | "percent"
        )
}

/// One step down from a light head.
fn inside(cx: &Context<'_>, at: TokenId, money: bool) -> Option<TokenId> {
    let d = cx.document;
    let preps: &[&str] = if money {
        &["in", "of", "worth of", "for"]
    } else {
        &["of", "for", "on", "over", "to", "in", "about"]
    };
    let below = super::tree::following(cx, at, preps);
    // "an aid package", "the fishing rights question"
    let compound = || {
        d.children_in(at, &["compound"])
            .filter(|c| *c < at && words::noun_kind(lemma(cx, *c)).is_some())
            .last()
    };
    if money { below } else { compound().or(below) }
}

/// The words that name an object, without what has a field of its own.
pub(super) fn span(cx: &Context<'_>, object: &Object, out: &[TokenRange]) -> TokenRange {
    let d = cx.document;
    let anchor = object.anchor;
    let clause = object.act == Some(anchor);
    let (mut low, mut high) = (anchor.0, anchor.0);
    let mut todo: Vec<TokenId> = d.children(anchor).to_vec();
    // "$5 million in aid": the thing may hang beside its amount.
    todo.extend(object.thing.filter(|t| *t > anchor));
    while let Some(t) = todo.pop() {
        // Marks round a whole clause are not of the act: “I'll only sign a deal”.
        let round = clause && d.token(t).head == Some(anchor) && t < anchor;
        let mark = d.token(t).upos == Upos::Punct && (round || is_edge(cx, t));
        if mark || leaves(cx, t, anchor, clause) || out.iter().any(|o| o.has(t) && t > anchor) {
            continue;
        }
        low = low.min(t.0);
        high = high.max(t.0);
        todo.extend_from_slice(d.children(t));
    }
    // A gap at the edge of what was left out stays out; one in the middle is covered.
    let start = (low..=high)
        .find(|i| !is_edge(cx, TokenId(*i)))
        .unwrap_or(anchor.0);
    let end = (start..=high)
        .rev()
        .find(|i| d.token(TokenId(*i)).upos != Upos::Punct || closes(cx, TokenId(*i), start))
        .unwrap_or(start);
    // A mark that opens here and closes behind the object is not of its words.
    let close = match d.form(TokenId(start)) {
        "“" => "”",
        "\"" => "\"",
        "(" => ")",
        _ => "",
    };
    let closed = (start + 1..=end).any(|i| d.form(TokenId(i)) == close);
    let start = start + u32::from(!close.is_empty() && !closed && start < end);
    TokenRange::new(start, end + 1)
}

fn is_edge(cx: &Context<'_>, t: TokenId) -> bool {
    cx.document.token(t).upos == Upos::Punct
        && !matches!(cx.document.form(t), "$" | "“" | "\"" | "(")
}

/// Whether a closing mark has its opening one inside.
fn closes(cx: &Context<'_>, t: TokenId, start: u32) -> bool {
    let open: &[&str] = match cx.document.form(t) {
        ")" => &["("],
        "”" => &["“"],
        "\"" => &["\""],
        _ => return false,
    };
    (start..t.0).any(|i| open.contains(&cx.document.form(TokenId(i))))
}

/// Whether a dependent is no part of the words that name the object.
fn leaves(cx: &Context<'_>, t: TokenId, anchor: TokenId, clause: bool) -> bool {
    let d = cx.document;
    let token = d.token(t);
    let direct = token.head == Some(anchor);
    match token.relation.as_str() {
        "acl:relcl" | "parataxis" | "discourse" | "vocative" => true,
        "nsubj" | "nsubj:pass" | "csubj" | "aux" | "aux:pass" | "cop" | "expl" => direct,
        "compound" | "nmod" if direct && t < anchor && token.upos == Upos::Propn => d
            .children_in(anchor, &["nummod", "det"])
            .next()
            .is_some_and(|n| t < n),
        "mark" | "case" => direct && t < anchor,
        "cc" => direct && (clause || d.form(t).eq_ignore_ascii_case("as")),
        "conj" => direct && (clause || has_as_well(cx, t) || token.upos == Upos::Verb),
        "advmod" => direct && clause && t < anchor,
        "appos" => direct && !is_measure(cx, t),
        "advcl" => {
            let mark = marker(cx, t);
            words::on(List::ConditionMark, &mark)
                || matches!(
                    mark.as_str(),
                    "after" | "before" | "as" | "while" | "when" | "because" | "since" | "although"
                )
                || (direct && clause && mark != "to" && t > anchor)
        }
        "acl" => direct && !clause && t > anchor && marker(cx, t).is_empty(),
        "dep" => direct,
        _ => false,
    }
}

fn has_as_well(cx: &Context<'_>, t: TokenId) -> bool {
    cx.document
        .children_in(t, &["cc"])
        .any(|c| cx.document.form(c).eq_ignore_ascii_case("as"))
}

/// Whether two objects come down to the same words.
pub(super) fn same(a: &Object, b: &Object) -> bool {
    a.anchor == b.anchor || (a.act.is_none() && b.act.is_none() && a.thing == b.thing)
}
