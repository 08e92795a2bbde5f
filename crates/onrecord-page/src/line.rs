//! A line of words some of which lead somewhere.

use onrecord_model::{Basis, Entity, EntityId, PartyRole, Record, Role, Span, Statement};

use crate::marks::anchor;
use crate::words::Sides;
use crate::{clean, words};

/// Words in one manner.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Run {
    /// The words; still to be escaped.
    pub(crate) text: String,
    /// Where they lead.
    pub(crate) to: Option<String>,
}

/// A line.
pub(crate) type Line = Vec<Run>;

/// Words that lead nowhere.
pub(crate) fn plain(text: impl Into<String>) -> Run {
    Run {
        text: text.into(),
        to: None,
    }
}

/// Words that lead to an element of the page.
pub(crate) fn link(text: impl Into<String>, id: &str) -> Run {
    Run {
        text: text.into(),
        to: Some(format!("#{id}")),
    }
}

/// Lines after one another with a dot between; empty ones are left out.
pub(crate) fn dotted(lines: impl IntoIterator<Item = Line>) -> Line {
    join(lines, " · ")
}

/// Lines after one another.
pub(crate) fn join(lines: impl IntoIterator<Item = Line>, between: &str) -> Line {
    let mut out = Line::new();
    for line in lines.into_iter().filter(|l| !l.is_empty()) {
        if !out.is_empty() {
            out.push(plain(between));
        }
        out.extend(line);
    }
    out
}

/// The report's own words in quotes.
pub(crate) fn quoted(before: &str, span: &Span) -> Line {
    vec![plain(format!("{before}“{}”", clean(span.quote())))]
}

/// An entity's name, which leads to what is known of it.
pub(crate) fn name(record: &Record, id: EntityId) -> Run {
    let text = words::name(record, id);
    match words::entity(record, id) {
        Some(_) => link(text, &id.to_string()),
        None => plain(text),
    }
}

/// Those on one side of an entry, who lead to the entity that stands for them:
/// `by Canada, Norway and two shipping lines`.
pub(crate) fn parties(before: &str, record: &Record, entry: &impl Sides, role: PartyRole) -> Line {
    let told = words::told(record, entry, role);
    let (mut out, last) = (Line::new(), told.len().saturating_sub(1));
    for (i, t) in told.into_iter().enumerate() {
        let joint = match i {
            0 => before,
            _ if i == last => " and ",
            _ => ", ",
        };
        if !joint.is_empty() {
            out.push(plain(joint));
        }
        out.push(match t.entity {
            Some(id) if words::entity(record, id).is_some() => link(t.text, &id.to_string()),
            _ => plain(t.text),
        });
    }
    out
}

/// Who a statement's source is. A described source stands in the report's own words.
pub(crate) fn speaker(record: &Record, s: &Statement) -> Run {
    use onrecord_model::SourceKind::{Collective, Unnamed};
    let described = matches!(s.source.kind, Unnamed | Collective);
    match (&s.source.span, s.source.entity) {
        (Some(span), Some(id)) if described && words::entity(record, id).is_some() => {
            link(words::source(span), &id.to_string())
        }
        (Some(span), _) if described => plain(words::source(span)),
        (_, Some(id)) if words::entity(record, id).is_some() => name(record, id),
        (Some(span), _) => plain(words::source(span)),
        _ => plain("no source in the text"),
    }
}

/// An entity's offices, each once.
pub(crate) fn roles<'e>(record: &Record, entity: &'e Entity) -> Vec<(String, &'e Role)> {
    let mut out: Vec<(String, &Role)> = Vec::new();
    for role in &entity.roles {
        let said = words::role(record, role);
        if !out.iter().any(|(other, _)| *other == said) {
            out.push((said, role));
        }
    }
    out
}

/// On whose word: `on the word of Alba Noriega (s2)`.
pub(crate) fn basis(record: &Record, basis: &[Basis]) -> Line {
    let one = |b: &Basis| match b {
        Basis::Reporter => vec![plain("the reporter")],
        Basis::Statement(id) => {
            let statement = record.statements.iter().find(|s| s.id == *id);
            let number = link(id.to_string(), &id.to_string());
            match statement {
                Some(s) => vec![speaker(record, s), plain(" ("), number, plain(")")],
                None => vec![plain(id.to_string())],
            }
        }
    };
    let mut out = join(basis.iter().map(one), ", ");
    if !out.is_empty() {
        out.insert(0, plain("on the word of "));
    }
    out
}

/// Links to the n-th of an entry's words: `1 2 3`.
pub(crate) fn mentions(id: &str, count: usize) -> Line {
    let one = |n: usize| vec![link(n.to_string(), &anchor(id, n))];
    join((1..=count).map(one), " ")
}
