//! The head of the page: headline, who wrote it, where and when, and how the day is known.

use onrecord::Record;
use onrecord::model::{
    Credit, CreditPart, Evidence, Published, PublishedBasis, Report, VersionKind,
};

use crate::look::{Ink, Look, clean};
use crate::words;

/// Prints the head.
pub(super) fn print(out: &mut String, record: &Record, look: Look) {
    let report = &record.report;
    let headline = report.headline.as_ref();
    let headline = headline.map_or_else(|| "(no headline)".to_owned(), |h| clean(h.quote()));
    look.paragraph(out, "", "", &look.ink(Ink::Strong, &headline));
    for line in [
        version(report),
        who(report),
        when(report),
        credits(report),
        rates(report),
    ] {
        if !line.is_empty() {
            look.paragraph(out, "", "  ", &line);
        }
    }
}

fn version(report: &Report) -> String {
    let Some(version) = &report.version else {
        return String::new();
    };
    let kind = match version.kind {
        VersionKind::Update => "Update",
        VersionKind::Correction => "Correction",
        VersionKind::Refile => "Refile",
        VersionKind::Takes => "Wrap-up of several reports",
    };
    format!("{kind}: “{}”", clean(version.span.quote()))
}

/// `By Mira Holm · Northern Wire · from Oslo · carried by ...`.
fn who(report: &Report) -> String {
    let mut names: Vec<String> = report.byline.iter().map(|b| clean(&b.name)).collect();
    if names.is_empty() {
        names = report.metadata.authors.iter().map(|a| clean(a)).collect();
    }
    let mut parts = Vec::new();
    if !names.is_empty() {
        parts.push(format!("By {}", names.join(", ")));
    }
    parts.extend(report.agency.as_deref().map(clean));
    if let Some(dateline) = &report.dateline {
        parts.push(format!("from {}", clean(&dateline.place)));
    }
    if let Some(outlet) = &report.outlet {
        parts.push(format!("carried by {}", clean(outlet)));
    }
    parts.extend(report.url.as_deref().map(clean));
    parts.join(" · ")
}

fn when(report: &Report) -> String {
    match &report.published {
        None => "Day of publication unknown: give it with --published".to_owned(),
        Some(p) => format!("{}, {}", words::time(&p.value), how(p)),
    }
}

fn how(published: &Published) -> String {
    let clue = |e: &Evidence| match e {
        Evidence::Words(span) => format!("“{}”", clean(span.quote())),
        Evidence::Note(note) => clean(note),
    };
    let clues: Vec<String> = published.evidence.iter().map(clue).collect();
    let clues = clues.join(", ");
    match (published.basis, clues.is_empty()) {
        (PublishedBasis::Stated, true) => "as the report states".to_owned(),
        (PublishedBasis::Stated, false) => format!("as the report states: {clues}"),
        (PublishedBasis::Metadata, true) => "as given with the report".to_owned(),
        (PublishedBasis::Metadata, false) => format!("as given with the report: {clues}"),
        (PublishedBasis::Inferred, true) => "inferred".to_owned(),
        (PublishedBasis::Inferred, false) => format!("inferred from {clues}"),
    }
}

/// `Reporting: Mira Holm in Oslo, ...; editing: ...`.
fn credits(report: &Report) -> String {
    let mut parts: Vec<(CreditPart, Vec<String>)> = Vec::new();
    for credit in &report.credits {
        let who = one(credit);
        match parts.iter_mut().find(|(part, _)| *part == credit.part) {
            Some((_, names)) => names.push(who),
            None => parts.push((credit.part, vec![who])),
        }
    }
    let said: Vec<String> = parts
        .iter()
        .enumerate()
        .map(|(i, (part, names))| {
            let word = part_words(*part);
            let word = if i == 0 {
                word.to_owned()
            } else {
                word.to_lowercase()
            };
            format!("{word}: {}", names.join(", "))
        })
        .collect();
    said.join("; ")
}

fn one(credit: &Credit) -> String {
    let name = clean(&credit.name);
    match &credit.place {
        Some(place) => format!("{name} in {}", clean(place)),
        None => name,
    }
}

const fn part_words(part: CreditPart) -> &'static str {
    match part {
        CreditPart::Reporting => "Reporting",
        CreditPart::AdditionalReporting => "Additional reporting",
        CreditPart::Writing => "Writing",
        CreditPart::Editing => "Editing",
        CreditPart::Photography => "Photography",
    }
}

fn rates(report: &Report) -> String {
    let rates: Vec<String> = report
        .conversions
        .iter()
        .map(|c| format!("1 {} = {} {}", c.from, c.rate, c.to))
        .collect();
    if rates.is_empty() {
        return String::new();
    }
    format!("Stated rate: {}", rates.join(", "))
}
