//! Every number and rank of a text, whatever it counts.

use onrecord_lexicon::numbers::{self, Anchor};
use onrecord_model::TextRange;
use rust_decimal::Decimal;

use super::{at, part_at, rank_at, share_at};
use crate::words::{Kind, Line};

/// What a numeral says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NumeralKind {
    /// How many: `three`, `2.5 million`, `two thirds`.
    Cardinal(Decimal),
    /// Which in a row: `third`, `11th`.
    Ordinal(Decimal),
    /// Which in a row, from where one stands or from the end: `next` is `Current` + 1.
    Relative(Anchor, i64),
}

/// A numeral and where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Numeral {
    /// Its bytes.
    pub range: TextRange,
    /// What it says.
    pub kind: NumeralKind,
}

/// Every numeral of a text: the cardinals from left to right, then the ordinals.
pub fn numerals(text: &str) -> Vec<Numeral> {
    let mut out = Vec::new();
    for line in Line::all(text) {
        scan(&line, &mut out, cardinal);
        scan(&line, &mut out, ordinal);
    }
    out
}

fn scan(
    line: &Line,
    out: &mut Vec<Numeral>,
    find: impl Fn(&Line, usize) -> Option<(NumeralKind, usize)>,
) {
    let mut i = 0;
    while i < line.len() {
        match find(line, i) {
            Some((kind, end)) => {
                let range = line.range(i, end);
                out.push(Numeral { range, kind });
                i = end.max(i + 1);
            }
            None => i += 1,
        }
    }
}

fn cardinal(line: &Line, i: usize) -> Option<(NumeralKind, usize)> {
    let minus = line.is(i, &["minus", "negative"])
        || (line.is(i, &["-", "−"]) && !line.glued(i) && line.glued(i + 1));
    if minus {
        let (value, end) = unsigned(line, i + 1)?;
        return Some((NumeralKind::Cardinal(-value), end));
    }
    let (value, end) = unsigned(line, i)?;
    Some((NumeralKind::Cardinal(value), end))
}

fn unsigned(line: &Line, i: usize) -> Option<(Decimal, usize)> {
    if pronoun(line, i) {
        return None;
    }
    if let Some(power) = power(line, i) {
        return Some(power);
    }
    // ".08", unless it goes on a figure that was cut.
    let leading = line.low(i) == "." && line.glued(i + 1) && !line.glued(i);
    if leading && line.kind(i + 1) == Some(Kind::Figures) {
        let value = format!("0.{}", line.low(i + 1)).parse().ok()?;
        return Some((value, i + 2));
    }
    let whole = at(line, i);
    // "one hundred and three quarters": the part belongs to the number before it.
    let part = part_at(line, i).filter(|p| whole.is_none_or(|w| p.end > w.end));
    let n = share_at(line, i).or(part).or(whole)?;
    let rank = rank_at(line, i).is_some_and(|(_, end)| end > n.end);
    (!rank).then_some((n.value, n.end))
}

/// `one` that stands for somebody or something: "the one", "that one".
fn pronoun(line: &Line, i: usize) -> bool {
    let before = i.checked_sub(1).is_some_and(|b| {
        line.is(
            b,
            &[
                "the", "that", "this", "which", "each", "every", "another", "next", "previous",
                "last", "current", "no", "any", "first",
            ],
        )
    });
    line.low(i) == "one"
        && before
        && numbers::scale(line.low(i + 1)).is_none()
        && !line.hyphen(i + 1)
}

/// `1.1^3`, `6.2x10^-4`, `1e10`.
fn power(line: &Line, i: usize) -> Option<(Decimal, usize)> {
    let stuck = |k: usize| line.glued(k);
    let base: Decimal = line.low(i).parse().ok()?;
    let signed = |k: usize| -> Option<(i64, usize)> {
        let minus = line.low(k) == "-" && stuck(k);
        let at = k + usize::from(minus);
        let n: i64 = line.low(at).parse().ok().filter(|_| stuck(at))?;
        Some((if minus { -n } else { n }, at + 1))
    };
    if line.low(i + 1) == "^" && stuck(i + 1) {
        let (n, end) = signed(i + 2)?;
        return Some((raised(base, n)?, end));
    }
    if line.low(i + 1) == "e" && stuck(i + 1) {
        let (n, end) = signed(i + 2)?;
        return Some((base.checked_mul(raised(Decimal::TEN, n)?)?, end));
    }
    let ten = line.is(i + 1, &["x", "×"]) && line.low(i + 2) == "10" && line.low(i + 3) == "^";
    if ten && (i + 1..i + 4).all(stuck) {
        let (n, end) = signed(i + 4)?;
        return Some((base.checked_mul(raised(Decimal::TEN, n)?)?, end));
    }
    None
}

fn raised(base: Decimal, n: i64) -> Option<Decimal> {
    let times = n.unsigned_abs().min(64);
    let value = (0..times).try_fold(Decimal::ONE, |v, _| v.checked_mul(base))?;
    if n < 0 {
        Decimal::ONE.checked_div(value)
    } else {
        Some(value)
    }
}

fn ordinal(line: &Line, i: usize) -> Option<(NumeralKind, usize)> {
    if let Some((value, end)) = rank_at(line, i) {
        return Some((NumeralKind::Ordinal(value), end));
    }
    let (relative, end) = [3, 1]
        .into_iter()
        .find_map(|n| Some((numbers::relative(&line.phrase(i, i + n))?, i + n)))?;
    let end = end + usize::from(line.low(end) == "one" && !line.low(end + 1).ends_with('s'));
    Some((NumeralKind::Relative(relative.from, relative.offset), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let show = |n: &Numeral| {
            let words = &text[n.range.start as usize..n.range.end as usize];
            match n.kind {
                NumeralKind::Cardinal(v) => format!("{words}={}", v.normalize().round_dp(4)),
                NumeralKind::Ordinal(v) => format!("{words}=#{}", v.normalize()),
                NumeralKind::Relative(from, by) => format!("{words}={from:?}{by:+}"),
            }
        };
        let got: Vec<String> = numerals(text).iter().map(show).collect();
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn parts_have_the_longest_name() {
        check("ninety eighths of it", &["ninety eighths=11.25"]);
        check("seventy thirty firsts", &["seventy thirty firsts=2.2581"]);
        check(
            "two hundred and forty sixths",
            &["two hundred and forty sixths=40"],
        );
        check(
            "a quarter or two-fifths",
            &["a quarter=0.25", "two-fifths=0.4"],
        );
    }

    #[test]
    fn signs_and_powers() {
        check(
            "it fell to minus two point five, or -3",
            &["minus two point five=-2.5", "-3=-3"],
        );
        check("about 3x10^-2 or 2^5", &["3x10^-2=0.03", "2^5=32"]);
    }

    #[test]
    fn ranks() {
        check(
            "the forty-second and the 12th",
            &["forty-second=#42", "12th=#12"],
        );
        check("the next to last of them", &["next to last=End-1"]);
        check("that one left", &[]);
    }
}
