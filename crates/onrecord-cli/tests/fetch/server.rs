//! A small web server for the tests of `fetch`: pages by path, and a list of what was asked for.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// One request: its path and its fields in small letters.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) fields: String,
    pub(crate) at: Instant,
}

/// What is sent for a path: a status line's end, fields, a body.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    status: &'static str,
    fields: String,
    body: Vec<u8>,
    /// How long it takes to begin.
    slow: Duration,
    /// The `ETag` that makes a request conditional.
    etag: Option<String>,
    /// Whether only the first request is answered so, and the next ones with the body alone.
    once: bool,
}

/// A page that is there.
pub(crate) fn page(body: impl Into<Vec<u8>>) -> Page {
    Page {
        status: "200 OK",
        fields: String::new(),
        body: body.into(),
        slow: Duration::ZERO,
        etag: None,
        once: false,
    }
}

/// An answer without a body.
pub(crate) fn status(status: &'static str) -> Page {
    Page { status, ..page("") }
}

impl Page {
    pub(crate) fn field(mut self, name: &str, value: &str) -> Self {
        for part in [name, ": ", value, "\r\n"] {
            self.fields.push_str(part);
        }
        self
    }

    pub(crate) fn etag(mut self, etag: &str) -> Self {
        self.etag = Some(etag.into());
        self.field("ETag", etag)
    }

    pub(crate) fn slow(mut self, slow: Duration) -> Self {
        self.slow = slow;
        self
    }

    pub(crate) fn once(mut self, body: &str) -> Self {
        self.once = true;
        self.body = body.into();
        self
    }
}

/// A server on a port of its own.
pub(crate) struct Server {
    address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    pages: Arc<Mutex<BTreeMap<String, Page>>>,
}

impl Server {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            address: listener.local_addr().unwrap().to_string(),
            asked: Arc::default(),
            pages: Arc::default(),
        };
        let (asked, pages) = (Arc::clone(&server.asked), Arc::clone(&server.pages));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (asked, pages) = (Arc::clone(&asked), Arc::clone(&pages));
                // A client that hangs up early is what some tests are about.
                thread::spawn(move || answer(stream, &asked, &pages).ok());
            }
        });
        server
    }

    /// Puts a page up.
    pub(crate) fn put(&self, path: &str, page: Page) {
        self.pages.lock().unwrap().insert(path.into(), page);
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What was asked for, in order.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The paths asked for, in order, without `robots.txt`.
    pub(crate) fn paths(&self) -> Vec<String> {
        let paths = self.asked().into_iter().map(|a| a.path);
        paths.filter(|p| p != "/robots.txt").collect()
    }
}

#[expect(clippy::disallowed_methods, reason = "the tests measure pauses")]
fn answer(
    mut stream: TcpStream,
    asked: &Mutex<Vec<Asked>>,
    pages: &Mutex<BTreeMap<String, Page>>,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut fields = String::new();
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        fields.push_str(&line);
        fields.push('\n');
    }
    let request = Asked {
        path: path.clone(),
        fields: fields.to_ascii_lowercase(),
        at: Instant::now(),
    };
    asked.lock().unwrap().push(request);
    let page = {
        let mut pages = pages.lock().unwrap();
        let now = pages.get(&path).cloned();
        if let Some(first) = now.as_ref().filter(|p| p.once) {
            pages.insert(path, self::page(first.body.clone()));
        }
        now.unwrap_or_else(|| status("404 Not Found"))
    };
    thread::sleep(page.slow);
    let same = page.etag.as_ref();
    let same = same.is_some_and(|e| fields.contains(&format!("if-none-match: {e}")));
    let (status, body) = match (same, page.once) {
        (true, _) => ("304 Not Modified", Vec::new()),
        (false, true) => (page.status, Vec::new()),
        (false, false) => (page.status, page.body),
    };
    let length = format!("Content-Length: {}\r\n", body.len());
    let length = if page.fields.contains("Transfer-Encoding") {
        ""
    } else {
        &length
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\n{}{length}Connection: close\r\n\r\n",
        page.fields
    )?;
    stream.write_all(&body)
}
