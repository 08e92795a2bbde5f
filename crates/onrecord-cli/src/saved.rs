//! Searches that a ledger keeps: `onrecord find --save`, `--saved` and `--new`, and `onrecord saved`.
//!
//! A search counts as looked at when all that it found is written, not before: a look into a pipe
//! that is closed, or one that was cut off by `--limit`, shows the same again.

use jiff::Timestamp;
use onrecord_ledger::{Between, Ledger, Moment, Query, Search};
use serde::Serialize;
use serde_json::Value;

use crate::args::{Color, FindArgs, SavedArgs};
use crate::clock::now;
use crate::follow::resolved;
use crate::listing::{Form, Listing, value};
use crate::look::{Ink, Look, clean};
use crate::trouble::{Trouble, say};
use crate::{Outcome, ledger};

/// What `find` is to ask, and which search has then been looked at.
pub(crate) struct Asked {
    /// What is asked.
    pub(crate) query: Query,
    looking: Option<(String, Moment)>,
}

impl Asked {
    /// Takes what the flags ask, or what a saved search does; keeps a search.
    ///
    /// # Errors
    /// When there is no such search, or it cannot be kept.
    pub(crate) fn of(args: &FindArgs, ledger: &Ledger) -> Result<Self, Trouble> {
        let query = resolved(ledger, args.query())?;
        let flags = &args.saved;
        // Before anything is looked at: what comes meanwhile is shown twice rather than never.
        let moment = ledger.moment()?;
        if let Some(name) = &flags.save {
            let made = now();
            ledger.keep(&Search {
                name: name.clone(),
                query: alone(&query),
                author: flags.author.clone(),
                made,
                looked: None,
            })?;
            let looking = Some((name.clone(), moment));
            return Ok(Self { query, looking });
        }
        let Some(name) = &flags.saved else {
            return Ok(Self {
                query,
                looking: None,
            });
        };
        if alone(&query) != Query::default() {
            return Err(Trouble::SavedAndMore(name.clone()));
        }
        let search = existing(ledger, name)?;
        Ok(Self {
            query: Query {
                came: if flags.new {
                    new(&search, moment)
                } else {
                    Between::default()
                },
                after: query.after,
                ..search.query
            },
            looking: (flags.new && !flags.peek).then(|| (name.clone(), moment)),
        })
    }

    /// All that was asked for is written, or only a part of it.
    ///
    /// # Errors
    /// When the ledger cannot be written to.
    pub(crate) fn written(&self, ledger: &Ledger, whole: bool) -> Result<(), Trouble> {
        let Some((name, moment)) = &self.looking else {
            return Ok(());
        };
        if whole {
            ledger.looked(name, *moment)?;
        } else {
            say(&format_args!(
                "not all was shown: `--saved {} --new` shows it again",
                clean(name)
            ));
        }
        Ok(())
    }
}

/// What of a question is kept: not where a page of it begins.
fn alone(query: &Query) -> Query {
    Query {
        after: None,
        ..query.clone()
    }
}

/// What came since a search was looked at; all there is, when it never was.
fn new(search: &Search, until: Moment) -> Between {
    Between {
        after: search.looked,
        until: search.looked.map(|_| until),
    }
}

fn existing(ledger: &Ledger, name: &str) -> Result<Search, Trouble> {
    let search = ledger.search(name)?;
    search.ok_or_else(|| Trouble::NoSuchSearch(name.to_owned()))
}

/// A line of JSON.
#[derive(Serialize)]
struct Line {
    name: String,
    query: Query,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    made: Timestamp,
    new: u64,
}

/// Lists saved searches, or deletes one.
///
/// # Errors
/// When there is no ledger, or no search of the name.
pub(crate) fn run(args: &SavedArgs, color: Color) -> Result<Outcome, Trouble> {
    let ledger = ledger::existing(&args.ledger)?;
    let searches = match &args.name {
        Some(name) => vec![existing(&ledger, name)?],
        None => ledger.searches()?,
    };
    if args.delete {
        for search in &searches {
            ledger.forget(&search.name)?;
            say(&format_args!("deleted `{}`", clean(&search.name)));
        }
        return Ok(Outcome::Found);
    }
    let moment = ledger.moment()?;
    let line = |search: Search| -> Result<Line, Trouble> {
        let came = new(&search, moment);
        Ok(Line {
            new: ledger.count(&Query {
                came,
                ..search.query.clone()
            })?,
            name: search.name,
            query: search.query,
            author: search.author,
            made: search.made,
        })
    };
    let lines: Vec<Line> = searches.into_iter().map(line).collect::<Result<_, _>>()?;
    let listing = Listing::of(&args.list, color, Form::Json);
    listing.all(&args.list, &lines, &COLUMNS, cells, |all, look| {
        all.iter().map(|line| told(line, look)).collect()
    })?;
    Ok(if lines.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}

/// The columns of the CSV.
pub(crate) const COLUMNS: [&str; 5] = ["name", "said", "author", "at", "new"];

/// What a search asks, as JSON.
fn asks(line: &Line) -> String {
    serde_json::to_string(&line.query).unwrap_or_default()
}

fn cells(line: &Line) -> Vec<Value> {
    vec![
        line.name.clone().into(),
        asks(line).into(),
        value(line.author.as_ref()),
        line.made.to_string().into(),
        line.new.into(),
    ]
}

/// A search as a person reads it.
fn told(line: &Line, look: Look) -> String {
    let day = line.made.to_zoned(jiff::tz::TimeZone::UTC).date();
    let by = line.author.as_ref();
    let by = by.map_or(String::new(), |a| format!(" by {}", clean(a)));
    let name = look.ink(Ink::Strong, &clean(&line.name));
    let mut out = String::new();
    let words = format!("{name}: {} new, made {day}{by}", line.new);
    look.paragraph(&mut out, "", "  ", &words);
    let asks = look.ink(Ink::Faint, &clean(&asks(line)));
    look.paragraph(&mut out, "    ", "    ", &asks);
    out
}
