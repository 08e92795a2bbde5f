//! Euro foreign exchange reference rates of the European Central Bank, day by day since 1999.
//!
//! ```
//! use onrecord_lexicon::rates;
//!
//! // A Sunday: the rates are Friday's.
//! let table = rates::on("2025-08-24").expect("a day in the table");
//! assert_eq!(table.day, "2025-08-22");
//! assert_eq!(table.cross("USD", "CAD").unwrap().round_dp(4).to_string(), "1.3914");
//! assert!(table.cross("USD", "UAH").is_none());
//! ```
//!
//! The table ends on a day; whoever asks for a later one gets its last rates and must look at
//! [`Rates::day`].

use rust_decimal::Decimal;

use crate::sorted;

const TABLE: &str = include_str!("../tables/ecb-rates.tsv");

/// The rates of one day: how much of each currency one euro was.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    /// The day they were set, ISO 8601.
    pub day: &'static str,
    header: &'static str,
    row: &'static str,
}

/// The rates in force on a day (ISO 8601): of the day itself or the last before it.
pub fn on(day: &str) -> Option<Rates> {
    let (header, body) = TABLE.split_once('\n')?;
    let row = sorted::floor(body, day)?;
    Some(Rates {
        day: row.get(..10)?,
        header,
        row,
    })
}

impl Rates {
    /// How much of `to` one of `from` was, ISO 4217 codes; `None` where one of them was not quoted.
    pub fn cross(&self, from: &str, to: &str) -> Option<Decimal> {
        self.per_euro(to)?.checked_div(self.per_euro(from)?)
    }

    fn per_euro(&self, code: &str) -> Option<Decimal> {
        if code == "EUR" {
            return Some(Decimal::ONE);
        }
        let at = self.header.split('\t').position(|c| c == code)?;
        self.row.split('\t').nth(at)?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_finds_its_row() {
        assert!(on("1998-12-31").is_none());
        assert_eq!(on("1999-01-04").unwrap().day, "1999-01-04");
        let days: Vec<&str> = TABLE.lines().skip(1).map(|l| &l[..10]).collect();
        assert!(days.len() > 7000 && days.windows(2).all(|w| w[0] < w[1]));
        for day in &days {
            assert_eq!(on(day).unwrap().day, *day);
        }
        assert_eq!(on("9999-12-31").unwrap().day, *days.last().unwrap());
    }

    #[test]
    fn old_currencies_end() {
        assert!(on("2005-03-01").unwrap().cross("EUR", "SKK").is_some());
        assert!(on("2015-03-02").unwrap().cross("EUR", "SKK").is_none());
    }
}
