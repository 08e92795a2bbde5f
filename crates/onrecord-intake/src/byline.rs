//! Bylines: "By Lena Marsh and Joe Tran, Political Editor", "By Reuters Staff", "JOE TRAN".
//!
//! Left out: credits at the end (`credits`).

use std::ops::Range;

use onrecord_lexicon::People;
use onrecord_lexicon::{agencies, furniture};

use crate::dates::{DAY, MONTH};
use crate::furniture::unmarked;
use crate::names::{is_person, title_case};
use crate::pattern::Pattern;

/// A byline found in a line; places are bytes of that line.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Found {
    /// Each name with its place.
    pub names: Vec<(String, Range<usize>)>,
    /// The agency or its short name, when the byline names one.
    pub agency: Option<String>,
}

static OPENER: Pattern = Pattern::new(|| {
    r"^\W{0,3}(?:(?:[Ss]tory |[Ww]ords |[Tt]ext |[Rr]eport |[Aa]rticle |[Pp]osted |[Pp]ublished |[Ww]ritten |[Rr]eported |[Aa]nalysis |[Oo]pinion |[Cc]omment(?:ary)? |[Rr]eview |[Ee]ssay |[Ee]xclusive |[Ii]nterview |[Cc]olumn |[Ee]xplainer )?(?:[Bb]y|BY)|FROM|[Aa]uthors?:|[Bb]yline:)\s*:?\s+".to_owned()
});

/// A day or a clock behind names.
static MOMENT: Pattern = Pattern::new(moment);

/// Where the names of a byline end: a day, a clock, an address, a bar.
static CLOSER: Pattern = Pattern::new(|| {
    format!(
        r"{}|\s*(?:\||•|·|\s[-–—]\s|\t|\d|\S+@\S+|@\w|\(|\bPublished\b|\bUpdated\b|\bPosted\b)",
        moment()
    )
});

