//! Holidays: their names, the countries that keep them, and the rule that gives their date.
//!
//! Names are matched without regard to case. National days carry the names and adjectives of
//! their country, so that "Polish Independence Day" and "Poland's Independence Day" are one.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use smol_str::SmolStr;

/// How a holiday's date follows from the year.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// Month, which one (-1 is the last), weekday from Monday 1, and days after it.
    Nth(i8, i8, i8, i8),
    /// The last such weekday before a month and day.
    Before(i8, i8, i8),
    /// Days after Easter Sunday of the Western churches.
    Easter(i16),
    /// Days after Easter Sunday of the Eastern churches.
    Orthodox(i16),
    /// A table of dates, as year, month and day.
    Table(Vec<(i16, i8, i8)>),
}

/// One holiday.
#[derive(Clone, Debug)]
pub struct Holiday {
    /// Its names, lower case.
    pub names: Vec<SmolStr>,
    /// ISO 3166 alpha-3 of the country whose day it is; empty for days of many countries.
    pub country: SmolStr,
    /// The country's names and adjectives, lower case.
    pub country_words: Vec<SmolStr>,
    /// When it falls.
    pub rule: Rule,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    holiday: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    names: Vec<String>,
    fixed: Option<(i8, i8)>,
    nth: Option<(i8, i8, i8)>,
    after: Option<(i8, i8, i8, i8)>,
    before: Option<(i8, i8, i8)>,
    easter: Option<i16>,
    orthodox: Option<i16>,
}

static ALL: LazyLock<Vec<Holiday>> = LazyLock::new(|| {
    let mut all = common();
    all.extend(tsv(include_str!("../data/moving_feasts.tsv")).filter_map(|r| feast(&r)));
    all.extend(tsv(include_str!("../data/national_days.tsv")).filter_map(|r| national(&r)));
    all
});

/// Holidays by the first word of their names.
static BY_FIRST: LazyLock<FxHashMap<&'static str, Vec<&'static Holiday>>> = LazyLock::new(|| {
    let mut map: FxHashMap<&str, Vec<&Holiday>> = FxHashMap::default();
    for h in ALL.iter() {
        for first in h.names.iter().map(|n| first_word(n)) {
            let list = map.entry(first).or_default();
            if !list.iter().any(|x| std::ptr::eq(*x, h)) {
                list.push(h);
            }
        }
    }
    map
});

/// The letters before the first character that is not one.
fn first_word(name: &str) -> &str {
    name.split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
}

/// The holidays one of whose names starts with this word (lower case, letters only).
pub fn starting_with(word: &str) -> &'static [&'static Holiday] {
    BY_FIRST.get(word).map_or(&[], Vec::as_slice)
}

/// The first words of every holiday's names and of the countries whose days they are.
pub fn openers() -> impl Iterator<Item = &'static str> {
    let countries = ALL.iter().flat_map(|h| &h.country_words);
    let names = ALL.iter().flat_map(|h| &h.names);
    names.chain(countries).map(|n| first_word(n))
}

fn tsv(data: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    data.lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
        .map(|l| l.split('\t').collect())
}

fn lower(names: &str) -> Vec<SmolStr> {
    names.split('|').map(|n| n.to_lowercase().into()).collect()
}

fn common() -> Vec<Holiday> {
    let data: Data = toml::from_str(include_str!("../data/holidays.toml")).unwrap_or_default();
    let rule = |r: &Row| {
        let fixed = r.fixed.map(|(m, d)| Rule::Fixed(m, d));
        let nth = r.nth.map(|(m, n, w)| Rule::Nth(m, n, w, 0));
        let after = r.after.map(|(m, n, w, by)| Rule::Nth(m, n, w, by));
        let before = r.before.map(|(m, d, w)| Rule::Before(m, d, w));
        let easter = r.easter.map(Rule::Easter);
        let orthodox = r.orthodox.map(Rule::Orthodox);
        fixed.or(nth).or(after).or(before).or(easter).or(orthodox)
    };
    let row = |r: Row| {
        Some(Holiday {
            rule: rule(&r)?,
            names: r.names.iter().map(|n| n.to_lowercase().into()).collect(),
            country: SmolStr::default(),
            country_words: Vec::new(),
        })
    };
    data.holiday.into_iter().filter_map(row).collect()
}

fn feast(row: &[&str]) -> Option<Holiday> {
    let [names, dates] = row[..] else { return None };
    let date = |d: &str| {
        let mut parts = d.split('-');
        let year = parts.next()?.parse().ok()?;
        Some((
            year,
            parts.next()?.parse().ok()?,
            parts.next()?.parse().ok()?,
        ))
    };
    Some(Holiday {
        names: lower(names),
        country: SmolStr::default(),
        country_words: Vec::new(),
        rule: Rule::Table(dates.split(' ').filter_map(date).collect()),
    })
}

fn national(row: &[&str]) -> Option<Holiday> {
    let [country, name, month, day, words] = row[..] else {
        return None;
    };
    Some(Holiday {
        names: lower(name),
        country: country.into(),
        country_words: lower(words),
        rule: Rule::Fixed(month.parse().ok()?, day.parse().ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_whole() {
        let count = |f: &str| f.lines().filter(|l| !l.starts_with('#')).count();
        let toml = include_str!("../data/holidays.toml")
            .matches("[[holiday]]")
            .count();
        let tables = count(include_str!("../data/moving_feasts.tsv"))
            + count(include_str!("../data/national_days.tsv"));
        assert_eq!(ALL.len(), toml + tables);
    }

    #[test]
    fn a_national_day_knows_its_country() {
        let found = starting_with("independence")
            .iter()
            .find(|h| h.country == "FIN")
            .unwrap();
        assert_eq!(found.rule, Rule::Fixed(12, 6));
        assert!(found.country_words.contains(&"finnish".into()));
    }
}
