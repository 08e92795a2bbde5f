//! Kills the program that files, at any moment, and looks what is lost.
//!
//! A batch counts as filed once the program has said so; every report of such a batch must be
//! there, whole, and the file sound.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use onrecord_ledger::{Filing, Ledger};

use super::dice::Dice;
use super::filing;
use super::generate;

/// Files batches without end, from where the ledger ends, and says each that is filed.
pub(super) fn fill(at: &str, seed: u64, batch: u64) -> Result<()> {
    let ledger = Ledger::open(at)?;
    let mut n = ledger.size()?.reports;
    loop {
        let filings: Vec<Filing> = (n..n + batch)
            .map(|n| filing(generate::record(seed, n), n))
            .collect::<Result<_>>()?;
        ledger.file(&filings)?;
        n += batch;
        let mut out = std::io::stdout().lock();
        writeln!(out, "{n}")?;
        out.flush()?;
    }
}

pub(super) fn run(at: &Path, kills: u64, batch: u64) -> Result<()> {
    let batch = batch.min(20);
    let at = at.to_str().context("a path in UTF-8")?;
    let mut dice = Dice::new(kills);
    let (mut said, mut unsaid) = (0, 0);
    for kill in 1..=kills {
        let mut child = Command::new(std::env::current_exe()?)
            .args([
                "ledger",
                "--fill",
                "--at",
                at,
                "--batch",
                &batch.to_string(),
            ])
            .stdout(Stdio::piped())
            .spawn()?;
        let out = child.stdout.take().context("the program's words")?;
        let mut lines = BufReader::new(out).lines();
        // Every fourth is killed while it opens or fills its first batch, the others while
        // they go on filing.
        if kill % 4 > 0
            && let Some(line) = lines.next()
        {
            said = line?.parse()?;
        }
        std::thread::sleep(Duration::from_micros(dice.below(150_000)));
        child.kill()?;
        for line in lines {
            said = line?.parse()?;
        }
        child.wait()?;
        let there = check(at, batch)?;
        ensure!(
            there >= said,
            "kill {kill}: {said} reports were filed, {there} are there"
        );
        unsaid += u64::from(there > said);
        said = there;
    }
    let ledger = Ledger::open(at)?;
    for n in 0..said {
        let record = generate::record(1, n);
        let held = ledger
            .get(&record.report.id)?
            .with_context(|| format!("report {n} is lost"))?;
        ensure!(held.record == record, "report {n} is another");
    }
    println!(
        "{kills} kills while {said} reports were filed: none lost, none changed, the file sound"
    );
    println!("{unsaid} kills came after a batch was on disk and before the program said so");
    Ok(())
}

/// How many reports are there; fails on a damaged file or half a batch.
fn check(at: &str, batch: u64) -> Result<u64> {
    let ledger = Ledger::open(at)?;
    ledger.check()?;
    let there = ledger.size()?.reports;
    ensure!(there % batch == 0, "half a batch: {there} reports");
    Ok(there)
}
