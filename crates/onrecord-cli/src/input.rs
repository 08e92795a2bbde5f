//! Where reports come from: files, folders, archives, stdin. What comes in is cut into reports on
//! a thread of its own, a few at a time, so that a crawl of any size is read in little memory.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, IsTerminal as _, Read as _, Seek as _};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use onrecord::Record;
use onrecord::intake::{self, Broken, ColumnMap, Item, Limits, Member};
use onrecord::model::ProblemKind;
use rayon::prelude::*;

use crate::args::SourceArgs;
use crate::named::Named;
use crate::stop::Stop;
use crate::trouble::{Trouble, lower};
use crate::worker::{Readers, Taken};

/// Members handed on at once, and the bytes in them.
const BATCH: usize = 64;
const BATCH_BYTES: usize = 8 << 20;
/// Members waiting to be handed on.
const WAITING: usize = 4;
/// How long one archive is read.
const LONGEST: Duration = Duration::from_hours(12);
/// How often it is looked whether the run shall end.
const GLANCE: Duration = Duration::from_millis(100);
/// How long a batch waits for more.
const PATIENCE: Duration = Duration::from_millis(10);

/// What is behind a path.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Source {
    /// What is piped in.
    Stdin,
    /// A file that was named.
    File(PathBuf),
    /// A file of a folder that was named.
    Inside(PathBuf),
}

/// Everything that was asked for.
pub(crate) struct Inputs {
    /// In the order given; a path that cannot be used keeps its place as trouble.
    sources: Vec<Result<Source, Trouble>>,
    /// Several paths, or a folder.
    many: bool,
}

/// A report that was taken in and is not yet read.
pub(crate) struct Found {
    /// What to call it in messages.
    pub(crate) name: String,
    /// The report.
    pub(crate) taken: Taken,
    /// Its record, where that is what came in.
    pub(crate) record: Option<Box<Record>>,
    /// It lies in a folder or archive beside others: what is no text is no trouble there.
    pub(crate) aside: bool,
    /// Its carrier names it and gives none of its text, which may come as another report.
    pub(crate) named_only: bool,
}

/// What comes off the reading thread.
enum Piece {
    Member(Box<Member>, bool),
    /// A line of `read --json`, its name, and whether it stands beside others.
    Record(String, Box<Record>, bool),
    Skipped(Broken),
    Trouble(Trouble),
}

/// Finds what is behind the paths: a folder stands for the files in it and in its folders,
/// sorted.
///
/// # Errors
/// When there is no path and nothing is piped in.
pub(crate) fn expand(paths: &[PathBuf]) -> Result<Inputs, Trouble> {
    if paths.is_empty() {
        if io::stdin().is_terminal() {
            return Err(Trouble::NoPath);
        }
        return Ok(Inputs {
            sources: vec![Ok(Source::Stdin)],
            many: false,
        });
    }
    let mut sources = Vec::new();
    let mut many = paths.len() > 1;
    for path in paths {
        if path.as_os_str() == "-" {
            sources.push(Ok(Source::Stdin));
        } else if path.is_dir() {
            many = true;
            sources.extend(folder(path));
        } else if path.exists() {
            sources.push(Ok(Source::File(path.clone())));
        } else {
            sources.push(Err(Trouble::Missing(path.clone())));
        }
    }
    Ok(Inputs { sources, many })
}

fn folder(path: &Path) -> Vec<Result<Source, Trouble>> {
    let mut files = Vec::new();
    let mut out = Vec::new();
    let mut open = vec![path.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(why) => {
                let path = folder;
                out.push(Err(Trouble::Unreadable { path, why }));
                continue;
            }
        };
        for entry in entries.filter_map(Result::ok) {
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            match entry.file_type() {
                _ if hidden => {}
                // A link may lead in a circle; a file behind one is taken.
                Ok(kind) if kind.is_dir() => open.push(entry.path()),
                Ok(_) if entry.path().is_file() => files.push(entry.path()),
                _ => {}
            }
        }
    }
    files.sort();
    if files.is_empty() && out.is_empty() {
        out.push(Err(Trouble::NoReports(path.to_owned())));
    }
    out.extend(files.into_iter().map(|f| Ok(Source::Inside(f))));
    out
}

/// Reports as they come in.
pub(crate) struct Stream {
    pieces: Receiver<Piece>,
    /// Those who take in what comes, and read it.
    pub(crate) readers: Arc<Readers>,
    place: Arc<Mutex<Place>>,
    /// Bytes in all, where that is known.
    pub(crate) size: Option<u64>,
    /// Several paths, a folder, or more than one report so far.
    pub(crate) many: bool,
    /// Who may ask that no more be taken in.
    pub(crate) stop: Option<Arc<Stop>>,
    seen: usize,
    /// Several paths, or a folder.
    several: bool,
    named: Named,
}

/// How far the reading thread has come.
#[derive(Default)]
struct Place {
    before: u64,
    file: Option<File>,
}

