//! The edges of an indirect content: they fall where a clause's do.
//!
//! The network sometimes ends a content inside a phrase ("said it would wait until the June | session") or
//! begins it there ("The head of the | port has left, Lund said"). The tree tells which words belong to
//! what it took, and a cue that closes a sentence has all of it.
//!
//! Left out: edges at a comma or a conjunction, which the network sees better than the tree.

use onrecord_model::{TokenId, TokenRange, Upos};

use super::draft::{Draft, cover, is_mark};
use super::merge::NET;
use super::quotes::{self, Quote};
use crate::Context;

/// Moves ragged edges of what the network found.
pub(super) fn mend(cx: &Context<'_>, quotes: &[Quote], draft: &mut Draft) {
    if draft.rule != NET {
        return;
    }
    let sentence = cx.document.sentence_of(draft.cue_head).tokens;
    let hole = draft.source.map_or(draft.cue, |s| cover(s, draft.cue));
    for i in 0..draft.content.len() {
        let next = draft.content.get(i + 1).map(|p| p.start);
        let Some(piece) = draft
            .content
            .get(i)
            .copied()
            .filter(|p| sentence.contains(*p))
        else {
            continue;
        };
        let mut stop = next.unwrap_or(sentence.end).min(sentence.end);
        if piece.end <= hole.start {
            stop = stop.min(hole.start);
        }
        let end = end(cx, quotes, piece, stop);
        if let Some(p) = draft.content.get_mut(i) {
            *p = TokenRange::new(p.start.0, end.0);
        }
    }
    from_the_start(cx, quotes, draft, sentence, hole);
}

/// Where a piece ends: behind the phrases that hang inside it.
fn end(cx: &Context<'_>, quotes: &[Quote], piece: TokenRange, stop: TokenId) -> TokenId {
    let d = cx.document;
    let mut piece = piece;
    let mut moved = false;
    while piece.end < stop {
        let next = piece.end;
        let token = d.token(next);
        let torn = is_torn(cx, piece.end.offset(-1));
        let marked = quotes::around(quotes, next).is_some() || is_mark(d.form(next));
        if token.upos == Upos::Punct && d.form(next) != "-" || marked {
            break;
        }
        let end = match phrase(cx, piece, next, torn || moved) {
            Some(end) => end,
            None if torn => next.offset(1),
            None => break,
        };
        piece = TokenRange::new(piece.start.0, end.0.min(stop.0));
        moved = true;
    }
    piece.end
}

/// Whether a word cannot close a clause: "the", "of", "if", "to".
fn is_torn(cx: &Context<'_>, last: TokenId) -> bool {
    let d = cx.document;
    let token = d.token(last);
    let after = token.head.is_some_and(|h| h > last);
    match token.upos {
        Upos::Det | Upos::Sconj | Upos::Cconj => after,
        Upos::Adp | Upos::Part => after && token.relation.is(&["case", "mark"]),
        Upos::Aux => after && token.relation.is(&["aux", "cop"]),
        Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn => {
            after && token.relation.is(&["amod", "nummod", "compound"])
        }
        _ => false,
    }
}

/// The end of the phrase that begins right behind a piece and hangs on a word inside it; a clause only
/// where the piece ends in the middle of it.
fn phrase(cx: &Context<'_>, piece: TokenRange, next: TokenId, torn: bool) -> Option<TokenId> {
    let d = cx.document;
    let mut top = next;
    for _ in 0..12 {
        let head = d.token(top).head?;
        if piece.has(head) {
            break;
        }
        top = head;
    }
    let token = d.token(top);
    token.head.filter(|h| piece.has(*h))?;
    let whole = d.subtree(top);
    let subject = d.child(top, &["nsubj", "expl"]).is_some();
    let tight = token.relation.is(&[
        "obj", "iobj", "nmod", "compound", "flat", "fixed", "amod", "nummod", "case", "xcomp",
        "ccomp",
    ]) || token.relation.is(&["obl"]) && d.token(next).upos == Upos::Adp;
    let beside = token.relation.is(&["conj"]) && !subject;
    let fits = tight || torn && (beside || !token.relation.is(&["conj", "parataxis"]));
    (fits && whole.start >= next).then_some(whole.end)
}

/// "The head of the | port has left, Lund said": indirect speech before a cue that closes its sentence
/// begins with the sentence.
fn from_the_start(
    cx: &Context<'_>,
    quotes: &[Quote],
    draft: &mut Draft,
    sentence: TokenRange,
    hole: TokenRange,
) {
    let d = cx.document;
    let [piece] = draft.content.as_mut_slice() else {
        return;
    };
    let first = sentence.start.0 + u32::from(d.token(sentence.start).upos == Upos::Cconj);
    if !sentence.contains(*piece) || piece.start.0 <= first || piece.end.0 + 1 != hole.start.0 {
        return;
    }
    let finite = |t: TokenId| matches!(d.token(t).xpos.as_str(), "VBZ" | "VBD" | "VBP" | "MD");
    let gap = TokenRange::new(first, piece.start.0);
    let behind = TokenRange::new(hole.end.0, sentence.end.0);
    let free = !TokenRange::new(first, sentence.end.0)
        .iter()
        .any(|t| quotes::around(quotes, t).is_some() || is_mark(d.form(t)));
    let before = piece.start.offset(-1);
    let ragged = d.token(before).upos != Upos::Punct && d.token(before).upos != Upos::Cconj;
    if d.form(piece.end) == "," && free && ragged && !gap.is_empty() && !behind.iter().any(finite) {
        *piece = cover(gap, *piece);
    }
}
