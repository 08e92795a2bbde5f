//! Clusters from links: the two that are linked most strongly on average are joined first.
use std::collections::{BTreeMap, BTreeSet};

/// Joins until no two clusters share `least` (of `u16::MAX`) on average over all their pairs.
pub(crate) fn join(count: usize, links: &[(u32, u32, u16)], least: f64) -> Vec<Vec<u32>> {
    let mut members: Vec<Vec<u32>> = (0..count as u32).map(|n| vec![n]).collect();
    let mut near: Vec<BTreeMap<u32, u64>> = vec![BTreeMap::new(); count];
    let mut queue: BTreeSet<(u64, std::cmp::Reverse<(u32, u32)>)> = BTreeSet::new();
    let mean = |sum: u64, a: usize, b: usize| (sum << 16) / (a * b) as u64;
    let bound = (least * f64::from(u16::MAX) * 65536.0) as u64;
    for &(a, b, share) in links {
        near[a as usize].insert(b, u64::from(share));
        near[b as usize].insert(a, u64::from(share));
    }
    for (a, others) in near.iter().enumerate() {
        for (&b, &sum) in others {
            if (a as u32) < b {
                queue.insert((mean(sum, 1, 1), std::cmp::Reverse((a as u32, b))));
            }
        }
    }
    while let Some((strength, std::cmp::Reverse((a, b)))) = queue.pop_last() {
        if strength < bound {
            break;
        }
        let (na, nb) = (std::mem::take(&mut near[a as usize]), std::mem::take(&mut near[b as usize]));
        let (sa, sb) = (members[a as usize].len(), members[b as usize].len());
        let key = |x: u32, y: u32| std::cmp::Reverse((x.min(y), x.max(y)));
        let mut both: BTreeMap<u32, u64> = BTreeMap::new();
        for (from, size, list) in [(a, sa, &na), (b, sb, &nb)] {
            for (&c, &sum) in list {
                if c == a || c == b {
                    continue;
                }
                queue.remove(&(mean(sum, size, members[c as usize].len()), key(from, c)));
                near[c as usize].remove(&from);
                *both.entry(c).or_default() += sum;
            }
        }
        let moved = std::mem::take(&mut members[b as usize]);
        members[a as usize].extend(moved);
        for (&c, &sum) in &both {
            near[c as usize].insert(a, sum);
            queue.insert((mean(sum, sa + sb, members[c as usize].len()), key(a, c)));
        }
        near[a as usize] = both;
    }
    members.retain(|m| !m.is_empty());
    members
}