impl Inputs {
    /// Begins to take in.
    pub(crate) fn open(self, args: &SourceArgs) -> Stream {
        let (sender, pieces) = sync_channel(WAITING);
        let place = Arc::new(Mutex::new(Place::default()));
        let many = self.many;
        let size = self
            .sources
            .iter()
            .filter_map(|s| s.as_ref().ok())
            .map(size);
        let map = args.map.clone().unwrap_or_default();
        let stream = Stream {
            pieces,
            readers: Arc::new(Readers::new(args.envelope(), map.clone())),
            place: place.clone(),
            size: size.sum::<Option<u64>>().filter(|s| *s > 0),
            many,
            stop: None,
            seen: 0,
            several: many,
            named: Named::default(),
        };
        let bounds = Bounds {
            map,
            limits: Limits::default().times(args.archive_limits),
            time: LONGEST * u32::try_from(args.archive_limits).unwrap_or(u32::MAX),
        };
        thread::spawn(move || {
            for source in self.sources {
                let own = source
                    .as_ref()
                    .map_or_else(ToString::to_string, Source::name);
                let taken = || take(source, &bounds, &place, &sender);
                // What cuts the input may stumble over it as well, and the other inputs go on.
                let flow = catch_unwind(AssertUnwindSafe(taken)).unwrap_or_else(|_| {
                    let (name, why) = (own, "cutting it into reports failed".to_owned());
                    sent(&sender, Piece::Trouble(Trouble::Lost { name, why }))
                });
                if flow.is_break() {
                    break;
                }
            }
        });
        stream
    }
}

fn size(source: &Source) -> Option<u64> {
    match source {
        Source::Stdin => None,
        Source::File(path) | Source::Inside(path) => {
            Some(path.metadata().map(|m| m.len()).unwrap_or_default())
        }
    }
}

/// How one input is cut.
struct Bounds {
    map: ColumnMap,
    limits: Limits,
    time: Duration,
}

impl Source {
    fn name(&self) -> String {
        match self {
            Self::Stdin => "stdin".to_owned(),
            Self::File(path) | Self::Inside(path) => path.display().to_string(),
        }
    }
}

fn sent(sender: &SyncSender<Piece>, piece: Piece) -> ControlFlow<()> {
    match sender.send(piece) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    }
}

/// Cuts one source into members and sends them; breaks off when nobody listens any more.
#[expect(
    clippy::disallowed_methods,
    reason = "an archive is given so much time and no more"
)]
fn take(
    source: Result<Source, Trouble>,
    bounds: &Bounds,
    place: &Mutex<Place>,
    sender: &SyncSender<Piece>,
) -> ControlFlow<()> {
    let send = |piece| sent(sender, piece);
    let (name, inside, input) = match source {
        Err(trouble) => return send(Piece::Trouble(trouble)),
        Ok(Source::Stdin) => {
            let mut piped = BufReader::new(io::stdin());
            if piped.fill_buf().is_ok_and(is_record) {
                return records("stdin", piped, &send);
            }
            let input = intake::Input::Stream(Box::new(piped));
            ("stdin".to_owned(), false, input)
        }
        Ok(Source::File(path) | Source::Inside(path)) if path.is_dir() => {
            return send(Piece::Trouble(Trouble::Missing(path)));
        }
        Ok(ref source @ (Source::File(ref path) | Source::Inside(ref path))) => {
            let inside = matches!(source, Source::Inside(_));
            match File::open(path) {
                Ok(file) => {
                    let len = size(source).unwrap_or_default();
                    let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
                    if let Some(file) = place.file.take() {
                        place.before += file.metadata().map(|m| m.len()).unwrap_or_default();
                    }
                    place.file = file.try_clone().ok().filter(|_| len > 0);
                    let name = path.display().to_string();
                    drop(place);
                    if holds_records(&file) {
                        return records(&name, BufReader::new(file), &send);
                    }
                    (name, inside, intake::Input::File(file))
                }
                Err(why) => {
                    let path = path.clone();
                    return send(Piece::Trouble(Trouble::Unreadable { path, why }));
                }
            }
        }
    };
    let begun = Instant::now();
    let mut late = false;
    let flow = intake::walk_within(&name, input, &bounds.map, bounds.limits, &mut |item| {
        late = begun.elapsed() > bounds.time;
        match item {
            _ if late => ControlFlow::Break(()),
            Item::Member(member) => {
                let aside = inside || member.name != name;
                send(Piece::Member(member, aside))
            }
            Item::Skipped(what) => send(Piece::Skipped(what)),
            Item::Broken(what) => send(Piece::Trouble(Trouble::Broken(what))),
        }
    });
    if late {
        let hours = bounds.time.as_secs() / 3600;
        let why = format!("it took more than {hours} hours; the rest of it was not read");
        return send(Piece::Trouble(Trouble::Broken(Broken { name, why })));
    }
    flow
}

