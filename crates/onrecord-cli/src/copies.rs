//! `onrecord copies`: which reports carry the same copy and what each changed; with `--stories`,
//! which tell of the same happening.
//!
//! Reports are taken in and not read further: no model is needed to see that words are the same.

use onrecord::model::{Problem, ProblemKind, Report, Span};
use onrecord_ledger::across::carrier::{Added, Difference, Edit, Part, Replaced, compare};
use onrecord_ledger::across::copies::{Copies, Copy, Ordinal};
use onrecord_ledger::across::stories::Stories;
use serde::Serialize;
use serde_json::Value;

use crate::Outcome;
use crate::args::{Color, CopiesArgs, SourceArgs};
use crate::input::{self, Found};
use crate::listing::{Form, Listing};
use crate::look::{Ink, Look, clean};
use crate::progress::Progress;
use crate::read::{costs_text, merge, told};
use crate::trouble::{Trouble, say};

/// Words of an addition that are shown in a table.
const SHOWN: usize = 12;

/// A report that was taken in, by its name.
struct Named {
    name: String,
    report: Report,
}

/// Prints each copy with its carriers, or each story.
///
/// # Errors
/// When no path is given or the output cannot be written. A report that cannot be read is said
/// on stderr and the others go on.
pub(crate) fn run(args: &CopiesArgs, color: Color) -> Result<Outcome, Trouble> {
    let (reports, trouble) = take_in(&args.source)?;
    let (mut copies, mut stories) = (Copies::default(), Stories::default());
    for named in &reports {
        copies.add(&named.report);
        if args.stories {
            stories.add(&named.report);
        }
    }
    let shown = Shown { reports: &reports };
    let copies = copies.clusters();
    let listing = Listing::of(&args.list, color, Form::Table);
    let found = if args.stories {
        let stories = stories.clusters(&copies);
        let told = stories.iter().filter(|s| s.len() > 1);
        let all: Vec<Story<'_>> = told.map(|s| shown.story(s, &copies)).collect();
        print(listing, args, &all)?
    } else {
        let all: Vec<Carried<'_>> = copies.iter().map(|c| shown.carried(c)).collect();
        print(listing, args, &all)?
    };
    Ok(merge(found, trouble))
}

/// Copies or stories, each drawn by itself; in CSV, a row for each report of one.
fn print<T: Told>(listing: Listing, args: &CopiesArgs, all: &[T]) -> Result<Outcome, Trouble> {
    let draw = |all: &[T], look| {
        let drawn = all.iter().map(|one| one.draw(look));
        drawn.collect::<Vec<_>>().join("\n")
    };
    listing.several(&args.list, all, &COLUMNS, Told::rows, draw)?;
    Ok(if all.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}

/// The columns of the CSV.
pub(crate) const COLUMNS: [&str; 6] = [
    "location",
    "agency",
    "copy_of",
    "kept",
    "own_words",
    "edits",
];

/// What is printed as a table, and as rows.
trait Told: Serialize {
    fn draw(&self, look: Look) -> String;
    fn rows(&self) -> Vec<[Value; 6]>;
}

/// Takes the reports in, in the order given, and says which cannot be.
fn take_in(args: &SourceArgs) -> Result<(Vec<Named>, Outcome), Trouble> {
    let mut stream = input::expand(&args.paths)?.open(args);
    let mut progress = Progress::new(&stream, false);
    let mut reports = Vec::new();
    let mut outcome = Outcome::Nothing;
    while let Some(batch) = stream.batch() {
        progress.add(batch.iter().filter(|f| f.is_ok()).count(), &stream);
        progress.aside(|| {
            for found in batch {
                outcome = merge(outcome, keep(found, &mut reports));
            }
        });
    }
    Ok((reports, outcome))
}

fn keep(found: Result<Found, Trouble>, reports: &mut Vec<Named>) -> Outcome {
    let Found {
        name, taken, aside, ..
    } = match found {
        Ok(found) => found,
        Err(trouble) => return told(trouble, false).unwrap_or(Outcome::Trouble),
    };
    for problem in taken.problems.iter().filter(|p| costs_text(p.kind)) {
        say(&format_args!("`{name}`: {}", problem.message));
    }
    let binary = |p: &Problem| p.kind == ProblemKind::Binary;
    match taken.problems.iter().any(binary) {
        true if aside => Outcome::Nothing,
        true => Outcome::Trouble,
        false => {
            let report = taken.report;
            reports.push(Named { name, report });
            Outcome::Nothing
        }
    }
}

/// The reports that copies and stories are made of.
struct Shown<'a> {
    reports: &'a [Named],
}

