//! The workshop: scores the reader, checks the map, compares with a peer, prints tables.
//!
//! ```text
//! cargo xtask score --quick
//! ```
//!
//! Never shipped.
#![expect(clippy::print_stdout, reason = "the workshop's output")]
#![expect(
    clippy::disallowed_methods,
    reason = "the workshop reads files and times"
)]

mod acts;
mod blocks;
mod clock;
mod compare;
mod examples;
mod growth;
mod ledger;
mod lexicon;
mod map;
mod profile;
mod score;
mod tokens;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The workshop of onrecord")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Score the reader on the development data and write `scores/*.toml`
    Score(score::Args),
    /// Print the sentences and tokens of a report
    Tokens {
        /// A report
        file: PathBuf,
    },
    /// Print what the coreference model sees of texts
    #[command(hide = true)]
    Examples {
        /// JSON lines with `text`
        file: PathBuf,
    },
    /// Print what the model of acts sees of texts
    #[command(hide = true)]
    Acts {
        /// JSON lines with `id`, `text` and `published`
        file: PathBuf,
        /// Where the states go
        states: PathBuf,
    },
    /// Print what the model of web pages sees of pages
    #[command(hide = true)]
    Blocks {
        /// JSON lines with `id` and `file`
        file: PathBuf,
    },
    /// Measure the ledger on made-up records: filing, finding, size, kills
    Ledger(ledger::Args),
    /// Build the lexicon's tables from their sources
    Lexicon,
    /// Check that the arrows between the crates point one way
    Map,
    /// Compare the speed of reading with spaCy's pipeline in the same run
    Compare(compare::Args),
    /// Print the CPU time each stage of a reading takes, in microseconds a word
    Profile(profile::Args),
    /// Measure how the cost of one report grows with its size, shape by shape
    Growth(growth::Args),
}

fn main() -> Result<()> {
    match Args::parse().command {
        Command::Score(args) => score::run(&args),
        Command::Tokens { file } => tokens::run(&file),
        Command::Acts { file, states } => acts::run(&file, &states),
        Command::Examples { file } => examples::run(&file),
        Command::Blocks { file } => blocks::run(&file),
        Command::Ledger(args) => ledger::run(&args),
        Command::Lexicon => lexicon::run(),
        Command::Map => map::run(),
        Command::Compare(args) => compare::run(&args),
        Command::Profile(args) => profile::run(&args),
        Command::Growth(args) => growth::run(&args),
    }
}
