//! Pronouns: "he", "she", "it" and their forms, "who" and "which" after a name.
//!
//! Where the document's coreference layer is sure, it decides ([`Linked`]). Else a subject pronoun
//! takes the subject of the clause before it, an object pronoun someone else; gender and number
//! must agree. Left out, and better absent than wrong: "they" for several who
//! were not named together, "it" that stands for no one, pronouns inside another's quotation.

use std::ops::Range;

use onrecord_lexicon::Gender;
use onrecord_model::{EntityKind, Layer, MentionForm, TokenId, TokenRange};

use super::book::{Book, Draft};
use super::linked::Linked;
use super::words::Words;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Agree {
    He,
    She,
    It,
    They,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Subject,
    Object,
    Possessive,
}

fn reading(word: &str, next_is_noun: bool) -> Option<(Agree, Case)> {
    Some(match word {
        "he" => (Agree::He, Case::Subject),
        "him" => (Agree::He, Case::Object),
        "his" | "himself" => (Agree::He, Case::Possessive),
        "she" => (Agree::She, Case::Subject),
        "her" if next_is_noun => (Agree::She, Case::Possessive),
        "her" => (Agree::She, Case::Object),
        "herself" | "hers" => (Agree::She, Case::Possessive),
        "it" => (Agree::It, Case::Subject),
        "its" | "itself" => (Agree::It, Case::Possessive),
        "they" => (Agree::They, Case::Subject),
        "them" => (Agree::They, Case::Object),
        "their" | "theirs" | "themselves" => (Agree::They, Case::Possessive),
        _ => return None,
    })
}

/// Finds pronouns and joins them to the entity they stand for.
pub(super) fn read(words: &Words<'_>, book: &mut Book) {
    let quotes = quotations(words);
    let mut linked = Linked::new(words, book);
    for t in 0..words.len() {
        relative(words, book, t);
        let next_is_noun = t + 1 < words.len()
            && words
                .form(t + 1)
                .chars()
                .next()
                .is_some_and(char::is_alphabetic)
            && !matches!(
                words.lower(t + 1),
                "to" | "that"
                    | "and"
                    | "in"
                    | "on"
                    | "as"
                    | "at"
                    | "for"
                    | "with"
                    | "by"
                    | "the"
                    | "a"
                    | "was"
                    | "about"
            );
        let Some((agree, case)) = reading(words.lower(t), next_is_noun) else {
            continue;
        };
        let led = linked.pronoun(words, book, t, |d| may_be(d, agree));
        let own = led.is_some_and(|d| {
            linked.is_own_object(words, t, d)
                || case == Case::Subject && is_faced(words, &linked, t, agree, d)
        });
        let found = led
            .filter(|_| !own)
            .or_else(|| resolve(words, book, &quotes, t, agree, case));
        if let Some(draft) = found.filter(|_| own || linked.is_led_by_note(words, t)) {
            linked.note(t, draft);
        }
        if let Some(draft) = found {
            book.hear(
                draft,
                words,
                TokenRange::new(t, t + 1),
                MentionForm::Pronoun,
                false,
            );
        }
    }
}

/// "When she said no, Dent told her": she is not Dent, who speaks to her further on in the sentence.
fn is_faced(words: &Words<'_>, linked: &Linked, t: u32, agree: Agree, draft: usize) -> bool {
    let object = match agree {
        Agree::He => "him",
        Agree::She => "her",
        Agree::It | Agree::They => return false,
    };
    let rest = t + 1..words.sentence(t).end.0;
    let mut objects = rest.filter(|k| words.lower(*k) == object);
    objects.any(|k| linked.is_own_object(words, k, draft))
}

/// "NAME, who ..." and "NAME which ...".
fn relative(words: &Words<'_>, book: &mut Book, t: u32) {
    let w = words.lower(t);
    if !matches!(w, "who" | "whose" | "which") {
        return;
    }
    let Some(before) = words.before(t) else {
        return;
    };
    let end = if words.form(before) == "," { before } else { t };
    let Some(draft) = book.ending_at(end) else {
        return;
    };
    let person = book
        .drafts
        .get(draft)
        .is_some_and(|d| d.kind == EntityKind::Person);
    let group = book
        .drafts
        .get(draft)
        .is_some_and(|d| d.kind == EntityKind::Group);
    if person && w != "which" || !person && w == "which" || group {
        book.hear(
            draft,
            words,
            TokenRange::new(t, t + 1),
            MentionForm::Pronoun,
            false,
        );
    }
}

