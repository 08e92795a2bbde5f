//! The one place where rows are written: as a table, as JSON Lines or as CSV.
//!
//! Every command that lists takes the same flags ([`ListArgs`]) and hands its rows on here. A row that
//! has no other JSON is an object with the columns of its CSV as members: numbers, lists and yes or no as
//! such, what is not known left out.

use std::io::{self, IsTerminal as _, Write as _};

#[cfg(feature = "ledger")]
use onrecord_columns::holds;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::args::{Color, ListArgs};
use crate::look::{Look, clean};
use crate::trouble::{Trouble, say};
use crate::{json, pager};

/// A form that rows are printed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// Drawn for a person.
    Table,
    /// An object a line.
    Json,
    /// A heading line, then a line for each row.
    Csv,
}

/// Rows on their way out.
pub(crate) struct Listing {
    /// In what form.
    pub(crate) form: Form,
    /// How a table looks.
    pub(crate) look: Look,
    /// A table for a terminal that is not written yet: a pager wants to know how long it is.
    kept: Option<String>,
    out: anstream::AutoStream<io::StdoutLock<'static>>,
}

impl Listing {
    /// For what the flags say; a terminal gets a table and a pipe what `piped` says where they say
    /// nothing.
    pub(crate) fn of(args: &ListArgs, color: Color, piped: Form) -> Self {
        let form = match (args.json, args.csv, args.table) {
            (true, ..) => Form::Json,
            (_, true, _) => Form::Csv,
            (.., true) => Form::Table,
            _ if io::stdout().is_terminal() => Form::Table,
            _ => piped,
        };
        let look = Look::wide(color, args.width);
        let paged = form == Form::Table && pager::may_be(args.no_pager);
        Self {
            form,
            look,
            kept: paged.then(String::new),
            out: look.stdout(),
        }
    }

    /// The heading line of CSV.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn heading<'n>(
        &mut self,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Result<(), Trouble> {
        if self.form == Form::Csv {
            self.csv(names.into_iter().map(str::to_owned).collect())?;
        }
        Ok(())
    }

    /// A line of CSV.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn csv(&mut self, cells: Vec<String>) -> Result<(), Trouble> {
        Ok(self.out.write_all(&csv([cells])?)?)
    }

    /// A line of JSON.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn json(&mut self, row: &impl Serialize) -> Result<(), Trouble> {
        Ok(self.out.write_all(json::line(row)?.as_bytes())?)
    }

    /// What is drawn.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn text(&mut self, drawn: &str) -> Result<(), Trouble> {
        match &mut self.kept {
            Some(kept) => kept.push_str(drawn),
            None => self.out.write_all(drawn.as_bytes())?,
        }
        Ok(())
    }

    /// A row as an object or as a line, where no table is asked for.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn row(&mut self, columns: &[&str], row: &[Value]) -> Result<(), Trouble> {
        match self.form {
            Form::Table => Ok(()),
            Form::Json => self.json(&Object(columns, row)),
            Form::Csv => {
                let cells = columns.iter().zip(row);
                self.csv(cells.map(|(column, value)| cell(column, value)).collect())
            }
        }
    }

    /// All of some rows, as many as are asked for, in the form asked for; says how many are not shown.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(crate) fn all<T: Serialize>(
        mut self,
        args: &ListArgs,
        rows: &[T],
        columns: &[&str],
        line: impl Fn(&T) -> Vec<Value>,
        draw: impl FnOnce(&[T], Look) -> String,
    ) -> Result<(), Trouble> {
        let (shown, beyond) = rows.split_at(rows.len().min(args.most()));
        match self.form {
            Form::Table => {
                let drawn = draw(shown, self.look);
                self.text(&drawn)?;
            }
            Form::Json => shown.iter().try_for_each(|row| self.json(row))?,
            Form::Csv => {
                self.heading(columns.iter().copied())?;
                shown
                    .iter()
                    .try_for_each(|row| self.row(columns, &line(row)))?;
            }
        }
        self.end()?;
        say_beyond(beyond.len());
        Ok(())
    }

    /// As [`Self::all`], of things that each are drawn by themselves and are some rows in CSV.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(crate) fn several<T: Serialize, const N: usize>(
        self,
        args: &ListArgs,
        all: &[T],
        columns: &[&str; N],
        rows: impl Fn(&T) -> Vec<[Value; N]>,
        draw: impl FnOnce(&[T], Look) -> String,
    ) -> Result<(), Trouble> {
        if self.form != Form::Csv {
            return self.all(args, all, columns, |_| Vec::new(), draw);
        }
        let rows: Vec<Vec<Value>> = all.iter().flat_map(rows).map(Vec::from).collect();
        self.all(args, &rows, columns, Vec::clone, |_, _| String::new())
    }

    /// Writes what is not written yet, so that what is said next stands below it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn flush(&mut self) -> Result<(), Trouble> {
        Ok(self.out.flush()?)
    }

    /// Ends it: on a terminal, what is longer than the screen goes through a pager.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn end(mut self) -> Result<(), Trouble> {
        self.out.flush()?;
        let (kept, look) = (self.kept.take(), self.look);
        drop(self);
        if let Some(text) = kept {
            pager::print(&text, look)?;
        }
        Ok(())
    }
}

