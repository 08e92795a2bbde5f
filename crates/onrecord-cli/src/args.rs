//! The flags, from which help, man page and completions come.

#[cfg(feature = "ledger")]
mod follow;
#[cfg(feature = "ledger")]
mod ledger;
mod list;
#[cfg(feature = "ledger")]
mod review;
#[cfg(feature = "ledger")]
mod saved;
#[cfg(feature = "serve")]
mod serve;
#[cfg(feature = "ledger")]
mod tracker;
#[cfg(feature = "ledger")]
mod values;

use std::path::PathBuf;
#[cfg(feature = "fetch")]
use std::time::Duration;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;
use onrecord::intake::ColumnMap;

#[cfg(feature = "ledger")]
pub(crate) use follow::{
    DiffArgs, IdentifyArgs, JoinArgs, PartArgs, ReviewerArgs, SayingArgs, StoryArgs, ThreadArgs,
    TimelineArgs, WhoArgs,
};
#[cfg(feature = "ledger")]
pub(crate) use ledger::{ExportArgs, FileArgs, FindArgs, LedgerArgs, Sought};
pub(crate) use list::ListArgs;
#[cfg(feature = "ledger")]
pub(crate) use review::{AddArgs, AgreementArgs, GoldArgs, ReviewArgs};
#[cfg(feature = "ledger")]
pub(crate) use saved::{SaveArgs, SavedArgs};
#[cfg(feature = "serve")]
pub(crate) use serve::ServeArgs;
#[cfg(feature = "ledger")]
pub(crate) use tracker::TrackerArgs;

/// Reads news reports and prints who said, promised, signed and did what
#[derive(Parser)]
#[command(name = "onrecord", version, max_term_width = 100)]
#[command(after_help = "\
`onrecord COMMAND --help` has examples of each.

Exit codes: 0 found entries, 1 found nothing, 2 trouble, 3 done in part (fetch).")]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to colour: `auto` means on a terminal where NO_COLOR is not set
    // Last in every command's list; its place would else depend on how many commands there are.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    #[arg(display_order = 900)]
    pub(crate) color: Color,
}

/// The commands.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Read reports and print their records
    Read(ReadArgs),
    /// Print the steps of reading, and each entry with the rule or model behind it
    Explain(ExplainArgs),
    /// Print who said what in reports, as a table
    Quotes(QuotesArgs),
    /// Print what reports say is promised, agreed, asked or withheld, as a table
    #[command(after_help = COMMITMENTS_HELP)]
    Commitments(SheetArgs),
    /// Print what reports say happened, as a table or as event data
    Events(EventsArgs),
    /// Fetch pages, and the pages of feeds and sitemaps, into a web archive for `read`
    #[cfg(feature = "fetch")]
    Fetch(FetchArgs),
    /// The commands that keep, compare and judge.
    #[cfg(feature = "ledger")]
    #[command(flatten)]
    Kept(Kept),
    /// Print the JSON Schema of a record, or what the columns of the tables mean
    Schema {
        /// Print every column of every table, CSV and Parquet, and what it means
        #[cfg(feature = "ledger")]
        #[arg(long)]
        tables: bool,
    },
    /// Print a completion script for a shell
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Print the manual page
    #[command(hide = true)]
    Man,
    /// Read for the process that started this one
    #[command(hide = true)]
    Worker,
}

