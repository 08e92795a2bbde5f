//! A table of entries in a terminal: columns where they fit, paragraphs where they do not.
//!
//! ```text
//! id                  day  how        who                what
//! ca0feda2:c1  2031-03-04  announced  Peru → Brackwater  aid: up to $600 million
//!     https://wire.example/harbour 188–206; Example Wire; USD 600,000,000
//! ```

use textwrap::core::display_width;

use crate::look::{Ink, Look, wrapped};

/// With fewer columns for the words, a table is no easier to read than paragraphs.
const NARROW: usize = 24;
/// Spaces between two columns.
const GAP: usize = 2;
/// The widest that who may be, and how.
const WHO: usize = 40;
const HOW: usize = 20;
/// Before what stands below a row.
const INDENT: &str = "    ";

/// One entry.
pub(crate) struct Row {
    /// Its id.
    pub(crate) id: String,
    /// Who says or does so.
    pub(crate) who: String,
    /// In what role; may be empty.
    pub(crate) role: String,
    /// The words.
    pub(crate) words: String,
    /// Whether they are a direct quote; the type or status of other entries.
    pub(crate) how: String,
    /// The line they begin in; the day of the report where there are many.
    pub(crate) line: String,
    /// What stands below, over the whole width: where the words are, on whose word, who denies it.
    pub(crate) details: Vec<String>,
}

/// The entries of a report.
pub(crate) struct Table<'t> {
    /// The report's name, where there are several.
    pub(crate) title: Option<&'t str>,
    /// The headings of the columns.
    pub(crate) heads: [&'static str; 5],
    /// In the order of the text.
    pub(crate) rows: Vec<Row>,
}

/// A column: its width, its ink, whether figures stand at its right edge.
#[derive(Clone, Copy)]
pub(crate) struct Column {
    /// Columns of the terminal.
    pub(crate) width: usize,
    /// Of its words.
    pub(crate) ink: Option<Ink>,
    /// Whether they stand at its right edge.
    pub(crate) right: bool,
}

impl Table<'_> {
    /// The table as text.
    pub(crate) fn print(&self, look: Look) -> String {
        let mut out = String::new();
        if let Some(title) = self.title {
            let title = look.ink(Ink::Strong, &crate::look::clean(title));
            look.paragraph(&mut out, "", "", &title);
        }
        let columns = self.columns(look.width);
        if let Some(columns) = &columns {
            let faint = columns.map(|c| Column {
                ink: Some(Ink::Faint),
                ..c
            });
            line(&mut out, &self.heads, &faint, look);
        }
        for r in &self.rows {
            match &columns {
                Some(columns) => {
                    let who = who(r);
                    line(
                        &mut out,
                        &[&*r.id, &*r.line, &*r.how, &*who, &*r.words],
                        columns,
                        look,
                    );
                }
                None => paragraph(&mut out, r, self.heads[1], look),
            }
            for detail in r.details.iter().filter(|d| !d.is_empty()) {
                let room = look.width.saturating_sub(INDENT.len()).max(10);
                // Each line in its ink: a pager begins every line without one.
                for line in wrapped(detail, [room; 2]) {
                    out.push_str(INDENT);
                    out.push_str(&look.ink(Ink::Faint, line.trim_end()));
                    out.push('\n');
                }
            }
        }
        out
    }

    /// Narrow columns as wide as what they hold; of the rest a third for who, the words the most. None
    /// where too little is left for them.
    fn columns(&self, width: usize) -> Option<[Column; 5]> {
        let widest = |heading: &str, cell: fn(&Row) -> &String| {
            let cells = self.rows.iter().map(|r| display_width(cell(r)));
            cells.max().unwrap_or(0).max(heading.len())
        };
        let id = widest(self.heads[0], |r| &r.id);
        let at = widest(self.heads[1], |r| &r.line);
        let how = widest(self.heads[2], |r| &r.how).min(HOW);
        let rest = width.checked_sub(id + at + how + 4 * GAP)?;
        let widest = self.rows.iter().map(|r| display_width(&who(r))).max();
        let who = widest.unwrap_or(0).max(self.heads[3].len());
        let who = who.min((rest / 3).clamp(12, WHO));
        let words = rest.checked_sub(who).filter(|w| *w >= NARROW)?;
        let column = |width, ink| Column {
            width,
            ink,
            right: false,
        };
        Some([
            column(id, Some(Ink::Faint)),
            Column {
                right: true,
                ..column(at, None)
            },
            column(how, None),
            column(who, Some(Ink::Strong)),
            column(words, None),
        ])
    }
}

fn who(r: &Row) -> String {
    match (r.who.as_str(), r.role.as_str()) {
        (who, "") => who.to_owned(),
        (who, role) => format!("{who}, {role}"),
    }
}

