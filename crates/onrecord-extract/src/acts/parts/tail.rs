//! What stands behind a sum and belongs to it: by when, on what condition, to whom.

use onrecord_lexicon::commitments::{self as words, List};
use onrecord_model::{
    EntityId, EntityKind, Span, TextRange, TimeKind, TimeValue, TokenId, TokenRange,
};

use super::Parts;

/// What the words behind a sum say of it.
#[derive(Clone, Default)]
pub(super) struct Tail {
    pub(super) due: Option<TimeValue>,
    /// Whether the day is told as a term ("by March 31"), which no past promise has.
    pub(super) term: bool,
    pub(super) condition: Option<Span>,
    /// Whether the condition stands behind a comma, and so may be of all that was told before.
    pub(super) of_all: bool,
    pub(super) to: Option<(EntityId, Span)>,
}

/// Prepositions before the day by which something is to be done.
const BY: &[&str] = &[
    "by", "until", "before", "in", "on", "within", "at", "no", "during", "over", "this", "next",
];

/// Reads the words from the end of a sum to where the next begins.
pub(super) fn read(room: Parts<'_>, tokens: TokenRange) -> Tail {
    let marked = tokens.iter().find(|t| opens_condition(room, *t, tokens));
    let end = marked.unwrap_or(tokens.end);
    let condition = marked.and_then(|m| condition(room, m, tokens));
    let of_all = marked.is_some_and(|m| m > tokens.start && room.form(TokenId(m.0 - 1)) == ",");
    let (due, term) = due(room, TokenRange::new(tokens.start.0, end.0)).unzip();
    Tail {
        due,
        term: term == Some(true),
        condition,
        of_all,
        to: recipient(room, tokens),
    }
}

/// Whether a condition begins at a word.
pub(super) fn opens_condition(room: Parts<'_>, t: TokenId, tokens: TokenRange) -> bool {
    let form = room.form(t);
    let next = |by: u32| {
        Some(t.offset(by as i32))
            .filter(|n| tokens.has(*n))
            .map(|n| room.form(n))
            .unwrap_or_default()
    };
    match form.as_str() {
        // "until May" and "once a year" are times.
        "until" | "once" | "when" => room.cx.has_verb(TokenRange::new(t.0, tokens.end.0)),
        "as" => next(1) == "soon" || next(1) == "long",
        "only" => matches!(next(1).as_str(), "if" | "when" | "once" | "after"),
        "on" => next(1) == "condition",
        "in" => matches!(next(1).as_str(), "exchange" | "return") && next(2) == "for",
        "subject" | "pending" => true,
        _ => words::on(List::ConditionMark, &form),
    }
}

/// A condition's words: to the end of its clause, where a mark or another clause begins.
fn condition(room: Parts<'_>, mark: TokenId, tokens: TokenRange) -> Option<Span> {
    let d = room.cx.document;
    let rest = TokenRange::new(mark.0, tokens.end.0);
    let stop = |t: &TokenId| {
        let form = d.form(*t);
        matches!(form, "." | ";" | "”" | "\"" | ":")
            || form == "," && room.cx.has_verb(TokenRange::new(mark.0, t.0))
    };
    let end = rest.iter().find(stop).map_or(rest.end.0, |t| t.0);
    let whole = TokenRange::new(mark.0, end);
    (whole.len() > 1).then(|| room.cx.tokens(whole)).flatten()
}

/// The day by which it is due: a date behind a preposition, or one that stands alone ("next year").
fn due(room: Parts<'_>, tokens: TokenRange) -> Option<(TimeValue, bool)> {
    let d = room.cx.document;
    let range = d.range(tokens);
    let ahead = |t: &&onrecord_model::TimeMention| {
        let first = d.tokens_in(t.span.range()).start;
        let before = room.before(first, 1);
        let bare = first == tokens.start;
        let dated = !matches!(t.kind, TimeKind::Set | TimeKind::Duration)
            && t.value != "PRESENT_REF"
            && t.value != "PAST_REF";
        dated && (bare || BY.contains(&before.as_str()) || BY.contains(&room.form(first).as_str()))
    };
    let found = room.times_in(range).find(ahead)?;
    let first = d.tokens_in(found.span.range()).start;
    let term = [room.before(first, 1), room.form(first)]
        .iter()
        .any(|w| matches!(w.as_str(), "by" | "until" | "before" | "next"));
    Some((
        TimeValue {
            value: found.value.clone(),
        },
        term,
    ))
}

/// "5 million to Peru": the state or body right behind the sum.
fn recipient(room: Parts<'_>, tokens: TokenRange) -> Option<(EntityId, Span)> {
    const NEAR: usize = 5;
    let to = tokens
        .iter()
        .take(NEAR)
        .find(|t| matches!(room.form(*t).as_str(), "to" | "for"))?;
    let behind = TokenRange::new(to.0 + 1, tokens.end.0);
    let party = |t: TokenId| {
        let id = room.parties.entities.at_token(room.cx, t)?;
        let entity = room.parties.entities.get(id)?;
        let takes = matches!(
            entity.kind,
            EntityKind::State | EntityKind::Organization | EntityKind::Group | EntityKind::Person
        );
        // "for Peru's ports" is for the ports.
        let owner = room.form(t.offset(1)).starts_with(['\'', '’']);
        (takes && !owner).then_some(id)
    };
    let head = behind.iter().take(2).find(|t| party(*t).is_some())?;
    Some((party(head)?, room.cx.tokens(TokenRange::one(head))?))
}

/// The stretch of a statement or clause in which a sum is told: up to who says so.
pub(super) fn end_of_clause(room: Parts<'_>, at: TextRange, sentence: TokenRange) -> TokenId {
    let d = room.cx.document;
    let holds = |c: &&Span| c.range().contains(at);
    let contents = room
        .parties
        .statements()
        .iter()
        .flat_map(|s| s.content.iter());
    let inner = contents.filter(holds).min_by_key(|c| c.range().len());
    let end = inner.map_or(sentence.end, |c| d.tokens_in(c.range()).end);
    TokenId(end.0.min(sentence.end.0))
}
