//! Nominals: "the minister", "the agency", "the Peruvian leader", "Peru's government".
//!
//! A nominal joins the last entity spoken of whose office or name has that noun. Left out:
//! plurals ("the two leaders") and nouns that nobody of the report answers to.

use onrecord_model::{EntityKind, MentionForm, TokenId, TokenRange};

use super::book::{Book, Draft};
use super::names::Named;
use super::words::Words;

/// Finds nominals and joins them.
pub(super) fn read(words: &Words<'_>, names: &[Named], book: &mut Book) {
    for (sentence, _) in words.sentences() {
        for t in sentence.start.0..sentence.end.0 {
            if matches!(words.lower(t), "the" | "this" | "that") {
                definite(words, names, book, t, sentence.end.0);
            }
        }
    }
    governments(words, names, book);
    peoples(words, names, book);
}

/// "the former president": the noun phrase after "the".
fn definite(words: &Words<'_>, names: &[Named], book: &mut Book, the: u32, end: u32) {
    let mut noun = the + 1;
    let mut past = false;
    let mut state = None;
    while noun < end && noun < the + 6 {
        let w = words.lower(noun);
        if let Some(n) = names.iter().find(|n| n.tokens.has(TokenId(noun))) {
            if n.demonym && n.tokens.start.0 == noun {
                state.clone_from(&n.state);
                noun = n.tokens.end.0;
                continue;
            }
            return;
        }
        past |=
            matches!(w, "former" | "then" | "ex") || w.starts_with("then-") || w.starts_with("ex-");
        let is_noun = (words.people.is_person_noun(w) || words.organizations.is_nominal(w))
            && !continues(words, names, noun, end);
        if is_noun {
            break;
        }
        if !words.people.is_modifier(w)
            && words.form(noun) != "-"
            && !words.people.is_title(w)
            && words.organizations.class_of_head(w).is_none()
        {
            return;
        }
        noun += 1;
    }
    if noun >= end
        || noun >= the + 6
        || names
            .iter()
            .any(|n| n.tokens.start.0 == noun + 1 && n.kind == EntityKind::Person)
    {
        return;
    }
    let at = words.cx.document.range(TokenRange::new(the, the + 1)).start;
    let w = words.lower(noun).to_owned();
    let w = w
        .strip_prefix("then-")
        .or_else(|| w.strip_prefix("ex-"))
        .unwrap_or(&w);
    let phrase: Vec<&str> = (the + 1..noun).map(|t| words.lower(t)).collect();
    let of_other = words.lower(noun + 1) == "of";
    // Who is named only further on is meant where nobody was named before: "the mayor said", and then
    // "Mayor Ana Prifti".
    let named_before = book.drafts.iter().any(|d| {
        d.kind == EntityKind::Person && !d.offices.is_empty() && d.last_before(at).is_some()
    });
    let found = latest(book, at, |d| {
        !(named_before && d.kind == EntityKind::Person && d.last_before(at).is_none())
            && (state.as_ref().is_none_or(|s| d.country.as_ref() == Some(s)))
            && (is_person(words, d, w, &phrase, past) && !of_other || is_organization(words, d, w))
    });
    if let Some(draft) = found {
        book.hear(
            draft,
            words,
            TokenRange::new(the, noun + 1),
            MentionForm::Nominal,
            false,
        );
    }
}

/// Whether the noun is not the phrase's last: "the trade minister", "the army command".
fn continues(words: &Words<'_>, names: &[Named], noun: u32, end: u32) -> bool {
    let next = noun + 1;
    if next >= end {
        return false;
    }
    let w = words.lower(next);
    let before_person = names
        .iter()
        .any(|n| n.tokens.start.0 == next && n.kind == EntityKind::Person);
    before_person
        || words.people.is_title(w)
        || words.form(next) == "-" && words.touches(next)
        || matches!(
            w,
            "command" | "statement" | "spokesman" | "spokeswoman" | "officials" | "members"
        )
}

