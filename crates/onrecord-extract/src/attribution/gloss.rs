//! Cuts the reporter's gloss from the end of an indirect content.
//!
//! In "said it had shelled Portsund, a harbour town that grew rich on salt" the apposition
//! explains a name to the reader: it is the reporter's. A relative clause that explains a name is
//! cut too; one that goes on about the thing itself ("permits, which nobody checks") stays.

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
    let behind = |pair: &[TokenRange]| {
        let [a, b] = pair else {
            return false;
        };
        // The rest of a gloss whose verb was taken for another cue.
        a.start.0 >= draft.cue.end.0
            && a.end.0 + 1 < b.start.0
            && cx.document.form(a.end) == ","
            && is_name(cx, a.end.offset(-1))
            && opens_gloss(cx, a.end.offset(1))
            && quotes::around(quotes, b.start).is_none()
    };
    if let Some(i) = draft.content.windows(2).position(behind) {
        draft.content.truncate(i + 1);
    }
}

/// Where a gloss at the end of a piece begins: behind the first comma after a name where "a",
/// "which", "who" or a participle with "by" opens, when nothing after it takes the clause up again.
fn gloss_start(cx: &Context<'_>, quotes: &[Quote], piece: TokenRange) -> Option<u32> {
    let d = cx.document;
    let free = |t: TokenId| quotes::around(quotes, t).is_none();
    piece
        .iter()
        .skip(2)
        .filter(|t| d.form(*t) == "," && free(*t) && t.0 + 2 < piece.end.0)
        .find(|t| {
            is_name(cx, t.offset(-1))
                && opens_gloss(cx, t.offset(1))
                && ends_with_it(cx, TokenRange::new(t.0 + 1, piece.end.0))
        })
        .map(|t| t.0)
}

/// The last word of a name, or of "Article 5".
fn is_name(cx: &Context<'_>, t: TokenId) -> bool {
    let d = cx.document;
    match d.token(t).upos {
        Upos::Propn => true,
        Upos::Num => t.0 > 0 && d.token(t.offset(-1)).upos == Upos::Propn,
        _ => false,
    }
}

fn opens_gloss(cx: &Context<'_>, t: TokenId) -> bool {
    let d = cx.document;
    let next = d
        .tokens()
        .get(t.index() + 1)
        .map(|n| cx.report.text.slice(n.range));
    match d.form(t) {
        "a" | "an" | "whose" => true,
        // A plural verb does not agree with one name: the clause is about something before it.
        "which" | "who" => !matches!(next, Some("are" | "were" | "have")),
        _ => d.token(t).xpos == "VBN" && next == Some("by"),
    }
}

/// Whether no later comma is followed by a verb or a conjunction that goes on with the clause.
fn ends_with_it(cx: &Context<'_>, rest: TokenRange) -> bool {
    let d = cx.document;
    !rest
        .iter()
        .filter(|t| matches!(d.form(*t), "," | "–" | "—"))
        .any(|t| {
            let next = t.offset(1);
            rest.has(next)
                && (matches!(d.token(next).upos, Upos::Aux | Upos::Cconj | Upos::Sconj)
                    || d.token(next).upos == Upos::Verb
                        && !matches!(d.token(next).xpos.as_str(), "VBN" | "VBG"))
        })
}
