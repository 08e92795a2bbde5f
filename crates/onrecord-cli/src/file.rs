//! `onrecord file`: reports in, a ledger that holds them.
//!
//! Reports are read on every thread and filed by one, in the order they came. What the ledger
//! holds already, as this reader reads it, is told by its text and not read again: an
//! interrupted run that is started anew soon is where it was.
//!
//! Left out: what filing changes, which the ledger decides.

use std::fmt;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use onrecord::Record;
use onrecord::model::{self, ProblemKind, PublishedBasis, Report};
use onrecord_ledger::{Filed, Filing, Held, Ledger, LedgerError, Origin, Outcome as Fate, short};

use crate::args::FileArgs;
use crate::clock::now;
use crate::input::{self, Found, Inputs};
use crate::read::{self, Turn, costs_text, lost, merge, told};
use crate::stop::Stop;
use crate::trouble::{Trouble, say};
use crate::worker::{Readers, Taken};
use crate::{Outcome, ledger, print};

/// Reports in one transaction, and how long the first of them waits for the others.
const BATCH: usize = 500;
const PATIENCE: Duration = Duration::from_millis(500);

/// Files reports and prints how many.
///
/// # Errors
/// When there is nothing to read, or the ledger cannot be opened or written to. A report that
/// cannot be read is said on stderr and the others go on.
pub(crate) fn run(args: &FileArgs) -> Result<Outcome, Trouble> {
    if args.rebuild {
        rebuild(args)?;
        if args.source.paths.is_empty() {
            return Ok(Outcome::Found);
        }
    }
    let (exports, paths): (Vec<_>, Vec<_>) = args
        .source
        .paths
        .iter()
        .cloned()
        .partition(|path| ledger::is_export(path));
    let reports = !paths.is_empty() || exports.is_empty();
    let inputs = reports.then(|| input::expand(&paths)).transpose()?;
    let ledger = ledger::open(&args.ledger)?;
    let mut tally = Tally::default();
    for folder in &exports {
        let (all, before) = (ledger::exported(folder)?, ledger.size()?.reports);
        ledger::import(&ledger, folder)?;
        let filed = ledger.size()?.reports.saturating_sub(before);
        tally.filed += filed;
        tally.there += all.saturating_sub(filed);
    }
    let stop = Arc::new(Stop::listen()?);
    let done = inputs.map_or(Ok(Outcome::Nothing), |inputs| {
        take(args, inputs, &ledger, &mut tally, &stop)
    });
    let printed = print(&format!("{tally}\n"));
    if let Some(signal) = stop.signal() {
        say(&format_args!(
            "stopped by {signal}: {} of this run kept in the ledger; begin it anew to go on",
            ledger::counted(tally.reports())
        ));
        stop.end();
    }
    printed?;
    let found = tally.reports() > 0 || !exports.is_empty();
    let own = if found {
        Outcome::Found
    } else {
        Outcome::Nothing
    };
    Ok(merge(own, done?))
}

/// Makes the indexes again; of a damaged file, all that can still be read.
fn rebuild(args: &FileArgs) -> Result<(), Trouble> {
    let rebuilt = || -> Result<u64, Trouble> {
        let ledger = ledger::existing(&args.ledger)?;
        ledger.rebuild()?;
        ledger.check()?;
        Ok(ledger.size()?.reports)
    };
    match rebuilt() {
        Ok(reports) => say(&format_args!("made the indexes of {reports} reports again")),
        Err(Trouble::Ledger(error)) if error.is_damaged() => {
            let place = ledger::place(&args.ledger)?;
            // What it was refused for says more than why nothing could be saved.
            let saved = Ledger::salvage(place).map_err(|_| error)?;
            ledger::existing(&args.ledger)?.check()?;
            say(&format_args!(
                "saved {} reports of a damaged ledger; {} readings were lost; what is left of the file is kept as `{}`",
                saved.reports,
                saved.lost,
                saved.damaged.display()
            ));
        }
        Err(other) => return Err(other),
    }
    Ok(())
}

/// Reads on every thread and files on one.
fn take(
    args: &FileArgs,
    inputs: Inputs,
    ledger: &Ledger,
    tally: &mut Tally,
    stop: &Arc<Stop>,
) -> Result<Outcome, Trouble> {
    let mut stream = inputs.open(&args.source);
    stream.stop = Some(Arc::clone(stop));
    let readers = stream.readers.clone();
    let desk = Desk {
        ledger,
        readers: &readers,
        made_by: readers.made_by()?,
        begun: now(),
    };
    let mut own = Tally::default();
    let (read, written) = thread::scope(|scope| {
        let (sender, ready) = sync_channel(BATCH);
        let quiet = args.quiet;
        let writer = scope.spawn(move || write(ledger, &ready, quiet));
        let prepare = |found, turn| desk.prepare(found, turn);
        let read = read::through(stream, args.quiet, prepare, |prepared| match prepared {
            Ok(Prepared::New(filing, notes)) => {
                notes.iter().filter(|_| !args.quiet).for_each(say);
                let sent = sender.send(*filing);
                sent.map_or(Err(Trouble::Stopped), |()| Ok(Outcome::Nothing))
            }
            other => own.count(other, args.quiet),
        });
        drop(sender);
        (read, writer.join())
    });
    let (filed, stopped) = written.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    tally.add(&own);
    tally.add(&filed);
    match stopped {
        Some(error) => Err(error.into()),
        None => read,
    }
}

