//! Commitments: what is promised, agreed, asked or withheld, by whom, and how far it has come.

use onrecord_model::{Amount, Commitment, Statement, TimeMention};

use crate::{Context, entities::Entities};

/// Every commitment the report tells, in text order.
pub fn extract(
    _cx: &Context<'_>,
    _entities: &Entities,
    _statements: &[Statement],
    _times: &[TimeMention],
    _amounts: &[Amount],
) -> Vec<Commitment> {
    Vec::new()
}
