//! Which blocks of a page are the article.

use super::blocks::Run;
use super::tag::Tag;
use super::tree::Tree;

/// For each block whether it is the article's.
pub(crate) fn of(tree: &Tree, runs: &[Run]) -> Vec<bool> {
    let mut scores = vec![0usize; tree.nodes.len()];
    for run in runs {
        let plain = run.text.len().saturating_sub(run.linked);
        if run.linked * 5 > run.text.len() * 2 || plain < 60 {
            continue;
        }
        let mut at = run.element;
        let mut worth = plain * 8;
        for _ in 0..4 {
            let Some(node) = tree.nodes.get(at) else {
                break;
            };
            if node.parent as usize == at {
                break;
            }
            at = node.parent as usize;
            scores[at] += worth;
            worth = worth * 2 / 3;
        }
    }
    let best = (0..scores.len())
        .rev()
        .max_by_key(|i| scores[*i])
        .unwrap_or(0);
    let end = tree.nodes.get(best).map_or(0, |n| n.end as usize);
    let keep = |run: &Run| {
        let inside = run.element >= best && run.element < end;
        let mut at = run.element;
        let mut odd = false;
        while at > best {
            let tag = tree.nodes[at].tag;
            odd |= matches!(
                tag,
                Tag::Aside | Tag::Nav | Tag::Footer | Tag::Form | Tag::Figure | Tag::Button
            );
            at = tree.nodes[at].parent as usize;
        }
        inside && !odd && run.linked * 2 <= run.text.len()
    };
    runs.iter().map(keep).collect()
}
