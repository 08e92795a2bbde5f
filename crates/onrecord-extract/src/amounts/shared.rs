//! Figures whose unit or scale is told once for several.
//!
//! ```text
//! "100 of the 250 million euros"           -> 100000000 EUR, 250000000 EUR
//! "150 million crowns, and 250 million"    -> 150000000 crowns, 250000000 crowns
//! "5 and 7 million dollars respectively"   -> 5000000 USD, 7000000 USD
//! "40% of the 200 million euros"           -> 40 percent, restated 80000000 EUR as worked out
//! "30 lorries, of which 12 have arrived"   -> 30 lorries, 12 lorries
//! ```
//!
//! Left out: figures in a sentence of their own that says no unit, and what a share of a count is.

use onrecord_lexicon::{numbers, units};
use onrecord_model::{Amount, AmountBasis, Restated};
use rust_decimal::Decimal;

use super::{Found, tidy};
use crate::number::{self, Number};
use crate::words::{Kind, Line};

const RULE: &str = "amounts/shared";

/// Words that may stand between "of" and the whole.
const MOST_BETWEEN: usize = 3;

/// Amounts of one sentence that others are compared with: a table in one line has no shared units.
const MOST: usize = 48;

/// Adds figures that share the unit of another. `earlier` is the currency of an amount told in a
/// sentence before.
pub(super) fn complete(line: &Line, all: &mut Vec<Found>, earlier: Option<&'static str>) {
    let paired = (0..line.len()).any(|k| line.low(k) == "respectively");
    // From behind, so that a row of figures takes its unit from the last.
    for i in (0..line.len()).rev() {
        if all.len() > MOST {
            return;
        }
        if let Some(known) = all.iter().position(|f| f.start == i) {
            rescale(line, all, known);
        } else if !all.iter().any(|f| f.start <= i && i < f.end)
            && let Some(found) = bare(line, i, all, (earlier, paired))
        {
            all.push(found);
            all.sort_by_key(|f| f.start);
        }
    }
}

/// "$3.2 of the $50 million": the scale of the whole is that of the part.
fn rescale(line: &Line, all: &mut [Found], known: usize) {
    let part = &all[known];
    let Some(whole) = whole(line, part.end, all).filter(|w| w.currency == part.currency) else {
        return;
    };
    let bare = part.currency.is_some() && scale(line, part) == Decimal::ONE;
    let scale = shared_scale(line, part.value, whole).filter(|_| bare);
    if let Some(value) = scale.and_then(|s| part.value.checked_mul(s)) {
        all[known].value = value;
    }
}

/// A figure without a unit, with that of another.
fn bare(
    line: &Line,
    i: usize,
    all: &[Found],
    (earlier, paired): (Option<&'static str>, bool),
) -> Option<Found> {
    if line.glued(i) || line.is(i, &["a", "an", "one"]) && line.kind(i + 1) != Some(Kind::Letters) {
        return None;
    }
    let n = number::at(line, i)?;
    if n.value < Decimal::ONE && !line.low(i).contains('.')
        || all.iter().any(|f| i < f.end && f.start < n.end)
    {
        return None;
    }
    let part = whole(line, n.end, all).map(|whole| (whole, shared_scale(line, n.value, whole)));
    if let Some((whole, scale)) = part.or_else(|| of_which(line, i, &n, all)) {
        return like(
            whole,
            i,
            &n,
            unscaled(line, i, &n).then_some(scale).flatten(),
        );
    }
    row(line, i, &n, all)
        .filter(|_| paired)
        .or_else(|| scaled(line, i, &n, all, earlier))
}

/// The amount that a figure ending here is a part of: "of the 250 million".
fn whole<'a>(line: &Line, end: usize, all: &'a [Found]) -> Option<&'a Found> {
    let start = end + 1;
    let before = |f: &Found| (start..f.start).all(|k| units::leads_to_whole(line.low(k)));
    let near = |f: &&Found| (start..=start + MOST_BETWEEN).contains(&f.start) && before(f);
    (line.low(end) == "of")
        .then(|| all.iter().find(near))
        .flatten()
        .filter(|f| !is_share(f))
}

/// "30 lorries, of which 12 have arrived".
fn of_which<'a>(
    line: &Line,
    i: usize,
    n: &Number,
    all: &'a [Found],
) -> Option<(&'a Found, Option<Decimal>)> {
    let opens = line.back(i, 2) == "of"
        && matches!(
            line.back(i, 1),
            "which" | "whom" | "these" | "them" | "those"
        );
    let verb = line.is(
        n.end,
        &[
            "has", "have", "had", "is", "are", "was", "were", "will", "would", ",", ".",
        ],
    );
    let whole = all
        .iter()
        .rfind(|f| f.end <= i && !is_share(f))
        .filter(|_| opens && verb)?;
    Some((whole, shared_scale(line, n.value, whole)))
}

