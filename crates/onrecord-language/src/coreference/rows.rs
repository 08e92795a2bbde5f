//! Rows of the model's tables: what an expression by itself and what a pair of them show.
//!
//! Each feature owns a stretch of a table; [`MENTION`] and [`PAIR`] say how long each is. A trained
//! file fits these lengths and no others.

use onrecord_model::{Document, TokenId};

use super::profile::{CLASSES, Class, Gender, Profile};
use crate::net::features::slot;

/// Sizes of the features of one expression.
pub(super) const MENTION: [u32; 17] = [
    CLASSES, 8, 5, 3, 16, 6, 6, 6, 6, 4096, 2048, 3, 6, 8, 1024, 1024, 3,
];

/// Sizes of the features of a pair.
pub(super) const PAIR: [u32; 34] = [
    CLASSES * CLASSES,
    8 * 10,
    8 * 10,
    5 * 5 * 2,
    9 * 8,
    6 * 64,
    5 * 64,
    4 * 64,
    16 * 16,
    6 * 8 * 2,
    7 * 8,
    6 * 8,
    16 * 3 * 8,
    6 * 8,
    3 * 8,
    8 * 8,
    8 * 64,
    5 * 8,
    4096,
    4096,
    4 * 8,
    4 * 8,
    4 * 8,
    3 * 8,
    6 * 6 * 2,
    2048,
    6 * 8,
    7 * 8,
    4 * 8,
    6 * 8,
    16 * 16 * 3,
    3 * 3 * 8,
    8 * 8,
    2048,
];

const fn sum(sizes: &[u32]) -> u32 {
    let (mut all, mut i) = (0, 0);
    while i < sizes.len() {
        all += sizes[i];
        i += 1;
    }
    all
}

/// Rows of the table of expressions.
pub(super) const MENTION_ROWS: u32 = sum(&MENTION);
/// Rows of the table of pairs.
pub(super) const PAIR_ROWS: u32 = sum(&PAIR);

/// Turns values of features into rows of their table.
fn placed<const N: usize>(sizes: &[u32; N], values: [u32; N]) -> [u32; N] {
    let mut at = 0;
    let mut out = values;
    for (value, size) in out.iter_mut().zip(sizes) {
        *value = at + (*value).min(size - 1);
        at += size;
    }
    out
}

/// 0, 1, 2, 3, 4 to 5, 6 to 9, 10 to 19, 20 to 39, 40 to 79, more.
fn bucket(n: u32) -> u32 {
    match n {
        0..=3 => n,
        4..=5 => 4,
        6..=9 => 5,
        10..=19 => 6,
        20..=39 => 7,
        40..=79 => 8,
        _ => 9,
    }
}

/// The rows of one expression.
pub(super) fn mention(d: &Document, p: &Profile) -> [u32; MENTION.len()] {
    let head = p.found.head;
    let s = d.sentence_of(head);
    let word = |t: Option<u32>, size: u64| {
        let token = t.and_then(|t| d.tokens().get(t as usize));
        token.map_or(0, |t| {
            (slot(&d.text().slice(t.range).to_lowercase()) % (size - 1)) as u32 + 1
        })
    };
    let hung = u32::from(d.child(head, &["acl"]).is_some())
        + 2 * u32::from(d.child(head, &["appos"]).is_some())
        + 4 * u32::from(d.child(head, &["nmod"]).is_some());
    let inside = p.found.tokens;
    let quoted = match (p.quote, p.speaker) {
        (0, _) => 0,
        (_, None) => 1,
        _ => 2,
    };
    placed(
        &MENTION,
        [
            p.class.row(),
            p.coarse,
            if p.gender == Gender::She {
                Gender::He as u32
            } else {
                p.gender as u32
            },
            p.number,
            p.role,
            p.article,
            bucket(p.sentence).min(5),
            bucket(head.0 - s.tokens.start.0) * 5 / 9,
            (inside.len() as u32 - 1).min(5),
            (p.head % 4096) as u32,
            ((p.verb ^ u64::from(p.role).wrapping_mul(0x9e37_79b9)) % 2048) as u32,
            quoted,
            bucket(p.before).min(5) * u32::from(p.group.is_some()),
            if p.empty { 7 } else { hung.min(6) },
            word(inside.start.0.checked_sub(1), 1024),
            word(Some(inside.end.0), 1024),
            p.main,
        ],
    )
}

/// What the walk back over the candidates tells of one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Walk {
    /// Expressions between the two.
    pub(super) between: u32,
    /// Other entities between that agree.
    pub(super) rivals: u32,
    /// Whether a later expression before the anaphor is of the candidate's group.
    pub(super) older: bool,
    /// Mentions of the candidate's group before the anaphor.
    pub(super) count: u32,
    /// Whether no group is named more often before the anaphor.
    pub(super) topic: bool,
    /// Other agreeing entities among all candidates.
    pub(super) others: u32,
    /// Whether the candidate stands after the anaphor.
    pub(super) after: bool,
}

