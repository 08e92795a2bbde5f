//! Signed quotations: a line that is a quotation, a dash and a name.
//!
//! `“It was the only road we had.” – Petra Lund, Ostby` is Lund's word; so is the quotation when
//! the dash and the name stand on the next line.
//!
//! Left out: a dash that only breaks a sentence off, and lines where a verb follows the name.

use onrecord_model::{TokenId, TokenRange, Upos};

use super::draft::Draft;
use super::quotes::Quote;
use crate::Context;

/// The rule's name.
pub(super) const SIGNED: &str = "attribution/quote/signed";
/// The longest signature, in words: "Petra Lund, a teacher from Ostby".
const LONGEST: usize = 10;

/// Every signed quotation.
pub(super) fn find(cx: &Context<'_>, quotes: &[Quote]) -> Vec<Draft> {
    let own_line = |q: &&Quote| {
        let before = cx.report.text.as_str().get(..q.range.start as usize);
        before.is_some_and(|b| b.trim_end_matches([' ', '\t']).ends_with('\n') || b.is_empty())
    };
    (quotes.iter().filter(own_line))
        .filter_map(|q| signed(cx, q))
        .collect()
}

fn signed(cx: &Context<'_>, q: &Quote) -> Option<Draft> {
    let d = cx.document;
    let dash = q.tokens.end;
    let is_dash = |form: &str| matches!(form, "-" | "--" | "–" | "—" | "―");
    (dash.index() < d.tokens().len() && is_dash(d.form(dash))).then_some(())?;
    let line = rest_of_line(cx, dash)?;
    let quiet = |t: TokenId| !matches!(d.token(t).upos, Upos::Verb | Upos::Aux);
    let name = name(cx, line)?;
    (line.len() <= LONGEST && line.iter().all(quiet)).then(|| Draft {
        source: Some(name),
        source_head: Some(d.head_of(name)),
        cue: TokenRange::one(dash),
        cue_head: dash,
        content: vec![q.tokens],
        addressee: None,
        kind: Some("say"),
        rule: SIGNED,
        score: 0.9,
    })
}

/// The words behind a token, to the end of its line.
fn rest_of_line(cx: &Context<'_>, dash: TokenId) -> Option<TokenRange> {
    let d = cx.document;
    let from = d.token(dash).range.end;
    let rest = cx.report.text.as_str().get(from as usize..)?;
    let end = from + rest.find('\n').unwrap_or(rest.len()) as u32;
    let inside = |t: &TokenId| d.token(*t).range.end <= end;
    let all = TokenRange::new(dash.0 + 1, d.tokens().len() as u32);
    let last = all.iter().take(LONGEST + 2).take_while(inside).last()?;
    let stop = u32::from(matches!(d.form(last), "." | ";"));
    (d.tokens().get(last.index() + 1))
        .is_none_or(|next| next.range.start >= end)
        .then(|| TokenRange::new(dash.0 + 1, last.0 + 1 - stop))
}

/// The name that a signature begins with, title included: all before its first comma or bracket.
fn name(cx: &Context<'_>, line: TokenRange) -> Option<TokenRange> {
    let d = cx.document;
    let part = |t: &TokenId| !matches!(d.form(*t), "," | "(" | ":" | "–" | "—");
    let last = line.iter().take_while(part).last()?;
    let named = TokenRange::new(line.start.0, last.0 + 1);
    let proper = |t: TokenId| d.token(t).upos == Upos::Propn;
    (named.iter().any(proper)).then_some(named)
}
