//! Numbers as news writes them: figures, words, scales, fractions, ordinals.
//!
//! `two and a half`, `9 1/2`, `1.25 million`, `two dozen`, `thirty-five`, `5bn`, `half a billion`,
//! `two thirds`, `one in five`, `twenty-fifth`.
//!
//! [`at`] reads a number that something is counted by: money, people, years. Parts of a whole
//! ([`part_at`]) and ranks ([`rank_at`]) are read apart, for "a third" is a share in "a third of the
//! crew" and a rank in "a third round".

mod figures;
mod parts;
mod rank;
mod text;
mod words;

use rust_decimal::Decimal;

use crate::words::{Kind, Line};

pub use text::{Numeral, NumeralKind, numerals};

pub(crate) use parts::{part_at, part_of_scale, share_at};
pub(crate) use rank::rank_at;

/// The most words a number has: a row of number words without end is read in pieces.
const LONGEST: usize = 24;

/// A number found in a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Number {
    /// Its value.
    pub value: Decimal,
    /// What one in its last stated digit is worth: 0.1 million in `1.5 million`.
    pub grain: Decimal,
    /// One past its last word.
    pub end: usize,
    /// Whether it is written in words.
    pub spelled: bool,
}

impl Number {
    fn whole(value: i64, end: usize) -> Self {
        Self {
            value: Decimal::from(value),
            grain: Decimal::ONE,
            end,
            spelled: true,
        }
    }

    /// A part of one, which is its own last digit.
    pub(crate) fn part(value: Decimal, end: usize, spelled: bool) -> Self {
        Self {
            value,
            grain: value,
            end,
            spelled,
        }
    }
}

/// The number that starts at a word.
pub(crate) fn at(line: &Line, i: usize) -> Option<Number> {
    let spelled = line.kind(i) == Some(Kind::Letters);
    let part = part_at(line, i).filter(|p| spelled && p.value < Decimal::ONE);
    if let Some(whole) = part.and_then(|p| part_of_scale(line, &p)) {
        return Some(whole);
    }
    let n = match line.kind(i)? {
        Kind::Figures => figures::figures(line, i)?,
        Kind::Letters => words::spelled(line, i)?,
        Kind::Mark => figures::mark(line, i)?,
    };
    let n = words::point(line, parts::and_part(line, n, Decimal::ONE));
    let scaled = words::scaled(line, n, i + LONGEST);
    // "3 million and a half" is half a million more, "two hundred and a half" half of one.
    let million = Decimal::from(1_000_000);
    let scale = (scaled.end > n.end && scaled.value >= million).then(|| last_scale(line, &scaled));
    Some(parts::and_part(
        line,
        scaled,
        scale.flatten().unwrap_or(Decimal::ONE),
    ))
}

/// What the last word of a number multiplies by.
fn last_scale(line: &Line, n: &Number) -> Option<Decimal> {
    onrecord_lexicon::numbers::scale(line.low(n.end.checked_sub(1)?)).map(Decimal::from)
}

impl Line {
    /// Whether letters touch the word before them here.
    pub(crate) fn glued_letters(&self, i: usize) -> bool {
        self.glued(i) && self.kind(i) == Some(Kind::Letters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, value: &str, words: usize) {
        let line = Line::of(text);
        let n = at(&line, 0).unwrap();
        assert_eq!(
            (n.value.normalize().to_string().as_str(), n.end),
            (value, words),
            "{text}"
        );
    }

    #[test]
    fn figures_and_scales() {
        check("1,250,000 euros", "1250000", 1);
        check("1 250 000 euros", "1250000", 3);
        check("1\u{202f}250 euros", "1250", 1);
        check("1.25 million", "1250000", 2);
        check("5bn", "5000000000", 2);
        check("9 1/2 years", "9.5", 4);
        check("25 crore", "250000000", 2);
        check("3 million and a half", "3500000", 5);
        check("2.5 k", "2500", 2);
        check("816 000 tonnes", "816000", 2);
        check("45 300 tonnes", "45300", 2);
        check("13 009 million", "13009000000", 3);
        check("20 M€", "20000000", 2);
        check("300 k€", "300000", 2);
        check("5 Mio. euros", "5000000", 3);
        check("728 mil next", "728000000", 2);
        // Two figures side by side are two numbers.
        check("12 300 people", "12", 1);
    }

    #[test]
    fn words() {
        check("thirty-five boats", "35", 3);
        check("two hundred and thirty-four", "234", 6);
        check("two hundred thousand", "200000", 3);
        check("three and a half years", "3.5", 4);
        check("half a billion", "500000000", 3);
        check("quarter million", "250000", 2);
        check("a quarter of a million people", "250000", 5);
        check("three quarters of a billion", "750000000", 5);
        check("a hundred years", "100", 2);
        check("two dozen", "24", 2);
        check("five point two five million", "5250000", 5);
        check("one million and a half", "1500000", 5);
        check("forty two and one eighth", "42.125", 5);
    }
}