impl<'a> Shown<'a> {
    fn named(&self, ordinal: Ordinal) -> &'a Named {
        &self.reports[ordinal.0 as usize]
    }

    /// A story: its copies, and the reports with words of their own.
    fn story(&self, members: &[Ordinal], copies: &[Copy]) -> Story<'a> {
        let inside = copies.iter().filter(|c| members.contains(&c.reference()));
        let inside: Vec<&Copy> = inside.collect();
        let is_carried = |m: &&Ordinal| inside.iter().any(|c| c.members.contains(m));
        let alone = members.iter().filter(|m| !is_carried(m));
        let first = inside.first().map_or(members[0], |c| c.reference());
        Story {
            title: title(self.named(first), "story"),
            reports: members
                .iter()
                .map(|m| self.named(*m).name.as_str())
                .collect(),
            copies: inside.iter().map(|c| self.carried(c)).collect(),
            alone: alone.map(|m| self.named(*m)).collect(),
        }
    }

    fn carried(&self, copy: &Copy) -> Carried<'a> {
        let reference = self.named(copy.reference());
        let carrier = |m: &Ordinal| {
            let named = self.named(*m);
            Carrier {
                report: &named.name,
                difference: rounded(compare(&reference.report, &named.report)),
            }
        };
        Carried {
            title: title(reference, "copy"),
            reference: &reference.name,
            own: copy.own.is_some(),
            agency: reference
                .report
                .agency
                .as_deref()
                .filter(|_| copy.own.is_some()),
            carriers: copy.members[1..].iter().map(carrier).collect(),
        }
    }
}

/// What a copy or a story is called: the headline of its first report.
fn title(first: &Named, kind: &str) -> String {
    let headline = first.report.headline.as_ref().map(|h| clean(h.quote()));
    headline.map_or_else(
        || format!("{kind} of {}", clean(&first.name)),
        |h| format!("{kind}: {h}"),
    )
}

/// A story as JSON.
#[derive(Serialize)]
struct Story<'a> {
    #[serde(skip)]
    title: String,
    reports: Vec<&'a str>,
    copies: Vec<Carried<'a>>,
    #[serde(skip)]
    alone: Vec<&'a Named>,
}

impl Told for Story<'_> {
    fn draw(&self, look: Look) -> String {
        let mut out = heading(&self.title, look);
        for copy in &self.copies {
            copy.lines(&mut out, look);
        }
        for named in &self.alone {
            line(&mut out, &named.name, "in words of its own", look);
        }
        out
    }

    fn rows(&self) -> Vec<[Value; 6]> {
        let copies = self.copies.iter().flat_map(Told::rows);
        let alone = self.alone.iter().map(|n| {
            let agency = n.report.agency.as_deref();
            row(&n.name, agency, None)
        });
        copies.chain(alone).collect()
    }
}

/// A copy as JSON.
#[derive(Serialize)]
struct Carried<'a> {
    #[serde(skip)]
    title: String,
    reference: &'a str,
    /// Whether the reference is the agency's own report.
    own: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<&'a str>,
    carriers: Vec<Carrier<'a>>,
}

#[derive(Serialize)]
struct Carrier<'a> {
    report: &'a str,
    #[serde(flatten)]
    difference: Difference,
}

impl Told for Carried<'_> {
    fn draw(&self, look: Look) -> String {
        let mut out = heading(&self.title, look);
        self.lines(&mut out, look);
        out
    }

    fn rows(&self) -> Vec<[Value; 6]> {
        let reference = row(self.reference, self.agency, None);
        let carriers = self.carriers.iter();
        let carriers = carriers.map(|c| row(c.report, None, Some((self.reference, &c.difference))));
        [reference].into_iter().chain(carriers).collect()
    }
}

