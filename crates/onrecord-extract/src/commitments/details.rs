//! The fields beside the object: amount and rate, condition, the larger whole, due and since.

use onrecord_lexicon::commitments::{self as words, List};
use onrecord_model::{Amount, Span, TimeKind, TimeMention, TimeValue, TokenId, TokenRange, Upos};

use super::tree::{lemma, marker};
use crate::Context;

/// Phrases that belong to fields of their own.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Asides {
    /// "if the parliament agrees", "under that plan".
    pub(super) condition: Option<TokenRange>,
    /// "a programme begun in May".
    pub(super) part_of: Option<TokenRange>,
    /// All tokens that are no part of the object's words.
    pub(super) out: Vec<TokenRange>,
}

/// Looks below each of these tokens for conditions and wholes.
pub(super) fn asides(cx: &Context<'_>, below: &[TokenId]) -> Asides {
    let d = cx.document;
    let mut found = Asides::default();
    for t in below {
        // "resulted in a deal": what is promised is no condition.
        for &c in d.children(*t).iter().filter(|c| !below.contains(c)) {
            let relation = d.token(c).relation.base();
            let mark = marker(cx, c);
            if relation == "advcl"
                && words::on(
                    List::ConditionMark,
                    mark.split(' ').next().unwrap_or_default(),
                )
            {
                found.condition.get_or_insert(d.subtree(c));
                found.out.push(d.subtree(c));
            } else if let Some(o) = fronted(cx, c).filter(|_| relation == "advcl") {
                // "from a package announced in May", with the participle as its head
                let mark = marker(cx, o);
                if matches!(mark.as_str(), "from" | "out of" | "under")
                    && words::on(List::Part, lemma(cx, o))
                {
                    found
                        .part_of
                        .get_or_insert(without_case(cx, d.subtree(c), o));
                    found.out.push(d.subtree(c));
                }
            } else if matches!(relation, "obl" | "nmod" | "advcl") {
                oblique(cx, c, &mark, &mut found);
            }
        }
    }
    found
}

/// The oblique before a participle that governs it by mistake.
fn fronted(cx: &Context<'_>, clause: TokenId) -> Option<TokenId> {
    cx.document
        .children_in(clause, &["obl"])
        .find(|o| *o < clause && !marker(cx, *o).is_empty())
}

fn oblique(cx: &Context<'_>, c: TokenId, mark: &str, found: &mut Asides) {
    let d = cx.document;
    // "as part of X", whether "part" heads the phrase or is inside the preposition.
    let (noun, part) = if lemma(cx, c) == "part" && matches!(mark, "as" | "") {
        let whole = d.children_in(c, &["nmod"]).find(|x| marker(cx, *x) == "of");
        match whole {
            Some(w) => (w, true),
            None => return,
        }
    } else {
        (c, mark == "as part of")
    };
    let name = lemma(cx, noun);
    let open = is_open(cx, noun);
    let whole = d.subtree(c);
    let condition = (part || matches!(mark, "under" | "in" | "within"))
        && open
        && words::on(List::Condition, name)
        || words::on(List::ConditionPrep, mark) && mark != "under"
        || mark == "subject to";
    if condition {
        found.condition.get_or_insert(whole);
        found.out.push(whole);
    } else if (part || matches!(mark, "from" | "out of" | "under" | "through"))
        && words::on(List::Part, name)
    {
        found.part_of.get_or_insert(without_case(
            cx,
            TokenRange::new(d.subtree(noun).start.0, whole.end.0),
            noun,
        ));
        found.out.push(whole);
    }
}

/// The phrase without its preposition.
fn without_case(cx: &Context<'_>, range: TokenRange, noun: TokenId) -> TokenRange {
    let last = cx
        .document
        .children_in(noun, &["case"])
        .filter(|c| *c < noun)
        .last();
    last.map_or(range, |c| TokenRange::new(c.0 + 1, range.end.0))
}

/// Whether a noun names something that is not there yet: "any deal", "such a framework".
fn is_open(cx: &Context<'_>, noun: TokenId) -> bool {
    let d = cx.document;
    d.children_in(noun, &["det", "amod", "nmod"]).any(|c| {
        matches!(
            d.form(c).to_lowercase().as_str(),
            "any" | "a" | "an" | "such" | "potential" | "possible" | "future" | "eventual" | "some"
        )
    }) && !d.children(noun).iter().any(|c| {
        matches!(
            lemma(cx, *c),
            "announced"
                | "announce"
                | "existing"
                | "previous"
                | "earlier"
                | "sign"
                | "agree"
                | "approve"
                | "unveil"
        )
    })
}

