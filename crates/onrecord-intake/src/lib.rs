//! Bytes to a [`Report`]: encodings, plain wire text, headline, byline, dateline, credits,
//! segments that tile the text.
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
//! Left out: HTML, feeds and the XML and JSON of agencies; days of publication that are not
//! stated but can be inferred, and the language (`onrecord-extract`, `onrecord-language`).

mod byline;
mod conversions;
mod credits;
mod dateline;
mod dates;
mod decode;
mod draft;
mod furniture;
mod html;
mod layout;
mod names;
mod needs;
mod pattern;
mod report;
mod run_on;
mod sentence;
mod stamp;
mod structure;
mod version;

pub use html::{Extraction, Weighed, extract, weigh, weights};
use onrecord_model::{AlignedText, Envelope, Problem, Report, SegmentLabel};

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

/// Reads bytes as a report and keeps where each word stood in them.
pub fn take_in(bytes: &[u8], envelope: &Envelope) -> Intake {
    let (aligned, mut problems) = decode::decode(bytes);
    let (report, found) = report::build(aligned.text(), envelope);
    problems.extend(found);
    Intake {
        report,
        aligned,
        problems,
    }
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