/// The commands that need the ledger: they keep reports, compare them, and judge what was read.
#[cfg(feature = "ledger")]
#[derive(Subcommand)]
pub(crate) enum Kept {
    /// Print which reports carry the same wire story and how each differs
    Copies(CopiesArgs),
    /// File reports in a ledger: what it holds already is not read again
    File(FileArgs),
    /// Find entries in a ledger: who said, promised and did what in all its reports
    Find(Box<FindArgs>),
    /// Print the tracker's sheet of a ledger: each commitment with what was promised, delivered and is
    /// left, how far it has come, and what falls due
    Tracker(Box<TrackerArgs>),
    /// Follow a commitment of a ledger through its steps: asked for, announced, signed, delivered
    Thread(ThreadArgs),
    /// Print the reports of a ledger that tell of one happening, copies and versions among them
    Story(StoryArgs),
    /// Print what changed between versions of a report in a ledger
    Diff(DiffArgs),
    /// Print who bears a name in a ledger's reports, in what offices, and what is told of them
    Who(WhoArgs),
    /// Say that two in a ledger's reports are one, whatever the rules decide
    Same(IdentifyArgs),
    /// Say that two in a ledger's reports are not one
    Apart(IdentifyArgs),
    /// Say that two commitments of a ledger are of one thread, whatever the rules decide
    Join(JoinArgs),
    /// Say that a commitment of a ledger is not of another's thread, or of no other's
    Part(PartArgs),
    /// Print entries of a ledger day by day, each once however many reports tell it
    Timeline(Box<TimelineArgs>),
    /// Show a ledger in a browser, every page also as data, and read reports for other programs
    #[cfg(feature = "serve")]
    Serve(ServeArgs),
    /// List the searches that `find --save` keeps in a ledger, or delete one
    Saved(SavedArgs),
    /// Write a ledger into a folder of JSON Lines
    Export(ExportArgs),
    /// Judge entries of a ledger one after the other, at the keyboard
    Review(Box<ReviewArgs>),
    /// Add an entry to a ledger that the reader missed in a report
    Add(Box<AddArgs>),
    /// Print how far people who judged the same entries agree
    Agreement(AgreementArgs),
    /// Write what people judged as a gold standard, to score a reader with
    Gold(GoldArgs),
}

/// Flags of `read`.
#[derive(clap::Args)]
#[command(after_help = "\
One report prints a page. Several reports or a folder print pages on a terminal and records as \
JSON Lines, one a line in the order given, when piped; --json and --page choose. Messages go to \
stderr only.

On a page, statements stand by what their source is: named, not named, groups, documents. Asserts, denies, says it \
is likely, says it may, leaves open: how the source puts it, not whether it is so.

Exit codes: 0 found entries, 1 found nothing, 2 trouble.")]
pub(crate) struct ReadArgs {
    /// What to read and how it came.
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Print records as JSON, one a line
    #[arg(long, conflicts_with_all = ["page", "show", "html"])]
    #[arg(help_heading = "Output")]
    pub(crate) json: bool,
    /// Print one JSON-LD document: claims and quotations (schema.org) with the words they stand on
    /// (Web Annotation)
    #[cfg(feature = "ledger")]
    #[arg(long, conflicts_with_all = ["json", "page", "show", "html", "parquet"])]
    #[arg(help_heading = "Output")]
    pub(crate) json_ld: bool,
    /// Print one report as a web page: its text with the record beside it
    #[arg(long, conflicts_with_all = ["page", "show"])]
    #[arg(help_heading = "Output")]
    pub(crate) html: bool,
    /// Write records into a Parquet file, a report a row; one that is there is replaced when all is
    /// read
    #[cfg(feature = "ledger")]
    #[arg(long, value_name = "FILE", conflicts_with_all = ["json", "html", "page", "show"])]
    #[arg(help_heading = "Output")]
    pub(crate) parquet: Option<PathBuf>,
    /// Print pages, also when several reports are piped
    #[arg(long)]
    #[arg(help_heading = "Output")]
    pub(crate) page: bool,
    /// Print the sentence behind an entry with its words marked; ids are those of the page: `s9`
    #[arg(long, value_name = "ID")]
    #[arg(help_heading = "Output")]
    pub(crate) show: Vec<String>,
    /// Leave out entries the reader is less sure of, and what rests on them alone: from 0 to 1
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidence)]
    #[arg(help_heading = "Output")]
    pub(crate) min_confidence: Option<f32>,
    /// Columns of the page; the terminal's, at most 100, when not given
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..=1000))]
    #[arg(help_heading = "Output")]
    pub(crate) width: Option<u16>,
    /// Print the page of one report without a pager (PAGER, or else less)
    #[arg(long)]
    #[arg(help_heading = "Output")]
    pub(crate) no_pager: bool,
    /// Say nothing about problems and progress
    #[arg(long, short)]
    #[arg(help_heading = "Output")]
    pub(crate) quiet: bool,
}