/// The rows of an anaphor and a candidate.
pub(super) fn pair(d: &Document, a: &Profile, b: &Profile, walk: Walk) -> [u32; PAIR.len()] {
    let coarse = a.coarse;
    let forms = a.coarse * 8 + b.coarse;
    let sentences = a.sentence.abs_diff(b.sentence);
    let heads = heads(a, b);
    let pronoun = u32::from(a.class.is_pronoun());
    let hashed = |x: u64, y: u64, size: u64| {
        ((x.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ y).wrapping_mul(0x0000_0100_0000_01b3) >> 13)
            % (size - 1)
            + 1
    };
    placed(
        &PAIR,
        [
            a.class.row() * CLASSES + b.class.row(),
            coarse * 10 + bucket(sentences),
            coarse * 10 + bucket(walk.between),
            (sexes(a, b)) * 2 + pronoun,
            (a.number * 3 + b.number) * 8 + coarse,
            heads * 64 + forms,
            strings(a, b) * 64 + forms,
            groups(a, b) * 64 + forms,
            a.role * 16 + b.role,
            (binding(d, a, b) * 8 + coarse) * 2 + u32::from(a.reflexive),
            command(d, a, b) * 8 + coarse,
            walk.rivals.min(5) * 8 + coarse,
            (b.role * 3 + sentences.min(2)) * 8 + coarse,
            b.group.map_or(0, |_| 1 + bucket(b.before).min(4)) * 8 + coarse,
            b.group.map_or(0, |_| 1 + u32::from(walk.older)) * 8 + coarse,
            quotation(a, b) * 8 + coarse,
            modifiers(a, b) * 64 + forms,
            joined(d, a, b) * 8 + coarse,
            if pronoun == 1 {
                0
            } else {
                hashed(a.head, b.head, 4096) as u32
            },
            if pronoun == 1 && !b.class.is_pronoun() {
                hashed(u64::from(a.class.row()), b.head, 4096) as u32
            } else {
                0
            },
            nested(a, b) * 8 + coarse,
            a.paragraph.abs_diff(b.paragraph).min(3) * 8 + coarse,
            parallel(a, b, a.verb == b.verb) * 8 + coarse,
            (u32::from(walk.after) + u32::from(walk.after && sentences > 0)) * 8 + coarse,
            (a.article * 6 + b.article) * 2 + u32::from(heads == 1),
            hashed(a.verb ^ u64::from(a.role), u64::from(b.class.row()), 2048) as u32,
            b.group.map_or(0, |_| 1 + bucket(walk.count).min(4)) * 8 + coarse,
            match (agree(a, b), walk.others) {
                (false, _) => 0,
                (true, n) => 1 + n.min(5),
            } * 8
                + coarse,
            (u32::from(walk.topic) + 2 * u32::from(b.before == 0 && b.group.is_some())) * 8
                + coarse,
            if sentences == 0 {
                1 + a.verbs.abs_diff(b.verbs).min(4)
            } else {
                0
            } * 8
                + coarse,
            (a.role * 16 + b.role) * 3 + sentences.min(2),
            (b.main * 3 + a.main) * 8 + coarse,
            if sentences == 0 {
                bucket(a.found.head.0.abs_diff(b.found.head.0)).min(7)
            } else {
                0
            } * 8
                + coarse,
            hashed(a.verb ^ u64::from(a.role), b.verb ^ u64::from(b.role), 2048) as u32,
        ],
    )
}

/// How the genders meet, the same for "he" and "she".
fn sexes(a: &Profile, b: &Profile) -> u32 {
    let fold = |g: Gender| match g {
        Gender::She => Gender::He as u32,
        g => g as u32,
    };
    if matches!(
        (a.gender, b.gender),
        (Gender::He, Gender::She) | (Gender::She, Gender::He)
    ) {
        // The row that "she" leaves free.
        return Gender::She as u32 * 5;
    }
    fold(a.gender) * 5 + fold(b.gender)
}

/// How the heads' words meet: not, the same, surname, one within the other's words.
fn heads(a: &Profile, b: &Profile) -> u32 {
    if a.class.is_pronoun() || b.class.is_pronoun() {
        return u32::from(a.class == b.class) * 5;
    }
    let has = |p: &Profile, word: u64| p.content.binary_search(&word).is_ok();
    match () {
        () if a.head == b.head => 1,
        () if has(b, a.head) && has(a, b.head) => 2,
        () if has(b, a.head) => 3,
        () if has(a, b.head) => 4,
        () => 0,
    }
}

