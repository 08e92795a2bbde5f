//! Place or government: "in Lima" is a place, "Lima said" and "talks with Lima" are Peru.

use onrecord_lexicon::Use;
use onrecord_model::{Layer, TokenRange, Upos};

use crate::entities::Words;

/// The word before a name, past articles and adjectives of direction.
fn governor(words: &Words<'_>, tokens: TokenRange) -> Option<u32> {
    let mut b = words.before(tokens.start.0)?;
    while matches!(words.lower(b), "the" | "both")
        || words.usage.is(Use::PartOfPlace, words.lower(b)) && !words.is_capital(b)
    {
        b = words.before(b)?;
    }
    Some(b)
}

/// Whether a name is used as a place by the words about it.
pub(crate) fn is_located(words: &Words<'_>, tokens: TokenRange) -> bool {
    let adjective = words
        .before(tokens.start.0)
        .is_some_and(|b| words.usage.is(Use::PartOfPlace, words.lower(b)) && !words.is_capital(b));
    if adjective {
        return true;
    }
    let e = tokens.end.0;
    if words.form(e) == "-" && words.lower(e + 1) == "based" {
        return true;
    }
    let Some(b) = governor(words, tokens) else {
        return false;
    };
    let w = words.lower(b);
    let possessive = words.is_possessive(e);
    if possessive && matches!(w, "in" | "at" | "near") {
        // "in Peru's north": the place is the north, and Peru too; "in Peru's view" is neither.
        let noun = words.lower(e + 1);
        return matches!(
            noun,
            "north"
                | "south"
                | "east"
                | "west"
                | "capital"
                | "northern"
                | "southern"
                | "eastern"
                | "western"
                | "central"
                | "coast"
        );
    }
    if words.usage.is(Use::Locative, w) || words.usage.is(Use::Reached, w) {
        return true;
    }
    let before = words.before(b).map_or("", |x| words.lower(x));
    match w {
        "to" | "from" => {
            words.usage.is(Use::Motion, before) || is_further(words, tokens.start.0, b)
        }
        "for" => words.usage.is(Use::Motion, before),
        "of" => words.usage.is(Use::PlacePart, before),
        "on" => words.usage.is(Use::Strike, before),
        _ => false,
    }
}

/// How far back the first of several destinations may stand.
const JOURNEY: u32 = 14;

/// Whether the "to" or "from" at `b` goes on a journey: "flew to Lima on Monday and then to Quito",
/// "sailed from Oslo to Riga".
fn is_further(words: &Words<'_>, name: u32, b: u32) -> bool {
    let first = words.sentence(name).start.0.max(b.saturating_sub(JOURNEY));
    let leg = (first + 1..b).rev().find(|t| {
        matches!(words.lower(*t), "to" | "from") && words.usage.is(Use::Motion, words.lower(*t - 1))
    });
    let Some(leg) = leg else {
        return false;
    };
    let before = words.lower(b - 1);
    let goes_on = matches!(
        before,
        "and" | "then" | "later" | "on" | "," | "back" | "or" | "next"
    );
    let straight = words.lower(leg) == "from" && words.is_capital(b - 1);
    // Another verb or clause between them ends the journey.
    let whole = (leg + 1..b)
        .all(|t| !words.is_saying(t) && !matches!(words.form(t), ";" | ":" | "that" | "who"));
    (goes_on || straight) && whole
}

/// Whether a capital's name stands for its government here.
pub(crate) fn is_actor(words: &Words<'_>, tokens: TokenRange) -> bool {
    if is_located(words, tokens) {
        return false;
    }
    let e = tokens.end.0;
    if words.form(e) == ","
        && words.is_capital(e + 1)
        && crate::places::gazetteer_hit(words.form(e + 1))
    {
        return false;
    }
    if words.is_possessive(e) {
        let noun = e + 1;
        return !words.is_capital(noun) && !words.usage.is(Use::CityNoun, words.lower(noun));
    }
    if words.usage.is(Use::CityNoun, words.lower(e))
        || words.form(e) == "("
        || words.is_capital(e) && !words.form(e).is_empty()
    {
        return false;
    }
    let before = governor(words, tokens).map_or("", |b| words.lower(b));
    if matches!(
        before,
        "with"
            | "by"
            | "against"
            | "for"
            | "between"
            | "over"
            | "urged"
            | "pressed"
            | "accused"
            | "told"
            | "asked"
            | "warned"
            | "than"
            | "that"
            | "but"
            | "said"
            | "says"
            | "as"
            | "while"
            | "if"
            | "after"
            | "because"
            | "when"
            | "on"
    ) {
        return acts(words, e)
            || !matches!(
                before,
                "on" | "as"
                    | "while"
                    | "if"
                    | "after"
                    | "when"
                    | "but"
                    | "that"
                    | "because"
                    | "said"
                    | "says"
                    | "than"
            );
    }
    if matches!(before, "from" | "to" | "of" | "and") {
        return acts(words, e);
    }
    acts(words, e)
}

/// Whether the word after is a verb of which the name is the subject.
fn acts(words: &Words<'_>, next: u32) -> bool {
    if words.is_saying(next) {
        return true;
    }
    if matches!(
        words.lower(next),
        "has"
            | "had"
            | "will"
            | "would"
            | "could"
            | "may"
            | "might"
            | "is"
            | "was"
            | "wants"
            | "plans"
            | "does"
            | "did"
            | "should"
            | "must"
            | "also"
            | "itself"
            | "now"
    ) {
        return !matches!(words.lower(next), "is" | "was")
            || !words.usage.is(Use::CityNoun, words.lower(next + 2));
    }
    let d = words.cx.document;
    let Some(t) = d.tokens().get(next as usize) else {
        return false;
    };
    d.has(Layer::Tags)
        && t.upos == Upos::Verb
        && t.morph.verb_form != Some(onrecord_model::VerbForm::Part)
}
