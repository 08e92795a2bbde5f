//! Names from elsewhere than the runs: the network's layer, lists and repeats in headlines.
//!
//! In a line set in capitals only listed names and names of the plain text count. Where network
//! and rules meet, the rules cut and the network tells the kind.

use onrecord_lexicon::{Spelling, Use, fold_name};
use onrecord_model::{EntityKind, NameKind, TokenRange};

use super::names::{Named, head_kind, known, lower_title};
use super::runs::is_word;
use super::words::{Style, Words};

/// Listed names in a line set in capitals.
pub(super) fn listed(words: &Words<'_>, sentence: TokenRange, out: &mut Vec<Named>) {
    let mut at = sentence.start.0;
    while at < sentence.end.0 {
        match known(words, at, sentence.end.0) {
            Some(k) if !(words.is_opener(at) && words.form(at) != "US") => {
                at = k.tokens.end.0;
                out.push(k);
            }
            _ => at += 1,
        }
    }
}

/// Names of the plain sentences that stand in lines set in capitals too.
pub(super) fn repeat_in_capitals(words: &Words<'_>, out: &mut Vec<Named>) {
    let mut seen: Vec<(String, EntityKind, usize)> = Vec::new();
    for n in out
        .iter()
        .filter(|n| words.style(n.tokens.start.0) == Style::Plain && !n.demonym)
    {
        seen.push((fold_name(&words.name(n.tokens)), n.kind, n.tokens.len()));
        if n.kind == EntityKind::Person && n.tokens.len() > 1 {
            let last = TokenRange::new(n.tokens.end.0 - 1, n.tokens.end.0);
            seen.push((fold_name(&words.name(last)), n.kind, 1));
        }
    }
    seen.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    let lines: Vec<TokenRange> = words
        .sentences()
        .filter(|(_, s)| *s == Style::Capitals)
        .map(|(t, _)| t)
        .collect();
    let mut taken = vec![false; words.len() as usize];
    for n in out.iter() {
        take(&mut taken, n.tokens);
    }
    for line in lines {
        for at in line.start.0..line.end.0 {
            // The names of one length at a time, the longest first.
            for group in seen.chunk_by(|a, b| a.2 == b.2) {
                let len = group.first().map_or(0, |g| g.2) as u32;
                let range = TokenRange::new(at, at + len);
                let free = taken
                    .get(range.usizes())
                    .is_some_and(|t| !t.contains(&true));
                if range.end.0 > line.end.0 || !free {
                    continue;
                }
                let key = fold_name(&words.name(range));
                let first = group.partition_point(|s| s.0 < key);
                if let Some((_, kind, _)) = group.get(first).filter(|s| s.0 == key) {
                    out.push(Named::new(range, *kind, false));
                    take(&mut taken, range);
                    break;
                }
            }
        }
    }
}

fn take(taken: &mut [bool], tokens: TokenRange) {
    if let Some(t) = taken.get_mut(tokens.usizes()) {
        t.fill(true);
    }
}

/// Joins the rules' names with the network's.
pub(super) fn with_network(words: &Words<'_>, rules: Vec<Named>) -> Vec<Named> {
    let found = words.cx.document.names();
    let mut out: Vec<Named> = Vec::new();
    for mut n in rules {
        let over = found
            .iter()
            .filter(|f| f.tokens.overlaps(n.tokens))
            .max_by_key(|f| {
                f.tokens.end.0.min(n.tokens.end.0) - f.tokens.start.0.max(n.tokens.start.0)
            });
        match over {
            Some(f) => {
                if !n.sure {
                    n.kind = from_network(words, f.kind, n.tokens, n.kind);
                }
                out.push(n);
            }
            None if n.sure => out.push(n),
            None => {}
        }
    }
    for f in found {
        let (mut start, mut end) = (f.tokens.start.0, f.tokens.end.0);
        while start < end
            && (matches!(words.lower(start), "the" | "a" | "an")
                || !is_word(words, start)
                    && words.form(start).chars().all(|c| !c.is_alphanumeric()))
        {
            start += 1;
        }
        let loose = |t: u32| matches!(words.form(t), "(" | "[" | "," | ";" | ":" | "-" | "–" | "—");
        while end > start && (words.is_possessive(end - 1) || loose(end - 1)) {
            end -= 1;
        }
        let range = TokenRange::new(start, end);
        if range.is_empty()
            || out.iter().any(|n| n.tokens.overlaps(range))
            || words.is_calendar(start) && range.len() == 1
        {
            continue;
        }
        // "English breakfast" is a kind of thing, not a name.
        let common = words
            .countries
            .by_demonym(&Spelling::of(words.form(start)))
            .is_some()
            && range.len() > 1
            && f.kind == NameKind::Misc
            && (start + 1..end).all(|t| !words.is_capital(t));
        if common {
            continue;
        }
        let kind = from_network(words, f.kind, range, EntityKind::Organization);
        out.push(
            Named::new(range, kind, false)
                .titled(lower_title(words, start).filter(|_| kind == EntityKind::Person)),
        );
    }
    for n in &mut out {
        if let Some(state) = before_weekday(words, n.tokens) {
            *n = state;
        }
    }
    out
}

/// "Norway Friday reimposed": a weekday behind a state is a time, no part of a name like "Black
/// Friday".
fn before_weekday(words: &Words<'_>, name: TokenRange) -> Option<Named> {
    use onrecord_lexicon::calendar::{is_full_weekday, weekday};
    let rest = TokenRange::new(name.start.0, name.end.0.saturating_sub(1));
    let day = words.lower(rest.end.0);
    if rest.is_empty() || weekday(day).is_none() || !is_full_weekday(day) {
        return None;
    }
    let state = known(words, rest.start.0, rest.end.0)?;
    (state.kind == EntityKind::State && state.tokens == rest).then_some(state)
}

/// Whether a name that is no known place is the object of a verb of custody: "has held Ana Bo".
fn is_prisoner(words: &Words<'_>, tokens: TokenRange) -> bool {
    let before = words.before(tokens.start.0).map_or("", |b| words.lower(b));
    // "rebels held the ridge", but "has held him since"
    let holds = before != "held"
        || matches!(
            words.lower(tokens.end.0),
            "since" | "without" | "on" | "for"
        );
    (2..=4).contains(&tokens.len())
        && holds
        && words.usage.is(Use::Custody, before)
        && !crate::places::gazetteer_hit(&words.name(tokens))
}

fn from_network(
    words: &Words<'_>,
    kind: NameKind,
    tokens: TokenRange,
    rule: EntityKind,
) -> EntityKind {
    let headed = || head_kind(words, tokens).filter(|_| tokens.len() > 1);
    match kind {
        NameKind::Person => EntityKind::Person,
        NameKind::Place if is_prisoner(words, tokens) => EntityKind::Person,
        NameKind::Place => EntityKind::Place,
        NameKind::Organization => match headed() {
            Some(k @ (EntityKind::Law | EntityKind::Event)) => k,
            _ => EntityKind::Organization,
        },
        NameKind::Misc => headed().unwrap_or(match rule {
            EntityKind::Person | EntityKind::Place => EntityKind::Product,
            other => other,
        }),
    }
}
