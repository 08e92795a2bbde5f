//! Prints the tokens of texts, for what is trained outside this workspace.
//!
//! Input: JSON lines with `id` and `text` (`.jsonl`, `.jsonl.gz`), or one plain text. The first
//! line of a text is taken as its headline, the rest as its body.
//! Output: a line of tokens for each sentence of a plain text; for JSON lines `{"id", "paragraphs": [{"sentences": [[[start, end], ...], ...]}]}` in code points.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use anyhow::{Context, Result};
use onrecord_model::{Document, Report, Segment, SegmentLabel, Text, TextRange};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
}

#[derive(Serialize)]
struct Cut {
    id: String,
    paragraphs: Vec<Paragraph>,
}

#[derive(Serialize, Default)]
struct Paragraph {
    sentences: Vec<Vec<[u32; 2]>>,
}

/// Reads `path` and prints each text's tokens.
pub(crate) fn run(path: &Path) -> Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    if !path.to_string_lossy().contains(".jsonl") {
        let text = std::fs::read_to_string(path)?;
        let document = cut(&text);
        for sentence in document.sentences() {
            let tokens = &document.tokens()[sentence.tokens.usizes()];
            let forms = tokens.iter().map(|t| document.text().slice(t.range));
            writeln!(out, "{}", forms.collect::<Vec<_>>().join(" "))?;
        }
        return Ok(out.flush()?);
    }
    for line in lines(path)? {
        let line: Line = serde_json::from_str(&line?)?;
        let document = cut(&line.text);
        let cut = Cut {
            id: line.id,
            paragraphs: paragraphs(&document),
        };
        serde_json::to_writer(&mut out, &cut)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn cut(text: &str) -> Document {
    let first = text.find('\n').map_or(text.len(), |i| i + 1);
    let segments = [
        (SegmentLabel::Headline, first),
        (SegmentLabel::Body, text.len()),
    ];
    onrecord_language::cut(&report(text, &segments))
}

/// The lines of a file, unpacked when its name ends in `.gz`.
pub(crate) fn lines(path: &Path) -> Result<impl Iterator<Item = std::io::Result<String>>> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let read: Box<dyn Read> = if path.extension().is_some_and(|e| e == "gz") {
        Box::new(flate2::read::MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    Ok(BufReader::new(read).lines())
}

/// A bare report of a text, its segments given by label and end.
pub(crate) fn report(text: &str, segments: &[(SegmentLabel, usize)]) -> Report {
    let text = Text::new(text);
    let mut start = 0;
    let mut tiles = Vec::new();
    for &(label, end) in segments {
        tiles.extend(
            Segment::new(&text, label, TextRange::of(start, end)).filter(|s| !s.range().is_empty()),
        );
        start = end;
    }
    Report {
        segments: tiles,
        ..Report::bare(text)
    }
}

fn paragraphs(document: &Document) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    for sentence in document.sentences() {
        while out.len() <= sentence.paragraph as usize {
            out.push(Paragraph::default());
        }
        let tokens = &document.tokens()[sentence.tokens.usizes()];
        let places = tokens.iter().filter_map(|t| {
            let span = document.text().span(t.range).ok()?;
            Some([span.start(), span.end()])
        });
        if let Some(last) = out.last_mut() {
            last.sentences.push(places.collect());
        }
    }
    out
}
