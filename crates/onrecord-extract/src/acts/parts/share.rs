//! A part beside its whole: "100 of the 250 million it promised", "250 million, of which 100 has been
//! paid", "40% of the 200 million".

use onrecord_lexicon::commitments::{self as words, List};
use onrecord_model::{
    Amount, CommitmentStatus, Factuality, Polarity, Span, TextRange, TokenId, Upos, Why,
};

use super::{Parts, is_doing, is_like, is_rate, is_sum};
use crate::commitments::{merge::Telling, tree};

/// A part and the whole it is of.
#[derive(Clone)]
pub(super) struct Share<'a> {
    part: &'a Amount,
    whole: &'a Amount,
    /// From the part to the end of the whole's amount, where they stand together.
    together: Option<Span>,
    /// The words of the whole, with the clause that says whose it is.
    phrase: Span,
}

/// Words that may stand between a part and its whole, "of" apart.
const MOST_BETWEEN: usize = 4;

/// Gives every part its own sum and its whole, and tells what the reader has missed of them.
pub(super) fn settle(room: Parts<'_>, all: &mut Vec<Telling>) {
    let d = room.cx.document;
    for sentence in d.sentences() {
        for share in shares(room, sentence.range) {
            let own = |t: &Telling| {
                sentence.range.contains(
                    t.commitment
                        .cue
                        .as_ref()
                        .unwrap_or(&t.commitment.object)
                        .range(),
                )
            };
            let told: Vec<usize> = (0..all.len())
                .filter(|i| own(&all[*i]) && meets(&all[*i], &share))
                .collect();
            let mut part_told = false;
            for i in told {
                part_told |= assign(room, &mut all[i], &share);
            }
            if !part_told && let Some(t) = missed(room, all, &share) {
                all.push(t);
            }
            align(all, &share);
        }
    }
    for t in all.iter_mut() {
        own_amount(room, t);
    }
}

/// Every part in a stretch that is told with its whole.
fn shares(room: Parts<'_>, range: TextRange) -> Vec<Share<'_>> {
    let all: Vec<&Amount> = room.amounts_in(range).collect();
    let mut out = Vec::new();
    for (i, part) in all.iter().enumerate().filter(|(_, a)| is_sum(a)) {
        let next = all[i + 1..]
            .first()
            .filter(|w| is_like(part, w) || is_rate(part));
        if let Some(whole) = next.filter(|w| stand_together(room, part, w)) {
            out.extend(together(room, part, whole));
            continue;
        }
        let before = all[..i].iter().rev().find(|w| is_like(part, w));
        if let Some(whole) =
            before.filter(|w| is_of_which(room, part) || opens_with_of(room, range, w))
        {
            let phrase = phrase(room, whole).unwrap_or_else(|| whole.span.clone());
            // ", of which" is no word of the whole.
            let phrase = if phrase.range().overlaps(part.span.range()) {
                whole.span.clone()
            } else {
                phrase
            };
            out.push(Share {
                part,
                whole,
                together: None,
                phrase,
            });
        }
    }
    out
}

/// "of", and a few words without a mark, between two amounts.
fn stand_together(room: Parts<'_>, part: &Amount, whole: &Amount) -> bool {
    let between = TextRange::new(part.span.range().end, whole.span.range().start);
    let words: Vec<&str> = room
        .cx
        .report
        .text
        .slice(between)
        .split_whitespace()
        .collect();
    let plain = words.iter().all(|w| {
        w.chars()
            .all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'))
    });
    words.first() == Some(&"of") && words.len() <= MOST_BETWEEN && plain
}

fn together<'a>(room: Parts<'a>, part: &'a Amount, whole: &'a Amount) -> Option<Share<'a>> {
    let (start, end) = (part.span.range().start, end_of(room, whole));
    let words = room
        .cx
        .document
        .tokens_in(TextRange::new(part.span.range().end, end));
    let phrase = phrase(room, whole)?;
    let from = words
        .iter()
        .nth(1)
        .map(|t| room.cx.document.token(t).range.start)?;
    let phrase = TextRange::new(from, phrase.range().end.max(end));
    Some(Share {
        part,
        whole,
        together: room.cx.span(TextRange::new(start, end)),
        phrase: room.cx.span(phrase)?,
    })
}

