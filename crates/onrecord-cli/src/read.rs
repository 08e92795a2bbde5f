//! `onrecord read`: reports in, pages or records out.

use std::io::{self, IsTerminal as _, Write};

use onrecord::model::ProblemKind;
use onrecord::{Reading, Record};
use rayon::prelude::*;

use crate::args::{Color, ReadArgs, SourceArgs};
use crate::input::{self, Found, Stream};
use crate::look::Look;
use crate::progress::Progress;
use crate::trouble::{Trouble, say};
use crate::{Outcome, json, page, pager, show};
#[cfg(feature = "ledger")]
use crate::{linked, tables};

/// What is printed for a report.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Page,
    Json,
    Html,
}

/// A report that was read.
pub(crate) struct One {
    /// What to call it in messages.
    pub(crate) name: String,
    /// Whether it is one of several.
    pub(crate) many: bool,
    /// What was read.
    pub(crate) reading: Reading,
    /// It lies beside others: what is no text is no trouble there.
    aside: bool,
}

/// Reads and prints.
///
/// # Errors
/// When nothing can be read at all, or the output cannot be written. A report among several
/// that cannot be read is said on stderr and the others go on.
pub(crate) fn run(args: &ReadArgs, color: Color) -> Result<Outcome, Trouble> {
    #[cfg(feature = "ledger")]
    if let Some(path) = &args.parquet {
        return tables::read(args, path);
    }
    #[cfg(feature = "ledger")]
    if args.json_ld {
        return linked::read(args);
    }
    let look = Look::of(color, args.width);
    let mut printer = Printer {
        args,
        look,
        terminal: io::stdout().is_terminal(),
        out: io::BufWriter::new(look.stdout()),
        pages: 0,
    };
    let source = (&args.source, args.min_confidence, args.quiet);
    let outcome = each(source, |one| printer.print(&one))?;
    printer.out.flush()?;
    Ok(outcome)
}

/// Everything a report is printed with.
struct Printer<'a, W: Write> {
    args: &'a ReadArgs,
    look: Look,
    terminal: bool,
    out: W,
    pages: usize,
}

