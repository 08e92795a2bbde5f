//! Checks that the arrows between the rooms point one way.
//!
//! The table is the one in `ARCHITECTURE.md`. Every kind of dependency counts, those of tests
//! too: a room whose tests need another cannot be understood alone.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use cargo_metadata::{Metadata, MetadataCommand};

use crate::score::repository;

/// Each room with the rooms it may use.
const ROOMS: &[(&str, &[&str])] = &[
    ("onrecord-model", &[]),
    ("onrecord-lexicon", &[]),
    ("onrecord-intake", LOWEST),
    ("onrecord-language", LOWEST),
    ("onrecord-extract", LOWEST),
    ("onrecord", READER),
    ("onrecord-page", &["onrecord-model"]),
    ("onrecord-columns", &["onrecord-model"]),
    ("onrecord-ledger", &["onrecord-model"]),
    (
        "onrecord-server",
        &[
            "onrecord",
            "onrecord-ledger",
            "onrecord-columns",
            "onrecord-page",
        ],
    ),
    (
        "onrecord-python",
        &[
            "onrecord",
            "onrecord-ledger",
            "onrecord-columns",
            "onrecord-page",
            "onrecord-cli",
        ],
    ),
];

/// Beneath all.
const LOWEST: &[&str] = &["onrecord-model", "onrecord-lexicon"];

/// What the facade is made of.
const READER: &[&str] = &[
    "onrecord-model",
    "onrecord-lexicon",
    "onrecord-intake",
    "onrecord-language",
    "onrecord-extract",
];

/// Rooms that may use every other.
const EVERYTHING: &[&str] = &["onrecord-cli", "xtask"];

/// Crates that start threads: for the outlets only, because threads belong to the caller.
const THREADS: &[&str] = &[
    "rayon",
    "crossbeam-channel",
    "crossbeam",
    "tokio",
    "threadpool",
];

/// Prints the map, or fails on an arrow that is not in the table.
pub(crate) fn run() -> Result<()> {
    let wrong = wrong()?;
    if wrong.is_empty() {
        println!("map: every arrow points one way");
        return Ok(());
    }
    bail!("the map does not hold\n  {}", wrong.join("\n  "))
}

/// Every arrow that is not in the table.
fn wrong() -> Result<Vec<String>> {
    let metadata = MetadataCommand::new()
        .manifest_path(repository().join("Cargo.toml"))
        .no_deps()
        .exec()?;
    Ok(check(&metadata))
}

fn check(metadata: &Metadata) -> Vec<String> {
    let ours: BTreeSet<&str> = metadata.packages.iter().map(|p| p.name.as_str()).collect();
    let mut out = Vec::new();
    for package in &metadata.packages {
        let name = package.name.as_str();
        if EVERYTHING.contains(&name) {
            continue;
        }
        let Some((_, may)) = ROOMS.iter().find(|(room, _)| *room == name) else {
            out.push(format!("`{name}` is not on the map; give it a line there"));
            continue;
        };
        for dependency in &package.dependencies {
            let used = dependency.name.as_str();
            if ours.contains(used) && !may.contains(&used) {
                out.push(format!("`{name}` may not use `{used}`"));
            }
            if READER.contains(&name) && THREADS.contains(&used) {
                out.push(format!("`{name}` may not start threads with `{used}`"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_arrow_points_one_way() {
        assert_eq!(wrong().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn the_table_itself_has_no_circle() {
        for (room, may) in ROOMS {
            for used in *may {
                let back = ROOMS.iter().find(|(r, _)| r == used).map(|(_, m)| *m);
                assert!(
                    !back.unwrap_or_default().contains(room),
                    "{room} <-> {used}"
                );
            }
        }
    }
}
