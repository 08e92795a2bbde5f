//! Writing WARC 1.1 (ISO 28500), laid out as the CC-NEWS archives are.
//!
//! Each record is a gzip member of its own. A member is made in memory and handed to the system
//! whole, so whatever stops the program, the members before it stay sound. The first answer kept
//! is preceded by a `warcinfo` record that says who fetched; a run that keeps nothing writes nothing.
//!
//! ```text
//! WARC/1.1                                       HTTP/1.1 200 OK
//! WARC-Type: response                            content-type: text/html
//! WARC-Target-URI: https://example.org/a         …
//! WARC-Date: 2025-08-24T09:15:02Z
//! Content-Type: application/http; msgtype=response
//! ```
//!
//! Left out: `request` records, because the fields of a request are put together by the HTTP library and
//! would be told from memory; `revisit` records, because what did not change is not written again.

use std::fs::{self, File};
use std::io::{self, Seek as _, SeekFrom, Write};
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use reqwest::header::HeaderMap;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::client::Answer;

/// Where records go.
pub(crate) enum Sink {
    /// A pipe.
    Stdout(io::Stdout),
    /// A file, at its end, and where it is if it was made for this run.
    File(File, Option<PathBuf>),
}

/// Writes records.
pub(crate) struct Warc {
    sink: Sink,
    agent: String,
    /// The id of this run's `warcinfo`, once it is written.
    info: Option<String>,
}

impl Warc {
    /// A writer for a run under the name `agent`.
    pub(crate) const fn new(sink: Sink, agent: String) -> Self {
        Self {
            sink,
            agent,
            info: None,
        }
    }

    /// Keeps an answer.
    ///
    /// # Errors
    /// When it cannot be written. What a file held before is still there, and nothing else.
    pub(crate) fn keep(&mut self, url: &Url, answer: &Answer) -> io::Result<()> {
        let info = if let Some(id) = &self.info {
            id.clone()
        } else {
            let (id, member) = warcinfo(&self.agent, answer.at)?;
            self.sink.append(&member)?;
            self.info.insert(id).clone()
        };
        self.sink.append(&response(url, answer, &info)?)
    }

    /// Asks the system to put everything on the disk; a file made for nothing goes again.
    ///
    /// # Errors
    /// When it cannot.
    pub(crate) fn close(self) -> io::Result<()> {
        match (self.sink, self.info) {
            (Sink::File(file, _), Some(_)) => file.sync_all(),
            (Sink::File(_, Some(made)), None) => fs::remove_file(made),
            _ => Ok(()),
        }
    }
}

impl Sink {
    fn append(&mut self, member: &[u8]) -> io::Result<()> {
        match self {
            Self::Stdout(out) => {
                out.write_all(member)?;
                out.flush()
            }
            Self::File(file, _) => {
                let before = file.seek(SeekFrom::End(0))?;
                // A full disk: half a record is worse than none.
                file.write_all(member)
                    .inspect_err(|_| drop(file.set_len(before)))
            }
        }
    }
}

/// The record that says who fetched, and its id.
fn warcinfo(agent: &str, at: Timestamp) -> io::Result<(String, Vec<u8>)> {
    let block = format!(
        "software: onrecord/{version}\r\n\
         format: WARC File Format 1.1\r\n\
         conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n\
         robots: obey\r\n\
         http-header-user-agent: {agent}\r\n",
        version = env!("CARGO_PKG_VERSION"),
    );
    let id = record_id("warcinfo", at, block.as_bytes());
    let fields = [
        ("WARC-Type", "warcinfo".to_owned()),
        ("WARC-Record-ID", id.clone()),
        ("WARC-Date", date(at)),
        ("Content-Type", "application/warc-fields".to_owned()),
    ];
    Ok((id, member(&fields, block.as_bytes())?))
}

/// The record of an answer.
fn response(url: &Url, answer: &Answer, info: &str) -> io::Result<Vec<u8>> {
    let mut block = http_head(answer);
    block.extend_from_slice(&answer.body);
    let mut fields = vec![
        ("WARC-Type", "response".to_owned()),
        ("WARC-Record-ID", record_id(url.as_str(), answer.at, &block)),
        ("WARC-Warcinfo-ID", info.to_owned()),
        ("WARC-Target-URI", url.to_string()),
        ("WARC-Date", date(answer.at)),
    ];
    if let Some(address) = answer.address {
        fields.push(("WARC-IP-Address", address.to_string()));
    }
    fields.push(("WARC-Payload-Digest", digest(&answer.body)));
    let kind = "application/http; msgtype=response";
    fields.push(("Content-Type", kind.to_owned()));
    member(&fields, &block)
}

