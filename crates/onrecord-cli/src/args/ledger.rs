//! The flags of the commands over a ledger: `file`, `find`, `export`.

use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;
use onrecord::model::{CommitmentKind, CommitmentStatus, CueKind, EventType};
use onrecord_ledger::{Amounts, Days, EntryKind, OnWhoseWord, Query, Show, Sort, Where};

use super::{ListArgs, SaveArgs, SourceArgs, confidence, day, values};

/// Which ledger.
#[derive(clap::Args)]
pub(crate) struct LedgerArgs {
    /// The ledger: a file, as news.db, or postgres://user@host/name
    #[arg(long, value_name = "LEDGER")]
    #[arg(env = "ONRECORD_LEDGER", hide_env_values = true)]
    #[arg(help_heading = None)]
    pub(crate) ledger: Option<String>,
}

/// Flags of `file`.
#[derive(clap::Args)]
#[command(after_help = "\
Reads reports on every core and files them in the order they came, many in one transaction; a ledger \
that is not there is begun. What the ledger holds already, as this version reads it, is not read again, \
so that an interrupted run goes on where it was when it is started anew; what was filed is on disk. What \
comes slowly is filed within a second, and a run that is told to end (SIGTERM, SIGINT, SIGHUP) first files \
what it has read. A report with an address takes the place of an earlier one at the same address, which is kept. Records as \
`onrecord read --json` prints them are filed as they are. A folder \
that `onrecord export` wrote is taken over with all its readings and versions.

One line on stdout counts what was read, and what became of it: filed, already there, also from elsewhere, \
read anew, unread (no text) and broken add up to it. Earlier versions that were superseded are counted beside.

Exit codes: 0 filed or already there, 1 no report found, 2 trouble.")]
pub(crate) struct FileArgs {
    /// What to read and how it came.
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Where it is filed.
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// First make all that finds entries again from the records, as for a ledger that is damaged;
    /// no PATH is needed
    #[arg(long)]
    #[arg(help_heading = None)]
    pub(crate) rebuild: bool,
    /// Say nothing about problems and progress
    #[arg(long, short)]
    #[arg(help_heading = None)]
    pub(crate) quiet: bool,
}

/// Flags of `export`.
#[derive(clap::Args)]
#[command(after_help = "\
Writes JSON Lines: reports.jsonl with every report, its readings and where it came from, versions.jsonl, \
judgements.jsonl, identifications.jsonl and searches.jsonl. With --parquet, tables for DuckDB, polars or \
pandas: records, readings, carriers, versions, judgements, identifications, searches; and, for looking only, flat rows: entries, statements, events, commitments, \
entities and threads. `onrecord schema --tables` says what their columns mean. `onrecord file FOLDER \
--ledger NEW` makes the same ledger of either.

Exit codes: 0 exported, 1 the ledger holds no report, 2 trouble.")]
pub(crate) struct ExportArgs {
    /// A folder that is not there yet, or an empty one
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// What is exported.
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// Write Parquet files instead
    #[arg(long)]
    pub(crate) parquet: bool,
}

/// Flags of `find`.
#[derive(clap::Args)]
#[command(after_help = "\
All that is asked must hold. Names are looked up whole, in any form the report gives them: `Noriega` or \
`Alba Noriega`, in capitals or not, with accents or without; or by id, as wikidata:Q42. A name that nobody \
bears is taken for those it begins, or who bear it behind a title (`President Noriega`), or for who holds the \
office (`finance minister of Peru`), and stderr says for whom; where there is nobody, it says who is near.

A terminal gets a table, of 50 entries where --limit says nothing, a pipe JSON Lines of all; --table, --json, --json-ld, --csv and --parquet choose. `start` and `end` count \
Unicode code points of the report's text from 0, the end not included. An id, as s4, is that of `onrecord \
read --show s4`. Asserts, denies, says it is likely, says it may, leaves open: how the source puts it, not whether \
it is so. Entries of reports that a later version took the place of are left out, as are those a \
person rejected or merged.

