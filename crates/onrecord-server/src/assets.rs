//! Style, script and icon: in the program, under names that change with what is in them, so that a
//! browser asks once.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

use crate::form::hex;
use crate::problem::Problem;

/// The look of a record's page, and what the room's other pages have besides.
static STYLE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{}\n{}",
        onrecord_page::STYLE,
        include_str!("../assets/room.css")
    )
});
const ICON: &str = include_str!("../assets/icon.svg");

/// The stylesheet's name.
pub(crate) static STYLE_NAME: LazyLock<String> = LazyLock::new(|| named("room", &STYLE, "css"));
/// The script's name.
pub(crate) static SCRIPT_NAME: LazyLock<String> =
    LazyLock::new(|| named("page", onrecord_page::SCRIPT, "js"));

fn named(stem: &str, content: &str, ending: &str) -> String {
    let digest = Sha256::digest(content.as_bytes());
    let digits = hex(&digest[..6]);
    format!("{stem}-{digits}.{ending}")
}

/// One of them.
pub(crate) async fn asset(Path(name): Path<String>) -> Result<Response, Problem> {
    let (kind, content) = match name.as_str() {
        "icon.svg" => ("image/svg+xml", ICON),
        n if n == *STYLE_NAME => ("text/css; charset=utf-8", STYLE.as_str()),
        n if n == *SCRIPT_NAME => ("text/javascript; charset=utf-8", onrecord_page::SCRIPT),
        _ => return Err(Problem::nothing("there is nothing at this address")),
    };
    let head = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((head, content).into_response())
}
