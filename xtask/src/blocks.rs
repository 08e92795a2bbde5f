//! Prints what the model of web pages sees of pages, for `training/articles.py`.
//!
//! Input: JSON lines with `id` and `file`, a page beside them, packed or not. Output: the names of
//! the numbers, then for each page its `rows`: words, numbers, chance and whether the block is kept.

use std::fs;
use std::io::{BufWriter, Read as _, Write};
use std::path::Path;

use anyhow::{Context as _, Result};
use onrecord_intake::{weigh, weights};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Line {
    id: String,
    file: String,
}

/// Prints the blocks of the pages that `path` lists.
pub(crate) fn run(path: &Path) -> Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    writeln!(out, "{}", json!(weights()))?;
    let folder = path.parent().unwrap_or(Path::new("."));
    for line in fs::read_to_string(path)?
        .lines()
        .filter(|l| !l.trim().is_empty())
    {
        let line: Line = serde_json::from_str(line)?;
        let file = folder.join(&line.file);
        let bytes = fs::read(&file).with_context(|| format!("cannot read `{}`", file.display()))?;
        let mut page = Vec::new();
        if bytes.starts_with(b"\x1f\x8b") {
            flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_end(&mut page)?;
        } else {
            page = bytes;
        }
        let blocks = weigh(&String::from_utf8_lossy(&page));
        let rows = blocks
            .iter()
            .map(|b| json!([b.text, b.row, b.chance, b.kept]));
        let rows: Vec<_> = rows.collect();
        writeln!(out, "{}", json!({ "id": line.id, "rows": rows }))?;
    }
    Ok(())
}
