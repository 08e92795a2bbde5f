//! Writes the page of a record: `render < record.json > page.html`.
//!
//! Showing a record does not need the machine that made it.

use std::error::Error;
use std::io::{Read as _, Write as _};

fn main() -> Result<(), Box<dyn Error>> {
    let mut json = String::new();
    std::io::stdin().read_to_string(&mut json)?;
    let record = onrecord_model::Record::from_json(&json)?;
    let page = onrecord_page::page(&record)?;
    std::io::stdout().write_all(page.as_bytes())?;
    Ok(())
}
