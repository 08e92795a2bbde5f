//! Of what kind a commitment is: by the nouns it names, then by the verb that would be done.

use onrecord_lexicon::commitments::{self as words, List};
use onrecord_model::{CommitmentKind, TokenId};

use super::object::Object;
use super::tree::lemma;
use crate::Context;

/// The kind of an object under a status; `None` when nothing in it speaks of a commitment.
pub(super) fn of(cx: &Context<'_>, object: &Object, status: &str) -> Option<CommitmentKind> {
    let verb = object.act.map(|a| lemma(cx, a));
    let thing = object.thing.and_then(|t| noun(cx, t, &object.heads));
    if thing == Some("ceasefire") {
        return CommitmentKind::of("ceasefire");
    }
    let pair = verb.zip(object.thing).and_then(|(v, t)| {
        let head = words::pair_kind(v, lemma(cx, t));
        head.or_else(|| {
            object
                .heads
                .iter()
                .find_map(|h| words::pair_kind(v, lemma(cx, *h)))
        })
    });
    let done = verb.and_then(words::verb_kind);
    let weak = |kind: &&str| matches!(*kind, "policy");
    let name = pair
        .or(done.filter(|k| !weak(k) && thing != Some("sanction")))
        .or(thing.filter(|k| !weak(k)))
        .or(done)
        .or(thing);
    let grants = matches!(status, "authorized" | "withheld") && (name.is_some() || verb.is_some());
    CommitmentKind::of(if grants { "authorization" } else { name? })
}

/// The kind a noun phrase speaks of: its head, what the head stands for, or its modifiers.
fn noun(cx: &Context<'_>, head: TokenId, heads: &[TokenId]) -> Option<&'static str> {
    let d = cx.document;
    let within = |t: TokenId| {
        d.children_in(t, &["compound", "amod", "nmod", "appos"])
            .filter(move |c| *c < t || d.token(*c).relation.base() == "appos")
            .find_map(|c| words::noun_kind(lemma(cx, c)))
    };
    // "a ceasefire agreement", "the truce deal"
    let own = words::noun_kind(lemma(cx, head));
    let modifier = within(head);
    // "an agreement on a ceasefire"
    let on = || {
        let about = |c: &TokenId| matches!(super::tree::marker(cx, *c).as_str(), "on" | "for");
        let mut below = d.children_in(head, &["nmod"]).filter(about);
        own == Some("agreement")
            && below.any(|c| words::noun_kind(lemma(cx, c)) == Some("ceasefire"))
    };
    if modifier == Some("ceasefire") || own == Some("ceasefire") || on() {
        return Some("ceasefire");
    }
    own.filter(|_| !(words::on(List::Light, lemma(cx, head)) && modifier.is_some()))
        .or(modifier)
        .or_else(|| heads.iter().find_map(|h| words::noun_kind(lemma(cx, *h))))
        .or_else(|| {
            d.children_in(head, &["nmod"])
                .filter(|c| super::tree::marker(cx, *c) == "of")
                .find_map(|c| words::noun_kind(lemma(cx, c)))
        })
}
