//! The CPU time of each stage of a reading, in microseconds a word, on one thread.
//!
//! ```text
//! cargo xtask profile ../shared/reports report.txt
//! ```
//!
//! Without paths it reads the sample reports and what stands in `../shared`. Each stage runs
//! over all texts before the next begins, so that the clock's grain does not show; `whole` is
//! the reader as everyone calls it, a text at a time.
//!
//! Left out: where in a stage the time goes (a profiler tells that better).

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use onrecord::{Envelope, Reader};
use onrecord_extract::{Context, acts, amounts, attribution, entities, time};
use onrecord_language::{Acts, Annotator, Attributions, Coreference, Syntax};
use onrecord_model::{Document, Record, Report};
use serde::Deserialize;

use crate::clock::Clock;
use crate::score::{Shared, repository};

/// Flags of `cargo xtask profile`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Texts, folders of `.txt`, or `.jsonl` with a `text`; what is at hand without them
    paths: Vec<PathBuf>,
    /// Times every text is read; the mean is printed
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Run the networks in the first round only, so that a profiler sees the rest
    #[arg(long)]
    rest: bool,
}

#[derive(Deserialize)]
struct Row {
    text: String,
}

/// Prints the table.
pub(crate) fn run(args: &Args) -> Result<()> {
    let texts = texts(&args.paths)?;
    let words: usize = texts.iter().map(|t| t.split_whitespace().count()).sum();
    if words == 0 {
        bail!("no words to read; give files or folders with texts");
    }
    let start = Clock::now()?;
    let reader = Reader::new()?;
    let started = start.elapsed()?;
    let first = Clock::now()?;
    black_box(texts.first().map(|t| read(&reader, t)));
    let first = first.elapsed()?;
    println!("{} texts, {words} words", texts.len());
    let records: Vec<Record> = texts.iter().map(|t| read(&reader, t)).collect();
    let mut table = Table::default();
    let mut known = None;
    for _ in 0..args.rounds {
        let studied = stages(&texts, known.take(), &mut table)?;
        extraction(&studied, &mut table)?;
        outlets(&records, &mut table)?;
        if args.rest {
            known = Some(studied.into_iter().map(|s| s.document).collect());
        } else {
            table.time("whole", || {
                texts.iter().try_for_each(|text| {
                    black_box(serde_json::to_vec(&read(&reader, text))?);
                    Ok(())
                })
            })?;
        }
    }
    println!("{:14} {:>9}", "stage", "us/word");
    for (stage, seconds, times) in &table.rows {
        println!("{stage:14} {:9.3}", seconds * 1e6 / (words * times) as f64);
    }
    println!("{:14} {:9.1} ms", "start", started * 1e3);
    println!(
        "{:14} {:9.1} ms, tables built on the way",
        "first text",
        first * 1e3
    );
    Ok(())
}

fn read(reader: &Reader, text: &str) -> Record {
    reader.read(text.as_bytes(), &Envelope::default())
}

/// The time of each stage in all rounds and their number, in the order they were first timed.
#[derive(Default)]
struct Table {
    rows: Vec<(&'static str, f64, usize)>,
}

impl Table {
    fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let clock = Clock::now()?;
        let out = work()?;
        let took = clock.elapsed()?;
        match self.rows.iter_mut().find(|(s, ..)| *s == stage) {
            Some((_, sum, times)) => (*sum, *times) = (*sum + took, *times + 1),
            None => self.rows.push((stage, took, 1)),
        }
        Ok(out)
    }
}

/// What has been made of one text so far.
struct Studied {
    report: Report,
    document: Document,
}