/// Cells beside each other, each wrapped to its column.
pub(crate) fn line<const N: usize>(
    out: &mut String,
    cells: &[&str; N],
    columns: &[Column; N],
    look: Look,
) {
    let wrapped: Vec<Vec<String>> = cells
        .iter()
        .zip(columns)
        .map(|(cell, column)| wrapped(cell, [column.width.max(1); 2]))
        .collect();
    for i in 0..wrapped.iter().map(Vec::len).max().unwrap_or(0) {
        let mut text = String::new();
        for (lines, column) in wrapped.iter().zip(columns) {
            let words = lines.get(i).map_or("", |l| l.trim());
            let space = " ".repeat(column.width.saturating_sub(display_width(words)));
            let inked = column
                .ink
                .map_or(words.to_owned(), |ink| look.ink(ink, words));
            let (before, after) = if column.right {
                (space, String::new())
            } else {
                (String::new(), space)
            };
            text.push_str(&before);
            text.push_str(&inked);
            text.push_str(&after);
            text.push_str(&" ".repeat(GAP));
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
}

/// A row where there is no room for columns.
fn paragraph(out: &mut String, r: &Row, place: &str, look: Look) {
    let who = match who(r) {
        who if who.is_empty() => String::new(),
        who => format!("{} ", look.ink(Ink::Strong, &who)),
    };
    let place = format!("{place} {}", r.line);
    let remarks = [r.how.as_str(), place.trim()];
    let remarks: Vec<&str> = remarks.into_iter().filter(|w| !w.is_empty()).collect();
    let remarks = look.ink(Ink::Faint, &format!("({})", remarks.join(", ")));
    let first = format!("{:<3} ", r.id);
    let first = look.ink(Ink::Faint, &first);
    let words = format!("{who}{remarks}: {}", r.words);
    look.paragraph(out, &first, INDENT, &words);
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADS: [&str; 5] = ["id", "line", "how", "who", "words"];

    fn rows() -> Vec<Row> {
        let row = |id: &str, role: &str, how: &str, words: &str, details: &[&str]| Row {
            id: id.to_owned(),
            who: "Ada Oko".to_owned(),
            role: role.to_owned(),
            words: words.to_owned(),
            how: how.to_owned(),
            line: "12".to_owned(),
            details: details.iter().map(|d| (*d).to_owned()).collect(),
        };
        let said = "“We will not pay for a line that nobody rides in the winter.”";
        vec![
            row("s1", "Transport Minister (Estonia)", "direct", said, &[]),
            row(
                "s10",
                "",
                "indirect",
                "the ice has gone",
                &[
                    "https://wire.example/2031/03/04/the-ice-has-gone-from-the-strait 12–40; Example Wire",
                ],
            ),
        ]
    }

    fn print(width: usize) -> String {
        let look = Look {
            width,
            colour: false,
        };
        let table = Table {
            title: None,
            heads: HEADS,
            rows: rows(),
        };
        table.print(look)
    }

    #[test]
    fn columns_are_aligned_and_wrap() {
        assert_eq!(
            print(70),
            "\
id   line  how       who              words
s1     12  direct    Ada Oko,         “We will not pay for a line that
                     Transport        nobody rides in the winter.”
                     Minister
                     (Estonia)
s10    12  indirect  Ada Oko          the ice has gone
    https://wire.example/2031/03/04/the-ice-has-gone-from-the-strait
    12–40; Example Wire
"
        );
    }

    #[test]
    fn a_narrow_terminal_gets_paragraphs() {
        assert_eq!(
            print(40),
            "\
s1  Ada Oko, Transport Minister
    (Estonia) (direct, line 12): “We
    will not pay for a line that nobody
    rides in the winter.”
s10 Ada Oko (indirect, line 12): the ice
    has gone
    https://wire.example/2031/03/04/the-ice-has-gone-from-the-strait
    12–40; Example Wire
"
        );
    }

    /// Two columns never touch, an address is in one piece, and nothing else is wider than the screen.
    #[test]
    fn no_width_glues_columns_or_breaks_an_address() {
        for width in 20..200 {
            let text = print(width);
            let address = "https://wire.example/2031/03/04/the-ice-has-gone-from-the-strait";
            assert!(text.contains(address), "{width}:\n{text}");
            for line in text.lines().filter(|l| !l.contains("://")) {
                assert!(display_width(line) <= width.max(20), "{width}: {line}");
            }
            assert!(text.contains("s10 "), "{width}:\n{text}");
            assert!(!text.contains("indirectAda"), "{width}:\n{text}");
        }
    }
}
