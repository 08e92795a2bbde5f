//! Bytes to a [`Report`]: archives and lists, formats, encodings; headline, byline, dateline,
//! credits, segments that tile the text.
//!
//! [`walk`] cuts what comes in (an archive, a crawl, a table) into members, [`take_in_all`] reads
//! the reports of one, [`read`] a single report.
//!
//! Reading cannot fail: bad input gives a thinner report and a [`Problem`] that says why.
//!
//! ```
//! use onrecord_model::{Envelope, SegmentLabel};
//!
//! let text = "Ferry line reopens\n\nBy Lena Marsh\n\nLIMA (Reuters) - The line reopened on Monday.";
//! let (report, problems) = onrecord_intake::read(text.as_bytes(), &Envelope::default());
//! assert_eq!(report.headline.as_ref().map(|h| h.quote()), Some("Ferry line reopens"));
//! assert_eq!(report.byline[0].name, "Lena Marsh");
//! assert_eq!(report.agency.as_deref(), Some("Reuters"));
//! assert_eq!(report.segments.last().map(|s| s.label), Some(SegmentLabel::Body));
//! assert!(report.tiles() && problems.is_empty());
//! ```
//!
//! Left out: days of publication that are not stated but can be inferred, and the language (`onrecord-extract`, `onrecord-language`).

mod bounds;
mod byline;
mod conversions;
mod credits;
mod dateline;
mod dates;
mod decode;
mod draft;
mod formats;
mod furniture;
mod html;
mod layout;
mod members;
mod names;
mod needs;
mod pattern;
mod report;
mod run_on;
mod sentence;
mod stamp;
mod structure;
mod version;

use onrecord_model::{
    AlignedText, Envelope, Problem, ProblemKind, PubStatus, Report, SegmentLabel,
};

use draft::Draft;
use formats::Content;
pub use formats::{ColumnMap, NoColumnMap, Row};
pub use html::{Extraction, Weighed, extract, weigh, weights};
pub use members::{Broken, Input, Item, Limits, Member, walk, walk_within};

/// More text than this is kept and not analysed: no report of news is half a million bytes
/// long, and what is (a log, a dump on one line) would cost minutes and hold no statement.
pub const ANALYSED: usize = 512 * 1024;

/// A report as it was taken in, with the way back to the bytes.
#[derive(Clone, Debug)]
pub struct Intake {
    /// The report.
    pub report: Report,
    /// Its text with the places in the input.
    pub aligned: AlignedText,
    /// What went wrong.
    pub problems: Vec<Problem>,
}

/// Reads bytes as a report.
pub fn read(bytes: &[u8], envelope: &Envelope) -> (Report, Vec<Problem>) {
    let Intake {
        report, problems, ..
    } = take_in(bytes, envelope);
    (report, problems)
}

/// Reads bytes as a report and keeps where each word stood in them; of several, the first.
pub fn take_in(bytes: &[u8], envelope: &Envelope) -> Intake {
    let mut all = take_in_all(bytes, envelope, &ColumnMap::default()).into_iter();
    let mut first = all.next().unwrap_or_else(|| plain(bytes, envelope));
    let others = all.len();
    if others > 0 {
        let why = format!("the input holds {} reports; the first was read", others + 1);
        first.problems.push(Problem::new(ProblemKind::Several, why));
    }
    first
}

/// Reads every report that bytes hold: one page or wire story, each entry of a feed, each item
/// of a news message.
///
/// What the envelope says wins over what the format says; `map` names the members of plain JSON
/// objects.
///
/// ```
/// use onrecord_intake::{ColumnMap, take_in_all};
/// use onrecord_model::Envelope;
///
/// let feed = br#"<rss><channel><title>Harbor Post</title>
///   <item><title>Ferry reopens</title><description>It sailed.</description></item>
///   <item><title>Pier shut</title><description>It broke.</description></item>
/// </channel></rss>"#;
/// let reports = take_in_all(feed, &Envelope::default(), &ColumnMap::default());
/// assert_eq!(reports.len(), 2);
/// assert_eq!(reports[1].report.text.as_str(), "Pier shut\n\nIt broke.");
/// assert_eq!(reports[1].report.outlet.as_deref(), Some("Harbor Post"));
/// ```
pub fn take_in_all(bytes: &[u8], envelope: &Envelope, map: &ColumnMap) -> Vec<Intake> {
    all(bytes, &Beside::given(envelope), map)
}