impl<W: Write> Printer<'_, W> {
    fn form(&self, many: bool) -> Form {
        let as_pages = self.args.page || !self.args.show.is_empty() || !many || self.terminal;
        match (self.args.html, self.args.json, as_pages) {
            (true, ..) => Form::Html,
            (_, false, true) => Form::Page,
            _ => Form::Json,
        }
    }

    fn print(&mut self, one: &One) -> Result<Outcome, Trouble> {
        let record = &one.reading.record;
        let form = self.form(one.many);
        let outcome = one.outcome();
        let unreadable = is(record, ProblemKind::Empty) || record.report.text.as_str().is_empty();
        let mut notes = one.notes(self.args.quiet);
        let text = match form {
            Form::Html if one.many => return Err(Trouble::ManyPages),
            Form::Json => json::line(record)?,
            Form::Page | Form::Html if unreadable => String::new(),
            Form::Html => onrecord_page::page(record)?,
            Form::Page if !self.args.show.is_empty() => {
                show::print(&one.reading, &self.args.show, &one.name, self.look)?
            }
            Form::Page => {
                // The page itself ends with its problems.
                notes.clear();
                let title = one.many.then_some(one.name.as_str());
                page::print(record, title, self.look)
            }
        };
        if form == Form::Page && !one.many && pager::may_be(self.args.no_pager) {
            self.out.flush()?;
            pager::print(&text, self.look)?;
            one.say(&notes);
            return Ok(outcome);
        }
        if form == Form::Page && !text.is_empty() {
            if self.pages > 0 {
                self.out.write_all(b"\n")?;
            }
            self.pages += 1;
        }
        self.out.write_all(text.as_bytes())?;
        if !notes.is_empty() {
            self.out.flush()?;
        }
        one.say(&notes);
        Ok(outcome)
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

impl One {
    /// What kept words of it from being read; with `quiet` only what made it unreadable.
    pub(crate) fn notes(&self, quiet: bool) -> Vec<String> {
        if quiet && self.outcome() != Outcome::Trouble {
            return Vec::new();
        }
        lost(&self.reading.record)
    }

    /// Says notes of it on stderr.
    pub(crate) fn say(&self, notes: &[String]) {
        for note in notes {
            say(&format_args!("`{}`: {note}", self.name));
        }
    }

    /// Whether its record holds entries.
    pub(crate) fn outcome(&self) -> Outcome {
        let record = &self.reading.record;
        let empty = record.statements.is_empty()
            && record.events.is_empty()
            && record.commitments.is_empty();
        let lost = is(record, ProblemKind::Malformed) && record.report.text.as_str().is_empty();
        if is(record, ProblemKind::Binary) && !self.aside || lost {
            Outcome::Trouble
        } else if empty {
            Outcome::Nothing
        } else {
            Outcome::Found
        }
    }
}

/// The outcome of several reports: trouble with one is trouble, entries in one are entries.
pub(crate) const fn merge(a: Outcome, b: Outcome) -> Outcome {
    match (a, b) {
        (Outcome::Trouble, _) | (_, Outcome::Trouble) => Outcome::Trouble,
        (Outcome::Partly, _) | (_, Outcome::Partly) => Outcome::Partly,
        (Outcome::Found, _) | (_, Outcome::Found) => Outcome::Found,
        (Outcome::Nothing, Outcome::Nothing) => Outcome::Nothing,
    }
}

/// Reads the reports behind the paths, some at once, and hands each on in its order; what cannot
/// be read is said, and is trouble. `source` is what to read, the least confidence of the entries
/// that are kept, and whether to say nothing of what was passed over.
///
/// # Errors
/// When there is nothing to read, the output cannot be written, or one web page was asked for
/// and there are several.
pub(crate) fn each(
    (source, least, quiet): (&SourceArgs, Option<f32>, bool),
    mut one: impl FnMut(One) -> Result<Outcome, Trouble>,
) -> Result<Outcome, Trouble> {
    let stream = input::expand(&source.paths)?.open(source);
    let readers = stream.readers.clone();
    let read = |found: Found, turn: Turn| {
        let mut reading = readers.read(found.taken, &found.name)?;
        if let Some(least) = least {
            reading.record.keep_confident(least);
        }
        Ok(One {
            name: found.name,
            many: turn.many,
            reading,
            aside: found.aside,
        })
    };
    through(stream, quiet, read, |read| {
        read.and_then(&mut one)
            .or_else(|trouble| told(trouble, quiet))
    })
}

/// Where in a stream a report stands.
#[derive(Clone, Copy)]
pub(crate) struct Turn {
    /// How many came before it.
    pub(crate) number: usize,
    /// Whether it is one of several.
    pub(crate) many: bool,
}

/// Does something with each report of a stream on one of several threads, and hands what comes of
/// it on in the order of the reports, together with what could not be taken in.
///
/// # Errors
/// When handing on fails.
pub(crate) fn through<T: Send>(
    mut stream: Stream,
    quiet: bool,
    work: impl Fn(Found, Turn) -> Result<T, Trouble> + Sync,
    mut hand_on: impl FnMut(Result<T, Trouble>) -> Result<Outcome, Trouble>,
) -> Result<Outcome, Trouble> {
    let mut progress = Progress::new(&stream, quiet);
    let mut outcome = Outcome::Nothing;
    let mut before = 0;
    while let Some(batch) = stream.batch() {
        let many = stream.many;
        let mut batch = batch.into_iter().peekable();
        while batch.peek().is_some() && !stream.is_stopped() {
            // Enough for every thread, and few enough to be held at once.
            let some: Vec<_> = batch
                .by_ref()
                .take(4 * rayon::current_num_threads())
                .collect();
            let done: Vec<_> = some
                .into_par_iter()
                .enumerate()
                .map(|(i, found)| {
                    let number = before + i;
                    found.and_then(|found| work(found, Turn { number, many }))
                })
                .collect();
            before += done.len();
            progress.add(done.iter().filter(|d| d.is_ok()).count(), &stream);
            let own: Result<Outcome, Trouble> = progress.aside(|| {
                done.into_iter()
                    .map(&mut hand_on)
                    .try_fold(Outcome::Nothing, |a, b| Ok(merge(a, b?)))
            });
            outcome = merge(outcome, own?);
        }
    }
    Ok(outcome)
}

/// Says what could not be read; gives back what must end the command.
pub(crate) fn told(trouble: Trouble, quiet: bool) -> Result<Outcome, Trouble> {
    match trouble {
        #[cfg(feature = "ledger")]
        Trouble::Ledger(_) | Trouble::TableUnwritten { .. } => Err(trouble),
        Trouble::Writing(_)
        | Trouble::ManyPages
        | Trouble::Enough
        | Trouble::Stopped
        | Trouble::Unwritten { .. } => Err(trouble),
        Trouble::Skipped(_) => {
            if !quiet {
                say(&trouble);
            }
            Ok(Outcome::Nothing)
        }
        trouble => {
            say(&trouble);
            Ok(Outcome::Trouble)
        }
    }
}
