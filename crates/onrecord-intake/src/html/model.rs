//! Decision trees read from a table: which of two branches a number takes, again and again, and
//! what the leaf adds to the score.
//!
//! The table is text: `tree` opens a tree, then one line for each fork (`name<=threshold`, its low
//! branch first) or leaf (`=value`). `models/README.md` says how it was made.

use std::collections::BTreeMap;

/// Trees whose leaves add up to a score.
#[derive(Clone, Debug, Default)]
pub(crate) struct Forest {
    nodes: Vec<Node>,
    roots: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
enum Node {
    Fork { feature: u16, most: f32, high: u32 },
    Leaf(f32),
}

impl Forest {
    /// Reads a table; `names` are the numbers of a row in their order.
    pub(crate) fn read(table: &str, names: &[String]) -> Option<Self> {
        let places = names
            .iter()
            .enumerate()
            .map(|(i, n)| (n.as_str(), i as u16));
        let places: BTreeMap<&str, u16> = places.collect();
        let mut forest = Self::default();
        let mut lines = table
            .lines()
            .filter(|l| !l.starts_with('#') && !l.is_empty());
        while let Some(line) = lines.next() {
            if line != "tree" {
                return None;
            }
            forest.roots.push(forest.nodes.len() as u32);
            forest.branch(&mut lines, &places)?;
        }
        Some(forest)
    }

    /// Reads one branch; our tables are at most a few dozen forks deep.
    fn branch<'a>(
        &mut self,
        lines: &mut impl Iterator<Item = &'a str>,
        places: &BTreeMap<&str, u16>,
    ) -> Option<()> {
        let line = lines.next()?;
        let at = self.nodes.len();
        if let Some(leaf) = line.strip_prefix('=') {
            self.nodes.push(Node::Leaf(leaf.parse().ok()?));
            return Some(());
        }
        let (name, most) = line.split_once("<=")?;
        self.nodes.push(Node::Fork {
            feature: *places.get(name)?,
            most: most.parse().ok()?,
            high: 0,
        });
        self.branch(lines, places)?;
        let behind = self.nodes.len() as u32;
        if let Node::Fork { high, .. } = &mut self.nodes[at] {
            *high = behind;
        }
        self.branch(lines, places)
    }

    /// The chance, from 0 to 1, that the trees give a row.
    pub(crate) fn chance(&self, row: &[f32]) -> f32 {
        let sum: f32 = self.roots.iter().map(|r| self.leaf(*r as usize, row)).sum();
        1.0 / (1.0 + (-sum).exp())
    }

    fn leaf(&self, mut at: usize, row: &[f32]) -> f32 {
        loop {
            match self.nodes[at] {
                Node::Leaf(value) => return value,
                Node::Fork {
                    feature,
                    most,
                    high,
                } => {
                    at = if row[feature as usize] <= most {
                        at + 1
                    } else {
                        high as usize
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_add_up() {
        let names = ["words".to_owned(), "linked".to_owned()];
        let table = "# two trees\ntree\nwords<=3\n=-1\nlinked<=0.5\n=2\n=0\ntree\n=0.5\n";
        let forest = Forest::read(table, &names).unwrap();
        let odds = |row: &[f32]| {
            let chance = forest.chance(row);
            (chance / (1.0 - chance)).ln()
        };
        assert!((odds(&[3.0, 0.0]) + 0.5).abs() < 1e-4);
        assert!((odds(&[9.0, 0.5]) - 2.5).abs() < 1e-4);
        assert!((odds(&[9.0, 0.9]) - 0.5).abs() < 1e-4);
        assert!(Forest::read("tree\nwidth<=3\n=1\n=2\n", &names).is_none());
        assert!(Forest::read("tree\nwords<=3\n=1\n", &names).is_none());
    }
}
