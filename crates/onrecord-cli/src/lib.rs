//! The command `onrecord`: flags, printing, exit codes.
//!
//! ```text
//! onrecord read report.txt
//! ```
//!
//! A library, so that the program of that name and the wheel run the same command: [`run`].
//!
//! No rule of the trade lives here: what a report says is decided by the reader; this crate
//! only shows it. Pages are pure functions of a record and a [`look::Look`], so that tests can
//! compare them as text.
//!
//! Without the feature `ledger` it reads and lists, and neither keeps nor compares nor writes tables of columns;
//! without `fetch` it never asks the network. What is left is half of the crates.

// What those commands share with the others is not all of use without them.
#![cfg_attr(not(feature = "ledger"), allow(dead_code, unreachable_pub))]

mod args;
#[cfg(any(feature = "fetch", feature = "ledger"))]
mod clock;
mod commitments;
#[cfg(feature = "ledger")]
mod copies;
#[cfg(feature = "ledger")]
mod corroborated;
#[cfg(feature = "ledger")]
mod dictionary;
mod events;
mod explain;
#[cfg(feature = "fetch")]
mod fetch;
#[cfg(feature = "ledger")]
mod file;
#[cfg(feature = "ledger")]
mod find;
#[cfg(feature = "ledger")]
mod follow;
mod help;
mod input;
mod json;
#[cfg(feature = "ledger")]
mod ledger;
#[cfg(feature = "ledger")]
pub mod library;
#[cfg(feature = "ledger")]
mod linked;
mod listing;
mod look;
mod named;
#[cfg(feature = "ledger")]
mod near;
mod page;
mod pager;
mod progress;
mod quotes;
mod read;
#[cfg(feature = "ledger")]
mod review;
#[cfg(feature = "ledger")]
mod saved;
#[cfg(feature = "serve")]
mod serve;
mod sheet;
mod show;
mod stop;
mod table;
#[cfg(feature = "ledger")]
mod tables;
#[cfg(feature = "ledger")]
mod tracker;
mod trouble;
mod worker;

use std::ffi::OsString;
use std::io::{self, Write as _};

use clap::FromArgMatches as _;

use args::{Args, Command};
#[cfg(feature = "ledger")]
use args::{Color, Kept};
use onrecord_page::words;
use trouble::Trouble;

/// What the command found, as its exit code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
    /// At least one entry.
    Found,
    /// No entry.
    Nothing,
    /// Some of what was asked for was done, and some could not be.
    #[cfg_attr(
        all(feature = "ledger", not(feature = "fetch")),
        expect(dead_code, reason = "only `fetch` tells it apart")
    )]
    Partly,
    /// Something could not be read.
    Trouble,
}

impl Outcome {
    const fn code(self) -> u8 {
        match self {
            Self::Found => 0,
            Self::Nothing => 1,
            Self::Trouble => 2,
            Self::Partly => 3,
        }
    }
}

/// Runs the command and gives back its exit code. `args` begin with the program's name. `again` is the
/// program that is this command once more, with the arguments before the command's own (`python -m
/// onrecord`): reading happens in a second process.
///
/// It takes the whole process: stdin, stdout, and what is done on a panic.
pub fn run(args: &[OsString], again: Vec<OsString>) -> u8 {
    // What a panic quotes may be words of a report.
    std::panic::set_hook(Box::new(|panic| trouble::say(panic)));
    worker::started_by(again);
    let matches = help::command().try_get_matches_from(args);
    let parsed = match matches.and_then(|matches| Args::from_arg_matches(&matches)) {
        Ok(parsed) => parsed,
        Err(refused) => return refuse(&refused, args),
    };
    match command(&parsed) {
        Ok(outcome) => outcome.code(),
        // Whoever reads our output has seen enough: `onrecord read x | head`.
        Err(Trouble::Writing(e)) if e.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(trouble) => {
            trouble::say(&trouble);
            Outcome::Trouble.code()
        }
    }
}

