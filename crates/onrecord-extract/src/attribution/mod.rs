//! Attribution: who says so (source, cue, content), to whom, where, and how firmly.
//!
//! `"The mine will reopen," Energy Minister Oona Karr told reporters on Monday` becomes a
//! statement with the source Oona Karr, the cue "told", the words in quotation marks as its
//! direct content, and the day of that Monday as its time.
//!
//! Rules over trees, quotation marks and the form of lines ([`tree`], [`nominal`], [`speech`],
//! [`signed`], [`turns`]) and the network's spans ([`merge`]) each give drafts; a draft becomes a
//! statement once its source is known and its stance read. Nested attributions point to the statement they stand in by `via`.
//!
//! Left out: what the reporter asserts in the report's own voice has no statement.

mod addressee;
mod aside;
mod below;
mod bounds;
mod clause;
mod coordinate;
mod denial;
mod details;
mod draft;
mod edges;
mod fronted;
mod gloss;
mod headline;
mod merge;
mod nominal;
mod outer;
mod passive;
mod quotes;
mod reach;
mod shared;
mod signed;
mod source;
mod speech;
mod stance;
#[cfg(test)]
mod tests;
mod tree;
mod turns;
mod unsaid;
mod whose;

use onrecord_model::{Cue, Quotation, Statement, StatementId, TextRange, TimeMention, Why};

use crate::{Context, entities::Entities};
use draft::Draft;
use quotes::Quote;

pub(crate) use source::named as source_named;

/// The stretches in quotation marks, marks included, in text order.
pub(crate) fn quotations(cx: &Context<'_>) -> Vec<TextRange> {
    quotes::find(cx).into_iter().map(|q| q.range).collect()
}

/// Every statement of the report, in text order.
pub fn extract(cx: &Context<'_>, entities: &Entities, times: &[TimeMention]) -> Vec<Statement> {
    let quotes = quotes::find(cx);
    let drafts = drafts(cx, entities, times, &quotes);
    let mut out: Vec<Statement> = Vec::new();
    let mut kept: Vec<&Draft> = Vec::new();
    for d in &drafts {
        let id = StatementId(out.len() as u32 + 1);
        if let Some(s) = statement(cx, entities, times, &quotes, d, id) {
            out.push(s);
            kept.push(d);
        }
    }
    inherit_times(cx, &kept, &mut out);
    for (i, d) in kept.iter().enumerate() {
        let outer = container(&kept, i, d);
        if let Some(s) = out.get_mut(i) {
            s.via = outer.map(|j| StatementId(j as u32 + 1));
        }
    }
    out
}

/// "Lund told Congress on Monday that ..., saying ...": the second saying has the time of the
/// first, when it is a participle behind it and has the same source.
fn inherit_times(cx: &Context<'_>, kept: &[&Draft], out: &mut [Statement]) {
    for i in 0..out.len() {
        let Some(d) = kept
            .get(i)
            .filter(|d| clause::is_participle(cx, d.cue_head))
        else {
            continue;
        };
        let sentence = cx.document.sentence_of(d.cue_head).tokens;
        let same = |j: &usize| {
            let (Some(a), Some(b)) = (out.get(*j), out.get(i)) else {
                return false;
            };
            a.source.entity == b.source.entity
                && kept.get(*j).is_some_and(|o| sentence.has(o.cue_head))
        };
        let time = (0..i)
            .rev()
            .find(same)
            .and_then(|j| out.get(j)?.time.clone());
        if let Some(s) = out.get_mut(i).filter(|s| s.time.is_none()) {
            s.time = time;
        }
    }
}

