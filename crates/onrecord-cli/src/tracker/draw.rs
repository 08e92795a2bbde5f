//! The sheet in a terminal: a line of columns for each thread, and below it at full width what stands
//! behind it.
//!
//! ```text
//! who               what                 promised  delivered     left  status
//! Latvia → Moldova  aid: generators...   EUR 48m     EUR 12m  EUR 36m  signed since 2031-03-20
//!   due Monday 5 May 2031 OVERDUE; on the word of Ana Rusu; denied by Jaan Org (delayed)
//!   3 reports: 2031-02-03 Example Wire to 2031-03-20 Riga Gazette; 3fa9c2d1:c1
//! ```

use onrecord::model::{Certainty, CommitmentStatus, Polarity};
use onrecord_ledger::across::tracker::Row;
use rust_decimal::Decimal;
use textwrap::core::display_width;

use crate::look::{Ink, Look, clean};
use crate::table::{self, Column};
use crate::words;

/// Below this many columns the sheet is a list.
const NARROW: usize = 72;
/// Spaces between columns.
const GAP: usize = 2;
/// The widest that who, and how far, may be.
const WHO: usize = 26;
const STATUS: usize = 22;
/// From so many columns on, both may be wider by half.
const WIDE: usize = 120;
const HEADS: [&str; 6] = ["who", "what", "promised", "delivered", "left", "status"];

/// The sheet as text.
pub(super) fn sheet(rows: &[Row], look: Look) -> String {
    let mut out = String::new();
    if rows.is_empty() {
        return out;
    }
    let cells: Vec<[String; 6]> = rows.iter().map(cells).collect();
    let widths = (look.width >= NARROW)
        .then(|| widths(&cells, look.width))
        .flatten();
    if let Some(widths) = widths {
        line(
            &mut out,
            &HEADS.map(str::to_owned),
            widths,
            Some(Ink::Faint),
            look,
        );
    }
    for (row, cells) in rows.iter().zip(&cells) {
        match widths {
            Some(widths) => line(&mut out, cells, widths, None, look),
            None => list(&mut out, cells, look),
        }
        for detail in details(row, look) {
            look.paragraph(&mut out, "  ", "  ", &detail);
        }
    }
    out
}

fn cells(row: &Row) -> [String; 6] {
    let named = |all: &[String]| words::listed(&all.iter().map(|n| clean(n)).collect::<Vec<_>>());
    let who = match (&row.by[..], &row.to[..]) {
        (by, []) => named(by),
        ([], to) => format!("→ {}", named(to)),
        (by, to) => format!("{} → {}", named(by), named(to)),
    };
    let what = row
        .kinds
        .iter()
        .map(|w| clean(w))
        .collect::<Vec<_>>()
        .join(", ");
    let sum = |value: Option<Decimal>, other: Option<Decimal>| {
        let own = value.map(|v| amount(v, row.unit.as_deref()));
        let other = other.filter(|_| row.currency_in != row.unit);
        let other = other.map(|v| amount(v, row.currency_in.as_deref()));
        let other = other.map(|o| format!("= {o}"));
        [own, other]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let bound = row.qualifier.map_or("", words::bound);
    let promised = sum(row.promised, row.promised_in);
    [
        who,
        format!("{what}: {}", clean(&row.object)),
        if promised.is_empty() {
            promised
        } else {
            format!("{bound}{promised}")
        },
        sum(row.delivered, row.delivered_in),
        sum(row.left, row.left_in),
        status(row),
    ]
}

/// `delivered in part since 2026-02-05`.
fn status(row: &Row) -> String {
    let mut said = row.status.as_str().replace('_', " ");
    if row.polarity == Polarity::Negative {
        said = format!("not {said}");
    }
    let part = row.left.is_some_and(|left| !left.is_zero());
    if row.status == CommitmentStatus::Delivered && part {
        said.push_str(" in part");
    }
    if row.certainty != Certainty::Certain {
        said = format!("{said} ({})", row.certainty);
    }
    match &row.status_since {
        Some(since) => format!("{said} since {}", clean(since)),
        None => said,
    }
}

/// `EUR 48m` or `12 engineers`.
fn amount(value: Decimal, unit: Option<&str>) -> String {
    let value = short(value);
    match unit {
        Some(unit) if unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase()) => {
            format!("{unit} {value}")
        }
        Some(unit) => format!("{value} {}", clean(unit)),
        None => value,
    }
}

/// Millions and billions where no figure is lost by it: `1.5bn`, `48m`, `62,050,001`.
fn short(value: Decimal) -> String {
    for (size, name) in [(1_000_000_000, "bn"), (1_000_000, "m")] {
        let size = Decimal::from(size);
        let parts = value / size;
        if value >= size && parts.normalize().scale() <= 3 {
            return format!("{}{name}", words::grouped(&parts.normalize().to_string()));
        }
    }
    words::grouped(&value.normalize().to_string())
}

