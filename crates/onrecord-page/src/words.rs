//! The contract's words in plain ones: what an outlet calls things, on a page or in a terminal.
//!
//! ```
//! use onrecord_model::Factuality;
//! use onrecord_page::words;
//!
//! assert_eq!(words::firmness(Factuality::FACT), "as fact");
//! assert_eq!(words::time("2031-03-04"), "Tuesday 4 March 2031");
//! ```
//!
//! Left out: layout. Everything here is one line, safe for a terminal and not escaped for HTML.

use jiff::civil::Date;
use onrecord_model::{
    Amount, AmountBasis, AppliedRate, Basis, Certainty, Entity, EntityId, Event, Factuality, Party,
    PartyRole, Place, Polarity, Qualifier, Quotation, RateSource, Record, Restated, Role, Span,
    Statement,
};

use crate::clean;

/// How firmly the source presents what it says.
pub const fn firmness(factuality: Factuality) -> &'static str {
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
pub fn time(value: &str) -> String {
    if let Ok(date) = value.parse::<Date>()
        && value.len() == 10
    {
        return date.strftime("%A %-d %B %Y").to_string();
    }
    if let Some(words) = instant(value) {
        return words;
    }
    match format!("{value}-01").parse::<Date>() {
        Ok(date) if value.len() == 7 => date.strftime("%B %Y").to_string(),
        _ => clean(value),
    }
}

/// An instant as its carrier states it, to the minute.
fn instant(value: &str) -> Option<String> {
    let (day, clock) = value.split_at_checked(10)?;
    let date: Date = day.parse().ok()?;
    let hour = clock.get(1..6).filter(|_| clock.starts_with('T'))?;
    let zone = match clock.get(9..)? {
        "Z" => "UTC".to_owned(),
        offset if offset.len() == 6 => format!("UTC{offset}"),
        _ => return None,
    };
    Some(format!("{}, {hour} {zone}", date.strftime("%A %-d %B %Y")))
}

