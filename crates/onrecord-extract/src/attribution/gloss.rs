//! Cuts the reporter's gloss from the end of an indirect content.
//!
//! In "said it had shelled Portsund, a harbour town that grew rich on salt" the apposition
//! explains a name to the reader: it is the reporter's. A relative clause that explains a name is
//! cut too; one that goes on about the thing itself ("weapons, which are not cleared") stays.

use onrecord_model::{TokenId, TokenRange, Upos};

use super::draft::Draft;
use super::quotes::{self, Quote};
use crate::Context;

/// Cuts glosses from the last piece of a content.
pub(super) fn cut(cx: &Context<'_>, quotes: &[Quote], draft: &mut Draft) {
    for piece in &mut draft.content {
        if let Some(at) = gloss_start(cx, quotes, *piece) {
            *piece = TokenRange::new(piece.start.0, at);
        }
    }
}

/// Where a gloss at the end of a piece begins.
fn gloss_start(cx: &Context<'_>, quotes: &[Quote], piece: TokenRange) -> Option<u32> {
    let d = cx.document;
    let last = piece
        .iter()
        .rev()
        .find(|t| d.form(*t).chars().any(char::is_alphanumeric))?;
    piece
        .iter()
        .skip(1)
        .filter(|t| is_gloss(cx, *t, piece) && quotes::around(quotes, *t).is_none())
        .map(|t| d.subtree(t))
        .filter(|r| r.has(last) && r.start.0 > piece.start.0 + 1)
        .filter(|r| matches!(d.form(r.start.offset(-1)), ",") || d.form(r.start) == ",")
        .map(|r| r.start.0)
        .min()
}

/// An apposition or a relative or participle clause that hangs on a name.
fn is_gloss(cx: &Context<'_>, t: TokenId, piece: TokenRange) -> bool {
    let d = cx.document;
    let token = d.token(t);
    let Some(head) = token.head.filter(|h| piece.has(*h) && h.0 < t.0) else {
        return false;
    };
    let of_name = d.token(head).upos == Upos::Propn || d.child(head, &["flat"]).is_some();
    let article = d.child(t, &["det"]).is_some();
    of_name
        && (token.relation.is(&["appos"]) && article && token.upos == Upos::Noun
            || token.relation.as_str() == "acl:relcl"
            || token.relation.as_str() == "acl")
}
