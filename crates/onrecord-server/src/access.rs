//! Who may come in: whoever shows the token, once in a browser, with each request otherwise.
//!
//! The token itself is not kept, only its digest, and it is written nowhere. A browser gets a session
//! for it, which ends with the server or after [`SESSION`].

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;

use crate::desk::Desk;
use crate::form::{Form, hex};
use crate::pages::Frame;
use crate::problem::Problem;

/// Letters that a token has at least.
pub const SHORTEST: usize = 16;
/// How long a browser stays signed in.
const SESSION: SignedDuration = SignedDuration::from_hours(12);
/// Sessions at once; the oldest makes room.
const SESSIONS: usize = 1000;
/// How long an answer to a wrong token takes, and how many are answered at a time.
const DOUBT: Duration = Duration::from_millis(400);
const DOUBTS: usize = 4;
/// The name of the cookie.
const COOKIE: &str = "onrecord_session";

type Sha = [u8; 32];

/// What opens the server. Only its digest is kept; it is never printed.
#[derive(Clone)]
pub struct Token(Sha);

impl Token {
    /// Takes a token; none when it has fewer than [`SHORTEST`] letters.
    pub fn new(token: &str) -> Option<Self> {
        (token.chars().count() >= SHORTEST).then(|| Self(digest(token)))
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}

fn digest(secret: &str) -> Sha {
    Sha256::digest(secret.as_bytes()).into()
}

/// Who may come in, and who is in.
pub(crate) struct Access {
    token: Option<Token>,
    /// Until when, by the digest of what the cookie holds.
    sessions: Mutex<BTreeMap<Sha, Timestamp>>,
    doubts: Semaphore,
}

impl Access {
    /// Nobody is in yet.
    pub(crate) fn new(token: Option<Token>) -> Self {
        Self {
            token,
            sessions: Mutex::default(),
            doubts: Semaphore::new(DOUBTS),
        }
    }

    /// Whether a token is asked for.
    pub(crate) const fn is_closed(&self) -> bool {
        self.token.is_some()
    }

    /// Digests are compared: how long that takes says nothing of the token.
    fn opens(&self, token: &str) -> bool {
        self.token.as_ref().is_none_or(|t| t.0 == digest(token))
    }

    fn is_in(&self, headers: &HeaderMap, now: Timestamp) -> bool {
        let bearer = headers.get(header::AUTHORIZATION);
        let bearer = bearer.and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "));
        if bearer.is_some_and(|token| self.opens(token.trim())) {
            return true;
        }
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        let until = session(headers).and_then(|s| sessions.get(&digest(s)).copied());
        until.is_some_and(|until| now < until)
    }

    /// A new session: what the cookie holds.
    fn begin(&self, now: Timestamp) -> Option<String> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).ok()?;
        let secret = hex(&bytes);
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, until| now < *until);
        if sessions.len() >= SESSIONS {
            let oldest = sessions.iter().min_by_key(|(_, until)| **until);
            if let Some(oldest) = oldest.map(|(s, _)| *s) {
                sessions.remove(&oldest);
            }
        }
        sessions.insert(digest(&secret), now.saturating_add(SESSION).unwrap_or(now));
        Some(secret)
    }

    fn end(&self, headers: &HeaderMap) {
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(secret) = session(headers) {
            sessions.remove(&digest(secret));
        }
    }
}

