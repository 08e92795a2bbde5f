//! What comes in, cut into members that hold a few reports each: compressed files, archives,
//! crawls, mailboxes, JSON Lines, tables. Everything is told by content, not by name.
//!
//! Members are handed on one by one, so that a crawl of many gigabytes is read in the memory of
//! its largest member. One that is broken is told, and the rest goes on.
//!
//! ```
//! use std::ops::ControlFlow;
//! use onrecord_intake::{ColumnMap, Input, Item, walk};
//!
//! let lines = b"{\"title\":\"Ferry reopens\",\"text\":\"It sailed.\"}\n{\"title\":\"Pier shut\"}\n";
//! let mut names = Vec::new();
//! let _ = walk("day.jsonl", Input::bytes(lines.to_vec()), &ColumnMap::default(), &mut |item| {
//!     if let Item::Member(member) = item {
//!         names.push(member.name);
//!     }
//!     ControlFlow::Continue(())
//! });
//! assert_eq!(names, ["day.jsonl: line 1", "day.jsonl: line 2"]);
//! ```
//!
//! Left out: what a member holds (`formats`).

mod arc;
mod archive;
mod compressed;
mod head;
mod limits;
mod lines;
mod mbox;
mod table;
mod warc;

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::rc::Rc;

use onrecord_model::{Envelope, Problem, ProblemKind};
use serde::{Deserialize, Serialize};

use crate::formats::{ColumnMap, Row};
use crate::{Beside, Intake, decode};
use head::{HEAD, head};
pub use limits::Limits;
use limits::{Meter, Metered};

/// A member larger than this, in bytes, is no report and is not taken in.
const LARGEST: u64 = 128 << 20;
/// Archives in archives, no deeper.
const DEEPEST: usize = 6;

/// What comes in.
pub enum Input {
    /// A file, which can be read from any place.
    File(File),
    /// A stream, read from its beginning to its end.
    Stream(Box<dyn Read + Send>),
}

impl Input {
    /// Bytes in memory.
    pub fn bytes(bytes: Vec<u8>) -> Self {
        Self::Stream(Box::new(Cursor::new(bytes)))
    }
}

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::File(_) => "File",
            Self::Stream(_) => "Stream",
        })
    }
}

/// What is found on the way through an input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
    /// A member to be read.
    Member(Box<Member>),
    /// A member that holds no reports: a picture in an archive.
    Skipped(Broken),
    /// A member that should have been read and could not be.
    Broken(Broken),
}

/// A member that was not taken in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Broken {
    /// What it is called.
    pub name: String,
    /// Why: lower case, no full stop.
    pub why: String,
}

/// A piece of an input that holds one report, or a feed or message of some.
///
/// Written down for another process it leaves its bytes out: they go beside it as they are
/// ([`Member::raw`], [`Member::with_raw`]).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Member {
    /// Where it was found: `day.warc.gz: https://harborpost.example/ferry`.
    pub name: String,
    /// What its container says of it.
    pub envelope: Envelope,
    content: Content,
    problems: Vec<Problem>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
enum Content {
    Bytes(#[serde(skip)] Vec<u8>),
    Row(Row),
}

impl Member {
    /// Its size in bytes.
    pub fn size(&self) -> usize {
        match &self.content {
            Content::Bytes(bytes) => bytes.len(),
            Content::Row(row) => row.columns.iter().map(|(_, v)| v.len()).sum(),
        }
    }

    /// Its bytes; a row of a table has none.
    pub fn raw(&self) -> &[u8] {
        match &self.content {
            Content::Bytes(bytes) => bytes,
            Content::Row(_) => &[],
        }
    }

    /// The same with other bytes; a row of a table takes none.
    #[must_use]
    pub fn with_raw(mut self, raw: Vec<u8>) -> Self {
        if let Content::Bytes(bytes) = &mut self.content {
            *bytes = raw;
        }
        self
    }

    /// Reads its reports; what `envelope` says wins over what the member says of itself.
    pub fn reports(&self, envelope: &Envelope, map: &ColumnMap) -> Vec<Intake> {
        let beside = Beside {
            given: envelope,
            found: self.envelope.clone(),
        };
        let mut all = match &self.content {
            Content::Bytes(bytes) => crate::all(bytes, &beside, map),
            Content::Row(row) => vec![crate::row_of(row, &beside, map)],
        };
        for intake in &mut all {
            intake.problems.extend(self.problems.iter().cloned());
        }
        all
    }

    fn bytes(name: &str, bytes: Vec<u8>) -> Self {
        Self {
            name: name.to_owned(),
            envelope: Envelope::default(),
            content: Content::Bytes(bytes),
            problems: Vec::new(),
        }
    }

