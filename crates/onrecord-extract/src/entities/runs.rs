//! Runs of capitalised words: where a name may begin, and what joins it on.
//!
//! "Food and Drug Office of the Azores" is one run, "Mali and Niger" are two. What a run names
//! is not decided here.

use onrecord_lexicon::{NameClass, currencies};
use onrecord_model::{NameKind, TokenRange};

use super::names::known;
use super::words::Words;

/// Runs of capitalised words with the small words that join them.
pub(super) fn runs(words: &Words<'_>, sentence: TokenRange) -> Vec<TokenRange> {
    let mut out = Vec::new();
    let (mut at, end) = (sentence.start.0, sentence.end.0);
    while at < end {
        if !opens(words, at, end) {
            at += 1;
            continue;
        }
        let mut stop = at + 1;
        while let Some(next) = extend(words, at, stop, end) {
            stop = next;
        }
        out.push(TokenRange::new(at, stop));
        at = stop;
    }
    out
}

pub(super) fn is_word(words: &Words<'_>, token: u32) -> bool {
    let form = words.form(token);
    form.chars().any(char::is_alphabetic) && !form.ends_with(['$', '£', '€'])
}

/// Whether a name may begin here.
fn opens(words: &Words<'_>, at: u32, end: u32) -> bool {
    let next_capital = at + 1 < end && words.is_capital(at + 1) && is_word(words, at + 1);
    if !words.is_capital(at) {
        let joined = matches!(words.lower(at), "al" | "el")
            && words.form(at + 1) == "-"
            && words.touches(at + 1)
            && words.is_capital(at + 2);
        let particle = matches!(
            words.lower(at),
            "van" | "von" | "bin" | "ibn" | "di" | "dos"
        ) && (next_capital
            || matches!(words.lower(at + 1), "der" | "den") && words.is_capital(at + 2));
        return joined || particle;
    }
    if !is_word(words, at) || words.form(at) == "I" || words.is_calendar(at) && !next_capital {
        return false;
    }
    if words.is_calendar(at) {
        return matches!(
            words.lower(at),
            "may" | "march" | "april" | "june" | "august" | "sun" | "jun" | "jan"
        ) && words.people.gender_of_name(words.form(at)).is_some();
    }
    if known(words, at, end).is_some_and(|k| !k.demonym || !words.is_opener(at))
        && words.lower(at) != "us"
    {
        return true;
    }
    if words.is_opener(at) || matches!(words.lower(at), "opposition" | "ruling") && next_capital {
        return words.form(at) == "US" || words.lower(at) == "new" && next_capital;
    }
    if !words.is_start(at) || next_capital {
        return true;
    }
    let joined = words.form(at + 1) == "-" && words.touches(at + 1) && words.is_capital(at + 2);
    let seen = words.is_large(at) && !words.is_small(at);
    let proper = words.is_proper(at).unwrap_or(!words.is_small(at));
    let name = words.people.gender_of_name(words.form(at)).is_some();
    let acronym =
        words.form(at).len() > 1 && words.form(at).chars().all(|c| c.is_uppercase() || c == '.');
    let city = words.countries.by_capital(words.form(at)).is_some() && !words.is_small(at);
    seen || joined || city || acronym || proper && (name || words.is_proper(at) == Some(true))
}

/// The end of the run when it can be made longer.
fn extend(words: &Words<'_>, start: u32, stop: u32, end: u32) -> Option<u32> {
    if stop >= end {
        return None;
    }
    if words.is_capital(stop) && is_word(words, stop) {
        // "lend Peru USD 20 million"
        let figure = words
            .form(stop + 1)
            .starts_with(|c: char| c.is_ascii_digit());
        if figure && currencies::by_code(words.form(stop)).is_some() {
            return None;
        }
        let again =
            words.is_calendar(stop) && words.people.gender_of_name(words.form(stop - 1)).is_none();
        return (!again && words.form(stop) != "I").then_some(stop + 1);
    }
    let next = words.lower(stop);
    // "Berg-Lund", "Ust-Kut": hyphens that touch on both sides.
    if matches!(next, "-" | "–") && words.touches(stop) && words.touches(stop + 1) && stop + 1 < end
    {
        let numbered = words.form(stop + 1).chars().all(|c| c.is_ascii_digit());
        // "Min-seo": the second half of a given name, after a surname or before one.
        let person = || {
            let mut names = words.cx.document.names().iter();
            names.any(|n| {
                let whole = n.tokens.start.0 < stop && n.tokens.end.0 >= stop + 2;
                n.kind == NameKind::Person && whole
            })
        };
        let half = is_word(words, stop + 1)
            && (stop > start + 1 && words.people.is_surname_first(words.form(stop - 2))
                || person());
        return (words.is_capital(stop + 1) || numbered || half).then_some(stop + 2);
    }
    let class = words.organizations.class_of_head(words.lower(stop - 1));
    let digits = words.form(stop).chars().all(|c| c.is_ascii_digit());
    if digits && matches!(class, Some(NameClass::Law | NameClass::Product)) {
        return Some(stop + 1);
    }
    if words.people.is_particle(next) && !matches!(next, "st" | "la" | "le" | "mac" | "mc") {
        for k in 1..=2 {
            let caps = words.is_capital(stop + k) && stop + k < end;
            if caps {
                return Some(stop + k + 1);
            }
            let hyphen = words.form(stop + k) == "-" && words.touches(stop + k);
            if !hyphen && !words.people.is_particle(words.lower(stop + k)) {
                break;
            }
        }
    }
    let joins = match next {
        "of" | "for" | "on" => (start..stop).any(|t| {
            matches!(
                words.organizations.class_of_head(words.lower(t)),
                Some(NameClass::Organization | NameClass::Law | NameClass::Event)
            )
        }),
        "and" | "&" => and_joins(words, start, stop, end),
        "de" | "del" | "la" | "le" | "du" | "des" | "do" | "da" => true,
        _ => false,
    };
    if !joins {
        return None;
    }
    let mut k = stop + 1;
    while k < end
        && matches!(words.lower(k), "the" | "la" | "los" | "las" | "le")
        && !words.is_capital(k)
    {
        k += 1;
    }
    (k < end && words.is_capital(k) && is_word(words, k) && !words.is_calendar(k)).then_some(k + 1)
}

/// "Food and Drug Administration" is one name, "Mali and Niger" are two.
fn and_joins(words: &Words<'_>, start: u32, stop: u32, end: u32) -> bool {
    if words.lower(stop) == "&" {
        return true;
    }
    let mut k = stop + 1;
    while k < end && words.is_capital(k) && is_word(words, k) {
        k += 1;
    }
    if k == stop + 1 {
        return false;
    }
    let headed = matches!(
        words.organizations.class_of_head(words.lower(k - 1)),
        Some(NameClass::Organization | NameClass::Law)
    );
    let left = TokenRange::new(start, stop);
    let in_office = (start..stop).any(|t| matches!(words.lower(t), "of" | "for"));
    let left_whole = words.organizations.class_of_head(words.lower(stop - 1))
        == Some(NameClass::Organization)
        || known(words, start, stop).is_some_and(|n| n.tokens == left)
        || words.people.gender_of_name(words.form(start)).is_some();
    let right_whole = known(words, stop + 1, k).is_some_and(|n| n.tokens.end.0 == k);
    // "U.S. Securities and Exchange Commission" is listed from its second word on.
    let listed = (start..stop).any(|s| known(words, s, k).is_some_and(|n| n.tokens.end.0 == k));
    if listed {
        return true;
    }
    !left_whole && (in_office && headed || (headed || in_office) && !right_whole && k - stop >= 3)
}
