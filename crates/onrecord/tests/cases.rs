//! Runs the reading exercises in `cases/`: each file is a named test.
//!
//! A case is a Markdown file named after the question it answers:
//!
//! ````text
//! # Who speaks when the cue comes first?
//!
//! Prose that says what is at stake.
//!
//! published: 2026-03-11
//!
//! ```
//! The story.
//! ```
//!
//! ## statements
//!
//! | source | content |
//! |---|---|
//! | Oona Karr | the mine would reopen |
//! ````
//!
//! The heading names the entries; the table's columns are the case's choice (see `row.rs`). The
//! table holds all entries of that kind in the record's order; `(among others)` after the
//! heading's name means that its rows must be among them, `(never)` that they must not. An empty
//! table means that there are none. A line `open: why` marks a question the reader cannot answer
//! yet. `UPDATE_CASES=1` rewrites the tables; a person reads the diff.
#![expect(clippy::disallowed_methods, reason = "the harness reads the cases")]

#[path = "cases/case.rs"]
mod case;
#[path = "cases/row.rs"]
mod row;

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Trial};
use onrecord::{Envelope, Reader};

use case::Case;

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let reader = Reader::new().expect("the shipped models fit the code");
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let trials = files.into_iter().map(|path| {
        let name = path.strip_prefix(&root).unwrap_or(&path).with_extension("");
        let name = name.display().to_string().replace(['/', '\\'], "::");
        let reader = reader.clone();
        let open = is_open(&path);
        Trial::test(name, move || Ok(run(&path, &reader, update && !open)?)).with_ignored_flag(open)
    });
    libtest_mimic::run(&arguments, trials.collect()).exit();
}

fn collect(folder: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.filter_map(|e| Some(e.ok()?.path())) {
        // Those across reports need a ledger: the command's tests run them.
        if path.ends_with("across") {
            continue;
        }
        if path.is_dir() {
            collect(&path, out);
        } else if path.extension().is_some_and(|e| e == "md") && !path.ends_with("README.md") {
            out.push(path);
        }
    }
}

/// A question the reader cannot answer yet: shown as ignored, run with `--ignored`.
fn is_open(path: &Path) -> bool {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines().any(|l| l.starts_with("open:"))
}

fn run(path: &Path, reader: &Reader, update: bool) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|e| e.to_string())?;
    let mut case = Case::parse(&text)?;
    let envelope = Envelope {
        published: case.published.map(Into::into),
        ..Envelope::default()
    };
    let record = reader.read(case.story.as_bytes(), &envelope);
    if update {
        case.rewrite(&record)?;
        return fs::write(path, case.print()).map_err(|e| e.to_string());
    }
    let wrong = case.check(&record)?;
    if wrong.is_empty() {
        return Ok(());
    }
    let said: Vec<String> = record.problems.iter().map(|p| p.message.clone()).collect();
    let problems = if said.is_empty() {
        String::new()
    } else {
        format!("\nproblems: {}", said.join("; "))
    };
    Err(format!("{}{problems}", wrong.join("\n")))
}