    fn row(name: String, row: Row) -> Self {
        Self {
            name,
            envelope: Envelope::default(),
            content: Content::Row(row),
            problems: Vec::new(),
        }
    }
}

/// Walks through an input, handing on what is found, in order, until `visit` breaks off. An archive
/// that unpacks to more than [`Limits::default`] allows ends there, and is told.
pub fn walk(
    name: &str,
    input: Input,
    map: &ColumnMap,
    visit: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> ControlFlow<()> {
    walk_within(name, input, map, Limits::default(), visit)
}

/// As [`walk`], within other limits.
pub fn walk_within(
    name: &str,
    input: Input,
    map: &ColumnMap,
    limits: Limits,
    visit: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut walk = Walk {
        map,
        visit,
        depth: 0,
        meter: Rc::new(Meter::new(limits)),
        spent: None,
    };
    let flow = walk.input(name, input);
    match walk.spent.take() {
        Some(why) => walk.broken(name, &format!("{why}; the rest of it was not read")),
        None => flow,
    }
}

/// A stream that may be able to go on behind a fault.
trait Source: Read {
    /// Goes to the next place behind a fault from which can be read; `false` when there is none.
    fn resume(&mut self) -> bool {
        false
    }
}

/// A stream without parts.
struct Whole<R>(R);

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl<R: Read> Source for Whole<R> {}

/// A stream whose head was looked at.
struct Headed<'a> {
    head: Cursor<Vec<u8>>,
    /// The fault that ended the look.
    fault: Option<io::Error>,
    rest: Box<dyn Source + 'a>,
}

impl Read for Headed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match (self.head.read(buffer)?, self.fault.take()) {
            (0, Some(fault)) => Err(fault),
            (0, None) => self.rest.read(buffer),
            (n, fault) => {
                self.fault = fault;
                Ok(n)
            }
        }
    }
}

impl Source for Headed<'_> {
    fn resume(&mut self) -> bool {
        self.rest.resume()
    }
}

/// What a stream is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Gzip,
    Zstd,
    Zip,
    Tar,
    Parquet,
    Warc,
    Arc,
    Mbox,
    Other,
}

fn kind(head: &[u8]) -> Kind {
    match head {
        [0x1f, 0x8b, ..] => Kind::Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Kind::Zstd,
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Kind::Zip,
        [b'P', b'A', b'R', b'1', ..] => Kind::Parquet,
        [b'W', b'A', b'R', b'C', b'/', ..] => Kind::Warc,
        _ if head.starts_with(arc::OPENS) => Kind::Arc,
        _ if head.get(257..262) == Some(b"ustar") => Kind::Tar,
        _ if mbox::is_mbox(head) => Kind::Mbox,
        _ => Kind::Other,
    }
}

/// A list of reports in text.
#[derive(Clone, Copy, Debug)]
enum List {
    Table(table::Dialect),
    Lines,
}

impl List {
    /// What a text that begins so lists; `None` when it is no list.
    fn of(head: &[u8], map: &ColumnMap) -> Option<Self> {
        let table = table::dialect(head, map).map(Self::Table);
        table.or_else(|| lines::may_be_lines(head).then_some(Self::Lines))
    }
}

struct Walk<'w> {
    map: &'w ColumnMap,
    visit: &'w mut dyn FnMut(Item) -> ControlFlow<()>,
    depth: usize,
    meter: Rc<Meter>,
    /// Why the walk breaks off by itself.
    spent: Option<String>,
}

