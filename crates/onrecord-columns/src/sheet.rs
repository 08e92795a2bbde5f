//! A flat table as a sheet: lines of typed cells, and a workbook (Excel's `.xlsx`) of them.
//!
//! What a cell holds is decided by its column, so that a number is a number and a day a day wherever
//! the sheet is opened. Words are words: nothing is run as a formula.

use arrow_schema::{DataType, Field};
use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use serde::Serialize;
use serde_json::Value;

use crate::table::Table;
use crate::vocabulary::is_link;
use crate::{ColumnsError, Result};

/// As many letters as a cell holds.
const LONGEST: usize = 32_767;
/// As many letters as an address has that can be clicked.
const LONGEST_LINK: usize = 2_080;
/// Figures up to which a spreadsheet's numbers are exact.
const EXACT: usize = 15;
/// The widest column, in letters.
const WIDEST: f64 = 60.0;

/// What stands in a column of a row.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    /// Nothing is known.
    Empty,
    /// Words; several with `; ` between.
    Text(String),
    /// An address or a path.
    Link(String),
    /// A decimal, in figures.
    Number(String),
    /// A day.
    Day(Date),
    /// Yes or no.
    Yes(bool),
}

impl Cell {
    /// The same with other words, where it has any.
    #[must_use]
    pub fn map(self, words: impl Fn(&str) -> String) -> Self {
        match self {
            Self::Text(text) => Self::Text(words(&text)),
            Self::Link(text) => Self::Link(words(&text)),
            other => other,
        }
    }
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) | Self::Link(text) | Self::Number(text) => f.write_str(text),
            Self::Day(day) => day.fmt(f),
            Self::Yes(yes) => yes.fmt(f),
        }
    }
}

/// The names of a table's columns.
pub fn heading(table: Table) -> Vec<String> {
    let schema = table.schema();
    schema.fields().iter().map(|f| f.name().clone()).collect()
}

/// A row of a flat table, cell by cell.
///
/// # Errors
/// When a value is not what its column holds, or the row has one that no column holds.
pub fn line(table: Table, row: &impl Serialize) -> Result<Vec<Cell>> {
    let row = serde_json::to_value(row)?;
    let schema = table.schema();
    let members = row
        .as_object()
        .ok_or_else(|| ColumnsError::column("", "a value is no object"))?;
    let known = |name: &&String| schema.field_with_name(name).is_ok();
    if let Some(stray) = members.keys().find(|name| !known(name)) {
        return Err(ColumnsError::column(stray, "there is no such column"));
    }
    let cells = schema.fields().iter();
    cells.map(|f| cell(f, members.get(f.name()))).collect()
}

fn cell(field: &Field, value: Option<&Value>) -> Result<Cell> {
    let wrong = || ColumnsError::column(field.name(), "a value is not what the column holds");
    let Some(value) = value.filter(|v| !v.is_null()) else {
        return Ok(Cell::Empty);
    };
    let text = || value.as_str().map(str::to_owned).ok_or_else(wrong);
    Ok(match field.data_type() {
        DataType::Boolean => Cell::Yes(value.as_bool().ok_or_else(wrong)?),
        DataType::Date32 => Cell::Day(text()?.parse().map_err(|_| wrong())?),
        DataType::Decimal128(..) => Cell::Number(text()?),
        DataType::Float32 => Cell::Number(format!("{:.2}", value.as_f64().ok_or_else(wrong)?)),
        DataType::UInt32 | DataType::Float64 => Cell::Number(value.to_string()),
        DataType::List(_) => {
            let items = value.as_array().ok_or_else(wrong)?;
            let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            Cell::Text(items.join("; "))
        }
        _ if is_link(field) => Cell::Link(text()?),
        _ => Cell::Text(text()?),
    })
}

/// Lines of comma-separated values as RFC 4180 has them. A spreadsheet runs a cell that begins
/// like a formula: such a cell gets an apostrophe.
///
/// ```
/// let line = vec!["=HYPERLINK(\"x\")".to_owned(), "a,b".to_owned()];
/// assert_eq!(onrecord_columns::csv([line])?, b"\"'=HYPERLINK(\"\"x\"\")\",\"a,b\"\r\n");
/// # Ok::<(), onrecord_columns::ColumnsError>(())
/// ```
///
/// # Errors
/// When a line cannot be written, which writing to memory does not.
pub fn csv(lines: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>> {
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
        let written = writer.write_record(line.iter().map(guard));
        written.map_err(std::io::Error::from)?;
    }
    Ok(writer
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?)
}

