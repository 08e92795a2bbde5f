//! The command `onrecord`.
#![expect(clippy::print_stdout, reason = "the command's output")]

use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "onrecord", version, about)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read a report and print its record
    Read {
        /// Print the record as JSON
        #[arg(long)]
        json: bool,
        /// The day of publication
        #[arg(long)]
        published: Option<String>,
        /// A report
        path: PathBuf,
    },
}

#[expect(clippy::disallowed_methods, reason = "the command reads files")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Command::Read {
        path, published, ..
    } = Args::parse().command;
    let envelope = onrecord::Envelope {
        published: published.map(|d| d.parse()).transpose()?,
        ..Default::default()
    };
    let record = onrecord::Reader::new()?.read(&std::fs::read(path)?, &envelope);
    println!("{}", serde_json::to_string(&record)?);
    Ok(())
}