/// What is known of reports besides their bytes.
struct Beside<'e> {
    /// By whoever reads them: it wins over what they say of themselves.
    given: &'e Envelope,
    /// By what they were found in: it holds where they are silent.
    found: Envelope,
}

impl<'e> Beside<'e> {
    fn given(given: &'e Envelope) -> Self {
        let found = Envelope::default();
        Self { given, found }
    }

    fn of(&self, own: Envelope) -> Envelope {
        self.given.clone().or(own).or(self.found.clone())
    }
}

fn all(bytes: &[u8], beside: &Beside<'_>, map: &ColumnMap) -> Vec<Intake> {
    if formats::is_mail(bytes) {
        // A mail decodes its parts itself; its places are bytes already.
        let mut first = formats::mail(bytes);
        let further = std::mem::take(&mut first.further);
        let of = |draft: Draft| {
            let draft = bounds::draft(draft);
            let (aligned, units) = draft.lay_out_bytes();
            drafted(draft, aligned, &units, Vec::new(), beside)
        };
        return std::iter::once(first).chain(further).map(of).collect();
    }
    let (bytes, cut) = bounds::bytes(bytes);
    let (decoded, mut problems) = decode::decode(bytes, charset(bytes));
    problems.extend(cut);
    match formats::read(&decoded, map) {
        Content::Plain => {
            let envelope = beside.of(Envelope::default());
            let (report, found) = report::plain(decoded.text(), &envelope);
            let problems = problems.into_iter().chain(found).collect();
            vec![Intake {
                report,
                aligned: decoded,
                problems,
            }]
        }
        Content::Drafts(drafts) => {
            let several = drafts.len() > 1;
            let of = |mut draft: Draft| {
                draft.is_item |= several;
                let draft = bounds::draft(draft);
                let (aligned, units) = draft.lay_out(&decoded);
                drafted(draft, aligned, &units, problems.clone(), beside)
            };
            drafts.into_iter().map(of).collect()
        }
    }
}

/// Whether some report in bytes has words: what programs answer each other has none.
fn holds_words(bytes: &[u8], map: &ColumnMap) -> bool {
    let (decoded, _) = decode::decode(bytes, None);
    match formats::read(&decoded, map) {
        Content::Plain => true,
        Content::Drafts(drafts) => drafts.iter().any(|d| !d.blocks.is_empty()),
    }
}

/// Reads a row of a table as a report; the places of its words are in the value of the column
/// that holds the text.
pub fn take_in_row(row: &Row, envelope: &Envelope, map: &ColumnMap) -> Intake {
    row_of(row, &Beside::given(envelope), map)
}

fn row_of(row: &Row, beside: &Beside<'_>, map: &ColumnMap) -> Intake {
    let (draft, text) = formats::row(row, map);
    let draft = bounds::draft(draft);
    let (aligned, units) = draft.lay_out(&text);
    drafted(draft, aligned, &units, Vec::new(), beside)
}

fn plain(bytes: &[u8], envelope: &Envelope) -> Intake {
    let (bytes, cut) = bounds::bytes(bytes);
    let (aligned, mut problems) = decode::decode(bytes, None);
    problems.extend(cut);
    let (report, found) = report::plain(aligned.text(), envelope);
    problems.extend(found);
    Intake {
        report,
        aligned,
        problems,
    }
}

