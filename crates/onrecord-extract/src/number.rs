//! Numbers as news writes them: figures, words, scales, fractions.
//!
//! `two and a half`, `9 1/2`, `1.25 million`, `two dozen`, `thirty-five`, `5bn`, `half a billion`.

use onrecord_lexicon::numbers;
use rust_decimal::Decimal;

use crate::words::{Kind, Line};

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

/// The number that starts at a word.
pub(crate) fn at(line: &Line, i: usize) -> Option<Number> {
    let n = match line.kind(i)? {
        Kind::Figures => figures(line, i)?,
        Kind::Letters => spelled(line, i)?,
        Kind::Mark => mark_fraction(line, i)?,
    };
    Some(scaled(line, half(line, n)))
}

/// Figures alone, with a fraction after them: `9 1/2`, `9½`.
fn figures(line: &Line, i: usize) -> Option<Number> {
    let mut value: Decimal = line.low(i).parse().ok()?;
    let mut grain = Decimal::new(1, value.scale());
    let mut end = i + 1;
    if let Some((part, after)) = fraction(line, end) {
        value = value.checked_add(part)?;
        (grain, end) = (part, after);
    } else if let Some(part) = numbers::fraction(line.low(end))
        .filter(|_| line.glued(end) && line.kind(end) == Some(Kind::Mark))
    {
        value = value.checked_add(part)?;
        (grain, end) = (part, end + 1);
    }
    Some(Number {
        value,
        grain,
        end,
        spelled: false,
    })
}

/// `1/2` after a space or a hyphen: parts smaller than one.
fn fraction(line: &Line, i: usize) -> Option<(Decimal, usize)> {
    let i = if line.hyphen(i) { i + 1 } else { i };
    let stuck = line.low(i + 1) == "/" && line.glued(i + 1) && line.glued(i + 2);
    if !stuck || line.kind(i) != Some(Kind::Figures) {
        return None;
    }
    let (top, bottom): (Decimal, Decimal) =
        (line.low(i).parse().ok()?, line.low(i + 2).parse().ok()?);
    let small = top < bottom && bottom <= Decimal::from(16) && !top.is_zero();
    small.then(|| top.checked_div(bottom).map(|p| (p.round_dp(4), i + 3)))?
}

fn mark_fraction(line: &Line, i: usize) -> Option<Number> {
    let value = numbers::fraction(line.low(i))?;
    Some(Number {
        value,
        grain: value,
        end: i + 1,
        spelled: false,
    })
}

/// A number in words below its scales: `thirty-five`, `a`, `half a`.
fn spelled(line: &Line, i: usize) -> Option<Number> {
    let number = |value: i64, end| {
        Some(Number {
            value: Decimal::from(value),
            grain: Decimal::ONE,
            end,
            spelled: true,
        })
    };
    let low = line.low(i);
    if let Some(tens) = numbers::tens(low) {
        let next = if line.hyphen(i + 1) { i + 2 } else { i + 1 };
        return match numbers::small(line.low(next)).filter(|n| (1..10).contains(n)) {
            Some(unit) => number(tens + unit, next + 1),
            None => number(tens, i + 1),
        };
    }
    if let Some(n) = numbers::small(low) {
        return number(n, i + 1);
    }
    if low == "half" {
        let end = if line.is(i + 1, &["a", "an"]) {
            i + 2
        } else {
            i + 1
        };
        let scaled = numbers::scale(line.low(end)).is_some();
        return scaled.then_some(Number {
            value: Decimal::new(5, 1),
            grain: Decimal::new(5, 1),
            end,
            spelled: true,
        });
    }
    let article = matches!(low, "a" | "an" | "one");
    let scale = numbers::scale(line.low(i + 1)).filter(|_| !line.low(i + 1).ends_with('s'));
    if article && scale.is_some() {
        return number(1, i + 1);
    }
    None
}

/// The scales after a number: `hundred thousand`, `million`, `bn`, the `m` of `5m`; and the
/// smaller number that follows a spelled one: `two hundred and thirty-four`.
fn scaled(line: &Line, mut n: Number) -> Number {
    let mut total = Decimal::ZERO;
    loop {
        let at = if line.hyphen(n.end) && numbers::scale(line.low(n.end + 1)).is_some() {
            n.end + 1
        } else {
            n.end
        };
        let low = line.low(at);
        let scale = numbers::scale(low)
            .or_else(|| numbers::short_scale(low))
            .or_else(|| {
                numbers::touching_scale(low)
                    .filter(|_| line.glued(at) && !n.spelled && !line.glued_letters(at + 1))
            });
        let Some(scale) = scale.map(Decimal::from) else {
            break;
        };
        let (Some(value), Some(grain)) = (n.value.checked_mul(scale), n.grain.checked_mul(scale))
        else {
            break;
        };
        (n.value, n.grain, n.end) = (value, grain, at + 1);
        if !n.spelled {
            continue;
        }
        let and = usize::from(line.low(n.end) == "and");
        if let Some(rest) =
            spelled(line, n.end + and).filter(|r| r.value < scale && r.value.fract().is_zero())
        {
            // "two hundred and thirty-four": what is done is put aside, the rest may be scaled.
            let scales_on = numbers::scale(line.low(rest.end)).map(Decimal::from);
            match scales_on {
                Some(s) if s > scale => {
                    n = Number {
                        value: n.value.saturating_add(rest.value),
                        grain: Decimal::ONE,
                        ..rest
                    };
                }
                _ => {
                    total = total.saturating_add(n.value);
                    n = Number {
                        grain: Decimal::ONE,
                        ..rest
                    };
                }
            }
        }
    }
    n.value = n.value.saturating_add(total);
    n
}

/// `and a half`, `and-a-half`, `and a quarter` after a number.
fn half(line: &Line, mut n: Number) -> Number {
    let skip = |i: usize| if line.hyphen(i) { i + 1 } else { i };
    let and = skip(n.end);
    let article = skip(and + 1);
    let part = skip(article + 1);
    let joined = line.low(and) == "and" && line.low(article) == "a" && n.value.fract().is_zero();
    if let Some(f) = numbers::fraction(line.low(part)).filter(|_| joined) {
        n.value = n.value.saturating_add(f);
        (n.grain, n.end) = (f, part + 1);
    }
    n
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
    use crate::time::testing::report;
    use crate::words;

    fn check(text: &str, value: &str, words: usize) {
        let report = report(text, None);
        let lines = words::lines(&report, |_| true);
        let n = at(&lines[0], 0).unwrap();
        assert_eq!(
            (n.value.normalize().to_string().as_str(), n.end),
            (value, words),
            "{text}"
        );
    }

    #[test]
    fn figures_and_scales() {
        check("1,250,000 euros", "1250000", 1);
        check("1.25 million", "1250000", 2);
        check("5bn", "5000000000", 2);
        check("9 1/2 years", "9.5", 4);
        check("25 crore", "250000000", 2);
    }

    #[test]
    fn words() {
        check("thirty-five boats", "35", 3);
        check("two hundred and thirty-four", "234", 6);
        check("two hundred thousand", "200000", 3);
        check("three and a half years", "3.5", 4);
        check("half a billion", "500000000", 3);
        check("a hundred years", "100", 2);
        check("two dozen", "24", 2);
    }
}
