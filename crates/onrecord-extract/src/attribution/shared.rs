//! Two verbs of saying with one subject, the second of which the tree or the network put into what
//! the first says: "deny they are negotiating and say talks aim at peace" is two statements.
//!
//! Parted where nobody in the first's content could be the second's subject: it has none of its own,
//! stands behind "and" or "but" in the form of the first verb, and the clause before it is of a thing
//! or a pronoun. Left out: "said Dun had left and denied it", where Dun may be meant.

use onrecord_lexicon::cues::{self, Frame};
use onrecord_model::{EntityKind, TokenId, TokenRange, Upos};

use super::clause;
use super::draft::{Draft, without};
use super::quotes::{self, Quote};
use crate::Context;
use crate::entities::Entities;

/// The rule of the second.
pub(super) const SHARED: &str = "attribution/shared";

/// Parts them.
pub(super) fn part(
    cx: &Context<'_>,
    entities: &Entities,
    quotes: &[Quote],
    drafts: &mut Vec<Draft>,
) {
    let firsts: Vec<Draft> = drafts.clone();
    for first in &firsts {
        let sentence = cx.document.sentence_of(first.cue_head).tokens;
        let seconds = || {
            let behind = sentence.iter().filter(|t| *t >= first.cue.end);
            behind.filter(|t| is_second(cx, entities, quotes, first, *t))
        };
        let Some(second) = seconds().next() else {
            continue;
        };
        let cue = clause::cue_span(cx, second);
        for d in drafts.iter_mut().filter(|d| d.cue_head == first.cue_head) {
            // The conjunction is nobody's.
            let rest = TokenRange::new(cue.start.0.saturating_sub(1), sentence.end.0);
            let pieces = std::mem::take(&mut d.content).into_iter();
            d.content = pieces.flat_map(|p| without(p, rest)).collect();
        }
        let own = cx.document.subtree(second).end.0;
        let said = first.content.iter().find(|p| p.has(second));
        let content = TokenRange::new(cue.end.0, said.map_or(own, |p| p.end.0));
        match drafts.iter_mut().find(|d| d.cue_head == second) {
            Some(d) => (d.source, d.source_head) = (first.source, first.source_head),
            None if content.is_empty() => {}
            None => drafts.push(Draft {
                cue,
                cue_head: second,
                content: vec![content],
                addressee: None,
                kind: None,
                rule: SHARED,
                score: first.score.min(0.6),
                ..first.clone()
            }),
        }
    }
}

/// Whether a verb in a content, or joined to a clause of it, is one more of the first verb's subject.
fn is_second(
    cx: &Context<'_>,
    entities: &Entities,
    quotes: &[Quote],
    first: &Draft,
    t: TokenId,
) -> bool {
    let d = cx.document;
    let token = d.token(t);
    let says =
        cues::verb(&token.lemma).is_some_and(|w| w.takes(Frame::That) || w.takes(Frame::Quote));
    let same = tense(cx, t).is_some() && tense(cx, t) == tense(cx, first.cue_head);
    if !says || !same || first.source.is_none() {
        return false;
    }
    let own = d.child(t, &["nsubj", "nsubj:pass", "expl"]).is_some();
    let cue = clause::cue_span(cx, t);
    let joined = cue.start.0 > first.cue.end.0
        && matches!(
            d.form(cue.start.offset(-1)).to_lowercase().as_str(),
            "and" | "but"
        );
    if own || !joined || quotes::around(quotes, t).is_some() {
        return false;
    }
    let clause = token
        .head
        .filter(|_| token.relation.is(&["conj", "parataxis"]));
    clause.is_some_and(|c| {
        let joined = c == first.cue_head && first.says(t);
        joined || first.says(c) && !can_say(cx, entities, first, c)
    })
}

/// The form of a finite verb, which a tagger may call an infinitive: "said", "says", "say".
fn tense(cx: &Context<'_>, t: TokenId) -> Option<&'static str> {
    match cx.document.token(t).xpos.as_str() {
        "VBD" => Some("past"),
        "VBZ" => Some("singular"),
        "VBP" | "VB" => Some("plural"),
        _ => None,
    }
}

/// Whether the subject of a clause may be whoever speaks next: somebody named, not a thing and not
/// a pronoun that stands for the speaker.
fn can_say(cx: &Context<'_>, entities: &Entities, first: &Draft, clause: TokenId) -> bool {
    let d = cx.document;
    let Some(subject) = d.child(clause, &["nsubj", "nsubj:pass"]) else {
        return true;
    };
    let who = |t| entities.at_token(cx, t);
    if d.token(subject).upos == Upos::Pron {
        let one = matches!(d.form(subject).to_lowercase().as_str(), "he" | "she");
        return one && first.source_head.and_then(who) != who(subject);
    }
    let entity = who(subject).and_then(|id| entities.get(id));
    let kind = entity.map(|e| e.kind);
    matches!(
        kind,
        Some(EntityKind::Person | EntityKind::Organization | EntityKind::State | EntityKind::Group)
    ) || cues::is_collective(&d.token(subject).lemma)
        || cues::is_unnamed(&d.token(subject).lemma)
}
