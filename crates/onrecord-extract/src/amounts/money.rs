//! Money: a sign or a code before the figure, a name after it, ranges that share one.

use onrecord_lexicon::currencies::{self, Doubt, Money};
use rust_decimal::Decimal;

use super::{Found, context};
use crate::number::{self, Number};
use crate::words::{Kind, Line};

const RULE: &str = "amounts/money";

/// Past tenses that are names of money too: "of 40 votes, 13 won" is no sum.
const VERBS: &[&str] = &["won"];

/// What the report around an amount says of its currency.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Around<'a> {
    /// The bare dollar, when it is not the U.S. one.
    pub local: Option<&'static str>,
    /// The currency told last.
    pub last: Option<&'static str>,
    /// The report's text, for the countries it names.
    pub text: &'a str,
}

/// Cents are of the dollar or euro told last, else of the report's own dollar.
fn cents(money: Money, around: Around<'_>) -> Option<&'static str> {
    let last = around.last.filter(|c| *c == "EUR" || c.ends_with('D'));
    money.minor.then(|| last.or(around.local).unwrap_or("USD"))
}

/// The money that starts at a word: one amount, or the two of a range.
pub(crate) fn find(line: &Line, i: usize, around: Around<'_>) -> Option<Vec<Found>> {
    signed(line, i, around).or_else(|| named(line, i, around))
}

/// Codes that are taken for money in small letters too: none of them is a word.
const LOWER_CODES: &[&str] = &[
    "usd", "eur", "gbp", "jpy", "rmb", "cny", "chf", "aud", "inr", "sek", "nok", "dkk",
];

/// `MUSD`, `MEUR`: so many million, as northern wires write it.
fn in_millions(line: &Line, i: usize) -> Option<Money> {
    let code = line
        .low(i)
        .strip_prefix('m')
        .filter(|_| line.all_capitals(i))?;
    currencies::by_code(&code.to_uppercase()).and_then(|c| currencies::named(c.code))
}

fn times_million(n: &Number) -> Option<Number> {
    let million = Decimal::from(1_000_000);
    Some(Number {
        value: n.value.checked_mul(million)?,
        grain: n.grain.checked_mul(million)?,
        ..*n
    })
}

/// The words `start..end` as written, when they touch.
fn raw(line: &Line, start: usize, end: usize) -> Option<String> {
    let touching = (start + 1..end).all(|k| line.glued(k));
    touching.then(|| line.phrase_as_written(start, end))
}

/// A sign or code before a figure: the place of the figure, and what it stands for.
fn sign_at(line: &Line, i: usize) -> Option<(usize, Money)> {
    // A sign starts a word: the `S$` inside `US$` is not Singapore's.
    if line.glued(i)
        && line.kind(i) == Some(Kind::Letters)
        && line.kind(i.wrapping_sub(1)) == Some(Kind::Letters)
    {
        return None;
    }
    // "us $ 10 million", as tokenised text has it.
    let letters = line.low(i);
    let apart = line.low(i + 1) == "$"
        && letters.len() <= 3
        && !matches!(letters, "a" | "s")
        && line.kind(i) == Some(Kind::Letters);
    let spaced = apart.then(|| currencies::signed(&format!("{}$", letters.to_uppercase())));
    if let Some(money) = spaced.flatten() {
        return Some((i + 2, money));
    }
    for words in (1..=5).rev() {
        let end = i + words;
        if end >= line.len() {
            continue;
        }
        let Some(sign) = raw(line, i, end) else {
            continue;
        };
        // "ALL 5 answers" is not of the Albanian lek.
        let word = currencies::code_in_doubt(&sign) == Some(Doubt::Always);
        let code = sign.len() == 3 && sign.bytes().all(|b| b.is_ascii_uppercase()) && !word;
        let money = currencies::signed(&sign).or_else(|| {
            let known = code && currencies::by_code(&sign).is_some();
            let known = known || LOWER_CODES.contains(&sign.as_str());
            currencies::named(&sign.to_uppercase()).filter(|_| known)
        });
        let dot = usize::from(
            line.low(end) == "." && line.glued(end) && line.kind(end - 1) == Some(Kind::Letters),
        );
        if let Some(money) = money {
            return Some((end + dot, money));
        }
    }
    None
}

/// Whether a code that is a word is one here: "TRY 5 doors", "SOS 2". Sums are of thousands and more,
/// and count nothing.
fn is_word(line: &Line, i: usize, at: usize, n: &Number) -> bool {
    let doubt = at == i + 1 && currencies::code_in_doubt(&line.phrase_as_written(i, at)).is_some();
    let next = line.word(n.end);
    let counts =
        next.is_some_and(|w| w.kind == Kind::Letters && w.low.ends_with('s') && w.low.len() > 3);
    doubt && (n.value < Decimal::ONE_THOUSAND || counts)
}

fn signed(line: &Line, i: usize, around: Around<'_>) -> Option<Vec<Found>> {
    if let Some(money) = in_millions(line, i).filter(|_| line.kind(i + 1) == Some(Kind::Figures)) {
        let n = times_million(&number::at(line, i + 1)?)?;
        return Some(vec![make(i, n.end, &n, money, around, "")?]);
    }
    let (at, money) = sign_at(line, i)?;
    let figure = match line.kind(at)? {
        Kind::Figures => true,
        Kind::Letters => !line.glued(at),
        Kind::Mark => false,
    };
    if !figure {
        return None;
    }
    let first = number::at(line, at)?;
    // "$5 Canadian", "$5 million Australian dollars"
    let (money, tail) = match named_after(line, first.end) {
        Some((m, end)) if line.glued(at) => (m, end),
        _ => (money, first.end),
    };
    let sign = line.phrase_as_written(i, at);
    let found = |start, end, n: &Number| make(start, end, n, money, around, &sign);
    if is_word(line, i, at, &first) {
        return None;
    }
    let Some(second) = second(line, i, first.end, Some(money)) else {
        return Some(vec![found(i, tail, &first)?]);
    };
    let scaled = shared_scale(line, &first, at, &second);
    let mut all = vec![found(i, first.end, &scaled)?];
    all.extend(found(second.0, second.1.end, &second.1));
    Some(all)
}

/// The second figure of a range: `to $3 billion`, `-3 billion`, `and $3 million` after `between`.
/// A sign of its own makes it a sum of its own unless it is `money` again: "$5 million and €3 million".
fn second(line: &Line, first: usize, i: usize, money: Option<Money>) -> Option<(usize, Number)> {
    let dash = line.hyphen(i) || (line.is(i, &["–", "-"]) && line.glued(i));
    let joined = dash || line.is(i, &["to", "or", "and"]);
    if !joined {
        return None;
    }
    let start = i + 1;
    let between = line.back(first, 1) == "between" && line.low(i) == "and";
    let at = match sign_at(line, start) {
        Some((at, again)) if line.kind(at) == Some(Kind::Figures) && money == Some(again) => at,
        Some(_) => return None,
        None if dash || between || line.low(i) == "to" => start,
        None => return None,
    };
    let n = number::at(line, at).filter(|_| line.kind(at) == Some(Kind::Figures))?;
    // "$5 to 30 people" is not a range of money.
    let bare = at == start && n.end == at + 1;
    let named = between && money.is_none();
    (!bare || named || (dash && !line.glued_letters(n.end))).then_some((start, n))
}

/// In "$2 to $3 billion" the first figure has the scale of the second; "$2 to $300" has none.
fn shared_scale(line: &Line, first: &Number, at: usize, second: &(usize, Number)) -> Number {
    let figure = |k: usize| line.low(k).parse::<Decimal>().ok();
    let last = (second.0..second.1.end).rev().find_map(figure);
    let (Some(figure), true) = (last, first.end == at + 1) else {
        return *first;
    };
    let scale = second
        .1
        .value
        .checked_div(figure)
        .filter(|s| *s >= Decimal::ONE_THOUSAND);
    let value = scale
        .and_then(|s| first.value.checked_mul(s))
        .filter(|v| *v <= second.1.value);
    let grain = scale.and_then(|s| first.grain.checked_mul(s));
    match (value, grain) {
        (Some(value), Some(grain)) => Number {
            value,
            grain,
            ..*first
        },
        _ => *first,
    }
}

/// A name of money at a word: the longest, up to four words.
fn named_after(line: &Line, i: usize) -> Option<(Money, usize)> {
    let i = if line.hyphen(i) { i + 1 } else { i };
    (1..=7).rev().find_map(|words| {
        let end = i + words;
        if end > line.len() {
            return None;
        }
        let phrase = line.phrase(i, end);
        let money = currencies::named(&phrase).or_else(|| {
            let code = line.all_capitals(i) || LOWER_CODES.contains(&phrase.as_str());
            let code = words == 1 && phrase.len() == 3 && code;
            currencies::named(&phrase.to_uppercase()).filter(|_| code)
        })?;
        Some((money, end))
    })
}

fn named(line: &Line, i: usize, around: Around<'_>) -> Option<Vec<Found>> {
    if line.glued(i) && line.kind(i.wrapping_sub(1)) != Some(Kind::Mark) {
        return None;
    }
    // "1 . 85 marks": a number whose beginning was cut off is not read.
    let cut = line.back(i, 1) == "." && line.kind(i.wrapping_sub(2)) == Some(Kind::Figures);
    let first = number::at(line, i).filter(|_| !cut)?;
    if let Some(money) = in_millions(line, first.end) {
        let n = times_million(&first)?;
        return Some(vec![make(i, first.end + 1, &n, money, around, "")?]);
    }
    if let Some((money, end)) = name_or_sign(line, first.end) {
        if VERBS.contains(&line.low(end - 1))
            && end == first.end + 1
            && first.value < Decimal::ONE_HUNDRED
        {
            return None;
        }
        let weight = line.low(end - 1).starts_with("pound") && line.low(end) == "of";
        return (!weight)
            .then(|| dollars_and_cents(line, i, end, &first, money, around).map(|f| vec![f]))?;
    }
    let second = second(line, i, first.end, None)?;
    let (money, end) = name_or_sign(line, second.1.end)?;
    let scaled = shared_scale(line, &first, i, &second);
    Some(vec![
        make(i, first.end, &scaled, money, around, line.low(end - 1))?,
        make(second.0, end, &second.1, money, around, line.low(end - 1))?,
    ])
}

/// `thirteen dollars and forty-five cents`, or the first part alone.
fn dollars_and_cents(
    line: &Line,
    start: usize,
    end: usize,
    n: &Number,
    money: Money,
    around: Around<'_>,
) -> Option<Found> {
    let name = line.low(end - 1);
    let main = make(start, end, n, money, around, name)?;
    let at = end + usize::from(line.low(end) == "and");
    let small = number::at(line, at).filter(|s| !money.minor && s.value < Decimal::ONE_HUNDRED);
    let cents = small.and_then(|s| Some((s, named_after(line, s.end).filter(|(m, _)| m.minor)?.1)));
    match cents {
        Some((s, end)) => Some(Found {
            end,
            value: main
                .value
                .checked_add(s.value.checked_div(Decimal::ONE_HUNDRED)?)?,
            grain: s.grain.checked_div(Decimal::ONE_HUNDRED)?,
            ..main
        }),
        None => Some(main),
    }
}

fn name_or_sign(line: &Line, i: usize) -> Option<(Money, usize)> {
    // "10 €", "100元", "10 $ 30 cents"; in "5 $10 bills" the sign belongs to what follows.
    let cents = named_after(line, i + 2).is_some_and(|(m, _)| m.minor);
    let after = line.kind(i + 1) == Some(Kind::Figures) && !cents;
    let sign = currencies::signed(line.low(i))
        .filter(|_| !after && line.low(i).chars().all(|c| !c.is_ascii() || c == '$'));
    if let Some(money) = sign {
        return Some((money, i + 1));
    }
    named_after(line, i)
}

fn make(
    start: usize,
    end: usize,
    n: &Number,
    money: Money,
    around: Around<'_>,
    name: &str,
) -> Option<Found> {
    let hundred = Decimal::ONE_HUNDRED;
    let (value, grain) = if money.minor {
        (n.value.checked_div(hundred)?, n.grain.checked_div(hundred)?)
    } else {
        (n.value, n.grain)
    };
    let dollar = money.bare && money.code == Some("USD");
    let stated = around.local.filter(|_| dollar).or(money.code);
    let currency = stated
        .or_else(|| cents(money, around))
        .or_else(|| context::of_country(around.text, name));
    Some(Found {
        start,
        end,
        value,
        grain,
        currency,
        // Whose francs they are stays open when the report names none of their countries.
        unit: currency.is_none().then(|| name.to_owned()),
        rule: RULE,
    })
}
