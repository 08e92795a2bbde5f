//! Sums told in a row: instalments, and what several get.
//!
//! "150 million will be paid by March 31 and 250 million by October 1, provided that ..." is two
//! commitments of one cue. What follows a sum up to the next is its own; a condition behind a comma at
//! the end is of all.

use onrecord_lexicon::commitments::{self as words, List};
use onrecord_model::{
    Amount, CommitmentStatus, EntityId, PartyRole, Span, TextRange, TokenId, TokenRange, Upos, Why,
};

use super::tail::{self, Tail};
use super::{Parts, is_ahead, is_like, is_rate, whole};
use crate::commitments::merge::Telling;

/// One of a row.
struct Item<'a> {
    /// The words of what is given: a sum, or "the rest".
    words: TokenRange,
    amount: Option<&'a Amount>,
    tail: Tail,
}

/// Words that may stand between "and" and the next sum.
const BEFORE_SUM: &[&str] = &[
    "the",
    "a",
    "an",
    "another",
    "further",
    "additional",
    "final",
    "last",
    "remaining",
    "other",
    "of",
    "for",
    "about",
    "up",
    "to",
    "nearly",
    "some",
    "around",
    "at",
    "least",
    "more",
    "than",
    "then",
    "with",
    "also",
    "next",
    "second",
    "third",
    "fourth",
    "fifth",
    "as",
    "well",
    "worth",
    "by",
];

/// Makes of every row of sums as many commitments.
pub(super) fn split(room: Parts<'_>, all: &mut Vec<Telling>) {
    let count = all.len();
    for i in 0..count {
        let found = items(room, all, i);
        let Some((first, rest)) = found.split_first() else {
            continue;
        };
        if rest.is_empty() {
            alone(&mut all[i], &first.tail);
            continue;
        }
        let shared = found
            .last()
            .filter(|l| l.tail.of_all)
            .and_then(|l| l.tail.condition.clone());
        let given = found.iter().all(|x| x.tail.to.is_some());
        let paid = is_ahead(all[i].commitment.status);
        let made: Vec<Telling> = found
            .iter()
            .filter_map(|item| made(room, &all[i], item, &found, shared.as_ref(), (given, paid)))
            .collect();
        if made.len() == found.len() {
            let whole = whole::of_row(room, all, &made);
            let mut made = made;
            for t in made.iter_mut().filter(|_| is_instalments(&found)) {
                if let Some((words, told)) = &whole {
                    t.commitment.part_of = Some(words.clone());
                    if let Some(told) = told {
                        whole::lend_kind(&mut t.commitment, told);
                        whole::lend_parties(&mut t.commitment, told);
                    }
                }
            }
            let mut made = made.into_iter();
            if let Some(first) = made.next() {
                all[i] = first;
            }
            all.extend(made);
        }
    }
}