fn is_person(words: &Words<'_>, d: &Draft, noun: &str, phrase: &[&str], past: bool) -> bool {
    if d.kind != EntityKind::Person {
        return false;
    }
    d.offices.iter().any(|o| {
        let over = o.until.is_some();
        let head = o.head.as_str();
        let title = o.title.to_lowercase();
        let alike = head == noun
            || noun == "leader" && words.people.is_state_office(head)
            || noun == "executive"
                && matches!(head, "chief" | "ceo" | "head" | "boss" | "chairman")
            || noun == "minister" && head == "pm"
            || noun == "premier" && title.ends_with("prime minister")
            || noun == "pm" && title.ends_with("prime minister")
            || noun == "lawmaker"
                && matches!(
                    head,
                    "mp" | "senator"
                        | "sen"
                        | "rep"
                        | "representative"
                        | "deputy"
                        | "legislator"
                        | "congressman"
                        | "congresswoman"
                )
            || noun == "senator" && head == "sen"
            || noun == "governor" && head == "gov"
            || noun == "general" && head == "gen"
            || noun == "prince" && head == "prince";
        // "the defense minister" is not the finance minister.
        let fits = phrase.iter().all(|w| {
            matches!(
                *w,
                "former"
                    | "then"
                    | "ex"
                    | "-"
                    | "new"
                    | "deputy"
                    | "late"
                    | "top"
                    | "senior"
                    | "veteran"
                    | "outgoing"
            ) || title.split([' ', '-']).any(|t| t == *w)
                || !words.people.is_modifier(w)
                || noun == "leader"
        });
        alike && fits && past == over
    })
}

fn is_organization(words: &Words<'_>, d: &Draft, noun: &str) -> bool {
    if !matches!(
        d.kind,
        EntityKind::Organization | EntityKind::Group | EntityKind::Law
    ) {
        return false;
    }
    let stands = |name: &str| {
        let key = name.to_lowercase();
        let before_of = key.split(" of ").next().unwrap_or(&key);
        let before_for = before_of.split(" for ").next().unwrap_or(before_of);
        let last = before_for.rsplit(' ').next().unwrap_or_default();
        words
            .organizations
            .stands_for(noun, last.trim_end_matches('.'))
            || words.organizations.stands_for(noun, &key)
    };
    stands(&d.name) || d.aliases.iter().any(|a| stands(a))
}

/// The entity last spoken of before a byte that fits; the only one that fits, if none was.
fn latest(book: &Book, at: u32, fits: impl Fn(&Draft) -> bool) -> Option<usize> {
    let mut all = book
        .drafts
        .iter()
        .enumerate()
        .filter(|(_, d)| fits(d))
        .map(|(i, _)| i);
    let fitting: Vec<usize> = all.by_ref().collect();
    let before = fitting
        .iter()
        .filter_map(|i| Some((book.drafts.get(*i)?.last_before(at)?.range.end, *i)))
        .max();
    match (before, fitting.as_slice()) {
        (Some((_, i)), _) => Some(i),
        (None, [only]) => Some(*only),
        _ => None,
    }
}

/// "the Peruvian government", "Peru's government": the state.
fn governments(words: &Words<'_>, names: &[Named], book: &mut Book) {
    let mut told = Vec::new();
    for n in names.iter().filter(|n| n.state.is_some()) {
        let e = n.tokens.end.0;
        let noun = if words.is_possessive(e) { e + 1 } else { e };
        let noun = noun + u32::from(is_whole(words.lower(noun)));
        if !matches!(words.lower(noun), "government" | "authorities")
            || words.lower(noun) == "authorities" && !words.is_possessive(e)
        {
            continue;
        }
        let Some(state) = n.state.as_ref().and_then(|s| book.state(words, s)) else {
            continue;
        };
        let start = words
            .before(n.tokens.start.0)
            .filter(|b| words.lower(*b) == "the")
            .unwrap_or(n.tokens.start.0);
        book.hear(
            state,
            words,
            TokenRange::new(start, noun + 1),
            MentionForm::Nominal,
            false,
        );
        told.push((noun, state));
    }
    let of_one = told
        .first()
        .filter(|(_, s)| told.iter().all(|(_, t)| t == s));
    if let Some((first, state)) = of_one {
        governments_again(words, book, *first, *state);
    }
}

/// Whether a word tells a state's own government from those of its parts.
fn is_whole(word: &str) -> bool {
    matches!(word, "federal" | "central" | "national")
}

/// "the federal government", "the government" behind a state's government, the only one the report
/// names.
fn governments_again(words: &Words<'_>, book: &mut Book, first: u32, state: usize) {
    for the in first + 1..words.len() {
        let noun = the + 1 + u32::from(is_whole(words.lower(the + 1)));
        let other = matches!(words.lower(noun + 1), "of" | "-") || words.is_capital(noun + 1);
        if words.lower(the) == "the" && words.lower(noun) == "government" && !other {
            let phrase = TokenRange::new(the, noun + 1);
            book.hear(state, words, phrase, MentionForm::Nominal, false);
        }
    }
}

/// "the Peruvians": the state, where it is spoken of by name as well.
fn peoples(words: &Words<'_>, names: &[Named], book: &mut Book) {
    for n in names.iter().filter(|n| n.demonym) {
        let Some(state) = n
            .state
            .as_ref()
            .and_then(|s| book.by_key(EntityKind::State, s))
        else {
            continue;
        };
        book.hear(state, words, n.tokens, MentionForm::Nominal, false);
    }
}
