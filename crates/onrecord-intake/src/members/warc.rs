//! WARC 1.0 and 1.1: the responses of a crawl, and the texts of a WET file.
//!
//! The reader is our own because a crawl of many gigabytes has broken records, and one of them
//! must not end it: behind a fault it goes on with the next line that begins a record.
//!
//! Source: ISO 28500:2017. Left out: records cut into segments, revisits (they hold no text),
//! answers other than 200.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;

use memchr::memmem;
use onrecord_model::{Problem, ProblemKind};

use super::lines::line;
use super::{LARGEST, Member, Source, Walk};

/// Broken records, each within the one before, that are looked through for whole ones: a body made of
/// heads of records would be copied once for each.
const MOST_BROKEN: u32 = 64;

/// The named fields of a record.
#[derive(Debug, Default)]
struct Fields(Vec<(String, String)>);

impl Fields {
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, v)| v.as_str())
    }
}

/// A record, or why it was lost.
enum Record {
    Whole(Fields, Vec<u8>, Standing),
    Lost(String),
}

/// Where a record stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Standing {
    /// Behind the one before it.
    Alone,
    /// Within the length that a broken one gives: a body may hold what looks like a record, and
    /// whoever wrote that body would say where it comes from.
    Inside,
}

/// A stream into which bytes can be put back.
struct Rewound<R> {
    back: Cursor<Vec<u8>>,
    stream: R,
    /// What ended a look ahead; the reading that comes there meets it.
    fault: Option<io::Error>,
    /// Bytes ahead that lie within the length a broken record gives.
    inside: usize,
    /// Broken records in a row that took in others.
    broken: u32,
}

impl<R: BufRead> Rewound<R> {
    fn new(stream: R) -> Self {
        Self {
            back: Cursor::default(),
            stream,
            fault: None,
            inside: 0,
            broken: 0,
        }
    }

    fn is_back(&self) -> bool {
        self.back.position() < self.back.get_ref().len() as u64
    }

    fn put_back(&mut self, bytes: &[u8]) {
        let at = self.back.position() as usize;
        let rest = self.back.get_ref().get(at..).unwrap_or_default();
        self.back = Cursor::new([bytes, rest].concat());
    }

    /// The next bytes, which are still to be read.
    fn peek(&mut self, most: u64) -> Vec<u8> {
        let inside = self.inside;
        let mut ahead = Vec::new();
        self.fault = self.by_ref().take(most).read_to_end(&mut ahead).err();
        self.put_back(&ahead);
        self.inside = inside;
        ahead
    }
}

impl<R: BufRead> Read for Rewound<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match (self.is_back(), self.fault.take()) {
            (false, Some(fault)) => return Err(fault),
            (false, None) => self.stream.read(buffer)?,
            (true, fault) => {
                self.fault = fault;
                self.back.read(buffer)?
            }
        };
        self.inside = self.inside.saturating_sub(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Rewound<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match (self.is_back(), self.fault.take()) {
            (false, Some(fault)) => Err(fault),
            (false, None) => self.stream.fill_buf(),
            (true, fault) => {
                self.fault = fault;
                self.back.fill_buf()
            }
        }
    }

    fn consume(&mut self, amount: usize) {
        self.inside = self.inside.saturating_sub(amount);
        if self.is_back() {
            self.back.consume(amount);
        } else {
            self.stream.consume(amount);
        }
    }
}