/// From bytes to documents; the networks do not run again for documents that are known.
fn stages(
    texts: &[String],
    known: Option<Vec<Document>>,
    table: &mut Table,
) -> Result<Vec<Studied>> {
    let mut reports: Vec<Report> = table.time("intake", || {
        let read = |t: &String| onrecord_intake::read(t.as_bytes(), &Envelope::default()).0;
        Ok(texts.iter().map(read).collect())
    })?;
    table.time("identify", || {
        for report in &mut reports {
            if let Some(tag) = onrecord_language::identify(report.text.as_str()) {
                report.language = tag.into();
            }
        }
        Ok(())
    })?;
    let mut documents: Vec<Document> = table.time("tokens", || {
        Ok(reports.iter().map(onrecord_language::cut).collect())
    })?;
    if let Some(known) = known {
        documents = known;
    } else {
        let annotators: [Box<dyn Annotator>; 4] = [
            Box::new(Syntax::new()?),
            Box::new(Attributions::new()?),
            Box::new(Acts::new()?),
            Box::new(Coreference::new()?),
        ];
        for annotator in annotators {
            table.time(annotator.name(), || {
                for (report, document) in reports.iter().zip(&mut documents) {
                    black_box(annotator.annotate(report, document));
                }
                Ok(())
            })?;
        }
    }
    let pairs = reports.into_iter().zip(documents);
    let mut studied: Vec<Studied> = pairs
        .map(|(report, document)| Studied { report, document })
        .collect();
    table.time("x published", || {
        for s in &mut studied {
            s.report.published = time::published(&s.report, &s.document).0;
        }
        Ok(())
    })?;
    Ok(studied)
}

fn outlets(records: &[Record], table: &mut Table) -> Result<()> {
    table.time("json", || {
        for record in records {
            black_box(serde_json::to_vec(record)?);
        }
        Ok(())
    })?;
    let mut records = records.to_vec();
    table.time("verify", || {
        for record in &mut records {
            record.verify()?;
        }
        Ok(())
    })
}

/// The steps of `onrecord_extract::extract` after the day of publication, in its order.
fn extraction(studied: &[Studied], table: &mut Table) -> Result<()> {
    let contexts: Vec<Context<'_>> = studied
        .iter()
        .map(|s| Context {
            report: &s.report,
            document: &s.document,
        })
        .collect();
    let times: Vec<_> = table.time("x times", || {
        Ok(contexts.iter().map(time::extract).collect())
    })?;
    let money: Vec<_> = table.time("x amounts", || {
        Ok(contexts.iter().map(|cx| amounts::extract(cx).0).collect())
    })?;
    let people: Vec<_> = table.time("x entities", || {
        let each = contexts.iter().zip(&times);
        Ok(each.map(|(cx, t)| entities::extract(cx, t)).collect())
    })?;
    let said: Vec<_> = table.time("x statements", || {
        let each = contexts.iter().zip(&times).zip(&people);
        Ok(each
            .map(|((cx, t), (e, _))| attribution::extract(cx, e, t))
            .collect())
    })?;
    table.time("x acts", || {
        for (i, cx) in contexts.iter().enumerate() {
            black_box(acts::extract(
                cx,
                &people[i].0,
                &said[i],
                &times[i],
                &money[i],
            ));
        }
        Ok(())
    })
}

/// The texts of these paths; of what is at hand when there are none.
fn texts(paths: &[PathBuf]) -> Result<Vec<String>> {
    let mut paths = paths.to_vec();
    if paths.is_empty() {
        paths.push(repository().join("examples"));
        if let Some(shared) = Shared::find()? {
            let more = ["reports", "seed", "data/polnear/dev.jsonl"];
            paths.extend(more.iter().map(|p| shared.path(p)));
        }
    }
    let mut out = Vec::new();
    for path in &paths {
        collect(path, &mut out)?;
    }
    Ok(out)
}

fn collect(path: &Path, out: &mut Vec<String>) -> Result<()> {
    if path.is_dir() {
        let mut files: Vec<PathBuf> = fs::read_dir(path)?
            .filter_map(|e| Some(e.ok()?.path()))
            .filter(|p| p.extension().is_some_and(|e| e == "txt"))
            .collect();
        files.sort();
        return files.iter().try_for_each(|f| collect(f, out));
    }
    let text = fs::read_to_string(path)?;
    if path.extension().is_some_and(|e| e == "jsonl") {
        for line in text.lines().filter(|l| !l.trim().is_empty()) {
            out.push(serde_json::from_str::<Row>(line)?.text);
        }
    } else {
        out.push(text);
    }
    Ok(())
}