/// Flags of `explain`.
#[derive(clap::Args)]
pub(crate) struct ExplainArgs {
    /// What to read and how it came.
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Columns; the terminal's, at most 100, when not given
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..=1000))]
    #[arg(help_heading = "Output")]
    pub(crate) width: Option<u16>,
}

/// Flags of `quotes`.
#[derive(clap::Args)]
#[command(after_help = "\
One row for each statement: who, in what role, the words, whether they are a direct quote, and \
where they stand. In CSV, `source` is named, not named, groups or documents; `firmness` is asserts, denies, \
says it is likely, says it may or leaves open: how the source puts it, not whether it is so; `line` counts lines of the text from 1; `start`, `end` and each pair of \
`offsets` count its Unicode code points from 0, the end not included.

Exit codes: 0 found entries, 1 found nothing, 2 trouble.")]
pub(crate) struct QuotesArgs {
    /// What to read and how to print it.
    #[command(flatten)]
    pub(crate) sheet: SheetArgs,
    /// Only words in quotation marks: direct quotes and statements quoted in part
    #[arg(long)]
    #[arg(help_heading = "Output")]
    pub(crate) direct: bool,
}

const COMMITMENTS_HELP: &str = "\
One row for each commitment: how far it has come and the words that say so, who is bound, to whom, what \
is promised, how much, on what condition and on whose word. Who has no name in the report stands in its \
words. Asserts, denies, says it is likely, says it may, leaves open: how the source puts it, not whether it is \
so. In CSV, `line` counts lines of the text from 1; `start` and `end` \
of the words promised count its Unicode code points from 0, the end not included.

Exit codes: 0 found entries, 1 found nothing, 2 trouble.";

/// Flags of `events`.
#[derive(clap::Args)]
#[command(after_help = "\
One row for each event: its PLOVER type, who to whom, the words that name it, when, where and on \
whose word. `plover` prints PLOVER-style JSON, one event a line; `cameo-quad` prints CSV with source, \
CAMEO root code and quad class, and target. Both code a promise of help as AGREE and of harm as \
THREATEN, leave out what is said not to have happened, was prevented or is only supposed, and keep \
beside the codes on whose word an event stands and how firmly it is said. Asserts, denies, says it is likely, \
says it may, leaves open: how the source puts it, not whether it is so.

Exit codes: 0 found entries, 1 found nothing, 2 trouble.")]
pub(crate) struct EventsArgs {
    /// What to read and how to print it.
    #[command(flatten)]
    pub(crate) sheet: SheetArgs,
    /// Print event data instead of a table
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with_all = ["json", "csv", "table"])]
    #[arg(help_heading = "Output")]
    pub(crate) format: Option<EventFormat>,
}

/// Forms of event data.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum EventFormat {
    // No doc comments: clap would print them as a list longer than the flag.
    Plover,
    CameoQuad,
}

/// Flags of `fetch`.
#[cfg(feature = "fetch")]
#[derive(clap::Args)]
#[command(after_help = "\
Keeps what servers answer as WARC 1.1, each record a gzip member, without content encodings. The archive \
is added to, and is all that is remembered: what it holds is asked for only if it changed, and not kept \
twice. robots.txt, Crawl-delay and Retry-After are obeyed; cookies and proxies are not used. Addresses \
inside networks are refused, by whatever name or redirect they come.

The last line counts the pages that were asked for; kept, not changed, skipped and failed add up to it.

