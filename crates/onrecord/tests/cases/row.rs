//! The rows of a record: what each column of a case's table shows.
//!
//! Lists are joined with `, `; the parts of a content with ` ... `; what is absent is empty.

use onrecord::Record;
use onrecord::model::{
    Amount, Basis, Commitment, Entity, EntityId, Event, Factuality, Party, Place, Report, Segment,
    Span, Statement, TimeMention, TimeValue,
};

/// Rows of one kind of entry.
pub(crate) fn rows(
    record: &Record,
    kind: &str,
    columns: &[String],
) -> Result<Vec<Vec<String>>, String> {
    let r = record;
    match kind {
        "statements" => all(&r.statements, columns, |x, c| statement(r, x, c)),
        "commitments" => all(&r.commitments, columns, |x, c| commitment(r, x, c)),
        "events" => all(&r.events, columns, |x, c| event(r, x, c)),
        "entities" => all(&r.entities, columns, |x, c| entity(r, x, c)),
        "times" => all(&r.times, columns, time),
        "places" => all(&r.places, columns, place),
        "amounts" => all(&r.amounts, columns, amount),
        "segments" => all(&r.report.segments, columns, |x, c| segment(&r.report, x, c)),
        "report" => all(std::slice::from_ref(&r.report), columns, |x, c| {
            report(x, c)
        }),
        other => Err(format!("`{other}` is no kind of entry")),
    }
}

type Cell = Option<String>;

fn all<T>(
    entries: &[T],
    columns: &[String],
    cell: impl Fn(&T, &str) -> Option<Cell>,
) -> Result<Vec<Vec<String>>, String> {
    let one = |entry: &T| {
        let value = |column: &String| {
            let value = cell(entry, column).ok_or_else(|| format!("no column `{column}`"))?;
            Ok(clean(&value.unwrap_or_default()))
        };
        columns.iter().map(value).collect()
    };
    entries.iter().map(one).collect()
}

/// Words that fit in a cell.
fn clean(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ").replace('|', "/")
}

fn statement(r: &Record, s: &Statement, column: &str) -> Option<Cell> {
    let named = s.source.entity.map(|id| name(r, id));
    Some(match column {
        "source" => named.or_else(|| s.source.span.as_ref().map(quote)),
        "source kind" => Some(s.source.kind.to_string()),
        "cue" => Some(quote(&s.cue.span)),
        "cue kind" => Some(s.cue.kind.to_string()),
        "content" => Some(
            s.content
                .iter()
                .map(quote)
                .collect::<Vec<_>>()
                .join(" ... "),
        ),
        "quotation" => Some(s.quotation.to_string()),
        "addressee" => s.addressee.map(|id| name(r, id)),
        "occasion" => s.occasion.as_ref().map(quote),
        "time" => value(s.time.as_ref()),
        "place" => s.place.map(|id| name(r, id)),
        "factuality" => Some(factuality(s.factuality)),
        "via" => s.via.map(|id| id.to_string()),
        _ => return None,
    })
}

fn commitment(r: &Record, c: &Commitment, column: &str) -> Option<Cell> {
    Some(match column {
        "kind" => Some(c.kind.to_string()),
        "status" => Some(c.status.to_string()),
        "factuality" => Some(factuality(c.factuality)),
        "by" => Some(names(r, &c.by)),
        "to" => Some(names(r, &c.to)),
        "with" => Some(names(r, &c.with)),
        "cue" => c.cue.as_ref().map(quote),
        "object" => Some(quote(&c.object)),
        "amount" => c.amount.as_ref().map(sum),
        "rate" => c.rate.clone(),
        "condition" => c.condition.as_ref().map(quote),
        "due" => value(c.due.as_ref()),
        "since" => value(c.since.as_ref()),
        "part of" => c.part_of.as_ref().map(quote),
        "basis" => Some(basis(&c.basis)),
        _ => return None,
    })
}

fn event(r: &Record, e: &Event, column: &str) -> Option<Cell> {
    Some(match column {
        "type" => Some(e.kind.to_string()),
        "trigger" => Some(quote(&e.trigger)),
        "actors" => Some(names(r, &e.actors)),
        "recipients" => Some(names(r, &e.recipients)),
        "parties" => Some(parties(r, e)),
        "time" => value(e.time.as_ref()),
        "place" => e.place.map(|id| name(r, id)),
        "phase" => e.phase.map(|p| p.to_string()),
        "factuality" => Some(factuality(e.factuality)),
        "basis" => Some(basis(&e.basis)),
        _ => return None,
    })
}

