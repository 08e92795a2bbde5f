//! Attributions without a verb: "according to X", "X's promise to ...".
//!
//! "The port will close, according to the ministry" has the content "The port will close".
//!
//! Left out: nouns whose owner is not said ("fears of a shortage"), which are nobody's words.

use onrecord_lexicon::cues::{self, CueWord, Frame};
use onrecord_model::{TokenId, TokenRange, Upos};

use super::clause;
use super::draft::{Draft, cover, without};
use super::quotes::{self, Quote};
use crate::Context;

/// Every attribution of this kind outside quotations.
pub(super) fn find(cx: &Context<'_>, quotes: &[Quote]) -> Vec<Draft> {
    let d = cx.document;
    let mut out = Vec::new();
    for t in TokenRange::new(0, d.tokens().len() as u32).iter() {
        if quotes::around(quotes, t).is_none() {
            out.extend(sourced(cx, t));
            out.extend(owned(cx, t));
        }
    }
    out
}

/// "according to X".
fn sourced(cx: &Context<'_>, t: TokenId) -> Option<Draft> {
    let d = cx.document;
    let sentence = d.sentence_of(t).tokens;
    let row = cues::sourced().iter().find(|row| {
        row.words.iter().enumerate().all(|(k, w)| {
            let id = t.offset(k as i32);
            sentence.has(id) && d.form(id).eq_ignore_ascii_case(w)
        })
    })?;
    let cue = TokenRange::new(t.0, t.0 + row.words.len() as u32);
    let head = d
        .ancestors(t)
        .find(|a| a.0 >= cue.end.0 && d.token(*a).upos.is_nominal())
        .or_else(|| {
            (cue.end.0..sentence.end.0)
                .map(TokenId)
                .find(|x| d.token(*x).upos.is_nominal())
        })?;
    let source = with_name(cx, clause::phrase(cx, head, cue), sentence);
    let hole = cover(cue, source);
    let clause = d.ancestors(head).skip(1).find(|a| {
        d.token(*a)
            .relation
            .is(&["root", "ccomp", "parataxis", "conj", "advcl"])
            && !hole.has(*a)
    });
    let whole = match clause {
        Some(c) if d.token(c).head.is_some() => d.subtree(c),
        _ => sentence,
    };
    let content = without(whole, hole);
    (!content.is_empty()).then_some(Draft {
        source: Some(source),
        source_head: Some(head),
        cue,
        cue_head: t,
        content,
        addressee: None,
        kind: Some(row.kind.as_str()),
        rule: "attribution/according",
        score: 0.9,
    })
}

/// "the mayor, Petra Lund," when the tree cut the name from its title.
fn with_name(cx: &Context<'_>, source: TokenRange, sentence: TokenRange) -> TokenRange {
    let d = cx.document;
    let title = d.token(TokenId(source.end.0.saturating_sub(1))).upos == Upos::Noun;
    let comma = |t: u32| sentence.has(TokenId(t)) && d.form(TokenId(t)) == ",";
    if !title || !comma(source.end.0) {
        return source;
    }
    let name = TokenRange::new(source.end.0 + 1, sentence.end.0)
        .iter()
        .take_while(|t| d.token(*t).upos == Upos::Propn)
        .last();
    match name {
        Some(last) if comma(last.0 + 1) => TokenRange::new(source.start.0, last.0 + 1),
        _ => source,
    }
}

/// "Lund's promise to reopen the mine", "the ministry's warning that ...".
fn owned(cx: &Context<'_>, n: TokenId) -> Option<Draft> {
    let d = cx.document;
    let token = d.token(n);
    let word = cues::noun(&token.lemma).filter(|_| token.upos == Upos::Noun)?;
    let owner = owner(cx, n)?;
    let content = noun_content(cx, n, word)?;
    let cue = TokenRange::one(n);
    Some(Draft {
        source: Some(possessor(cx, owner, cue)),
        source_head: Some(owner),
        cue,
        cue_head: n,
        content: vec![content],
        addressee: None,
        kind: Some(word.kind.as_str()),
        rule: "attribution/noun",
        score: 0.6,
    })
}

/// Whose word it is: a possessive, "by X", or the subject of the light verb ("made a promise").
fn owner(cx: &Context<'_>, n: TokenId) -> Option<TokenId> {
    let d = cx.document;
    let by = || {
        d.children_in(n, &["nmod"]).find(|c| {
            d.children_in(*c, &["case"])
                .any(|k| matches!(d.token(k).lemma.as_str(), "by" | "from" | "among"))
        })
    };
    let light = || {
        let v = d
            .token(n)
            .head
            .filter(|_| d.token(n).relation.is(&["obj"]))?;
        let light = matches!(
            d.token(v).lemma.as_str(),
            "make"
                | "issue"
                | "give"
                | "release"
                | "repeat"
                | "raise"
                | "voice"
                | "express"
                | "have"
                | "renew"
        );
        match clause::doer(cx, v) {
            clause::Doer::Token(t) if light => Some(t),
            _ => None,
        }
    };
    d.children(n)
        .iter()
        .copied()
        .find(|c| d.token(*c).relation.as_str() == "nmod:poss")
        .or_else(by)
        .or_else(light)
}

/// The owner's words without the possessive mark.
fn possessor(cx: &Context<'_>, owner: TokenId, cue: TokenRange) -> TokenRange {
    let range = clause::phrase(cx, owner, cue);
    let last = TokenId(range.end.0.saturating_sub(1));
    if range.len() > 1 && matches!(cx.document.form(last), "'s" | "’s" | "'" | "’") {
        return TokenRange::new(range.start.0, last.0);
    }
    range
}

fn noun_content(cx: &Context<'_>, n: TokenId, word: &CueWord) -> Option<TokenRange> {
    let d = cx.document;
    let clause = d.children_in(n, &["acl", "ccomp"]).find(|c| {
        c.0 > n.0 && {
            let to = d
                .children_in(*c, &["mark"])
                .any(|m| d.token(m).lemma == "to");
            let that = d
                .children_in(*c, &["mark"])
                .any(|m| d.token(m).lemma == "that");
            to && word.takes(Frame::To) || that && word.takes(Frame::That)
        }
    });
    let phrase = || {
        d.children_in(n, &["nmod"]).find(|c| {
            c.0 > n.0
                && d.children_in(*c, &["case"]).any(|k| {
                    word.prepositions
                        .iter()
                        .any(|p| d.form(k).eq_ignore_ascii_case(p))
                })
        })
    };
    clause.or_else(phrase).map(|c| d.subtree(c))
}
