//! Statements that only an act shows: whoever asks or is said to promise has said so.
//!
//! "The watchdog is reported urging banks to lend" has no clause of saying, and yet the urging is
//! the watchdog's word. Where the network names a source in the act's own sentence and no
//! statement of that source is on record, the word that governs the source is the cue, and the
//! act's object or clause the content. So nothing that a report attributes is asserted.

use onrecord_model::{
    Act, ActKind, ActRole, Certainty, CommitmentStatus, Cue, CueKind, Factuality, Polarity,
    Quotation, Statement, StatementId, TokenId, TokenRange, Upos, Why,
};

use super::basis::{LEAST, is_his, is_told};
use crate::events::party::words;
use crate::{Context, attribution, entities::Entities};

/// Adds what is missing, in text order, numbered anew.
pub(super) fn complete(
    cx: &Context<'_>,
    entities: &Entities,
    statements: Vec<Statement>,
) -> Vec<Statement> {
    let known = statements.len();
    let mut all = statements;
    for act in cx.document.acts() {
        let found = missing(cx, entities, &all, act);
        all.extend(found);
    }
    if all.len() > known {
        renumber(&mut all);
    }
    all
}

fn missing(
    cx: &Context<'_>,
    entities: &Entities,
    all: &[Statement],
    act: &Act,
) -> Option<Statement> {
    if !is_told(act) {
        return None;
    }
    let d = cx.document;
    let source = act.pointed(ActRole::Source, LEAST)?;
    let own = d.head_of(act.words);
    let near = d.token(source).sentence == d.token(own).sentence;
    if !near || act.words.has(source) || all.iter().any(|s| is_his(cx, entities, s, source)) {
        return None;
    }
    let at = d.token(own).range;
    let held = |s: &Statement| s.content.iter().any(|c| c.range().contains(at));
    let cue = cue(cx, act, source)?;
    let content = worded(cx, content(cx, act, source, cue)?)?;
    if is_nobody(cx, source) {
        return None;
    }
    let source = attribution::source_named(cx, entities, words(cx, source), source);
    let kind = kind(act, cue);
    let asked = kind == CueKind::Demand;
    if all
        .iter()
        .any(|s| s.cue.span.range().overlaps(d.range(cue)) || held(s))
    {
        return None;
    }
    Some(Statement {
        id: StatementId::default(),
        source,
        cue: Cue {
            span: cx.tokens(cue)?,
            lemma: d.token(d.head_of(cue)).lemma.to_string(),
            kind,
        },
        content: vec![cx.tokens(content)?],
        quotation: Quotation::Indirect,
        addressee: None,
        occasion: None,
        time: None,
        place: None,
        factuality: if asked {
            Factuality {
                certainty: Certainty::Unknown,
                polarity: Polarity::Positive,
            }
        } else {
            act.factuality
        },
        via: None,
        confidence: act.score.min(0.5),
        why: Why::rule("acts/source"),
    })
}

/// The words that attribute: the act's own where its source governs or is governed by them, else
/// the verb over the source.
fn cue(cx: &Context<'_>, act: &Act, source: TokenId) -> Option<TokenRange> {
    let d = cx.document;
    let over = d.token(source).head?;
    let asks = matches!(act.kind, ActKind::Commitment { .. });
    if act.words.has(over)
        || asks
            && d.ancestors(d.head_of(act.words))
                .take(3)
                .any(|t| t == source)
    {
        return Some(act.words);
    }
    (d.token(over).upos == Upos::Verb && !act.words.has(over)).then(|| TokenRange::one(over))
}

/// What is attributed: the object of a promise, else the clause of the act up to its source.
fn content(cx: &Context<'_>, act: &Act, source: TokenId, cue: TokenRange) -> Option<TokenRange> {
    let d = cx.document;
    let own = match act.object {
        Some(object) if cue == act.words => object,
        _ => d.subtree(d.head_of(act.words)),
    };
    let phrase = d.subtree(source);
    let (mut start, mut end) = (own.start.0, own.end.0);
    for hole in [cue, phrase] {
        let hole = TokenRange::new(hole.start.0, hole.end.0);
        if !TokenRange::new(start, end).overlaps(hole) {
            continue;
        }
        if hole.start <= act.words.start {
            start = hole.end.0;
        } else {
            end = hole.start.0;
        }
    }
    let range = TokenRange::new(start, end);
    (!range.is_empty()).then_some(range)
}

/// A content without the punctuation at its edges; none without a word that means something by itself.
fn worded(cx: &Context<'_>, range: TokenRange) -> Option<TokenRange> {
    let d = cx.document;
    let word = |t: &TokenId| d.token(*t).upos != Upos::Punct;
    let first = range.iter().find(word)?;
    let last = range.iter().rev().find(word)?;
    let means = |t: TokenId| {
        matches!(
            d.token(t).upos,
            Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Adv
        )
    };
    range
        .iter()
        .any(means)
        .then(|| TokenRange::new(first.0, last.0 + 1))
}

/// "neither government", "no minister": nobody has said it.
fn is_nobody(cx: &Context<'_>, source: TokenId) -> bool {
    let d = cx.document;
    let none = |t: TokenId| onrecord_lexicon::factuality::is_none(&d.form(t).to_lowercase());
    let before = source.0.checked_sub(1).map(TokenId);
    none(source) || none(d.subtree(source).start) || before.is_some_and(none)
}

fn kind(act: &Act, cue: TokenRange) -> CueKind {
    match act.kind {
        ActKind::Commitment { status, .. } if cue == act.words => match status {
            CommitmentStatus::Requested => CueKind::Demand,
            CommitmentStatus::Supported => CueKind::Support,
            CommitmentStatus::Opposed => CueKind::Oppose,
            CommitmentStatus::Announced | CommitmentStatus::Offered => CueKind::Promise,
            _ => CueKind::Say,
        },
        _ => CueKind::Say,
    }
}

/// Puts statements in text order and gives them the numbers of their places.
fn renumber(all: &mut [Statement]) {
    let first = |s: &Statement| {
        let content = s.content.iter().map(|c| c.range().start).min();
        let source = s.source.span.as_ref().map(|x| x.range().start);
        let own = s.cue.span.range().start;
        content.into_iter().chain(source).fold(own, u32::min)
    };
    all.sort_by_key(|s| (first(s), s.cue.span.range().start, s.id));
    let old: Vec<StatementId> = all.iter().map(|s| s.id).collect();
    let new = |id: StatementId| {
        let at = old
            .iter()
            .position(|o| *o == id && id != StatementId::default());
        at.map(|i| StatementId(i as u32 + 1))
    };
    let vias: Vec<_> = all.iter().map(|s| s.via.and_then(new)).collect();
    for (i, (s, via)) in all.iter_mut().zip(vias).enumerate() {
        s.via = via;
        s.id = StatementId(i as u32 + 1);
    }
}