/// Files what is ready; gives back what became of it, and why it ended before its time.
fn write(ledger: &Ledger, ready: &Receiver<Filing>, quiet: bool) -> (Tally, Option<LedgerError>) {
    let mut tally = Tally::default();
    while let Some(batch) = batch(ready) {
        match ledger.file(&batch) {
            Ok(filed) => {
                for (one, filing) in filed.into_iter().zip(&batch) {
                    if !quiet {
                        displaced(&one, filing);
                    }
                    tally.superseded += one.supersedes.len() as u64;
                    match one.outcome {
                        Fate::New => tally.filed += 1,
                        Fate::Present | Fate::Outdated => tally.there += 1,
                        Fate::Carried => tally.carried += 1,
                        Fate::Reread => tally.reread += 1,
                    }
                }
            }
            Err(error) => return (tally, Some(error)),
        }
    }
    (tally, None)
}

/// Says whose place a report took: a version that was on record is not counted any more.
fn displaced(filed: &Filed, filing: &Filing) {
    let place = &filing.origin().location;
    for older in &filed.supersedes {
        let (new, old) = (short(&filed.report), short(older));
        say(&format_args!("`{place}`: {new} takes the place of {old}"));
    }
}

/// The next reports for one transaction; `None` behind the last.
#[expect(
    clippy::disallowed_methods,
    reason = "a report does not wait long to be safe"
)]
fn batch(ready: &Receiver<Filing>) -> Option<Vec<Filing>> {
    let mut batch = vec![ready.recv().ok()?];
    let begun = Instant::now();
    while batch.len() < BATCH {
        match ready.recv_timeout(PATIENCE.saturating_sub(begun.elapsed())) {
            Ok(filing) => batch.push(filing),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    Some(batch)
}

/// A report on its way into the ledger.
enum Prepared {
    /// To be filed; what of it was not read.
    New(Box<Filing>, Vec<String>),
    /// The ledger holds all of it.
    There,
    /// It has no text; whether that is trouble.
    Unread(String, Outcome),
}

/// What every thread reads with.
struct Desk<'a> {
    ledger: &'a Ledger,
    readers: &'a Readers,
    made_by: model::Reader,
    begun: Timestamp,
}

impl Desk<'_> {
    /// Reads a report, unless the ledger has it.
    fn prepare(&self, found: Found, turn: Turn) -> Result<Prepared, Trouble> {
        let name = &found.name;
        if let Some((why, outcome)) = unread(&found) {
            return Ok(Prepared::Unread(format!("`{name}`: {why}"), outcome));
        }
        let report = &found.taken.report;
        let origin = self.origin(report, name, turn);
        if let Some(record) = found.record {
            return match Filing::new(*record, origin) {
                Ok(filing) => Ok(Prepared::New(Box::new(filing), Vec::new())),
                Err(why) => Err(Trouble::NotFiled(found.name, why)),
            };
        }
        let record = match self.ledger.get(&report.id)? {
            Some(held) => match self.known(held, report, &origin) {
                Known::Whole => return Ok(Prepared::There),
                Known::Record(record) => *record,
                Known::Otherwise => self.readers.read(found.taken, name)?.record,
            },
            None => self.readers.read(found.taken, name)?.record,
        };
        let notes = lost(&record).into_iter();
        let notes = notes.map(|note| format!("`{name}`: {note}")).collect();
        match Filing::new(record, origin) {
            Ok(filing) => Ok(Prepared::New(Box::new(filing), notes)),
            Err(why) => Err(Trouble::NotFiled(found.name, why)),
        }
    }

    /// Where a report came from. Each is filed a little after the one before it, so that of two
    /// versions at one address the later in the stream is the later one.
    fn origin(&self, report: &Report, name: &str, turn: Turn) -> Origin {
        let later = SignedDuration::from_micros(turn.number as i64);
        let origin = Origin {
            location: report.url.clone().unwrap_or_else(|| place(name)),
            outlet: report.outlet.clone(),
            filed: self.begun.saturating_add(later).unwrap_or(self.begun),
        };
        origin.settled()
    }

    /// What of a report need not be read, because the ledger holds it.
    fn known(&self, held: Held, report: &Report, origin: &Origin) -> Known {
        let place = |o: &Origin| (o.location == origin.location) && (o.outlet == origin.outlet);
        let current = held.readings.last();
        let Some(current) = current.filter(|r| r.reader == self.made_by) else {
            return Known::Otherwise;
        };
        // What came from the same place with other words beside it may be read otherwise now.
        if place(&current.origin) && !is_taken_in_alike(report, &held.record.report) {
            return Known::Otherwise;
        }
        if held.carriers.iter().any(place) {
            return Known::Whole;
        }
        // An origin without an outlet would take over the one in the record.
        if origin.outlet.is_none() && held.record.report.outlet.is_some() {
            return Known::Otherwise;
        }
        Known::Record(Box::new(held.record))
    }
}

