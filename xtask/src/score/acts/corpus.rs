//! Reads the passages of the corpus from their files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use onrecord_model::Text;

use super::gold::Passage;
use super::line;

/// Every passage of the text files of a folder.
///
/// # Errors
/// When a file cannot be read, or anything in it has not the form of the guide.
pub(super) fn folder(folder: &Path) -> Result<Vec<Passage>> {
    let shown = folder.display();
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read `{shown}`"))?;
    let paths: std::io::Result<Vec<PathBuf>> = entries.map(|e| Ok(e?.path())).collect();
    let mut paths = paths?;
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    let (mut passages, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        let text = fs::read_to_string(&path)?;
        passages.extend(read(&text, &path.display().to_string(), &mut problems));
    }
    if !problems.is_empty() {
        bail!("the corpus is not in order\n  {}", problems.join("\n  "));
    }
    Ok(passages)
}

/// The passages of one file; what is wrong is told with the file's name and line.
pub(super) fn read(file: &str, name: &str, problems: &mut Vec<String>) -> Vec<Passage> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for block in blocks(file) {
        let mut wrong = |at: usize, why: String| problems.push(format!("{name}:{at}: {why}"));
        match block.passage(&mut wrong) {
            Err(why) => wrong(block.line, format!("{why:#}")),
            Ok(p) if !seen.insert(p.id.clone()) => wrong(block.line, format!("`{}` again", p.id)),
            Ok(p) => out.push(p),
        }
    }
    out
}

/// The lines of a passage.
struct Block<'f> {
    /// The number of the line that its header stands in.
    line: usize,
    header: &'f str,
    body: Vec<&'f str>,
}

fn blocks(file: &str) -> Vec<Block<'_>> {
    let mut out: Vec<Block<'_>> = Vec::new();
    for (i, row) in file.lines().enumerate() {
        match (row.strip_prefix("=== "), out.last_mut()) {
            (Some(header), _) => out.push(Block {
                line: i + 1,
                header,
                body: Vec::new(),
            }),
            (None, Some(block)) => block.body.push(row),
            (None, None) => {}
        }
    }
    out
}

impl Block<'_> {
    fn passage(&self, wrong: &mut impl FnMut(usize, String)) -> Result<Passage> {
        let cut = self.body.iter().position(|row| *row == "---");
        let cut = cut.context("no `---` line")?;
        let mut passage = self.header()?;
        passage.text = Text::new(unwrapped(&self.body[..cut]));
        let (mut rows, mut nothing) = (0, false);
        for (i, row) in self.body.iter().enumerate().skip(cut + 1) {
            match row.trim() {
                "" => {}
                _ if row.starts_with('#') => {}
                "nothing" => nothing = true,
                row => {
                    rows += 1;
                    if let Err(why) = line::read(&mut passage, row) {
                        wrong(self.line + 1 + i, format!("{why:#} in `{row}`"));
                    }
                }
            }
        }
        ensure!(rows > 0 || nothing, "neither lines nor `nothing`");
        Ok(passage)
    }

    /// A passage with what the header says of it.
    fn header(&self) -> Result<Passage> {
        let fields: Vec<&str> = self.header.split('|').map(str::trim).collect();
        let [id, published, kind, layers, ..] = fields[..] else {
            bail!("not `id | day | kind | layers=...`");
        };
        let layers = layers.strip_prefix("layers=").context("no `layers=`")?;
        Ok(Passage {
            id: id.to_owned(),
            published: (published != "-").then(|| published.to_owned()),
            kind: kind.to_owned(),
            layers: layers.to_owned(),
            text: Text::new(""),
            commitments: Vec::new(),
            events: Vec::new(),
            statements: Vec::new(),
        })
    }
}

/// Lines are wrapped anywhere; an empty line parts paragraphs.
fn unwrapped(rows: &[&str]) -> String {
    let paragraphs = rows.split(|row| row.trim().is_empty());
    let paragraphs = paragraphs.map(|p| {
        let words = p.iter().flat_map(|row| row.split_whitespace());
        words.collect::<Vec<_>>().join(" ")
    });
    let told: Vec<String> = paragraphs.filter(|p| !p.is_empty()).collect();
    told.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "=== m1 | 2031-02-03 | made | layers=SCE\nOslo will lend\nKuldiga two ferries; it said so.\n---\n\
        C announced aid | NOR/Oslo | Kuldiga | two ferries | cue=will; amount=2 ferries; basis=NOR/Oslo\n";

    fn check(file: &str, expect: &[&str]) -> Vec<Passage> {
        let mut problems = Vec::new();
        let passages = read(file, "f", &mut problems);
        assert_eq!(problems.len(), expect.len(), "{problems:?}");
        for (told, part) in problems.iter().zip(expect) {
            assert!(told.contains(part), "`{told}` has no `{part}`");
        }
        passages
    }

    #[test]
    fn a_passage_is_read() {
        let passages = check(FILE, &[]);
        let [p] = &passages[..] else { panic!() };
        assert_eq!(
            p.text.as_str(),
            "Oslo will lend Kuldiga two ferries; it said so."
        );
        let c = &p.commitments[0];
        assert_eq!(c.by[0].country.as_deref(), Some("NOR"));
        assert_eq!((c.object.start(), c.object.end()), (23, 34));
        let amount = c.details.amount.as_ref().unwrap();
        assert_eq!(
            (amount.value.as_str(), amount.unit.as_deref()),
            ("2", Some("ferries"))
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        check(
            &FILE.replace("two ferries |", "three ferries |"),
            &["f:5: not in the text"],
        );
        check(
            &FILE.replace("announced", "promised"),
            &["f:5: not two words"],
        );
        check(
            &FILE.replace("; amount=2 ferries", "; weight=2"),
            &["f:5: unknown option"],
        );
        check(
            &FILE.replace("cue=will; ", ""),
            &["f:5: a commitment needs its cue"],
        );
        check(&FILE.replace("---", "--"), &["f:1: no `---`"]);
        check(&FILE.repeat(2), &["f:6: `m1` again"]);
        check(
            "=== m2 | - | made | layers=CE\nRain.\n---\n",
            &["f:1: neither"],
        );
        check("=== m2 | - | made | layers=CE\nRain.\n---\nnothing\n", &[]);
    }
}
