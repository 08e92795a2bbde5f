//! A room on a port of its own, and requests to it byte by byte, as no browser would send them.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::{OnceLock, mpsc};
use std::time::Duration;

use onrecord::{Envelope, Reader};
use onrecord_ledger::{Filing, Ledger, Origin};
use onrecord_server::{Options, Token, file_examples, serve};

pub(crate) const TOKEN: &str = "a token that is long enough";

/// A report whose every part tries to be more than words.
const HOSTILE: &str = include_str!("../../../onrecord-page/tests/browser/hostile.txt");
const HOSTILE_PLEDGE: &str = "=HYPERLINK(\"https://evil.example\")<script>alert(1)</script> pledge\n\n\
    BRACKWATER, March 5, 2031 (Example Wire) - Peru will lend the port of \"><img src=x onerror=alert(2)> \
    Brackwater $600 million, Finance Minister Alba Noriega said on Wednesday. The mayor of \
    Brackwater denied that Peru had promised the money.\n";

pub(crate) struct Room {
    pub(crate) address: SocketAddr,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|e| panic!("{e}: {}\n{}", self.head, self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|l| l.split_once(": "));
        lines
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v)
    }
}

fn now() -> jiff::Timestamp {
    "2031-04-01T12:00:00Z".parse().unwrap()
}

pub(crate) fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| Reader::new().unwrap())
}

/// A room with the examples; with hostile reports besides; with a token.
pub(crate) fn room(hostile: bool, token: bool) -> Room {
    let folder = tempfile::tempdir().unwrap().keep();
    let ledger = Ledger::open(folder.join("news.db").to_str().unwrap()).unwrap();
    file_examples(&ledger, now()).unwrap();
    if hostile {
        for (i, text) in [HOSTILE, HOSTILE_PLEDGE].into_iter().enumerate() {
            let envelope = Envelope {
                outlet: Some("\"><img src=x onerror=alert(7)>\u{202e}".into()),
                url: Some("javascript:alert(6)".into()),
                ..Envelope::default()
            };
            let record = reader().read(text.as_bytes(), &envelope);
            let origin = Origin {
                location: format!("javascript:alert({i})//\"><svg onload=alert(8)>"),
                outlet: record.report.outlet.clone(),
                filed: now(),
            };
            ledger
                .file(&[Filing::new(record, origin).unwrap()])
                .unwrap();
        }
    }
    let options = Options {
        ledger,
        examples: !hostile,
        token: token.then(|| Token::new(TOKEN).unwrap()),
        hosts: vec!["desk.example".into()],
        now,
        tell: |what| eprintln!("{what}"),
    };
    let (told, address) = mpsc::channel();
    std::thread::spawn(move || {
        let any = "127.0.0.1:0".parse().unwrap();
        serve(
            options,
            any,
            |a| told.send(a).unwrap(),
            std::future::pending::<()>,
        )
        .unwrap();
    });
    Room {
        address: address.recv_timeout(Duration::from_mins(1)).unwrap(),
    }
}

impl Room {
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[("accept", "text/html")], b"")
    }

    /// Sends a request; the header `host` is that of the room unless another is given.
    pub(crate) fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let mut head = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\n");
        if headers.iter().all(|(n, _)| *n != "host") {
            let _ = write!(head, "host: {}\r\n", self.address);
        }
        for (name, value) in headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let _ = write!(head, "content-length: {}\r\n\r\n", body.len());
        let mut all = head.into_bytes();
        all.extend_from_slice(body);
        self.raw(&all)
    }

    /// Sends bytes as they are.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_mins(1)))
            .unwrap();
        // A server that has seen enough hangs up.
        let _ = stream.write_all(bytes);
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all);
        let at = all
            .windows(4)
            .position(|w| w == b"\r\n\r\n")
            .expect("an answer");
        let head = String::from_utf8(all[..at].to_vec()).unwrap();
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap();
        let body = all[at + 4..].to_vec();
        Answer { status, head, body }
    }

    /// The handles of all entries of a kind.
    pub(crate) fn handles(&self, kind: &str) -> Vec<String> {
        let found = self
            .get(&format!("/find.json?limit=1000&kind={kind}"))
            .json();
        let all = found["entries"].as_array().unwrap().iter();
        all.map(|e| e["handle"].as_str().unwrap().to_owned())
            .collect()
    }
}

/// As a part of a path.
pub(crate) fn part(words: &str) -> String {
    let mut out = String::new();
    for b in words.bytes() {
        if b.is_ascii_alphanumeric() || b"-._~:".contains(&b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
    out
}
