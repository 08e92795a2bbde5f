//! Prints what the coreference model sees of texts, for `training/coreference.py`.
//!
//! Input: JSON lines with `text` and `doc` or `id`. Output: a line for each with `sizes` of the
//! features, and of every expression its `spans` and `heads` (code points), `rows`, the `states` of its
//! head (in 256ths), the `groups` that names alone make, and `pairs`: candidate and rows.

use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;
use onrecord_language::{Coreference, Pipeline, Syntax};
use onrecord_model::{TokenId, TokenRange};
use serde::{Deserialize, Serialize};

use crate::score::coreference::{analysed, place};

#[derive(Deserialize)]
struct Line {
    #[serde(alias = "id")]
    doc: String,
    text: String,
}

#[derive(Serialize)]
struct Example {
    doc: String,
    sizes: [&'static [u32]; 2],
    spans: Vec<(u32, u32)>,
    heads: Vec<(u32, u32)>,
    rows: Vec<Vec<u32>>,
    states: Vec<Vec<i16>>,
    groups: Vec<Option<u32>>,
    pairs: Vec<Vec<(u32, Vec<u32>)>>,
}

/// Reads `path` and prints each text's examples.
pub(crate) fn run(path: &Path) -> Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let pipeline = Pipeline::new(vec![Box::new(Syntax::new()?)])?;
    for line in crate::tokens::lines(path)? {
        let line: Line = serde_json::from_str(&line?)?;
        let document = analysed(&pipeline, &line.text);
        let found = Coreference::example(&document);
        let of = |t: TokenRange| place(&document, t).unwrap_or_default();
        let example = Example {
            doc: line.doc,
            sizes: Coreference::sizes(),
            spans: found.expressions.iter().map(|e| of(e.0)).collect(),
            heads: (found.expressions.iter())
                .map(|e| of(TokenRange::one(TokenId(e.1))))
                .collect(),
            rows: found.rows,
            states: found.states,
            groups: found.groups,
            pairs: found.candidates,
        };
        serde_json::to_writer(&mut out, &example)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}
