//! Events: PLOVER types with actors, recipients, time, place, phase, and on whose word.

use onrecord_model::{Event, Place, Statement, TimeMention};

use crate::{Context, entities::Entities};

/// Every event the report tells, in text order of triggers.
pub fn extract(
    _cx: &Context<'_>,
    _entities: &Entities,
    _statements: &[Statement],
    _times: &[TimeMention],
    _places: &[Place],
) -> Vec<Event> {
    Vec::new()
}