impl Carried<'_> {
    /// The reference first, then each carrier.
    fn lines(&self, out: &mut String, look: Look) {
        let what = match (self.own, self.agency) {
            (true, Some(agency)) => format!("the agency’s own ({})", clean(agency)),
            _ => "what the others are compared with".to_owned(),
        };
        line(out, self.reference, &what, look);
        for carrier in &self.carriers {
            let d = &carrier.difference;
            let shares = format!(
                "kept {}%, own words {}%",
                kept(d.kept),
                100.0 - kept(d.shared)
            );
            line(
                out,
                carrier.report,
                &format!("{shares}: {}", edits(d)),
                look,
            );
        }
    }
}

/// In hundredths: only what is whole is shown as whole.
fn kept(share: f64) -> f64 {
    if share < 1.0 {
        (100.0 * share).round().min(99.0)
    } else {
        100.0
    }
}

fn heading(title: &str, look: Look) -> String {
    let mut out = String::new();
    look.paragraph(&mut out, "", "  ", &look.ink(Ink::Strong, title));
    out
}

/// A report's name on a line of its own, so that a path is whole, and below it what is told of it.
fn line(out: &mut String, report: &str, told: &str, look: Look) {
    look.paragraph(out, "  ", "    ", &clean(report));
    look.paragraph(out, "      ", "      ", &look.ink(Ink::Faint, told));
}

fn row(report: &str, agency: Option<&str>, of: Option<(&str, &Difference)>) -> [Value; 6] {
    let share = |of: f64| Value::from((of * 100.0).round() / 100.0);
    let told = of.map(|(_, d)| {
        let edits: Vec<&str> = d.edits.iter().map(|e| e.as_str()).collect();
        (share(d.kept), share(1.0 - d.shared), edits.into())
    });
    let (kept, own, edits) = told.unwrap_or((Value::Null, Value::Null, Value::Null));
    let of = of.map_or(Value::Null, |(reference, _)| reference.into());
    [
        report.into(),
        agency.map_or(Value::Null, Value::from),
        of,
        kept,
        own,
        edits,
    ]
}

/// What a carrier did, and the words it changed and added.
pub(crate) fn edits(d: &Difference) -> String {
    let edits: Vec<&str> = d.edits.iter().map(|e| said(*e)).collect();
    let mut words = edits.join(", ");
    // Changed facts stand first: they are what whoever checks a copy looks for.
    let replaced = d.replaced.iter().map(exchange);
    let told = replaced.chain(d.added.iter().map(excerpt));
    for (i, told) in told.enumerate() {
        words.push_str(if i == 0 { ": " } else { " … " });
        words.push_str(&told);
    }
    words
}

/// An edit in words.
fn said(edit: Edit) -> &'static str {
    match edit {
        Edit::CutInside => "cut inside",
        Edit::CutEnd => "cut at the end",
        other => other.as_str(),
    }
}

/// Words and what stands in their place.
fn exchange(replaced: &Replaced) -> String {
    let fact = replaced.fact.map_or("", |f| f.as_str());
    let quoted = |s: &Option<Span>| s.as_ref().map(|s| format!("“{}”", clean(s.quote())));
    let told = match (quoted(&replaced.was), quoted(&replaced.now)) {
        (Some(was), Some(now)) => format!("{was} → {now}"),
        (Some(was), None) => format!("without {was}"),
        (None, now) => format!("with {}", now.unwrap_or_default()),
    };
    format!("{fact} {told}").trim_start().to_owned()
}

/// The first words of an addition, in the carrier's words.
fn excerpt(added: &Added) -> String {
    let words = clean(added.span.quote());
    let all: Vec<&str> = words.split_whitespace().collect();
    let shown = all[..all.len().min(SHOWN)].join(" ");
    let more = if all.len() > SHOWN { " …" } else { "" };
    let lead = if added.part == Part::Lead {
        "new lead "
    } else {
        ""
    };
    format!("{lead}“{shown}{more}”")
}

/// Shares to a thousandth: more digits say nothing.
fn rounded(mut difference: Difference) -> Difference {
    for share in [&mut difference.shared, &mut difference.kept] {
        let whole = *share >= 1.0;
        *share = (*share * 1000.0).round() / 1000.0;
        if !whole {
            *share = share.min(0.999);
        }
    }
    difference
}
