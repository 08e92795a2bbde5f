//! The pages, and their twins as data.

pub(crate) mod find;
pub(crate) mod front;
pub(crate) mod read;
pub(crate) mod report;
pub(crate) mod thread;
pub(crate) mod tracker;
pub(crate) mod who;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;

use crate::assets::{SCRIPT_NAME, STYLE_NAME};
use crate::desk::Desk;
use crate::form::{Form, json};
use crate::problem::Problem;

/// What stands around every page.
#[derive(Clone)]
pub(crate) struct Frame {
    /// The page's name in the navigation.
    pub(crate) here: &'static str,
    /// The stylesheet's name.
    pub(crate) style: &'static str,
    /// The script's name.
    pub(crate) script: &'static str,
    /// Whether there is nothing but the examples.
    pub(crate) examples: bool,
    /// Whether whoever looks is signed in.
    pub(crate) closed: bool,
}

impl Frame {
    /// Around the page of a name.
    pub(crate) fn of(desk: &Desk, here: &'static str) -> Self {
        Self {
            here,
            style: &STYLE_NAME,
            script: &SCRIPT_NAME,
            examples: desk.examples,
            closed: desk.access.is_closed(),
        }
    }
}

/// A page as an answer.
fn html(headers: &HeaderMap, page: &impl Template) -> Result<Response, Problem> {
    Ok(Form::Page.answer(headers, page.render()?))
}

/// The twin that an address asks for is not there.
fn no_twin() -> Problem {
    Problem::nothing("this page has no such twin; leave the ending out, or take .json")
}

/// Whether the server is well: it answers, and the ledger does.
pub(crate) async fn health(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    #[derive(Serialize)]
    struct Health {
        status: &'static str,
    }
    desk.look(|ledger| Ok(ledger.size()?)).await?;
    Ok(Form::Json.answer(&headers, json(&Health { status: "ok" })?))
}

/// What has no address.
pub(crate) async fn nowhere() -> Problem {
    Problem::nothing("there is nothing at this address; begin at `/`")
}
