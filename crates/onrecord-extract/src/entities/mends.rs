//! Names mended by what stands around them: the end of an office, letters behind a name, an outlet.
//!
//! Left out: nicknames (`nicknames`) and small words that complete a name (`organs`).

use onrecord_model::{EntityKind, TokenRange};

use super::names::{Named, is_head, is_title_word};
use super::words::Words;

/// "reported by Haaretz": one word that reports and is no given name is an outlet, not a person.
pub(super) fn outlet(words: &Words<'_>, n: &mut Named) {
    let start = n.tokens.start.0;
    let by = words.before(start).filter(|b| words.lower(*b) == "by");
    let told = by.and_then(|b| words.before(b)).is_some_and(|v| {
        matches!(
            words.lower(v),
            "reported" | "published" | "cited" | "quoted" | "broadcast" | "aired"
        )
    });
    let alone = n.tokens.len() == 1 && n.title.is_none() && !n.sure;
    let given = words.people.gender_of_name(words.form(start)).is_some();
    if n.kind == EntityKind::Person && alone && told && !given {
        n.kind = EntityKind::Organization;
        n.sure = true;
    }
}

/// "Ada Moss, M.D.": letters behind a name are no name.
pub(super) fn is_degree(words: &Words<'_>, n: &Named) -> bool {
    let form = words.form(n.tokens.start.0);
    let letters = n.tokens.len() == 1 && form.ends_with('.') && form.matches('.').count() > 1;
    let comma = words
        .before(n.tokens.start.0)
        .filter(|b| words.form(*b) == ",");
    let behind = comma
        .and_then(|c| words.before(c))
        .is_some_and(|b| words.is_capital(b));
    letters && behind && matches!(words.form(n.tokens.end.0), "," | ".") && n.state.is_none()
}

/// Cuts the end of an office from a person's name: "Secretary of | State Alan Marsh", "Minister of |
/// Defense Reznik".
pub(super) fn behind_office(words: &Words<'_>, n: &mut Named) {
    let (start, end) = (n.tokens.start.0, n.tokens.end.0);
    let Some(of) = words.before(start).filter(|b| words.lower(*b) == "of") else {
        return;
    };
    let Some(head) = words
        .before(of)
        .filter(|h| words.is_capital(*h) && is_head(words, *h))
    else {
        return;
    };
    let part = |t: &u32| {
        words.people.is_modifier(words.lower(*t))
            || matches!(
                words.lower(*t),
                "affairs" | "war" | "relations" | "and" | "services"
            )
    };
    let name = start + (start..end).take_while(part).count() as u32;
    if name == start || name >= end || n.state.is_some() {
        return;
    }
    let mut first = head;
    while let Some(b) = words.before(first).filter(|b| is_title_word(words, *b)) {
        first = b;
    }
    n.tokens = TokenRange::new(name, end);
    n.kind = EntityKind::Person;
    n.sure = true;
    n.title = Some(TokenRange::new(first, name));
}