/// Where a report without an address stands. What came on stdin stands nowhere.
fn place(name: &str) -> String {
    if name == "stdin" || name.starts_with("stdin: ") {
        name.to_owned()
    } else {
        ledger::absolute(name)
    }
}

/// Why a report has nothing to file, and whether that is trouble, as it is for `read`.
fn unread(found: &Found) -> Option<(&str, Outcome)> {
    let Taken { report, problems } = &found.taken;
    let is = |kind| problems.iter().any(|p| p.kind == kind);
    let bare = report.text.as_str().trim().is_empty();
    let binary = is(ProblemKind::Binary);
    if !bare && !binary {
        return None;
    }
    let trouble = (binary && !found.aside) || (bare && is(ProblemKind::Malformed));
    let why = problems.iter().find(|p| costs_text(p.kind));
    Some((
        why.map_or("there is no text", |p| p.message.as_str()),
        if trouble {
            Outcome::Trouble
        } else {
            Outcome::Nothing
        },
    ))
}

/// What the ledger knows of a report.
enum Known {
    /// All of it.
    Whole,
    /// Its record, but not that it also came from here.
    Record(Box<Record>),
    /// Not as this reader would read it.
    Otherwise,
}

/// Whether a report comes in as one in the ledger did. Reading infers the day of publication
/// where none is given, and tells the language.
fn is_taken_in_alike(report: &Report, held: &Report) -> bool {
    let inferred = |r: &Report| match &r.published {
        Some(published) => published.basis == PublishedBasis::Inferred,
        None => true,
    };
    let day = report.published == held.published || (inferred(report) && inferred(held));
    let tag = |r: &Report| r.language.split('-').next().map(str::to_owned);
    let told = tag(report) != tag(held) && !held.language.contains('-');
    let language = report.language == held.language || told;
    let same = Report {
        published: held.published.clone(),
        language: held.language.clone(),
        ..report.clone()
    };
    day && language && same == *held
}

/// How many reports met which fate.
#[derive(Default)]
struct Tally {
    filed: u64,
    there: u64,
    superseded: u64,
    unread: u64,
    broken: u64,
    carried: u64,
    reread: u64,
}

impl Tally {
    /// Counts what is not filed, and says why where it is not there.
    fn count(
        &mut self,
        prepared: Result<Prepared, Trouble>,
        quiet: bool,
    ) -> Result<Outcome, Trouble> {
        match prepared {
            Ok(Prepared::New(..)) => Ok(Outcome::Nothing),
            Ok(Prepared::There) => {
                self.there += 1;
                Ok(Outcome::Nothing)
            }
            Ok(Prepared::Unread(note, outcome)) => {
                match outcome {
                    Outcome::Trouble => self.broken += 1,
                    Outcome::Found | Outcome::Partly | Outcome::Nothing => self.unread += 1,
                }
                if !quiet || outcome == Outcome::Trouble {
                    say(&note);
                }
                Ok(outcome)
            }
            Err(trouble @ Trouble::Skipped(_)) => {
                self.unread += 1;
                told(trouble, quiet)
            }
            Err(trouble) => {
                let outcome = told(trouble, quiet)?;
                self.broken += 1;
                Ok(outcome)
            }
        }
    }

    /// Reports that are in the ledger now.
    const fn reports(&self) -> u64 {
        self.filed + self.there + self.carried + self.reread
    }

    fn add(&mut self, other: &Self) {
        self.filed += other.filed;
        self.there += other.there;
        self.superseded += other.superseded;
        self.unread += other.unread;
        self.broken += other.broken;
        self.carried += other.carried;
        self.reread += other.reread;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            (self.filed, "filed", true),
            (self.there, "already there", true),
            (self.carried, "also from elsewhere", false),
            (self.reread, "read anew", false),
            (self.unread, "unread", true),
            (self.broken, "broken", true),
        ];
        let all: u64 = parts.iter().map(|(n, ..)| n).sum();
        let told = parts.iter().filter(|(n, _, always)| *always || *n > 0);
        let told: Vec<String> = told.map(|(n, what, _)| format!("{n} {what}")).collect();
        write!(f, "{all} read: {}", told.join(", "))?;
        match self.superseded {
            0 => {}
            1 => write!(f, "; 1 earlier version superseded")?,
            n => write!(f, "; {n} earlier versions superseded")?,
        }
        Ok(())
    }
}
