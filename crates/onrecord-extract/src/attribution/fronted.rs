//! A saying that closes its sentence behind an apposition: "A second ferry will sail on Friday, Tom Beck,
//! the harbour master, told reporters." A tree often takes the name for part of what is said.
//!
//! Left out: sources that are no named person, and sentences in which another cue was found.

use onrecord_lexicon::cues::{self, Frame};
use onrecord_model::{EntityKind, SegmentLabel, TokenId, TokenRange, Upos};

use super::clause;
use super::draft::Draft;
use super::quotes::{self, Quote};
use crate::{Context, entities::Entities};

/// Most words of an apposition.
const APPOSITION: u32 = 12;

/// Such sayings in sentences without a draft.
pub(super) fn find(
    cx: &Context<'_>,
    entities: &Entities,
    quotes: &[Quote],
    drafts: &[Draft],
) -> Vec<Draft> {
    let sentences = cx.document.sentences().iter();
    sentences
        .filter(|s| s.segment == SegmentLabel::Body)
        .map(|s| s.tokens)
        .filter(|s| {
            !drafts
                .iter()
                .any(|d| s.has(d.cue_head) && !d.content.is_empty())
        })
        .filter(|s| !s.iter().any(|t| quotes::around(quotes, t).is_some()))
        .filter_map(|s| fronted(cx, entities, s))
        .collect()
}

fn fronted(cx: &Context<'_>, entities: &Entities, sentence: TokenRange) -> Option<Draft> {
    let d = cx.document;
    let finite = |t: &TokenId| matches!(d.token(*t).xpos.as_str(), "VBZ" | "VBD" | "VBP" | "MD");
    let cue = sentence.iter().rev().find(finite)?;
    let says = cues::verb(&d.token(cue).lemma).is_some_and(|w| w.takes(Frame::Quote));
    let comma = |t: &TokenId| d.form(*t) == ",";
    let before = |t: TokenId| TokenRange::new(sentence.start.0, t.0);
    // With an apposition two commas stand between name and cue.
    let mut name_end = cue;
    let closing = before(cue).iter().next_back().filter(comma);
    if let Some(closing) = closing {
        let opening = before(closing).iter().rev().find(comma)?;
        let apposition = TokenRange::new(opening.0 + 1, closing.0);
        if apposition.is_empty()
            || closing.0 - opening.0 > APPOSITION
            || apposition.iter().any(|t| finite(&t))
        {
            return None;
        }
        name_end = opening;
    }
    let parting = before(name_end).iter().rev().find(comma)?;
    let name = TokenRange::new(parting.0 + 1, name_end.0);
    let content = before(parting);
    let head = name.iter().next_back()?;
    let person = entities
        .at_token(cx, head)
        .and_then(|id| entities.get(id))
        .is_some_and(|e| e.kind == EntityKind::Person);
    let plain = |t: TokenId| matches!(d.token(t).upos, Upos::Propn | Upos::Noun | Upos::Adj);
    let clause = content.iter().any(|t| finite(&t)) && content.len() > 3;
    let opens = d.token(content.start).upos != Upos::Sconj;
    (says && person && clause && opens && name.iter().all(plain)).then(|| Draft {
        source: Some(TokenRange::new(
            name.start.0,
            closing.map_or(name_end.0, |c| c.0),
        )),
        source_head: Some(head),
        cue: clause::cue_span(cx, cue),
        cue_head: cue,
        content: vec![content],
        addressee: None,
        kind: cues::kind(&d.token(cue).lemma),
        rule: "attribution/fronted",
        score: 0.6,
    })
}
