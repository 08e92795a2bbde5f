//! The tree keeps house: sizes, heads of files, a README in every room.
#![expect(clippy::disallowed_methods, reason = "the test reads the tree")]

use std::fs;
use std::path::{Path, PathBuf};

/// Files that are tables: one item after another, read by looking up, not by reading through.
const TABLES: &[&str] = &[
    "crates/onrecord-model/src/record.rs",
    "crates/onrecord-model/src/document.rs",
    "crates/onrecord-columns/src/vocabulary.rs",
];

/// Lines of a file, tests at its foot not counted.
const FILE: usize = 500;
/// Lines of a function: one screen.
const FUNCTION: usize = 80;

#[test]
fn files_stay_under_500_lines() {
    let long = |(path, text): (String, String)| {
        let lines = code(&text).count();
        let table = TABLES.contains(&path.as_str());
        (lines > FILE && !table).then(|| format!("{path}: {lines} lines; split it"))
    };
    none(sources().into_iter().filter_map(long));
}

#[test]
fn functions_fit_a_screen() {
    let mut found = Vec::new();
    for (path, text) in sources() {
        let mut open: Option<(usize, String)> = None;
        for (i, line) in code(&text).enumerate() {
            let indent = line.len() - line.trim_start().len();
            match &open {
                Some((start, close)) if line == close => {
                    let lines = i - start + 1;
                    if lines > FUNCTION {
                        found.push(format!("{path}:{}: a function of {lines} lines", start + 1));
                    }
                    open = None;
                }
                // A declaration in a trait has no body.
                Some(_) if line.trim_start().starts_with(')') && line.ends_with(';') => {
                    open = None;
                }
                None if begins_function(line) && !line.ends_with(['}', ';']) => {
                    open = Some((i, format!("{}}}", " ".repeat(indent))));
                }
                _ => {}
            }
        }
    }
    none(found.into_iter());
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = |(path, text): (String, String)| {
        let told = text.starts_with("//!") || path.ends_with("/tests.rs");
        (!told).then_some(path)
    };
    none(sources().into_iter().filter_map(silent));
}

#[test]
fn every_room_has_a_readme_and_a_line_on_the_map() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let path = entry.expect("an entry").path();
        if !path.join("Cargo.toml").exists() {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !path.join("README.md").exists() {
            found.push(format!("`{name}` has no README.md"));
        }
        if !map.contains(&format!("| `{name}` |")) {
            found.push(format!("ARCHITECTURE.md's table does not name `{name}`"));
        }
    }
    none(found.into_iter());
}

/// The lines before the tests at a file's foot.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().take_while(|l| *l != "#[cfg(test)]")
}

fn begins_function(line: &str) -> bool {
    let words = line.trim_start().trim_start_matches("pub ");
    let words = words.strip_prefix("pub(crate) ").unwrap_or(words);
    let words = words.strip_prefix("pub(super) ").unwrap_or(words);
    let words = words.strip_prefix("const ").unwrap_or(words);
    words.starts_with("fn ")
}

fn none(found: impl Iterator<Item = String>) {
    let found: Vec<String> = found.collect();
    assert!(found.is_empty(), "\n  {}", found.join("\n  "));
}

/// Every source file of the repository: its path from the root and its text.
fn sources() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for folder in ["crates", "xtask", "fuzz"] {
        collect(&root().join(folder), &mut files);
    }
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let name = path
                .strip_prefix(root())
                .unwrap_or(&path)
                .display()
                .to_string();
            (name, fs::read_to_string(&path).expect("a source file"))
        })
        .collect()
}

fn collect(folder: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("target") {
            collect(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workshop lies in the repository")
}
