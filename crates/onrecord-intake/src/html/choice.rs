//! Which blocks of a page are the article.
//!
//! A model gives each block the chance that it is the article's; then as many of the likeliest are
//! kept as make the best expected F1 by words. A page of which the model is sure is cut at one
//! half, one of another make than those it learned from below that.

use std::sync::LazyLock;

use super::blocks::Run;
use super::elements;
use super::facts::{self, Facts};
use super::head::Head;
use super::model::Forest;
use super::page::Page;
use super::tree::Tree;

/// A block is kept from this chance on, whatever the others are.
const SURE: f32 = 0.5;
/// How much the blocks that are made alike and stand in a row speak for each other.
const SHARED: f32 = 0.4;
/// A page whose best choice has a lower expected F1 holds no article.
const LEAST: f32 = 0.3;

static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let tree = Tree::read("<p>x</p>");
    let mut names = Vec::new();
    with_page(&tree, &super::blocks::of(&tree), &Head::default(), |page| {
        page.row(0, &mut names);
    });
    names
});

/// The places of the numbers that rules look at too.
static PLACES: LazyLock<[usize; 3]> = LazyLock::new(|| {
    let place = |name| NAMES.iter().position(|n| n == name).unwrap_or(usize::MAX);
    [place("words"), place("apart"), place("a1_same")]
});

static MODEL: LazyLock<Option<Forest>> =
    LazyLock::new(|| Forest::read(include_str!("../../models/block.txt"), &NAMES));

/// A block of a page as the model saw it.
#[derive(Clone, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct Weighed {
    /// Its words.
    pub text: String,
    /// The numbers it was judged by; [`weights`] has their names.
    pub row: Vec<f32>,
    /// The chance that it is the article's.
    pub chance: f32,
    /// Whether it was kept.
    pub kept: bool,
}

/// The names of the numbers in [`Weighed::row`].
pub fn weights() -> &'static [String] {
    &NAMES
}

/// Every visible block of a page with what the model saw: for explaining and for training.
///
/// ```
/// let page = "<nav><a href=/>Home</a></nav><p>The ferry took its first cars on Monday.</p>";
/// let blocks = onrecord_intake::weigh(page);
/// assert_eq!(blocks.len(), 2);
/// assert_eq!(blocks[0].row.len(), onrecord_intake::weights().len());
/// assert!(blocks[0].chance < blocks[1].chance);
/// ```
pub fn weigh(page: &str) -> Vec<Weighed> {
    let tree = Tree::read(page);
    let head = Head::of(&tree);
    let runs = super::blocks::of(&tree);
    let rows = rows(&tree, &runs, &head);
    let chances = chances(&rows);
    let kept = keep(&rows, &chances);
    let weighed = |(i, row): (usize, Vec<f32>)| Weighed {
        text: runs[i].text.clone(),
        row,
        chance: chances[i],
        kept: kept[i],
    };
    rows.into_iter().enumerate().map(weighed).collect()
}

/// For each block whether it is the article's.
pub(crate) fn of(tree: &Tree, runs: &[Run], head: &Head) -> Vec<bool> {
    let rows = rows(tree, runs, head);
    keep(&rows, &chances(&rows))
}

fn rows(tree: &Tree, runs: &[Run], head: &Head) -> Vec<Vec<f32>> {
    with_page(tree, runs, head, |page| {
        let row = |i| {
            let mut row = Vec::with_capacity(200);
            page.row(i, &mut row);
            row
        };
        (0..runs.len()).map(row).collect()
    })
}

/// The chance of each block. What says itself that it stands apart has none: few pages to learn
/// from hold readers' comments, and those read too much like an article.
fn chances(rows: &[Vec<f32>]) -> Vec<f32> {
    let [words, apart, same] = *PLACES;
    let model = |row: &Vec<f32>| MODEL.as_ref().map_or(0.0, |m| m.chance(row));
    let own: Vec<f32> = rows.iter().map(model).collect();
    let mut chances = Vec::with_capacity(rows.len());
    let mut start = 0;
    while start < rows.len() {
        // Blocks of one make in one element, one after the other.
        let joined = rows[start..]
            .iter()
            .take_while(|row| row[same] >= 3.0)
            .count();
        let end = (start + joined + 1).min(rows.len());
        let weight = |i: &usize| rows[*i][words] + 1.0;
        let all: f32 = (start..end).map(|i| weight(&i)).sum();
        let sum: f32 = (start..end).map(|i| weight(&i) * own[i]).sum();
        for i in start..end {
            let chance = own[i] + SHARED * (sum / all - own[i]);
            // The last bits of a sum differ between processors: they may not decide.
            let on_grid = (chance * 1000.0).round() / 1000.0;
            chances.push(if rows[i][apart] > 0.0 { 0.0 } else { on_grid });
        }
        start = end;
    }
    chances
}

/// Keeps the likeliest blocks that make the best expected F1 by words.
fn keep(rows: &[Vec<f32>], chances: &[f32]) -> Vec<bool> {
    // The first number of a row is how many words the block has.
    let words: Vec<f32> = rows
        .iter()
        .map(|r| r.first().copied().unwrap_or(0.0))
        .collect();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|a, b| chances[*b].total_cmp(&chances[*a]).then(a.cmp(b)));
    let all: f32 = words.iter().zip(chances).map(|(w, c)| w * c).sum();
    let (mut right, mut taken) = (0.0, 0.0);
    let (mut best, mut least) = (0.0, 1.0);
    for i in order {
        right += words[i] * chances[i];
        taken += words[i];
        let expected = 2.0 * right / (taken + all).max(1.0);
        if expected > best {
            best = expected;
            least = chances[i];
        }
    }
    let least = if best < LEAST { 2.0 } else { SURE.min(least) };
    chances.iter().map(|c| *c >= least).collect()
}

fn with_page<T>(tree: &Tree, runs: &[Run], head: &Head, then: impl FnOnce(&Page<'_>) -> T) -> T {
    let facts: Vec<Facts> = runs.iter().map(facts::of).collect();
    let elements = elements::of(tree, runs, &facts);
    then(&Page::new(tree, runs, &facts, &elements, head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_fits_the_numbers() {
        assert!(MODEL.is_some());
        let mut names = NAMES.clone();
        names.sort();
        names.dedup();
        assert_eq!(
            names.len(),
            NAMES.len(),
            "every number has a name of its own"
        );
    }
}
