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
