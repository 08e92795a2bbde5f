//! On whose word an act stands: the statement of the one it is told by, else the reporter.

use onrecord_model::{Act, ActRole, ActVoice, Basis, SourceKind, Statement, TextRange, TokenId};

use crate::{Context, entities::Entities};

/// How probable a source must be at least to be looked up, and to be one where the network calls
/// the act the reporter's.
pub(super) const LEAST: f32 = 0.1;
const SURE: f32 = 0.3;

/// Whether somebody other than the reporter is behind an act.
pub(super) fn is_told(act: &Act) -> bool {
    let named = act.pointed(ActRole::Source, SURE).is_some();
    act.voice == ActVoice::Told || act.voice == ActVoice::Reporter && named
}

/// The statement an act stands on.
///
/// The network says whether somebody is behind it, and which word names the source: of that
/// source's statements the innermost one that holds the act's words, else the nearest one. An act
/// inside a statement is never the reporter's, whatever the network says; one inside none, whose
/// source says nothing that is on record, is.
pub(super) fn of(
    cx: &Context<'_>,
    entities: &Entities,
    statements: &[Statement],
    act: &Act,
) -> Vec<Basis> {
    let at = cx.document.token(cx.document.head_of(act.words)).range;
    let mut inside: Vec<&Statement> = statements.iter().filter(|s| holds(s, at)).collect();
    inside.sort_by_key(|s| (size(s), s.id));
    let implicit = |s: &&&Statement| s.source.kind == SourceKind::Implicit;
    let found = if is_told(act) {
        let source = act.pointed(ActRole::Source, LEAST);
        let his = source.and_then(|head| told_by(cx, entities, statements, &inside, head, at));
        his.or(inside.first().copied())
    } else if act.voice == ActVoice::Implicit {
        inside.iter().find(implicit).or(inside.first()).copied()
    } else {
        inside.first().copied()
    };
    vec![found.map_or(Basis::Reporter, |s| Basis::Statement(s.id))]
}

fn told_by<'s>(
    cx: &Context<'_>,
    entities: &Entities,
    statements: &'s [Statement],
    inside: &[&'s Statement],
    head: TokenId,
    at: TextRange,
) -> Option<&'s Statement> {
    let his = |s: &Statement| is_his(cx, entities, s, head);
    let away = |s: &&Statement| s.cue.span.range().start.abs_diff(at.start);
    let paragraph = |r: TextRange| {
        let d = cx.document;
        let first = d.tokens_in(r).iter().next();
        first.map(|t| d.sentence_of(t).paragraph)
    };
    // What somebody else says is not told by whoever spoke in another paragraph.
    let beside =
        |s: &&Statement| inside.is_empty() || paragraph(s.cue.span.range()) == paragraph(at);
    let near = || {
        let own = statements.iter().filter(|s| his(s)).filter(beside);
        own.min_by_key(away)
    };
    inside.iter().find(|s| his(s)).copied().or_else(near)
}

/// Whether a statement is of the source that a word names.
pub(super) fn is_his(
    cx: &Context<'_>,
    entities: &Entities,
    statement: &Statement,
    head: TokenId,
) -> bool {
    let word = cx.document.token(head).range;
    let entity = entities.at(word);
    let source = &statement.source;
    let named = source.span.as_ref().map(onrecord_model::Span::range);
    entity.is_some() && source.entity == entity || named.is_some_and(|r| r.contains(word))
}

fn holds(s: &Statement, at: TextRange) -> bool {
    s.content.iter().any(|c| c.range().contains(at))
}

fn size(s: &Statement) -> usize {
    s.content.iter().map(|c| c.range().len()).sum()
}
