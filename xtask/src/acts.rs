//! Prints what the model of acts sees of texts, for `training/acts.py`.
//!
//! Input: JSON lines with `id`, `text` and perhaps `published`. Output: a line for each with its `tokens` (code points),
//! `sentences` (the token each ends before), `paragraphs` (of each sentence), `heads` (-1 for none), `rows` of features,
//! `width` of a state, `mentions` (entity, first and last token, country), `statements`, `times` and `amounts`, the `record` and
//! `why` it has each commitment and event, for `training/confidence.py`. The states go
//! to a file of 16-bit floats beside it, one row a token.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;
use half::f16;
use onrecord::{Envelope, Reader};
use onrecord_model::{Document, Record, Span, TokenRange};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    #[serde(default)]
    published: Option<String>,
}

/// Reads `path`, prints each text's layers, and writes the states to `states`.
pub(crate) fn run(path: &Path, states: &Path) -> Result<()> {
    let reader = Reader::new()?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut raw = BufWriter::new(File::create(states)?);
    for line in crate::tokens::lines(path)? {
        let line: Line = serde_json::from_str(&line?)?;
        let envelope = Envelope {
            published: line.published.as_deref().and_then(|p| p.parse().ok()),
            ..Envelope::default()
        };
        let reading = reader.study(line.text.as_bytes(), &envelope);
        let (d, record) = (&reading.document, &reading.record);
        let n = d.tokens().len();
        let all = d.states(TokenRange::new(0, n as u32));
        for value in all {
            raw.write_all(&f16::from_f32(*value).to_le_bytes())?;
        }
        let place = |s: &Span| {
            let t = d.tokens_in(s.range());
            [t.start.0, t.end.0]
        };
        let (rows, columns) = onrecord_language::Acts::example(d);
        let mentions: Vec<_> = (record.entities.iter().enumerate())
            .flat_map(|(i, e)| e.mentions.iter().map(move |m| (i, e, m)))
            .map(|(i, e, m)| json!([i, place(&m.span), e.country, e.kind.as_str()]))
            .collect();
        let example = json!({
            "id": line.id, "same": record.report.text.as_str() == line.text, "columns": columns,
            "tokens": spans(d), "sentences": d.sentences().iter().map(|s| s.tokens.end.0).collect::<Vec<_>>(),
            "paragraphs": d.sentences().iter().map(|s| s.paragraph).collect::<Vec<_>>(),
            "heads": d.tokens().iter().map(|t| t.head.map_or(-1, |h| i64::from(h.0))).collect::<Vec<_>>(),
            "rows": rows, "record": record, "why": why(record), "width": all.len().checked_div(n).unwrap_or(0),
            "mentions": mentions,
            "statements": record.statements.iter().map(|s| json!({
                "source": s.source.span.as_ref().map(place), "cue": place(&s.cue.span),
                "content": s.content.iter().map(place).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "times": record.times.iter().map(|t| json!([place(&t.span), t.value])).collect::<Vec<_>>(),
            "amounts": record.amounts.iter().map(|a| json!([place(&a.span), a.value, a.currency, a.unit])).collect::<Vec<_>>(),
        });
        serde_json::to_writer(&mut out, &example)?;
        out.write_all(b"\n")?;
    }
    raw.flush()?;
    Ok(out.flush()?)
}

/// The rule or model behind each commitment and event, by its id.
fn why(record: &Record) -> BTreeMap<String, &str> {
    let commitments = record
        .commitments
        .iter()
        .map(|c| (c.id.to_string(), &c.why));
    let events = record.events.iter().map(|e| (e.id.to_string(), &e.why));
    let all = commitments.chain(events);
    all.map(|(id, why)| (id, why.0.as_str())).collect()
}

fn spans(d: &Document) -> Vec<[u32; 2]> {
    let span = |t: &onrecord_model::Token| {
        d.text()
            .span(t.range)
            .ok()
            .map_or([0, 0], |s| [s.start(), s.end()])
    };
    d.tokens().iter().map(span).collect()
}
