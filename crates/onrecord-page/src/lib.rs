//! A record as a page: the report's text with its entries marked, and the record beside it.
//!
//! The page stands alone. Style and script are in it, it asks nothing of any network, it opens
//! from a file, prints, and reads without its script. The same record gives the same page.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let json = include_str!("../tests/fixtures/record.json");
//! let record = onrecord_model::Record::from_json(json)?;
//! let html = onrecord_page::page(&record)?;
//! assert!(html.starts_with("<!DOCTYPE html>"));
//! # Ok(())
//! # }
//! ```
//!
//! Every word that comes from the report is escaped by the templates, which are checked when
//! this crate is compiled; the page forbids its browser every script but its own.
//!
//! The parts are public, so that a server can build other pages of them: [`article`],
//! [`who_is_who`], [`layers`], [`legend`], [`STYLE`], [`SCRIPT`], [`content_security_policy`].
//!
//! Left out: reading reports, and choosing which entries of a record to show.

mod clean;
mod head;
mod line;
mod marks;
mod notes;
mod people;
mod text;
mod view;
pub mod words;

pub use clean::{clean, harmless_json, is_hostile, visible};
pub use view::{
    PageError, article, article_at, content_security_policy, layers, legend, page, who_is_who,
};

/// The stylesheet: one file, no imports, no fonts to fetch.
pub const STYLE: &str = include_str!("../assets/page.css");

/// The script: links between words and entries, and the keys. The page reads without it.
pub const SCRIPT: &str = include_str!("../assets/page.js");

#[cfg(test)]
mod tests;
