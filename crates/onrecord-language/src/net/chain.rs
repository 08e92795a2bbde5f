//! Tags in a chain: the best path, and how sure each tag of it is.

use super::{exp, grid};

const NEVER: i32 = -(1 << 28);

/// Transition and start scores between `tags` tags; what the grammar forbids scores below -1000.
#[derive(Debug, Clone)]
pub(crate) struct Chain {
    tags: usize,
    transitions: Vec<f32>,
    start: Vec<f32>,
}

impl Chain {
    /// `transitions` has a row for each tag come from.
    pub(crate) fn new(tags: usize, transitions: Vec<f32>, start: Vec<f32>) -> Option<Self> {
        (tags > 0 && transitions.len() == tags * tags && start.len() == tags).then_some(Self {
            tags,
            transitions,
            start,
        })
    }

    /// How many tags there are.
    pub(crate) fn tags(&self) -> usize {
        self.tags
    }

    /// The best path through rows of scores, on the grid; the lowest tag wins a tie.
    pub(crate) fn path(&self, scores: &[f32]) -> Vec<usize> {
        let k = self.tags;
        let step = |s: f32| if s < -1000.0 { NEVER } else { grid(s) };
        let transitions: Vec<i32> = self.transitions.iter().map(|t| step(*t)).collect();
        let mut rows = scores.chunks_exact(k);
        let Some(first) = rows.next() else {
            return Vec::new();
        };
        let mut sums: Vec<i64> = (first.iter().zip(&self.start))
            .map(|(s, b)| i64::from(grid(*s)) + i64::from(step(*b)))
            .collect();
        let mut back: Vec<usize> = Vec::with_capacity(scores.len());
        for row in rows {
            let next = (0..k).map(|to| {
                let mut top = (0, i64::MIN);
                for (from, sum) in sums.iter().enumerate() {
                    let sum = sum + i64::from(transitions[from * k + to]);
                    if sum > top.1 {
                        top = (from, sum);
                    }
                }
                back.push(top.0);
                top.1 + i64::from(grid(row[to]))
            });
            sums = next.collect();
        }
        let mut tag = (0..k).rev().max_by_key(|t| sums[*t]).unwrap_or(0);
        let mut path = vec![tag];
        for row in back.chunks_exact(k).rev() {
            tag = row[tag];
            path.push(tag);
        }
        path.reverse();
        path
    }

    /// The probability of each tag at each place, rows of `tags`.
    pub(crate) fn marginals(&self, scores: &[f32]) -> Vec<f32> {
        let k = self.tags;
        let steps = scores.len() / k;
        let mut ahead = vec![0.0f32; steps * k];
        let weight: Vec<f32> = self.transitions.iter().map(|t| exp(*t)).collect();
        let local: Vec<f32> = scores.chunks_exact(k).flat_map(scaled).collect();
        for t in 0..steps {
            for to in 0..k {
                let come: f32 = if t == 0 {
                    exp(self.start[to])
                } else {
                    (0..k)
                        .map(|from| ahead[(t - 1) * k + from] * weight[from * k + to])
                        .sum()
                };
                ahead[t * k + to] = come * local[t * k + to];
            }
            normalise(&mut ahead[t * k..(t + 1) * k]);
        }
        let mut behind = vec![1.0f32; k];
        for t in (0..steps).rev() {
            let row = &mut ahead[t * k..(t + 1) * k];
            for (p, b) in row.iter_mut().zip(&behind) {
                *p *= b;
            }
            normalise(row);
            let next = (0..k).map(|from| {
                (0..k)
                    .map(|to| weight[from * k + to] * local[t * k + to] * behind[to])
                    .sum::<f32>()
            });
            behind = next.collect();
            normalise(&mut behind);
        }
        ahead
    }
}

fn scaled(row: &[f32]) -> impl Iterator<Item = f32> + '_ {
    let top = row.iter().copied().fold(f32::MIN, f32::max);
    row.iter().map(move |s| exp(s - top))
}

fn normalise(row: &mut [f32]) {
    let sum: f32 = row.iter().sum();
    for p in row {
        *p /= sum.max(1e-30);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain() -> Chain {
        let mut transitions = vec![0.0; 9];
        transitions[2] = -1e4;
        Chain::new(3, transitions, vec![0.0, 0.0, -1e4]).expect("sizes fit")
    }

    #[test]
    fn a_span_never_begins_inside() {
        // "inside" scores best everywhere, but must follow a beginning.
        assert_eq!(chain().path(&[0.0, 1.0, 5.0, 0.0, 0.0, 3.0]), [1, 2]);
        assert_eq!(chain().path(&[2.0, 0.0, 5.0, 0.0, 0.0, 1.0]), [0, 0]);
        assert!(chain().path(&[]).is_empty());
    }

    #[test]
    fn marginals_are_probabilities_and_follow_the_grammar() {
        let p = chain().marginals(&[0.0, 1.0, 5.0, 0.0, 0.0, 3.0]);
        assert!(p[2] < 1e-6 && p[5] > 0.5);
        assert!(
            p.chunks(3)
                .all(|r| (r.iter().sum::<f32>() - 1.0).abs() < 1e-4)
        );
    }
}
