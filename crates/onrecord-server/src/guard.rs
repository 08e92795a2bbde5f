//! What is looked at before a request is answered, and what every answer tells a browser.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::desk::Desk;
use crate::problem::Problem;

/// Lets a browser load nothing but what this server has, run no script in a page and show it in no
/// frame. A referrer goes to nobody else; without any, a form would not say where it comes from.
const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=()",
    ),
];

/// Puts the headers on every answer.
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        let name = HeaderName::from_static(name);
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Refuses what is addressed to another name, as a page of another site does whose name was made to
/// lead here (DNS rebinding), and what a page of another site sends.
pub(crate) async fn addressed(
    State(desk): State<Arc<Desk>>,
    request: Request,
    next: Next,
) -> Response {
    let Some(host) = host(&request) else {
        let why = "the header `Host` is missing, or there are several";
        return Problem::of(StatusCode::BAD_REQUEST, why).into_response();
    };
    if !is_ours(&host, &desk.hosts) {
        let why = "this server is not known by that name; use its address, or start it with `--host NAME`";
        return Problem::of(StatusCode::MISDIRECTED_REQUEST, why).into_response();
    }
    let safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if !safe && !is_own(request.headers(), &host) {
        let why = "this was sent by a page of another site; send it from a page of this server";
        return Problem::of(StatusCode::FORBIDDEN, why).into_response();
    }
    next.run(request).await
}

/// Name and port a request is addressed to.
fn host(request: &Request) -> Option<String> {
    if let Some(authority) = request.uri().authority() {
        return Some(authority.as_str().to_ascii_lowercase());
    }
    let mut all = request.headers().get_all(header::HOST).iter();
    let (one, None) = (all.next()?, all.next()) else {
        return None;
    };
    Some(one.to_str().ok()?.to_ascii_lowercase())
}

/// Whether a host is one of ours. An address in figures is nobody else's name.
fn is_ours(host: &str, names: &[String]) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let name = name.trim_end_matches('.');
    name == "localhost"
        || name.parse::<IpAddr>().is_ok()
        || names.iter().any(|n| n.eq_ignore_ascii_case(name))
}

/// Whether no page of another site sent it. Programs that are no browsers say nothing of sites.
fn is_own(headers: &HeaderMap, host: &str) -> bool {
    let said = |name: &str| headers.get(name).map(|v| v.to_str().unwrap_or("?"));
    if let Some(site) = said("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match said("origin") {
        Some(origin) => origin
            .split_once("://")
            .is_some_and(|(_, from)| from.eq_ignore_ascii_case(host)),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_not_ours_is_refused() {
        let names = ["desk.example".to_owned()];
        for ours in [
            "localhost:7777",
            "127.0.0.1",
            "[::1]:7777",
            "Desk.example:80",
            "192.168.0.7:1",
        ] {
            assert!(is_ours(&ours.to_ascii_lowercase(), &names), "{ours}");
        }
        for other in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:7777",
            "",
            "[",
            "desk.example.evil",
        ] {
            assert!(!is_ours(other, &names), "{other}");
        }
    }

    #[test]
    fn another_site_sends_nothing() {
        let check = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            is_own(&headers, "127.0.0.1:7777")
        };
        assert!(check(&[]));
        assert!(check(&[("origin", "http://127.0.0.1:7777")]));
        assert!(check(&[
            ("sec-fetch-site", "same-origin"),
            ("origin", "null")
        ]));
        assert!(!check(&[("origin", "http://127.0.0.1:8888")]));
        assert!(!check(&[("origin", "null")]));
        assert!(!check(&[
            ("sec-fetch-site", "same-site"),
            ("origin", "http://127.0.0.1:7777")
        ]));
        assert!(!check(&[("sec-fetch-site", "cross-site")]));
    }
}