Exit codes: 0 something kept and nothing failed, 1 nothing new, 2 trouble: nothing could be fetched, 3 partly: \
some pages failed, the others are kept or had not changed.")]
pub(crate) struct FetchArgs {
    /// Pages, feeds (RSS, Atom, JSON Feed) or sitemaps: told by what is there
    #[arg(value_name = "URL", required = true)]
    pub(crate) urls: Vec<String>,
    /// The archive to add to, as news.warc.gz; stdout when `-` or not given
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Leave out the pages that feeds and sitemaps list
    #[arg(long)]
    pub(crate) feed_only: bool,
    /// Pages asked for of each feed or sitemap, from its top
    #[arg(long, value_name = "PAGES", default_value_t = 100)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) limit: u32,
    /// The largest page kept: bytes, or as 500K, 10M, 1G
    #[arg(long, value_name = "BYTES", default_value = "10M", value_parser = size)]
    pub(crate) max_size: usize,
    /// Seconds between requests to one host, at least; up to 120
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = delay)]
    pub(crate) delay: Duration,
    /// Seconds for a whole answer, of which 10 to connect
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = timeout)]
    pub(crate) timeout: Duration,
    /// The name given to servers, and looked for in robots.txt
    #[arg(long, value_name = "NAME", value_parser = agent)]
    #[arg(default_value = concat!("onrecord/", env!("CARGO_PKG_VERSION")))]
    pub(crate) user_agent: String,
    /// Ask addresses inside networks too: private, loopback, link-local and the like
    #[arg(long)]
    pub(crate) allow_private: bool,
    /// Say nothing but what went wrong
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// Flags of `copies`.
#[cfg(feature = "ledger")]
#[derive(clap::Args)]
#[command(after_help = "\
For each copy the agency's own report first, or else the one that most of the others' words stand \
in; then its carriers: the share of it they kept, the share of their words that is their own, and \
what they did: verbatim, retitled, updated (a new lead), cut inside, cut at the end, inserted \
(paragraphs), reordered, rewritten. Words inside quotation marks do not make a copy, nor do \
bylines, credits and other furniture. --json prints one copy a line with the places of what was \
added; with --stories one story a line.

Exit codes: 0 found copies, 1 found none, 2 trouble.")]
pub(crate) struct CopiesArgs {
    /// What to read and how it came.
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Group reports by what happened, also where each tells it in its own words
    #[arg(long)]
    #[arg(help_heading = "Output")]
    pub(crate) stories: bool,
    /// How to print them.
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

/// What to read and how to print a table of it.
#[derive(clap::Args)]
pub(crate) struct SheetArgs {
    /// What to read and how it came.
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Leave out entries the reader is less sure of, and what rests on them alone: from 0 to 1
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidence)]
    #[arg(help_heading = "Output")]
    pub(crate) min_confidence: Option<f32>,
    /// How to print them.
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

/// What to read and how it came.
#[derive(clap::Args)]
#[command(next_help_heading = "Input")]
pub(crate) struct SourceArgs {
    /// Reports, folders, archives, feeds, crawls or tables of them, or `-` for stdin
    #[arg(value_name = "PATH")]
    #[arg(help_heading = None)]
    pub(crate) paths: Vec<PathBuf>,
    /// The day of publication, as 2025-08-24
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) published: Option<Date>,
    /// Who carried the report
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,
    /// Where the report stands
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    /// Which column of a table or member of a JSON object holds what, as `text=body,published=day`;
    /// text, headline, published, outlet, url, language, author and id are told by their usual names
    #[arg(long, value_name = "COLUMNS")]
    pub(crate) map: Option<ColumnMap>,
    /// How many times as much as usual an archive may hold: 1 GiB or 100 times its size when
    /// unpacked, 1,000,000 files, 12 hours of reading
    #[arg(long, value_name = "TIMES", default_value_t = 1, hide_default_value = true,
        value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(crate) archive_limits: u64,
}