Exit codes: 0 found entries, 1 found nothing, 2 trouble.")]
pub(crate) struct FindArgs {
    /// Which entries, and where.
    #[command(flatten)]
    pub(crate) sought: Sought,
    /// Searches that are kept.
    #[command(flatten)]
    pub(crate) saved: SaveArgs,
    /// Go on where a page ended, as stderr says at its end
    #[arg(long, value_name = "END")]
    #[arg(help_heading = "Output")]
    pub(crate) after: Option<String>,
    /// With each entry, how many reports of the ledger tell the same within a week, how many of
    /// them are copies, how many independent sources there are, and who denies it
    #[arg(long, conflicts_with_all = ["json_ld", "parquet"])]
    #[arg(help_heading = "Output")]
    pub(crate) corroborated: bool,
    /// Print how many there are, and nothing else
    #[arg(long, conflicts_with_all = ["json", "csv", "table", "limit", "after", "corroborated", "json_ld", "parquet"])]
    #[arg(help_heading = "Output")]
    pub(crate) count: bool,
    /// Print one JSON-LD document: claims and quotations (schema.org) with the words they stand on
    /// (Web Annotation)
    #[arg(long, conflicts_with_all = ["json", "csv", "table", "parquet"])]
    #[arg(help_heading = "Output")]
    pub(crate) json_ld: bool,
    /// Write entries into a Parquet file, one a row; one that is there is replaced when all are found
    #[arg(long, value_name = "FILE", conflicts_with_all = ["json", "csv", "table"])]
    #[arg(help_heading = "Output")]
    pub(crate) parquet: Option<PathBuf>,
    /// How to print them.
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

/// Which entries of a ledger: the question that `find` and `review` ask.
#[derive(clap::Args)]
#[command(next_help_heading = "Which entries")]
pub(crate) struct Sought {
    /// Words of the entry: all of them, in any order; `strike*` for a beginning, and a phrase
    /// in quotation marks of its own, as '"long range"'
    #[arg(value_name = "WORDS")]
    #[arg(help_heading = None)]
    pub(crate) words: Vec<String>,
    /// Where to look.
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// Kinds of entries
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = values::kind(), ignore_case = true)]
    pub(crate) kind: Vec<EntryKind>,
    /// Who speaks, acts or is bound
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
    /// To whom it is said, done or promised, or with whom
    #[arg(long, value_name = "NAME")]
    pub(crate) to: Option<String>,
    /// Who or what it speaks of
    #[arg(long, value_name = "NAME")]
    pub(crate) about: Option<String>,
    /// On whose word: a name, `reporter` for the report's own voice, `source` for anybody else's
    #[arg(long, value_name = "NAME", value_parser = on_whose_word)]
    pub(crate) on_word_of: Option<OnWhoseWord>,
    /// Kinds of commitments; several with commas between, as aid,sanction
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = values::commitment_kind(), ignore_case = true)]
    pub(crate) commitment_kind: Vec<CommitmentKind>,
    /// How far a commitment has come, as announced,signed
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = values::status(), ignore_case = true)]
    pub(crate) status: Vec<CommitmentStatus>,
    /// Types of events; several with commas between, as aid,sanction
    #[arg(long, value_name = "TYPE", value_delimiter = ',', value_parser = values::event_type(), ignore_case = true)]
    pub(crate) event_type: Vec<EventType>,
    /// What a source does in saying it, as deny,promise
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = values::cue(), ignore_case = true)]
    pub(crate) cue: Vec<CueKind>,
    /// Leave out entries the reader is less sure of: from 0 to 1
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidence)]
    pub(crate) min_confidence: Option<f32>,
    /// Reports published on this day or later, as 2025-08-24
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) from: Option<Date>,
    /// Reports published on this day or earlier
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) until: Option<Date>,
    /// The entry's own time, of the saying, of the event, until or since when: as 2025-09-01..2025-09-30
    #[arg(long, value_name = "DATE..DATE", value_parser = days)]
    pub(crate) when: Option<Days>,
    /// At a place of this name; a country also finds what lies in it
    #[arg(long, value_name = "NAME", conflicts_with = "near")]
    pub(crate) place: Option<String>,
    /// Near a point, as 59.44,24.75; with --within
    #[arg(long, value_name = "LAT,LON", value_parser = point, requires = "within")]
    #[arg(allow_hyphen_values = true)]
    pub(crate) near: Option<(f64, f64)>,
    /// How near, in kilometres
    #[arg(long, value_name = "KM", requires = "near")]
    pub(crate) within: Option<f64>,
    /// How much, as 1000000..5000000, 1000000.. or 40; with --currency
    #[arg(long, value_name = "MIN..MAX", value_parser = amount, requires = "currency")]
    pub(crate) amount: Option<(Option<String>, Option<String>)>,
    /// In which currency or unit, as EUR or engineers; restated amounts count
    #[arg(long, value_name = "UNIT")]
    pub(crate) currency: Option<String>,
    /// Who carried the report: a name, or a part of it
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,
    /// Words anywhere in the report, as WORDS are of the entry
    #[arg(long, value_name = "WORDS")]
    pub(crate) in_text: Option<String>,
    /// Only entries of this report: the beginning of its id, its address or path, or an entry's id
    #[arg(long, value_name = "REPORT")]
    pub(crate) report: Option<String>,
    /// Also entries of reports that a later version took the place of
    #[arg(long)]
    pub(crate) superseded: bool,
    /// In which order: largest amounts need --currency
    #[arg(long, value_enum, default_value_t = Order::Newest, value_name = "ORDER")]
    pub(crate) sort: Order,
}

