//! Tables: CSV with a comma, a semicolon or a tab, and Parquet; each row is a member.

use std::cell::Cell;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use parquet::file::reader::{ChunkReader, FileReader as _, SerializedFileReader};
use parquet::record::Field;

use super::{LARGEST, Member, Source, Walk};
use crate::formats::{ColumnMap, Row};

/// What divides the columns of a table that begins so; `None` when it is no table.
///
/// Its first line must be names of columns: short, each once, two of them known or one asked for.
pub(super) fn delimiter(head: &[u8], map: &ColumnMap) -> Option<u8> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let first = head.split(|b| *b == b'\n').next()?;
    let first = std::str::from_utf8(first).ok()?.trim_end();
    let asked = usize::from(map.is_empty()) + 1;
    let is_table = |delimiter: &u8| {
        let names: Vec<&str> = first
            .split(char::from(*delimiter))
            .map(|n| n.trim().trim_matches('"'))
            .collect();
        let short = names
            .iter()
            .all(|n| n.len() <= 60 && !n.contains(['.', '{', '<']));
        names.len() > 1 && short && map.known(&names.iter().copied()) >= asked
    };
    [b',', b'\t', b';'].into_iter().find(is_table)
}

/// A stream that ends in an error when a row takes too many bytes: a quotation mark that is
/// never closed takes the rest of the file for one value.
struct Limited<R> {
    stream: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            let why = format!("a row is longer than {} MiB", LARGEST >> 20);
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
        }
        let n = self.stream.read(buffer)?;
        self.left.set(self.left.get().saturating_sub(n as u64));
        Ok(n)
    }
}

impl Walk<'_> {
    /// Hands on each row under a line of names.
    pub(super) fn csv(
        &mut self,
        name: &str,
        delimiter: u8,
        stream: impl Source,
    ) -> ControlFlow<()> {
        let left = Rc::new(Cell::new(LARGEST));
        let stream = Limited {
            stream,
            left: left.clone(),
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .buffer_capacity(1 << 18)
            .from_reader(stream);
        let names: Vec<String> = match reader.byte_headers() {
            Ok(names) => names.iter().map(words).collect(),
            Err(why) => return self.broken(name, &why),
        };
        let mut record = csv::ByteRecord::new();
        for number in 1_u64.. {
            left.set(LARGEST);
            let of = format!("{name}: row {number}");
            match reader.read_byte_record(&mut record) {
                Ok(false) => break,
                Ok(true) if record.len() == 1 && names.len() > 1 => {
                    self.broken(&of, &"it has one column where the table has more")?;
                }
                Ok(true) => {
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
