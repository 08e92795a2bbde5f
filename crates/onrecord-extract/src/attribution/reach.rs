//! How far a content reaches, where the network ends it too early or begins it too late.
//!
//! "The harbour of Vella will reopen on Friday, Mayor Prifti said" is hers up to the comma; "admitted to
//! witnessing the murder" has the witnessing in it; "described by Lund as “a step”" has the step.
//!
//! Left out: what another draft attributes.

use onrecord_model::{SegmentLabel, TokenId, TokenRange, Upos};

use super::clause;
use super::draft::{Draft, cover};
use super::quotes::{self, Quote};
use crate::Context;

/// Lets a content reach as far as its clause does.
pub(super) fn complete(cx: &Context<'_>, quotes: &[Quote], all: &[Draft], draft: &mut Draft) {
    verb_first(cx, draft);
    verdict(cx, quotes, draft);
    to_comma(cx, quotes, all, draft);
    condition(cx, draft);
}

/// "admitted to | witnessing the murder": a verb between cue and content that governs the content and
/// hangs on the cue is part of it.
fn verb_first(cx: &Context<'_>, draft: &mut Draft) {
    let d = cx.document;
    let Some(first) = draft
        .content
        .first_mut()
        .filter(|p| p.start > draft.cue.end)
    else {
        return;
    };
    let gap = TokenRange::new(draft.cue.end.0, first.start.0);
    let head = d.head_of(*first);
    let governs = |t: &TokenId| {
        d.token(*t).upos == Upos::Verb
            && d.ancestors(head).skip(1).take(3).any(|a| a == *t)
            && d.token(*t).head.is_some_and(|h| draft.cue.has(h))
    };
    let plain = gap.iter().all(|t| {
        matches!(
            d.token(t).upos,
            Upos::Verb | Upos::Adp | Upos::Part | Upos::Adv | Upos::Aux
        )
    });
    if gap.len() <= 4 && plain && gap.iter().any(|t| governs(&t)) {
        *first = cover(gap, *first);
    }
}

/// "described by Lund as “a first step”": what a thing is called stands behind the source.
fn verdict(cx: &Context<'_>, quotes: &[Quote], draft: &mut Draft) {
    let d = cx.document;
    let Some(source) = draft.source.filter(|s| s.start >= draft.cue.end) else {
        return;
    };
    let sentence = d.sentence_of(draft.cue_head).tokens;
    let behind = draft.content.iter().any(|p| p.start >= source.end);
    let at = source.end;
    if behind || !clause::is_participle_of_past(cx, draft.cue_head) || !sentence.has(at) {
        return;
    }
    if d.form(at) != "as" || d.token(at.offset(-1)).upos == Upos::Punct {
        return;
    }
    let stop = |t: &TokenId| {
        quotes::around(quotes, *t).is_none()
            && (matches!(d.form(*t), "," | ";" | "." | "—" | "–")
                || d.token(*t).upos == Upos::Cconj
                    && clause::is_participle_of_past(cx, t.offset(1)))
    };
    let rest = TokenRange::new(at.0, sentence.end.0);
    let end = rest.iter().find(stop).unwrap_or(sentence.end);
    draft.content.push(TokenRange::new(at.0, end.0));
}

/// "The harbour will reopen on Friday, Lund said": indirect speech before a cue that closes the
/// sentence goes on to the comma.
fn to_comma(cx: &Context<'_>, quotes: &[Quote], all: &[Draft], draft: &mut Draft) {
    let d = cx.document;
    let sentence = d.sentence_of(draft.cue_head).tokens;
    let (Some(source), Some(last)) = (draft.source, draft.content.last().copied()) else {
        return;
    };
    let hole = cover(source, draft.cue);
    let before = last.end <= hole.start && sentence.contains(last) && sentence.contains(hole);
    if !before || hole.start <= sentence.start || draft.content.len() > 1 {
        return;
    }
    let comma = hole.start.offset(-1);
    let gap = TokenRange::new(last.end.0, comma.0.max(last.end.0));
    let behind = TokenRange::new(hole.end.0, sentence.end.0);
    let finite = |t: TokenId| matches!(d.token(t).xpos.as_str(), "VBZ" | "VBD" | "VBP" | "MD");
    let inside = |r: TokenRange| r.iter().any(|t| quotes::around(quotes, t).is_some());
    let theirs = all.iter().any(|o| {
        o.cue != draft.cue && (o.cue.overlaps(gap) || o.content.iter().any(|p| p.overlaps(gap)))
    });
    let fits = d.form(comma) == ","
        && !gap.is_empty()
        && last.start.0 <= sentence.start.0 + 1
        && !behind.iter().any(finite)
        && !inside(last)
        && !inside(gap)
        && !theirs;
    // What is cut off must hold the verb, or go on without a new clause.
    let headless = !last.iter().any(finite) && gap.iter().any(finite);
    if fits && (headless || !gap.iter().any(|t| d.form(t) == ",")) {
        draft.content = vec![TokenRange::new(last.start.0, comma.0)];
    }
}

/// "Minister Warns Of Reply If Norland Rejects Sale": a headline's condition is part of what is said.
fn condition(cx: &Context<'_>, draft: &mut Draft) {
    let d = cx.document;
    let sentence = d.sentence_of(draft.cue_head);
    if sentence.segment != SegmentLabel::Headline {
        return;
    }
    if let Some(last) = draft.content.last_mut()
        && last.start >= draft.cue.end
        && sentence.tokens.has(last.end)
        && matches!(
            d.form(last.end).to_ascii_lowercase().as_str(),
            "if" | "unless"
        )
    {
        *last = TokenRange::new(last.start.0, sentence.tokens.end.0);
    }
}