/// Orders of entries.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Order {
    // No doc comments: clap would print them as a list longer than the flag.
    Newest,
    Oldest,
    Largest,
    Surest,
}

impl FindArgs {
    /// What the flags ask the ledger.
    pub(crate) fn query(&self) -> Query {
        Query {
            after: self.after.clone(),
            ..self.sought.query()
        }
    }
}

impl Sought {
    /// What the flags ask the ledger.
    pub(crate) fn query(&self) -> Query {
        let words = self.words.join(" ");
        let near = self.near.zip(self.within);
        let near = near.map(|((lat, lon), km)| Where::Within { lat, lon, km });
        let amount = self.currency.clone().map(|unit| {
            let (least, most) = self.amount.clone().unwrap_or_default();
            Amounts { unit, least, most }
        });
        Query {
            kinds: self.kind.clone(),
            by: self.by.clone(),
            to: self.to.clone(),
            about: self.about.clone(),
            events: self.event_type.clone(),
            commitments: self.commitment_kind.clone(),
            cues: self.cue.clone(),
            statuses: self.status.clone(),
            word: self.on_word_of.clone(),
            min_confidence: self.min_confidence,
            published: Days {
                from: self.from,
                to: self.until,
            },
            time: self.when.unwrap_or_default(),
            place: self.place.clone().map(place).or(near),
            amount,
            outlet: self.outlet.clone(),
            words: (!self.words.is_empty()).then_some(words),
            text: self.in_text.clone(),
            report: self.report.clone(),
            show: Show {
                superseded: self.superseded,
                ..Show::default()
            },
            sort: match self.sort {
                Order::Newest => Sort::Newest,
                Order::Oldest => Sort::Oldest,
                Order::Largest => Sort::Largest,
                Order::Surest => Sort::Surest,
            },
            ..Query::default()
        }
    }
}

/// A place: a country's name stands for all that lies in it.
fn place(name: String) -> Where {
    match onrecord::country(&name) {
        Some(code) => Where::Country {
            name,
            code: code.to_owned(),
        },
        None => Where::Named(name),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "clap takes parsers that may fail")]
fn on_whose_word(word: &str) -> Result<OnWhoseWord, &'static str> {
    Ok(match word {
        "reporter" => OnWhoseWord::Reporter,
        "source" => OnWhoseWord::Source,
        name => OnWhoseWord::Named(name.to_owned()),
    })
}

fn point(words: &str) -> Result<(f64, f64), &'static str> {
    let parts = words.split_once(',');
    let parse = |s: &str| s.trim().parse().ok();
    parts
        .and_then(|(lat, lon)| parse(lat).zip(parse(lon)))
        .ok_or("write degrees north and east, as 59.44,24.75")
}

/// Both ends of a range; one number is both.
fn ends(words: &str) -> (Option<&str>, Option<&str>) {
    let given = |end: &'_ str| !end.is_empty();
    match words.split_once("..") {
        Some((a, b)) => (Some(a).filter(|e| given(e)), Some(b).filter(|e| given(e))),
        None => (Some(words), Some(words)),
    }
}

fn days(words: &str) -> Result<Days, &'static str> {
    let (from, to) = ends(words);
    Ok(Days {
        from: from.map(day).transpose()?,
        to: to.map(day).transpose()?,
    })
}

fn amount(words: &str) -> Result<(Option<String>, Option<String>), &'static str> {
    let (least, most) = ends(words);
    let plain = |end: Option<&str>| end.is_none_or(|e| e.parse::<f64>().is_ok());
    if (least.is_none() && most.is_none()) || !plain(least) || !plain(most) {
        return Err("write plain numbers, as 1000000..5000000 or 1000000..");
    }
    Ok((least.map(str::to_owned), most.map(str::to_owned)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_or_refused() {
        let some = |s: &str| Some(s.to_owned());
        assert_eq!(amount("5..7"), Ok((some("5"), some("7"))));
        assert_eq!(amount("5.."), Ok((some("5"), None)));
        assert_eq!(amount("..7.5"), Ok((None, some("7.5"))));
        assert_eq!(amount("40"), Ok((some("40"), some("40"))));
        assert!(amount("..").is_err() && amount("5m..").is_err() && amount("").is_err());
        assert_eq!(point("-33.9, 18.4"), Ok((-33.9, 18.4)));
        assert!(point("59.44").is_err() && point("north,east").is_err());
        let open = days("2031-03-04..").unwrap();
        assert!(open.from.is_some() && open.to.is_none());
        assert!(days("March").is_err());
    }

    #[test]
    fn a_word_stands_for_whoever_says_so() {
        assert_eq!(on_whose_word("reporter"), Ok(OnWhoseWord::Reporter));
    }
}
