//! Whose sum is whose: "Chad and Mali each promised 5 million", "5 and 7 million respectively", "gave
//! them 5 million each".

use onrecord_model::{
    Amount, EntityId, EntityKind, Party, PartyRole, Span, TokenId, TokenRange, Why,
};

use super::{Parts, is_like, is_rate};
use crate::commitments::{details, merge::Telling};

/// One who takes part, with the word that names him.
type One = (EntityId, TokenId);

/// Makes one commitment for each of those who promise or get a sum each.
pub(super) fn split(room: Parts<'_>, all: &mut Vec<Telling>) {
    for i in 0..all.len() {
        let made = for_each(room, &all[i]).or_else(|| respectively(room, &all[i]));
        if let Some(mut made) = made.filter(|m| m.len() > 1) {
            all[i] = made.remove(0);
            all.extend(made);
        }
    }
}

fn for_each(room: Parts<'_>, t: &Telling) -> Option<Vec<Telling>> {
    let c = &t.commitment;
    let amount = c.amount.as_ref()?;
    let sentence = room.sentence(c).tokens;
    let cue = room.tokens(c.cue.as_ref()?);
    let sum = room.tokens(&amount.span);
    let each = sentence
        .iter()
        .find(|t| matches!(room.form(*t).as_str(), "each" | "apiece"))?;
    let before = each < cue.end && (each.0..cue.start.0).len() <= 3;
    let unit = TokenRange::new(sum.end.0, sum.end.0 + 3);
    let behind = each >= sum.end && unit.has(each);
    let (role, list) = if before {
        (PartyRole::By, list(room, &c.by, sentence, each))
    } else if behind {
        let to = list(room, &c.to, sentence, each);
        if to.len() > 1 {
            (PartyRole::To, to)
        } else {
            (PartyRole::By, list(room, &c.by, sentence, cue.start))
        }
    } else {
        return None;
    };
    Some(
        list.into_iter()
            .map(|one| room.like(t, |c| give(room, c, role, one)))
            .collect(),
    )
}

/// As many sums as there are who promise or get them, in the same order.
fn respectively(room: Parts<'_>, t: &Telling) -> Option<Vec<Telling>> {
    let c = &t.commitment;
    let own = c.amount.as_ref()?;
    let sentence = room.sentence(c);
    sentence
        .tokens
        .iter()
        .find(|t| room.form(*t) == "respectively")?;
    let sums: Vec<&Amount> = room
        .amounts_in(sentence.range)
        .filter(|a| {
            !is_rate(a) && is_like(a, own) && room.tokens(&a.span).start > sentence.tokens.start
        })
        .collect();
    let first = room.tokens(&sums.first()?.span).start;
    let cue = room.tokens(c.cue.as_ref()?).start;
    let by = list(room, &c.by, sentence.tokens, cue.min(first));
    let to = list(room, &c.to, sentence.tokens, sentence.tokens.end);
    let (role, list) = if by.len() == sums.len() {
        (PartyRole::By, by)
    } else {
        (PartyRole::To, to)
    };
    if list.len() != sums.len() || sums.len() < 2 {
        return None;
    }
    let pairs = sums.into_iter().zip(list);
    let made = pairs.map(|(sum, one)| {
        room.like(t, |c| {
            c.amount = Some(sum.clone());
            let words = details::whole_amounts(room.cx, room.amounts, room.tokens(&sum.span));
            c.object = room.cx.tokens(words).unwrap_or_else(|| sum.span.clone());
            give(room, c, role, one);
        })
    });
    Some(made.collect())
}

fn give(room: Parts<'_>, c: &mut onrecord_model::Commitment, role: PartyRole, (id, at): One) {
    let bound = room.parties.bound_id(id);
    let span: Option<Span> = room.cx.tokens(TokenRange::one(at));
    let country = room
        .parties
        .entities
        .get(id)
        .and_then(|e| e.country.clone());
    let side = if role == PartyRole::By {
        &mut c.by
    } else {
        &mut c.to
    };
    *side = vec![bound];
    c.parties.retain(|p| p.role != role);
    if let Some(span) = span {
        c.parties.push(Party {
            role,
            span,
            entity: Some(bound),
            country,
        });
    }
    c.parties.sort_by_key(|p| p.role);
    c.why = Why::rule("acts/parts/each");
}

/// The names in a row of which one is of these, before a place: "Chad, Mali and Niger". Without such a
/// row those that are known, by their last words.
fn list(room: Parts<'_>, known: &[EntityId], sentence: TokenRange, until: TokenId) -> Vec<One> {
    let mut rows: Vec<Vec<One>> = vec![Vec::new()];
    let mut joined = true;
    for t in sentence.iter().take_while(|t| *t < until) {
        let form = room.form(t);
        let named = room
            .parties
            .entities
            .at_token(room.cx, t)
            .filter(|id| takes_part(room, *id));
        let Some(row) = rows.last_mut() else { break };
        match named {
            Some(id) if row.last().is_some_and(|(last, _)| *last == id) => joined = false,
            Some(id) if joined => {
                row.push((id, t));
                joined = false;
            }
            Some(id) => {
                rows.push(vec![(id, t)]);
                joined = false;
            }
            None if matches!(form.as_str(), "," | "and" | "the" | "&" | "well" | "as")
                && !row.is_empty() =>
            {
                joined = true;
            }
            None => {
                rows.push(Vec::new());
                joined = true;
            }
        }
    }
    let ours = |row: &&Vec<One>| {
        row.len() > 1
            && row
                .iter()
                .any(|(id, _)| known.contains(&room.parties.bound_id(*id)))
    };
    rows.iter().rev().find(ours).cloned().unwrap_or_default()
}

fn takes_part(room: Parts<'_>, id: EntityId) -> bool {
    let kind = room.parties.entities.get(id).map(|e| e.kind);
    matches!(
        kind,
        Some(
            EntityKind::State
                | EntityKind::Organization
                | EntityKind::Group
                | EntityKind::Person
                | EntityKind::Place
        )
    )
}
