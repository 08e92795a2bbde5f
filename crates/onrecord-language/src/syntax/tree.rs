//! From arc scores to a tree: every word one head, one root, no cycle.

/// Sentences longer than this get their cycles cut instead of the best tree.
const EXACT: usize = 300;

/// The heads of `words` words, 0 for the root and `i + 1` for word `i`. `scores` has a row for each
/// word: the root's score, then each word's. The first head wins a tie.
pub(super) fn heads(scores: &[i32], words: usize) -> Vec<usize> {
    let wide = words + 1;
    let greedy: Vec<usize> = (0..words)
        .map(|w| top(&scores[w * wide..(w + 1) * wide], w + 1))
        .collect();
    if greedy.iter().filter(|h| **h == 0).count() == 1 && cycle(&greedy).is_none() {
        return greedy;
    }
    if words > EXACT {
        return cut(greedy, scores);
    }
    // A root arc costs more than any tree can gain, so the best tree has one.
    let cost = 1i64 << 36;
    let mut weights = vec![vec![0i64; wide]];
    for row in scores.chunks_exact(wide) {
        let mut row: Vec<i64> = row.iter().map(|s| i64::from(*s)).collect();
        row[0] -= cost;
        weights.push(row);
    }
    arborescence(&weights).split_off(1)
}

fn top(row: &[i32], own: usize) -> usize {
    let mut best = (0, i32::MIN);
    for (h, s) in row.iter().enumerate() {
        if h != own && *s > best.1 {
            best = (h, *s);
        }
    }
    best.0
}

/// The words of some cycle, as places in `heads` (whose values are places plus one).
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0usize; heads.len()];
    for from in 0..heads.len() {
        let mut at = from;
        while seen[at] == 0 {
            seen[at] = from + 1;
            match heads[at].checked_sub(1) {
                Some(next) => at = next,
                None => break,
            }
        }
        if seen[at] == from + 1 && heads[at] != 0 {
            let mut found = vec![at];
            let mut next = heads[at] - 1;
            while next != at {
                found.push(next);
                next = heads[next] - 1;
            }
            return Some(found);
        }
    }
    None
}

/// One root, the one that scores best; a cycle is cut at its first word.
fn cut(mut heads: Vec<usize>, scores: &[i32]) -> Vec<usize> {
    let wide = heads.len() + 1;
    let mut root = 0;
    for w in 1..heads.len() {
        if scores[w * wide] > scores[root * wide] {
            root = w;
        }
    }
    for (w, h) in heads.iter_mut().enumerate() {
        if w == root {
            *h = 0;
        } else if *h == 0 {
            *h = root + 1;
        }
    }
    while let Some(words) = cycle(&heads) {
        if let Some(first) = words.iter().min() {
            heads[*first] = root + 1;
        }
    }
    heads
}

/// Chu-Liu-Edmonds: `weights[d][h]` of an arc to `d` from `h`; node 0 is the root.
fn arborescence(weights: &[Vec<i64>]) -> Vec<usize> {
    let n = weights.len();
    let mut heads = vec![0; n];
    for d in 1..n {
        let mut best = None;
        for h in (0..n).filter(|h| *h != d) {
            if best.is_none_or(|(s, _)| weights[d][h] > s) {
                best = Some((weights[d][h], h));
            }
        }
        heads[d] = best.map_or(0, |(_, h)| h);
    }
    let Some(ring) = ring(&heads) else {
        return heads;
    };
    let inside = |x: usize| ring.contains(&x);
    let outside: Vec<usize> = (0..n).filter(|x| !inside(*x)).collect();
    let c = outside.len();
    // Arcs out of the ring and into it, each with the ring's word they really touch.
    let mut small = vec![vec![0i64; c + 1]; c + 1];
    let (mut leave, mut enter) = (vec![0; c], vec![0; c]);
    for (i, &x) in outside.iter().enumerate() {
        for (j, &y) in outside.iter().enumerate() {
            small[i][j] = weights[x][y];
        }
        let mut out = (i64::MIN, 0);
        let mut into = (i64::MIN, 0);
        for &r in &ring {
            if weights[x][r] > out.0 {
                out = (weights[x][r], r);
            }
            let gain = weights[r][x] - weights[r][heads[r]];
            if gain > into.0 {
                into = (gain, r);
            }
        }
        (small[i][c], leave[i]) = out;
        (small[c][i], enter[i]) = into;
    }
    let solved = arborescence(&small);
    for (i, &x) in outside.iter().enumerate().skip(1) {
        heads[x] = if solved[i] == c {
            leave[i]
        } else {
            outside[solved[i]]
        };
    }
    let from = solved[c];
    heads[enter[from]] = outside[from];
    heads
}

/// The nodes of some cycle of a head list whose node 0 is the root.
fn ring(heads: &[usize]) -> Option<Vec<usize>> {
    let found = cycle(&heads[1..])?;
    Some(found.into_iter().map(|w| w + 1).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_tree(heads: &[usize]) -> bool {
        heads.iter().filter(|h| **h == 0).count() == 1 && cycle(heads).is_none()
    }

    /// The best of all trees, by trying them.
    fn slow(scores: &[i32], n: usize) -> i32 {
        let mut best = i32::MIN;
        for code in 0..(n + 1).pow(n as u32) {
            let heads: Vec<usize> = (0..n)
                .map(|i| code / (n + 1).pow(i as u32) % (n + 1))
                .collect();
            if heads.iter().enumerate().all(|(i, h)| *h != i + 1) && is_tree(&heads) {
                best = best.max(total(scores, &heads));
            }
        }
        best
    }

    fn total(scores: &[i32], heads: &[usize]) -> i32 {
        heads
            .iter()
            .enumerate()
            .map(|(i, h)| scores[i * (heads.len() + 1) + h])
            .sum()
    }

    #[test]
    fn the_tree_is_the_best_there_is() {
        let mut seed = 7u32;
        for n in [1, 2, 3, 4, 4, 4, 4, 4, 5, 5] {
            for _ in 0..20 {
                let scores: Vec<i32> = (0..n * (n + 1))
                    .map(|_| {
                        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        (seed >> 20) as i32
                    })
                    .collect();
                let found = heads(&scores, n);
                assert!(is_tree(&found), "{found:?}");
                assert_eq!(total(&scores, &found), slow(&scores, n));
            }
        }
    }

    #[test]
    fn a_long_sentence_is_still_a_tree() {
        let n = EXACT + 5;
        let scores: Vec<i32> = (0..n * (n + 1))
            .map(|i| (i as i32).wrapping_mul(7919) % 1000)
            .collect();
        assert!(is_tree(&heads(&scores, n)));
        assert!(heads(&[], 0).is_empty());
    }
}
