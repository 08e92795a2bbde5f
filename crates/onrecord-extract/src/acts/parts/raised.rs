//! A raised or cut promise: the old sum is superseded, the new one told.
//!
//! "raised its grant from 350 to 400 million", "doubled its aid to 60 million", "50 million more than it
//! announced".

use onrecord_lexicon::commitments::{self as words, List};
use onrecord_model::{
    Amount, Commitment, CommitmentStatus, Span, TextRange, TokenId, TokenRange, Upos, Why,
};

use super::{Parts, is_rate, tail};
use crate::commitments::{merge::Telling, tree};

/// A verb that changes a sum, and what it changes.
struct Change<'a> {
    verb: TokenId,
    up: bool,
    /// "its grant to Chad".
    thing: TokenRange,
    old: Option<&'a Amount>,
    new: &'a Amount,
}

/// Tells of every change both sums.
pub(super) fn tell(room: Parts<'_>, all: &mut Vec<Telling>) {
    let d = room.cx.document;
    for sentence in d.sentences() {
        let verbs: Vec<TokenId> = sentence
            .tokens
            .iter()
            .filter(|t| d.token(*t).upos == Upos::Verb)
            .collect();
        for verb in verbs {
            if let Some(change) = change(room, verb, sentence.range) {
                apply(room, all, &change, sentence.range);
            }
        }
    }
    more_than(room, all);
}

