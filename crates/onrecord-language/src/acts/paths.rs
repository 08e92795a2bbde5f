//! How a word hangs on an act in the tree, and how far from it: what tells roles apart beside the
//! words themselves. `training/acts.py` counts the same numbers.

use onrecord_model::{Document, TokenId, TokenRange};

/// Groups of relations; the last one is any other.
const GROUPS: [&[&str]; 13] = [
    &["nsubj", "csubj"],
    &["nsubj:pass", "csubj:pass"],
    &["obj"],
    &["iobj"],
    &["obl"],
    &["nmod"],
    &["xcomp", "ccomp"],
    &["advcl"],
    &["conj"],
    &["amod", "compound", "flat", "det", "nummod"],
    &["appos"],
    &["acl"],
    &["parataxis"],
];
const G: usize = GROUPS.len() + 1;
/// Ways to hang on an act.
pub(super) const PATHS: usize = 8 * G + 4;
/// Steps of the distance.
pub(super) const FAR: usize = 64;

fn group(document: &Document, token: TokenId) -> usize {
    let relation = &document.token(token).relation;
    let of = |name: &str| GROUPS.iter().position(|g| g.contains(&name));
    of(relation.as_str())
        .or_else(|| of(relation.base()))
        .unwrap_or(G - 1)
}

/// For each token of `window` how it hangs on an act.
pub(super) fn paths(document: &Document, window: TokenRange, act: TokenRange) -> Vec<usize> {
    let head = document.head_of(act);
    let sentence = document.token(head).sentence;
    let up: Vec<TokenId> = document.ancestors(head).take(5).collect();
    let of = |t: TokenId| {
        let token = document.token(t);
        match token.sentence.cmp(&sentence) {
            std::cmp::Ordering::Less => PATHS - 4,
            std::cmp::Ordering::Greater => PATHS - 3,
            std::cmp::Ordering::Equal if act.has(t) => PATHS - 1,
            std::cmp::Ordering::Equal => path(document, &up, t).unwrap_or(PATHS - 2),
        }
    };
    window.iter().map(of).collect()
}

/// Down from the act, up from it, or down from what it hangs on.
fn path(document: &Document, up: &[TokenId], token: TokenId) -> Option<usize> {
    let mut last = token;
    for (steps, t) in document.ancestors(token).take(13).enumerate() {
        if let Some(at) = up.iter().position(|u| *u == t) {
            return match (at, steps) {
                (0, _) => Some((steps.min(3) - 1) * G + group(document, last)),
                (_, 0) => Some((3 + at.min(3) - 1) * G + group(document, up[at - 1])),
                (1 | 2, _) => Some((6 + at - 1) * G + group(document, last)),
                _ => None,
            };
        }
        last = t;
    }
    None
}

/// For each token of `window` how far it stands from an act: exactly up to 8, then by powers of
/// two, and on which side.
pub(super) fn far(window: TokenRange, act: TokenRange) -> Vec<usize> {
    let of = |t: TokenId| {
        if act.has(t) {
            0
        } else if t < act.start {
            FAR - 1 - steps(act.start.0 - t.0)
        } else {
            steps(t.0 - act.end.0 + 1)
        }
    };
    window.iter().map(of).collect()
}

fn steps(distance: u32) -> usize {
    if distance <= 8 {
        return distance as usize;
    }
    // Four steps for each doubling: the fourth roots of two, in thousandths.
    let mut rest = u64::from(distance) * 1000 / 8;
    let mut out = 8;
    while rest >= 2000 {
        rest /= 2;
        out += 4;
    }
    out += [1189, 1414, 1682].iter().filter(|r| rest >= **r).count();
    out.min(31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_go_by_powers_of_two() {
        let check = |d: u32, want: usize| assert_eq!(steps(d), want, "{d}");
        for (d, want) in [
            (1, 1),
            (8, 8),
            (9, 8),
            (10, 9),
            (12, 10),
            (16, 12),
            (31, 15),
            (32, 16),
            (400, 30),
            (9000, 31),
        ] {
            check(d, want);
        }
        let got = far(TokenRange::new(3, 9), TokenRange::new(5, 7));
        assert_eq!(got, [61, 62, 0, 0, 1, 2]);
    }
}
