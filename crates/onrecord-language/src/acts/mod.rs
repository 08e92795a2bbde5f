//! Who promises, asks and does what to whom.

mod features;

use onrecord_model::Document;

/// What the network is told of each token of a document, and how many values each column has.
pub fn example(document: &Document) -> (Vec<Vec<u8>>, &'static [usize]) {
    let rows = features::rows(document);
    (
        rows.into_iter().map(Vec::from).collect(),
        &features::COLUMNS,
    )
}
