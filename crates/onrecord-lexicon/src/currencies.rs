//! Currencies: ISO 4217 codes with the names, slang and signs that English news uses.
//!
//! ```
//! use onrecord_lexicon::currencies;
//!
//! let m = currencies::named("Canadian dollars").expect("a known name");
//! assert_eq!((m.code, m.bare), (Some("CAD"), false));
//! assert_eq!(currencies::signed("C$").and_then(|m| m.code), Some("CAD"));
//! // A bare name says less: the report around it may mean another country's dollar.
//! assert!(currencies::named("dollars").is_some_and(|m| m.bare && m.code == Some("USD")));
//! assert_eq!(currencies::named("francs").map(|m| m.code), Some(None));
//! ```
//!
//! Left out: finding amounts in running text (`onrecord-extract`), daily rates.

use std::collections::hash_map::Entry;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Currency {
    /// ISO 4217.
    pub code: &'static str,
    /// Digits after the point.
    pub digits: u8,
    /// Its name for one: "Canadian dollar".
    pub name: &'static str,
    /// Its name for many: "Canadian dollars".
    pub plural: &'static str,
}

/// What a name or sign of money stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Money {
    /// ISO 4217; `None` when the words alone cannot tell ("francs", "cents").
    pub code: Option<&'static str>,
    /// The words do not say whose money it is: `code` is what is meant when nothing else is said.
    pub bare: bool,
    /// A hundredth of the unit: cents, pence.
    pub minor: bool,
}

const FULL: &str = include_str!("../data/currencies.tsv");
const BARE: &str = include_str!("../data/currency-units.tsv");
/// Signs that several countries share, and the one that is no country's.
const BARE_SIGNS: &[(&str, Option<&str>)] = &[
    ("$", Some("USD")),
    ("£", Some("GBP")),
    ("¥", Some("JPY")),
    ("¢", Some("USD")),
    ("₿", None),
];

struct Table {
    all: Vec<Currency>,
    by_code: FxHashMap<&'static str, usize>,
    names: FxHashMap<String, Money>,
    signs: FxHashMap<&'static str, Money>,
    /// Every name, longest first, then in order of the alphabet.
    name_list: Vec<&'static str>,
    /// Every sign, likewise.
    sign_list: Vec<&'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(build);

/// Every currency, in the table's order: the most used first.
pub fn all() -> &'static [Currency] {
    &TABLE.all
}

/// The currency of an ISO 4217 code in capitals.
pub fn by_code(code: &str) -> Option<&'static Currency> {
    TABLE.by_code.get(code).and_then(|&i| TABLE.all.get(i))
}

/// What a name of money stands for, whatever its case: "Canadian dollars", "yuan", "quid",
/// "cents". ISO codes count as names.
pub fn named(name: &str) -> Option<Money> {
    if let Some(c) = by_code(name) {
        return Some(full(c.code));
    }
    TABLE.names.get(&name.to_lowercase()).copied()
}

/// What a sign of money stands for: "$", "C$", "€", "Rs". Case matters.
pub fn signed(sign: &str) -> Option<Money> {
    TABLE.signs.get(sign).copied()
}

/// How far a code that is also a word may be taken for money.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// Never before a figure: "ALL 40 boats", "TOP 10".
    Always,
    /// Not before a small one: "TRY 5 doors", "SOS 2".
    Small,
}

/// Whether a code is a word that headlines and shouts set in capitals too.
pub fn code_in_doubt(code: &str) -> Option<Doubt> {
    match code {
        "ALL" | "TOP" | "CUP" | "MOP" => Some(Doubt::Always),
        "TRY" | "SOS" | "MAD" | "PEN" | "COP" | "GEL" | "BAM" | "LAK" | "SAR" | "WON" => {
            Some(Doubt::Small)
        }
        _ => None,
    }
}

/// Every name as written in the table, longest first: for building a search automaton.
pub fn names() -> &'static [&'static str] {
    &TABLE.name_list
}

/// Every sign, longest first: for building a search automaton.
pub fn signs() -> &'static [&'static str] {
    &TABLE.sign_list
}

const fn full(code: &'static str) -> Money {
    Money {
        code: Some(code),
        bare: false,
        minor: false,
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .map(|l| l.split('\t').collect())
}

fn build() -> Table {
    let mut t = Table {
        all: Vec::new(),
        by_code: FxHashMap::default(),
        names: FxHashMap::default(),
        signs: FxHashMap::default(),
        name_list: Vec::new(),
        sign_list: Vec::new(),
    };
    for row in rows(FULL) {
        let &[code, digits, name, plural, others, signs] = row.as_slice() else {
            continue;
        };
        t.by_code.insert(code, t.all.len());
        t.all.push(Currency {
            code,
            digits: digits.parse().unwrap_or(2),
            name,
            plural,
        });
        let others = others.split([',', ':']).filter(|n| !n.is_empty());
        for n in [name, plural].into_iter().chain(others) {
            t.add_name(n, full(code));
        }
        for s in signs.split_whitespace() {
            t.signs.entry(s).or_insert_with(|| full(code));
        }
    }
    for row in rows(BARE) {
        let &[form, plural, code, size] = row.as_slice() else {
            continue;
        };
        let money = Money {
            code: t.by_code.get_key_value(code).map(|(k, _)| *k),
            bare: true,
            minor: size == "minor",
        };
        t.add_name(form, money);
        t.add_name(plural, money);
    }
    for &(sign, code) in BARE_SIGNS {
        let money = Money {
            code,
            bare: true,
            minor: sign == "¢",
        };
        t.signs.insert(sign, money);
    }
    t.sign_list = t.signs.keys().copied().collect();
    longest_first(&mut t.name_list);
    longest_first(&mut t.sign_list);
    t
}

impl Table {
    fn add_name(&mut self, name: &'static str, money: Money) {
        if let Entry::Vacant(e) = self.names.entry(name.to_lowercase()) {
            e.insert(money);
            self.name_list.push(name);
        }
    }
}

fn longest_first(list: &mut [&'static str]) {
    list.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, code: Option<&str>, bare: bool) {
        let m = named(words).or_else(|| signed(words)).unwrap();
        assert_eq!((m.code, m.bare), (code, bare), "{words}");
    }

    #[test]
    fn names_and_signs_say_whose_money() {
        check("euros", Some("EUR"), false);
        check("new zealand dollar", Some("NZD"), false);
        check("roubles", Some("RUB"), false);
        check("UAE dirham", Some("AED"), false);
        check("PLN", Some("PLN"), false);
        check("HK$", Some("HKD"), false);
        check("€", Some("EUR"), false);
        check("$", Some("USD"), true);
        check("pesos", None, true);
        assert!(named("pence").is_some_and(|m| m.minor));
        assert!(named("ferry").is_none() && named("").is_none());
    }

    #[test]
    fn the_table_is_whole() {
        for row in rows(FULL) {
            assert_eq!(row.len(), 6, "{row:?}");
            assert!(row[0].len() == 3 && row[0].bytes().all(|b| b.is_ascii_uppercase()));
        }
        for row in rows(BARE) {
            assert_eq!(row.len(), 4, "{row:?}");
            assert!(row[2] == "-" || by_code(row[2]).is_some(), "{row:?}");
        }
        assert!(all().len() > 160);
        assert!(names().windows(2).all(|w| w[0].len() >= w[1].len()));
    }
}