/// A workbook of one sheet: the heading stands still, days and numbers are such, addresses can be
/// followed, and a row in which one of `marked` columns is so stands out. `made` is the day it is
/// made.
///
/// # Errors
/// When there are more rows than a sheet has: 1,048,575.
pub fn workbook(table: Table, lines: &[Vec<Cell>], marked: &[&str], made: Date) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&excel(made)?));
    let sheet = book.add_worksheet();
    sheet.set_name(table.name())?;
    let names = heading(table);
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    for (column, name) in (0..).zip(&names) {
        sheet.write_string_with_format(0, column, name, &bold)?;
        sheet.set_column_width(column, width(name, column.into(), lines))?;
    }
    for (row, line) in (1..).zip(lines) {
        let stands_out = names
            .iter()
            .zip(line)
            .any(|(name, cell)| marked.contains(&name.as_str()) && *cell == Cell::Yes(true));
        for (column, cell) in (0..).zip(line) {
            write(sheet, (row, column), cell, stands_out)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if let (Some(last), false) = (names.len().checked_sub(1), lines.is_empty()) {
        sheet.autofilter(0, 0, lines.len() as u32, last as u16)?;
    }
    Ok(book.save_to_buffer()?)
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    stands_out: bool,
) -> std::result::Result<(), XlsxError> {
    let mut format = Format::new().set_align(FormatAlign::Top);
    if stands_out {
        format = format.set_background_color(Color::RGB(0x00FF_E2D9));
    }
    let wrapped = format.clone().set_text_wrap();
    match cell {
        Cell::Empty if stands_out => sheet.write_blank(row, column, &format)?,
        Cell::Empty => sheet,
        Cell::Link(link) if is_address(link) => {
            let link = link.as_str();
            let blue = format.set_font_color(Color::RGB(0x0005_63C1));
            sheet.write_url_with_format(row, column, link, &blue)?
        }
        Cell::Text(text) | Cell::Link(text) => {
            sheet.write_string_with_format(row, column, cut(text), &wrapped)?
        }
        Cell::Number(figures) => match number(figures) {
            Some(number) => {
                let figures = if figures.contains('.') {
                    "#,##0.00"
                } else {
                    "#,##0"
                };
                let format = format.set_num_format(figures);
                sheet.write_number_with_format(row, column, number, &format)?
            }
            None => sheet.write_string_with_format(row, column, figures, &format)?,
        },
        Cell::Day(day) => {
            let format = format.set_num_format("yyyy-mm-dd");
            match excel(*day) {
                Ok(day) => sheet.write_datetime_with_format(row, column, day, &format)?,
                // A sheet has no days before 1900.
                Err(_) => sheet.write_string_with_format(row, column, day.to_string(), &format)?,
            }
        }
        Cell::Yes(yes) => sheet.write_boolean_with_format(row, column, *yes, &format)?,
    };
    Ok(())
}

/// Figures as a number, where a spreadsheet's number is no other.
fn number(figures: &str) -> Option<f64> {
    let exact = figures.bytes().filter(u8::is_ascii_digit).count() <= EXACT;
    figures
        .parse()
        .ok()
        .filter(|n: &f64| exact && n.is_finite())
}

/// Whether a browser may be sent there.
fn is_address(link: &str) -> bool {
    let web = link.starts_with("https://") || link.starts_with("http://");
    web && link.encode_utf16().count() <= LONGEST_LINK
}

/// As much of a text as a cell holds.
fn cut(text: &str) -> &str {
    let mut room = LONGEST;
    let fits = text.char_indices().find(|(_, c)| {
        let takes = c.len_utf16();
        let full = takes > room;
        room = room.saturating_sub(takes);
        full
    });
    fits.map_or(text, |(at, _)| &text[..at])
}

/// The width of a column, in letters.
fn width(name: &str, column: usize, lines: &[Vec<Cell>]) -> f64 {
    let cells = lines.iter().filter_map(|l| l.get(column));
    let longest = cells.map(|c| c.to_string().chars().count()).max();
    let letters = longest.unwrap_or_default().max(name.chars().count());
    (letters as f64 + 2.0).min(WIDEST)
}

fn excel(day: Date) -> std::result::Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(
        day.year().try_into().unwrap_or_default(),
        day.month() as u8,
        day.day() as u8,
    )
}

#[cfg(test)]
mod tests;
