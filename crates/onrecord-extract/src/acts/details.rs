//! The fields beside who: the object, amount and rate, condition and whole, due and since.

use onrecord_model::{
    Act, ActRole, Amount, Span, TimeMention, TimeValue, TokenId, TokenRange, Upos,
};

use crate::Context;
use crate::commitments::{details::span, tree};

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
    let head = d.head_of(act.words);
    if let Some(thing) = put_somewhere(cx, head, marked) {
        return Some(thing);
    }
    if has_meaning(cx, marked) {
        return Some(marked);
    }
    let below = d.child(head, &["xcomp", "ccomp", "obj", "nsubj:pass"])?;
    let whole = d.subtree(below);
    let free = !whole.overlaps(act.words) && has_meaning(cx, whole);
    free.then_some(whole)
}

/// "The law would be put before parliament": what is put, not where.
fn put_somewhere(cx: &Context<'_>, verb: TokenId, marked: TokenRange) -> Option<TokenRange> {
    let d = cx.document;
    let place = d.token(d.head_of(marked));
    let oblique = place.relation.is(&["obl"]) && place.head == Some(verb);
    let thing = d
        .child(verb, &["nsubj"])
        .filter(|_| oblique && tree::is_passive(cx, verb))?;
    let clause = d
        .children_in(thing, &["acl"])
        .map(|c| d.subtree(c).start.0)
        .min();
    let whole = d.subtree(thing);
    let end = clause.map_or(whole.end.0, |c| c.clamp(thing.0 + 1, whole.end.0));
    let words = TokenRange::new(whole.start.0, end);
    (d.token(thing).upos == Upos::Noun && has_meaning(cx, words)).then_some(words)
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