/// What stands behind a row: what is due and on what condition; on whose word; where to look.
fn details(row: &Row, look: Look) -> Vec<String> {
    let loud = |words: &str| look.ink(Ink::Alarm, words);
    let due = row.next_due.as_ref().map(|due| {
        let late = if row.overdue {
            format!(" {}", loud("OVERDUE"))
        } else {
            String::new()
        };
        format!("due {}{late}", words::time(due))
    });
    let condition = row
        .condition
        .as_ref()
        .map(|c| format!("condition: “{}”", clean(c)));
    let named = |all: &[String]| words::listed(&all.iter().map(|n| clean(n)).collect::<Vec<_>>());
    let sources = match row.independent_sources {
        0 | 1 => String::new(),
        n => format!(" ({n} independent sources)"),
    };
    let word = (!row.on_the_word_of.is_empty())
        .then(|| format!("on the word of {}{sources}", named(&row.on_the_word_of)));
    let denied = (!row.denied_by.is_empty()).then(|| {
        let said = format!("denied by {}", named(&row.denied_by));
        if row.contradicted { loud(&said) } else { said }
    });
    let rate = row
        .exchange_rate
        .filter(|_| row.currency_in != row.unit)
        .map(|rate| {
            let from = row.unit.as_deref().unwrap_or_default();
            let into = row.currency_in.as_deref().unwrap_or_default();
            let day = row
                .exchange_rate_day
                .map_or_else(String::new, |d| format!(" of {d}"));
            let whose = row.exchange_rate_source.as_deref().unwrap_or_default();
            format!(
                "1 {} = {rate} {}{day} ({})",
                clean(from),
                clean(into),
                clean(whose)
            )
        });
    let first = [due, condition, word, denied, rate];
    let first: Vec<String> = first.into_iter().flatten().collect();
    [first.join("; "), look.ink(Ink::Faint, &told(row))]
        .into_iter()
        .filter(|d| !d.is_empty())
        .collect()
}

/// `3 reports: 2031-02-03 Example Wire to 2031-03-20 Riga Gazette; 3fa9c2d1:c1`.
fn told(row: &Row) -> String {
    let end = |day: Option<jiff::civil::Date>, outlet: &Option<String>| {
        let day = day.map_or_else(|| "undated".to_owned(), |d| d.to_string());
        let outlet = outlet
            .as_deref()
            .map_or_else(String::new, |o| format!(" {}", clean(o)));
        format!("{day}{outlet}")
    };
    let first = end(row.first_published, &row.first_outlet);
    let last = end(row.last_published, &row.last_outlet);
    let ends = if first == last {
        first
    } else {
        format!("{first} to {last}")
    };
    let reports = match row.reports {
        1 => "1 report".to_owned(),
        n => format!("{n} reports"),
    };
    format!("{reports}: {ends}; {}", row.handle)
}

/// The widths of the columns; none where there is no room for the words between the sums.
fn widths(cells: &[[String; 6]], width: usize) -> Option<[usize; 6]> {
    let widest = |column: usize| {
        let all = cells.iter().map(|c| display_width(&c[column]));
        all.max().unwrap_or_default().max(HEADS[column].len())
    };
    // A sum and the same in another currency may stand on two lines, but none is broken.
    let sum = |column: usize| {
        let parts = cells.iter().flat_map(|c| c[column].split_inclusive(" ="));
        let all = parts.map(display_width);
        all.max().unwrap_or_default().max(HEADS[column].len())
    };
    let most = |narrow: usize| if width < WIDE { narrow } else { narrow * 3 / 2 };
    let (who, status) = (widest(0).min(most(WHO)), widest(5).min(most(STATUS)));
    let sums = [sum(2), sum(3), sum(4)];
    let rest = width.checked_sub(who + status + sums.iter().sum::<usize>() + 5 * GAP)?;
    (rest >= 16).then_some([who, rest, sums[0], sums[1], sums[2], status])
}

fn line(out: &mut String, cells: &[String; 6], widths: [usize; 6], ink: Option<Ink>, look: Look) {
    let columns = std::array::from_fn(|n| Column {
        width: widths[n],
        ink: ink.or((n == 0 || n == 5).then_some(Ink::Strong)),
        // Sums stand at the right edge of their columns.
        right: (2..5).contains(&n),
    });
    table::line(out, &cells.each_ref().map(String::as_str), &columns, look);
}

/// A row where there is no room for columns.
fn list(out: &mut String, cells: &[String; 6], look: Look) {
    let [who, what, promised, delivered, left, status] = cells;
    let sums = [
        ("promised", promised),
        ("delivered", delivered),
        ("left", left),
    ];
    let sums = sums.iter().filter(|(_, sum)| !sum.is_empty());
    let sums: Vec<String> = sums.map(|(name, sum)| format!("{name} {sum}")).collect();
    let who = look.ink(Ink::Strong, who);
    let status = look.ink(Ink::Strong, status);
    let parts = [who, what.clone(), status];
    let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    look.paragraph(out, "", "  ", &parts.join(" · "));
    if !sums.is_empty() {
        look.paragraph(out, "  ", "  ", &sums.join("; "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_short_where_no_figure_is_lost() {
        let check = |value: &str, want: &str| assert_eq!(short(value.parse().unwrap()), want);
        check("48000000", "48m");
        check("1500000000.00", "1.5bn");
        check("1234567890", "1,234,567,890");
        check("62050000", "62.05m");
        check("2000000000000", "2,000bn");
        check("999999.5", "999,999.5");
        check("0", "0");
    }
}
