//! How much one archive may unpack to, with all that lies in it: a few kilobytes can be made to hold
//! more than any disk.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use super::Source;

/// What one input may cost, however deep its archives are nested. An honest archive is far from these:
/// pages pack to a tenth.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Bytes that may be unpacked whatever the size of the input.
    pub unpacked: u64,
    /// Bytes that may be unpacked for each byte of the input, where that is more.
    pub ratio: u64,
    /// Files that archives may hold in all.
    pub members: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            unpacked: 1 << 30,
            ratio: 100,
            members: 1_000_000,
        }
    }
}

impl Limits {
    /// So many times as much of everything.
    #[must_use]
    pub const fn times(self, n: u64) -> Self {
        Self {
            unpacked: self.unpacked.saturating_mul(n),
            ratio: self.ratio.saturating_mul(n),
            members: self.members.saturating_mul(n),
        }
    }
}

/// What an input has cost so far.
#[derive(Debug)]
pub(super) struct Meter {
    limits: Limits,
    packed: Cell<u64>,
    unpacked: Cell<u64>,
    members: Cell<u64>,
}

impl Meter {
    pub(super) const fn new(limits: Limits) -> Self {
        Self {
            limits,
            packed: Cell::new(0),
            unpacked: Cell::new(0),
            members: Cell::new(0),
        }
    }

    /// So many bytes came in.
    pub(super) fn came(&self, bytes: u64) {
        self.packed.set(self.packed.get().saturating_add(bytes));
    }

    /// A file of an archive is opened.
    pub(super) fn opened(&self) {
        self.members.set(self.members.get() + 1);
    }

    /// Which limit is reached.
    pub(super) fn spent(&self) -> Option<String> {
        let Limits {
            unpacked,
            ratio,
            members,
        } = self.limits;
        let most = unpacked.max(self.packed.get().saturating_mul(ratio));
        if self.unpacked.get() > most {
            return Some(format!("it unpacks to more than {} MiB", most >> 20));
        }
        (self.members.get() > members).then(|| format!("it holds more than {members} files"))
    }
}

/// A stream that is counted: what comes in, or what is unpacked of it.
pub(super) struct Metered<S> {
    pub(super) stream: S,
    pub(super) meter: Rc<Meter>,
    pub(super) is_unpacked: bool,
}

impl<S: Read> Read for Metered<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(why) = self.meter.spent() {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
        }
        let n = self.stream.read(buffer)?;
        if self.is_unpacked {
            let unpacked = &self.meter.unpacked;
            unpacked.set(unpacked.get() + n as u64);
        } else {
            self.meter.came(n as u64);
        }
        Ok(n)
    }
}

impl<S: Source> Source for Metered<S> {
    fn resume(&mut self) -> bool {
        self.meter.spent().is_none() && self.stream.resume()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::ops::ControlFlow;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::super::{Input, Item, walk_within};
    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut out = GzEncoder::new(Vec::new(), Compression::best());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    /// A tar of so many texts of 100,000 bytes.
    fn archive(texts: usize) -> Vec<u8> {
        let mut out = tar::Builder::new(Vec::new());
        let text = "It rained. ".repeat(9091);
        for n in 0..texts {
            let mut header = tar::Header::new_ustar();
            header.set_size(text.len() as u64);
            header.set_cksum();
            let name = format!("{n}.txt");
            out.append_data(&mut header, name, text.as_bytes()).unwrap();
        }
        out.into_inner().unwrap()
    }

    /// How many members are read, and why no more are.
    fn walked(bytes: &[u8], limits: Limits) -> (usize, Vec<String>) {
        let (mut read, mut told) = (0, Vec::new());
        let input = Input::bytes(bytes.to_vec());
        let map = crate::ColumnMap::default();
        let _ = walk_within("x", input, &map, limits, &mut |item| {
            match item {
                Item::Member(_) => read += 1,
                Item::Broken(what) | Item::Skipped(what) => told.push(what.why),
            }
            ControlFlow::Continue(())
        });
        (read, told)
    }

    #[test]
    fn an_archive_ends_where_its_limit_is_and_is_told() {
        let limits = Limits {
            unpacked: 1 << 20,
            ratio: 2,
            members: 1000,
        };
        for bomb in [packed(&archive(40)), packed(&packed(&archive(40)))] {
            let (read, told) = walked(&bomb, limits);
            assert!((1..40).contains(&read), "{read}");
            assert!(told.last().unwrap().contains("the rest of it was not read"));
            let (read, told) = walked(&bomb, limits.times(100));
            assert_eq!((read, told.len()), (40, 0), "{told:?}");
        }
        let few = Limits {
            members: 5,
            ..Limits::default()
        };
        let (read, told) = walked(&archive(40), few);
        assert!(
            read <= 6 && told.last().unwrap().contains("more than 5 files"),
            "{read}"
        );
    }
}
