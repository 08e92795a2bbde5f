//! Names with a nickname in quotation marks inside: `Jose "Pepe" Ruiz` is one person.
//!
//! Left out: nicknames before or behind a whole name, which may be titles of something else.

use onrecord_model::{EntityKind, TokenRange};

use super::names::Named;
use super::words::Words;

/// Joins the parts of each such name.
pub(super) fn join(words: &Words<'_>, found: &mut Vec<Named>) {
    let wholes: Vec<TokenRange> = (1..words.len()).filter_map(|t| around(words, t)).collect();
    for whole in wholes {
        let first = found.iter().find(|n| n.tokens.overlaps(whole));
        let title = first.and_then(|n| n.title.filter(|t| t.end == n.tokens.start));
        let start = first.map_or(whole.start.0, |n| n.tokens.start.0.min(whole.start.0));
        let ends = found.iter().filter(|n| n.tokens.overlaps(whole));
        let end = ends
            .map(|n| n.tokens.end.0)
            .max()
            .unwrap_or(0)
            .max(whole.end.0);
        let whole = TokenRange::new(start, end);
        found.retain(|n| !n.tokens.overlaps(whole));
        found.push(Named::new(whole, EntityKind::Person, true).titled(title));
    }
    found.sort_by_key(|n| n.tokens.start);
}

/// The words around a nickname that a mark opens here: a name right before, one or two words, a name
/// right behind.
fn around(words: &Words<'_>, open: u32) -> Option<TokenRange> {
    let first = words.before(open)?;
    let mark = |t: u32| matches!(words.form(t), "\"" | "“" | "”" | "‘" | "’");
    let close = (open + 2..open + 4).find(|t| mark(*t))?;
    let last = close + 1;
    let name = |t: u32| {
        words.is_capital(t)
            && words.is_proper(t) != Some(false)
            && words.form(t).chars().all(char::is_alphabetic)
            && words.form(t).chars().any(char::is_lowercase)
    };
    let nick = (open + 1..close).all(|t| words.is_capital(t));
    let one = words.sentence(first) == words.sentence(last);
    let given = words.people.gender_of_name(words.form(first)).is_some() || !words.is_start(first);
    (mark(open) && nick && one && given && name(first) && name(last))
        .then(|| TokenRange::new(first, last + 1))
}