/// The amount in an object's words or beside it, and the percentage that goes with it.
pub(super) fn amount(
    cx: &Context<'_>,
    amounts: &[Amount],
    spans: &[TokenRange],
) -> (Option<Amount>, Option<String>) {
    let d = cx.document;
    let is_rate = |a: &Amount| {
        a.unit
            .as_deref()
            .is_some_and(|u| matches!(u, "percent" | "%"))
    };
    let here = |span: TokenRange| {
        amounts
            .iter()
            .filter(move |a| d.range(span).contains(a.span.range()) && !is_background(cx, a, span))
    };
    let rate = spans.iter().flat_map(|s| here(*s)).find(|a| is_rate(a));
    let found = spans.iter().find_map(|s| {
        let money = here(*s).find(|a| a.currency.is_some());
        money.or_else(|| here(*s).find(|a| a.currency.is_none() && !is_rate(a)))
    });
    (found.cloned(), rate.map(|a| format!("{}%", a.value)))
}

/// A span with every amount it cuts taken in whole: "$" alone is no object, "$5 million" is.
pub(crate) fn whole_amounts(cx: &Context<'_>, amounts: &[Amount], span: TokenRange) -> TokenRange {
    let d = cx.document;
    amounts
        .iter()
        .map(|a| d.tokens_in(a.span.range()))
        .filter(|a| a.overlaps(span))
        .fold(span, |s, a| {
            TokenRange::new(s.start.0.min(a.start.0), s.end.0.max(a.end.0))
        })
}

/// Whether an amount stands in a relative clause inside a span: "a deficit that stood at $5 million".
fn is_background(cx: &Context<'_>, amount: &Amount, span: TokenRange) -> bool {
    let d = cx.document;
    let tokens = d.tokens_in(amount.span.range());
    d.ancestors(d.head_of(tokens))
        .take_while(|a| span.has(*a))
        .any(|a| d.token(a).relation.as_str() == "acl:relcl")
}

/// When: by when it is due, and since when it stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct When {
    pub(super) due: Option<TimeValue>,
    pub(super) since: Option<TimeValue>,
    pub(super) out: Vec<TokenRange>,
}

/// Reads the times that hang on the act (due) and on the committing word (since).
pub(super) fn when(
    cx: &Context<'_>,
    times: &[TimeMention],
    trigger: TokenId,
    act: &[TokenId],
    ahead: bool,
) -> When {
    let d = cx.document;
    let mut out = When::default();
    let sentence = d.sentence_of(trigger).range;
    for time in times.iter().filter(|t| sentence.contains(t.span.range())) {
        let tokens = d.tokens_in(time.span.range());
        if tokens.is_empty() {
            continue;
        }
        let head = d.head_of(tokens);
        let Some(host) = host(cx, head, trigger, act) else {
            continue;
        };
        let whole = d.subtree(head);
        let whole = if whole.len() > tokens.len() + 2 {
            tokens
        } else {
            whole
        };
        out.out.push(whole);
        if time.value.is_empty() || matches!(time.kind, TimeKind::Set | TimeKind::Duration) {
            continue;
        }
        let value = TimeValue {
            value: time.value.clone(),
        };
        if act.contains(&host) && ahead {
            out.due.get_or_insert(value);
        } else if host == trigger {
            out.since.get_or_insert(value);
        }
    }
    out
}

/// The word a time hangs on: the first of the act or the trigger on the way up, unless another
/// verb comes first.
fn host(cx: &Context<'_>, time: TokenId, trigger: TokenId, act: &[TokenId]) -> Option<TokenId> {
    let d = cx.document;
    for a in d.ancestors(time) {
        if a == trigger || act.contains(&a) {
            return Some(a);
        }
        let token = d.token(a);
        if a != time && (token.upos == Upos::Verb || token.relation.base() == "acl") {
            return None;
        }
    }
    None
}

/// A span of tokens with a mark at either edge left out.
pub(crate) fn span(cx: &Context<'_>, tokens: TokenRange) -> Option<Span> {
    let d = cx.document;
    let mark = |t: &TokenId| {
        d.token(*t).upos == Upos::Punct && !matches!(d.form(*t), "\"" | "“" | "”" | "(" | ")" | "$")
    };
    let start = tokens.iter().find(|t| !mark(t))?;
    let end = tokens.iter().rfind(|t| !mark(t))?;
    cx.tokens(TokenRange::new(start.0, end.0 + 1))
}
