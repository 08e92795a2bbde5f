//! One request and its answer.
//!
//! A redirect is an answer like others: where it leads is the caller's next request, so that
//! every hop passes the same checks. Left out on purpose: cookies, proxies (they would connect where
//! [`super::address`] cannot see), HTTP/2, other encodings than gzip.
//!
//! **Content-Encoding is undone**, as in the CC-NEWS archives, so that any WARC reader finds the
//! page itself: the field is renamed `X-Crawl-Content-Encoding`, `Content-Length` is that of the
//! page, and what the server counted stays as `X-Crawl-Content-Length`. Transfer encodings are
//! always undone, and renamed likewise.

use std::error::Error as _;
use std::io::Read as _;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Response, StatusCode, Version};
use rustls::{ClientConfig, RootCertStore};
use url::Url;

use super::address::{self, Resolver};
use super::failure::Failure;
use super::robots;
use crate::clock::now;

/// Of the whole time for an answer, what connecting may take at most.
const CONNECT: Duration = Duration::from_secs(10);

/// What the server said.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// `200 OK` and so on.
    pub(crate) status: StatusCode,
    /// The version of HTTP it answered in.
    pub(crate) version: Version,
    /// Its fields, those about encodings as the body now is.
    pub(crate) headers: HeaderMap,
    /// The body without transfer and content encoding; empty unless the status is 200.
    pub(crate) body: Vec<u8>,
    /// Who answered.
    pub(crate) address: Option<IpAddr>,
    /// When it was asked.
    pub(crate) at: Timestamp,
}

/// What an earlier answer said about how to ask again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Validators {
    /// The field `ETag`.
    pub(crate) etag: Option<Vec<u8>>,
    /// The field `Last-Modified`.
    pub(crate) modified: Option<Vec<u8>>,
}

/// Asks servers.
pub(crate) struct Client {
    http: reqwest::Client,
    limits: Limits,
    /// Whether there is anybody to trust for `https`.
    authorities: bool,
}

/// What is asked for, and how far.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    /// The name given to servers.
    pub(crate) agent: String,
    /// Bytes of a body, as sent and as unpacked.
    pub(crate) size: usize,
    /// For a whole answer.
    pub(crate) time: Duration,
    /// Whether addresses inside networks may be asked.
    pub(crate) allow_private: bool,
}

impl Client {
    /// A client that keeps to the limits.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub(crate) fn new(limits: Limits) -> Result<Self, String> {
        let mut roots = RootCertStore::empty();
        let (found, _) =
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|e| e.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .user_agent(&limits.agent)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .dns_resolver(Resolver {
                allow_private: limits.allow_private,
            })
            .connect_timeout(limits.time.min(CONNECT))
            .timeout(limits.time)
            .build()
            .map_err(|e| innermost(&e))?;
        Ok(Self {
            http,
            limits,
            authorities: found > 0,
        })
    }

    /// Asks for a page, or only whether it changed.
    ///
    /// # Errors
    /// When the URL may not be asked for, or there is no whole answer within the limits.
    pub(crate) async fn page(&self, url: &Url, known: &Validators) -> Result<Answer, Failure> {
        let mut ask = HeaderMap::new();
        let kinds = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5";
        ask.insert(header::ACCEPT, HeaderValue::from_static(kinds));
        ask.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        for (name, value) in [
            (header::IF_NONE_MATCH, &known.etag),
            (header::IF_MODIFIED_SINCE, &known.modified),
        ] {
            // A value that no request may hold was not sent by a server either.
            if let Some(value) = value
                .as_deref()
                .and_then(|v| HeaderValue::from_bytes(v).ok())
            {
                ask.insert(name, value);
            }
        }
        let (mut answer, mut response) = self.ask(url, ask).await?;
        if answer.status == StatusCode::OK {
            let most = self.limits.size;
            if response.content_length().is_some_and(|l| l > most as u64) {
                return Err(Failure::TooLarge(most));
            }
            answer.body = self.body(&mut response, most).await?;
            if answer.body.len() > most {
                return Err(Failure::TooLarge(most));
            }
            undo_encodings(&mut answer, most)?;
        }
        Ok(answer)
    }

    /// Asks for a `robots.txt`, and keeps as much of it as is read.
    ///
    /// # Errors
    /// When the URL may not be asked for, or there is no answer within the limits.
    pub(crate) async fn robots(&self, url: &Url) -> Result<Answer, Failure> {
        let mut ask = HeaderMap::new();
        ask.insert(
            header::ACCEPT_ENCODING,
            HeaderValue::from_static("identity"),
        );
        let (mut answer, mut response) = self.ask(url, ask).await?;
        if answer.status.is_success() {
            answer.body = self.body(&mut response, robots::MOST).await?;
            answer.body.truncate(robots::MOST);
        }
        Ok(answer)
    }

    /// Whether a URL can be asked for, as far as the URL itself tells.
    ///
    /// # Errors
    /// When it cannot.
    pub(crate) fn may_ask(&self, url: &Url) -> Result<(), Failure> {
        check(url)?;
        if !self.limits.allow_private {
            address::check_literal(url)?;
        }
        if url.scheme() == "https" && !self.authorities {
            return Err(Failure::NoAuthorities);
        }
        Ok(())
    }

    async fn ask(&self, url: &Url, headers: HeaderMap) -> Result<(Answer, Response), Failure> {
        self.may_ask(url)?;
        let at = now();
        let request = self.http.get(url.clone()).headers(headers);
        let response = request.send().await.map_err(|e| self.failure(&e))?;
        let address = response.remote_addr().map(|a| a.ip());
        if let (Some(address), false) = (address, self.limits.allow_private) {
            address::check(address)?;
        }
        let answer = Answer {
            status: response.status(),
            version: response.version(),
            headers: response.headers().clone(),
            body: Vec::new(),
            address,
            at,
        };
        Ok((answer, response))
    }

    /// The body as sent, read until just over `most` bytes.
    async fn body(&self, response: &mut Response, most: usize) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|e| self.failure(&e))? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > most {
                break;
            }
        }
        Ok(bytes)
    }

    /// What went wrong, in our words.
    fn failure(&self, error: &reqwest::Error) -> Failure {
        let mut cause = error.source();
        while let Some(inner) = cause {
            if let Some(ours) = inner.downcast_ref::<Failure>() {
                return ours.clone();
            }
            cause = inner.source();
        }
        if error.is_timeout() && error.is_connect() {
            return Failure::Connect(self.limits.time.min(CONNECT));
        }
        if error.is_timeout() {
            return Failure::Timeout(self.limits.time);
        }
        Failure::Unreachable(innermost(error))
    }
}