/// All drafts, distinct, with their boundaries settled, in text order.
fn drafts(
    cx: &Context<'_>,
    entities: &Entities,
    times: &[TimeMention],
    quotes: &[Quote],
) -> Vec<Draft> {
    let mut drafts = tree::find(cx, entities, quotes);
    drafts.extend(nominal::find(cx, quotes));
    drafts.extend(signed::find(cx, quotes));
    drafts.extend(turns::find(cx));
    drafts.extend(below::find(cx));
    let seen = |d: &Draft, all: &[Draft]| all.iter().any(|o| o.cue_head == d.cue_head);
    let headlines = headline::find(cx, entities);
    drafts.extend(
        headlines
            .into_iter()
            .filter(|h| !seen(h, &drafts))
            .collect::<Vec<_>>(),
    );
    for d in &mut drafts {
        draft::snap(quotes, d);
    }
    let mut drafts = merge::network(cx, merge::distinct(drafts));
    leave_signed(&mut drafts);
    for d in &mut drafts {
        whose::settle(cx, d);
        bounds::keep(cx, quotes, times, d);
    }
    let all = drafts.clone();
    for d in &mut drafts {
        edges::mend(cx, quotes, d);
        reach::complete(cx, quotes, &all, d);
        coordinate::complete(cx, &all, d);
        aside::complete(cx, quotes, &all, d);
    }
    shared::part(cx, entities, quotes, &mut drafts);
    denial::complete(cx, quotes, &mut drafts);
    drafts.retain(|d| !d.content.is_empty());
    speech::attach(cx, quotes, &mut drafts);
    let fronted = fronted::find(cx, entities, quotes, &drafts);
    drafts.extend(fronted);
    let outer = outer::find(cx, quotes, &drafts);
    drafts.extend(outer);
    let mut drafts = merge::distinct(drafts);
    for d in &mut drafts {
        draft::snap(quotes, d);
        gloss::cut(cx, quotes, d);
        d.content = draft::tidy(cx, quotes, std::mem::take(&mut d.content));
    }
    drafts.retain(|d| !d.content.is_empty() && !unsaid::is_none(cx, entities, quotes, d));
    let all = drafts.clone();
    drafts.retain(|d| !unsaid::is_own_thought(cx, &all, d) && !whose::is_documents(cx, &all, d));
    drafts.sort_by_key(|d| (first(d), d.cue));
    drafts
}

/// What is signed, or a turn of a transcript, is nobody else's; cues inside it stay.
fn leave_signed(drafts: &mut [Draft]) {
    let signed = drafts.iter().filter(|d| merge::is_form(d.rule));
    let taken: Vec<_> = signed.flat_map(|d| d.content.clone()).collect();
    for d in drafts.iter_mut().filter(|d| !merge::is_form(d.rule)) {
        for hole in taken.iter().filter(|hole| !hole.has(d.cue_head)) {
            let pieces = std::mem::take(&mut d.content).into_iter();
            d.content = pieces.flat_map(|r| draft::without(r, *hole)).collect();
        }
    }
}

/// Where a draft begins in the text.
fn first(d: &Draft) -> u32 {
    let content = d.content.first().map_or(d.cue.start.0, |r| r.start.0);
    content
        .min(d.cue.start.0)
        .min(d.source.map_or(u32::MAX, |s| s.start.0))
}

/// The smallest statement whose content holds the cue of this one.
fn container(kept: &[&Draft], i: usize, d: &Draft) -> Option<usize> {
    kept.iter()
        .enumerate()
        .filter(|(j, o)| *j != i && o.says(d.cue_head))
        .min_by_key(|(j, o)| (o.size(), *j))
        .map(|(j, _)| j)
}

fn statement(
    cx: &Context<'_>,
    entities: &Entities,
    times: &[TimeMention],
    quotes: &[Quote],
    d: &Draft,
    id: StatementId,
) -> Option<Statement> {
    let kind = stance::kind(cx, d);
    let content: Vec<_> = d.content.iter().filter_map(|r| cx.tokens(*r)).collect();
    if content.is_empty() {
        return None;
    }
    Some(Statement {
        id,
        source: source::read(cx, entities, d),
        cue: Cue {
            span: cx.tokens(d.cue)?,
            lemma: cx.document.token(d.cue_head).lemma.to_string(),
            kind,
        },
        content,
        quotation: quotation(cx, quotes, d),
        addressee: details::addressee(cx, entities, d),
        occasion: details::occasion(cx, d),
        time: details::time(cx, times, d),
        place: details::place(cx, entities, d),
        factuality: stance::factuality(cx, d, kind),
        via: None,
        confidence: (d.score * 100.0).round() / 100.0,
        why: Why::rule(d.rule),
    })
}

/// Direct when every word stands in quotation marks or in a transcript, indirect when none does.
fn quotation(cx: &Context<'_>, quotes: &[Quote], d: &Draft) -> Quotation {
    let words = d
        .content
        .iter()
        .flat_map(|r| r.iter())
        .filter(|t| cx.document.form(*t).chars().any(char::is_alphanumeric));
    let (mut inside, mut outside) = (0, 0);
    for t in words {
        match quotes::around(quotes, t) {
            Some(_) => inside += 1,
            None => outside += 1,
        }
    }
    match (inside, outside) {
        _ if d.rule == turns::TURN || d.rule == below::BELOW => Quotation::Direct,
        (0, _) => Quotation::Indirect,
        (_, 0) => Quotation::Direct,
        _ => Quotation::Mixed,
    }
}