/// An amount's phrase from its first word on, with the clause behind it that says who promised it.
fn phrase(room: Parts<'_>, whole: &Amount) -> Option<Span> {
    let d = room.cx.document;
    let own = d.tokens_in(TextRange::new(
        whole.span.range().start,
        end_of(room, whole),
    ));
    let sentence = d.sentence_of(own.start).tokens;
    let clause = d.subtree(d.head_of(own)).end.0.min(sentence.end.0);
    let promises = |t: TokenId| d.token(t).upos == Upos::Verb && tree::lemma(room.cx, t) != "say";
    let end = (own.end.0..clause)
        .map(TokenId)
        .find(|t| d.token(*t).upos == Upos::Punct);
    let end = end.map_or(clause, |t| t.0).max(own.end.0);
    // Without a verb it is not said by whom.
    let end = if (own.end.0..end).map(TokenId).any(promises) {
        end
    } else {
        own.end.0
    };
    let det = |t: &TokenId| {
        matches!(d.token(*t).upos, Upos::Det | Upos::Adj | Upos::Pron) && sentence.has(*t)
    };
    let mut start = own.start;
    while let Some(before) = start.0.checked_sub(1).map(TokenId).filter(det) {
        start = before;
    }
    room.cx.span(TextRange::new(
        d.token(start).range.start,
        d.token(TokenId(end - 1)).range.end,
    ))
}

/// Where an amount's words end, with what is counted: "30 lorries".
fn end_of(room: Parts<'_>, amount: &Amount) -> u32 {
    let d = room.cx.document;
    let own = room.tokens(&amount.span);
    let counted = amount.currency.is_none() && !is_rate(amount);
    let noun = d
        .token(d.head_of(own))
        .head
        .filter(|h| counted && *h >= own.end && h.0 < own.end.0 + 4);
    noun.map_or(amount.span.range().end, |n| d.token(n).range.end)
}

fn before(room: Parts<'_>, amount: &Amount, by: u32) -> String {
    let first = room.tokens(&amount.span).start.0;
    first
        .checked_sub(by)
        .map(|t| room.form(TokenId(t)))
        .unwrap_or_default()
}

/// ", of which 100 million has been paid".
fn is_of_which(room: Parts<'_>, part: &Amount) -> bool {
    let skip = u32::from(matches!(
        before(room, part, 1).as_str(),
        "only" | "just" | "some" | "about" | "nearly"
    ));
    before(room, part, 1 + skip) == "which" && before(room, part, 2 + skip) == "of"
}

/// "Of the 300 million that Oslo promised, 120 million has been paid".
fn opens_with_of(room: Parts<'_>, sentence: TextRange, whole: &Amount) -> bool {
    let range = TextRange::new(sentence.start, whole.span.range().start);
    let words: Vec<&str> = room
        .cx
        .report
        .text
        .slice(range)
        .split_whitespace()
        .collect();
    words.first().is_some_and(|w| w.eq_ignore_ascii_case("of")) && words.len() <= MOST_BETWEEN
}

fn meets(t: &Telling, share: &Share<'_>) -> bool {
    let object = t.commitment.object.range();
    let words = share.together.as_ref().unwrap_or(&share.part.span).range();
    let cue = t.commitment.cue.as_ref().map(Span::range);
    object.overlaps(words)
        || object.overlaps(share.whole.span.range())
        || cue.is_some_and(|c| c.overlaps(share.phrase.range()))
}

/// Gives a telling the part or the whole, whichever it is of; whether it is the part.
fn assign(room: Parts<'_>, t: &mut Telling, share: &Share<'_>) -> bool {
    let c = &t.commitment;
    let cue = c.cue.as_ref().unwrap_or(&c.object).range();
    let of_whole = share.phrase.range().contains(cue);
    let behind = cue.start > share.whole.span.range().end;
    let names_part = c.object.range().overlaps(share.part.span.range());
    let of_part =
        !of_whole && (is_doing(c.status) || names_part && (!behind || share.together.is_none()));
    if !of_part {
        t.commitment.amount = Some(share.whole.clone());
        t.commitment.rate = None;
        if t.commitment
            .part_of
            .as_ref()
            .is_some_and(|p| p.range().overlaps(share.phrase.range()))
        {
            t.commitment.part_of = None;
        }
        if names_part && share.together.is_some() {
            room.set_object(t, whole_words(room, share));
        }
        return false;
    }
    take_part(room, t, share);
    true
}

