//! `onrecord copies`: which reports carry the same copy and what each changed; with `--stories`,
//! which tell of the same happening.
//!
//! Reports are taken in and not read further: no model is needed to see that words are the same.

use std::io::Write as _;

use onrecord::model::{Problem, ProblemKind, Report, Span};
use onrecord_ledger::across::carrier::{Added, Difference, Edit, Part, Replaced, compare};
use onrecord_ledger::across::copies::{Copies, Copy, Ordinal};
use onrecord_ledger::across::stories::Stories;
use serde::Serialize;

use crate::Outcome;
use crate::args::{Color, CopiesArgs, SourceArgs};
use crate::input::{self, Found};
use crate::json;
use crate::look::{Look, clean};
use crate::progress::Progress;
use crate::read::{costs_text, merge, told};
use crate::table::{Row, Table};
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
    let look = Look::of(color, args.width);
    let (reports, trouble) = take_in(&args.source)?;
    let (mut copies, mut stories) = (Copies::default(), Stories::default());
    for named in &reports {
        copies.add(&named.report);
        if args.stories {
            stories.add(&named.report);
        }
    }
    let shown = Shown {
        reports: &reports,
        look,
        json: args.json,
    };
    let copies = copies.clusters();
    let all: Vec<String> = if args.stories {
        let stories = stories.clusters(&copies);
        let told = stories.iter().filter(|s| s.len() > 1);
        told.map(|s| shown.story(s, &copies))
            .collect::<Result<_, _>>()?
    } else {
        copies
            .iter()
            .map(|c| shown.copy(c))
            .collect::<Result<_, _>>()?
    };
    let found = if all.is_empty() {
        Outcome::Nothing
    } else {
        let between = if args.json { "" } else { "\n" };
        let mut out = look.stdout();
        out.write_all(all.join(between).as_bytes())?;
        out.flush()?;
        Outcome::Found
    };
    Ok(merge(found, trouble))
}

/// Takes the reports in, in the order given, and says which cannot be.
fn take_in(args: &SourceArgs) -> Result<(Vec<Named>, Outcome), Trouble> {
    let mut stream = input::expand(&args.paths)?.open(args);
    let mut progress = Progress::new(&stream, false);
    let mut reports = Vec::new();
    let mut outcome = Outcome::Nothing;
    while let Some(batch) = stream.batch() {
        progress.add(batch.len(), &stream);
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

/// How copies are shown.
struct Shown<'a> {
    reports: &'a [Named],
    look: Look,
    json: bool,
}

impl Shown<'_> {
    fn named(&self, ordinal: Ordinal) -> &Named {
        &self.reports[ordinal.0 as usize]
    }

    /// A copy as a table or a line of JSON.
    fn copy(&self, copy: &Copy) -> Result<String, Trouble> {
        let carried = self.carried(copy);
        if self.json {
            return line(&carried);
        }
        Ok(self.table(&title(self.named(copy.reference()), "copy"), carried.rows()))
    }

    /// A story as its copies and the reports with words of their own, or a line of JSON.
    fn story(&self, members: &[Ordinal], copies: &[Copy]) -> Result<String, Trouble> {
        let inside = copies.iter().filter(|c| members.contains(&c.reference()));
        let inside: Vec<&Copy> = inside.collect();
        let is_carried = |m: &&Ordinal| inside.iter().any(|c| c.members.contains(m));
        let alone: Vec<&Named> = members
            .iter()
            .filter(|m| !is_carried(m))
            .map(|m| self.named(*m))
            .collect();
        if self.json {
            return line(&Story {
                reports: members
                    .iter()
                    .map(|m| self.named(*m).name.as_str())
                    .collect(),
                copies: inside.iter().map(|c| self.carried(c)).collect(),
            });
        }
        let mut rows: Vec<Row> = inside.iter().flat_map(|c| self.carried(c).rows()).collect();
        rows.extend(
            alone
                .iter()
                .map(|n| row(&n.name, "", "", "in words of its own".to_owned())),
        );
        let first = inside
            .first()
            .map_or_else(|| alone[0], |c| self.named(c.reference()));
        Ok(self.table(&title(first, "story"), rows))
    }

    fn table(&self, title: &str, rows: Vec<Row>) -> String {
        Table {
            title: Some(title),
            heads: ["", "kept", "own", "report", "what differs"],
            rows,
        }
        .print(self.look)
    }

    fn carried(&self, copy: &Copy) -> Carried<'_> {
        let reference = self.named(copy.reference());
        let carrier = |m: &Ordinal| {
            let named = self.named(*m);
            Carrier {
                report: &named.name,
                difference: rounded(compare(&reference.report, &named.report)),
            }
        };
        Carried {
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
        || format!("{kind} of {}", first.name),
        |h| format!("{kind}: {h}"),
    )
}

/// A line of JSON.
fn line(of: &impl Serialize) -> Result<String, Trouble> {
    Ok(json::line(of)?)
}

/// A story as JSON.
#[derive(Serialize)]
struct Story<'a> {
    reports: Vec<&'a str>,
    copies: Vec<Carried<'a>>,
}

/// A copy as JSON.
#[derive(Serialize)]
struct Carried<'a> {
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

impl Carried<'_> {
    /// The reference first, then each carrier.
    fn rows(&self) -> Vec<Row> {
        let what = match (self.own, self.agency) {
            (true, Some(agency)) => format!("the agency’s own ({})", clean(agency)),
            _ => "what the others are compared with".to_owned(),
        };
        let mut out = vec![row(self.reference, "", "", what)];
        out.extend(self.carriers.iter().map(Carrier::row));
        out
    }
}

impl Carrier<'_> {
    fn row(&self) -> Row {
        let d = &self.difference;
        let words = edits(d);
        // Only what is whole is shown as whole.
        let kept = |share: f64| {
            if share < 1.0 {
                (100.0 * share).round().min(99.0)
            } else {
                100.0
            }
        };
        row(
            self.report,
            &format!("{}%", kept(d.kept)),
            &format!("{}%", 100.0 - kept(d.shared)),
            words,
        )
    }
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

fn row(report: &str, kept: &str, own: &str, words: String) -> Row {
    Row {
        id: String::new(),
        who: clean(report),
        role: String::new(),
        words,
        how: own.to_owned(),
        line: kept.to_owned(),
    }
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
