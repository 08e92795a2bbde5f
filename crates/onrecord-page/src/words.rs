//! The contract's words in plain ones: what an outlet calls things, on a page or in a terminal.
//!
//! ```
//! use onrecord_model::Factuality;
//! use onrecord_page::words;
//!
//! assert_eq!(words::firmness(Factuality::FACT), "asserts");
//! assert_eq!(words::time("2031-03-04"), "Tuesday 4 March 2031");
//! ```
//!
//! Left out: layout. Everything here is one line, safe for a terminal and not escaped for HTML.

mod time;

use onrecord_model::{
    Amount, AmountBasis, AppliedRate, Basis, Certainty, Commitment, Entity, EntityId, Event,
    Factuality, Party, PartyRole, Phase, Place, Polarity, Qualifier, Quotation, RateSource, Record,
    Restated, Role, SourceKind, Span, Statement,
};

use crate::clean;

pub use time::time;

/// How the source puts what it says: nothing here is whether it is so.
pub const fn firmness(factuality: Factuality) -> &'static str {
    match (factuality.certainty, factuality.polarity) {
        (Certainty::Certain, Polarity::Positive) => "asserts",
        (Certainty::Certain, Polarity::Negative) => "denies",
        (Certainty::Probable, Polarity::Positive) => "says it is likely",
        (Certainty::Probable, Polarity::Negative) => "says it is unlikely",
        (Certainty::Possible, Polarity::Positive) => "says it may",
        (Certainty::Possible, Polarity::Negative) => "says it may not",
        (Certainty::Unknown, _) => "leaves open",
    }
}

/// What the words of [`firmness`] mean, in one line: a legend below a page or a table.
pub const LEGEND: &str = "“asserts”, “denies”, “says it may”, “leaves open”: how the source puts it, \
                          not whether it is so.";

/// A kind of source: with a name, without one, several spoken of as one, a document.
pub const fn source_kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Named => "named",
        SourceKind::Unnamed | SourceKind::Implicit => "not named",
        SourceKind::Collective => "groups",
        SourceKind::Document => "documents",
    }
}

/// A sum: `more than CAD 1,000,000,000`.
pub fn amount(amount: &Amount) -> String {
    let bound = bound(amount.qualifier);
    let value = grouped(&amount.value);
    match (&amount.currency, &amount.unit) {
        (Some(currency), _) => format!("{bound}{currency} {value}"),
        (None, Some(unit)) => format!("{bound}{value} {}", clean(unit)),
        (None, None) => format!("{bound}{value}"),
    }
}

/// What stands before a bounded sum, with a space behind it; nothing before an exact one.
pub const fn bound(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::Exactly => "",
        Qualifier::About => "about ",
        Qualifier::Nearly => "nearly ",
        Qualifier::AtLeast => "at least ",
        Qualifier::MoreThan => "more than ",
        Qualifier::LessThan => "less than ",
        Qualifier::UpTo => "up to ",
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
        Some(_) => "worked out at the stated rate".to_owned(),
        // A share of a stated sum.
        None => "worked out".to_owned(),
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

/// Names joined: `Canada, Norway and Ukraine`.
pub fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// An entry that people take part in: an event, a commitment.
pub trait Sides {
    /// Those who take part, by the words of the report.
    fn parties(&self) -> &[Party];

    /// The entities on one side.
    fn side(&self, role: PartyRole) -> &[EntityId];

    /// Whether a party is told by its entity's name and not in the report's words.
    fn is_named(&self, record: &Record, party: &Party) -> bool {
        bears_its_name(record, party)
    }
}

/// A party may be people of its entity: "Danish divers" are not Denmark.
impl Sides for Event {
    fn parties(&self) -> &[Party] {
        &self.parties
    }

    fn side(&self, role: PartyRole) -> &[EntityId] {
        match role {
            PartyRole::Actor => &self.actors,
            PartyRole::Recipient => &self.recipients,
            PartyRole::By | PartyRole::To | PartyRole::With => &[],
        }
    }
}

/// Whoever speaks for a state binds the state: the entity is named, its minister is not.
impl Sides for Commitment {
    fn parties(&self) -> &[Party] {
        &self.parties
    }

    fn side(&self, role: PartyRole) -> &[EntityId] {
        match role {
            PartyRole::By => &self.by,
            PartyRole::To => &self.to,
            PartyRole::With => &self.with,
            PartyRole::Actor | PartyRole::Recipient => &[],
        }
    }

    fn is_named(&self, record: &Record, party: &Party) -> bool {
        let own = self.side(party.role);
        party.entity.is_some_and(|id| own.contains(&id)) || bears_its_name(record, party)
    }
}

/// Whether a party's words end as a mention of its entity does.
fn bears_its_name(record: &Record, party: &Party) -> bool {
    let entity = party.entity.and_then(|id| entity(record, id));
    entity.is_some_and(|e| {
        let mut mentions = e.mentions.iter();
        mentions.any(|m| m.span.end() == party.span.end())
    })
}

/// One who takes part, as an outlet tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Told {
    /// The name, or the report's words.
    pub(crate) text: String,
    /// The entity that stands for it.
    pub(crate) entity: Option<EntityId>,
}