impl Walk<'_> {
    fn input(&mut self, name: &str, input: Input) -> ControlFlow<()> {
        let mut file = match input {
            Input::Stream(stream) => return self.whole(name, stream),
            Input::File(file) => file,
        };
        let mut start = BufReader::with_capacity(HEAD, &mut file);
        let looked = head(&mut start, |_| false);
        let looked = looked.and_then(|h| file.seek(SeekFrom::Start(0)).map(|_| h));
        let head = match looked {
            Ok((head, _)) => head,
            Err(why) => return self.broken(name, &why),
        };
        match kind(&head) {
            Kind::Zip => {
                self.meter.came(file.metadata().map_or(0, |m| m.len()));
                self.zip(name, file)
            }
            Kind::Parquet => self.parquet(name, file),
            _ => self.whole(name, file),
        }
    }

    /// What comes in as it is.
    fn whole(&mut self, name: &str, stream: impl Read) -> ControlFlow<()> {
        let stream = self.metered(Whole(stream), false);
        self.stream(name, Box::new(stream))
    }

    /// What comes out of an archive or a compressed file. Nothing more does when that is enough.
    fn unpacked(&mut self, name: &str, stream: impl Source) -> ControlFlow<()> {
        let stream = self.metered(stream, true);
        self.stream(name, Box::new(stream))?;
        self.spent = self.meter.spent();
        match self.spent {
            Some(_) => ControlFlow::Break(()),
            None => ControlFlow::Continue(()),
        }
    }

    fn metered<S>(&self, stream: S, is_unpacked: bool) -> Metered<S> {
        let meter = self.meter.clone();
        Metered {
            stream,
            meter,
            is_unpacked,
        }
    }

    fn member(&mut self, member: Member) -> ControlFlow<()> {
        (self.visit)(Item::Member(Box::new(member)))
    }

    fn broken(&mut self, name: &str, why: &impl ToString) -> ControlFlow<()> {
        (self.visit)(Item::Broken(Broken {
            name: name.to_owned(),
            why: why.to_string(),
        }))
    }

    fn skipped(&mut self, name: &str, why: String) -> ControlFlow<()> {
        let name = name.to_owned();
        (self.visit)(Item::Skipped(Broken { name, why }))
    }

    fn stream<'a>(&mut self, name: &str, mut stream: Box<dyn Source + 'a>) -> ControlFlow<()> {
        if self.depth > DEEPEST {
            return self.broken(name, &"archives are nested too deep");
        }
        self.depth += 1;
        // Who pipes reports in one by one does not wait for 64 KiB of them. Inside an archive what comes
        // at once is chance, and only the first bytes tell.
        let outermost = self.depth == 1;
        let is_told = |head: &[u8]| match kind(head) {
            Kind::Gzip | Kind::Zstd | Kind::Warc => true,
            Kind::Other => outermost && lines::may_be_lines(head),
            _ => false,
        };
        let flow = match head(&mut stream, is_told) {
            Ok((head, fault)) => {
                let kind = kind(&head);
                let (head, rest) = (Cursor::new(head), stream);
                self.told(name, kind, Headed { head, fault, rest })
            }
            Err(why) => self.broken(name, &why),
        };
        self.depth -= 1;
        flow
    }

    fn told(&mut self, name: &str, kind: Kind, stream: Headed<'_>) -> ControlFlow<()> {
        match kind {
            Kind::Gzip => {
                let inner = compressed::Gunzip::new(stream);
                self.unpacked(name, inner)
            }
            Kind::Zstd => match compressed::unzstd(stream) {
                Ok(inner) => self.unpacked(name, Whole(inner)),
                Err(why) => self.broken(name, &why),
            },
            Kind::Tar => self.tar(name, stream),
            Kind::Warc => self.warc(name, stream),
            Kind::Arc => self.arc(name, stream),
            Kind::Mbox => self.mbox(name, stream),
            // Their tables of contents are at the end.
            Kind::Zip | Kind::Parquet => match all(stream) {
                Ok((bytes, None)) if kind == Kind::Zip => self.zip(name, Cursor::new(bytes)),
                Ok((bytes, None)) => self.parquet(name, bytes::Bytes::from(bytes)),
                Ok((_, Some(why))) | Err(why) => self.broken(name, &why),
            },
            Kind::Other => self.other(name, stream),
        }
    }

    fn other(&mut self, name: &str, stream: Headed<'_>) -> ControlFlow<()> {
        let head = stream.head.get_ref();
        // What other programs of tables write is often UTF-16, in whose bytes commas stand too.
        if let Some(encoding) = decode::utf16(head) {
            if let Some(list) = List::of(encoding.decode(head).0.as_bytes(), self.map) {
                let words = encoding_rs_io::DecodeReaderBytesBuilder::new()
                    .encoding(Some(encoding))
                    .bom_override(true)
                    .strip_bom(true)
                    .build(stream);
                return self.list(name, list, Whole(words));
            }
        } else if let Some(list) = List::of(head, self.map) {
            return self.list(name, list, stream);
        }
        if self.depth > 1
            && let Some(what) = decode::binary(head)
        {
            return self.skipped(name, format!("it is {what}, not text"));
        }
        self.document(name, stream)
    }

    fn list(&mut self, name: &str, list: List, stream: impl Source) -> ControlFlow<()> {
        match list {
            List::Table(dialect) => self.csv(name, dialect, stream),
            List::Lines => self.lines(name, stream),
        }
    }

    /// A member that is read in one piece.
    fn document(&mut self, name: &str, stream: impl Read) -> ControlFlow<()> {
        match all(stream) {
            Ok((bytes, fault)) => {
                let mut member = Member::bytes(name, bytes);
                member.problems.extend(fault.map(|why| {
                    let why = format!("the end is missing: {why}");
                    Problem::new(ProblemKind::Malformed, why)
                }));
                self.member(member)
            }
            Err(why) => self.broken(name, &why),
        }
    }
}

/// Everything in a stream, with the fault it ends with where it is cut short.
///
/// # Errors
/// When nothing can be read, or there is too much of it.
fn all(stream: impl Read) -> io::Result<(Vec<u8>, Option<io::Error>)> {
    let mut bytes = Vec::new();
    let fault = stream.take(LARGEST + 1).read_to_end(&mut bytes).err();
    if bytes.len() as u64 > LARGEST {
        let why = format!("it is larger than {} MiB", LARGEST >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
    }
    match fault {
        Some(why) if bytes.is_empty() => Err(why),
        fault => Ok((bytes, fault)),
    }
}
