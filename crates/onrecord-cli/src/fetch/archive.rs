//! What an earlier run left in the archive, read back before the next one adds to it.
//!
//! The archive is the only memory: the last answer kept for a URL tells how to ask whether the page
//! changed (`ETag`, `Last-Modified`), and what its body was. So a file can be moved, copied or thrown
//! away without leaving anything behind that disagrees with it.
//!
//! A last member that ends too early was being written when something stopped the program; it is
//! cut off. Anything else that is not WARC is refused, never added to and never cut.
//!
//! Left out: looking further into damage in the middle of a file, and WARC that is not packed.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use flate2::bufread::GzDecoder;

use super::client::Validators;
use super::warc;
use crate::trouble::lower;

/// The longest line of a record's head that is read.
const LINE: u64 = 64 * 1024;

/// Why a file cannot be added to.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// A folder, a pipe, a device.
    #[error("`{}` is no regular file; name a file, as news.warc.gz, or `-` for stdout", .0.display())]
    NoFile(PathBuf),
    /// Something else than WARC.
    #[error("`{}` holds something else than gzip-compressed WARC; name another file", .0.display())]
    NoWarc(PathBuf),
    /// WARC that cannot be read to its end.
    #[error("`{}` is damaged at byte {at}; nothing was added, name another file", path.display())]
    Damaged {
        /// Which.
        path: PathBuf,
        /// Where the member begins that cannot be read.
        at: u64,
    },
    /// Another run at the same time.
    #[error("another program is writing to `{}`; wait for it, or name another file", .0.display())]
    Busy(PathBuf),
    /// The system says no.
    #[error("cannot open `{}`: {}; check the folder and its permissions", path.display(), lower(why))]
    Io {
        /// Which.
        path: PathBuf,
        /// What it said.
        why: io::Error,
    },
}

/// The last answer kept for a URL.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Known {
    /// How to ask whether it changed.
    pub(crate) validators: Validators,
    /// The digest of its body.
    pub(crate) digest: String,
    /// Where its member begins.
    at: u64,
}

/// An archive that may be added to.
#[derive(Debug)]
pub(crate) struct Archive {
    path: PathBuf,
    known: BTreeMap<String, Known>,
}

/// What was found at the end of the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Cut {
    /// Bytes of the member that was cut off.
    pub(crate) bytes: u64,
}

impl Archive {
    /// Opens or makes the file, reads what it holds, and cuts off a last member that was never
    /// finished. The file is locked until it is closed.
    ///
    /// # Errors
    /// When the file cannot be added to.
    pub(crate) fn open(path: &Path) -> Result<(Self, File, Option<Cut>), ArchiveError> {
        let io = |why| ArchiveError::Io {
            path: path.into(),
            why,
        };
        if path.exists() && !path.is_file() {
            return Err(ArchiveError::NoFile(path.into()));
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = options.open(path).map_err(io)?;
        locked(&file).map_err(|e| match e {
            TryLockError::WouldBlock => ArchiveError::Busy(path.into()),
            TryLockError::Error(why) => io(why),
        })?;
        let length = file.metadata().map_err(io)?.len();
        let mut archive = Self {
            path: path.into(),
            known: BTreeMap::new(),
        };
        let sound = archive.scan(&file)?;
        if sound < length {
            file.set_len(sound).map_err(io)?;
        }
        let cut = (sound < length).then_some(Cut {
            bytes: length - sound,
        });
        Ok((archive, file, cut))
    }

    /// The last answer kept for a URL.
    pub(crate) fn known(&self, url: &str) -> Option<&Known> {
        self.known.get(url)
    }

    /// The body of the last answer kept for a URL.
    pub(crate) fn body(&self, url: &str) -> Option<Vec<u8>> {
        let known = self.known.get(url)?;
        let mut file = File::open(&self.path).ok()?;
        file.seek(SeekFrom::Start(known.at)).ok()?;
        let mut member = BufReader::new(GzDecoder::new(BufReader::new(file)));
        let mut body = None;
        records(&mut member, |target, answer| {
            if target == url && body.is_none() {
                body = Some(answer.body);
            }
        })
        .ok()?;
        body
    }

    /// Reads all members, and says where the last whole one ends.
    fn scan(&mut self, file: &File) -> Result<u64, ArchiveError> {
        let mut input = Counted {
            inner: BufReader::new(file),
            at: 0,
        };
        loop {
            let at = input.at;
            let rest = input.fill_buf().map_err(|why| ArchiveError::Io {
                path: self.path.clone(),
                why,
            })?;
            if rest.is_empty() {
                return Ok(at);
            }
            let mut member = BufReader::new(GzDecoder::new(&mut input));
            let mut answers = Vec::new();
            let read = records(&mut member, |url, answer| {
                let known = Known {
                    validators: answer.validators,
                    digest: warc::digest(&answer.body),
                    at,
                };
                answers.push((url, known));
            });
            match read {
                Ok(()) => self.known.extend(answers),
                // Nothing of ours was ever here: too little to tell, or another format.
                Err(Bad::Torn { warc: false } | Bad::Other) if at == 0 => {
                    return Err(ArchiveError::NoWarc(self.path.clone()));
                }
                Err(Bad::Torn { .. }) if is_last(file, at) => return Ok(at),
                Err(_) => {
                    return Err(ArchiveError::Damaged {
                        path: self.path.clone(),
                        at,
                    });
                }
            }
        }
    }
}

/// The longest torn end that is looked through, and so cut off.
const TORN: u64 = 256 * 1024 * 1024;

/// Whether no other record begins behind the one at `at`. A damaged member can be unpacked past its own
/// end to that of the file, and then looks torn.
fn is_last(mut file: &File, at: u64) -> bool {
    let mut rest = Vec::new();
    let read = file
        .seek(SeekFrom::Start(at))
        .and_then(|_| file.take(TORN + 1).read_to_end(&mut rest));
    if read.is_err() || rest.len() as u64 > TORN {
        return false;
    }
    let begins = |from: usize| {
        let mut start = [0; 7];
        rest[from..].starts_with(&[0x1f, 0x8b, 8])
            && GzDecoder::new(&rest[from..]).read_exact(&mut start).is_ok()
            && start == *b"WARC/1."
    };
    !(1..rest.len()).any(begins)
}

/// Why a member was not read to its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Bad {
    /// The file ends within it.
    Torn {
        /// Whether what is there begins as WARC does.
        warc: bool,
    },
    /// It is no gzip, or holds no WARC.
    Other,
}

