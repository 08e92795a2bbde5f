//! The file of a case: prose, a story, tables.

use std::fmt::Write as _;

use jiff::civil::Date;
use onrecord::Record;

use crate::row;

/// A case. Lines that are neither story nor table are kept as they are.
pub(crate) struct Case {
    pub(crate) published: Option<Date>,
    pub(crate) story: String,
    /// Everything before the first table's heading.
    head: String,
    tables: Vec<Table>,
}

/// How a table's rows stand to the record's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    All,
    AmongOthers,
    Never,
}

struct Table {
    heading: String,
    kind: String,
    which: Which,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Prose between the heading and the table.
    prose: String,
}

impl Case {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let first = text
            .find("\n## ")
            .ok_or("no table: give a `## statements` heading")?;
        let (head, rest) = text.split_at(first + 1);
        let published = head.lines().find_map(|l| l.strip_prefix("published:"));
        let published = published
            .map(|d| {
                d.trim()
                    .parse()
                    .map_err(|e| format!("`{d}` is not a day: {e}"))
            })
            .transpose()?;
        let tables = rest
            .split("\n## ")
            .map(|s| Table::parse(s.trim_start_matches("## ")));
        Ok(Self {
            published,
            story: story(head)?,
            head: head.to_owned(),
            tables: tables.collect::<Result<_, _>>()?,
        })
    }

    /// What is wrong, in words; nothing when the record reads as expected.
    pub(crate) fn check(&self, record: &Record) -> Result<Vec<String>, String> {
        let mut out = Vec::new();
        for table in &self.tables {
            let found = row::rows(record, &table.kind, &table.columns)?;
            let right = match table.which {
                Which::All => table.rows == found,
                Which::AmongOthers => table.rows.iter().all(|r| found.contains(r)),
                Which::Never => table.rows.iter().all(|r| !found.contains(r)),
            };
            if !right {
                out.push(format!(
                    "## {}\nexpected\n{}found\n{}",
                    table.heading,
                    table.grid(&table.rows),
                    table.grid(&found)
                ));
            }
        }
        Ok(out)
    }

    /// Puts the record's rows into the tables that list all; of the others, drops rows that are
    /// no longer there.
    pub(crate) fn rewrite(&mut self, record: &Record) -> Result<(), String> {
        for table in &mut self.tables {
            let found = row::rows(record, &table.kind, &table.columns)?;
            match table.which {
                Which::All => table.rows = found,
                Which::AmongOthers => table.rows.retain(|r| found.contains(r)),
                Which::Never => {}
            }
        }
        Ok(())
    }

    pub(crate) fn print(&self) -> String {
        let mut out = self.head.clone();
        for (i, table) in self.tables.iter().enumerate() {
            let apart = if i > 0 { "\n" } else { "" };
            let prose = if table.prose.is_empty() {
                String::new()
            } else {
                format!("{}\n\n", table.prose)
            };
            let _ = write!(
                out,
                "{apart}## {}\n\n{prose}{}",
                table.heading,
                table.grid(&table.rows)
            );
        }
        out
    }
}

/// The words in the fence, without the newline before the closing one.
fn story(head: &str) -> Result<String, String> {
    let open = head
        .find("\n```")
        .ok_or("no story: put it between ``` fences")?;
    let from = open + 1 + head[open + 1..].find('\n').ok_or("the fence is cut off")? + 1;
    let to = head[from..]
        .find("\n```")
        .ok_or("the story's fence is not closed")?;
    Ok(head[from..from + to].to_owned())
}

impl Table {
    fn parse(section: &str) -> Result<Self, String> {
        let (heading, body) = section.split_once('\n').unwrap_or((section, ""));
        let heading = heading.trim().to_owned();
        let (kind, which) = match heading.split_once(" (") {
            None => (heading.as_str(), Which::All),
            Some((kind, "among others)")) => (kind, Which::AmongOthers),
            Some((kind, "never)")) => (kind, Which::Never),
            Some((_, other)) => return Err(format!("`({other}` is not known")),
        };
        let mut lines = body.lines().filter(|l| l.starts_with('|')).map(cells);
        let columns = lines
            .next()
            .ok_or_else(|| format!("`{heading}` has no table"))?;
        let rows: Vec<Vec<String>> = lines.skip(1).collect();
        let prose: Vec<&str> = body.lines().filter(|l| !l.starts_with('|')).collect();
        Ok(Self {
            kind: kind.to_owned(),
            which,
            columns,
            rows,
            prose: prose.join("\n").trim().to_owned(),
            heading,
        })
    }

    fn grid(&self, rows: &[Vec<String>]) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let mut out = line(&self.columns);
        out.push('|');
        out += &"---|".repeat(self.columns.len());
        out.push('\n');
        for row in rows {
            out += &line(row);
        }
        out
    }
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
    inner.split('|').map(|c| c.trim().to_owned()).collect()
}