/// Status line and fields as they stand before a body.
fn http_head(answer: &Answer) -> Vec<u8> {
    let reason = answer.status.canonical_reason().unwrap_or_default();
    let line = format!(
        "{:?} {} {reason}\r\n",
        answer.version,
        answer.status.as_u16()
    );
    let mut head = line.into_bytes();
    fields_of(&answer.headers, &mut head);
    head.extend_from_slice(b"\r\n");
    head
}

fn fields_of(headers: &HeaderMap, head: &mut Vec<u8>) {
    for (name, value) in headers {
        head.extend_from_slice(name.as_str().as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value.as_bytes());
        head.extend_from_slice(b"\r\n");
    }
}

/// A record as a gzip member.
fn member(fields: &[(&str, String)], block: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(b"WARC/1.1\r\n")?;
    for (name, value) in fields {
        write!(packer, "{name}: {value}\r\n")?;
    }
    write!(packer, "Content-Length: {}\r\n\r\n", block.len())?;
    packer.write_all(block)?;
    packer.write_all(b"\r\n\r\n")?;
    packer.finish()
}

/// A UUID made from what the record is (RFC 9562, version 8): no two records of an archive share
/// URL, instant and content.
fn record_id(what: &str, at: Timestamp, block: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(what.as_bytes());
    hash.update(at.as_nanosecond().to_be_bytes());
    hash.update(block);
    let mut id = [0; 16];
    id.copy_from_slice(&hash.finalize()[..16]);
    id[6] = id[6] & 0x0f | 0x80;
    id[8] = id[8] & 0x3f | 0x80;
    let hex = hex(&id);
    let parts = [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ];
    format!("<urn:uuid:{}>", parts.join("-"))
}

/// The digest of a body, by which two answers are told to be the same.
pub(crate) fn digest(body: &[u8]) -> String {
    format!("sha256:{}", hex(&Sha256::digest(body)))
}

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from(b"0123456789abcdef"[usize::from(nibble)]);
    bytes
        .iter()
        .flat_map(|b| [digit(b >> 4), digit(b & 15)])
        .collect()
}

/// An instant to the second, as CC-NEWS has it.
fn date(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use flate2::read::GzDecoder;
    use reqwest::header::HeaderValue;
    use reqwest::{StatusCode, Version};
    use std::io::Read as _;

    /// An answer with a body and an `ETag`.
    pub(crate) fn answer(body: &str, etag: &'static str) -> Answer {
        let mut headers = HeaderMap::new();
        headers.insert("etag", HeaderValue::from_static(etag));
        Answer {
            status: StatusCode::OK,
            version: Version::HTTP_11,
            headers,
            body: body.into(),
            address: Some([192, 0, 2, 7].into()),
            at: Timestamp::constant(1_756_026_902, 5),
        }
    }

    #[test]
    fn a_record_as_others_write_it() {
        let url = Url::parse("https://example.org/a").unwrap();
        let packed = response(&url, &answer("<p>Ice</p>", "\"x\""), "<urn:uuid:0>").unwrap();
        let mut text = String::new();
        GzDecoder::new(&packed[..])
            .read_to_string(&mut text)
            .unwrap();
        let id = "urn:uuid:";
        let (before, after) = text.split_once(&format!("WARC-Record-ID: <{id}")).unwrap();
        let (uuid, after) = after.split_once(">\r\n").unwrap();
        assert_eq!(before, "WARC/1.1\r\nWARC-Type: response\r\n");
        assert_eq!(uuid.len(), 36);
        assert_eq!(uuid.as_bytes()[14], b'8');
        assert_eq!(
            after,
            "WARC-Warcinfo-ID: <urn:uuid:0>\r\n\
             WARC-Target-URI: https://example.org/a\r\n\
             WARC-Date: 2025-08-24T09:15:02Z\r\n\
             WARC-IP-Address: 192.0.2.7\r\n\
             WARC-Payload-Digest: sha256:cbb6272c390e574eb42d7d7e5508b400452ec9f091147b53fc45cc18628c91de\r\n\
             Content-Type: application/http; msgtype=response\r\n\
             Content-Length: 40\r\n\r\n\
             HTTP/1.1 200 OK\r\netag: \"x\"\r\n\r\n<p>Ice</p>\r\n\r\n"
        );
    }
}