/// An HTTP answer as it lies in the archive.
struct Kept {
    validators: Validators,
    body: Vec<u8>,
}

/// Reads the records of a member and hands on its answers with status 200.
fn records(member: &mut impl BufRead, mut found: impl FnMut(String, Kept)) -> Result<(), Bad> {
    let mut warc = false;
    let mut one = || -> Result<bool, io::Error> {
        let Some(line) = first_line(member)? else {
            return Ok(false);
        };
        if !line.starts_with(b"WARC/1.") {
            return Err(ErrorKind::InvalidData.into());
        }
        warc = true;
        let head = fields(member)?;
        let length = field(&head, "content-length").and_then(|l| l.trim().parse::<u64>().ok());
        let length = length.ok_or(ErrorKind::InvalidData)?;
        let mut block = Vec::new();
        member.by_ref().take(length).read_to_end(&mut block)?;
        if block.len() as u64 != length {
            return Err(ErrorKind::InvalidData.into());
        }
        if field(&head, "warc-type").as_deref() == Some("response")
            && let Some(url) = field(&head, "warc-target-uri")
            && let Some(kept) = kept(&block)
        {
            // WARC 1.0 wrote the URL in angle brackets.
            found(url.trim_matches(['<', '>']).to_owned(), kept);
        }
        Ok(true)
    };
    loop {
        match one() {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(e) if e.kind() == ErrorKind::UnexpectedEof => return Err(Bad::Torn { warc }),
            Err(_) => return Err(Bad::Other),
        }
    }
}

/// The next line that is not empty; records are followed by empty ones.
fn first_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    loop {
        match line(input)? {
            None => return Ok(None),
            Some(line) if line.is_empty() => {}
            Some(line) => return Ok(Some(line)),
        }
    }
}

/// A line without its end, or nothing at the end of the input.
fn line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    if input.by_ref().take(LINE).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.pop() != Some(b'\n') {
        return Err(ErrorKind::InvalidData.into());
    }
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    Ok(Some(bytes))
}

type Fields = Vec<(String, Vec<u8>)>;

/// Fields up to the empty line.
fn fields(input: &mut impl BufRead) -> io::Result<Fields> {
    let mut fields = Vec::new();
    while let Some(line) = line(input)? {
        if line.is_empty() {
            return Ok(fields);
        }
        if let Some(colon) = line.iter().position(|b| *b == b':') {
            let name = String::from_utf8_lossy(&line[..colon]).to_ascii_lowercase();
            fields.push((name, line[colon + 1..].trim_ascii().to_vec()));
        }
    }
    Err(ErrorKind::InvalidData.into())
}

fn field(fields: &Fields, name: &str) -> Option<String> {
    raw(fields, name).and_then(|value| String::from_utf8(value).ok())
}

