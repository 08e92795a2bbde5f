//! Turns of a transcript: paragraphs that open with a speaker's name in capitals and a colon.
//!
//! ```text
//! LUND: Why was the ferry stopped?
//! BERG: Because nobody paid for it.
//! ```
//!
//! Left out: a turn's further paragraphs, which nothing marks; questions under a bare "Q"; and a
//! label that stands alone ("UPDATE: ..."): three turns by two speakers make a transcript.

use onrecord_model::{TokenId, TokenRange};

use super::draft::{Draft, is_mark};
use super::quotes::paragraphs;
use crate::Context;

/// The rule's name.
pub(super) const TURN: &str = "attribution/turn";
/// Turns that make a transcript.
const LEAST: usize = 3;
/// The longest label, in words: "THE PRIME MINISTER".
const LONGEST: usize = 4;

/// Every turn, if the report holds a transcript.
pub(super) fn find(cx: &Context<'_>) -> Vec<Draft> {
    let turns: Vec<Draft> = (paragraphs(cx).into_iter())
        .filter_map(|p| turn(cx, p))
        .collect();
    let label = |d: &Draft| d.source.map(|s| cx.document.words(s));
    let first = turns.first().and_then(label);
    let several = turns.iter().any(|d| label(d) != first);
    if several && turns.len() >= LEAST {
        turns
    } else {
        Vec::new()
    }
}

fn turn(cx: &Context<'_>, paragraph: TokenRange) -> Option<Draft> {
    let d = cx.document;
    let start = paragraph.start.0 + u32::from(is_mark(d.form(paragraph.start)));
    let capital = |t: &TokenId| {
        let form = d.form(*t);
        form.chars().any(char::is_uppercase) && !form.chars().any(char::is_lowercase)
    };
    let rest = TokenRange::new(start, paragraph.end.0);
    let label = rest.iter().take_while(capital).count() as u32;
    let colon = TokenId(start + label);
    let name = TokenRange::new(start, colon.0);
    let long = name.iter().any(|t| d.form(t).chars().count() > 1);
    let content = TokenRange::new(colon.0 + 1, paragraph.end.0);
    let fits = (1..=LONGEST).contains(&name.len()) && long && content.len() > 1;
    (fits && d.form(colon) == ":").then(|| Draft {
        source: Some(name),
        source_head: Some(d.head_of(name)),
        cue: TokenRange::one(colon),
        cue_head: colon,
        content: vec![content],
        addressee: None,
        kind: Some("say"),
        rule: TURN,
        score: 0.9,
    })
}