/// Each party's words with the entity they stand for and the country: `Danes → (none), DNK`.
fn parties(r: &Record, e: &Event) -> String {
    let one = |p: &Party| {
        let id = p
            .entity
            .map_or_else(|| "(none)".to_owned(), |id| name(r, id));
        let country = p.country.as_deref().unwrap_or("-");
        format!("{} {} → {id}, {country}", p.role, quote(&p.span))
    };
    e.parties.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn entity(r: &Record, e: &Entity, column: &str) -> Option<Cell> {
    let role = |x: &onrecord::model::Role| {
        let of = x.of.map(|id| format!(" of {}", name(r, id)));
        let until = x.until.as_ref().map(|u| format!(" until {u}"));
        [Some(x.title.clone()), of, until]
            .into_iter()
            .flatten()
            .collect()
    };
    Some(match column {
        "name" => Some(e.name.clone()),
        "kind" => Some(e.kind.to_string()),
        "country" => e.country.clone(),
        "aliases" => Some(e.aliases.join(", ")),
        "mentions" => Some(list(&e.mentions, |m| quote(&m.span))),
        "roles" => Some(list(&e.roles, role)),
        _ => return None,
    })
}

fn time(t: &TimeMention, column: &str) -> Option<Cell> {
    Some(match column {
        "words" => Some(quote(&t.span)),
        "type" => Some(t.kind.to_string()),
        "value" => Some(t.value.clone()),
        "mod" => t.modifier.clone(),
        _ => return None,
    })
}

fn place(p: &Place, column: &str) -> Option<Cell> {
    let at = p.lat.zip(p.lon);
    Some(match column {
        "words" => Some(quote(&p.span)),
        "country" => p.country.clone(),
        // To the degree: enough to tell namesakes apart, and stable when a gazetteer moves.
        "near" => at.map(|(lat, lon)| format!("{lat:.0} {lon:.0}")),
        _ => return None,
    })
}

fn amount(a: &Amount, column: &str) -> Option<Cell> {
    let restated = |x: &onrecord::model::Restated| {
        let fits = match x.consistent_with_rate {
            Some(true) => " fits",
            Some(false) => " does not fit",
            None => "",
        };
        format!("{} {}{fits}", x.currency, x.value)
    };
    Some(match column {
        "words" => Some(quote(&a.span)),
        "value" => Some(a.value.clone()),
        "currency" => a.currency.clone(),
        "unit" => a.unit.clone(),
        "qualifier" => Some(a.qualifier.to_string()),
        "restated" => Some(list(&a.restated, restated)),
        _ => return None,
    })
}

fn segment(r: &Report, s: &Segment, column: &str) -> Option<Cell> {
    Some(match column {
        "label" => Some(format!("{:?}", s.label).to_lowercase()),
        "words" => Some(shortened(r.text.slice(s.range()))),
        _ => return None,
    })
}

fn report(r: &Report, column: &str) -> Option<Cell> {
    let published = r.published.as_ref();
    Some(match column {
        "headline" => r.headline.as_ref().map(quote),
        "byline" => Some(list(&r.byline, |b| b.name.clone())),
        "dateline" => r.dateline.as_ref().map(|d| d.place.clone()),
        "agency" => r.agency.clone(),
        "published" => published.map(|p| p.value.clone()),
        "basis" => published.map(|p| format!("{:?}", p.basis).to_lowercase()),
        "credits" => Some(list(&r.credits, |c| c.name.clone())),
        "language" => Some(r.language.clone()),
        _ => return None,
    })
}

/// The first words of a stretch.
fn shortened(words: &str) -> String {
    let all: Vec<&str> = words.split_whitespace().collect();
    match all.get(..4) {
        Some(first) if all.len() > 4 => format!("{} ...", first.join(" ")),
        _ => all.join(" "),
    }
}

fn quote(span: &Span) -> String {
    span.quote().to_owned()
}

fn list<T>(items: &[T], word: impl Fn(&T) -> String) -> String {
    items.iter().map(word).collect::<Vec<_>>().join(", ")
}

fn name(r: &Record, id: EntityId) -> String {
    let found = r.entities.iter().find(|e| e.id == id);
    found.map_or_else(|| id.to_string(), |e| e.name.clone())
}

fn names(r: &Record, ids: &[EntityId]) -> String {
    list(ids, |id| name(r, *id))
}

fn basis(basis: &[Basis]) -> String {
    list(basis, ToString::to_string)
}

fn value(time: Option<&TimeValue>) -> Option<String> {
    time.map(|t| t.value.clone())
}

fn factuality(f: Factuality) -> String {
    format!("{} {}", f.certainty, f.polarity)
}

fn sum(a: &Amount) -> String {
    let unit = a.currency.as_ref().or(a.unit.as_ref());
    let unit = unit.map_or_else(String::new, |u| format!(" {u}"));
    format!("{} {}{unit}", a.qualifier, a.value)
}