impl Walk<'_> {
    /// Hands on each response.
    pub(super) fn warc(&mut self, name: &str, stream: impl Source) -> ControlFlow<()> {
        let mut reader = Rewound::new(BufReader::with_capacity(1 << 18, stream));
        let mut number = 0_u64;
        let mut begun = false;
        loop {
            number += 1;
            match record(&mut reader, &mut begun) {
                Ok(None) => return ControlFlow::Continue(()),
                Ok(Some(Record::Whole(fields, block, standing))) => {
                    let url = fields.get("WARC-Target-URI").unwrap_or_default();
                    let url = url.trim_matches(['<', '>']);
                    let of = format!("{name}: {url}");
                    match content(&fields, url, &block) {
                        Ok(None) => {}
                        Ok(Some(answer)) => {
                            let known = standing == Standing::Alone;
                            let doubt = (standing == Standing::Inside).then(|| {
                                let why =
                                    "it stands in a broken record, so its address is not believed";
                                Problem::new(ProblemKind::Address, why)
                            });
                            let url = known.then(|| url.to_owned());
                            self.answer(&of, url, answer, doubt)?;
                        }
                        Err(why) => self.broken(&of, &why)?,
                    }
                }
                Ok(Some(Record::Lost(why))) => {
                    self.broken(&format!("{name}: record {number}"), &why)?;
                }
                Err(why) => {
                    self.broken(&format!("{name}: record {number}"), &why)?;
                    if !reader.stream.get_mut().resume() {
                        return ControlFlow::Continue(());
                    }
                }
            }
        }
    }
}

impl Walk<'_> {
    /// Hands on what a crawl kept of an address, where that is known, with what is to be said of
    /// it.
    pub(super) fn answer(
        &mut self,
        of: &str,
        url: Option<String>,
        answer: Answer,
        doubt: Option<Problem>,
    ) -> ControlFlow<()> {
        if answer.is_json && !crate::holds_words(&answer.body, self.map) {
            return self.skipped(of, "its JSON holds no report".into());
        }
        let mut member = Member::bytes(of, answer.body);
        member.envelope.url = url.filter(|u| u.starts_with("http"));
        member.problems.extend(doubt);
        self.member(member)
    }
}

/// What was answered, decoded as far as its headers say.
pub(super) struct Answer {
    body: Vec<u8>,
    /// Pages ask programs too, whose answers are JSON and no reports.
    is_json: bool,
}

/// The next record; `None` behind the last. Bytes that are no record are told as a lost one, and
/// `begun` then says that the line which begins the next was read.
fn record(reader: &mut Rewound<impl BufRead>, begun: &mut bool) -> io::Result<Option<Record>> {
    let mut passed = 0;
    while !std::mem::take(begun) {
        let Some(words) = line(reader)? else {
            let why = format!("{passed} bytes at the end are no record");
            return Ok((passed > 0).then_some(Record::Lost(why)));
        };
        *begun = words.starts_with(b"WARC/");
        if !*begun {
            passed += words.trim_ascii().len();
        } else if passed > 0 {
            let why = format!("{passed} bytes that are no record were passed over");
            return Ok(Some(Record::Lost(why)));
        }
    }
    let standing = if reader.inside > 0 {
        Standing::Inside
    } else {
        Standing::Alone
    };
    let fields = fields(reader)?;
    let Some(len) = fields
        .get("Content-Length")
        .and_then(|l| l.parse::<u64>().ok())
    else {
        return Ok(Some(Record::Lost("it does not say how long it is".into())));
    };
    if len > LARGEST {
        let passed = io::copy(&mut reader.by_ref().take(len), &mut io::sink())?;
        let why = format!("it is {passed} bytes, larger than {} MiB", LARGEST >> 20);
        return Ok(Some(Record::Lost(why)));
    }
    let mut block = Vec::new();
    reader.by_ref().take(len).read_to_end(&mut block)?;
    if block.len() as u64 == len && ends_here(reader) {
        reader.broken = 0;
        return Ok(Some(Record::Whole(fields, block, standing)));
    }
    let looked = (reader.broken < MOST_BROKEN).then(|| begins_inside(&block));
    if let Some(next) = looked.flatten() {
        reader.broken += 1;
        // It was cut short, and its length took in the record behind it.
        let rest = block.split_off(next);
        reader.inside = reader.inside.max(rest.len());
        reader.put_back(&rest);
        let why = format!("it ends after {} of {len} bytes", block.len());
        return Ok(Some(Record::Lost(why)));
    }
    if (block.len() as u64) < len {
        let why = format!("it ends after {} of {len} bytes", block.len());
        return Ok(Some(Record::Lost(why)));
    }
    Ok(Some(Record::Whole(fields, block, standing)))
}