/// A sum: `more than CAD 1,000,000,000`.
pub fn amount(amount: &Amount) -> String {
    let bound = match amount.qualifier {
        Qualifier::Exactly => "",
        Qualifier::About => "about ",
        Qualifier::Nearly => "nearly ",
        Qualifier::AtLeast => "at least ",
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

/// A place: `PER 12.05° S, 77.13° W`; empty when it is not resolved.
pub fn place(place: &Place) -> String {
    let country = place.country.as_deref().map(clean).unwrap_or_default();
    let (Some(lat), Some(lon)) = (place.lat, place.lon) else {
        return country;
    };
    let degrees = |value: f64, more, less| {
        let side = if value < 0.0 { less } else { more };
        format!("{:.2}° {side}", value.abs())
    };
    let at = format!("{}, {}", degrees(lat, 'N', 'S'), degrees(lon, 'E', 'W'));
    format!("{country} {at}").trim_start().to_owned()
}

/// The same sum in another currency, and whether it fits the stated rate.
pub fn restated(other: &Restated) -> String {
    let how = match other.basis {
        AmountBasis::Stated => "as stated".to_owned(),
        AmountBasis::Computed => worked_out(other.rate.as_ref()),
    };
    let fits = match other.consistent_with_rate {
        Some(true) if other.basis == AmountBasis::Stated => ", which fits the stated rate",
        Some(false) => ", which does not fit the stated rate",
        _ => "",
    };
    format!("{} {} {how}{fits}", other.currency, grouped(&other.value))
}

fn worked_out(rate: Option<&AppliedRate>) -> String {
    match rate {
        Some(AppliedRate {
            source: RateSource::Ecb,
            day: Some(day),
            ..
        }) => format!("worked out at the ECB rate of {}", clean(day)),
        _ => "worked out at the stated rate".to_owned(),
    }
}

/// Digits in groups of three; what is no number as it is.
pub fn grouped(value: &str) -> String {
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
pub fn entity(record: &Record, id: EntityId) -> Option<&Entity> {
    record.entities.iter().find(|e| e.id == id)
}

/// An entity's name; its id when the record has lost it.
pub fn name(record: &Record, id: EntityId) -> String {
    entity(record, id).map_or_else(|| id.to_string(), |e| clean(&e.name))
}

/// Names: `Canada, Norway and Ukraine`.
pub fn names(record: &Record, ids: &[EntityId]) -> String {
    let names: Vec<String> = ids.iter().map(|id| name(record, *id)).collect();
    listed(&names)
}

/// Names joined: `Canada, Norway and Ukraine`.
pub fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// Whether a party of an event is told by its entity's name, and not only by people who are its:
/// "Danish divers" are not Denmark.
pub fn is_named(record: &Record, party: &Party) -> bool {
    let entity = party.entity.and_then(|id| entity(record, id));
    entity.is_some_and(|e| {
        let mut mentions = e.mentions.iter();
        mentions.any(|m| m.span.end() == party.span.end())
    })
}

/// The entities on one side of an event.
pub fn side(event: &Event, role: PartyRole) -> &[EntityId] {
    match role {
        PartyRole::Actor => &event.actors,
        PartyRole::Recipient => &event.recipients,
        PartyRole::By | PartyRole::To | PartyRole::With => &[],
    }
}

/// Those who take part in an event: by name, else in the report's words. A record that tells no
/// words has names.
pub fn parties(record: &Record, event: &Event, role: PartyRole) -> Vec<String> {
    if event.parties.is_empty() {
        let ids = side(event, role).iter();
        return ids.map(|id| name(record, *id)).collect();
    }
    let parties = event.parties.iter().filter(|p| p.role == role);
    let told = |p: &Party| match p.entity {
        Some(id) if is_named(record, p) => name(record, id),
        _ => clean(p.span.quote()),
    };
    let mut out: Vec<String> = parties.map(told).collect();
    out.dedup();
    out
}

/// An office: `Prime Minister (Canada)`.
pub fn role(record: &Record, role: &Role) -> String {
    let title = clean(&role.title);
    let over = role.until.is_some() && !title.to_lowercase().starts_with("former");
    let former = if over { "former " } else { "" };
    match role.of {
        Some(id) => format!("{former}{title} ({})", name(record, id)),
        None => format!("{former}{title}"),
    }
}

/// On whose word an entry stands.
pub fn basis(record: &Record, basis: &[Basis]) -> String {
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

/// A source in the report's own words, without the comma that closed it off there.
pub fn source(span: &Span) -> String {
    clean(span.quote()).trim_end_matches([',', ';']).to_owned()
}

/// Who a statement's source is, in words.
pub fn speaker(record: &Record, s: &Statement) -> Option<String> {
    match (s.source.entity, &s.source.span) {
        (Some(id), _) if entity(record, id).is_some() => Some(name(record, id)),
        (_, Some(span)) => Some(source(span)),
        _ => None,
    }
}

/// The cue's words, and its kind where the words do not say it: `declined (deny)`; for a mere
/// colon or dash the kind alone.
pub fn cue(s: &Statement) -> String {
    let cue = clean(s.cue.span.quote());
    if !cue.contains(char::is_alphanumeric) {
        return s.cue.kind.to_string();
    }
    if s.cue.kind.as_str() == s.cue.lemma {
        cue
    } else {
        format!("{cue} ({})", s.cue.kind)
    }
}

/// The content; quoted words stand in quotes, and what only joined it to its cue is left out.
pub fn said(s: &Statement) -> String {
    let parts: Vec<String> = s.content.iter().map(|c| part(&clean(c.quote()))).collect();
    let words = parts.join(" … ");
    if s.quotation != Quotation::Direct || words.starts_with(['“', '"', '‘', '\'', '«']) {
        return words;
    }
    format!("“{words}”")
}

/// A stretch of content without its "that" and without the comma before a closing quote.
fn part(words: &str) -> String {
    let words = words.strip_prefix("that ").unwrap_or(words);
    for quote in ['”', '"', '’', '\''] {
        let joined = words.strip_suffix(quote).and_then(|w| w.strip_suffix(','));
        if let Some(inner) = joined {
            return format!("{inner}{quote}");
        }
    }
    words.trim_end_matches(',').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_like_a_calendar() {
        assert_eq!(time("2026-03-11"), "Wednesday 11 March 2026");
        assert_eq!(time("2026-03"), "March 2026");
        assert_eq!(
            time("2026-03-11T09:05:00Z"),
            "Wednesday 11 March 2026, 09:05 UTC"
        );
        assert_eq!(
            time("2026-03-11T09:05:00-05:00"),
            "Wednesday 11 March 2026, 09:05 UTC-05:00"
        );
        assert_eq!(time("2026-03-11TMO"), "2026-03-11TMO");
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
