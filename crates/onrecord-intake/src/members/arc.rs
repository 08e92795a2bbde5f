//! ARC 1 and 2, what crawls were kept in before WARC: a line for each record, and what was
//! fetched behind it.
//!
//! ```text
//! filedesc://a.arc 0.0.0.0 20310305000000 text/plain 76
//! 1 0 Example
//! URL IP-address Archive-date Content-type Archive-length
//!
//! https://harborpost.example/ferry 192.0.2.1 20310305000000 text/html 774
//! HTTP/1.1 200 OK
//! ```
//!
//! Source: Internet Archive, "Arc File Format" (1996). Left out: answers other than 200.

use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use super::lines::line;
use super::{LARGEST, Source, Walk, warc};

/// How every such file begins.
pub(super) const OPENS: &[u8] = b"filedesc://";

/// The line over a record.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Over {
    address: String,
    /// Bytes of what was fetched.
    len: u64,
}

impl Over {
    /// Reads a line: an address first, a moment of fourteen figures in it, how long it is last.
    fn of(line: &[u8]) -> Option<Self> {
        let words = std::str::from_utf8(line).ok()?;
        let words: Vec<&str> = words.split_ascii_whitespace().collect();
        let is_moment = |w: &&str| w.len() == 14 && w.bytes().all(|b| b.is_ascii_digit());
        let [address, .., len] = words.as_slice() else {
            return None;
        };
        let told = words.len() >= 5 && address.contains(':') && words.iter().any(is_moment);
        let (address, len) = ((*address).to_owned(), len.parse().ok()?);
        told.then_some(Self { address, len })
    }
}

impl Walk<'_> {
    /// Hands on each answer.
    pub(super) fn arc(&mut self, name: &str, stream: impl Source) -> ControlFlow<()> {
        let mut reader = BufReader::with_capacity(1 << 18, stream);
        for number in 1_u64.. {
            let of = || format!("{name}: record {number}");
            match record(&mut reader) {
                Ok(None) => break,
                Ok(Some((over, block, passed))) => {
                    if passed > 0 {
                        let why = format!("{passed} bytes that are no record were passed over");
                        self.broken(&of(), &why)?;
                    }
                    self.fetched(name, &over, &block)?;
                }
                Err(why) => {
                    self.broken(&of(), &why)?;
                    let goes_on = matches!(
                        why.kind(),
                        io::ErrorKind::InvalidData | io::ErrorKind::FileTooLarge
                    );
                    if !goes_on && !reader.get_mut().resume() {
                        break;
                    }
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn fetched(&mut self, name: &str, over: &Over, block: &[u8]) -> ControlFlow<()> {
        let url = Some(over.address.clone()).filter(|a| a.starts_with("http"));
        let Some(url) = url else {
            return ControlFlow::Continue(());
        };
        let of = format!("{name}: {url}");
        match warc::response(block) {
            Ok(None) => ControlFlow::Continue(()),
            Ok(Some(answer)) => self.answer(&of, Some(url), answer, None),
            Err(why) => self.broken(&of, &why),
        }
    }
}

/// The next record, with how many bytes before it are none; `None` behind the last.
///
/// # Errors
/// When what stands behind the last record is none, a record is too large, or its end is missing.
fn record(reader: &mut impl BufRead) -> io::Result<Option<(Over, Vec<u8>, usize)>> {
    let mut passed = 0;
    let over = loop {
        let Some(words) = line(reader)? else {
            return match passed {
                0 => Ok(None),
                _ => Err(lost(format!("{passed} bytes at the end are no record"))),
            };
        };
        match Over::of(&words) {
            Some(over) => break over,
            None => passed += words.trim_ascii().len(),
        }
    };
    if over.len > LARGEST {
        let passed = io::copy(&mut reader.by_ref().take(over.len), &mut io::sink())?;
        let why = format!("it is {passed} bytes, larger than {} MiB", LARGEST >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
    }
    let mut block = Vec::new();
    reader.by_ref().take(over.len).read_to_end(&mut block)?;
    if (block.len() as u64) < over.len {
        let why = format!("it ends after {} of {} bytes", block.len(), over.len);
        return Err(lost(why));
    }
    Ok(Some((over, block, passed)))
}

fn lost(why: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use onrecord_model::Envelope;

    use super::super::{Input, Item, walk};
    use super::*;

    /// Names of the members of a file, and why others were lost.
    fn members(file: &str) -> (Vec<String>, Vec<String>) {
        let (mut read, mut lost) = (Vec::new(), Vec::new());
        let input = Input::bytes(file.as_bytes().to_vec());
        let _ = walk("x.arc", input, &crate::ColumnMap::default(), &mut |item| {
            match item {
                Item::Member(member) => {
                    let map = crate::ColumnMap::default();
                    for intake in member.reports(&Envelope::default(), &map) {
                        read.push(format!("{} = {}", member.name, intake.report.text.as_str()));
                    }
                }
                Item::Broken(what) | Item::Skipped(what) => lost.push(what.why),
            }
            ControlFlow::Continue(())
        });
        (read, lost)
    }

    const HEAD: &str = "filedesc://x.arc 0.0.0.0 20310305000000 text/plain 14\n1 0 Example\n\n\n\n";

    fn answer(address: &str, page: &str, cut: usize) -> String {
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{page}");
        let len = http.len() + cut;
        format!("{address} 192.0.2.1 20310305000000 text/plain {len}\n{http}\n")
    }

    #[test]
    fn answers_are_read_and_other_records_are_not() {
        let file = [
            HEAD.to_owned(),
            "dns:harborpost.example 192.0.2.1 20310305000000 text/dns 6\nharbor\n".to_owned(),
            answer("https://harborpost.example/a", "The ferry sails.", 0),
            // The second version tells more of each record.
            answer("https://harborpost.example/b", "The pier is shut.", 0).replacen(
                "text/plain ",
                "text/plain 200 - - 500 x.arc ",
                1,
            ),
        ];
        let (read, lost) = members(&file.concat());
        let want = [
            "x.arc: https://harborpost.example/a = The ferry sails.",
            "x.arc: https://harborpost.example/b = The pier is shut.",
        ];
        assert_eq!(read, want);
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn what_is_cut_short_or_no_record_is_told() {
        let cut = answer("https://harborpost.example/a", "The ferry", 40);
        let (read, lost) = members(&format!("{HEAD}{cut}"));
        assert!(
            read.is_empty() && lost[0].contains("it ends after"),
            "{lost:?}"
        );
        let whole = answer("https://harborpost.example/a", "The ferry sails.", 0);
        let (read, lost) = members(&format!("{HEAD}stray words\n{whole}"));
        assert_eq!(read.len(), 1);
        assert_eq!(lost, ["11 bytes that are no record were passed over"]);
    }
}