/// Whether a row is of one sum: its parts are due at other times, or one is the rest.
fn is_instalments(all: &[Item<'_>]) -> bool {
    let ahead = |x: &Item<'_>| x.tail.due.is_some() || x.tail.condition.is_some();
    all.iter().any(|x| x.amount.is_none()) || all.iter().filter(|x| ahead(x)).count() > 1
}

/// One sum: only what the reader has missed of it is added.
fn alone(t: &mut Telling, tail: &Tail) {
    let c = &mut t.commitment;
    if !is_ahead(c.status) {
        return;
    }
    if c.due.is_none() && tail.term {
        c.due.clone_from(&tail.due);
    }
    if let Some(own) = &tail.condition {
        let longer = c
            .condition
            .as_ref()
            .is_none_or(|old| own.range().contains(old.range()));
        if longer && (!tail.of_all || c.condition.is_some()) {
            c.condition = Some(own.clone());
        }
    }
}

fn made(
    room: Parts<'_>,
    from: &Telling,
    item: &Item<'_>,
    all: &[Item<'_>],
    shared: Option<&Span>,
    (given, ahead): (bool, bool),
) -> Option<Telling> {
    let object = room.cx.tokens(item.words)?;
    let others = |value: &Option<_>| {
        all.iter()
            .any(|x| x.tail.due.is_some() && x.tail.due == *value)
    };
    Some(room.like(from, |c| {
        c.amount = item.amount.cloned();
        c.rate = None;
        let to_come = item.tail.condition.is_some() && c.status == CommitmentStatus::Delivered;
        if to_come {
            // "pays 60 million when the tunnel opens"
            c.status = CommitmentStatus::Announced;
            c.since = None;
        }
        if ahead || to_come {
            let own = item.tail.due.clone();
            c.due = own.or_else(|| c.due.take().filter(|d| !others(&Some(d.clone()))));
            c.condition = item
                .tail
                .condition
                .clone()
                .or_else(|| shared.cloned())
                .or_else(|| c.condition.take().filter(|s| precedes(s, all)));
        }
        if let Some((to, words)) = item.tail.to.as_ref().filter(|_| given) {
            c.to = vec![*to];
            only(&mut c.parties, *to, words);
        }
        c.object = object;
        c.confidence *= 0.95;
        c.why = Why::rule("acts/parts/items");
    }))
}

/// A condition in front of all sums is of all.
fn precedes(condition: &Span, all: &[Item<'_>]) -> bool {
    let first = all.first().and_then(|x| x.amount);
    first.is_some_and(|a| condition.range().end <= a.span.range().start)
}

/// The recipient of one of a row is its alone.
fn only(parties: &mut Vec<onrecord_model::Party>, to: EntityId, words: &Span) {
    let country = parties
        .iter()
        .find(|p| p.entity == Some(to))
        .and_then(|p| p.country.clone());
    parties.retain(|p| p.role != PartyRole::To);
    parties.push(onrecord_model::Party {
        role: PartyRole::To,
        span: words.clone(),
        entity: Some(to),
        country,
    });
}

/// The row of sums that begins with a telling's own.
fn items<'a>(room: Parts<'a>, all: &[Telling], i: usize) -> Vec<Item<'a>> {
    let t = &all[i];
    let c = &t.commitment;
    let d = room.cx.document;
    let sentence = room.sentence(c);
    let here: Vec<&Amount> = room
        .amounts_in(sentence.range)
        .filter(|a| !is_rate(a))
        .collect();
    let own = |a: &&&Amount| c.amount.as_ref().is_some_and(|o| o.span == a.span);
    let pointed = here.iter().position(|a| own(&a));
    let first = pointed.or_else(|| c.amount.is_none().then(|| opener(room, t, &here)).flatten());
    let Some(first) = first else {
        return Vec::new();
    };
    // A part with its whole is no row.
    if c.part_of.as_ref().is_some_and(|p| {
        here.iter()
            .any(|a| p.range().contains(a.span.range()) && a.span != here[first].span)
    }) && pointed.is_some()
    {
        return Vec::new();
    }
    let end = tail::end_of_clause(room, here[first].span.range(), sentence.tokens);
    let mut heads = vec![(
        start_of(room, here[first], sentence.tokens),
        Some(here[first]),
    )];
    let mut at = room.tokens(&here[first].span).end;
    while at < end {
        let Some((words, amount)) = next(room, at, end, &here, here[first]) else {
            break;
        };
        let between = TokenRange::new(at.0, before_row(room, words.start, at).0);
        if is_foreign(room, all, i, between) || amount.is_some_and(|a| is_anothers(all, i, a)) {
            break;
        }
        at = words.end;
        heads.push((words, amount));
    }
    (0..heads.len())
        .map(|k| {
            let (words, amount) = heads[k];
            let stop = heads
                .get(k + 1)
                .map_or(end, |(next, _)| before_row(room, next.start, words.end));
            Item {
                words,
                amount,
                tail: tail::read(room, TokenRange::new(words.end.0, stop.0.max(words.end.0))),
            }
        })
        .filter(|x| d.sentence_of(x.words.start).range == sentence.range)
        .collect()
}

/// "in two instalments, the first of 150 million": the sum of the first where a telling has none.
fn opener(room: Parts<'_>, t: &Telling, here: &[&Amount]) -> Option<usize> {
    let d = room.cx.document;
    let cue = t.commitment.cue.as_ref()?.range();
    let at = here.iter().position(|a| a.span.range().start >= cue.end)?;
    let from = d.tokens_in(cue).end;
    let until = room.tokens(&here[at].span).start;
    let between = TokenRange::new(from.0, until.0.max(from.0));
    let forms: Vec<String> = between.iter().map(|t| room.form(t)).collect();
    let first = forms
        .iter()
        .any(|f| matches!(f.as_str(), "first" | "one" | "initial"));
    let parts = between
        .iter()
        .any(|t| words::on(List::Instalment, &d.token(t).lemma.to_lowercase()));
    (first && parts && forms.len() < 12).then_some(at)
}

/// The next of a row: behind "and" or a comma, with no words between but those that lead to it.
fn next<'a>(
    room: Parts<'a>,
    from: TokenId,
    end: TokenId,
    here: &[&'a Amount],
    like: &Amount,
) -> Option<(TokenRange, Option<&'a Amount>)> {
    let amount = here.iter().copied().find(|a| {
        let tokens = room.tokens(&a.span);
        tokens.start >= from
            && tokens.end <= end
            && is_like(a, like)
            && !is_bracketed(room, a)
            && !matches!(
                room.form(tokens.end).as_str(),
                "more" | "less" | "fewer" | "higher" | "lower"
            )
            && is_coordinate(room, tokens.start, from)
    });
    let rest = (from.0..end.0).map(TokenId).find(|t| {
        let lemma = room.cx.document.token(*t).lemma.to_lowercase();
        (words::on(List::Rest, &lemma) || words::on(List::Rest, &room.form(*t)))
            && room.form(TokenId(t.0.saturating_sub(1))) == "the"
            && is_coordinate(room, TokenId(t.0 - 1), from)
    });
    let rest = rest.filter(|t| {
        // "the remaining 250 million" has a sum.
        amount.is_none_or(|a| room.tokens(&a.span).start > *t && room.form(*t) != "remaining")
    });
    match (amount, rest) {
        (_, Some(t)) => Some((TokenRange::new(t.0 - 1, t.0 + 1), None)),
        (Some(a), None) => Some((room.tokens(&a.span), Some(a))),
        (None, None) => None,
    }
}

fn is_bracketed(room: Parts<'_>, a: &Amount) -> bool {
    let start = room.tokens(&a.span).start;
    start
        .0
        .checked_sub(1)
        .is_some_and(|b| room.form(TokenId(b)) == "(")
}

/// Whether "and" or a comma leads to a word.
fn is_coordinate(room: Parts<'_>, start: TokenId, from: TokenId) -> bool {
    let joint = before_row(room, start, from);
    joint < start
        && (joint.0..start.0)
            .map(TokenId)
            .any(|t| is_joint(&room.form(t)))
}

fn is_joint(form: &str) -> bool {
    matches!(form, "and" | "," | ";" | "or" | "plus")
}

/// Where the words begin that lead to the next of a row: at its "and" or comma.
fn before_row(room: Parts<'_>, start: TokenId, from: TokenId) -> TokenId {
    let d = room.cx.document;
    let leads = |t: TokenId| {
        let form = room.form(t);
        BEFORE_SUM.contains(&form.as_str())
            || is_joint(&form)
            || words::on(List::Instalment, &d.token(t).lemma.to_lowercase())
    };
    let mut at = start;
    while let Some(before) =
        at.0.checked_sub(1)
            .map(TokenId)
            .filter(|b| *b >= from && leads(*b))
    {
        at = before;
        if is_joint(&room.form(at))
            && !at
                .0
                .checked_sub(1)
                .is_some_and(|b| TokenId(b) >= from && is_joint(&room.form(TokenId(b))))
        {
            break;
        }
    }
    at
}

/// Where the words of a sum begin: with "the first of" and its article.
fn start_of(room: Parts<'_>, a: &Amount, sentence: TokenRange) -> TokenRange {
    const LEADS: [&str; 9] = [
        "of",
        "first",
        "second",
        "initial",
        "the",
        "remaining",
        "other",
        "final",
        "last",
    ];
    let own = room.tokens(&a.span);
    let mut start = own.start;
    while let Some(before) = start
        .0
        .checked_sub(1)
        .map(TokenId)
        .filter(|b| sentence.has(*b) && LEADS.contains(&room.form(*b).as_str()))
    {
        start = before;
    }
    let opens = room.form(start);
    if opens == "of" {
        own
    } else {
        TokenRange::new(start.0, own.end.0)
    }
}

/// Whether another clause begins between two sums: a verb that is neither the cue's nor of a
/// condition, or a cue of something else.
fn is_foreign(room: Parts<'_>, all: &[Telling], i: usize, between: TokenRange) -> bool {
    let d = room.cx.document;
    let range = d.range(between);
    let own = all[i]
        .commitment
        .cue
        .as_ref()
        .map_or(TextRange::new(0, 0), Span::range);
    let conditional = between
        .iter()
        .find(|t| tail::opens_condition(room, *t, between));
    let verb = between
        .iter()
        .take_while(|t| conditional.is_none_or(|c| *t < c))
        .any(|t| {
            let token = d.token(t);
            matches!(token.upos, Upos::Verb | Upos::Aux)
                && !own.overlaps(token.range)
                && !helps(room, t, own)
        });
    let cue = all.iter().enumerate().any(|(k, t)| {
        let cue = t.commitment.cue.as_ref().map(Span::range);
        k != i
            && cue.is_some_and(|c| {
                c != own
                    && range.contains(c)
                    && !c.overlaps(own)
                    && conditional.is_none_or(|m| c.start < d.token(m).range.start)
            })
    });
    verb || cue
}

/// "will be paid": what helps the cue's verb.
fn helps(room: Parts<'_>, t: TokenId, cue: TextRange) -> bool {
    let d = room.cx.document;
    d.token(t).upos == Upos::Aux
        && d.token(t)
            .head
            .is_some_and(|h| cue.overlaps(d.token(h).range))
}

/// Whether a sum is told of something else.
fn is_anothers(all: &[Telling], i: usize, a: &Amount) -> bool {
    let cue = |t: &Telling| t.commitment.cue.as_ref().map(Span::range);
    all.iter().enumerate().any(|(k, t)| {
        let own = t
            .commitment
            .amount
            .as_ref()
            .is_some_and(|o| o.span == a.span);
        k != i && own && cue(t) != cue(&all[i])
    })
}
