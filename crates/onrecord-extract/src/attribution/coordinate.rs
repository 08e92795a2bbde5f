//! Clauses coordinated with a content: in "Lund said the dam held and that Varn had left" both
//! clauses are Lund's, however the tree hangs the second.
//!
//! A complementizer ([`opens`]) behind a conjunction, a semicolon or a dash takes the content up
//! again: no reporter begins a sentence of the own voice with it. A network's content is kept
//! whole there (`bounds`), and one that ends too early goes on ([`complete`]).
//!
//! A subordinate clause that opens a content is only its beginning ([`main_clause`]): "said while the
//! dam held, the gate broke".
//!
//! Left out: a second clause without "that" ("said the dam held and Varn had left"), which the
//! reporter may tell in the own voice: the network decides, and where it ends the content the
//! corpora it learnt from say that the reporter tells it, nine times in ten.

use onrecord_model::{TokenId, TokenRange, Upos};

use super::draft::{Draft, cover};
use crate::Context;

/// Most words between a content and the complementizer that takes it up: `,” but also that`.
const GAP: u32 = 4;

/// Whether a token opens a clause as a content is opened: "that", "whether", "how".
pub(super) fn opens(cx: &Context<'_>, t: TokenId) -> bool {
    let relation = &cx.document.token(t).relation;
    match cx.document.form(t).to_ascii_lowercase().as_str() {
        "that" | "whether" => relation.is(&["mark"]),
        "how" | "why" => relation.is(&["mark", "advmod"]),
        _ => false,
    }
}

/// Whether a clause is opened so, and therefore goes on with the one before it.
pub(super) fn goes_on(cx: &Context<'_>, head: TokenId) -> bool {
    let d = cx.document;
    d.children_in(head, &["mark", "advmod"])
        .any(|m| opens(cx, m))
}

/// Lets a content behind its cue go on with its main clause and the clauses coordinated with it,
/// where nobody else says them.
pub(super) fn complete(cx: &Context<'_>, all: &[Draft], draft: &mut Draft) {
    while let Some(last) = draft.content.last().copied()
        && last.start.0 >= draft.cue.end.0
        && let Some(clause) = next(cx, draft, last).or_else(|| main_clause(cx, draft, last))
        && !all
            .iter()
            .any(|o| o.cue != draft.cue && o.says(clause.end.offset(-1)))
        && let Some(piece) = draft.content.last_mut()
    {
        *piece = cover(last, clause);
    }
}

/// The clause behind a piece that a complementizer opens and that the tree hangs on the cue or on
/// the content.
fn next(cx: &Context<'_>, draft: &Draft, piece: TokenRange) -> Option<TokenRange> {
    let d = cx.document;
    let sentence = d.sentence_of(draft.cue_head).tokens;
    let end = sentence.end.0.min(piece.end.0 + GAP);
    let mark = (piece.end.0..end).map(TokenId).find(|t| opens(cx, *t))?;
    let gap = TokenRange::new(piece.end.0, mark.0);
    let joins = |t: TokenId| d.token(t).upos == Upos::Cconj || matches!(d.form(t), ";" | "—" | "–");
    let plain = |t: TokenId| matches!(d.token(t).upos, Upos::Cconj | Upos::Punct | Upos::Adv);
    let head = d.token(mark).head?;
    let token = d.token(head);
    let hangs = token.relation.is(&["conj", "ccomp", "parataxis"])
        && (token.head).is_some_and(|h| h == draft.cue_head || draft.says(h));
    let clause = TokenRange::new(piece.end.0, d.subtree(head).end.0);
    (gap.iter().any(joins) && gap.iter().all(plain) && hangs && sentence.contains(clause))
        .then_some(clause)
}

/// The clause that a content's only clause, opened by "while" or "if", is subordinate to; it hangs on
/// the cue behind a comma.
fn main_clause(cx: &Context<'_>, draft: &Draft, piece: TokenRange) -> Option<TokenRange> {
    let d = cx.document;
    let first = piece.iter().find(|t| d.form(*t) != "that")?;
    let sentence = d.sentence_of(draft.cue_head).tokens;
    let comma = sentence.has(piece.end) && d.form(piece.end) == ",";
    let aside = d
        .token(first)
        .head
        .filter(|_| d.token(first).upos == Upos::Sconj)?;
    let main = d
        .token(aside)
        .head
        .filter(|_| d.token(aside).relation.is(&["advcl"]))?;
    let told = d.token(main).relation.is(&["ccomp"]) && d.token(main).head == Some(draft.cue_head);
    let clause = TokenRange::new(piece.end.0, d.subtree(main).end.0);
    (comma && told && main.0 > piece.end.0 && sentence.contains(clause)).then_some(clause)
}
