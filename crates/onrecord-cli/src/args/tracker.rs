//! The flags of `tracker`.

use std::path::PathBuf;

use jiff::civil::Date;
use onrecord_ledger::across::tracker::Rate;

use super::{ListArgs, Sought, day};

/// Flags of `tracker`.
#[derive(clap::Args)]
#[command(after_help = "\
One row for each thread that the filters of `find` find a commitment of, told whole: who is bound to whom, \
what was promised, how much of it was delivered and what is left, how far it has come and since when, what \
falls due next and on what condition, on whose word, who denies it, and the first and last report. What is \
overdue on the day of --as-of, and a status that somebody denies, stand out. `onrecord thread ID` shows the \
steps of a row.

With --in, sums stand in one currency too: at the rate that --rate gives, or else one that the thread's own \
reports state; rate, day and whose it is stand beside them. No rate is looked up.

Exit codes: 0 a row, 1 none, 2 trouble.")]
pub(crate) struct TrackerArgs {
    /// Which commitments, and where.
    #[command(flatten)]
    pub(crate) sought: Sought,
    /// What is due before this day is overdue; today, when not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    #[arg(help_heading = "Output")]
    pub(crate) as_of: Option<Date>,
    /// Tell sums in this currency too, as EUR
    #[arg(long = "in", value_name = "CURRENCY", value_parser = currency)]
    #[arg(help_heading = "Output")]
    pub(crate) into: Option<String>,
    /// One of a currency in that of --in, and the day of the rate, as NOK=0.0855@2026-01-28
    #[arg(long, value_name = "RATE", value_delimiter = ',', value_parser = rate, requires = "into")]
    #[arg(help_heading = "Output")]
    pub(crate) rate: Vec<Rate>,
    /// Write the rows into a Parquet file; one that is there is replaced
    #[arg(long, value_name = "FILE", conflicts_with_all = ["json", "table", "csv"])]
    #[arg(help_heading = "Output")]
    pub(crate) parquet: Option<PathBuf>,
    /// Write the rows into a workbook; one that is there is replaced
    #[arg(long, value_name = "FILE", conflicts_with_all = ["json", "table", "csv", "parquet"])]
    #[arg(help_heading = "Output")]
    pub(crate) xlsx: Option<PathBuf>,
    /// How to print it.
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

fn currency(words: &str) -> Result<String, &'static str> {
    let code = words.to_ascii_uppercase();
    let is_code = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    is_code
        .then_some(code)
        .ok_or("write a currency's three letters, as EUR")
}

fn rate(words: &str) -> Result<Rate, &'static str> {
    let why = "write a currency, its rate and the day of the rate, as NOK=0.0855@2026-01-28";
    let (from, rest) = words.split_once('=').ok_or(why)?;
    let (value, on) = rest.split_once('@').ok_or(why)?;
    let rate = Rate::of(&currency(from)?, value.trim(), day(on)?);
    rate.ok_or("write a rate above nothing in figures, as 0.0855")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_has_a_currency_and_a_day() {
        let read = rate("nok=0.0855@2026-01-28").unwrap();
        assert_eq!(
            (read.from.as_str(), read.value.to_string()),
            ("NOK", "0.0855".to_owned())
        );
        for wrong in [
            "NOK=0.0855",
            "0.0855@2026-01-28",
            "NOK=x@2026-01-28",
            "NOK=0@2026-01-28",
            "NOK=-1@2026-01-28",
            "kroner=2@2026-01-28",
        ] {
            assert!(rate(wrong).is_err(), "{wrong}");
        }
    }
}
