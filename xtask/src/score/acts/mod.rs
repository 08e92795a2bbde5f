//! Commitments, events and statements on annotated passages: those of `corpus/dev`, and where
//! `../shared` has real ones, those too.
//!
//! An entry is *found* when its words are, at the *step* when its status or type is right, and right as an
//! *entry* when also who, to whom, how surely and on whose word are. `docs/guide/scoring-acts.md` tells
//! this for those who score another reader. The counts are those of `tools/score_frames.py`, which a test
//! holds.

mod baselines;
mod commitments;
mod corpus;
mod events;
mod find;
mod gold;
mod line;
mod matching;
mod party;
mod read;
mod sheet;
mod statements;
mod tally;
#[cfg(test)]
mod tests;
mod words;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use onrecord::{Envelope, Reader, Reading};
use rayon::prelude::*;

use self::gold::Passage;
use self::party::Cast;
use self::read::Record;
use self::tally::{Level, Part, Tally};
use super::{Figure, Run, Shared, Task, reliability, repository};

/// The task.
pub(crate) const TASK: Task = Task {
    name: "acts",
    run: Run::Anywhere(run),
};

/// Figures that are told, with what they should reach.
const AIMS: &[(Part, Level, Option<f64>)] = &[
    (Part::Commitments, Level::Found, Some(0.65)),
    (Part::Commitments, Level::Step, Some(0.55)),
    (Part::Commitments, Level::Entry, Some(0.30)),
    (Part::Events, Level::Found, Some(0.65)),
    (Part::Events, Level::Step, Some(0.58)),
    (Part::Events, Level::Entry, Some(0.38)),
    (Part::Statements, Level::Found, None),
    (Part::Statements, Level::Entry, Some(0.60)),
];

/// Fewer quiet passages have no target.
const ENOUGH: usize = 30;

/// Flags of `cargo xtask score acts`. Each prints, and writes no scores.
#[derive(clap::Args)]
pub(crate) struct Flags {
    /// acts: score another reader, by its JSON lines with `id` and `record`
    #[arg(long, value_name = "FILE")]
    predicted: Option<PathBuf>,
    /// acts: print what two simple readers reach
    #[arg(long)]
    baselines: bool,
    /// acts: print the passages that are scored, as JSON lines
    #[arg(long)]
    passages: bool,
    /// acts: print every count, with intervals from this many bootstrap draws
    #[arg(long, value_name = "DRAWS")]
    boot: Option<usize>,
}

impl Flags {
    /// Whether something else is asked for than figures.
    pub(crate) fn any(&self) -> bool {
        self.predicted.is_some() || self.baselines || self.passages || self.boot.is_some()
    }
}

fn run(shared: Option<&Shared>, _quick: bool) -> Result<Vec<Figure>> {
    let passages = dev(shared)?;
    let records = own(&reader(shared)?, &passages)?;
    let tallies = tallies(&passages, &records);
    let mut figures = Vec::new();
    let kinds = kinds(&passages, &tallies);
    for (name, tallies) in &kinds {
        figures.extend(of(&prefix(name), &Tally::sum(tallies.iter().copied())));
    }
    // Of all passages there are, whatever their kind.
    let prefix = kinds.first().map(|(name, _)| prefix(name));
    let prefix = prefix.unwrap_or_default();
    let judged = Tally::sum(&tallies).judged.into_iter();
    let judged = judged.map(|(part, said)| (format!("{prefix}{}", part.name()), said));
    let judged: Vec<_> = judged.collect();
    figures.extend(reliability::acts(shared, &judged)?);
    let sure: Vec<Record> = records.into_iter().map(Record::sure).collect();
    let sure = self::tallies(&passages, &sure);
    figures.extend(of_sure(&prefix, &Tally::sum(&sure)));
    Ok(figures)
}

fn prefix(kind: &str) -> String {
    match kind {
        ALL => String::new(),
        kind => format!("{kind} "),
    }
}

/// The figures of entries that the reader is not unsure of.
fn of_sure(prefix: &str, tally: &Tally) -> Vec<Figure> {
    let parts = [Part::Commitments, Part::Events];
    let figures = parts.iter().filter_map(|part| {
        let found = tally.counts.get(&(*part, Level::Found))?;
        let name = part.name();
        Some([
            Figure::new(format!("{prefix}sure {name} found f1"), found.f1()),
            Figure::new(
                format!("{prefix}sure {name} found precision"),
                found.precision(),
            ),
        ])
    });
    figures.flatten().collect()
}

/// Prints what the flags ask for.
pub(crate) fn print(shared: Option<&Shared>, flags: &Flags) -> Result<()> {
    let mut passages = dev(shared)?;
    let draws = flags.boot.unwrap_or_default();
    if flags.passages {
        for passage in &passages {
            println!("{}", serde_json::to_string(passage)?);
        }
        return Ok(());
    }
    if let Some(path) = &flags.predicted {
        let records = predicted(path, &mut passages)?;
        sheets("predicted", &passages, &records, draws);
        return Ok(());
    }
    let reader = reader(shared)?;
    if !flags.baselines {
        sheets("onrecord", &passages, &own(&reader, &passages)?, draws);
        return Ok(());
    }
    let readings = readings(&reader, &passages)?;
    for (name, baseline) in baselines::ALL {
        let records: Vec<Record> = readings.iter().map(baseline).collect();
        sheets(name, &passages, &records, draws);
    }
    Ok(())
}

