//! A second saying at the end of a sentence, on whose word the first stands: in "Lund said costs could
//! rise, said a source close to the talks" the source tells what Lund said.
//!
//! Left out: a first saying that is direct speech, where the end is a cue of the same speaker.

use onrecord_lexicon::cues::{self, Frame};
use onrecord_model::{TokenId, TokenRange, Upos};

use super::clause;
use super::draft::Draft;
use super::quotes::{self, Quote};
use crate::Context;

/// Most words of source, cue and what they say of time and place.
const LONGEST: usize = 16;

/// The outer sayings that no draft has yet.
pub(super) fn find(cx: &Context<'_>, quotes: &[Quote], drafts: &[Draft]) -> Vec<Draft> {
    let d = cx.document;
    let sentences = d.sentences().iter().map(|s| s.tokens);
    sentences
        .filter_map(|s| outer(cx, quotes, drafts, s))
        .collect()
}

fn outer(
    cx: &Context<'_>,
    quotes: &[Quote],
    drafts: &[Draft],
    sentence: TokenRange,
) -> Option<Draft> {
    let d = cx.document;
    let comma = sentence
        .iter()
        .rev()
        .find(|t| d.form(*t) == "," && quotes::around(quotes, *t).is_none())?;
    let end = sentence
        .iter()
        .rev()
        .find(|t| d.token(*t).upos != Upos::Punct)?;
    let tail = TokenRange::new(comma.0 + 1, end.0 + 1);
    let (source, cue) = parts(cx, tail)?;
    let told = TokenRange::new(sentence.start.0, comma.0);
    let inner = drafts.iter().find(|o| {
        told.has(o.cue_head)
            && o.source.is_some_and(|s| told.contains(s))
            && o.content.iter().all(|p| told.contains(*p))
            && (o.content.first()).is_some_and(|p| p.start >= o.cue.end)
            && speaks(cx, o.cue_head)
    })?;
    let free = !drafts
        .iter()
        .any(|o| tail.has(o.cue_head) && o.content.iter().any(|p| p.has(inner.cue_head)));
    let spoken = told
        .iter()
        .any(|t| quotes::around(quotes, t).is_some_and(|q| q.speech));
    (free && !spoken).then(|| Draft {
        source: Some(source),
        source_head: Some(d.head_of(source)),
        cue: TokenRange::one(cue),
        cue_head: cue,
        content: vec![told],
        addressee: None,
        kind: cues::kind(&d.token(cue).lemma),
        rule: "attribution/outer",
        score: 0.7,
    })
}

/// "said a source close to the talks", "the paper reported on Saturday": source and cue.
fn parts(cx: &Context<'_>, tail: TokenRange) -> Option<(TokenRange, TokenId)> {
    let d = cx.document;
    let finite = |t: &TokenId| {
        matches!(
            d.token(*t).xpos.as_str(),
            "VBZ" | "VBD" | "VBP" | "MD" | "VBN"
        )
    };
    let cue = tail.iter().find(finite).filter(|t| speaks(cx, *t))?;
    let rest = TokenRange::new(cue.0 + 1, tail.end.0);
    if tail.len() > LONGEST || rest.iter().any(|t| finite(&t)) {
        return None;
    }
    let before = TokenRange::new(tail.start.0, cue.0);
    let first = d.token(tail.start).upos;
    if before.is_empty() {
        let source = clause::phrase(cx, subject(cx, rest)?, TokenRange::one(cue));
        return (source.start == rest.start).then_some((source, cue));
    }
    let phrase = matches!(
        first,
        Upos::Det | Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj | Upos::Num
    );
    let who = !matches!(d.form(tail.start), "which" | "who" | "that" | "whose");
    (phrase && who).then_some((before, cue))
}

/// The noun that heads the words behind "said".
fn subject(cx: &Context<'_>, rest: TokenRange) -> Option<TokenId> {
    let d = cx.document;
    let head = d.head_of(rest);
    let first = rest.iter().find(|t| d.token(*t).upos.is_nominal())?;
    Some(if d.token(head).upos.is_nominal() {
        head
    } else {
        first
    })
}

fn speaks(cx: &Context<'_>, t: TokenId) -> bool {
    cues::verb(&cx.document.token(t).lemma).is_some_and(|w| w.takes(Frame::Quote))
}
