//! A cue that stands apart between two parts of what it attributes: in "The dam held, Lund said on
//! Monday, and Varn had left" both sides of the aside are Lund's.
//!
//! Left out: sides that somebody else says, and what follows direct speech: in `"It held," Lund said,
//! and Varn left` the reporter goes on.

use onrecord_lexicon::cues::{self, Frame};
use onrecord_model::{TokenId, TokenRange, Upos};

use super::coordinate;
use super::draft::{Draft, cover, is_mark};
use super::quotes::{self, Quote};
use crate::Context;

/// Most words of source and cue, and of what follows them in the aside ("to reporters on Monday").
const ASIDE: usize = 14;
const MORE: u32 = 8;

/// The sentence around an aside.
struct Sides {
    before: TokenRange,
    /// Source and cue.
    hole: TokenRange,
    after: TokenRange,
    /// What stands before it is direct speech.
    direct: bool,
}

/// Gives a draft whose cue stands apart the side of its sentence that it lacks.
pub(super) fn complete(cx: &Context<'_>, quotes: &[Quote], all: &[Draft], draft: &mut Draft) {
    let Some(sides) = sides(cx, quotes, draft) else {
        return;
    };
    let Sides {
        before,
        hole,
        after,
        ..
    } = sides;
    let taken = |side: TokenRange| {
        let others = all.iter().filter(|o| o.cue != draft.cue);
        others
            .flat_map(|o| o.content.iter().copied().chain([o.cue]))
            .any(|r| r.overlaps(side))
    };
    if draft.content.iter().all(|p| p.start.0 + 1 >= after.start.0) {
        if begins(cx, quotes, &sides) && !taken(before) {
            draft.content.insert(0, before);
        }
    } else if draft
        .content
        .iter()
        .all(|p| p.end <= hole.start && p.end > before.start)
        && goes_on(cx, draft, &sides)
        && !taken(after)
    {
        draft.content.push(after);
    }
}

/// The sentence before and behind an aside with commas or dashes on both ends.
fn sides(cx: &Context<'_>, quotes: &[Quote], draft: &Draft) -> Option<Sides> {
    let d = cx.document;
    let sentence = d.sentence_of(draft.cue_head).tokens;
    let source = draft.source?;
    let hole = cover(source, draft.cue);
    let stop = |t: TokenId| matches!(d.form(t), "," | "—" | "–");
    if hole.start.0 < sentence.start.0 + 2
        || hole.len() > ASIDE
        || d.token(draft.cue_head).relation.is(&["acl:relcl"])
        || !(speaks(cx, draft) || according(cx, draft))
    {
        return None;
    }
    let direct = quotes::around(quotes, hole.start.offset(-1)).is_some();
    let end = sentence.end.0.min(hole.end.0 + MORE);
    let words = || (hole.end.0..end).map(TokenId);
    let close = words().find(|t| stop(*t))?;
    let loose = |t: TokenId| !matches!(d.token(t).upos, Upos::Verb | Upos::Punct);
    let plain = words().take_while(|t| *t < close).all(loose)
        && between(source, draft.cue).iter().all(loose)
        && (close == hole.end || is_adjunct(cx, draft, hole.end));
    let first = sentence.start.0 + u32::from(d.token(sentence.start).upos == Upos::Cconj);
    (plain && (direct || stop(hole.start.offset(-1)))).then(|| Sides {
        before: TokenRange::new(first, hole.start.0 - 1),
        hole,
        after: TokenRange::new(close.0 + 1, sentence.end.0),
        direct,
    })
}

/// Whether what follows the cue says when, where or to whom, and is not what is said.
fn is_adjunct(cx: &Context<'_>, draft: &Draft, t: TokenId) -> bool {
    let d = cx.document;
    let tells = cues::verb(&d.token(draft.cue_head).lemma).is_some_and(|w| w.takes(Frame::Tell));
    tells
        || matches!(d.token(t).upos, Upos::Adp | Upos::Adv | Upos::Propn)
        || matches!(d.form(t), "this" | "last" | "late" | "earlier")
}

/// What stands between source and cue.
fn between(a: TokenRange, b: TokenRange) -> TokenRange {
    let (first, second) = if a < b { (a, b) } else { (b, a) };
    TokenRange::new(first.end.0, second.start.0.max(first.end.0))
}

fn speaks(cx: &Context<'_>, draft: &Draft) -> bool {
    cues::verb(&cx.document.token(draft.cue_head).lemma).is_some_and(|w| w.takes(Frame::Quote))
}

fn according(cx: &Context<'_>, draft: &Draft) -> bool {
    cx.document
        .form(draft.cue.start)
        .eq_ignore_ascii_case("according")
}

/// Whether what stands before the aside begins the content: a clause or its subject, and no
/// circumstance of the saying ("Asked about the dam, Lund said, ...").
fn begins(cx: &Context<'_>, quotes: &[Quote], sides: &Sides) -> bool {
    let d = cx.document;
    let Sides { before, after, .. } = *sides;
    let first = d.token(before.start);
    let speech = |t: TokenId| is_mark(d.form(t)) || quotes::around(quotes, t).is_some();
    let circumstance = first.upos == Upos::Adp
        || matches!(first.xpos.as_str(), "VBN" | "VBG")
        || first.upos == Upos::Sconj && after.iter().take(2).any(speech);
    let finite = |t: TokenId| matches!(d.token(t).xpos.as_str(), "VBZ" | "VBD" | "VBP" | "MD");
    let joint = |t: TokenId| matches!(d.token(t).upos, Upos::Cconj | Upos::Sconj);
    // "The dam held, but the gate, Lund said, broke": the aside stands in the second clause.
    let mut pairs = before.iter().zip(before.iter().skip(1));
    let second = pairs.any(|(a, b)| d.form(a) == "," && joint(b));
    // "The budget, Lund says, is ...": the subject alone stands before the aside.
    let subject =
        after.iter().take(2).any(finite) && d.token(before.end.offset(-1)).upos.is_nominal();
    !sides.direct && !circumstance && !second && (before.iter().any(finite) || subject)
}

/// Whether what stands behind the aside goes on with the clause before it.
fn goes_on(cx: &Context<'_>, draft: &Draft, sides: &Sides) -> bool {
    let d = cx.document;
    let after = sides.after;
    let own = after.iter().skip(1).find(|t| d.token(*t).upos != Upos::Adv);
    let Some(next) = own.filter(|_| d.token(after.start).upos == Upos::Cconj) else {
        return false;
    };
    if sides.direct {
        return coordinate::opens(cx, next);
    }
    // "The dam held, Lund said, and hung up": whose act a verb without a subject is the tree says.
    if matches!(d.token(next).upos, Upos::Verb | Upos::Aux) {
        let head = d.head_of(after);
        return d.token(head).relation.is(&["conj"])
            && d.token(head).head.is_some_and(|h| draft.says(h));
    }
    speaks(cx, draft)
}
