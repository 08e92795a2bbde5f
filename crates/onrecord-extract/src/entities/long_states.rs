//! The long names of states: "the Republic of Peru" is one name, though "of" parts it.
//!
//! Left out: states of a federation ("the State of Georgia") and states that are no more.

use onrecord_lexicon::Use;
use onrecord_model::{EntityKind, TokenRange};

use super::names::{Named, known};
use super::words::{Style, Words};

/// Puts the long names of states in the place of their parts.
pub(super) fn join(words: &Words<'_>, out: &mut Vec<Named>) {
    for (sentence, style) in words.sentences() {
        if style != Style::Plain {
            continue;
        }
        for of in sentence.start.0 + 1..sentence.end.0 {
            let found = long_state(words, sentence, of);
            if let Some(named) = found {
                out.retain(|n| !n.tokens.overlaps(named.tokens));
                out.push(named);
            }
        }
    }
}

/// The long name of a state round its "of": listed whole, or a form of state before a state's name.
fn long_state(words: &Words<'_>, sentence: TokenRange, of: u32) -> Option<Named> {
    let form = of - 1;
    if words.lower(of) != "of"
        || !words.is_capital(form)
        || !words.usage.is(Use::StateForm, words.lower(form))
    {
        return None;
    }
    let mut start = form;
    while start > sentence.start.0
        && words.is_capital(start - 1)
        && !words.is_opener(start - 1)
        && (words.form(start - 1).chars().all(char::is_alphanumeric)
            || words.is_possessive(start - 1))
    {
        start -= 1;
    }
    let whole = (start..=form).find_map(|at| {
        let named = known(words, at, sentence.end.0)?;
        (named.kind == EntityKind::State && named.tokens.end.0 > of).then_some(named)
    });
    whole.or_else(|| {
        let at = of + 1 + u32::from(words.lower(of + 1) == "the");
        let mut named = known(words, at, sentence.end.0)
            .filter(|n| n.kind == EntityKind::State && !n.demonym)?;
        named.tokens = TokenRange::new(start, named.tokens.end.0);
        Some(named)
    })
}