/// Says that rows are not shown.
pub(crate) fn say_beyond(rows: usize) {
    match rows {
        0 => {}
        1 => say(&"1 more row is not shown; raise `--limit`"),
        n => say(&format_args!(
            "{n} more rows are not shown; raise `--limit`"
        )),
    }
}

/// A value; nothing where there is none.
pub(crate) fn value(of: Option<impl ToString>) -> Value {
    let words = of
        .map(|of| of.to_string())
        .filter(|words| !words.is_empty());
    words.map_or(Value::Null, Value::String)
}

/// A share, to a hundredth.
pub(crate) fn share(of: f32) -> Value {
    let hundredths = (f64::from(of) * 100.0).round();
    Value::from(hundredths / 100.0)
}

/// A row as an object.
struct Object<'a>(&'a [&'a str], &'a [Value]);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let known = |value: &Value| match value {
            Value::Null => false,
            Value::Array(all) => !all.is_empty(),
            _ => true,
        };
        let mut map = serializer.serialize_map(None)?;
        for (column, value) in self.0.iter().zip(self.1).filter(|(_, v)| known(v)) {
            map.serialize_entry(column, value)?;
        }
        map.end()
    }
}

/// A value as a cell of CSV.
fn cell(column: &str, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(words) => clean(words),
        Value::Array(all) => {
            let all: Vec<String> = all.iter().map(|v| cell(column, v)).collect();
            all.join("; ")
        }
        Value::Number(n) if holds(column) == Some("share") => {
            format!("{:.2}", n.as_f64().unwrap_or_default())
        }
        other => other.to_string(),
    }
}

/// What a column holds: without the tables there is one with a share.
#[cfg(not(feature = "ledger"))]
fn holds(column: &str) -> Option<&'static str> {
    (column == "confidence").then_some("share")
}

/// Lines of comma-separated values as RFC 4180 has them. A spreadsheet runs a cell that begins
/// like a formula: such a cell gets an apostrophe.
///
/// # Errors
/// When a line cannot be written.
pub(crate) fn csv(lines: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, Trouble> {
    let guard = |cell: &String| {
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            format!("'{cell}")
        } else {
            cell.clone()
        }
    };
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for line in lines {
        writer
            .write_record(line.iter().map(guard))
            .map_err(io::Error::from)?;
    }
    writer
        .into_inner()
        .map_err(|e| Trouble::Writing(e.into_error()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_cannot_be_a_formula() {
        let cells = vec!["=HYPERLINK(\"x\")".to_owned(), "a,b".to_owned()];
        let line = String::from_utf8(csv([cells]).unwrap()).unwrap();
        assert_eq!(line, "\"'=HYPERLINK(\"\"x\"\")\",\"a,b\"\r\n");
    }

    #[test]
    fn a_row_is_the_same_as_object_and_as_line() {
        let columns = ["handle", "by", "to", "confidence", "line", "condition"];
        let row = [
            Value::from("1:s1"),
            Value::from(vec!["Ana Rusu", "Moldova"]),
            Value::Array(Vec::new()),
            share(0.8),
            Value::from(3),
            value(None::<String>),
        ];
        let object = json::text(&Object(&columns, &row)).unwrap();
        assert_eq!(
            object,
            r#"{"handle":"1:s1","by":["Ana Rusu","Moldova"],"confidence":0.8,"line":3}"#
        );
        let cells: Vec<String> = columns.iter().zip(&row).map(|(c, v)| cell(c, v)).collect();
        assert_eq!(cells, ["1:s1", "Ana Rusu; Moldova", "", "0.80", "3", ""]);
    }
}
