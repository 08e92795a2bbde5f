//! Filing many reports: the next batch is made ready on other threads while one is filed, as
//! `onrecord file` does it.

use std::fs;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Instant;

use anyhow::Result;
use onrecord_ledger::{Filing, Ledger};
use onrecord_model::Record;
use rayon::prelude::*;

use super::{Args, filing, generate};
use crate::clock::Clock;

/// Reports that are ready, and the CPU seconds that took.
struct Batch {
    filings: Vec<Filing>,
    cpu: f64,
}

/// Seconds by the clock and of the writer's CPU.
#[derive(Clone, Copy, Default)]
struct Spent {
    wall: f64,
    cpu: f64,
}

/// Files made-up reports, each tenth with its rate, and prints the whole.
pub(super) fn load(ledger: &Ledger, args: &Args) -> Result<()> {
    let first = ledger.size()?.reports;
    let json = serde_json::to_vec(&generate::record(args.seed, first))?.len();
    let begin = Instant::now();
    let (spent, ready) = thread::scope(|scope| {
        let (sender, ready) = sync_channel(2);
        scope.spawn(move || make(first, args, &sender));
        file(ledger, args, &ready)
    })?;
    let rate = |seconds: f64| args.reports as f64 / seconds;
    println!(
        "reports              {}, the first has {json} bytes of JSON",
        args.reports
    );
    // Another program on the machine slows the clock's figures, not those of CPU time.
    println!(
        "made ready           {:.0} reports/s per core's CPU second",
        rate(ready)
    );
    println!(
        "filed                {:.0} reports/s by the one writer, {:.0} per its CPU second",
        rate(spent.wall),
        rate(spent.cpu)
    );
    let all = begin.elapsed().as_secs_f64();
    println!(
        "both, made up too    {:.0} reports/s, {all:.0} s in all",
        rate(all)
    );
    Ok(())
}

/// Makes batches ready on all cores but the one that files, until nobody takes them.
fn make(first: u64, args: &Args, sender: &SyncSender<Result<Batch>>) {
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads((cores - 1).max(1));
    let pool = match pool.build() {
        Ok(pool) => pool,
        Err(error) => {
            let _ = sender.send(Err(error.into()));
            return;
        }
    };
    let last = first + args.reports;
    for from in (first..last).step_by(args.batch as usize) {
        let to = (from + args.batch).min(last);
        let batch = pool.install(|| batch(from, to, args.seed));
        if sender.send(batch).is_err() {
            return;
        }
    }
}

fn batch(from: u64, to: u64, seed: u64) -> Result<Batch> {
    let made: Vec<(Filing, f64)> = (from..to)
        .into_par_iter()
        .map(|n| {
            let record: Record = generate::record(seed, n);
            let cpu = Clock::now()?;
            Ok((filing(record, n)?, cpu.elapsed()?))
        })
        .collect::<Result<_>>()?;
    let cpu = made.iter().map(|(_, cpu)| cpu).sum();
    let filings = made.into_iter().map(|(filing, _)| filing).collect();
    Ok(Batch { filings, cpu })
}

/// Files what is ready; gives back what that took, and what making it ready took.
fn file(ledger: &Ledger, args: &Args, ready: &Receiver<Result<Batch>>) -> Result<(Spent, f64)> {
    let tenth = (args.reports / 10).max(1);
    let (mut all, mut before, mut made) = (Spent::default(), Spent::default(), 0.0);
    let (mut filed, mut told) = (0, 0);
    for batch in ready {
        let batch = batch?;
        made += batch.cpu;
        let (begin, cpu) = (Instant::now(), Clock::now()?);
        ledger.file(&batch.filings)?;
        all.wall += begin.elapsed().as_secs_f64();
        all.cpu += cpu.elapsed()?;
        filed += batch.filings.len() as u64;
        if filed - told >= tenth {
            let rate = |seconds: f64| (filed - told) as f64 / seconds;
            eprintln!(
                "{filed} filed; of these the last at {:.0} reports/s, {:.0} per CPU second; load {}",
                rate(all.wall - before.wall),
                rate(all.cpu - before.cpu),
                busy()
            );
            (told, before) = (filed, all);
        }
    }
    Ok((all, made))
}

/// How busy the machine is, as it tells.
fn busy() -> String {
    let told = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    told.split(' ').next().unwrap_or_default().to_owned()
}
