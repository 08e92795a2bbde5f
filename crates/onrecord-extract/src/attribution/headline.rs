//! Attributions in headlines: "Lund: the port will close", "Report: port to close", "Lund denies
//! port will close".
//!
//! Headlines drop articles and auxiliaries, and trees of them are often wrong; their order of
//! words is not.
//!
//! Left out: headlines whose speaker is neither an entity of the report nor a bare "report",
//! "sources" or "officials" before a colon.

use onrecord_lexicon::cues::{self, Frame};
use onrecord_model::{SegmentLabel, TokenId, TokenRange, Upos};

use super::draft::Draft;
use crate::{Context, entities::Entities};

/// Every attribution that the order of a headline's words shows.
pub(super) fn find(cx: &Context<'_>, entities: &Entities) -> Vec<Draft> {
    let headlines = cx
        .document
        .sentences()
        .iter()
        .filter(|s| s.segment == SegmentLabel::Headline);
    headlines
        .filter_map(|s| colon(cx, entities, s.tokens).or_else(|| verb(cx, entities, s.tokens)))
        .collect()
}

/// The head of a short phrase that names an entity.
fn speaker(cx: &Context<'_>, entities: &Entities, r: TokenRange) -> Option<TokenId> {
    let d = cx.document;
    let short = !r.is_empty() && r.len() <= 6 && !cx.has_verb(r);
    let last = r.iter().rev().find(|t| d.token(*t).upos == Upos::Propn)?;
    let named = entities.resolve_phrase(cx, r).is_some() || entities.at_token(cx, last).is_some();
    (short && named).then_some(last)
}

/// A word that stands for a document or for nameless sources.
fn nameless(cx: &Context<'_>, r: TokenRange) -> Option<TokenId> {
    let known = |l: &str| cues::is_document(l) || cues::is_collective(l) || cues::is_unnamed(l);
    let token = cx.document.token(r.start);
    let lemma = token.lemma.to_lowercase();
    (r.len() == 1 && token.upos.is_nominal() && known(&lemma)).then_some(r.start)
}

/// "Lund: the port will close" and "The port will close: Lund".
fn colon(cx: &Context<'_>, entities: &Entities, sentence: TokenRange) -> Option<Draft> {
    let at = sentence.iter().find(|t| cx.document.form(*t) == ":")?;
    let left = TokenRange::new(sentence.start.0, at.0);
    let right = TokenRange::new(at.0 + 1, sentence.end.0);
    let leads = speaker(cx, entities, left).or_else(|| nameless(cx, left));
    let (source, head, content) = match (leads, speaker(cx, entities, right)) {
        (Some(h), _) if cx.has_verb(right) => (left, h, right),
        (_, Some(h)) if cx.has_verb(left) => (right, h, left),
        _ => return None,
    };
    Some(Draft {
        source: Some(source),
        source_head: Some(head),
        cue: TokenRange::one(at),
        cue_head: at,
        content: vec![content],
        addressee: None,
        kind: Some("say"),
        rule: "attribution/headline/colon",
        score: 0.8,
    })
}

/// "Lund denies port will close": a verb of saying in the present right behind the speaker, and a
/// clause behind it.
fn verb(cx: &Context<'_>, entities: &Entities, sentence: TokenRange) -> Option<Draft> {
    let d = cx.document;
    let at = sentence
        .iter()
        .find(|t| matches!(d.token(*t).upos, Upos::Verb | Upos::Aux))?;
    let word = cues::verb(&d.token(at).lemma).filter(|w| w.takes(Frame::That))?;
    let source = TokenRange::new(sentence.start.0, at.0);
    let head = speaker(cx, entities, source)?;
    let content = TokenRange::new(at.0 + 1, sentence.end.0);
    let clause = content
        .iter()
        .any(|t| matches!(d.token(t).xpos.as_str(), "VBZ" | "VBD" | "VBP" | "MD"));
    clause.then(|| Draft {
        source: Some(source),
        source_head: Some(head),
        cue: TokenRange::one(at),
        cue_head: at,
        content: vec![content],
        addressee: None,
        kind: Some(word.kind.as_str()),
        rule: "attribution/headline/verb",
        score: 0.7,
    })
}
