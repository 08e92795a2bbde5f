//! When and where an act took place, and on whose word it stands.

use onrecord_model::{
    Basis, EntityId, EntityKind, Statement, TimeKind, TimeMention, TimeValue, TokenId, Upos,
};

use super::predicates::Draft;
use crate::{Context, entities::Entities};

/// Prepositions that lead to where something takes place.
const WHERE: [&str; 11] = [
    "in",
    "at",
    "near",
    "on",
    "inside",
    "outside",
    "around",
    "across",
    "off",
    "throughout",
    "over",
];

/// The time that an act governs: the nearest date under it with no other act between. One that is
/// `announced` and has none is dated by the word that announces it.
pub(crate) fn time(
    cx: &Context<'_>,
    times: &[TimeMention],
    act: TokenId,
    announced: bool,
) -> Option<TimeValue> {
    let own = time_under(cx, times, act, act);
    own.or_else(|| {
        let token = cx.document.token(act);
        let said = token
            .head
            .filter(|_| announced && token.relation.is(&["ccomp"]));
        time_under(cx, times, act, said?)
    })
}

fn time_under(
    cx: &Context<'_>,
    times: &[TimeMention],
    own: TokenId,
    act: TokenId,
) -> Option<TimeValue> {
    let d = cx.document;
    let sentence = d.sentence_of(own);
    let mine = times.iter().filter(|t| {
        sentence.range.contains(t.span.range())
            && matches!(t.kind, TimeKind::Date | TimeKind::Time)
            && !t.value.is_empty()
            && t.value != "PRESENT_REF"
            && t.value != "PAST_REF"
            && t.value != "FUTURE_REF"
    });
    mine.filter_map(|t| {
        let range = d.tokens_in(t.span.range());
        let steps = governed(cx, d.head_of(range), act)?;
        Some((steps, range.start.0.abs_diff(act.0), t))
    })
    .min_by_key(|(steps, away, _)| (*steps, *away))
    .map(|(_, _, t)| TimeValue {
        value: t.value.clone(),
    })
}

/// How many steps up from a token lies the act; `None` past another clause.
fn governed(cx: &Context<'_>, from: TokenId, act: TokenId) -> Option<usize> {
    let d = cx.document;
    let mut other = false;
    for (steps, t) in d.ancestors(from).take(6).enumerate() {
        if t == act || shares(cx, t, act) {
            return Some(steps);
        }
        let token = d.token(t);
        if other || steps > 0 && token.upos == Upos::Verb && !token.relation.is(&["xcomp"]) {
            return None;
        }
        other = token
            .relation
            .is(&["acl:relcl", "advcl", "ccomp", "parataxis"]);
    }
    None
}

/// Whether a verb and an act are told in one breath: a light verb and its noun, an act and the
/// infinitive under it.
fn shares(cx: &Context<'_>, verb: TokenId, act: TokenId) -> bool {
    let d = cx.document;
    let token = d.token(act);
    let to = || {
        d.children_in(act, &["mark"])
            .any(|m| d.token(m).lemma == "to")
    };
    token.head == Some(verb)
        && (token.relation.is(&["obj", "nsubj:pass", "xcomp", "nsubj"])
            || token.relation.as_str() == "acl" && to())
}

/// The place that the act is said to have taken place in: in a phrase under it, else in a phrase
/// under that ("joined him for a ceremony in Oslo").
pub(crate) fn place(cx: &Context<'_>, all: &Entities, act: TokenId) -> Option<EntityId> {
    let d = cx.document;
    let under = |t: TokenId| d.children_in(t, &["obl", "nmod"]);
    let near: Vec<TokenId> = std::iter::once(act)
        .chain(d.child(act, &["obj"]))
        .flat_map(under)
        .collect();
    let found = near.iter().find_map(|p| place_of(cx, all, *p));
    found.or_else(|| {
        near.iter()
            .copied()
            .flat_map(under)
            .find_map(|p| place_of(cx, all, p))
    })
}

/// The place a phrase with "in" or the like names; the finest when it names two.
fn place_of(cx: &Context<'_>, all: &Entities, phrase: TokenId) -> Option<EntityId> {
    let d = cx.document;
    let leads = d
        .children_in(phrase, &["case"])
        .any(|c| WHERE.contains(&d.token(c).lemma.as_str()));
    if !leads {
        return None;
    }
    let at = |t: TokenId| all.at_token(cx, t).filter(|id| is_place(all, *id));
    let close = d.children_in(phrase, &["compound", "flat", "appos"]);
    let loose = d.children_in(phrase, &["amod", "nmod"]);
    at(phrase).or_else(|| close.chain(loose).find_map(at))
}

fn is_place(all: &Entities, id: EntityId) -> bool {
    all.get(id)
        .is_some_and(|e| matches!(e.kind, EntityKind::Place | EntityKind::State))
}

/// On whose word: the innermost statement whose content holds the trigger, else the reporter.
pub(super) fn basis(cx: &Context<'_>, statements: &[Statement], draft: &Draft) -> Basis {
    let at = cx.document.token(draft.head).range;
    statements
        .iter()
        .filter(|s| s.content.iter().any(|c| c.range().contains(at)))
        .min_by_key(|s| s.content.iter().map(|c| c.range().len()).sum::<usize>())
        .map_or(Basis::Reporter, |s| Basis::Statement(s.id))
}
