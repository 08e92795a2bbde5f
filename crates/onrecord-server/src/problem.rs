//! What cannot be answered, and what to do about it: for a program as `application/problem+json`
//! (RFC 9457), for a person as a page.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use onrecord_columns::ColumnsError;
use onrecord_ledger::LedgerError;
use onrecord_page::{PageError, clean};
use serde::Serialize;

use crate::desk::Desk;
use crate::form::Form;
use crate::pages::Frame;

/// Why a request is not answered.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    /// The status.
    pub(crate) status: StatusCode,
    /// What is wrong and what to do, in one sentence.
    pub(crate) detail: String,
    /// The field it is about.
    pub(crate) field: Option<&'static str>,
    /// What only whoever runs the server is told.
    pub(crate) inner: Option<String>,
}

impl Problem {
    /// Something that was asked wrongly.
    pub(crate) fn of(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            status,
            detail: detail.into(),
            field: None,
            inner: None,
        }
    }

    /// A field that cannot be so.
    pub(crate) fn field(field: &'static str, detail: impl std::fmt::Display) -> Self {
        Self {
            field: Some(field),
            ..Self::of(StatusCode::BAD_REQUEST, format!("`{field}`: {detail}"))
        }
    }

    /// Nothing is there.
    pub(crate) fn nothing(detail: impl Into<String>) -> Self {
        Self::of(StatusCode::NOT_FOUND, detail)
    }

    /// Too many ask.
    pub(crate) fn busy() -> Self {
        let detail = "too many requests wait for an answer; try again in a few seconds";
        Self::of(StatusCode::SERVICE_UNAVAILABLE, detail)
    }

    /// Something that is nobody's fault who asks.
    pub(crate) fn failed(inner: String) -> Self {
        let detail = "this could not be answered; whoever runs the server is told why";
        Self {
            inner: Some(inner),
            ..Self::of(StatusCode::INTERNAL_SERVER_ERROR, detail)
        }
    }
}

impl From<LedgerError> for Problem {
    fn from(error: LedgerError) -> Self {
        let said = clean(&error.to_string());
        match error {
            LedgerError::NoReport(_) | LedgerError::NoEntry(_) => Self::nothing(said),
            LedgerError::Query(_) | LedgerError::Several(_) => {
                Self::of(StatusCode::BAD_REQUEST, said)
            }
            LedgerError::Record { .. } => Self::of(StatusCode::UNPROCESSABLE_ENTITY, said),
            LedgerError::Locked => Self::of(StatusCode::SERVICE_UNAVAILABLE, said),
            LedgerError::Full => Self::of(StatusCode::INSUFFICIENT_STORAGE, said),
            LedgerError::Sealed(_) => Self::of(
                StatusCode::FORBIDDEN,
                "the ledger is open for looking only; nothing can be filed in it",
            ),
            _ => Self::failed(said),
        }
    }
}

impl From<PageError> for Problem {
    fn from(error: PageError) -> Self {
        Self::failed(error.to_string())
    }
}

impl From<askama::Error> for Problem {
    fn from(error: askama::Error) -> Self {
        Self::failed(error.to_string())
    }
}

impl From<ColumnsError> for Problem {
    fn from(error: ColumnsError) -> Self {
        Self::failed(error.to_string())
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::failed(error.to_string())
    }
}

/// The middleware [`told`] gives it its form.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Serialize)]
struct Json<'p> {
    r#type: &'static str,
    title: &'p str,
    status: u16,
    detail: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    instance: &'p str,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct Page {
    frame: Frame,
    title: String,
    detail: String,
}

/// Gives every problem its form, those of the router and of the layers too.
pub(crate) async fn told(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let page = wants_page(request.method(), &path, request.headers());
    let id = request.headers().get("x-request-id").cloned();
    let mut response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let problem = response.extensions_mut().remove::<Problem>();
    let problem = problem.unwrap_or_else(|| Problem::of(status, known(status)));
    let id = id.as_ref().and_then(|id| id.to_str().ok()).unwrap_or("");
    if let Some(inner) = &problem.inner {
        desk.tell(&format!("request {id} failed: {inner}"));
    }
    let title = status.canonical_reason().unwrap_or("Error");
    let mut told = if page {
        as_page(&desk, &problem, title)
    } else {
        as_json(&problem, title, id)
    };
    for name in [header::ALLOW, header::WWW_AUTHENTICATE, header::RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            told.headers_mut().insert(name, value.clone());
        }
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        let seconds = HeaderValue::from_static("5");
        told.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    told
}

/// What the router and the layers say with a status alone.
fn known(status: StatusCode) -> &'static str {
    match status {
        StatusCode::METHOD_NOT_ALLOWED => "this address does not take that method",
        StatusCode::PAYLOAD_TOO_LARGE => {
            "this is larger than 4 MiB; read it with `onrecord file`, or send less of it"
        }
        StatusCode::SERVICE_UNAVAILABLE => "this took longer than a minute; ask for less",
        StatusCode::NOT_FOUND => "there is nothing at this address",
        _ => "this cannot be answered",
    }
}

fn wants_page(method: &Method, path: &str, headers: &HeaderMap) -> bool {
    let accepts = headers.get_all(header::ACCEPT).iter();
    let html = accepts
        .filter_map(|a| a.to_str().ok())
        .any(|a| a.contains("text/html"));
    let data = path.starts_with("/api/") || Form::of(path).1 != Form::Page;
    html && !data && *method != Method::HEAD
}

fn as_json(problem: &Problem, title: &str, id: &str) -> Response {
    let json = Json {
        r#type: "about:blank",
        title,
        status: problem.status.as_u16(),
        detail: &problem.detail,
        field: problem.field,
        instance: id,
    };
    let body = serde_json::to_string(&json).unwrap_or_default();
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (
        problem.status,
        kind,
        onrecord_page::harmless_json(&body) + "\n",
    )
        .into_response()
}

fn as_page(desk: &Desk, problem: &Problem, title: &str) -> Response {
    let page = Page {
        frame: Frame::of(desk, ""),
        title: title.to_owned(),
        detail: problem.detail.clone(),
    };
    let body = page.render().unwrap_or_else(|_| problem.detail.clone());
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    (problem.status, kind, body).into_response()
}
