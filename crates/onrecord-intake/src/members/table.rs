//! Tables: CSV with a comma, a semicolon or a tab, and Parquet; each row is a member.

use std::cell::RefCell;
use std::io::{self, BufReader, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use memchr::memmem;
use parquet::file::reader::{ChunkReader, FileReader as _, SerializedFileReader};
use parquet::record::Field;

use super::lines::line;
use super::{LARGEST, Member, Source, Walk};
use crate::formats::{ColumnMap, Row};

/// How a table is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Dialect {
    delimiter: u8,
    /// Quotation marks inside a value follow a backslash, as MySQL writes them.
    escaped: bool,
    /// Excel's line that names the delimiter stands before the names.
    announced: bool,
    /// Which column holds what is not known.
    unknown: bool,
}

/// How a table that begins so is written; `None` when it is no table.
///
/// Its first line must be names of columns: short, each once, two of them known or one asked for,
/// or as many on the next lines.
pub(super) fn dialect(head: &[u8], map: &ColumnMap) -> Option<Dialect> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let mut lines = head.split(|b| *b == b'\n');
    let mut first = std::str::from_utf8(lines.next()?).ok()?.trim_end();
    let announced = first.len() == 5 && first.to_lowercase().starts_with("sep=");
    if announced {
        first = std::str::from_utf8(lines.next()?).ok()?.trim_end();
    }
    let next: Vec<&[u8]> = lines.take(2).collect();
    let holds = |marks: &[u8]| memmem::find(head, marks).is_some();
    let escaped = holds(b"\\\"") && !holds(b"\"\"");
    let dialect = |delimiter: u8, unknown| Dialect {
        delimiter,
        escaped,
        announced,
        unknown,
    };
    let names = |delimiter: u8| -> Vec<&str> {
        let names = first.split(char::from(delimiter));
        names.map(|n| n.trim().trim_matches('"')).collect()
    };
    let short = |n: &str| n.len() <= 60 && !n.contains(['.', '{', '<']);
    let candidates = [b',', b'\t', b';'];
    let asked = usize::from(map.is_empty()) + 1;
    let known = |d: &u8| {
        let names = names(*d);
        names.len() > 1
            && names.iter().all(|n| short(n))
            && map.known(&names.iter().copied()) >= asked
    };
    if let Some(delimiter) = candidates.into_iter().find(known) {
        return Some(dialect(delimiter, false));
    }
    if ColumnMap::is_text(first) && next.iter().any(|l| !l.trim_ascii().is_empty()) {
        return Some(dialect(b',', false));
    }
    // A line of short names and as many values under it, in a file or asked for as a table.
    let is_grid = |d: &u8| {
        let names = names(*d);
        let each = names.len() > 1 && names.iter().all(|n| short(n) && n.split(' ').count() < 4);
        let as_many = |l: &&[u8]| l.split(|b| b == d).count() >= names.len();
        each && (!map.is_empty() || names.len() > 2 && next.len() > 1 && next.iter().all(as_many))
    };
    let delimiter = candidates.into_iter().find(is_grid)?;
    Some(dialect(delimiter, true))
}

/// What is kept of a stream while its rows are read.
#[derive(Debug)]
struct Kept {
    /// Bytes that may still be read for the row.
    left: u64,
    /// Bytes that were read and belong to no row yet.
    raw: Vec<u8>,
    /// Where those begin in the stream.
    from: u64,
}

impl Kept {
    /// The bytes of the row that ends at a place in the stream.
    fn row(&mut self, end: u64) -> Vec<u8> {
        let len = usize::try_from(end.saturating_sub(self.from)).unwrap_or(usize::MAX);
        let row = self.raw.drain(..len.min(self.raw.len())).collect();
        self.from = end;
        self.left = LARGEST;
        row
    }
}

/// A stream that keeps the bytes of the row being read, and ends in an error when they are too
/// many: a quotation mark that is never closed takes the rest of the file for one value.
struct Watched<R> {
    stream: R,
    kept: Rc<RefCell<Kept>>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut kept = self.kept.borrow_mut();
        if kept.left == 0 {
            let why = format!("a row is longer than {} MiB", LARGEST >> 20);
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
        }
        let n = self.stream.read(buffer)?;
        kept.left = kept.left.saturating_sub(n as u64);
        kept.raw.extend_from_slice(&buffer[..n]);
        Ok(n)
    }
}

