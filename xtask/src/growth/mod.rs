//! How the cost of one report grows with its size, shape by shape.
//!
//! ```text
//! cargo xtask growth
//! cargo xtask growth quotes outlet
//! ```
//!
//! Each shape is read at a size, at twice and at four times that size, on one thread by the CPU's clock,
//! the best of some rounds, with what an empty report costs taken off. The exponent is that of the power of
//! the size with which the cost grows: 1 is twice the cost for twice the size. A shape fails with an
//! exponent over 1.15, and when its largest costs more than 5 seconds.
//!
//! Left out: archives, whose limits are in all and are tested where they are (`intake/src/members`).

mod shapes;

use std::hint::black_box;

use anyhow::{Result, bail};
use onrecord::intake::ColumnMap;
use onrecord::{Envelope, Reader};

use crate::clock::Clock;
use shapes::{SHAPES, Shape};

/// The largest exponent.
const STEEPEST: f64 = 1.15;
/// The most seconds that one report may cost.
const LONGEST: f64 = 5.0;
/// Costs below this are the clock's grain and say nothing of growth.
const GRAIN: f64 = 0.005;

/// Flags of `cargo xtask growth`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Names of shapes, or their beginnings; all without them
    names: Vec<String>,
    /// Times each is read; the best counts
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

/// Prints the table.
///
/// # Errors
/// When a shape costs too much, or grows too fast.
pub(crate) fn run(args: &Args) -> Result<()> {
    let reader = Reader::new()?;
    let asked = |s: &&Shape| {
        args.names.is_empty() || args.names.iter().any(|n| s.name.starts_with(n.as_str()))
    };
    // Tables are built on the way through the first report.
    cost(&reader, &shapes::warm(), 1)?;
    let empty = cost(&reader, b"It rained.\n", args.rounds.max(3))?;
    println!(
        "{:24} {:>9} {:>8} {:>8} {:>8} {:>5}",
        "shape", "bytes", "s", "s at 2n", "s at 4n", "exp"
    );
    let mut failed = Vec::new();
    for shape in SHAPES.iter().filter(asked) {
        let mut costs = [0.0; 3];
        for (i, cost_of) in costs.iter_mut().enumerate() {
            let bytes = (shape.make)(shape.size << i);
            *cost_of = (cost(&reader, &bytes, args.rounds)? - empty).max(0.0);
        }
        let exponent = exponent(costs);
        let told = exponent.map_or_else(|| "-".to_owned(), |e| format!("{e:.2}"));
        println!(
            "{:24} {:>9} {:8.3} {:8.3} {:8.3} {told:>5}",
            shape.name, shape.size, costs[0], costs[1], costs[2]
        );
        if exponent.is_some_and(|e| e > STEEPEST) || costs[2] > LONGEST {
            failed.push(shape.name);
        }
    }
    if !failed.is_empty() {
        bail!("too dear, or growing too fast: {}", failed.join(", "));
    }
    Ok(())
}

/// The exponent over the whole way; `None` where the costs are too small to tell.
fn exponent(costs: [f64; 3]) -> Option<f64> {
    (costs[2] > 4.0 * GRAIN).then(|| (costs[2] / costs[0].max(GRAIN)).log2() / 2.0)
}

/// Seconds of one reading.
fn cost(reader: &Reader, bytes: &[u8], rounds: usize) -> Result<f64> {
    let mut best = f64::MAX;
    for _ in 0..rounds.max(1) {
        let clock = Clock::now()?;
        black_box(reader.read_all(bytes, &Envelope::default(), &ColumnMap::default()));
        best = best.min(clock.elapsed()?);
    }
    Ok(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_as_large_as_they_are_asked_to_be() {
        for shape in SHAPES {
            let (one, two) = ((shape.make)(20_000).len(), (shape.make)(40_000).len());
            assert!((18_000..24_000).contains(&one), "{}: {one}", shape.name);
            assert!((36_000..44_000).contains(&two), "{}: {two}", shape.name);
        }
    }

    #[test]
    fn what_grows_as_the_square_has_an_exponent_of_two() {
        let found = exponent([0.1, 0.4, 1.6]).unwrap();
        assert!((found - 2.0).abs() < 1e-9);
        assert_eq!(exponent([0.0, 0.001, 0.002]), None);
    }
}
