//! What is known of the report itself: who wrote it, who carried it, when, and how that is known.

use onrecord_model::{
    Credit, CreditPart, Evidence, Precision, Published, PublishedBasis, Report, VersionKind,
};

use crate::line::{Line, Run, dotted, join, link, plain, quoted};
use crate::marks::anchor;
use crate::{clean, words};

/// A fact about the report.
pub(crate) struct Fact {
    /// What it is.
    pub(crate) name: &'static str,
    /// What is known.
    pub(crate) line: Line,
}

/// The facts, in the order of the page.
pub(crate) fn facts(report: &Report) -> Vec<Fact> {
    let names = report.byline.iter().map(|b| clean(&b.name));
    let all = [
        fact("Version", version(report)),
        fact("Published", published(report.published.as_ref())),
        fact("By", vec_of(names.collect::<Vec<_>>().join(", "))),
        fact(
            "From",
            vec_of(
                report
                    .dateline
                    .as_ref()
                    .map(|d| clean(&d.place))
                    .unwrap_or_default(),
            ),
        ),
        fact(
            "Agency",
            vec_of(report.agency.as_deref().map(clean).unwrap_or_default()),
        ),
        fact("Carried by", carrier(report)),
        fact("Credits", credits(report)),
        fact("Stated rate", rates(report)),
    ];
    all.into_iter().filter(|f| !f.line.is_empty()).collect()
}

const fn fact(name: &'static str, line: Line) -> Fact {
    Fact { name, line }
}

fn vec_of(words: String) -> Line {
    if words.is_empty() {
        Line::new()
    } else {
        vec![plain(words)]
    }
}

fn version(report: &Report) -> Line {
    let Some(version) = &report.version else {
        return Line::new();
    };
    let kind = match version.kind {
        VersionKind::Update => "update ",
        VersionKind::Correction => "correction ",
        VersionKind::Refile => "refile ",
        VersionKind::Takes => "wrap-up of several reports ",
    };
    quoted(kind, &version.span)
}

fn published(published: Option<&Published>) -> Line {
    let Some(p) = published else {
        return vec_of("day unknown; relative times are left open".to_owned());
    };
    let how = match p.basis {
        PublishedBasis::Stated => "stated",
        PublishedBasis::Metadata => "given with the report",
        PublishedBasis::Inferred => "inferred",
    };
    let fine = match p.precision {
        Precision::Instant | Precision::Day => "",
        Precision::Month => " to the month",
        Precision::Year => " to the year",
    };
    let mut nth = 0;
    let clues = p.evidence.iter().map(|e| match e {
        Evidence::Words(span) => {
            nth += 1;
            vec![link(
                format!("“{}”", clean(span.quote())),
                &anchor("day", nth),
            )]
        }
        Evidence::Note(note) => vec![plain(clean(note))],
    });
    let mut line = vec![plain(format!("{}, {how}{fine}", words::time(&p.value)))];
    let clues = join(clues, ", ");
    if !clues.is_empty() {
        line.push(plain(": "));
        line.extend(clues);
    }
    line
}

/// Who carried it, with its address when that is one of the web.
fn carrier(report: &Report) -> Line {
    let url = report.url.as_deref().map(|u| {
        let web = u.starts_with("https://") || u.starts_with("http://");
        vec![Run {
            text: clean(u),
            to: web.then(|| clean(u)),
        }]
    });
    let outlet = vec_of(report.outlet.as_deref().map(clean).unwrap_or_default());
    dotted([outlet, url.unwrap_or_default()])
}

fn credits(report: &Report) -> Line {
    let one = |c: &Credit| {
        let part = match c.part {
            CreditPart::Reporting => "reporting",
            CreditPart::AdditionalReporting => "additional reporting",
            CreditPart::Writing => "writing",
            CreditPart::Editing => "editing",
            CreditPart::Photography => "photography",
        };
        let place = c.place.as_deref().map(|p| format!(" in {}", clean(p)));
        vec![plain(format!(
            "{}{} ({part})",
            clean(&c.name),
            place.unwrap_or_default()
        ))]
    };
    join(report.credits.iter().map(one), ", ")
}

fn rates(report: &Report) -> Line {
    let one = |c: &onrecord_model::Conversion| {
        vec![plain(format!(
            "1 {} = {} {}",
            clean(&c.from),
            clean(&c.rate),
            clean(&c.to)
        ))]
    };
    join(report.conversions.iter().map(one), ", ")
}
