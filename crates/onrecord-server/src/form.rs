//! In which form something is asked for: a page, or its twin as data.

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use onrecord_page::harmless_json;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::problem::Problem;

/// A form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// HTML.
    Page,
    /// JSON.
    Json,
    /// Comma-separated values.
    Csv,
    /// Parquet.
    Parquet,
    /// A workbook.
    Xlsx,
}

impl Form {
    /// A path without its ending, and the form that the ending asks for.
    pub(crate) fn of(path: &str) -> (&str, Self) {
        let known = [
            (".json", Self::Json),
            (".csv", Self::Csv),
            (".parquet", Self::Parquet),
            (".xlsx", Self::Xlsx),
        ];
        for (ending, form) in known {
            if let Some(rest) = path.strip_suffix(ending) {
                return (rest, form);
            }
        }
        (path, Self::Page)
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Page => "text/html; charset=utf-8",
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// An answer in this form; who has it already is told so.
    pub(crate) fn answer(self, asked: &HeaderMap, body: impl Into<Vec<u8>>) -> Response {
        let body: Vec<u8> = body.into();
        let digest = Sha256::digest(&body);
        let digits = hex(&digest[..16]);
        // Weak: it may be compressed on its way.
        let tag = format!("W/\"{digits}\"");
        let head = [
            (header::CONTENT_TYPE, self.media_type().to_owned()),
            (header::CACHE_CONTROL, "private, no-cache".to_owned()),
            (header::ETAG, tag.clone()),
        ];
        let has = asked
            .get(header::IF_NONE_MATCH)
            .and_then(|h| h.to_str().ok());
        let bare = tag.trim_start_matches("W/");
        if has.is_some_and(|all| {
            all.split(',')
                .any(|t| t.trim().trim_start_matches("W/") == bare)
        }) {
            return (StatusCode::NOT_MODIFIED, head, Body::empty()).into_response();
        }
        (head, body).into_response()
    }
}

/// Bytes as digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, b| {
        // Writing to memory does not fail.
        let _ = write!(out, "{b:02x}");
        out
    })
}

/// A value as a line of JSON.
///
/// # Errors
/// When it cannot be written as JSON.
pub(crate) fn json(of: &impl Serialize) -> Result<String, Problem> {
    Ok(harmless_json(&serde_json::to_string(of)?) + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_asks_for_a_form() {
        assert_eq!(Form::of("/find.csv"), ("/find", Form::Csv));
        assert_eq!(Form::of("3fa9c2d1:c1.json"), ("3fa9c2d1:c1", Form::Json));
        assert_eq!(Form::of("St. John"), ("St. John", Form::Page));
    }
}
