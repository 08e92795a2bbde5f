//! Stated exchange rates: "($1 = 17.2050 Mexican pesos)", "(1 euro = $1.08 = 7.8 yuan)".
//!
//! Left out: whether the amounts of the report fit the rate (`onrecord-extract`).

use std::ops::Range;

use onrecord_lexicon::currencies::{self, Money};
use rust_decimal::Decimal;

use crate::pattern::Pattern;

/// A rate found in a piece of text; places are bytes of that piece.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Found {
    pub from: &'static str,
    pub to: &'static str,
    /// How much of `to` one `from` is worth.
    pub rate: Decimal,
    /// The statement, brackets and all.
    pub range: Range<usize>,
}

struct Side {
    money: Money,
    value: Decimal,
}

const NUMBER: &str = r"\d[\d,]*(?:\.\d+)?";

const SIGN: &str = r"(?:[\p{L}.]{0,4}\p{Sc}|[A-Z]{3}|Rs\.?|R)";
const NAME: &str = r"(?:[\p{L}.'’]+(?: [\p{L}.'’]+){0,3})";

static STATEMENT: Pattern = Pattern::new(|| {
    let amount = format!(r"(?:{SIGN}\s?{NUMBER}|{NUMBER}\s?(?:\p{{Sc}}|{NAME}))");
    let equals = r"\s*(?:=|equals|≈)\s*";
    format!(
        r"(?P<open>[(\[]\s*)?(?P<core>{amount}(?:{equals}(?:about |approximately |around )?{amount})+)(?P<close>\s*[)\]])?"
    )
});

static SIDE: Pattern = Pattern::new(|| {
    format!(
        r"^(?:(?P<sign>{SIGN})\s?(?P<n1>{NUMBER})|(?P<n2>{NUMBER})\s?(?P<name>\p{{Sc}}|{NAME}))$"
    )
});

/// Every stated rate in a line. A chain of three gives the two rates of its first currency.
pub(crate) fn find(line: &str) -> Vec<Found> {
    let mut out = Vec::new();
    if !line.contains(['=', '≈']) && !line.contains("equals") {
        return out;
    }
    let Some(statement) = STATEMENT.on(line) else {
        return out;
    };
    for caps in statement.captures_iter(line) {
        let (Some(whole), Some(core)) = (caps.get(0), caps.name("core")) else {
            continue;
        };
        let bracketed = caps.name("open").is_some() && caps.name("close").is_some();
        let range = if bracketed {
            whole.range()
        } else {
            core.range()
        };
        let pieces = core
            .as_str()
            .split(['=', '≈'])
            .flat_map(|p| p.split("equals"));
        let mut sides = pieces.map(side);
        let Some(Some(first)) = sides.next() else {
            continue;
        };
        for other in sides.flatten() {
            out.extend(rate(&first, &other, range.clone()));
        }
    }
    out
}

fn rate(first: &Side, other: &Side, range: Range<usize>) -> Option<Found> {
    let (from, to) = (first.money.code?, other.money.code?);
    if from == to || first.value.is_zero() || other.value.is_zero() {
        return None;
    }
    let rate = if first.value == Decimal::ONE {
        other.value
    } else {
        other
            .value
            .checked_div(first.value)?
            .round_dp(10)
            .normalize()
    };
    Some(Found {
        from,
        to,
        rate,
        range,
    })
}

fn side(piece: &str) -> Option<Side> {
    let piece = ["about ", "approximately ", "around "]
        .iter()
        .fold(piece.trim(), |p, w| p.strip_prefix(w).unwrap_or(p));
    let caps = SIDE.on(piece)?.captures(piece)?;
    let number = caps.name("n1").or_else(|| caps.name("n2"))?.as_str();
    let value: Decimal = number.replace(',', "").parse().ok()?;
    let words = caps
        .name("sign")
        .or_else(|| caps.name("name"))?
        .as_str()
        .trim();
    let money = currencies::signed(words)
        .or_else(|| currencies::named(words))
        .or_else(|| currencies::signed(words.trim_end_matches('.')))
        .or_else(|| longest_name(words))?;
    (!money.minor).then_some(Side { money, value })
}

/// The longest head of some words that names money: "Canadian dollars at Friday" is dollars.
fn longest_name(words: &str) -> Option<Money> {
    let ends = words.match_indices(' ').map(|(i, _)| i).rev();
    let mut heads = ends.filter_map(|i| words.get(..i));
    heads.find_map(|h| currencies::named(h.trim_end_matches('.')))
}

/// Whether a line holds a stated rate and nothing else.
pub(crate) fn is_line(line: &str) -> bool {
    let found = find(line);
    let covered: usize = found.first().map_or(0, |f| f.range.len());
    let letters = line
        .trim()
        .trim_matches(|c: char| "().;* ".contains(c))
        .len();
    !found.is_empty() && covered + 2 >= letters.min(line.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expect: &[(&str, &str, &str)]) {
        let found = find(line);
        let rows: Vec<_> = found
            .iter()
            .map(|c| (c.from, c.to, c.rate.to_string()))
            .collect();
        let rows: Vec<_> = rows.iter().map(|(a, b, r)| (*a, *b, r.as_str())).collect();
        assert_eq!(rows, expect, "{line}");
    }

    #[test]
    fn stated_rates_are_read() {
        check(
            "($1 = 1.4025 Canadian dollars)",
            &[("USD", "CAD", "1.4025")],
        );
        check("($1=148.20 yen)", &[("USD", "JPY", "148.20")]);
        check("(1 euro = $1.08)", &[("EUR", "USD", "1.08")]);
        check(
            "($1 = 0.91 euros = 7.2 Chinese yuan)",
            &[("USD", "EUR", "0.91"), ("USD", "CNY", "7.2")],
        );
        check("1 USD = 3.67 UAE dirham", &[("USD", "AED", "3.67")]);
        check("($1 = 16,250.00 rupiah)", &[("USD", "IDR", "16250.00")]);
        check("(100 yen = $0.80)", &[("JPY", "USD", "0.008")]);
        check("($1 = A$1.52)", &[("USD", "AUD", "1.52")]);
        check("(£1 = €1.17)", &[("GBP", "EUR", "1.17")]);
        check("($1 = 41.20 hryvnias)", &[("USD", "UAH", "41.20")]);
        check(
            "The deal is worth 4 million euros ($1 = 0.92 euros), she said.",
            &[("USD", "EUR", "0.92")],
        );
    }

    #[test]
    fn what_names_no_money_is_no_rate() {
        check("(1 mile = 1.6 km)", &[]);
        check("$1 = 1 dollar", &[]);
        check("A score of 2 = 1 point", &[]);
    }

    #[test]
    fn a_line_may_hold_a_rate_alone() {
        assert!(is_line("($1 = 1.4025 Canadian dollars)"));
        assert!(is_line("1 USD = 3.67 UAE dirham"));
        assert!(!is_line(
            "The deal is worth 4 million euros ($1 = 0.92 euros), she said."
        ));
    }
}
