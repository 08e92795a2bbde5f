//! Which words of a document speak of the same thing: referring expressions, links, clusters.

use crate::{Document, Layer, LayerError, MentionForm, TokenId, TokenRange};

/// Words that refer: a name, a noun phrase, a pronoun, a possessive.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Expression {
    /// Its tokens: the whole noun phrase, with a possessive "'s" and relative clauses.
    pub tokens: TokenRange,
    /// The token that governs the others.
    pub head: TokenId,
    /// How it refers.
    pub form: MentionForm,
    /// What it was linked to, if to anything.
    pub link: Option<ReferenceLink>,
    /// The number of its cluster; one that refers to nothing else is alone in its own.
    pub cluster: u32,
}

/// A link from an expression to another one of the same thing.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ReferenceLink {
    /// The number of the other expression; as a rule one that stands before.
    pub to: u32,
    /// How probable it is that the two speak of the same, on the scores' grid.
    pub score: f32,
}

/// The expressions of a document and the clusters they form.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Coreference {
    expressions: Vec<Expression>,
    clusters: Vec<Vec<u32>>,
}

impl Coreference {
    /// Joins linked expressions into clusters, numbered by their first expression. `found` is in
    /// text order; the clusters it names are not looked at.
    pub fn new(mut found: Vec<Expression>) -> Self {
        let mut root: Vec<usize> = (0..found.len()).collect();
        let top = |root: &[usize], mut i: usize| {
            while root[i] != i {
                i = root[i];
            }
            i
        };
        for i in 0..found.len() {
            let Some(to) = found[i].link.map(|l| l.to as usize) else {
                continue;
            };
            if to >= found.len() {
                found[i].link = None;
                continue;
            }
            let (a, b) = (top(&root, i), top(&root, to));
            let (low, high) = (a.min(b), a.max(b));
            root[high] = low;
            root[i] = low;
        }
        let mut clusters: Vec<Vec<u32>> = Vec::new();
        for i in 0..found.len() {
            let first = top(&root, i);
            let number = if first == i {
                clusters.push(Vec::new());
                clusters.len() - 1
            } else {
                found[first].cluster as usize
            };
            found[i].cluster = number as u32;
            clusters[number].push(i as u32);
        }
        Self {
            expressions: found,
            clusters,
        }
    }

    /// Every expression, in text order; an outer one before those inside it.
    pub fn expressions(&self) -> &[Expression] {
        &self.expressions
    }

    /// The numbers of each cluster's expressions, in text order; most clusters have only one.
    pub fn clusters(&self) -> &[Vec<u32>] {
        &self.clusters
    }

    /// The expressions of a cluster, in text order.
    pub fn cluster(&self, number: u32) -> impl Iterator<Item = &Expression> {
        let members = self.clusters.get(number as usize);
        members
            .into_iter()
            .flatten()
            .filter_map(|i| self.expressions.get(*i as usize))
    }

    /// The narrowest expression with this head.
    pub fn headed(&self, head: TokenId) -> Option<&Expression> {
        self.expressions
            .iter()
            .filter(|e| e.head == head)
            .min_by_key(|e| e.tokens.len())
    }
}

impl Document {
    /// Assigns coreference.
    ///
    /// # Errors
    /// When the layer is there already or an expression lies outside the tokens.
    pub fn set_coreference(&mut self, found: Coreference) -> Result<(), LayerError> {
        let n = self.tokens().len();
        let fits = found
            .expressions
            .iter()
            .all(|e| e.tokens.end.index() <= n && e.tokens.has(e.head));
        self.assign(Layer::Coreference, fits)?;
        self.coreference = found;
        Ok(())
    }

    /// Referring expressions and their clusters.
    pub fn coreference(&self) -> &Coreference {
        &self.coreference
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(links: &[Option<u32>], want: &[&[u32]]) {
        let one = |(i, to): (usize, &Option<u32>)| Expression {
            tokens: TokenRange::one(TokenId(i as u32)),
            head: TokenId(i as u32),
            form: MentionForm::Name,
            link: to.map(|to| ReferenceLink { to, score: 1.0 }),
            cluster: 0,
        };
        let found = Coreference::new(links.iter().enumerate().map(one).collect());
        assert_eq!(found.clusters(), want);
        for (number, members) in found.clusters().iter().enumerate() {
            let all = members
                .iter()
                .map(|m| found.expressions()[*m as usize].cluster);
            assert!(all.eq(members.iter().map(|_| number as u32)));
        }
    }

    #[test]
    fn links_make_clusters() {
        check(&[], &[]);
        check(&[None, None, Some(0)], &[&[0, 2], &[1]]);
        check(
            &[None, Some(0), None, Some(2), Some(1)],
            &[&[0, 1, 4], &[2, 3]],
        );
    }

    #[test]
    fn a_link_may_point_forward_or_nowhere() {
        check(&[Some(2), None, None], &[&[0, 2], &[1]]);
        check(&[Some(1), Some(0)], &[&[0, 1]]);
        check(&[Some(9), Some(1)], &[&[0], &[1]]);
    }
}
