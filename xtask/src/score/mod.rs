//! Runs the scorers on the development data, prints one table and writes `scores/*.toml`.
//!
//! A task is a file here with a `TASK` and a line in [`TASKS`]. Its `run` reads gold from
//! [`Shared`], produces predictions with [`Shared::reader`] and returns figures. A task that
//! has nothing to say yet returns none. Where `../shared` is not there, only tasks run whose gold is
//! in the repository.

mod acts;
mod attribution;
mod baseline;
mod clusters;
mod copies;
pub(crate) mod coreference;
mod datetime;
mod events;
mod factuality;
mod formats;
mod furniture;
mod groups;
mod html;
mod names;
mod numbers;
mod pairs;
mod places;
mod record;
mod reliability;
pub(crate) mod shared;
mod table;
mod time;
mod tokens;
mod trees;

use anyhow::{Result, ensure};
use rayon::prelude::*;

pub(crate) use shared::{Shared, repository};

/// Every task, in the table's order.
const TASKS: &[Task] = &[
    record::TASK,
    pairs::TASK,
    formats::TASK,
    furniture::TASK,
    html::TASK,
    attribution::TASK,
    acts::TASK,
    events::TASK,
    factuality::TASK,
    time::TASK,
    places::TASK,
    numbers::TASK,
    names::TASK,
    tokens::TASK,
    trees::TASK,
    coreference::TASK,
    copies::TASK,
];

/// One thing to score.
pub(crate) struct Task {
    /// Its name: the file in `scores/`.
    pub(crate) name: &'static str,
    /// Scores it.
    pub(crate) run: Run,
}

/// How a task is scored; `quick` may take a fixed part of the data where all of it takes minutes.
pub(crate) enum Run {
    /// Its gold lies in `../shared`.
    Beside(fn(&Shared, quick: bool) -> Result<Vec<Figure>>),
    /// Its gold lies in the repository; more of it may lie in `../shared`.
    Anywhere(fn(Option<&Shared>, quick: bool) -> Result<Vec<Figure>>),
}

impl Task {
    /// Its figures; none when its gold is not there.
    fn score(&self, shared: Option<&Shared>, quick: bool) -> Option<Result<Vec<Figure>>> {
        match self.run {
            Run::Beside(run) => shared.map(|shared| run(shared, quick)),
            Run::Anywhere(run) => Some(run(shared, quick)),
        }
    }
}

/// One number of a task; higher is better.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    /// What it measures: `everything f1`.
    pub(crate) name: String,
    /// The number.
    pub(crate) value: f64,
    /// What it should reach.
    pub(crate) target: Option<f64>,
}

impl Figure {
    /// A number without a target.
    pub(crate) fn new(name: impl Into<String>, value: f64) -> Self {
        Self {
            name: name.into(),
            value,
            target: None,
        }
    }

    /// A number with a target.
    pub(crate) fn aim(name: impl Into<String>, value: f64, target: f64) -> Self {
        Self {
            target: Some(target),
            ..Self::new(name, value)
        }
    }
}

/// Flags of `cargo xtask score`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Take a fixed part of the large sets: under two minutes on two cores
    #[arg(long)]
    quick: bool,
    /// Compare with the committed scores instead of writing them; fail where one with a target fell
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    acts: acts::Flags,
    /// Only these tasks
    tasks: Vec<String>,
}

/// Scores and prints.
pub(crate) fn run(args: &Args) -> Result<()> {
    let shared = Shared::find()?;
    if args.acts.any() {
        ensure!(
            args.tasks == [acts::TASK.name],
            "these are flags of `score acts`"
        );
        return acts::print(shared.as_ref(), &args.acts);
    }
    let chosen: Vec<&Task> = TASKS
        .iter()
        .filter(|t| args.tasks.is_empty() || args.tasks.iter().any(|n| n == t.name))
        .collect();
    let results: Vec<table::Row> = chosen
        .par_iter()
        .filter_map(|t| Some(table::Row::of(t, t.score(shared.as_ref(), args.quick)?)))
        .collect();
    table::print(&results);
    let Some(shared) = shared else {
        println!("score: there is no `../shared` beside the checkout; other tasks are skipped");
        println!("score: what was scored is a part, and is not written to `scores/`");
        return if args.check {
            table::check(&results, args.quick)
        } else {
            Ok(())
        };
    };
    if args.check {
        table::check(&results, args.quick)
    } else {
        reliability::keep(&shared)?;
        table::write(&results, args.quick)
    }
}