/// Those on one side, each once: by name, else in the report's words; then entities that no words
/// of the report tell.
pub(crate) fn told(record: &Record, entry: &impl Sides, role: PartyRole) -> Vec<Told> {
    let named = |id: EntityId| Told {
        text: name(record, id),
        entity: Some(id),
    };
    let mut out: Vec<Told> = Vec::new();
    for p in entry.parties().iter().filter(|p| p.role == role) {
        let told = match p.entity {
            Some(id) if entry.is_named(record, p) => named(id),
            entity => Told {
                text: clean(p.span.quote()),
                entity,
            },
        };
        if !out.contains(&told) {
            out.push(told);
        }
    }
    for id in entry.side(role) {
        if out.iter().all(|t| t.entity != Some(*id)) {
            out.push(named(*id));
        }
    }
    out
}

/// Those on one side of an entry: by name, else in the report's words.
pub fn parties(record: &Record, entry: &impl Sides, role: PartyRole) -> Vec<String> {
    let told = told(record, entry, role).into_iter();
    told.map(|t| t.text).collect()
}

/// How far an event has come.
pub const fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Planned => "planned",
        Phase::Ongoing => "under way",
        Phase::Prevented => "prevented",
        Phase::Hypothetical => "if it happens",
    }
}

/// How far a commitment has come: `not ruled out`, and the words that say so where they are kept.
pub fn status(c: &Commitment) -> String {
    let status = c.status.as_str().replace('_', " ");
    match &c.cue {
        Some(cue) => format!("{status} “{}”", clean(cue.quote())),
        None => status,
    }
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
    each_basis(record, basis).join(", ")
}

/// On whose word it stands, each by itself.
pub fn each_basis(record: &Record, basis: &[Basis]) -> Vec<String> {
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
    basis.iter().map(one).collect()
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

/// The cue's words; for a mere colon or dash "says".
pub fn cue(s: &Statement) -> String {
    let cue = clean(s.cue.span.quote());
    if cue.contains(char::is_alphanumeric) {
        cue
    } else {
        "says".to_owned()
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
    fn every_phase_and_bound_has_words() {
        let phases = Phase::ALL.iter().map(|p| phase(*p));
        assert_eq!(
            phases.collect::<Vec<_>>(),
            ["planned", "under way", "prevented", "if it happens"]
        );
        let bounds = Qualifier::ALL.iter().map(|q| bound(*q));
        assert_eq!(
            bounds.collect::<String>(),
            "about nearly at least more than less than up to "
        );
    }

    #[test]
    fn digits_are_grouped() {
        assert_eq!(grouped("1000000"), "1,000,000");
        assert_eq!(grouped("-1234.5678"), "-1,234.5678");
        assert_eq!(grouped("100"), "100");
        assert_eq!(grouped("some"), "some");
    }
}
