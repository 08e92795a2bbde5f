//! Attribution: who says so (source, cue, content), to whom, where, and how firmly.

use onrecord_model::{Statement, TimeMention};

use crate::{Context, entities::Entities};

/// Every statement of the report, in text order.
pub fn extract(_cx: &Context<'_>, _entities: &Entities, _times: &[TimeMention]) -> Vec<Statement> {
    Vec::new()
}
