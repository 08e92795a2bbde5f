//! A table of entries in a terminal: columns where they fit, paragraphs where they do not.

use textwrap::core::display_width;

use crate::look::{Ink, Look};

/// Below this many columns a table is no easier to read than paragraphs.
const NARROW: usize = 60;
/// Spaces between two columns.
const GAP: usize = 2;

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
struct Column {
    width: usize,
    ink: Option<Ink>,
    right: bool,
}

impl Table<'_> {
    /// The table as text.
    pub(crate) fn print(&self, look: Look) -> String {
        let mut out = String::new();
        if let Some(title) = self.title {
            let title = look.ink(Ink::Strong, &crate::look::clean(title));
            look.paragraph(&mut out, "", "", &title);
        }
        if look.width < NARROW {
            let place = self.heads[1];
            let rows = self.rows.iter();
            rows.for_each(|r| paragraph(&mut out, r, place, look));
            return out;
        }
        let columns = self.columns(look);
        let faint = columns.each_ref().map(|c| Column {
            ink: Some(Ink::Faint),
            ..*c
        });
        line(&mut out, self.heads, &faint, look);
        for r in &self.rows {
            let who = if r.role.is_empty() {
                r.who.clone()
            } else {
                format!("{}, {}", r.who, r.role)
            };
            let cells = [&*r.id, &*r.line, &*r.how, &*who, &*r.words];
            line(&mut out, cells, &columns, look);
        }
        out
    }

    /// Narrow columns as wide as what they hold; of the rest a third for who, the words the most.
    fn columns(&self, look: Look) -> [Column; 5] {
        let widest = |heading: &str, cell: fn(&Row) -> &String| {
            let cells = self.rows.iter().map(|r| display_width(cell(r)));
            cells.max().unwrap_or(0).max(heading.len())
        };
        let (id, at) = (
            widest(self.heads[0], |r| &r.id),
            widest(self.heads[1], |r| &r.line),
        );
        let how = widest(self.heads[2], |r| &r.how);
        let rest = look.width.saturating_sub(id + at + how + 4 * GAP);
        let who = (rest / 3).min(28);
        let column = |width, ink| Column {
            width,
            ink,
            right: false,
        };
        [
            column(id, Some(Ink::Faint)),
            Column {
                right: true,
                ..column(at, None)
            },
            column(how, None),
            column(who, Some(Ink::Strong)),
            column(rest.saturating_sub(who), None),
        ]
    }
}

/// Cells beside each other, each wrapped to its column.
fn line(out: &mut String, cells: [&str; 5], columns: &[Column; 5], look: Look) {
    let wrapped: Vec<Vec<_>> = cells
        .iter()
        .zip(columns)
        .map(|(cell, column)| textwrap::wrap(cell, column.width.max(1)))
        .collect();
    for i in 0..wrapped.iter().map(Vec::len).max().unwrap_or(0) {
        let mut text = String::new();
        for (lines, column) in wrapped.iter().zip(columns) {
            let words = lines.get(i).map_or("", |l| l.trim_end());
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
    let role = if r.role.is_empty() { "" } else { ", " };
    let who = look.ink(Ink::Strong, &format!("{}{role}{}", r.who, r.role));
    let remarks = look.ink(Ink::Faint, &format!("({}, {place} {})", r.how, r.line));
    let first = look.ink(Ink::Faint, &format!("{:<4}", r.id));
    let words = format!("{who} {remarks}: {}", r.words);
    look.paragraph(out, &first, "    ", &words);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(width: usize, want: &str) {
        let row = |id: &str, role: &str, how: &str, words: &str| Row {
            id: id.to_owned(),
            who: "Ada Oko".to_owned(),
            role: role.to_owned(),
            words: words.to_owned(),
            how: how.to_owned(),
            line: "12".to_owned(),
        };
        let said = "“We will not pay for a line that nobody rides in the winter.”";
        let rows = vec![
            row("s1", "Transport Minister (Estonia)", "direct", said),
            row("s10", "", "indirect", "the ice has gone"),
        ];
        let look = Look {
            width,
            colour: false,
        };
        assert_eq!(
            Table {
                title: None,
                heads: ["id", "line", "how", "who", "words"],
                rows
            }
            .print(look),
            want
        );
    }

    #[test]
    fn columns_are_aligned_and_wrap() {
        check(
            70,
            "\
id   line  how       who              words
s1     12  direct    Ada Oko,         “We will not pay for a line that
                     Transport        nobody rides in the winter.”
                     Minister
                     (Estonia)
s10    12  indirect  Ada Oko          the ice has gone
",
        );
    }

    #[test]
    fn a_narrow_terminal_gets_paragraphs() {
        check(
            40,
            "\
s1  Ada Oko, Transport Minister
    (Estonia) (direct, line 12): “We
    will not pay for a line that nobody
    rides in the winter.”
s10 Ada Oko (indirect, line 12): the ice
    has gone
",
        );
    }
}
