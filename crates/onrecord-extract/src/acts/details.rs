//! The fields beside who and what: amount and rate, due and since, time and place.

use onrecord_model::{
    Act, ActRole, Amount, EntityId, EntityKind, Span, TimeKind, TimeMention, TimeValue, TokenId,
    TokenRange, Upos,
};

use crate::{Context, entities::Entities};

/// How probable a word must be in its role.
const LEAST: f32 = 0.5;

/// The amount that the network points at, else the one in the object's words, money first; and
/// the percentage that goes with it.
pub(super) fn amount(
    cx: &Context<'_>,
    amounts: &[Amount],
    act: &Act,
    object: TokenRange,
) -> (Option<Amount>, Option<String>) {
    let d = cx.document;
    let is_rate = |a: &&Amount| matches!(a.unit.as_deref(), Some("percent" | "%"));
    let here = || {
        amounts
            .iter()
            .filter(|a| d.range(object).contains(a.span.range()))
    };
    let pointed = act.heads(ActRole::Amount, LEAST).find_map(|head| {
        let word = d.token(head).range;
        amounts
            .iter()
            .find(|a| a.span.range().contains(word) && !is_rate(a))
    });
    let money = || here().find(|a| a.currency.is_some());
    let found = pointed.or_else(money);
    let rate = here().find(is_rate).map(|a| format!("{}%", a.value));
    (found.cloned(), rate)
}

/// A span with every amount it cuts taken in whole: "$" alone is no object, "$5 million" is.
pub(super) fn whole_amounts(cx: &Context<'_>, amounts: &[Amount], span: TokenRange) -> TokenRange {
    let d = cx.document;
    amounts
        .iter()
        .map(|a| d.tokens_in(a.span.range()))
        .filter(|a| a.overlaps(span))
        .fold(span, |s, a| {
            TokenRange::new(s.start.0.min(a.start.0), s.end.0.max(a.end.0))
        })
}

/// A span that breaks off before the word its last words belong to goes on to the end of that
/// word's phrase: "a programme for" is no object, "a programme for children" is.
fn unbroken(cx: &Context<'_>, span: TokenRange) -> TokenRange {
    const BEFORE: [&str; 8] = [
        "case",
        "mark",
        "det",
        "amod",
        "nummod",
        "compound",
        "nmod:poss",
        "cc",
    ];
    const MOST: u32 = 8;
    let d = cx.document;
    let mut end = span.end.0;
    while let Some(last) = end.checked_sub(1).map(TokenId) {
        let token = d.token(last);
        let ahead = token
            .head
            .filter(|h| *h > last && token.relation.is(&BEFORE));
        let Some(head) = ahead else { break };
        let whole = d.subtree(head).end.0;
        end = if whole <= span.end.0 + MOST {
            whole
        } else {
            head.0 + 1
        };
        if end > span.end.0 + MOST {
            return span;
        }
    }
    TokenRange::new(span.start.0, end)
}

/// The words that say what is promised: those the network marks, where a word among them carries
/// meaning; else what the words of the status govern. "where" alone is no object.
pub(super) fn object(cx: &Context<'_>, act: &Act) -> Option<TokenRange> {
    let d = cx.document;
    let marked = unbroken(cx, act.object?);
    if has_meaning(cx, marked) {
        return Some(marked);
    }
    let head = d.head_of(act.words);
    let below = d.child(head, &["xcomp", "ccomp", "obj", "nsubj:pass"])?;
    let whole = d.subtree(below);
    let free = !whole.overlaps(act.words) && has_meaning(cx, whole);
    free.then_some(whole)
}

/// The words of a condition or a larger thing; none where no word of them carries meaning.
pub(super) fn phrase(cx: &Context<'_>, marked: TokenRange) -> Option<Span> {
    let whole = unbroken(cx, marked);
    has_meaning(cx, whole).then(|| span(cx, whole)).flatten()
}

/// Whether a noun, a verb, a number or an adjective is among the words.
fn has_meaning(cx: &Context<'_>, tokens: TokenRange) -> bool {
    use Upos::{Adj, Noun, Num, Propn, Sym, Verb};
    let upos = |t| cx.document.token(t).upos;
    let mut words = tokens.iter().map(upos);
    words.any(|u| matches!(u, Noun | Propn | Verb | Num | Sym | Adj))
}

/// The time in a role.
pub(super) fn when(
    cx: &Context<'_>,
    times: &[TimeMention],
    act: &Act,
    role: ActRole,
) -> Option<TimeValue> {
    act.heads(role, LEAST).find_map(|head| {
        let word = cx.document.token(head).range;
        let own = |t: &&TimeMention| t.span.range().contains(word) && !t.value.is_empty();
        let value = times.iter().find(own)?.value.clone();
        Some(TimeValue { value })
    })
}

/// A span of tokens with a mark at either edge left out.
pub(super) fn span(cx: &Context<'_>, tokens: TokenRange) -> Option<Span> {
    let d = cx.document;
    let mark = |t: &TokenId| {
        d.token(*t).upos == Upos::Punct && !matches!(d.form(*t), "\"" | "“" | "”" | "(" | ")" | "$")
    };
    let start = tokens.iter().find(|t| !mark(t))?;
    let end = tokens.iter().rfind(|t| !mark(t))?;
    cx.tokens(TokenRange::new(start.0, end.0 + 1))
}

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

/// The time that the act governs: the nearest date under it with no other act between. An act
/// to come that has none is dated by the word that announces it.
pub(super) fn time(cx: &Context<'_>, times: &[TimeMention], act: TokenId) -> Option<TimeValue> {
    let own = time_under(cx, times, act, act);
    own.or_else(|| {
        let token = cx.document.token(act);
        let said = token.head.filter(|_| token.relation.is(&["ccomp"]));
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
pub(super) fn place(cx: &Context<'_>, all: &Entities, act: TokenId) -> Option<EntityId> {
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
