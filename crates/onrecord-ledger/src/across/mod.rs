//! Work across reports, as pure code: which carry the same copy, which tell the same story.
//!
//! Nothing here keeps a report's text: an index holds hashes. What differs between two reports is
//! told by [`carrier::compare`] with both at hand.

pub mod bonds;
pub mod carrier;
mod claim;
mod cluster;
pub mod copies;
pub mod corroboration;
pub mod facts;
pub mod identity;
pub mod reports;
mod runs;
mod sketch;
pub mod stories;
pub mod tellings;
#[cfg(test)]
pub(crate) mod testing;
pub mod threads;
pub mod tracker;
pub mod versions;
mod words;

pub(crate) use claim::Sought;