impl Walk<'_> {
    /// Hands on each row under a line of names.
    pub(super) fn csv(
        &mut self,
        name: &str,
        dialect: Dialect,
        stream: impl Source,
    ) -> ControlFlow<()> {
        let mut stream = BufReader::with_capacity(1 << 18, stream);
        if dialect.announced
            && let Err(why) = line(&mut stream)
        {
            return self.broken(name, &why);
        }
        let kept = Rc::new(RefCell::new(Kept {
            left: LARGEST,
            raw: Vec::new(),
            from: 0,
        }));
        let stream = Watched {
            stream,
            kept: kept.clone(),
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(dialect.delimiter)
            .escape(dialect.escaped.then_some(b'\\'))
            .double_quote(!dialect.escaped)
            .flexible(true)
            .from_reader(stream);
        let names: Vec<String> = match reader.byte_headers() {
            Ok(names) => names.iter().map(words).collect(),
            Err(why) => return self.broken(name, &why),
        };
        let listed = names.join(", ");
        if let Some(missing) = self.map.missing(&names) {
            let why = format!("it has no column `{missing}`; its columns are {listed}");
            return self.broken(name, &why);
        }
        if dialect.unknown && self.map.is_empty() {
            let why = format!(
                "which of its columns hold what is not known: say so with --map; they are {listed}"
            );
            return self.broken(name, &why);
        }
        kept.borrow_mut().row(reader.position().byte());
        let mut record = csv::ByteRecord::new();
        for number in 1_u64.. {
            let of = format!("{name}: row {number}");
            let read = reader.read_byte_record(&mut record);
            let raw = kept.borrow_mut().row(reader.position().byte());
            match read {
                Ok(false) => break,
                Ok(true) => {
                    if let Some(why) = fault(&record, names.len(), &raw, dialect) {
                        self.broken(&of, &why)?;
                        continue;
                    }
                    let columns = names.iter().cloned().zip(record.iter().map(words));
                    let row = Row {
                        columns: columns.collect(),
                    };
                    self.member(Member::row(of, row))?;
                }
                Err(why) => return self.broken(&of, &why),
            }
        }
        ControlFlow::Continue(())
    }

    /// Hands on each row of a Parquet file.
    pub(super) fn parquet(
        &mut self,
        name: &str,
        file: impl ChunkReader + 'static,
    ) -> ControlFlow<()> {
        let rows = SerializedFileReader::new(file);
        let reader = match rows {
            Ok(reader) => reader,
            Err(why) => return self.broken(name, &why),
        };
        let rows = match reader.get_row_iter(None) {
            Ok(rows) => rows,
            Err(why) => return self.broken(name, &why),
        };
        for (i, row) in rows.enumerate() {
            let of = format!("{name}: row {}", i + 1);
            match row {
                Ok(row) => {
                    let columns = row.get_column_iter();
                    let columns = columns.map(|(n, v)| (n.clone(), value(v)));
                    let row = Row {
                        columns: columns.collect(),
                    };
                    self.member(Member::row(of, row))?;
                }
                Err(why) => return self.broken(&of, &why),
            }
        }
        ControlFlow::Continue(())
    }
}

/// What is wrong with a row: a quotation mark that is not closed or not doubled, or columns too
/// many or too few.
fn fault(record: &csv::ByteRecord, columns: usize, raw: &[u8], dialect: Dialect) -> Option<String> {
    if !quotes_close(raw, dialect) {
        let lines = raw.trim_ascii().split(|b| *b == b'\n').count();
        return Some(if lines > 1 {
            format!("a quotation mark in it is not closed, and {lines} lines run together")
        } else {
            "a quotation mark in it is not doubled".into()
        });
    }
    (record.len() != columns).then(|| {
        let own = record.len();
        format!("it has {own} columns where the table has {columns}")
    })
}

/// Whether each value that opens with a quotation mark closes with one before a delimiter or the
/// row's end (RFC 4180).
fn quotes_close(raw: &[u8], dialect: Dialect) -> bool {
    let mut bytes = raw.trim_ascii_start().iter().copied().peekable();
    let (mut quoted, mut at_start) = (false, true);
    while let Some(byte) = bytes.next() {
        let next = bytes.peek().copied();
        match byte {
            b'\\' if quoted && dialect.escaped => {
                bytes.next();
            }
            b'"' if quoted && next == Some(b'"') && !dialect.escaped => {
                bytes.next();
            }
            b'"' if quoted => {
                let ends = next.is_none_or(|n| n == dialect.delimiter || n.is_ascii_whitespace());
                if !ends {
                    return false;
                }
                quoted = false;
            }
            b'"' if at_start => quoted = true,
            _ => {}
        }
        at_start = !quoted && byte == dialect.delimiter;
    }
    !quoted
}

/// A value's words: UTF-8, or the code page that spreadsheets save in.
fn words(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(words) => words.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    }
}

/// A value in words; dates as ISO 8601.
fn value(field: &Field) -> String {
    match field {
        Field::Null | Field::Group(_) | Field::MapInternal(_) => String::new(),
        Field::Str(words) => words.clone(),
        Field::Bytes(bytes) => words(bytes.data()),
        Field::ListInternal(list) => {
            let each: Vec<String> = list.elements().iter().map(value).collect();
            each.join(", ")
        }
        Field::Date(days) => {
            let day = jiff::Span::new().try_days(i64::from(*days));
            let day = day.and_then(|d| jiff::civil::date(1970, 1, 1).checked_add(d));
            day.map(|d| d.to_string()).unwrap_or_default()
        }
        Field::TimestampMillis(ms) => moment(jiff::Timestamp::from_millisecond(*ms)),
        Field::TimestampMicros(us) => moment(jiff::Timestamp::from_microsecond(*us)),
        other => other.to_string(),
    }
}

