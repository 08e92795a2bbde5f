//! Which earlier expressions are asked about: near ones, and far ones that share words.

use super::profile::{Class, Profile};
use super::rows::{Walk, agree};

/// How far back anything is looked at, in expressions.
const REACH: usize = 1200;
/// Near candidates of pronouns, and of names and nominals.
const NEAR: [usize; 2] = [30, 12];
/// Far candidates that share words.
const FAR: usize = 12;
/// Sentences within which a candidate is near.
const SENTENCES: u32 = 5;

/// The candidates of an expression, nearest first; those in its own sentence after it come last.
pub(super) fn of(all: &[Profile], i: usize) -> Vec<(usize, Walk)> {
    let mut out = Vec::new();
    let Some(a) = all.get(i) else {
        return out;
    };
    let pronoun = a.class.is_pronoun();
    let mut seen: Vec<usize> = Vec::new();
    let (mut near, mut far, mut rivals) = (0, 0, 0);
    let limit = NEAR[usize::from(!pronoun)];
    let earlier = all[..i].iter().enumerate().rev().take(REACH);
    for (between, (j, b)) in earlier.enumerate() {
        let close = a.sentence - b.sentence <= SENTENCES && near < limit;
        if !close && (far >= FAR || pronoun && !speech(a, b)) {
            if pronoun && near >= limit || far >= FAR || pronoun && a.coarse != 3 {
                break;
            }
            continue;
        }
        if is_part(a, b) || pronoun && clashes(a, b) {
            continue;
        }
        if !(close || pronoun || shares(a, b)) {
            continue;
        }
        let older = b.group.is_some_and(|g| seen.contains(&g));
        let walk = Walk {
            between: between as u32,
            rivals,
            older,
            after: false,
            ..Walk::default()
        };
        out.push((j, walk));
        if let Some(g) = b.group.filter(|_| !older) {
            seen.push(g);
        }
        if !older && !b.class.is_pronoun() && agree(a, b) {
            rivals += 1;
        }
        if close {
            near += 1;
        } else {
            far += 1;
        }
    }
    if pronoun && matches!(a.class, Class::He | Class::She | Class::It | Class::They) {
        let later = all.iter().enumerate().skip(i + 1);
        let here = later.take_while(|(_, b)| b.sentence == a.sentence);
        for (n, (j, b)) in here.enumerate().take(20) {
            if b.class.is_name() && !is_part(a, b) && !clashes(a, b) {
                let walk = Walk {
                    between: n as u32,
                    rivals,
                    after: true,
                    ..Walk::default()
                };
                out.push((j, walk));
            }
        }
    }
    finish(all, i, &mut out);
    out
}

/// What only the whole list tells: how often each entity is named, how many agree.
fn finish(all: &[Profile], i: usize, out: &mut [(usize, Walk)]) {
    let a = &all[i];
    // The latest mention before the anaphor tells how many there were.
    let mut counts: Vec<(usize, u32, bool)> = Vec::new();
    for (j, walk) in out.iter() {
        let b = &all[*j];
        if let Some(g) = b.group.filter(|_| !walk.older && !walk.after) {
            counts.push((g, b.before + 1, agree(a, b)));
        }
    }
    let most = counts
        .iter()
        .filter(|c| c.2)
        .map(|c| c.1)
        .max()
        .unwrap_or(0);
    let agreeing = counts.iter().filter(|c| c.2).count() as u32;
    for (j, walk) in out.iter_mut() {
        let b = &all[*j];
        let own = b.group.and_then(|g| counts.iter().find(|c| c.0 == g));
        walk.count = own.map_or(0, |c| c.1);
        walk.topic = own.is_some_and(|c| c.2 && c.1 == most);
        walk.others = agreeing - u32::from(own.is_some_and(|c| c.2));
    }
}

/// One stands inside the other: a whole is not its part.
fn is_part(a: &Profile, b: &Profile) -> bool {
    a.found.tokens.overlaps(b.found.tokens)
}

/// Two that can never be one: "he" and "she", "he" and "its", "they" and "I".
fn clashes(a: &Profile, b: &Profile) -> bool {
    let third = |p: &Profile| matches!(p.class, Class::He | Class::She | Class::It);
    third(a) && third(b) && a.class != b.class
        || third(a) && !agree(a, b)
        || matches!(a.class, Class::He | Class::She) && b.class == Class::They
}

/// First and second persons look far for each other.
fn speech(a: &Profile, b: &Profile) -> bool {
    a.coarse == 3 && a.class == b.class
}

/// Whether the words give reason to look.
fn shares(a: &Profile, b: &Profile) -> bool {
    !b.class.is_pronoun()
        && (a.words == b.words
            || a.head == b.head
            || a.group.is_some() && a.group == b.group
            || a.content.binary_search(&b.head).is_ok()
            || b.content.binary_search(&a.head).is_ok())
}