fn strings(a: &Profile, b: &Profile) -> u32 {
    match () {
        () if a.words == b.words => 1,
        () if a.content.is_empty() || b.content.is_empty() => 0,
        () if a.content == b.content => 2,
        () if within(&a.content, &b.content) => 3,
        () if within(&b.content, &a.content) => 4,
        () => 0,
    }
}

/// Whether every item of a sorted list is in another.
fn within(few: &[u64], many: &[u64]) -> bool {
    few.iter().all(|w| many.binary_search(w).is_ok())
}

fn groups(a: &Profile, b: &Profile) -> u32 {
    match (a.group, b.group) {
        (Some(x), Some(y)) if x == y => 1,
        (Some(_), Some(_)) => 2,
        (None, None) => 0,
        _ => 3,
    }
}

/// Whether the two hang on the same word, and in which order of rank.
fn binding(d: &Document, a: &Profile, b: &Profile) -> u32 {
    let (Some(over), Some(other)) = (a.governor, b.governor) else {
        return 0;
    };
    let subject = |p: &Profile| matches!(p.role, 1 | 2);
    match () {
        () if over == other && subject(b) => 1,
        () if over == other => 2,
        () if d.token(over).head == Some(other) && subject(b) => 3,
        () if d.token(over).head == Some(other) => 4,
        () if d.token(other).head == Some(over) => 5,
        () => 0,
    }
}

/// Where the one stands in the tree as seen from the other.
fn command(d: &Document, a: &Profile, b: &Profile) -> u32 {
    if a.sentence != b.sentence {
        return 0;
    }
    if a.found.tokens.overlaps(b.found.tokens) {
        return 1;
    }
    let above = |p: &Profile, q: &Profile| {
        let g = p.governor;
        let mut up = d.ancestors(q.found.head).skip(1).take(12);
        up.position(|t| Some(t) == g)
    };
    match (above(b, a), above(a, b)) {
        (Some(0), _) => 2,
        (Some(1), _) => 3,
        (Some(_), _) => 4,
        (None, Some(_)) => 5,
        _ => 6,
    }
}

fn quotation(a: &Profile, b: &Profile) -> u32 {
    let first = |p: &Profile| p.class == Class::I;
    let speaks = a.speaker == Some(b.found.head) && a.quote > 0;
    let spoken = b.speaker == Some(a.found.head) && b.quote > 0;
    match (a.quote, b.quote) {
        _ if speaks => 1,
        _ if spoken => 2,
        (0, 0) => 0,
        (x, y) if x == y => 3,
        (x, y) if x > 0 && y > 0 => {
            let same = a.speaker.is_some() && a.speaker == b.speaker;
            if same && (first(a) || first(b)) { 5 } else { 4 }
        }
        (0, _) => 6,
        _ => 7,
    }
}

/// Whether modifiers speak against the two being one.
fn modifiers(a: &Profile, b: &Profile) -> u32 {
    if a.class.is_pronoun() || b.class.is_pronoun() {
        return 0;
    }
    let (x, y) = (within(&a.marks, &b.marks), within(&b.marks, &a.marks));
    let more = !within(&a.content, &b.content);
    1 + match (x, y) {
        (true, true) => u32::from(more),
        (true, false) => 2 + u32::from(more),
        (false, true) => 4,
        (false, false) => 5,
    }
}

/// Apposition, predicate, conjuncts of one phrase.
fn joined(d: &Document, a: &Profile, b: &Profile) -> u32 {
    let (one, other) = (d.token(a.found.head), d.token(b.found.head));
    let hangs =
        |p: &onrecord_model::Token, on: TokenId, r: &str| p.head == Some(on) && p.relation.is(&[r]);
    match () {
        () if hangs(one, b.found.head, "appos") || hangs(other, a.found.head, "appos") => 1,
        () if hangs(other, a.found.head, "nsubj") || hangs(one, b.found.head, "nsubj") => 2,
        () if hangs(one, b.found.head, "conj") || hangs(other, a.found.head, "conj") => 3,
        () if one.relation.is(&["conj"]) && one.head.is_some() && one.head == other.head => 4,
        () => 0,
    }
}

fn nested(a: &Profile, b: &Profile) -> u32 {
    u32::from(a.outer.is_some()) + 2 * u32::from(b.outer.is_some())
}

fn parallel(a: &Profile, b: &Profile, same_verb: bool) -> u32 {
    u32::from(a.role == b.role) + 2 * u32::from(same_verb && a.governor.is_some())
}

/// Whether gender and number let two be the same.
pub(super) fn agree(a: &Profile, b: &Profile) -> bool {
    let gender = match (a.gender, b.gender) {
        (Gender::Unknown, _) | (_, Gender::Unknown) => true,
        (Gender::Thing, other) | (other, Gender::Thing) => other == Gender::Thing,
        (Gender::Person, _) | (_, Gender::Person) => true,
        (x, y) => x == y,
    };
    gender && (a.number == b.number || a.number == 0 || b.number == 0)
}
