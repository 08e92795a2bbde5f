//! `onrecord read`: reports in, pages or records out.

use std::io::{self, IsTerminal as _, Write as _};

use onrecord::model::ProblemKind;
use onrecord::{Envelope, Reader, Record};
use rayon::prelude::*;

use crate::args::{Color, ReadArgs};
use crate::input::{self, Input};
use crate::look::Look;
use crate::trouble::{Trouble, say};
use crate::{Outcome, page, show};

/// Reports read at once before any is printed: bounds memory, keeps the order.
const BATCH: usize = 64;

/// What is printed for a report.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Page,
    Json,
    Html,
}

/// A report read and printed, not yet written.
struct Printed {
    name: String,
    text: String,
    outcome: Outcome,
    notes: Vec<String>,
}

/// Reads and prints.
///
/// # Errors
/// When nothing can be read at all, or the output cannot be written. A report among several
/// that cannot be read is said on stderr and the others go on.
pub(crate) fn run(args: &ReadArgs, color: Color) -> Result<Outcome, Trouble> {
    let inputs = input::expand(&args.source.paths)?;
    if args.html && inputs.many {
        return Err(Trouble::ManyPages);
    }
    let terminal = io::stdout().is_terminal();
    let as_pages = args.page || !args.show.is_empty() || !inputs.many || terminal;
    let job = Job {
        args,
        reader: Reader::new()?,
        envelope: args.source.envelope(),
        look: Look::of(color, args.width),
        form: match (args.html, args.json, as_pages) {
            (true, ..) => Form::Html,
            (_, false, true) => Form::Page,
            _ => Form::Json,
        },
        many: inputs.many,
    };
    let mut out = io::BufWriter::new(job.look.stdout());
    let progress = Progress::new(inputs.inputs.len(), args.quiet);
    let mut outcome = Outcome::Nothing;
    let mut pages = 0;
    for (i, batch) in inputs.inputs.chunks(BATCH).enumerate() {
        progress.say(i * BATCH);
        let printed: Vec<Result<Printed, String>> = batch
            .par_iter()
            .map(|input| match input {
                Ok(input) => job.one(input).map_err(|t| t.to_string()),
                Err(trouble) => Err(trouble.to_string()),
            })
            .collect();
        progress.clear();
        for result in printed {
            if job.form == Form::Page && result.as_ref().is_ok_and(|p| !p.text.is_empty()) {
                if pages > 0 {
                    out.write_all(b"\n")?;
                }
                pages += 1;
            }
            outcome = merge(outcome, write(&mut out, result, args.quiet)?);
        }
    }
    out.flush()?;
    Ok(outcome)
}

/// Everything a report is read with.
struct Job<'a> {
    args: &'a ReadArgs,
    reader: Reader,
    envelope: Envelope,
    look: Look,
    form: Form,
    many: bool,
}

impl Job<'_> {
    fn one(&self, input: &Input) -> Result<Printed, Trouble> {
        let name = input.name();
        let mut reading = self.reader.study(&input.bytes()?, &self.envelope);
        if let Some(least) = self.args.min_confidence {
            reading.record.keep_confident(least);
        }
        let record = &reading.record;
        let outcome = outcome(record);
        let unreadable = is(record, ProblemKind::Binary) || is(record, ProblemKind::Empty);
        let mut notes = lost(record);
        let text = match self.form {
            Form::Json => {
                let mut line = serde_json::to_string(record).map_err(io::Error::from)?;
                line.push('\n');
                line
            }
            Form::Page | Form::Html if unreadable => String::new(),
            Form::Html => onrecord_page::page(record)?,
            Form::Page if !self.args.show.is_empty() => {
                show::print(&reading, &self.args.show, &name, self.look)?
            }
            Form::Page => {
                // The page itself ends with its problems.
                notes.clear();
                let title = self.many.then_some(name.as_str());
                page::print(record, title, self.look)
            }
        };
        Ok(Printed {
            name,
            text,
            outcome,
            notes,
        })
    }
}

/// What kept words of a report from being read.
pub(crate) fn lost(record: &Record) -> Vec<String> {
    let lost = record.problems.iter().filter(|p| costs_text(p.kind));
    lost.map(|p| p.message.clone()).collect()
}

fn is(record: &Record, kind: ProblemKind) -> bool {
    record.problems.iter().any(|p| p.kind == kind)
}

/// Whether a problem means that words were not read. The others leave a field of the record
/// open, where whoever reads the JSON sees it.
pub(crate) const fn costs_text(kind: ProblemKind) -> bool {
    !matches!(
        kind,
        ProblemKind::PublishedUnknown
            | ProblemKind::PublishedContradiction
            | ProblemKind::Conversion
            | ProblemKind::NoHeadline
    )
}

/// Whether a record holds entries.
pub(crate) fn outcome(record: &Record) -> Outcome {
    let empty =
        record.statements.is_empty() && record.events.is_empty() && record.commitments.is_empty();
    if is(record, ProblemKind::Binary) {
        Outcome::Trouble
    } else if empty {
        Outcome::Nothing
    } else {
        Outcome::Found
    }
}

/// The outcome of several reports: trouble with one is trouble, entries in one are entries.
pub(crate) const fn merge(a: Outcome, b: Outcome) -> Outcome {
    match (a, b) {
        (Outcome::Trouble, _) | (_, Outcome::Trouble) => Outcome::Trouble,
        (Outcome::Found, _) | (_, Outcome::Found) => Outcome::Found,
        (Outcome::Nothing, Outcome::Nothing) => Outcome::Nothing,
    }
}

/// Reads one report after the other and hands each on; what cannot be read is said, and is trouble.
///
/// # Errors
/// When what is done with a report fails.
pub(crate) fn each(
    inputs: Vec<Result<Input, Trouble>>,
    reader: &Reader,
    envelope: &Envelope,
    mut one: impl FnMut(&str, Record) -> Result<Outcome, Trouble>,
) -> Result<Outcome, Trouble> {
    let mut found = Outcome::Nothing;
    for input in inputs {
        let read = input.and_then(|i| Ok((i.name(), reader.read(&i.bytes()?, envelope))));
        let own = match read {
            Ok((name, record)) => one(&name, record)?,
            Err(trouble) => {
                say(&trouble);
                Outcome::Trouble
            }
        };
        found = merge(found, own);
    }
    Ok(found)
}

fn write(
    out: &mut impl io::Write,
    result: Result<Printed, String>,
    quiet: bool,
) -> Result<Outcome, Trouble> {
    let printed = match result {
        Ok(printed) => printed,
        Err(message) => {
            out.flush()?;
            say(&message);
            return Ok(Outcome::Trouble);
        }
    };
    out.write_all(printed.text.as_bytes())?;
    if !printed.notes.is_empty() && (!quiet || printed.outcome == Outcome::Trouble) {
        out.flush()?;
        for note in &printed.notes {
            say(&format_args!("`{}`: {note}", printed.name));
        }
    }
    Ok(printed.outcome)
}

/// How far a long reading has come, on a terminal's stderr only.
struct Progress {
    of: usize,
    shown: bool,
}

impl Progress {
    fn new(of: usize, quiet: bool) -> Self {
        Self {
            of,
            shown: of > BATCH && !quiet && io::stderr().is_terminal(),
        }
    }

    fn say(&self, done: usize) {
        if self.shown {
            let _ = write!(io::stderr(), "\rread {done} of {}", self.of);
        }
    }

    fn clear(&self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}
