//! JSON Lines: an object on every line.

use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use super::{LARGEST, Member, Source, Walk};

/// Whether a stream that begins so is JSON Lines: an object ends with the first line, or the
/// first line is longer than what was looked at.
pub(super) fn may_be_lines(head: &[u8]) -> bool {
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let start = start.trim_ascii_start();
    if !start.starts_with(b"{") {
        return false;
    }
    let lines = start.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
    let mut lines = lines.filter(|l| !l.is_empty()).take(2);
    let (Some(first), next) = (lines.next(), lines.next()) else {
        return false;
    };
    let whole = |line: &[u8]| {
        line.ends_with(b"}") && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
    };
    // One of the first two may be broken.
    match next {
        None => whole(first) && start.contains(&b'\n'),
        Some(next) => next.starts_with(b"{") && (whole(first) || whole(next)),
    }
}

impl Walk<'_> {
    /// Hands on each line as a member.
    pub(super) fn lines(&mut self, name: &str, stream: impl Source) -> ControlFlow<()> {
        let mut reader = BufReader::with_capacity(1 << 18, stream);
        for number in 1_u64.. {
            let of = || format!("{name}: line {number}");
            match line(&mut reader) {
                Ok(None) => break,
                Ok(Some(line)) => {
                    let words = line.trim_ascii();
                    if words.is_empty() {
                        continue;
                    }
                    if words.starts_with(b"{") || number == 1 {
                        self.member(Member::bytes(&of(), words.to_vec()))?;
                    } else {
                        self.broken(&of(), &"it is no JSON object")?;
                    }
                }
                Err(why) => {
                    self.broken(&of(), &why)?;
                    if why.kind() != io::ErrorKind::FileTooLarge {
                        break;
                    }
                }
            }
        }
        ControlFlow::Continue(())
    }
}

/// The next line with its end; `None` behind the last.
///
/// # Errors
/// When the stream fails, or a line is too long, which is passed over.
pub(super) fn line(reader: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let read = reader.by_ref().take(LARGEST).read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    if read as u64 == LARGEST && !line.ends_with(b"\n") {
        pass(reader)?;
        let why = format!("it is longer than {} MiB", LARGEST >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
    }
    Ok(Some(line))
}

/// Passes over the rest of a line.
fn pass(reader: &mut impl BufRead) -> io::Result<()> {
    loop {
        let ahead = reader.fill_buf()?;
        if ahead.is_empty() {
            return Ok(());
        }
        if let Some(end) = ahead.iter().position(|b| *b == b'\n') {
            reader.consume(end + 1);
            return Ok(());
        }
        let len = ahead.len();
        reader.consume(len);
    }
}