fn moment() -> String {
    format!(
        r"(?:,?\s+(?:on|at))?,?\s+(?:{DAY},?\s+)?(?:{MONTH}\s+\d|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}\b|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[:.]\d{{2}}\b|\d{{1,2}}/\d{{1,2}}/\d{{2,4}})|(?:,?\s+on)?,?\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    )
}

/// A day, and maybe a clock, before a byline: "Monday March 3, 2031 10:05 am by Lena Marsh".
static DATED: Pattern = Pattern::new(|| {
    format!(
        r"^\W{{0,3}}(?:(?:[Pp]ublished|[Pp]osted|[Uu]pdated)(?: on)?:?\s+)?(?:{DAY},?\s+)?(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}\b(?:,?\s+\d{{4}})?|\d{{4}}-\d{{2}}-\d{{2}})(?:[\s,|·•–—-]+(?:at )?\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?\s*(?:[AaPp]\.?[Mm]\.?)?(?:\s*(?:GMT|UTC|CET|CEST|[ECMP][SD]?T)\b)?)?[\s,|·•–—-]*"
    )
});

/// Bytes of a day before a byline.
fn dated(line: &str) -> usize {
    let found = DATED.on(line).and_then(|r| r.find(line));
    found.map_or(0, |m| m.end())
}

/// A line of names without the days and clocks around them, empty when it is nothing else:
/// "Lena Marsh, March 4, 2031, 10:05".
pub(crate) fn undated(line: &str) -> &str {
    let line = line.get(dated(line)..).unwrap_or_default();
    let end = MOMENT.on(line).and_then(|r| r.find(line));
    let end = end.map(|m| m.start());
    line[..end.unwrap_or(line.len())].trim_end_matches([',', ' ', '|', '·', '•', '-', '–', '—'])
}

/// Names as carriers say who signed, without the words before them: "By Lena Marsh" and
/// "Analysis by Lena Marsh" are Lena Marsh; days and clocks are nobody.
pub(crate) fn authors(said: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in said {
        let line = undated(line.trim());
        let names = match OPENER.on(line).and_then(|r| r.find(line)) {
            None => vec![line.to_owned()],
            Some(opener) => match of_line(line).filter(|f| !f.names.is_empty()) {
                Some(found) => found.names.into_iter().map(|(name, _)| name).collect(),
                None => vec![line[opener.end()..].to_owned()],
            },
        };
        for name in names {
            if !name.is_empty() && !out.contains(&name) {
                out.push(name);
            }
        }
    }
    out
}

static DIVIDER: Pattern = Pattern::new(|| r"\s*(?:,? and |,? AND | & |[,;/])\s*".to_owned());

/// Reads a line as a byline that says so ("By ...").
pub(crate) fn of_line(line: &str) -> Option<Found> {
    let core = unmarked(line);
    if core.len() > 300 {
        return None;
    }
    let at = line.find(core)?;
    if line.trim_end().ends_with('=') && core.split_whitespace().count() <= 8 {
        // Old wires end a byline with `=`: "By LENA MARSH=", "Example News Agency=".
        let core = core.trim_end_matches(['=', ' ']);
        // An agency in small letters behind the name: "By Lena Marsh, ena =".
        let name = core.rsplit_once(',').map_or(core, |(name, _)| name);
        let found = behind_by(core).or_else(|| behind_by(name));
        return Some(shift(found.unwrap_or_default(), at));
    }
    let lead = dated(core);
    let found = behind_by(core.get(lead..)?)?;
    Some(shift(found, at + lead))
}

/// A line that its carrier's markup calls a byline: whoever it names signed the report.
pub(crate) fn marked(line: &str) -> Option<Found> {
    if undated(line).is_empty() {
        return None;
    }
    let opened = OPENER.on(line).and_then(|r| r.find(line));
    let start = opened.map_or(0, |m| m.end());
    let bare = || under_headline(line.get(start..)?).map(|f| shift(f, start));
    let read = of_line(line).or_else(|| with_job(line)).or_else(bare);
    read.or_else(|| {
        let name = line.get(start..)?.split(',').next()?.trim_end();
        let names = vec![(name.to_owned(), start..start + name.len())];
        (!name.is_empty() && name.len() <= 60).then_some(Found {
            names,
            agency: None,
        })
    })
}

/// "Written by Lena Marsh" alone on a line signs the report; in brackets, or with more behind
/// it, it is a credit.
pub(crate) fn written(line: &str) -> Option<Found> {
    let opens = ["Written by ", "Reported by ", "written by ", "Posted by "];
    let core = unmarked(line);
    let alone = opens.iter().any(|o| core.starts_with(o)) && !core.contains([';', '.', '(']);
    if alone { of_line(line) } else { None }
}

/// "Lena Marsh, Associated Press", "JOE TRAN Staff Writer": a name with its job and no "By".
pub(crate) fn with_job(line: &str) -> Option<Found> {
    let core = unmarked(line);
    let words = core.split_whitespace().count();
    if !(3..=9).contains(&words)
        || core.ends_with(['.', '?', '!', ':'])
        || core.contains(['"', '“', '‘'])
    {
        return None;
    }
    let at = line.find(core)?;
    let last = last_word(core).to_lowercase();
    let tail = core.rsplit([',', '|']).next().unwrap_or_default().trim();
    let signed = agencies::short(tail).is_some()
        || furniture::words().reporters.contains(&last)
        || last == "reports" && core.to_lowercase().contains("staff");
    let found = names(core)?;
    (signed && (!found.names.is_empty() || last == "reports")).then(|| shift(found, at))
}

fn shift(mut found: Found, by: usize) -> Found {
    for (_, range) in &mut found.names {
        *range = range.start + by..range.end + by;
    }
    found
}

fn behind_by(core: &str) -> Option<Found> {
    let opener = OPENER.on(core)?.find(core)?;
    let rest = core.get(opener.end()..)?;
    let found = names(rest)?;
    Some(shift(found, opener.end()))
}

/// Reads a line under the headline as a byline without "By": one name, or names and a job.
pub(crate) fn under_headline(line: &str) -> Option<Found> {
    let core = unmarked(line);
    if core.len() > 120 || core.ends_with(['.', '!', '?', ':', '”', '"']) {
        return None;
    }
    let at = line.find(core)?;
    if let Some(short) = agencies::short(core) {
        return Some(Found {
            names: Vec::new(),
            agency: Some(short.to_owned()),
        });
    }
    let found = names(core)?;
    let first = DIVIDER.on(core)?.split(core).next().unwrap_or_default();
    // "Prime Minister" and "Key Points" are two large words too: a bare name has a
    // name's length and nothing of an office in it.
    let office = |w: &str| furniture::words().jobs.contains(&w.to_lowercase());
    let plain = first.split_whitespace().count() <= 3 && !first.split_whitespace().any(office);
    (plain && !found.names.is_empty()).then(|| shift(found, at))
}

/// The names at the head of a text, with jobs, outlets and places passed over. `None` when
/// what stands there is no byline.
pub(crate) fn names(rest: &str) -> Option<Found> {
    let cut = CLOSER
        .on(rest)?
        .find(rest)
        .map_or(rest.len(), |m| m.start());
    let list = rest.get(..cut)?.trim_end_matches(['.', ',', ' ', ':']);
    if list.is_empty() || list.split_whitespace().count() > 26 {
        return None;
    }
    let mut found = Found::default();
    let mut known = false;
    let mut closed = false;
    for (i, (piece, at, joined)) in pieces(list).into_iter().enumerate() {
        // A place or an employer closes a name: "Joe Tran in Lima", "Joe Tran for the Gazette".
        let end = [
            " in ", " for ", " at ", " of ", " Of ", " OF ", " IN ", " with ", " from ",
        ]
        .iter()
        .filter_map(|w| piece.find(w))
        .min()
        .unwrap_or(piece.len());
        let (name, behind) = piece.split_at(end.min(job_at(piece)));
        let name = name.trim_end();
        if let Some(short) = agencies::short(name) {
            found.agency.get_or_insert_with(|| short.to_owned());
            (known, closed) = (true, true);
        } else if i > 0 && !joined && is_title_before(name, behind) {
            closed = true;
        } else if (joined || !closed) && is_person(name) && !is_job(name) {
            found.names.push((title_case(name), at..at + name.len()));
            known = true;
            closed = closed || joined && i > 0;
        } else if is_desk(name) {
            let first = name.split(' ').next().unwrap_or_default();
            found.agency = found
                .agency
                .or_else(|| agencies::short(first).map(str::to_owned));
            (known, closed) = (true, true);
        } else if known && i > 0 && (is_job(name) || is_title(piece, last_word(piece))) {
            closed = true;
        } else {
            return None;
        }
        closed |= !behind.trim().is_empty() && !behind.trim_start().starts_with("in ");
        if behind.split_whitespace().count() > 8 {
            return None;
        }
    }
    known.then_some(found)
}

/// Where a job or an agency follows a name without a comma: "JOE TRAN STAFF WRITER".
fn job_at(piece: &str) -> usize {
    let lists = furniture::words();
    if agencies::short(piece).is_some() {
        return piece.len();
    }
    for (i, _) in piece.match_indices(' ').skip(1) {
        let rest = piece.get(i + 1..).unwrap_or_default();
        let word = rest.split(' ').next().unwrap_or_default().to_lowercase();
        let job = lists.jobs.contains(&word) && is_job(rest) || lists.reporters.contains(&word);
        let agency = agencies::short(rest).is_some()
            || agencies::short(rest.rsplit_once(' ').map_or(rest, |(head, _)| head)).is_some();
        if job || agency {
            return i;
        }
    }
    piece.len()
}

/// Whether the words before a job behind a comma belong to it: "Lena Marsh, Harbour Business
/// Writer". A person's begin with a given name.
fn is_title_before(words: &str, behind: &str) -> bool {
    let job = behind.trim_start();
    let small = job.split(' ').next().unwrap_or_default().to_lowercase();
    let first = words.split(' ').next().unwrap_or_default();
    furniture::words().reporters.contains(&small)
        && People::shipped()
            .gender_of_name(&title_case(first))
            .is_none()
}

fn last_word(piece: &str) -> &str {
    piece.split_whitespace().next_back().unwrap_or_default()
}

/// The pieces between commas and "and", each with its place and whether "and" stands before it.
fn pieces(list: &str) -> Vec<(&str, usize, bool)> {
    let mut out = Vec::new();
    let (mut at, mut joined) = (0, false);
    if let Some(divider) = DIVIDER.on(list) {
        for m in divider.find_iter(list) {
            out.push((&list[at..m.start()], at, joined));
            at = m.end();
            joined = m.as_str().to_lowercase().contains("and") || m.as_str().contains('&');
        }
    }
    out.push((list.get(at..).unwrap_or_default(), at, joined));
    out.retain(|(piece, ..)| !piece.is_empty());
    out
}

/// "Staff Reporter", "dpa correspondents", "Gazette staff", "Web Desk".
pub(crate) fn is_desk(piece: &str) -> bool {
    let words: Vec<String> = piece.split_whitespace().map(str::to_lowercase).collect();
    let lists = furniture::words();
    let last = words.last().map(String::as_str).unwrap_or_default();
    let people = lists.reporters.contains(last)
        || [
            "staff",
            "desk",
            "team",
            "newsroom",
            "agencies",
            "agency",
            "correspondents",
            "services",
            "bureau",
            "reports",
        ]
        .contains(&last);
    people && words.len() <= 5 && piece.split_whitespace().all(|w| !w.ends_with(':'))
}

fn is_job(piece: &str) -> bool {
    let small = piece.to_lowercase();
    let mut words = small.split_whitespace();
    let lists = furniture::words();
    words
        .next()
        .is_some_and(|w| lists.jobs.contains(w) || lists.reporters.contains(w))
        || words.any(|w| lists.reporters.contains(w))
}

/// Words that go with a name behind a comma: an outlet, a title; never a clause.
fn is_title(piece: &str, last: &str) -> bool {
    let words = piece.split_whitespace().count();
    let large = piece
        .split_whitespace()
        .all(|w| !w.starts_with(char::is_lowercase) || furniture::words().particles.contains(w));
    words <= 6 && (large || furniture::words().reporters.contains(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, names: &[&str], agency: Option<&str>) {
        let f = of_line(line).unwrap_or_else(|| panic!("no byline in {line}"));
        let found: Vec<&str> = f.names.iter().map(|(n, _)| n.as_str()).collect();
        assert_eq!(
            (found.as_slice(), f.agency.as_deref()),
            (names, agency),
            "{line}"
        );
        for (name, range) in &f.names {
            assert_eq!(line[range.clone()].to_lowercase(), name.to_lowercase());
        }
    }

    #[test]
    fn bylines_are_read() {
        check("By Lena Marsh", &["Lena Marsh"], None);
        check("By Lena Marsh.", &["Lena Marsh"], None);
        check(
            "By Lena Marsh and Joe Tran",
            &["Lena Marsh", "Joe Tran"],
            None,
        );
        check(
            "By Lena Marsh, Joe Tran and Ruth Adeyemi",
            &["Lena Marsh", "Joe Tran", "Ruth Adeyemi"],
            None,
        );
        check("By JOE TRAN, Political Editor", &["Joe Tran"], None);
        check("BY JOE TRAN | 01/12/31 12:35 PM", &["Joe Tran"], None);
        check("By Joe Tran in Lima", &["Joe Tran"], None);
        check("By Joe Tran, The Ellery Union-Tribune", &["Joe Tran"], None);
        check(
            "By LENA MARSH and JOE TRAN, Associated Press",
            &["Lena Marsh", "Joe Tran"],
            Some("AP"),
        );
        check("By Reuters Staff", &[], Some("Reuters"));
        check("By dpa correspondents =", &[], Some("dpa"));
        check("^By LENA MARSH=", &["Lena Marsh"], None);
        check("^Associated Press=", &[], None);
        check("By Staff Reporter", &[], None);
        check(
            "By Lena Marsh, Vella Business Writer",
            &["Lena Marsh"],
            None,
        );
        check(
            "By Lena Marsh, David Tran Staff Writer",
            &["Lena Marsh", "David Tran"],
            None,
        );
        for line in [
            "By Lena Marsh March 25, 2031",
            "By Lena Marsh on March 4, 2031 at 10:30 am",
            "By Lena Marsh, Tuesday, March 4",
            "By Lena Marsh 4 March 2031",
            "By Lena Marsh on Tuesday",
            "Monday March 3, 2031 10:05 am by Lena Marsh",
            "Published on 3 March 2031, 10:05 GMT | By Lena Marsh",
            "2031-03-04 By Lena Marsh",
            "Analysis by Lena Marsh",
            "Opinion by Lena Marsh, Harbor Post",
        ] {
            check(line, &["Lena Marsh"], None);
        }
        check("by Joe Tran of the Gazette", &["Joe Tran"], None);
    }

    #[test]
    fn whoever_carriers_name_is_named_without_by() {
        for (said, want) in [
            ("By Lena Marsh", &["Lena Marsh"][..]),
            (
                "Analysis by Lena Marsh and Joe Tran",
                &["Lena Marsh", "Joe Tran"],
            ),
            ("Lena Marsh, March 4, 2031", &["Lena Marsh"]),
            ("March 4, 2031", &[]),
            ("by the newsroom", &["the newsroom"]),
            ("Redaktion", &["Redaktion"]),
            ("Byron Marsh", &["Byron Marsh"]),
            ("April May", &["April May"]),
            ("Studio 54", &["Studio 54"]),
            ("Lena Marsh at 10:30 am", &["Lena Marsh"]),
        ] {
            assert_eq!(authors(vec![said.to_owned()]), want, "{said}");
        }
        assert!(marked("Tuesday, March 4, 2031").is_none());
        assert_eq!(marked("April May").unwrap().names[0].0, "April May");
    }

    #[test]
    fn prose_is_no_byline() {
        for line in [
            "By Tuesday the water had gone.",
            "By Sunday",
            "By signing the deal, Joe Tran won.",
            "By the time Joe Tran came, all was over.",
            "By and large, the plan worked",
        ] {
            assert_eq!(of_line(line), None, "{line}");
        }
    }

    #[test]
    fn a_bare_name_signs_under_the_headline() {
        assert!(under_headline("Lena Marsh").is_some());
        assert!(under_headline("LENA MARSH, Staff Writer").is_some());
        assert!(under_headline("Associated Press").is_some());
        assert!(under_headline("Ferry line reopens in May").is_none());
    }
}