/// Whether what follows is the end of a record: line breaks, and then the next one or nothing.
fn ends_here(reader: &mut Rewound<impl BufRead>) -> bool {
    let ahead = reader.peek(9);
    let breaks = ahead.iter().take_while(|b| b"\r\n".contains(b)).count();
    let next = &ahead[breaks..];
    ahead.is_empty() || breaks > 0 && b"WARC/".starts_with(&next[..next.len().min(5)])
}

/// Where in a block another record begins: its version at the head of a line, its type close by.
fn begins_inside(block: &[u8]) -> Option<usize> {
    let version = b"\nWARC/1.";
    let mut from = 0;
    while let Some(at) = memmem::find(block.get(from..)?, version).map(|i| from + i + 1) {
        let head = block.get(at..block.len().min(at + 1024))?;
        if memmem::find(head, b"WARC-Type:").is_some() {
            return Some(at);
        }
        from = at;
    }
    None
}

fn fields(reader: &mut impl BufRead) -> io::Result<Fields> {
    let mut fields = Fields::default();
    while let Some(words) = line(reader)? {
        let words = String::from_utf8_lossy(&words);
        let words = words.trim_end();
        if words.is_empty() {
            break;
        }
        if let Some((name, value)) = words.split_once(':') {
            fields
                .0
                .push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    Ok(fields)
}

/// What a record gives to read; `None` for records that hold no report.
fn content(fields: &Fields, url: &str, block: &[u8]) -> Result<Option<Answer>, Cow<'static, str>> {
    let kind = fields
        .get("Content-Type")
        .unwrap_or_default()
        .to_lowercase();
    if !is_fetched(url) {
        return Ok(None);
    }
    match fields.get("WARC-Type").unwrap_or_default() {
        "response" if kind.starts_with("application/http") => response(block),
        "resource" | "response" | "conversion" if is_text(&kind) => Ok(Some(Answer {
            body: block.to_vec(),
            is_json: kind.contains("json"),
        })),
        _ => Ok(None),
    }
}

/// Whether something was fetched from an address: crawlers keep notes of their own under others
/// (`metadata://gnu.org/software/wget/warc/wget.log`, `dns:`, `urn:pageinfo:`).
fn is_fetched(address: &str) -> bool {
    let fetched = ["http", "https", "ftp", "ftps", "file"];
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_none_or(|s| fetched.iter().any(|f| s.eq_ignore_ascii_case(f)))
}

/// Media types that hold text; what is silent may.
fn is_text(kind: &str) -> bool {
    let texts = ["text/", "html", "xml", "json", "octet-stream"];
    kind.is_empty() || texts.iter().any(|t| kind.contains(t))
}

/// The body of an HTTP answer of 200.
pub(super) fn response(block: &[u8]) -> Result<Option<Answer>, Cow<'static, str>> {
    let mut headers = [httparse::EMPTY_HEADER; 256];
    let mut answer = httparse::Response::new(&mut headers);
    let config = {
        let mut config = httparse::ParserConfig::default();
        config.allow_spaces_after_header_name_in_responses(true);
        config.ignore_invalid_headers_in_responses(true);
        config
    };
    let start = match config.parse_response(&mut answer, block) {
        Ok(httparse::Status::Complete(start)) => start,
        Ok(httparse::Status::Partial) => return Err("its HTTP headers have no end".into()),
        Err(why) => return Err(format!("its HTTP headers cannot be read: {why}").into()),
    };
    if answer.code != Some(200) {
        return Ok(None);
    }
    let header = |name: &str| {
        let named = answer
            .headers
            .iter()
            .find(|h| h.name.eq_ignore_ascii_case(name));
        named.map(|h| String::from_utf8_lossy(h.value).to_lowercase())
    };
    let kind = header("Content-Type").unwrap_or_default();
    if !is_text(&kind) {
        return Ok(None);
    }
    let body = &block[start..];
    let chunked = header("Transfer-Encoding").is_some_and(|t| t.contains("chunked"));
    // Many crawlers keep the header and store the body without chunks.
    let body = if chunked { dechunked(body) } else { None }.unwrap_or_else(|| body.to_vec());
    let encoding = header("Content-Encoding").unwrap_or_default();
    let is_json = kind.contains("json");
    decoded(&encoding, body).map(|body| Some(Answer { body, is_json }))
}