/// What the cookie holds.
fn session(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get_all(header::COOKIE).iter();
    let mut cookies = all
        .filter_map(|c| c.to_str().ok())
        .flat_map(|c| c.split(';'));
    cookies.find_map(|c| c.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// Lets in who is known; others see what signing in needs, and whether the server is well.
pub(crate) async fn known(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let open = path == "/healthz" || path == "/login" || path.starts_with("/assets/");
    if !desk.access.is_closed() || open || desk.access.is_in(request.headers(), desk.now()) {
        return next.run(request).await;
    }
    let accept = request.headers().get(header::ACCEPT);
    let page = accept
        .and_then(|a| a.to_str().ok())
        .is_some_and(|a| a.contains("text/html"));
    if page && !path.starts_with("/api/") && Form::of(path).1 == Form::Page {
        let next: String =
            url::form_urlencoded::byte_serialize(request.uri().to_string().as_bytes()).collect();
        return Redirect::to(&format!("/login?next={next}")).into_response();
    }
    let why = "a token is needed; send it as `Authorization: Bearer TOKEN`";
    let mut response = Problem::of(StatusCode::UNAUTHORIZED, why).into_response();
    let scheme = HeaderValue::from_static("Bearer realm=\"onrecord\"");
    response
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, scheme);
    response
}

#[derive(Template)]
#[template(path = "login.html")]
struct Login {
    frame: Frame,
    next: String,
    wrong: bool,
}

/// Where to go on: a path of this server and nothing else.
fn inside(next: &str) -> &str {
    let plain = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    if plain && next.bytes().all(|b| b.is_ascii_graphic()) {
        next
    } else {
        "/"
    }
}

fn field(pairs: &[u8], name: &str) -> String {
    let mut all = url::form_urlencoded::parse(pairs);
    all.find(|(n, _)| n == name)
        .map(|(_, v)| v.into_owned())
        .unwrap_or_default()
}

/// The form that takes the token.
pub(crate) async fn form(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Response, Problem> {
    let next = field(uri.query().unwrap_or_default().as_bytes(), "next");
    login(&desk, inside(&next), false)
}

fn login(desk: &Desk, next: &str, wrong: bool) -> Result<Response, Problem> {
    let page = Login {
        frame: Frame::of(desk, ""),
        next: next.to_owned(),
        wrong,
    };
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    Ok(([(header::CACHE_CONTROL, "no-store")], kind, page.render()?).into_response())
}

/// Takes the token and begins a session.
pub(crate) async fn enter(State(desk): State<Arc<Desk>>, body: Bytes) -> Result<Response, Problem> {
    let next = field(&body, "next");
    let next = inside(&next);
    if !desk.access.opens(field(&body, "token").trim()) {
        let _turn = desk.access.doubts.acquire().await;
        tokio::time::sleep(DOUBT).await;
        return login(&desk, next, true);
    }
    let secret = desk.access.begin(desk.now());
    let secret = secret.ok_or_else(|| Problem::failed("no random bytes".to_owned()))?;
    let cookie = format!(
        "{COOKIE}={secret}; HttpOnly; SameSite=Strict; Path=/; Max-Age={}",
        SESSION.as_secs()
    );
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(next)).into_response())
}

/// Ends a session.
pub(crate) async fn leave(State(desk): State<Arc<Desk>>, headers: HeaderMap) -> Response {
    desk.access.end(&headers);
    let cookie = format!("{COOKIE}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
    ([(header::SET_COOKIE, cookie)], Redirect::to("/login")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_long_and_never_shown() {
        assert!(Token::new("short").is_none());
        let token = Token::new("a long enough token").unwrap();
        assert_eq!(format!("{token:?}"), "Token(..)");
    }

    #[test]
    fn signing_in_leads_nowhere_else() {
        assert_eq!(inside("/find?by=Noriega"), "/find?by=Noriega");
        for other in [
            "//evil.example",
            "https://evil.example",
            "/\\evil",
            "",
            "/a\r\nb",
        ] {
            assert_eq!(inside(other), "/");
        }
    }

    #[test]
    fn a_session_ends() {
        let access = Access::new(Token::new("a long enough token"));
        let now = Timestamp::UNIX_EPOCH;
        let secret = access.begin(now).unwrap();
        let mut headers = HeaderMap::new();
        let cookie = format!("other=1; {COOKIE}={secret}");
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        assert!(access.is_in(&headers, now));
        assert!(!access.is_in(&headers, now + SESSION));
        access.end(&headers);
        assert!(!access.is_in(&headers, now));
        assert!(!access.is_in(&HeaderMap::new(), now));
    }
}