/// "5 and 7 million dollars respectively": the first of two has the scale and the unit of the second.
fn row(line: &Line, i: usize, n: &Number, all: &[Found]) -> Option<Found> {
    let next = all
        .iter()
        .find(|f| f.start > n.end && f.start <= n.end + 2 && !is_share(f))?;
    let joined = (n.end..next.start).all(|k| line.is(k, &["and", ",", "or"]));
    joined.then(|| {
        like(
            next,
            i,
            n,
            Some(scale(line, next)).filter(|_| unscaled(line, i, n)),
        )
    })?
}

/// "250 million by October": millions that count nothing, beside money.
fn scaled(
    line: &Line,
    i: usize,
    n: &Number,
    all: &[Found],
    earlier: Option<&'static str>,
) -> Option<Found> {
    let million = Decimal::from(1_000_000);
    let large = n
        .end
        .checked_sub(1)
        .and_then(|last| numbers::scale(line.low(last)));
    if n.value < million || large.is_none_or(|s| Decimal::from(s) < million) || counts(line, n.end)
    {
        return None;
    }
    let money = |f: &&Found| f.currency.is_some();
    let before = all.iter().filter(money).rfind(|f| f.end <= i);
    let after = || all.iter().filter(money).find(|f| f.start > i);
    let told = earlier.filter(|_| units::names_part(line.back(i, 1)));
    let currency = before.or_else(after).map_or(told, |f| f.currency)?;
    Some(Found {
        start: i,
        end: n.end,
        value: n.value,
        grain: n.grain,
        currency: Some(currency),
        unit: None,
        rule: RULE,
    })
}

/// Whether a word is counted by the figure before it.
fn counts(line: &Line, at: usize) -> bool {
    line.kind(at) != Some(Kind::Mark)
        && at < line.len()
        && !units::is_bare(line.low(at))
        && !ends_in_verb(line.low(at))
}

/// "250 million arrived", "250 million promised": enough of a verb's past to tell it from what is counted.
fn ends_in_verb(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed") || matches!(word, "came" | "went" | "paid")
}

fn like(other: &Found, i: usize, n: &Number, scale: Option<Decimal>) -> Option<Found> {
    let times = scale.unwrap_or(Decimal::ONE);
    Some(Found {
        start: i,
        end: n.end,
        value: n.value.checked_mul(times)?,
        grain: n.grain.checked_mul(times)?,
        currency: other.currency,
        unit: other.unit.clone(),
        rule: RULE,
    })
}

/// Whether a number says no scale of its own.
fn unscaled(line: &Line, i: usize, n: &Number) -> bool {
    (i..n.end).all(|k| numbers::scale(line.low(k)).is_none())
}

/// The scale of the whole, where a part of this figure would be less than it.
fn shared_scale(line: &Line, part: Decimal, whole: &Found) -> Option<Decimal> {
    let scale = scale(line, whole);
    let figure = whole.value.checked_div(scale)?;
    (scale > Decimal::ONE && part <= figure).then_some(scale)
}

/// What the words of scale in an amount multiply by: a million in "250 million euros".
fn scale(line: &Line, f: &Found) -> Decimal {
    let figure = (f.start..f.end).find_map(|k| line.low(k).parse::<Decimal>().ok());
    let figure = figure.filter(|v| !v.is_zero());
    let shared = figure.and_then(|v| f.value.checked_div(v));
    let spelled = || {
        (f.start..f.end)
            .filter_map(|k| numbers::scale(line.low(k)))
            .max()
            .map(Decimal::from)
    };
    shared
        .or_else(spelled)
        .filter(|s| *s >= Decimal::ONE_THOUSAND)
        .unwrap_or(Decimal::ONE)
}

fn is_share(f: &Found) -> bool {
    f.unit.as_deref() == Some("percent")
}

/// What "40% of the 200 million euros" comes to, beside the share.
pub(super) fn work_out(line: &Line, all: &[Found], amounts: &mut [Option<Amount>]) {
    for (share, amount) in all.iter().zip(amounts) {
        let Some(amount) = amount.as_mut().filter(|_| is_share(share)) else {
            continue;
        };
        let Some(whole) = whole(line, share.end, all) else {
            continue;
        };
        let sum = share
            .value
            .checked_mul(whole.value)
            .and_then(|v| v.checked_div(Decimal::ONE_HUNDRED));
        if let (Some(sum), Some(currency)) = (sum, whole.currency) {
            amount.restated.push(Restated {
                value: tidy(sum),
                currency: currency.into(),
                basis: AmountBasis::Computed,
                consistent_with_rate: None,
                rate: None,
            });
        }
    }
}