fn take_part(room: Parts<'_>, t: &mut Telling, share: &Share<'_>) {
    t.commitment.amount = Some(share.part.clone());
    t.commitment.rate = is_rate(share.part).then(|| format!("{}%", share.part.value));
    t.commitment.part_of = Some(share.phrase.clone());
    let object = share
        .together
        .clone()
        .unwrap_or_else(|| share.part.span.clone());
    room.set_object(t, object);
}

/// The whole's amount with the words before it: "the 250 million euros".
fn whole_words(room: Parts<'_>, share: &Share<'_>) -> Span {
    let range = TextRange::new(share.phrase.range().start, end_of(room, share.whole));
    room.cx
        .span(range)
        .unwrap_or_else(|| share.whole.span.clone())
}

/// A part that was paid or received, of which only the whole is told.
fn missed(room: Parts<'_>, all: &[Telling], share: &Share<'_>) -> Option<Telling> {
    let d = room.cx.document;
    let head = d.head_of(room.tokens(&share.part.span));
    let inside = |t: &TokenId| share.phrase.range().contains(d.token(*t).range);
    let verb = d
        .ancestors(head)
        .skip(1)
        .find(|t| d.token(*t).upos == Upos::Verb && !inside(t))?;
    let lemma = tree::lemma(room.cx, verb);
    let given = words::verbs(lemma)
        .iter()
        .any(|f| f.act && f.status == "delivered");
    let done = matches!(
        tree::mode(room.cx, verb),
        tree::Mode::Fact | tree::Mode::Participle
    );
    let near = verb.0.abs_diff(head.0) <= NEAR;
    if !(given || words::on(List::Receive, lemma)) || !done || !near {
        return None;
    }
    let whole = all.iter().find(|t| is_whole(t, share))?;
    let negative = tree::is_negated(room.cx, verb);
    let cue = verb_words(room, verb);
    let mut t = room.like(whole, |c| {
        c.status = CommitmentStatus::Delivered;
        c.factuality = Factuality {
            polarity: if negative {
                Polarity::Negative
            } else {
                Polarity::Positive
            },
            ..Factuality::FACT
        };
        c.cue = cue;
        (c.due, c.condition, c.since) = (None, None, None);
        c.why = Why::rule("acts/parts/share");
    });
    take_part(room, &mut t, share);
    Some(t)
}

/// Words between a part and the verb that says it was paid.
const NEAR: u32 = 8;

/// A verb with what helps it: "has been paid".
fn verb_words(room: Parts<'_>, verb: TokenId) -> Option<Span> {
    let d = room.cx.document;
    let helps = d.children_in(verb, &["aux"]).filter(|a| *a < verb).min();
    let start = helps.unwrap_or(verb);
    room.cx.span(TextRange::new(
        d.token(start).range.start,
        d.token(verb).range.end,
    ))
}

fn is_whole(t: &Telling, share: &Share<'_>) -> bool {
    let amount = t.commitment.amount.as_ref();
    amount.is_some_and(|a| a.span == share.whole.span)
        && t.commitment.part_of.as_ref() != Some(&share.phrase)
}

/// A part is of the kind of its whole, and of the same parties where it has none.
fn align(all: &mut [Telling], share: &Share<'_>) {
    let Some(whole) = all
        .iter()
        .find(|t| is_whole(t, share))
        .map(|t| t.commitment.clone())
    else {
        return;
    };
    let parts = all.iter_mut().filter(|t| {
        let amount = t.commitment.amount.as_ref();
        amount.is_some_and(|a| a.span == share.part.span)
    });
    for t in parts {
        super::whole::lend_kind(&mut t.commitment, &whole);
        super::whole::lend_parties(&mut t.commitment, &whole);
    }
}

/// The first sum among the words of what is promised is its own, whatever stands elsewhere.
fn own_amount(room: Parts<'_>, t: &mut Telling) {
    let c = &mut t.commitment;
    let object = c.object.range();
    let within = |a: &Amount| object.contains(a.span.range());
    if c.amount.as_ref().is_none_or(within) {
        return;
    }
    let found = room
        .amounts_in(object)
        .find(|a| a.currency.is_some() && !is_rate(a));
    if let Some(a) = found.filter(|a| c.amount.as_ref().is_some_and(|o| is_like(o, a))) {
        c.amount = Some(a.clone());
    }
}