fn change(room: Parts<'_>, verb: TokenId, sentence: TextRange) -> Option<Change<'_>> {
    let d = room.cx.document;
    let lemma = tree::lemma(room.cx, verb);
    let up = words::on(List::Raise, lemma);
    let down = words::verbs(lemma).iter().any(|f| f.status == "reduced");
    if !(up || down) || tree::is_negated(room.cx, verb) {
        return None;
    }
    let thing = if tree::is_passive(room.cx, verb) {
        d.child(verb, &["nsubj"])
    } else {
        d.child(verb, &["obj"])
    }?;
    let own = d.token(thing).lemma.to_lowercase();
    let promised = matches!(
        words::noun_kind(&own),
        Some("aid" | "deployment" | "guarantee" | "payment" | "sale")
    ) || words::nouns(&own).iter().any(|f| f.any)
        || words::on(List::Part, &own)
        || own == "contribution"
        || own == "offer";
    let from = d.token(verb).range.start;
    let end = tail::end_of_clause(room, d.token(verb).range, d.sentence_of(verb).tokens);
    let end = d.range(TokenRange::new(verb.0, end.0)).end;
    let here: Vec<&Amount> = room
        .amounts_in(sentence)
        .filter(|a| !is_rate(a) && a.span.range().start > from && a.span.range().end <= end)
        .collect();
    let behind = |word: &str| here.iter().copied().find(|a| follows(room, a, word));
    let new = behind("to").filter(|_| promised)?;
    let old = behind("from").filter(|a| a.span != new.span);
    let noun = TokenRange::new(d.subtree(thing).start.0, thing.0 + 1);
    let whole = TokenRange::new(noun.start.0, noun.end.0.max(recipient_end(room, thing)));
    Some(Change {
        verb,
        up,
        thing: whole,
        old,
        new,
    })
}

/// Where the phrase of whom it is given to ends: "its grant to Chad".
fn recipient_end(room: Parts<'_>, thing: TokenId) -> u32 {
    let d = room.cx.document;
    let to = d
        .children_in(thing, &["nmod"])
        .find(|c| matches!(tree::marker(room.cx, *c).as_str(), "to" | "for"));
    let bare = |c: &TokenId| room.amounts_in(d.range(d.subtree(*c))).next().is_none();
    to.filter(bare).map_or(thing.0 + 1, |c| d.subtree(c).end.0)
}

/// Whether a preposition stands before an amount, words of measure between.
fn follows(room: Parts<'_>, a: &Amount, word: &str) -> bool {
    let start = room.tokens(&a.span).start.0;
    let measure = |form: &str| {
        matches!(
            form,
            "about"
                | "nearly"
                | "some"
                | "around"
                | "almost"
                | "over"
                | "a"
                | "an"
                | "total"
                | "of"
                | "up"
        )
    };
    let mut at = start;
    while let Some(before) = at.checked_sub(1).filter(|b| start - b <= 3) {
        let form = room.form(TokenId(before));
        if form == word {
            return true;
        }
        if !measure(&form) {
            return false;
        }
        at = before;
    }
    false
}

fn apply(room: Parts<'_>, all: &mut Vec<Telling>, change: &Change<'_>, sentence: TextRange) {
    let d = room.cx.document;
    let verb = d.token(change.verb).range;
    let cue = |t: &Telling| t.commitment.cue.as_ref().map(Span::range);
    let own = |t: &Telling| {
        cue(t).is_some_and(|c| c.overlaps(verb)) || t.commitment.object.range().contains(verb)
    };
    let Some(i) = all
        .iter()
        .position(own)
        .or_else(|| made(room, all, change, sentence))
    else {
        return;
    };
    let t = &mut all[i];
    let is_cue = cue(t).is_some_and(|c| c.overlaps(verb));
    let c = &mut t.commitment;
    c.amount = Some(change.new.clone());
    c.rate = None;
    if is_cue && change.up && is_told(c.status) {
        c.status = CommitmentStatus::Announced;
    }
    if is_cue {
        let words = TextRange::new(d.range(change.thing).start, change.new.span.range().end);
        if let Some(words) = room.cx.span(words) {
            room.set_object(t, words);
        }
    }
    let open = matches!(
        all[i].commitment.status,
        CommitmentStatus::Requested
            | CommitmentStatus::Proposed
            | CommitmentStatus::UnderDiscussion
            | CommitmentStatus::Opposed
            | CommitmentStatus::RuledOut
            | CommitmentStatus::Declined
            | CommitmentStatus::NotRuledOut
    );
    if !open && (change.up || change.old.is_some()) {
        let old = superseded(room, &all[i], change);
        all.extend(old);
    }
}

/// Statuses that a raise may have been taken for.
const fn is_told(status: CommitmentStatus) -> bool {
    use CommitmentStatus as S;
    matches!(
        status,
        S::Delivered
            | S::Reduced
            | S::UnderWay
            | S::InForce
            | S::Announced
            | S::Allocated
            | S::Superseded
    )
}

/// A telling of the change where the reader has none: with the parties of the sentence's own.
fn made(
    room: Parts<'_>,
    all: &mut Vec<Telling>,
    change: &Change<'_>,
    sentence: TextRange,
) -> Option<usize> {
    let d = room.cx.document;
    let own = |t: &&Telling| {
        t.commitment
            .amount
            .as_ref()
            .is_some_and(|a| a.span == change.new.span)
    };
    let here = |t: &&Telling| sentence.contains(t.commitment.object.range());
    let by = tree::subject(room.cx, change.verb)
        .map(|s| room.parties.bound_by(s))
        .unwrap_or_default();
    let like = all
        .iter()
        .find(own)
        .or_else(|| all.iter().find(|t| here(t) && t.commitment.by == by))?;
    let cue = room.cx.tokens(TokenRange::one(change.verb));
    let object = room.cx.span(TextRange::new(
        d.range(change.thing).start,
        change.new.span.range().end,
    ))?;
    let status = if change.up {
        CommitmentStatus::Announced
    } else {
        CommitmentStatus::Reduced
    };
    let made = room.like(like, |c| {
        (c.status, c.cue, c.object) = (status, cue, object);
        (c.condition, c.due, c.part_of) = (None, None, None);
        c.why = Why::rule("acts/parts/raised");
    });
    all.push(made);
    Some(all.len() - 1)
}

fn superseded(room: Parts<'_>, new: &Telling, change: &Change<'_>) -> Option<Telling> {
    let d = room.cx.document;
    let thing = d.range(change.thing);
    let words = change.old.map_or(thing, |a| {
        let own = a.span.range();
        if own.start >= thing.start {
            TextRange::new(thing.start, own.end)
        } else {
            own
        }
    });
    let object = room.cx.span(words)?;
    let cue = room.cx.tokens(TokenRange::one(change.verb));
    Some(old(room, new, change.old, object, cue))
}

fn old(
    room: Parts<'_>,
    new: &Telling,
    amount: Option<&Amount>,
    object: Span,
    cue: Option<Span>,
) -> Telling {
    room.like(new, |c: &mut Commitment| {
        c.status = CommitmentStatus::Superseded;
        c.amount = amount.cloned();
        (c.object, c.cue) = (object, cue);
        (c.condition, c.due, c.part_of, c.rate) = (None, None, None, None);
        c.why = Why::rule("acts/parts/raised");
    })
}

/// "50 million more than it announced two weeks ago": what was announced is superseded.
fn more_than(room: Parts<'_>, all: &mut [Telling]) {
    let d = room.cx.document;
    for i in 0..all.len() {
        let Some(cue) = all[i].commitment.cue.as_ref().map(|c| room.tokens(c)) else {
            continue;
        };
        let sentence = d.sentence_of(cue.start);
        let Some(than) = (1..=3)
            .filter_map(|n| cue.start.0.checked_sub(n).map(TokenId))
            .find(|t| room.form(*t) == "than")
        else {
            continue;
        };
        let more = than
            .0
            .checked_sub(1)
            .map(TokenId)
            .filter(|t| matches!(room.form(*t).as_str(), "more" | "less" | "fewer"));
        let by = more.and_then(|m| {
            room.amounts_in(sentence.range)
                .find(|a| room.tokens(&a.span).end == m)
        });
        let (Some(by), Some(more)) = (by, more) else {
            continue;
        };
        let here = |t: &&Telling| sentence.range.contains(t.commitment.object.range());
        let new = all
            .iter()
            .enumerate()
            .filter(|(k, _)| *k != i)
            .map(|(_, t)| t)
            .find(|t| {
                let amount = t.commitment.amount.as_ref();
                here(t) && amount.is_some_and(|a| super::is_like(a, by) && a.span != by.span)
            });
        let Some(new) = new.cloned() else {
            continue;
        };
        let end = d
            .subtree(cue.start)
            .end
            .0
            .min(sentence.tokens.end.0)
            .max(cue.end.0);
        let object = room
            .cx
            .tokens(TokenRange::new(room.tokens(&by.span).start.0, end));
        let cue = room.cx.tokens(TokenRange::new(more.0, cue.end.0));
        if let Some(object) = object {
            all[i] = old(room, &new, None, object, cue);
        }
    }
}