/// Whether a URL can be asked for at all.
///
/// # Errors
/// When it cannot.
pub(crate) fn check(url: &Url) -> Result<(), Failure> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Failure::Scheme(url.scheme().into()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Failure::Password);
    }
    Ok(())
}

/// Unpacks the body and says so in the fields. An encoding that was not asked for stays as it is,
/// and its field with it.
fn undo_encodings(answer: &mut Answer, most: usize) -> Result<(), Failure> {
    let headers = &mut answer.headers;
    rename(headers, "transfer-encoding", "x-crawl-transfer-encoding");
    let encoding = headers
        .get(header::CONTENT_ENCODING)
        .map(|e| e.as_bytes().to_ascii_lowercase());
    if matches!(encoding.as_deref(), Some(b"gzip" | b"x-gzip")) {
        rename(headers, "content-encoding", "x-crawl-content-encoding");
        rename(headers, "content-length", "x-crawl-content-length");
        // An empty body is often labelled gzip and is none.
        if !answer.body.is_empty() {
            answer.body = gunzip(&answer.body, most)?;
        }
    }
    let length = HeaderValue::from(answer.body.len());
    headers.insert(header::CONTENT_LENGTH, length);
    Ok(())
}

/// Unpacks gzip to at most `most` bytes.
///
/// # Errors
/// When it is no gzip or holds more.
pub(crate) fn gunzip(packed: &[u8], most: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut decoder = MultiGzDecoder::new(packed).take(most as u64 + 1);
    decoder
        .read_to_end(&mut bytes)
        .map_err(|e| Failure::Damaged(e.to_string()))?;
    if bytes.len() > most {
        return Err(Failure::TooLarge(most));
    }
    Ok(bytes)
}

fn rename(headers: &mut HeaderMap, from: &'static str, to: &'static str) {
    let values: Vec<HeaderValue> = headers.get_all(from).iter().cloned().collect();
    headers.remove(from);
    for value in values {
        headers.append(HeaderName::from_static(to), value);
    }
}

/// The words of the error that caused the others.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_asked_and_without_passwords() {
        let of = |url: &str| check(&Url::parse(url).unwrap()).map_err(|e| e.to_string());
        assert!(of("https://example.org/a").is_ok());
        assert!(of("file:///etc/passwd").unwrap_err().contains("`file`"));
        assert!(
            of("https://me:secret@example.org/")
                .unwrap_err()
                .contains("password")
        );
    }

    #[test]
    fn a_small_archive_of_a_large_page_is_too_large() {
        use std::io::Write as _;
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&vec![b'a'; 100_000]).unwrap();
        let small = packer.finish().unwrap();
        assert!(small.len() < 1000);
        assert_eq!(gunzip(&small, 100_000).unwrap().len(), 100_000);
        assert!(matches!(
            gunzip(&small, 99_999),
            Err(Failure::TooLarge(99_999))
        ));
        assert!(matches!(
            gunzip(&small[..50], 99_999),
            Err(Failure::Damaged(_))
        ));
    }
}
