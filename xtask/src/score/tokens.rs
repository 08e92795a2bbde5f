//! Tokens and sentences from raw text against Universal Dependencies treebanks.
//!
//! The raw text is put together again from the forms and `SpaceAfter=No`; paragraphs are parted
//! by blank lines where the treebank says `# newpar` or `# newdoc`. Words of a multi-word token
//! count where their forms make up the token; a token whose words do not is counted whole.

use anyhow::Result;
use onrecord_model::SegmentLabel;

use super::{Figure, Run, Shared, Task};
use crate::tokens::report;

/// The task.
pub(crate) const TASK: Task = Task {
    name: "tokens",
    run: Run::Beside(run),
};

fn run(shared: &Shared, _quick: bool) -> Result<Vec<Figure>> {
    let mut out = Vec::new();
    for (bank, sentences) in [("ewt", 80.0), ("gum", 90.0)] {
        let gold = read(&shared.text(&format!("data/ud/{bank}-dev.conllu.gz"))?)?;
        let found = score(&gold);
        out.push(Figure::aim(
            format!("{bank} tokens f1"),
            found.tokens.f1(),
            98.5,
        ));
        out.push(Figure::aim(
            format!("{bank} sentences f1"),
            found.sentences.f1(),
            sentences,
        ));
    }
    Ok(out)
}

/// Right, found and wanted, and what they make.
#[derive(Clone, Copy, Default, Debug)]
struct Counts {
    right: usize,
    found: usize,
    wanted: usize,
}

impl Counts {
    /// Twice the right over the found and the wanted, in per cent.
    fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.wanted).max(1) as f64
    }
}

/// The figures of one treebank.
#[derive(Default, Debug)]
struct Figures {
    tokens: Counts,
    sentences: Counts,
}

#[derive(Default)]
struct Gold {
    text: String,
    tokens: Vec<(usize, usize)>,
    sentences: Vec<(usize, usize)>,
}

fn score(gold: &Gold) -> Figures {
    let report = report(&gold.text, &[(SegmentLabel::Body, gold.text.len())]);
    let document = onrecord_language::cut(&report);
    let bytes = |r: onrecord_model::TextRange| (r.start as usize, r.end as usize);
    let tokens: Vec<_> = document.tokens().iter().map(|t| bytes(t.range)).collect();
    let sentences = document.sentences().iter().map(|s| bytes(s.range));
    Figures {
        tokens: count(&tokens, &gold.tokens),
        sentences: count(&sentences.collect::<Vec<_>>(), &gold.sentences),
    }
}

fn count(found: &[(usize, usize)], wanted: &[(usize, usize)]) -> Counts {
    let right = found.iter().filter(|f| wanted.binary_search(f).is_ok());
    Counts {
        right: right.count(),
        found: found.len(),
        wanted: wanted.len(),
    }
}

fn read(conllu: &str) -> Result<Gold> {
    let mut gold = Gold::default();
    let mut space = false;
    let mut from = None;
    let mut whole: Option<(usize, Vec<String>, String, bool)> = None;
    for line in conllu.lines() {
        if line.starts_with("# newpar") || line.starts_with("# newdoc") {
            if !line.starts_with("# newpar_block") && !gold.text.is_empty() {
                gold.text.truncate(gold.text.trim_end().len());
                gold.text.push_str("\n\n");
                space = false;
            }
        } else if line.is_empty() {
            if let Some(start) = from.take() {
                gold.sentences.push((start, gold.text.len()));
            }
        } else if !line.starts_with('#') {
            let cells: Vec<&str> = line.split('\t').collect();
            let [id, form, .., misc] = cells.as_slice() else {
                continue;
            };
            let glued = misc.contains("SpaceAfter=No");
            if let Some((_, last)) = id.split_once('-') {
                whole = Some((last.parse()?, Vec::new(), (*form).to_owned(), glued));
                continue;
            }
            if id.contains('.') {
                continue;
            }
            let pieces = match &mut whole {
                Some((last, parts, _, _)) => {
                    parts.push((*form).to_owned());
                    if id.parse::<usize>()? < *last {
                        continue;
                    }
                    let (_, parts, form, glued) = whole.take().unwrap_or_default();
                    let parts = if parts.concat() == form {
                        parts
                    } else {
                        vec![form]
                    };
                    (parts, glued)
                }
                None => (vec![(*form).to_owned()], glued),
            };
            if space {
                gold.text.push(' ');
            }
            space = !pieces.1;
            from = from.or(Some(gold.text.len()));
            for piece in pieces.0 {
                let start = gold.text.len();
                gold.text.push_str(&piece);
                gold.tokens.push((start, gold.text.len()));
            }
        }
    }
    if let Some(start) = from {
        gold.sentences.push((start, gold.text.len()));
    }
    Ok(gold)
}