/// The passages to score: those beside the checkout are a superset of the repository's.
fn dev(shared: Option<&Shared>) -> Result<Vec<Passage>> {
    let beside = shared.map(|s| s.path("corpus/dev"));
    let beside = beside.filter(|folder| folder.is_dir());
    corpus::folder(&beside.unwrap_or_else(|| repository().join("corpus/dev")))
}

fn reader(shared: Option<&Shared>) -> Result<Reader> {
    match shared {
        Some(shared) => Ok(shared.reader().clone()),
        None => Ok(Reader::new()?),
    }
}

/// What onrecord makes of passages, each a plain text of its own day.
fn readings(reader: &Reader, passages: &[Passage]) -> Result<Vec<Reading>> {
    let read = |p: &Passage| {
        let day = p.published.as_deref().filter(|day| day.len() == 10);
        let envelope: Envelope = super::shared::published(day)?;
        Ok(reader.study(p.text.as_str().as_bytes(), &envelope))
    };
    passages.par_iter().map(read).collect()
}

/// Its records. One of another text than the passage's is no record of it.
fn own(reader: &Reader, passages: &[Passage]) -> Result<Vec<Record>> {
    let readings = readings(reader, passages)?;
    let both = passages.iter().zip(&readings);
    both.map(|(p, reading)| {
        let record = Record::of(&reading.record)?;
        let fits = record.check(&p.text).is_ok();
        Ok(if fits { record } else { Record::default() })
    })
    .collect()
}

/// The records of a file, in the order of the passages. Real passages are only scored when the file has
/// records of some.
fn predicted(path: &Path, passages: &mut Vec<Passage>) -> Result<Vec<Record>> {
    let mut read = read::file(path)?;
    let told = |p: &Passage| read.contains_key(&p.id);
    ensure!(
        passages.iter().any(told),
        "no `id` is that of a passage; see `--passages`"
    );
    if !passages.iter().any(|p| is_real(p) && told(p)) {
        passages.retain(|p| !is_real(p));
    }
    let without = passages
        .iter()
        .filter(|p| !read.contains_key(&p.id))
        .count();
    if without > 0 {
        println!("{without} passages have no record: what is in them counts as missed");
    }
    let record = |p: &Passage| {
        let record = read.remove(&p.id).unwrap_or_default();
        record.check(&p.text).with_context(|| p.id.clone())?;
        Ok(record)
    };
    passages.iter().map(record).collect()
}

fn tallies(passages: &[Passage], records: &[Record]) -> Vec<Tally> {
    let both = passages.iter().zip(records);
    both.map(|(p, r)| tally(p, r)).collect()
}

fn tally(passage: &Passage, record: &Record) -> Tally {
    let mut out = Tally {
        passages: 1,
        ..Tally::default()
    };
    let cast = Cast::of(record);
    commitments::score(passage, record, &cast, &mut out);
    events::score(passage, record, &cast, &mut out);
    statements::score(passage, record, &cast, &mut out);
    out
}

const ALL: &str = "all";

fn is_real(passage: &Passage) -> bool {
    passage.kind.starts_with("real")
}

/// Passages of each kind, and all of them where there is more than one kind.
fn kinds<'t>(passages: &[Passage], tallies: &'t [Tally]) -> Vec<(&'static str, Vec<&'t Tally>)> {
    let of = |real: bool| -> Vec<&Tally> {
        let both = passages.iter().zip(tallies);
        both.filter(|(p, _)| is_real(p) == real)
            .map(|(_, t)| t)
            .collect()
    };
    let mut out = vec![("real", of(true)), ("made", of(false))];
    out.retain(|(_, tallies)| !tallies.is_empty());
    if out.len() > 1 {
        out.insert(0, (ALL, tallies.iter().collect()));
    }
    out
}

fn sheets(name: &str, passages: &[Passage], records: &[Record], draws: usize) {
    for (kind, tallies) in kinds(passages, &tallies(passages, records)) {
        sheet::print(&format!("{name}: {kind}"), &tallies, draws);
    }
}

/// The figures of the table; higher is better.
fn of(prefix: &str, tally: &Tally) -> Vec<Figure> {
    let f1 = |(part, level, target): &(Part, Level, Option<f64>)| {
        let name = format!("{prefix}{} {} f1", part.name(), level.name());
        let value = tally.f1(*part, *level)?;
        Some(Figure {
            target: *target,
            ..Figure::new(name, value)
        })
    };
    let mut out: Vec<Figure> = AIMS.iter().filter_map(f1).collect();
    let asserted = 1.0 - tally.asserted_wrongly();
    out.push(Figure::aim(
        format!("{prefix}1 - asserted wrongly"),
        asserted,
        0.95,
    ));
    if let Some(quiet) = tally.quiet.get(&Part::Commitments) {
        let name = format!("{prefix}1 - false commitments a quiet passage");
        // Of a handful of passages, one more or less is no news.
        let target = (quiet.of >= ENOUGH).then_some(0.94);
        out.push(Figure {
            target,
            ..Figure::new(name, 1.0 - quiet.value())
        });
    }
    out
}
