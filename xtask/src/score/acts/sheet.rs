//! All counts of a reader, printed, with bootstrap intervals where they are asked for.

use super::tally::{Count, Level, Part, Tally};
use crate::ledger::dice::Dice;

/// Prints what passages of one kind came to.
pub(super) fn print(name: &str, passages: &[&Tally], draws: usize) {
    let sum = Tally::sum(passages.iter().copied());
    println!("{name}, {} passages", sum.passages);
    for part in Part::ALL {
        let counts = sum.counts.iter().filter(|((p, _), _)| *p == part);
        // Of what a reader has nothing of, nothing is said twice.
        let told = |level: Level, count: &Count| count.read > 0 || level == Level::Found;
        for ((_, level), count) in counts.filter(|((_, l), c)| told(*l, c)) {
            let row = row(part, *level, *count);
            let interval = interval(passages, part, *level, draws);
            let interval =
                interval.map_or(String::new(), |[a, b]| format!("  95% {a:.3} to {b:.3}"));
            println!("{row}{interval}");
        }
        for ((_, field), share) in sum.fields.iter().filter(|((p, _), _)| *p == part) {
            println!("    {field:16} {:.3} of {}", share.value(), share.of);
        }
    }
    for (part, share) in &sum.quiet {
        let (name, value) = (part.name(), share.value());
        println!("  false {name} a quiet passage {value:.3} ({})", share.of);
    }
}

fn row(part: Part, level: Level, count: Count) -> String {
    format!(
        "  {:12} {:6} P {:.3} R {:.3} F1 {:.3}  ({} gold, {} read)",
        part.name(),
        level.name(),
        count.precision(),
        count.recall(),
        count.f1(),
        count.gold,
        count.read
    )
}

/// Where F1 lies in 95 of 100 draws of as many passages, each as often as it comes up.
fn interval(passages: &[&Tally], part: Part, level: Level, draws: usize) -> Option<[f64; 2]> {
    if draws == 0 || !matches!(level, Level::Found | Level::Entry) {
        return None;
    }
    let held = |t: &&Tally| t.counts.get(&(part, level)).copied().unwrap_or_default();
    let counts: Vec<Count> = passages.iter().map(held).collect();
    let mut dice = Dice::new(1);
    let mut values: Vec<f64> = (0..draws).map(|_| draw(&counts, &mut dice).f1()).collect();
    values.sort_by(f64::total_cmp);
    Some([values[draws * 25 / 1000], values[draws * 975 / 1000]])
}

fn draw(counts: &[Count], dice: &mut Dice) -> Count {
    let mut sum = Count::default();
    for _ in counts {
        let one = counts[dice.below(counts.len() as u64) as usize];
        sum.right += one.right;
        sum.read += one.read;
        sum.gold += one.gold;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_holds_the_figure() {
        let one = |right| {
            let mut tally = Tally::default();
            let (read, gold) = (2, 2);
            tally.count(Part::Events, Level::Found, Count { right, read, gold });
            tally
        };
        let tallies: Vec<Tally> = (0..60).map(|i| one(i % 3)).collect();
        let all: Vec<&Tally> = tallies.iter().collect();
        let [low, high] = interval(&all, Part::Events, Level::Found, 400).unwrap();
        assert!(
            0.38 < low && low < 0.5 && 0.5 < high && high < 0.62,
            "{low} {high}"
        );
        assert!(interval(&all, Part::Events, Level::Step, 400).is_none());
    }
}