impl SourceArgs {
    /// What is known besides the bytes.
    pub(crate) fn envelope(&self) -> onrecord::Envelope {
        onrecord::Envelope {
            published: self.published.map(Into::into),
            outlet: self.outlet.clone(),
            url: self.url.clone(),
            ..onrecord::Envelope::default()
        }
    }
}

/// A day, or what to write instead.
fn day(words: &str) -> Result<Date, &'static str> {
    words.parse().map_err(|_| "write a day as 2025-08-24")
}

/// A confidence, or what to write instead.
fn confidence(words: &str) -> Result<f32, &'static str> {
    let value: Option<f32> = words.parse().ok();
    value
        .filter(|v| (0.0..=1.0).contains(v))
        .ok_or("write a number from 0 to 1, as 0.8")
}

/// A count of bytes, or what to write instead.
#[cfg(feature = "fetch")]
fn size(words: &str) -> Result<usize, &'static str> {
    let bare = words
        .trim_end_matches(['B', 'b'])
        .trim_end_matches(['i', 'I']);
    let (digits, unit) = match bare.chars().last() {
        Some('k' | 'K') => (&bare[..bare.len() - 1], 1 << 10),
        Some('m' | 'M') => (&bare[..bare.len() - 1], 1 << 20),
        Some('g' | 'G') => (&bare[..bare.len() - 1], 1 << 30),
        _ => (bare, 1),
    };
    let count: Option<usize> = digits.parse().ok();
    count
        .and_then(|c| c.checked_mul(unit))
        .filter(|c| *c > 0)
        .ok_or("write bytes as 500000, 500K, 10M or 1G")
}

/// A pause, or what to write instead.
#[cfg(feature = "fetch")]
fn delay(words: &str) -> Result<Duration, &'static str> {
    seconds(words)
        .filter(|d| d.as_secs_f32() <= 120.0)
        .ok_or("write seconds from 0 to 120, as 2.5")
}

/// A time limit, or what to write instead.
#[cfg(feature = "fetch")]
fn timeout(words: &str) -> Result<Duration, &'static str> {
    seconds(words)
        .filter(|d| !d.is_zero() && d.as_secs() <= 3600)
        .ok_or("write seconds up to 3600, as 20")
}

#[cfg(feature = "fetch")]
fn seconds(words: &str) -> Option<Duration> {
    Duration::try_from_secs_f32(words.parse().ok()?).ok()
}

/// A name for servers, or what to write instead.
#[cfg(feature = "fetch")]
fn agent(words: &str) -> Result<String, &'static str> {
    let visible = words.bytes().all(|b| matches!(b, b' '..=b'~'));
    let named = words.starts_with(|c: char| c.is_ascii_alphabetic());
    (visible && named)
        .then(|| words.to_owned())
        .ok_or("begin with a name, as daily-reader/1.0 (+https://example.org)")
}

/// When to colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Color {
    // No doc comments: clap would print them as a list longer than the flag.
    Auto,
    Always,
    Never,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    #[cfg(feature = "fetch")]
    fn sizes_times_and_names_are_read_or_refused() {
        assert_eq!(size("10M"), Ok(10 << 20));
        assert_eq!(size("500KiB"), Ok(500 << 10));
        assert_eq!(size("7"), Ok(7));
        for words in ["", "0", "M", "-1", "1T", "99999999999G"] {
            assert!(size(words).is_err(), "{words}");
        }
        assert_eq!(delay("0.5"), Ok(Duration::from_millis(500)));
        assert!(delay("121").is_err() && delay("NaN").is_err() && timeout("0").is_err());
        assert!(agent("a/1 (b)").is_ok() && agent("(b)").is_err() && agent("a\r\nb").is_err());
    }

    #[test]
    fn the_flags_fit_together() {
        Args::command().debug_assert();
    }
}
