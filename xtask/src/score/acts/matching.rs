//! Puts the entries of gold and of a record together, one to one.

/// The most alike first; of those equally alike the first in gold, then in the record. What is not
/// alike at all stays alone.
pub(super) fn pairs<'e, G, R>(
    gold: &'e [G],
    read: &'e [R],
    likeness: impl Fn(&G, &R) -> f64,
) -> Vec<(&'e G, &'e R)> {
    let mut all = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        let alike = read.iter().map(|r| likeness(g, r)).enumerate();
        all.extend(alike.filter(|(_, l)| *l > 0.0).map(|(j, l)| (l, i, j)));
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut of_gold, mut of_read) = (vec![false; gold.len()], vec![false; read.len()]);
    let mut out = Vec::new();
    for (_, i, j) in all {
        if !of_gold[i] && !of_read[j] {
            (of_gold[i], of_read[j]) = (true, true);
            out.push((&gold[i], &read[j]));
        }
    }
    out
}
