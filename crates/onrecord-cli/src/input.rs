//! Where reports come from: files, folders, archives, stdin. What comes in is cut into reports on
//! a thread of its own, a few at a time, so that a crawl of any size is read in little memory.

use std::fs::{self, File};
use std::io::{self, IsTerminal as _, Seek as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use onrecord::Envelope;
use onrecord::intake::{self, Broken, ColumnMap, Intake, Item, Member};
use rayon::prelude::*;

use crate::args::SourceArgs;
use crate::trouble::Trouble;

/// Members handed on at once, and the bytes in them.
const BATCH: usize = 64;
const BATCH_BYTES: usize = 8 << 20;
/// Members waiting to be handed on.
const WAITING: usize = 4;
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
    pub(crate) intake: Intake,
    /// It lies in a folder or archive beside others: what is no text is no trouble there.
    pub(crate) aside: bool,
}

/// What comes off the reading thread.
enum Piece {
    Member(Box<Member>, bool),
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
    envelope: Envelope,
    map: ColumnMap,
    place: Arc<Mutex<Place>>,
    /// Bytes in all, where that is known.
    pub(crate) size: Option<u64>,
    /// Several paths, a folder, or more than one report so far.
    pub(crate) many: bool,
    seen: usize,
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
        let stream = Stream {
            pieces,
            envelope: args.envelope(),
            map: args.map.clone().unwrap_or_default(),
            place: place.clone(),
            size: size.sum::<Option<u64>>().filter(|s| *s > 0),
            many,
            seen: 0,
        };
        let map = stream.map.clone();
        thread::spawn(move || {
            for source in self.sources {
                if take(source, &map, &place, &sender).is_break() {
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

/// Cuts one source into members and sends them; breaks off when nobody listens any more.
fn take(
    source: Result<Source, Trouble>,
    map: &ColumnMap,
    place: &Mutex<Place>,
    sender: &SyncSender<Piece>,
) -> ControlFlow<()> {
    let send = |piece| match sender.send(piece) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    };
    let (name, inside, input) = match source {
        Err(trouble) => return send(Piece::Trouble(trouble)),
        Ok(Source::Stdin) => {
            let input = intake::Input::Stream(Box::new(io::stdin()));
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
                    (name, inside, intake::Input::File(file))
                }
                Err(why) => {
                    let path = path.clone();
                    return send(Piece::Trouble(Trouble::Unreadable { path, why }));
                }
            }
        }
    };
    intake::walk(&name, input, map, &mut |item| match item {
        Item::Member(member) => {
            let aside = inside || member.name != name;
            send(Piece::Member(member, aside))
        }
        Item::Skipped(what) => send(Piece::Skipped(what)),
        Item::Broken(what) => send(Piece::Trouble(Trouble::Broken(what))),
    })
}

impl Stream {
    /// The next reports, taken in; `None` behind the last.
    pub(crate) fn batch(&mut self) -> Option<Vec<Result<Found, Trouble>>> {
        let mut pieces = vec![self.pieces.recv().ok()?];
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
        let (envelope, map) = (&self.envelope, &self.map);
        let batch: Vec<_> = pieces
            .into_par_iter()
            .flat_map_iter(|piece| reports(piece, envelope, map))
            .collect();
        self.seen += batch.iter().filter(|f| f.is_ok()).count();
        self.many |= self.seen > 1;
        Some(batch)
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
fn reports(piece: Piece, envelope: &Envelope, map: &ColumnMap) -> Vec<Result<Found, Trouble>> {
    let (member, aside) = match piece {
        Piece::Member(member, aside) => (member, aside),
        Piece::Skipped(what) => return vec![Err(Trouble::Skipped(what))],
        Piece::Trouble(trouble) => return vec![Err(trouble)],
    };
    let all = member.reports(envelope, map);
    let several = all.len() > 1;
    let found = all.into_iter().enumerate().map(|(i, intake)| {
        let name = if several {
            format!("{}: report {}", member.name, i + 1)
        } else {
            member.name.clone()
        };
        let aside = aside || several;
        Ok(Found {
            name,
            intake,
            aside,
        })
    });
    found.collect()
}