/// The stretches in quotation marks.
fn quotations(words: &Words<'_>) -> Vec<TokenRange> {
    let mut out = Vec::new();
    let mut open: Option<u32> = None;
    for t in 0..words.len() {
        match words.form(t) {
            "“" | "``" => open = Some(t),
            "”" | "''" => {
                if let Some(o) = open.take() {
                    out.push(TokenRange::new(o, t + 1));
                }
            }
            "\"" => match open.take() {
                Some(o) => out.push(TokenRange::new(o, t + 1)),
                None => open = Some(t),
            },
            _ => {}
        }
    }
    out
}

fn resolve(
    words: &Words<'_>,
    book: &Book,
    quotes: &[TokenRange],
    t: u32,
    agree: Agree,
    case: Case,
) -> Option<usize> {
    if agree == Agree::They && case != Case::Subject {
        return None;
    }
    let here = quotes.iter().copied().find(|q| q.has(TokenId(t)));
    if here.is_some() && matches!(agree, Agree::It | Agree::They) {
        return None;
    }
    if agree == Agree::It && !refers(words, t, case) {
        return None;
    }
    // What is decided in the sentences near by needs no look at the rest of the report.
    let near = start_of_near(words, t);
    let found = choose(words, book, quotes, (t, agree, case), (here, near));
    if found.is_none() && case == Case::Object && near > 0 {
        return choose(words, book, quotes, (t, agree, case), (here, 0));
    }
    found
}

/// The first token of the third sentence before: no subject pronoun looks further back.
fn start_of_near(words: &Words<'_>, t: u32) -> u32 {
    let d = words.cx.document;
    let sentence = d.tokens().get(t as usize).map_or(0, |t| t.sentence.0);
    d.sentences()
        .get(sentence.saturating_sub(3) as usize)
        .map_or(0, |s| s.tokens.start.0)
}

/// Chooses among the mentions that start at `from` or later.
fn choose(
    words: &Words<'_>,
    book: &Book,
    quotes: &[TokenRange],
    (t, agree, case): (u32, Agree, Case),
    (here, from): (Option<TokenRange>, u32),
) -> Option<usize> {
    let sentence = words.sentence(t);
    let agreeing: Vec<Candidate> = candidates(words, book, quotes, here, from..t, agree);
    let same: Vec<&Candidate> = agreeing.iter().filter(|c| sentence.has(c.token)).collect();
    if case == Case::Object {
        // Not the subject of its own clause: the nearest other one.
        let subject = same
            .iter()
            .filter(|c| c.subject)
            .max_by_key(|c| c.token)
            .map(|c| c.draft);
        let other = same.iter().rev().find(|c| Some(c.draft) != subject);
        let earlier = agreeing
            .iter()
            .rev()
            .find(|c| !sentence.has(c.token) && Some(c.draft) != subject);
        return other
            .or(if subject.is_some() {
                None
            } else {
                earlier.as_ref()
            })
            .map(|c| c.draft)
            .or_else(|| earlier.map(|c| c.draft));
    }
    if let Some(c) = same.iter().rfind(|c| c.subject).or_else(|| same.first()) {
        return Some(c.draft);
    }
    if matches!(agree, Agree::It | Agree::They)
        && case == Case::Subject
        && !words.is_start(t)
        && !after_opening(words, t)
    {
        return None;
    }
    previous(
        words,
        &agreeing,
        sentence,
        matches!(agree, Agree::He | Agree::She),
    )
}

/// "it" right after a cue or at the sentence's start stands for someone; "it is clear" does not.
fn refers(words: &Words<'_>, t: u32, case: Case) -> bool {
    if case == Case::Possessive {
        return true;
    }
    let next = words.lower(t + 1);
    let empty = matches!(
        next,
        "is" | "was"
            | "'s"
            | "seems"
            | "appears"
            | "remains"
            | "would"
            | "will"
            | "took"
            | "takes"
            | "may"
            | "might"
            | "could"
    ) && (t + 2..t + 6).any(|k| {
        matches!(
            words.lower(k),
            "that"
                | "to"
                | "clear"
                | "likely"
                | "possible"
                | "believed"
                | "unclear"
                | "not"
                | "too"
        )
    });
    let after_cue = words.before(t).is_some_and(|b| {
        words.is_saying(b)
            || words.lower(b) == "that" && words.before(b).is_some_and(|c| words.is_saying(c))
    });
    let has = matches!(
        next,
        "has"
            | "had"
            | "plans"
            | "said"
            | "says"
            | "planned"
            | "wants"
            | "conducted"
            | "intends"
            | "expects"
    );
    (after_cue || has || words.is_start(t)) && !empty
}