fn raw(fields: &Fields, name: &str) -> Option<Vec<u8>> {
    let found = fields.iter().find(|(n, _)| n == name);
    found.map(|(_, value)| value.clone())
}

/// Locks a file, or waits a moment for whoever is about to let it go: a program that was just
/// started by one of ours holds its files until it runs.
fn locked(file: &File) -> Result<(), TryLockError> {
    for _ in 0..20 {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(10)),
            done => return done,
        }
    }
    file.try_lock()
}

/// Takes an HTTP answer apart.
fn kept(block: &[u8]) -> Option<Kept> {
    let mut rest = block;
    let status = line(&mut rest).ok()??;
    let code = status.split(|b| *b == b' ').nth(1)?;
    if code != b"200" {
        return None;
    }
    let head = fields(&mut rest).ok()?;
    Some(Kept {
        validators: Validators {
            etag: raw(&head, "etag"),
            modified: raw(&head, "last-modified"),
        },
        body: rest.to_vec(),
    })
}

/// A reader that knows how far it is.
struct Counted<R> {
    inner: R,
    at: u64,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
        self.at += amount as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::super::warc::tests::answer;
    use super::super::warc::{Sink, Warc};
    use super::*;
    use std::fs;
    use url::Url;

    fn archive(folder: &Path) -> PathBuf {
        let path = folder.join("news.warc.gz");
        let (_, file, _) = Archive::open(&path).unwrap();
        let mut warc = Warc::new(Sink::File(file, None), "onrecord".into());
        for (name, body, etag) in [
            ("a", "old", "\"1\""),
            ("b", "b", "\"b\""),
            ("a", "new", "\"2\""),
        ] {
            let url = Url::parse("https://example.org")
                .unwrap()
                .join(name)
                .unwrap();
            warc.keep(&url, &answer(body, etag)).unwrap();
        }
        warc.close().unwrap();
        path
    }

    #[test]
    fn the_last_answer_of_a_url_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let path = archive(folder.path());
        let (archive, _file, cut) = Archive::open(&path).unwrap();
        assert_eq!(cut, None);
        let known = archive.known("https://example.org/a").unwrap();
        assert_eq!(known.validators.etag.as_deref(), Some(&b"\"2\""[..]));
        assert_eq!(known.digest, warc::digest(b"new"));
        assert_eq!(archive.body("https://example.org/a").unwrap(), b"new");
        assert_eq!(archive.known("https://example.org/c"), None);
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test looks into the file")]
    fn a_torn_end_is_cut_off_wherever_it_was_torn() {
        let folder = tempfile::tempdir().unwrap();
        let path = archive(folder.path());
        let whole = fs::read(&path).unwrap();
        let last = {
            let (archive, ..) = Archive::open(&path).unwrap();
            archive.known("https://example.org/a").unwrap().at as usize
        };
        for end in last + 1..whole.len() {
            fs::write(&path, &whole[..end]).unwrap();
            let (archive, file, cut) = Archive::open(&path).unwrap();
            assert_eq!(
                cut,
                Some(Cut {
                    bytes: (end - last) as u64
                }),
                "{end}"
            );
            assert_eq!(file.metadata().unwrap().len(), last as u64);
            assert_eq!(archive.body("https://example.org/a").unwrap(), b"old");
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test looks into the file")]
    fn what_is_no_warc_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = archive(folder.path());
        let whole = fs::read(&path).unwrap();
        // A member in the middle that ends too early: the file after it is not for us to cut.
        let mut short = whole.clone();
        short.remove(whole.len() / 2);
        let mut flipped = whole.clone();
        flipped[whole.len() / 2] ^= 0xff;
        let mut followed = whole.clone();
        followed.extend_from_slice(b"WARC/1.1\r\n");
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        io::Write::write_all(&mut packed, b"Dear diary,\n\n").unwrap();
        let packed = packed.finish().unwrap();
        let files: [&[u8]; 8] = [
            b"Dear diary",
            b"\n",
            b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
            &packed,
            &packed[..packed.len() - 3],
            &flipped,
            &short,
            &followed,
        ];
        for (i, bytes) in files.into_iter().enumerate() {
            fs::write(&path, bytes).unwrap();
            assert!(Archive::open(&path).is_err(), "{i}");
            assert_eq!(fs::read(&path).unwrap(), bytes, "{i}");
        }
    }

    #[test]
    fn two_runs_do_not_write_to_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = archive(folder.path());
        let (_archive, _file, _) = Archive::open(&path).unwrap();
        assert!(matches!(Archive::open(&path), Err(ArchiveError::Busy(_))));
        assert!(matches!(
            Archive::open(folder.path()),
            Err(ArchiveError::NoFile(_))
        ));
    }
}
