//! Work across reports, as pure code.

mod cluster;
pub mod copies;
mod runs;
mod sketch;
mod words;
