//! The contract's words in plain ones.

use jiff::civil::Date;
use onrecord::model::{
    Amount, AmountBasis, Basis, Certainty, Entity, EntityId, Factuality, Polarity, Qualifier,
    Record, Restated, Role,
};

use crate::look::clean;

/// How firmly the source presents what it says.
pub(crate) const fn firmness(factuality: Factuality) -> &'static str {
    match (factuality.certainty, factuality.polarity) {
        (Certainty::Certain, Polarity::Positive) => "as fact",
        (Certainty::Certain, Polarity::Negative) => "as not so",
        (Certainty::Probable, Polarity::Positive) => "as likely",
        (Certainty::Probable, Polarity::Negative) => "as unlikely",
        (Certainty::Possible, Polarity::Positive) => "as possible",
        (Certainty::Possible, Polarity::Negative) => "as possibly not so",
        (Certainty::Unknown, _) => "left open",
    }
}

/// A TIMEX3 or EDTF value: `2025-08-24` is a Sunday, `2025-08` a month; others stand as they are.
pub(crate) fn time(value: &str) -> String {
    if let Ok(date) = value.parse::<Date>()
        && value.len() == 10
    {
        return date.strftime("%A %-d %B %Y").to_string();
    }
    match format!("{value}-01").parse::<Date>() {
        Ok(date) if value.len() == 7 => date.strftime("%B %Y").to_string(),
        _ => clean(value),
    }
}

/// A sum: `more than CAD 1,000,000,000`.
pub(crate) fn amount(amount: &Amount) -> String {
    let bound = match amount.qualifier {
        Qualifier::Exactly => "",
        Qualifier::About => "about ",
        Qualifier::MoreThan => "more than ",
        Qualifier::LessThan => "less than ",
        Qualifier::UpTo => "up to ",
    };
    let value = grouped(&amount.value);
    match (&amount.currency, &amount.unit) {
        (Some(currency), _) => format!("{bound}{currency} {value}"),
        (None, Some(unit)) => format!("{bound}{value} {}", clean(unit)),
        (None, None) => format!("{bound}{value}"),
    }
}

/// The same sum in another currency, and whether it fits the stated rate.
pub(crate) fn restated(other: &Restated) -> String {
    let how = match other.basis {
        AmountBasis::Stated => "as stated",
        AmountBasis::Computed => "worked out at the stated rate",
    };
    let fits = match other.consistent_with_rate {
        Some(true) if other.basis == AmountBasis::Stated => ", which fits the stated rate",
        Some(false) => ", which does not fit the stated rate",
        _ => "",
    };
    format!("{} {} {how}{fits}", other.currency, grouped(&other.value))
}

/// Digits in groups of three.
fn grouped(value: &str) -> String {
    let (sign, digits) = value.strip_prefix('-').map_or(("", value), |v| ("-", v));
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    if !whole.bytes().all(|b| b.is_ascii_digit()) {
        return clean(value);
    }
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !rest.is_empty() {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// Entities by id.
pub(crate) fn entity(record: &Record, id: EntityId) -> Option<&Entity> {
    record.entities.iter().find(|e| e.id == id)
}

/// An entity's name; its id when the record has lost it.
pub(crate) fn name(record: &Record, id: EntityId) -> String {
    entity(record, id).map_or_else(|| id.to_string(), |e| clean(&e.name))
}

/// Names: `Canada, Norway and Ukraine`.
pub(crate) fn names(record: &Record, ids: &[EntityId]) -> String {
    let names: Vec<String> = ids.iter().map(|id| name(record, *id)).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// An office: `Prime Minister (Canada)`.
pub(crate) fn role(record: &Record, role: &Role) -> String {
    let title = clean(&role.title);
    let over = role.until.is_some() && !title.to_lowercase().starts_with("former");
    let former = if over { "former " } else { "" };
    match role.of {
        Some(id) => format!("{former}{title} ({})", name(record, id)),
        None => format!("{former}{title}"),
    }
}

/// On whose word an entry stands.
pub(crate) fn basis(record: &Record, basis: &[Basis]) -> String {
    let one = |b: &Basis| match b {
        Basis::Reporter => "the reporter".to_owned(),
        Basis::Statement(id) => {
            let statement = record.statements.iter().find(|s| s.id == *id);
            match statement.and_then(|s| speaker(record, s)) {
                Some(who) => format!("{who} ({id})"),
                None => id.to_string(),
            }
        }
    };
    let all: Vec<String> = basis.iter().map(one).collect();
    all.join(", ")
}

/// Who a statement's source is, in words.
pub(crate) fn speaker(record: &Record, s: &onrecord::model::Statement) -> Option<String> {
    match (s.source.entity, &s.source.span) {
        (Some(id), _) if entity(record, id).is_some() => Some(name(record, id)),
        (_, Some(span)) => Some(clean(span.quote())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_like_a_calendar() {
        assert_eq!(time("2026-03-11"), "Wednesday 11 March 2026");
        assert_eq!(time("2026-03"), "March 2026");
        assert_eq!(time("2026-Q1"), "2026-Q1");
        assert_eq!(time("P3Y"), "P3Y");
        assert_eq!(time("2026-13"), "2026-13");
    }

    #[test]
    fn digits_are_grouped() {
        assert_eq!(grouped("1000000"), "1,000,000");
        assert_eq!(grouped("-1234.5678"), "-1,234.5678");
        assert_eq!(grouped("100"), "100");
        assert_eq!(grouped("some"), "some");
    }
}