/// A body as it was before it was compressed.
fn decoded(encoding: &str, body: Vec<u8>) -> Result<Vec<u8>, Cow<'static, str>> {
    match (encoding, body.as_slice()) {
        ("gzip" | "x-gzip", [0x1f, 0x8b, ..]) => {
            let decoder = flate2::read::MultiGzDecoder::new(body.as_slice());
            inflated(decoder)
        }
        ("deflate", _) => {
            let decoder = flate2::read::ZlibDecoder::new(body.as_slice());
            inflated(decoder).or(Ok(body))
        }
        ("zstd", [0x28, 0xb5, 0x2f, 0xfd, ..]) => {
            let decoder = zstd::stream::read::Decoder::new(body.as_slice());
            let decoder = decoder.map_err(|e| Cow::from(e.to_string()))?;
            inflated(decoder)
        }
        ("br", _) if std::str::from_utf8(&body).is_err() => {
            Err("it is compressed with Brotli, which is not read".into())
        }
        _ => Ok(body),
    }
}

fn inflated(decoder: impl Read) -> Result<Vec<u8>, Cow<'static, str>> {
    let (bytes, _) = super::all(decoder).map_err(|e| Cow::from(e.to_string()))?;
    Ok(bytes)
}

/// A body with its chunks joined (RFC 9112, 7.1); `None` when it has none.
fn dechunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = rest.iter().take(1024).position(|b| *b == b'\n')?;
        let size = std::str::from_utf8(&rest[..end]).ok()?;
        let size = size.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(out);
        }
        // A body cut short keeps what it has.
        let chunk = rest.get(..size).unwrap_or(rest);
        out.extend_from_slice(chunk);
        rest = &rest[chunk.len()..];
        if rest.is_empty() {
            return Some(out);
        }
        rest = rest
            .strip_prefix(b"\r\n")
            .or_else(|| rest.strip_prefix(b"\n"))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_cut_short_loses_itself_only() {
        let whole = |url: &str, text: &str, len: usize| {
            format!(
                "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: {url}\r\nContent-Type: text/plain\r\nContent-Length: {len}\r\n\r\n{text}\r\n\r\n"
            )
        };
        let crawl = [
            whole("https://a.example/", "One.", 4),
            whole("https://b.example/", "Two, cut", 4000),
            whole("https://c.example/", "Three.", 6),
        ];
        let (mut read, mut lost) = (Vec::new(), 0);
        let input = super::super::Input::bytes(crawl.concat().into_bytes());
        let map = crate::ColumnMap::default();
        let _ = super::super::walk("x.warc", input, &map, &mut |item| {
            match item {
                super::super::Item::Member(member) => read.push(member.name),
                _ => lost += 1,
            }
            ControlFlow::Continue(())
        });
        assert_eq!(
            read,
            ["x.warc: https://a.example/", "x.warc: https://c.example/"]
        );
        assert_eq!(lost, 1);
    }

    /// What is read of a crawl: each address that is known, and how many records were lost.
    fn read(crawl: &[u8]) -> (Vec<Option<String>>, usize) {
        let (mut read, mut lost) = (Vec::new(), 0);
        let input = super::super::Input::bytes(crawl.to_vec());
        let map = crate::ColumnMap::default();
        let _ = super::super::walk("x.warc", input, &map, &mut |item| {
            match item {
                super::super::Item::Member(member) => read.push(member.envelope.url),
                _ => lost += 1,
            }
            ControlFlow::Continue(())
        });
        (read, lost)
    }

    fn resource(url: &str, text: &str, len: usize) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: {url}\r\nContent-Type: text/plain\r\nContent-Length: {len}\r\n\r\n{text}\r\n\r\n"
        )
    }

    #[test]
    fn a_record_in_a_body_has_no_say() {
        let inner = resource("https://bank.example/a", "They quarrelled.", 16);
        let body = format!("\r\n\r\n{inner}");
        let evil = resource("https://evil.example/x", &body, body.len());
        let next = resource("https://bank.example/b", "They met.", 9);
        let crawl = [evil.clone(), next.clone()].concat();
        let url = |host: &str| Some(format!("https://{host}"));
        let want = vec![url("evil.example/x"), url("bank.example/b")];
        assert_eq!(read(crawl.as_bytes()), (want, 0));
        // One whose length is wrong is looked through, and what is found has no address.
        let wrong = resource("https://evil.example/x", &body, body.len() + 7);
        let crawl = [wrong, next].concat();
        let (urls, lost) = read(crawl.as_bytes());
        assert_eq!((urls, lost), (vec![None, url("bank.example/b")], 1));
    }

    #[test]
    fn heads_without_end_are_read_once() {
        let head = resource("https://bank.example/a", "", 100_000_000);
        let (urls, lost) = read(head.repeat(5000).as_bytes());
        assert!(urls.is_empty() && lost > 0);
    }

    #[test]
    fn what_a_crawler_notes_and_what_programs_answer_is_no_report() {
        let record = |kind: &str, url: &str, media: &str, block: &str| {
            let len = block.len();
            format!(
                "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {media}\r\nContent-Length: {len}\r\n\r\n{block}\r\n\r\n"
            )
        };
        let http = |media: &str, body: &str| {
            format!("HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n\r\n{body}")
        };
        let json = |body: &str| http("application/json", body);
        let (answer, api) = ("application/http", "https://a.example/api");
        let crawl = [
            record(
                "response",
                "https://a.example/1",
                answer,
                &http("text/plain", "The ferry sails."),
            ),
            record(
                "resource",
                "metadata://gnu.org/software/wget/warc/wget.log",
                "text/plain",
                "Opening.",
            ),
            record(
                "resource",
                "urn:X-wpull:log",
                "text/plain",
                "Started at noon.",
            ),
            record(
                "response",
                "dns:a.example",
                "text/dns",
                "a.example. 300 IN A 192.0.2.1",
            ),
            record(
                "response",
                api,
                answer,
                &json("{\"args\": {}, \"origin\": \"192.0.2.1\"}"),
            ),
            record(
                "response",
                api,
                answer,
                &json("[{\"id\": 4, \"likes\": 12}]"),
            ),
            record(
                "response",
                "https://a.example/2",
                answer,
                &json("{\"title\": \"Pier\", \"text\": \"It is shut.\"}"),
            ),
            record(
                "resource",
                "https://a.example/3",
                "text/plain",
                "The mill closes.",
            ),
        ];
        let (mut read, mut told) = (Vec::new(), Vec::new());
        let input = super::super::Input::bytes(crawl.concat().into_bytes());
        let map = crate::ColumnMap::default();
        let _ = super::super::walk("x.warc", input, &map, &mut |item| {
            match item {
                super::super::Item::Member(member) => read.push(member.name),
                super::super::Item::Skipped(what) => told.push(what.why),
                super::super::Item::Broken(what) => told.push(format!("broken: {}", what.why)),
            }
            ControlFlow::Continue(())
        });
        let want = [1, 2, 3].map(|n| format!("x.warc: https://a.example/{n}"));
        assert_eq!(read, want);
        assert_eq!(told, ["its JSON holds no report"; 2]);
    }

    #[test]
    fn chunks_are_joined() {
        let body = b"4\r\nThe \r\n5;x=y\r\nferry\r\n0\r\n\r\n";
        assert_eq!(dechunked(body).as_deref(), Some(&b"The ferry"[..]));
        assert_eq!(dechunked(b"<html>\n"), None);
        assert_eq!(dechunked(b"9\r\nThe f").as_deref(), Some(&b"The f"[..]));
    }
}