fn moment(time: Result<jiff::Timestamp, jiff::Error>) -> String {
    time.map(|t| t.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{Input, Item, walk};
    use super::*;

    /// The texts of the rows that were read, and why others were not.
    fn rows(table: &str, map: &str) -> (Vec<String>, Vec<String>) {
        rows_of(table.as_bytes(), map)
    }

    fn rows_of(table: &[u8], map: &str) -> (Vec<String>, Vec<String>) {
        let map = if map.is_empty() {
            ColumnMap::default()
        } else {
            map.parse().unwrap()
        };
        let (mut read, mut lost) = (Vec::new(), Vec::new());
        let input = Input::bytes(table.to_vec());
        let _ = walk("t", input, &map, &mut |item| {
            match item {
                Item::Member(member) => {
                    for intake in member.reports(&onrecord_model::Envelope::default(), &map) {
                        read.push(intake.report.text.as_str().to_owned());
                    }
                }
                Item::Broken(what) | Item::Skipped(what) => lost.push(what.why),
            }
            ControlFlow::Continue(())
        });
        (read, lost)
    }

    #[test]
    fn tables_in_utf_16_are_read_row_by_row() {
        let wide = |text: &str, big: bool, mark: bool| -> Vec<u8> {
            let mark = if mark { "\u{feff}" } else { "" };
            let units = mark.encode_utf16().chain(text.encode_utf16());
            let bytes = units.map(|u| {
                if big {
                    u.to_be_bytes()
                } else {
                    u.to_le_bytes()
                }
            });
            bytes.flatten().collect()
        };
        for delimiter in [",", ";", "\t"] {
            for (big, mark) in [(false, true), (true, true), (false, false), (true, false)] {
                let table = format!(
                    "text{delimiter}published{delimiter}outlet\r\n\"The café, it said, is shut.\"{delimiter}2031-03-04{delimiter}Harbor Post\r\nThe pier broke.{delimiter}2031-03-05{delimiter}Harbor Post\r\n"
                );
                let (read, lost) = rows_of(&wide(&table, big, mark), "");
                let want = ["The café, it said, is shut.", "The pier broke."];
                assert_eq!(read, want, "{delimiter:?} {big} {mark} {lost:?}");
                assert!(lost.is_empty(), "{lost:?}");
            }
        }
        let lines = "{\"text\": \"The café is shut.\"}\n{\"text\": \"The pier broke.\"}\n";
        let (read, _) = rows_of(&wide(lines, false, true), "");
        assert_eq!(read, ["The café is shut.", "The pier broke."]);
        // Running text in UTF-16 stays one report.
        let (read, _) = rows_of(&wide("The ferry sails, the mayor said.\n", false, true), "");
        assert_eq!(read, ["The ferry sails, the mayor said.\n"]);
    }

    #[test]
    fn values_may_run_over_lines() {
        let (read, lost) = rows(
            "title,text,date\nA,\"One, two, three.\n\nFour, \"\"five\"\", six.\",2031-03-04\n",
            "",
        );
        assert_eq!(read, ["A\n\nOne, two, three.\n\nFour, \"five\", six."]);
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn a_quotation_mark_left_open_loses_its_rows_only() {
        let (read, lost) = rows(
            "n,title,text,date\n1,A,One.,2031-03-04\n2,B,\"Two.,2031-03-04\n3,C,\"Three.\",2031-03-05\n4,D,Four.,2031-03-06\n",
            "",
        );
        assert_eq!(read, ["A\n\nOne.", "D\n\nFour."]);
        assert!(lost[0].contains("not closed"), "{lost:?}");
    }

    #[test]
    fn columns_too_many_or_too_few_are_told() {
        let (read, lost) = rows("title,text,date\nA,One, two.,2031-03-04\nB\n", "");
        assert_eq!(read.len(), 0);
        assert_eq!(lost.len(), 2, "{lost:?}");
    }

    #[test]
    fn backslashes_and_announced_delimiters_are_read() {
        let (read, _) = rows("title,text\nA,\"She said \\\"no\\\", twice.\"\n", "");
        assert_eq!(read, ["A\n\nShe said \"no\", twice."]);
        let (read, _) = rows("sep=;\ntitle;text\nA;One.\n", "");
        assert_eq!(read, ["A\n\nOne."]);
        let (read, _) = rows("text\n\"One, two.\"\n", "");
        assert_eq!(read, ["One, two."]);
    }

    #[test]
    fn columns_that_are_not_known_are_told() {
        let table = "nr,kop,inhoud\n1,A,One.\n2,B,Two.\n";
        let (read, lost) = rows(table, "");
        assert!(read.is_empty() && lost[0].contains("--map"), "{lost:?}");
        let (_, lost) = rows(table, "text=body");
        assert!(lost[0].contains("no column `body`"), "{lost:?}");
        let (read, _) = rows(table, "text=inhoud,headline=kop");
        assert_eq!(read, ["A\n\nOne.", "B\n\nTwo."]);
    }

    #[test]
    fn prose_is_no_table() {
        let prose = "Storm, wind and rain, the mayor said\n\nThe storm, which began on Monday, ended.\nNobody, he said, was hurt.\n";
        assert_eq!(rows(prose, "").0.len(), 1);
    }
}
