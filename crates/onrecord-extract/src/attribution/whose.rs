//! Whose word it is, where the words nearest to the cue are not the source's.
//!
//! "The court rejected the order declaring that ...": the order declares. "After talks with his
//! counterpart, Li Wen, China agreed ...": China agrees. "Lund was quoted calling the plan a mistake":
//! Lund calls it so.
//!
//! Left out: who a pronoun or a nominal stands for (`entities`).

use onrecord_lexicon::cues;
use onrecord_model::{TokenId, TokenRange, Upos};

use super::clause;
use super::draft::{Draft, without};
use crate::Context;

/// Gives a draft the source that the order of its words shows.
pub(super) fn settle(cx: &Context<'_>, draft: &mut Draft) {
    document(cx, draft);
    behind_apposition(cx, draft);
    quoted(cx, draft);
}

/// "the order declaring that ...": a participle right behind a noun for something that is read has
/// that noun for its subject, and is the cue.
fn document(cx: &Context<'_>, draft: &mut Draft) {
    let d = cx.document;
    let v = draft.cue.end.offset(-1);
    let sentence = d.sentence_of(v).tokens;
    if v <= sentence.start || !clause::is_participle(cx, v) {
        return;
    }
    let noun = v.offset(-1);
    let token = d.token(noun);
    let reads = token.upos == Upos::Noun && cues::is_document(&token.lemma);
    let apart = draft.content.iter().all(|p| p.start > v);
    if !reads || !apart || is_own(cx, noun) || draft.source.is_some_and(|s| s.has(noun)) {
        return;
    }
    let before = TokenRange::new(sentence.start.0, noun.0);
    let phrase = |t: &TokenId| {
        matches!(
            d.token(*t).upos,
            Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Part | Upos::Num
        ) || d.form(*t) == "-"
    };
    let start = before
        .iter()
        .rev()
        .take_while(phrase)
        .last()
        .unwrap_or(noun);
    if draft.cue.len() > 1 {
        draft.kind = cues::kind(&d.token(v).lemma);
    }
    draft.cue = TokenRange::one(v);
    draft.cue_head = v;
    draft.source = Some(TokenRange::new(start.0, v.0));
    draft.source_head = Some(noun);
}

/// "issued a statement saying", "said in a letter saying": whoever issues it speaks by it.
fn is_own(cx: &Context<'_>, noun: TokenId) -> bool {
    let d = cx.document;
    let led = d.children_in(noun, &["case"]).next().is_some();
    let issues = |v: TokenId| {
        matches!(
            d.token(v).lemma.as_str(),
            "issue"
                | "release"
                | "send"
                | "write"
                | "publish"
                | "post"
                | "sign"
                | "make"
                | "give"
                | "deliver"
                | "read"
                | "file"
                | "submit"
                | "share"
                | "circulate"
                | "pass"
                | "adopt"
                | "approve"
                | "tweet"
                | "have"
                | "put"
        )
    };
    led || d.token(noun).head.is_some_and(issues)
}

/// Whether the content of a draft is what a document between its cue and its content says: "ignored the
/// report warning that ...".
pub(super) fn is_documents(cx: &Context<'_>, all: &[Draft], draft: &Draft) -> bool {
    let Some(first) = draft.content.first() else {
        return false;
    };
    let gap = TokenRange::new(draft.cue.end.0, first.start.0.max(draft.cue.end.0));
    all.iter().any(|o| {
        o.cue_head != draft.cue_head
            && gap.has(o.cue_head)
            && clause::is_participle(cx, o.cue_head)
            && o.source.is_some_and(|s| gap.contains(s))
            && o.content.first().is_some_and(|p| p.start == first.start)
    })
}

/// "..., his counterpart, Li Wen, China agreed": an apposition is closed by a comma, and the subject
/// stands behind it.
fn behind_apposition(cx: &Context<'_>, draft: &mut Draft) {
    let d = cx.document;
    let Some(words) = draft.source.filter(|s| s.end == draft.cue.start) else {
        return;
    };
    let sentence = d.sentence_of(words.start).tokens;
    let inside = |t: &TokenId| d.form(*t) == ",";
    let (Some(comma), true) = (
        words.iter().rev().find(inside),
        words.start > sentence.start,
    ) else {
        return;
    };
    let opened = d.form(words.start.offset(-1)) == ",";
    let joined = words.iter().any(|t| d.token(t).upos == Upos::Cconj);
    let rest = TokenRange::new(comma.0 + 1, words.end.0);
    let first = TokenRange::new(words.start.0, comma.0);
    let name = |r: TokenRange| r.iter().all(|t| d.token(t).upos == Upos::Propn);
    if opened && !joined && name(first) && !rest.is_empty() && name(rest) {
        draft.source = Some(rest);
        draft.source_head = Some(d.head_of(rest));
    }
}

/// "Lund was quoted as saying", "was quoted calling": the one who is quoted says it.
fn quoted(cx: &Context<'_>, draft: &mut Draft) {
    let d = cx.document;
    let quotes = |t: &TokenId| {
        matches!(
            d.token(*t).lemma.as_str(),
            "quote" | "cite" | "hear" | "overhear" | "record"
        ) && d.token(*t).xpos == "VBN"
    };
    let Some(verb) = draft.cue.iter().find(quotes) else {
        return;
    };
    let says = draft
        .cue
        .iter()
        .any(|t| t > verb && clause::is_participle(cx, t));
    let Some(subject) =
        clause::passive_subject(cx, verb).filter(|_| says && draft.source.is_none())
    else {
        return;
    };
    let words = clause::phrase(cx, subject, draft.cue);
    draft.source = Some(words);
    draft.source_head = Some(subject);
    let pieces = std::mem::take(&mut draft.content).into_iter();
    let pieces = pieces.flat_map(|p| without(p, words));
    draft.content = pieces.filter(|p| p.start >= draft.cue.end).collect();
}