/// The report of a draft that is laid out.
fn drafted(
    draft: Draft,
    aligned: AlignedText,
    units: &[layout::Unit],
    mut problems: Vec<Problem>,
    beside: &Beside<'_>,
) -> Intake {
    let mut own = draft.envelope;
    if own.metadata.authors.is_empty() {
        own.metadata.authors = draft.authors;
    }
    own.metadata.authors = byline::authors(own.metadata.authors);
    problems.extend(draft.problems);
    let fetched = beside.found.url.as_deref();
    if let Some(host) = elsewhere(own.url.as_deref(), fetched) {
        own.url = None;
        // That a page names the original of what it carries is no claim to be it.
        if !draft.is_page {
            let why = format!("it claims an address at `{host}`, which was not asked for it");
            problems.push(Problem::new(ProblemKind::Address, why));
        }
    }
    let itself = own.url.is_some();
    let mut envelope = beside.of(own);
    if draft.is_item && !itself && beside.given.url.is_none() {
        envelope.url = None;
    }
    let (report, found) = report::marked(aligned.text(), units, &envelope);
    // What the carrier does not give is told already; that the text lacks it says nothing new.
    let told = problems.iter().any(|p| p.kind == ProblemKind::NoText);
    let found = found
        .into_iter()
        .filter(|p| !told || p.kind != ProblemKind::Empty);
    problems.extend(found);
    if let Some(why) = withdrawn(&envelope) {
        problems.push(Problem::new(ProblemKind::Withdrawn, why));
    }
    Intake {
        report,
        aligned,
        problems,
    }
}

/// The host of the address that a carrier names, where it is not the one that it was fetched from:
/// the original of a copy, or one that would pass for it. Whoever answers for a host says what
/// stands there, and nobody else.
fn elsewhere(own: Option<&str>, fetched: Option<&str>) -> Option<String> {
    let (own, fetched) = (own.and_then(host), host(fetched?));
    own.filter(|own| fetched.as_ref() != Some(own))
}

/// The host of an address, with its port; `www.` does not tell hosts apart.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', '\\']).next()?.to_lowercase();
    Some(host.trim_start_matches("www.").chars().take(253).collect())
}

fn withdrawn(envelope: &Envelope) -> Option<&'static str> {
    match envelope.metadata.pubstatus? {
        PubStatus::Canceled => Some("its agency called the report back"),
        PubStatus::Withheld => Some("its agency withholds the report for now"),
        PubStatus::Usable => None,
    }
}

/// The encoding that markup says it is in.
fn charset(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes.get(..1024).unwrap_or(bytes);
    let start = head.trim_ascii_start();
    if !start.starts_with(b"<") {
        return None;
    }
    if start.starts_with(b"<?xml") {
        let end = start.iter().position(|b| *b == b'>')?;
        let words = String::from_utf8_lossy(&start[..end]).into_owned();
        let (_, label) = words.split_once("encoding=")?;
        let label = label.trim_start_matches(['"', '\'']);
        let label = label.split(['"', '\'', '?']).next()?;
        return encoding_rs::Encoding::for_label(label.as_bytes());
    }
    html::charset(bytes)
}

/// What a line is by its form alone, without the lines around it; `None` for running text and
/// for what only its place in a report can tell (headline, teaser, crosshead).
///
/// ```
/// use onrecord_model::SegmentLabel;
///
/// let label = onrecord_intake::classify_line("(Reporting by Lena Marsh; Editing by Joe Tran)");
/// assert_eq!(label, Some(SegmentLabel::Credit));
/// assert_eq!(onrecord_intake::classify_line("The line reopened on Monday."), None);
/// ```
pub fn classify_line(line: &str) -> Option<SegmentLabel> {
    if conversions::is_line(line) {
        return Some(SegmentLabel::Conversion);
    }
    furniture::of_line(line)
        .or_else(|| byline::of_line(line).map(|_| SegmentLabel::Byline))
        .or_else(|| dateline::opening(line).map(|_| SegmentLabel::Dateline))
}
