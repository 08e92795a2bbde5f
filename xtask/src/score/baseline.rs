//! What stories are measured beside: cosine of plain TF-IDF vectors, single or average link, at
//! the threshold that is best on the gold itself.
//!
//! Raw counts of lower-case words, `ln(N / df)`, no names, no days, no copies: the textbook's.

use std::collections::BTreeMap;

use super::groups::b_cubed;

/// The best B-cubed F1 of either way of linking.
pub(crate) fn best(texts: &[&str], gold: &[&str]) -> f64 {
    let likeness = cosines(texts);
    let single = single_link(&likeness);
    let average = average_link(likeness);
    let score = |merges: &[Merge], least: f64| b_cubed(gold, &cut(texts.len(), merges, least)).f1;
    let thresholds = (1..45).map(|n| f64::from(n) * 0.02);
    let both = |t| score(&single, t).max(score(&average, t));
    thresholds.map(both).fold(0.0, f64::max)
}

/// Two documents whose groups are joined, and the likeness at which.
type Merge = (f64, usize, usize);

fn cosines(texts: &[&str]) -> Vec<Vec<f64>> {
    let mut held: BTreeMap<String, Vec<(usize, f64)>> = BTreeMap::new();
    for (i, text) in texts.iter().enumerate() {
        let lower = text.to_lowercase();
        for word in lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
        {
            let list = held.entry(word.to_owned()).or_default();
            match list.last_mut() {
                Some((text, count)) if *text == i => *count += 1.0,
                _ => list.push((i, 1.0)),
            }
        }
    }
    let mut sums = vec![vec![0.0; texts.len()]; texts.len()];
    for list in held.values() {
        let rarity = (texts.len() as f64 / list.len() as f64).ln();
        for (n, (i, x)) in list.iter().enumerate() {
            for (j, y) in &list[..=n] {
                sums[*i][*j] += x * y * rarity * rarity;
            }
        }
    }
    let lengths: Vec<f64> = (0..texts.len())
        .map(|i| sums[i][i].sqrt().max(1e-9))
        .collect();
    for i in 0..texts.len() {
        for j in 0..i {
            let cosine = sums[i][j] / (lengths[i] * lengths[j]);
            (sums[i][j], sums[j][i]) = (cosine, cosine);
        }
    }
    sums
}

fn single_link(likeness: &[Vec<f64>]) -> Vec<Merge> {
    let pairs = (0..likeness.len()).flat_map(|i| (0..i).map(move |j| (likeness[i][j], i, j)));
    pairs.filter(|p| p.0 >= 0.02).collect()
}

/// Average link by chains of nearest neighbours (Murtagh 1983).
fn average_link(mut likeness: Vec<Vec<f64>>) -> Vec<Merge> {
    let count = likeness.len();
    let mut size = vec![1.0; count];
    let mut alive = vec![true; count];
    let mut chain: Vec<usize> = Vec::new();
    let mut out = Vec::new();
    while out.len() + 1 < count {
        if chain.is_empty() {
            chain.extend(alive.iter().position(|a| *a));
        }
        let Some(&top) = chain.last() else { break };
        let before = chain.len().checked_sub(2).map(|p| chain[p]);
        let mut nearest = before.map(|b| (likeness[top][b], b));
        for other in (0..count).filter(|o| alive[*o] && *o != top) {
            if nearest.is_none_or(|(most, _)| likeness[top][other] > most) {
                nearest = Some((likeness[top][other], other));
            }
        }
        let Some((most, next)) = nearest else { break };
        if before != Some(next) {
            chain.push(next);
            continue;
        }
        chain.truncate(chain.len() - 2);
        out.push((most, top, next));
        alive[next] = false;
        let (a, b) = (size[top], size[next]);
        for other in (0..count).filter(|o| alive[*o] && *o != top) {
            let mean = (a * likeness[top][other] + b * likeness[next][other]) / (a + b);
            (likeness[top][other], likeness[other][top]) = (mean, mean);
        }
        size[top] = a + b;
    }
    out
}

/// The group of each document when all merges above a likeness are made.
fn cut(count: usize, merges: &[Merge], least: f64) -> Vec<usize> {
    fn find(parents: &mut [usize], mut of: usize) -> usize {
        while parents[of] != of {
            parents[of] = parents[parents[of]];
            of = parents[of];
        }
        of
    }
    let mut parents: Vec<usize> = (0..count).collect();
    for (_, a, b) in merges.iter().filter(|m| m.0 >= least) {
        let (a, b) = (find(&mut parents, *a), find(&mut parents, *b));
        parents[a] = b;
    }
    (0..count).map(|i| find(&mut parents, i)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_like_words_are_one_group() {
        let texts = [
            "ferry port storm",
            "storm port ferry",
            "vote law court",
            "court law judge",
        ];
        assert!((best(&texts, &["a", "a", "b", "b"]) - 1.0).abs() < 1e-9);
        assert!(best(&texts, &["a", "b", "a", "b"]) < 0.9);
    }

    #[test]
    fn average_link_takes_the_mean() {
        let likeness = vec![
            vec![1.0, 0.9, 0.5],
            vec![0.9, 1.0, 0.1],
            vec![0.5, 0.1, 1.0],
        ];
        let merges = average_link(likeness);
        let levels: Vec<f64> = merges.iter().map(|m| m.0).collect();
        assert!((levels[0] - 0.9).abs() < 1e-9 && (levels[1] - 0.3).abs() < 1e-9);
    }
}