fn after_opening(words: &Words<'_>, t: u32) -> bool {
    words.before(t).is_some_and(|b| words.form(b) == ",")
}

struct Candidate {
    draft: usize,
    token: TokenId,
    subject: bool,
}

/// Mentions in a stretch before a pronoun that agree with it, in text order.
fn candidates(
    words: &Words<'_>,
    book: &Book,
    quotes: &[TokenRange],
    here: Option<TokenRange>,
    within: Range<u32>,
    agree: Agree,
) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    for (i, d) in book.drafts.iter().enumerate() {
        if !agrees(d, agree) {
            continue;
        }
        for h in d.heard.iter().filter(|h| {
            !h.tokens.is_empty()
                && h.tokens.start.0 >= within.start
                && h.tokens.end.0 <= within.end
                && !words.is_possessive_name(h.tokens)
        }) {
            let inside = quotes.iter().find(|q| q.has(h.tokens.start));
            // Who is named inside a quotation is not spoken of outside it by a pronoun.
            if inside.is_some() && inside.copied() != here {
                continue;
            }
            out.push(Candidate {
                draft: i,
                token: h.tokens.start,
                subject: is_subject(words, h.tokens),
            });
        }
    }
    out.sort_by_key(|c| c.token);
    out
}

/// What a link that is sure may join: more kinds of things than the rules dare to.
fn may_be(d: &Draft, agree: Agree) -> bool {
    match agree {
        Agree::He | Agree::She => agrees(d, agree),
        // "them" of a group are as often some of it.
        Agree::They => d.kind == EntityKind::Organization,
        Agree::It => !matches!(d.kind, EntityKind::Person | EntityKind::Office),
    }
}

fn agrees(d: &Draft, agree: Agree) -> bool {
    match agree {
        Agree::He => d.kind == EntityKind::Person && d.gender != Some(Gender::Feminine),
        Agree::She => d.kind == EntityKind::Person && d.gender != Some(Gender::Masculine),
        Agree::It => matches!(
            d.kind,
            EntityKind::State | EntityKind::Organization | EntityKind::Group
        ),
        Agree::They => matches!(d.kind, EntityKind::Organization | EntityKind::Group),
    }
}

/// Whether a mention is the subject of a verb: by the tree, else by its place.
fn is_subject(words: &Words<'_>, tokens: TokenRange) -> bool {
    let d = words.cx.document;
    if d.has(Layer::Trees) {
        let mut head = d.head_of(tokens);
        // A title may head the name: "Minister" of "Minister Rosa Pell".
        for _ in 0..3 {
            let token = d.token(head);
            if token.relation.is(&["nsubj"]) {
                return true;
            }
            match token.head {
                Some(h) if token.relation.is(&["flat", "compound", "appos"]) => head = h,
                _ => return false,
            }
        }
        return false;
    }
    let sentence = words.sentence(tokens.start.0);
    tokens.start.0 <= sentence.start.0 + 2 || words.is_saying(tokens.end.0)
}

/// The subject of the sentence before, in the paragraph, else the last one named there.
fn previous(
    words: &Words<'_>,
    candidates: &[Candidate],
    sentence: TokenRange,
    any: bool,
) -> Option<usize> {
    let d = words.cx.document;
    let at = d.sentences().iter().position(|s| s.tokens == sentence)?;
    let mut back = at;
    let mut looked = 0;
    while back > 0 && looked < 3 {
        back -= 1;
        let tokens = d.sentences().get(back)?.tokens;
        let here: Vec<&Candidate> = candidates.iter().filter(|c| tokens.has(c.token)).collect();
        // The main clause's subject stands last among subjects before the verb of saying, or first.
        if let Some(c) = here
            .iter()
            .find(|c| c.subject)
            .or_else(|| here.first().filter(|_| any))
        {
            return Some(c.draft);
        }
        looked += if any { 1 } else { 3 };
    }
    None
}
