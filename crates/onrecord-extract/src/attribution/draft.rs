//! An attribution before it is a statement: token ranges and the rule that made it; and the
//! geometry of its content.

use onrecord_model::{TokenId, TokenRange, Upos};

use super::quotes::Quote;
use crate::Context;

/// Source, cue and content, found by one rule.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Draft {
    /// The source's words; `None` when it is not in the text.
    pub(super) source: Option<TokenRange>,
    /// The word of the source that counts.
    pub(super) source_head: Option<TokenId>,
    /// The words that attribute.
    pub(super) cue: TokenRange,
    /// Their head.
    pub(super) cue_head: TokenId,
    /// What is attributed, in text order.
    pub(super) content: Vec<TokenRange>,
    /// To whom.
    pub(super) addressee: Option<TokenId>,
    /// What the source does.
    pub(super) kind: Option<&'static str>,
    /// The rule.
    pub(super) rule: &'static str,
    /// From 0 to 1.
    pub(super) score: f32,
}

impl Draft {
    /// Number of tokens of the content.
    pub(super) fn size(&self) -> usize {
        self.content.iter().map(|r| r.len()).sum()
    }

    /// Whether the content has a token.
    pub(super) fn says(&self, token: TokenId) -> bool {
        self.content.iter().any(|r| r.has(token))
    }

    /// Tokens that its content shares with a range.
    pub(super) fn shared(&self, range: TokenRange) -> usize {
        self.content.iter().map(|r| shared(*r, range)).sum()
    }
}

/// Number of tokens two ranges share.
pub(super) fn shared(a: TokenRange, b: TokenRange) -> usize {
    let start = a.start.0.max(b.start.0);
    let end = a.end.0.min(b.end.0);
    end.saturating_sub(start) as usize
}

/// A range without another: nothing, one piece or two.
pub(super) fn without(range: TokenRange, hole: TokenRange) -> Vec<TokenRange> {
    if !range.overlaps(hole) {
        return if range.is_empty() {
            Vec::new()
        } else {
            vec![range]
        };
    }
    let left = TokenRange::new(range.start.0, hole.start.0.max(range.start.0));
    let right = TokenRange::new(hole.end.0.min(range.end.0), range.end.0);
    [left, right]
        .into_iter()
        .filter(|r| !r.is_empty())
        .collect()
}

/// The smallest range that covers both.
pub(super) fn cover(a: TokenRange, b: TokenRange) -> TokenRange {
    TokenRange::new(a.start.0.min(b.start.0), a.end.0.max(b.end.0))
}

/// Whether a token is an opening or closing quotation mark.
pub(super) fn is_mark(form: &str) -> bool {
    matches!(
        form,
        "“" | "”" | "\"" | "‘" | "’" | "'" | "«" | "»" | "„" | "``" | "''"
    )
}

fn is_punctuation(form: &str) -> bool {
    form.chars()
        .all(|c| !c.is_alphanumeric() && !"$€£¥%°".contains(c))
}

/// Cuts punctuation at the edges of a content, but no quotation and no mark of one.
pub(super) fn trim(cx: &Context<'_>, quotes: &[Quote], range: TokenRange) -> TokenRange {
    let (mut start, mut end) = (range.start.0, range.end.0);
    let loose = |t: u32| {
        let id = TokenId(t);
        let within = quotes.iter().any(|q| q.tokens.has(id));
        let form = cx.document.form(id);
        !within
            && (is_punctuation(form) || cx.document.token(id).upos == Upos::Punct && form != "%")
    };
    while start < end && loose(start) {
        start += 1;
    }
    while start < end && loose(end - 1) {
        end -= 1;
    }
    TokenRange::new(start, end)
}

/// Sorts pieces, joins those that touch, drops those without a word.
pub(super) fn tidy(cx: &Context<'_>, quotes: &[Quote], pieces: Vec<TokenRange>) -> Vec<TokenRange> {
    let mut pieces: Vec<TokenRange> = pieces
        .into_iter()
        .map(|r| trim(cx, quotes, r))
        .filter(|r| r.iter().any(|t| !is_punctuation(cx.document.form(t))))
        .collect();
    pieces.sort();
    let mut out: Vec<TokenRange> = Vec::new();
    for r in pieces {
        match out.last_mut() {
            Some(last) if r.start.0 <= last.end.0 => *last = cover(*last, r),
            _ => out.push(r),
        }
    }
    out
}

/// Lets every piece swallow the quotations it has entered: a quotation is one speaker's.
/// A quotation that holds the cue or the source is left alone.
pub(super) fn snap(quotes: &[Quote], draft: &mut Draft) {
    for piece in &mut draft.content {
        for q in quotes {
            let holds_cue =
                q.tokens.overlaps(draft.cue) || draft.source.is_some_and(|s| q.tokens.overlaps(s));
            if q.tokens.overlaps(*piece) && !holds_cue {
                *piece = cover(*piece, q.tokens);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hole_leaves_up_to_two_pieces() {
        let r = |a, b| TokenRange::new(a, b);
        assert_eq!(without(r(0, 9), r(3, 5)), [r(0, 3), r(5, 9)]);
        assert_eq!(without(r(0, 9), r(0, 5)), [r(5, 9)]);
        assert_eq!(without(r(3, 4), r(0, 9)), []);
        assert_eq!(without(r(3, 4), r(7, 9)), [r(3, 4)]);
    }
}
