//! Entities as the names alone tell them: the same name, a surname for the full name, an acronym.
//!
//! They lend names found apart their common gender, and say how often an entity is named.

use onrecord_model::{Document, TokenRange};
use smol_str::{SmolStr, StrExt as _};

use super::profile::{Class, Gender, Profile, of_name};

struct Group {
    words: Vec<SmolStr>,
    person: bool,
    gender: Gender,
    count: u32,
    initials: String,
}

/// Looked through for the entity of a name, latest first.
const REACH: usize = 400;

/// Numbers the groups and shares what is known of them.
pub(super) fn join(d: &Document, profiles: &mut [Profile]) {
    let mut groups: Vec<Group> = Vec::new();
    for p in profiles.iter_mut().filter(|p| p.class.is_name()) {
        let words = words(d, p.name);
        if words.is_empty() {
            continue;
        }
        let person = p.class == Class::Person;
        let gender = if person {
            of_name(d, p.found, p.name)
        } else {
            p.gender
        };
        let reach = groups.len().saturating_sub(REACH);
        let same = groups[reach..]
            .iter()
            .rposition(|g| g.words == words)
            .or_else(|| {
                groups[reach..]
                    .iter()
                    .rposition(|g| alike(g, &words, person))
            });
        let at = same.map_or(groups.len(), |i| i + reach);
        if let Some(g) = groups.get_mut(at) {
            g.gender = more(g.gender, gender);
            if words.len() > g.words.len() {
                g.initials = initials(&words);
                g.words = words;
            }
        } else {
            groups.push(Group {
                initials: initials(&words),
                words,
                person,
                gender,
                count: 0,
            });
        }
        p.group = Some(at);
        p.before = groups[at].count;
        groups[at].count += 1;
    }
    for p in profiles.iter_mut() {
        if let Some(g) = p.group.and_then(|g| groups.get(g)) {
            p.gender = more(p.gender, g.gender);
        }
    }
}

/// The words of a name in small letters, without an article or "'s".
fn words(d: &Document, name: TokenRange) -> Vec<SmolStr> {
    let forms = name.iter().map(|t| d.form(t).to_lowercase_smolstr());
    forms
        .filter(|w| {
            !matches!(w.as_str(), "the" | "'s" | "’s") && w.chars().any(char::is_alphanumeric)
        })
        .collect()
}

fn initials(words: &[SmolStr]) -> String {
    let small = |w: &&SmolStr| !matches!(w.as_str(), "of" | "the" | "and" | "for");
    let letters = words.iter().filter(small).filter_map(|w| w.chars().next());
    letters.collect()
}

fn alike(g: &Group, words: &[SmolStr], person: bool) -> bool {
    let (long, short) = if g.words.len() >= words.len() {
        (g.words.as_slice(), words)
    } else {
        (words, g.words.as_slice())
    };
    let part = match short {
        [one] => long.last() == Some(one) || long.first() == Some(one),
        [first, .., last] => long.first() == Some(first) && long.last() == Some(last),
        [] => false,
    };
    if g.person || person {
        return part && long.len() <= short.len() + 3;
    }
    let acronym = |w: &[SmolStr], initials: &str| matches!(w, [one] if one.len() > 1 && one.replace('.', "") == initials);
    acronym(words, &g.initials) || acronym(&g.words, &initials(words))
}

/// The more telling of two genders.
fn more(a: Gender, b: Gender) -> Gender {
    match (a, b) {
        (Gender::He | Gender::She, _) => a,
        (_, Gender::He | Gender::She) => b,
        (Gender::Unknown, other) => other,
        _ => a,
    }
}