/// How a record begins as this program writes it.
const RECORD: &[u8] = b"{\"report\":{\"id\":\"sha256:";

/// Whether bytes begin as a line of `read --json` does.
fn is_record(bytes: &[u8]) -> bool {
    bytes.starts_with(RECORD)
}

/// Whether a file begins with a record. What cannot be begun twice, a pipe with a name, is not looked at.
fn holds_records(mut file: &File) -> bool {
    let mut first = [0; RECORD.len()];
    let regular = file.metadata().is_ok_and(|m| m.is_file());
    let ours = regular && file.read_exact(&mut first).is_ok() && is_record(&first);
    let again = !regular || file.rewind().is_ok();
    ours && again
}

/// Sends the records of `read --json`, a line each, every span verified.
fn records(
    name: &str,
    lines: impl BufRead,
    send: &impl Fn(Piece) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for (number, line) in (1..).zip(lines.lines()) {
        let line = match line {
            Ok(line) if line.trim().is_empty() => continue,
            other => other,
        };
        let name = format!("{name}: line {number}");
        let record = line.map_err(|e| lower(&e)).and_then(|line| {
            Record::from_json(&line).map_err(|e| format!("the line is no record: {e}"))
        });
        send(match record {
            Ok(record) => Piece::Record(name, Box::new(record), true),
            Err(why) => Piece::Trouble(Trouble::Broken(Broken { name, why })),
        })?;
    }
    ControlFlow::Continue(())
}

impl Stream {
    /// The next reports, taken in; `None` behind the last. What is named only, as an item of a feed that
    /// is but a title, comes last, and not at all where the report itself came.
    pub(crate) fn batch(&mut self) -> Option<Vec<Result<Found, Trouble>>> {
        let Some(first) = self.first() else {
            return self.still_named();
        };
        let mut pieces = vec![first];
        let mut bytes = 0;
        while pieces.len() < BATCH && bytes < BATCH_BYTES {
            match self.pieces.recv_timeout(PATIENCE) {
                Ok(piece) => {
                    if let Piece::Member(member, _) = &piece {
                        bytes += member.size();
                    }
                    pieces.push(piece);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        let (readers, several) = (&*self.readers, self.several);
        let batch: Vec<_> = pieces
            .into_par_iter()
            .flat_map_iter(|piece| reports(piece, readers, several))
            .collect();
        let batch = self.named.sift(batch);
        self.seen += batch.iter().filter(|f| f.is_ok()).count();
        self.many |= self.seen > 1;
        Some(batch)
    }

    /// The next piece, however long it takes to come; `None` behind the last, or when no more shall
    /// be taken in.
    fn first(&self) -> Option<Piece> {
        if self.stop.is_none() {
            return self.pieces.recv().ok();
        }
        while !self.is_stopped() {
            match self.pieces.recv_timeout(GLANCE) {
                Err(RecvTimeoutError::Timeout) => {}
                piece => return piece.ok(),
            }
        }
        None
    }

    /// Whether no more shall be taken in.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.as_ref().is_some_and(|s| s.signal().is_some())
    }

    /// What is named only and came in no other way.
    fn still_named(&mut self) -> Option<Vec<Result<Found, Trouble>>> {
        let rest = self.named.rest();
        self.seen += rest.len();
        self.many |= self.seen > 1;
        (!rest.is_empty()).then_some(rest)
    }

    /// Bytes taken in so far.
    pub(crate) fn done(&self) -> u64 {
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        let before = place.before;
        let at = place.file.as_mut().and_then(|f| f.stream_position().ok());
        before + at.unwrap_or_default()
    }
}

/// The reports in what came off the reading thread.
fn reports(piece: Piece, readers: &Readers, many: bool) -> Vec<Result<Found, Trouble>> {
    let (member, aside) = match piece {
        Piece::Member(member, aside) => (member, aside),
        Piece::Record(name, record, aside) => {
            let taken = Taken {
                report: record.report.clone(),
                problems: record.problems.clone(),
            };
            return vec![Ok(Found {
                name,
                taken,
                record: Some(record),
                aside,
                named_only: false,
            })];
        }
        Piece::Skipped(what) => return vec![Err(Trouble::Skipped(what))],
        Piece::Trouble(trouble) => return vec![Err(trouble)],
    };
    let all = match readers.take_in(&member) {
        Ok(all) => all,
        Err(trouble) => return vec![Err(trouble)],
    };
    let several = all.len() > 1;
    // A feed that is read alone has nothing beside it that could be the report.
    let beside = aside || many;
    let found = all.into_iter().enumerate().map(|(i, taken)| {
        let name = if several {
            format!("{}: report {}", member.name, i + 1)
        } else {
            member.name.clone()
        };
        let untold = taken.problems.iter().any(|p| p.kind == ProblemKind::NoText);
        Ok(Found {
            named_only: beside && untold && taken.report.url.is_some(),
            name,
            taken,
            record: None,
            aside: aside || several,
        })
    });
    found.collect()
}