/// Prints the help that was asked for, or says what is wrong with the arguments. What is quoted of
/// them is shown, whatever it holds.
fn refuse(refused: &clap::Error, args: &[OsString]) -> u8 {
    let hostile = |a: &OsString| a.to_string_lossy().chars().any(look::is_hostile);
    if refused.use_stderr() && args.iter().any(hostile) {
        trouble::put(&refused.render().to_string());
        return Outcome::Trouble.code();
    }
    // Nobody is left to tell when this fails.
    let _ = refused.print();
    u8::try_from(refused.exit_code()).unwrap_or(Outcome::Trouble.code())
}

fn command(args: &Args) -> Result<Outcome, Trouble> {
    match &args.command {
        Command::Read(read) => read::run(read, args.color),
        Command::Explain(explain) => explain::run(explain, args.color),
        Command::Quotes(args_of) => {
            sheet::run(&quotes::Quotes::of(args_of), &args_of.sheet, args.color)
        }
        Command::Commitments(sheet) => sheet::run(&commitments::Commitments, sheet, args.color),
        Command::Events(args_of) => {
            sheet::run(&events::Events::of(args_of), &args_of.sheet, args.color)
        }
        #[cfg(feature = "fetch")]
        Command::Fetch(fetch) => fetch::run(fetch),
        #[cfg(feature = "ledger")]
        Command::Kept(kept) => self::kept(kept, args.color),
        #[cfg(feature = "ledger")]
        Command::Schema { tables: true } => print_bytes(&dictionary::csv()?),
        Command::Schema { .. } => {
            let schema = onrecord::Record::schema();
            let text = serde_json::to_string_pretty(&schema).map_err(io::Error::from)?;
            print(&format!("{text}\n"))
        }
        Command::Completions { shell } => {
            let mut out = Vec::new();
            clap_complete::generate(*shell, &mut help::command(), "onrecord", &mut out);
            print_bytes(&out)
        }
        Command::Worker => worker::serve(),
        Command::Man => {
            let mut out = Vec::new();
            clap_mangen::Man::new(help::command()).render(&mut out)?;
            print_bytes(&out)
        }
    }
}

/// The commands that need the ledger.
#[cfg(feature = "ledger")]
fn kept(command: &Kept, color: Color) -> Result<Outcome, Trouble> {
    match command {
        Kept::Copies(args_of) => copies::run(args_of, color),
        Kept::File(file) => file::run(file),
        Kept::Find(find) => find::run(find, color),
        Kept::Tracker(args_of) => tracker::tracker(args_of, color),
        Kept::Thread(args_of) => follow::thread(args_of, color),
        Kept::Story(args_of) => follow::story(args_of, color),
        Kept::Diff(args_of) => follow::diff(args_of, color),
        Kept::Who(args_of) => follow::who(args_of, color),
        Kept::Same(args_of) => follow::identify(args_of, true),
        Kept::Apart(args_of) => follow::identify(args_of, false),
        Kept::Join(args_of) => follow::join(args_of),
        Kept::Part(args_of) => follow::part(args_of),
        Kept::Timeline(args_of) => follow::timeline(args_of, color),
        #[cfg(feature = "serve")]
        Kept::Serve(args_of) => serve::run(args_of),
        Kept::Saved(args_of) => saved::run(args_of, color),
        Kept::Export(export) => ledger::export(export),
        Kept::Review(args_of) => review::run(args_of, color),
        Kept::Add(args_of) => review::add::run(args_of),
        Kept::Agreement(args_of) => review::agreement::run(args_of, color),
        Kept::Gold(args_of) => review::gold::run(args_of),
    }
}

fn print(text: &str) -> Result<Outcome, Trouble> {
    print_bytes(text.as_bytes())
}

fn print_bytes(bytes: &[u8]) -> Result<Outcome, Trouble> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(Outcome::Found)
}
