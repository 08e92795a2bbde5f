//! The dateline: "PORT ELLERY, June 2 (Reuters) - " before the first words of a report.
//!
//! ```text
//! KYIV (Reuters) -Canadian ...          city, agency, a dash that may lack its space
//! CAMBRIDGE, Mass., Dec. 11 (UPI) — ... region, date
//! BEIJING/SEOUL (AFP) -- ...            two cities
//! (CNN) -- ...                          agency alone
//! OTTAWA – ...                          city alone, in capitals
//! OTTAWA The minister ...               the same without a dash, of a city that is known
//! New Delhi: The minister ...           a known city before a colon
//! ```
//!
//! Left out: where the place lies (`onrecord-extract`).

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use onrecord_lexicon::{Gazetteer, Hit, PlaceKind, agencies, fold_name, furniture};
use regex::Captures;

use crate::dates::{self, DAY, MONTH};
use crate::names::title_case;
use crate::pattern::Pattern;
use crate::sentence;

/// A dateline found in a piece of text; places are bytes of that piece.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Found {
    /// In title case; empty when only an agency stands there.
    pub place: String,
    /// Its short name where it is known, else as written.
    pub agency: Option<String>,
    /// As written.
    pub date: Option<String>,
    /// The day, when the date has its year.
    pub day: Option<Date>,
    /// The whole of it, dash and all.
    pub range: Range<usize>,
}

struct Sources {
    signed: String,
    bare: String,
    colon: String,
    loose: String,
    agency: String,
    inside: String,
}

/// With an agency in brackets or slashes.
static SIGNED: Pattern = Pattern::new(|| SOURCES.signed.clone());
/// A place in capitals, or any place with a date, before a dash.
static BARE: Pattern = Pattern::new(|| SOURCES.bare.clone());
/// A place in capitals before a colon.
static COLON: Pattern = Pattern::new(|| SOURCES.colon.clone());
/// A place in capitals before a sentence, with nothing between; or any place before a colon.
static LOOSE: Pattern = Pattern::new(|| SOURCES.loose.clone());
/// An agency alone.
static AGENCY: Pattern = Pattern::new(|| SOURCES.agency.clone());
/// With an agency, anywhere in a line: behind a byline that runs on.
static INSIDE: Pattern = Pattern::new(|| SOURCES.inside.clone());

/// People of a city that stands at the head of a report without a dash.
const CITY: f64 = 100_000.0;

/// Words in small letters that tell a sentence of prose from a headline.
const PROSE: usize = 3;

/// A word of a place in capitals: `KYIV`, `ST.`, `O'FALLON`, `McLEAN`.
const CAPS: &str = r"(?:(?:Mc|Mac|O['’])?\p{Lu}[\p{Lu}\p{M}'’.-]+|\p{Lu}\.)";
/// Small words inside a place.
const SMALL: &str = r"(?:of|de|del|di|da|do|du|la|le|el|al|am|an der|sur|the|and|upon|on)";
/// A word of a place in small letters with a capital.
const WORD: &str = r"\p{Lu}[\p{L}\p{M}'’.-]*";

static SOURCES: LazyLock<Sources> = LazyLock::new(|| {
    let caps = format!(r"{CAPS}(?:(?: {SMALL})? {CAPS}){{0,4}}");
    let caps = format!(r"{caps}(?: ?/ ?{caps}){{0,2}}");
    let run = format!(r"{CAPS}(?:(?: (?:DE|de|DEL|del))? {CAPS}){{0,3}}");
    let any = format!(r"{WORD}(?:(?: {SMALL})? {WORD}){{0,4}}");
    let any = format!(r"{any}(?: ?/ ?{any}){{0,2}}");
    let region = format!(r"(?:, ?{WORD}(?: {WORD}){{0,3}}){{0,2}}?");
    let date = format!(
        r"(?:(?:{DAY},? )?(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)? {MONTH})(?:,? \d{{4}})?)"
    );
    let agency =
        r"(?:\((?P<agency>[\p{L}][\p{L}\p{N} .&'’/+-]{1,40})\)|/(?P<slashed>[\p{L}-]{2,20})/\.?)";
    let dash = r"(?:-{1,3}|[–—―_]+|:)";
    // Behind a byline, a region in capitals would be the next place: "Example Press LIMA".
    let state = r"(?:, ?\p{Lu}[\p{Ll}.]+(?: \p{Lu}[\p{Ll}.]+)?)?";
    let signed = format!(
        r"(?P<place>{any}{region})(?:[,.] ?(?P<date>{date}))?[,.]?\s*{agency}(?:\s*(?P<dash>{dash})|(?P<none>))"
    );
    Sources {
        signed: format!("^{signed}"),
        bare: format!(
            r"^(?:(?P<place>{caps}{region})(?:,? (?P<date>{date}))?|(?P<place2>{any}{region}), (?P<date2>{date}))(?:\s+(?:-{{1,3}}|[–—―_]+)\s*|\s*(?:--|[–—―])\s*)"
        ),
        colon: format!(r"^(?P<place>{caps}{region})(?:,? (?P<date>{date}))?:\s+"),
        loose: format!(
            r"^(?:(?P<place>{caps}(?:, {caps})?)(?:,? (?P<date>{date}))?,? |(?P<place2>{any}): )"
        ),
        agency: format!(
            r"^\((?P<agency>{})\)(?:\s*(?P<dash>{dash})|\s+|$)",
            *crate::furniture::AGENCY
        ),
        inside: format!(
            r"(?:^|\s)(?P<place>{run}{state})(?:, ?(?P<date>{date}))?\s*{agency}\s*(?P<dash>{dash})"
        ),
    }
});

/// A line that is nothing but a dateline, by its carrier's markup: "PORT ELLERY, March 9".
pub(crate) fn marked(line: &str) -> Option<Found> {
    let whole = line.trim_end();
    let probe = format!("{whole} - ");
    if let Some(mut found) = opening(&probe).or_else(|| opening(&format!("{probe}Xx"))) {
        found.range.end = found.range.end.min(whole.len());
        return Some(found);
    }
    let place = whole.split(['(', '-', '–', '—']).next()?.trim();
    (!place.is_empty() && place.len() <= 60).then(|| Found {
        place: title_case(place),
        agency: None,
        date: None,
        day: None,
        range: 0..whole.len(),
    })
}

/// The dateline a paragraph opens with.
pub(crate) fn opening(line: &str) -> Option<Found> {
    let head = head(line);
    if head.starts_with('(')
        && let Some(caps) = AGENCY.on(head)?.captures(head)
    {
        return read(&caps, line)
            .filter(|f| f.range.end < line.len() || caps.name("dash").is_some());
    }
    if !head.starts_with(char::is_uppercase) {
        return None;
    }
    if head.contains(['(', '/'])
        && let Some(caps) = SIGNED.on(head)?.captures(head)
        && let Some(found) = signed(&caps, line)
    {
        return Some(found);
    }
    let bare = || {
        let worth = has_dash(head) && (may_open_capitals(head) || has_dated_place(head));
        worth.then(|| BARE.on(head))??.captures(head)
    };
    let colon = || {
        let worth = head.contains(':') && may_open_capitals(head);
        worth.then(|| COLON.on(head))??.captures(head)
    };
    let Some(caps) = bare().or_else(colon) else {
        return loose(head, line);
    };
    let found = read(&caps, line)?;
    // A colon, or a dash without its space, follows a speaker's name as well.
    let spaced = line
        .get(..found.range.end)?
        .contains(|c: char| c.is_whitespace() && c != ' ')
        || line
            .get(..found.range.end)?
            .trim_end_matches(['-', '–', '—', '―', '_'])
            .ends_with(' ');
    let alone = !spaced && found.date.is_none() && !found.place.contains(',');
    if alone && !is_known_place(&found.place) {
        return None;
    }
    let rest = line.get(found.range.end..)?.trim_start();
    let goes_on =
        rest.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "“\"'‘$€£".contains(c));
    (goes_on && rest.chars().any(char::is_lowercase) && is_place(&found.place)).then_some(found)
}

/// A dateline that no dash closes: "GENEVA The envoy said.", "Geneva: The envoy said." Only known
/// places make one, and only a whole sentence of prose behind them, which opens large: headlines and
/// labels are set like that too.
fn loose(head: &str, line: &str) -> Option<Found> {
    let worth = may_open_capitals(head) || head.contains(": ");
    let caps = worth.then(|| LOOSE.on(head))??.captures(head)?;
    let found = read(&caps, line)?;
    let rest = line.get(found.range.end..)?.trim_start();
    let first = rest.split_whitespace().next()?;
    let small = |w: &str| w.starts_with(char::is_lowercase);
    let large = first.starts_with(char::is_uppercase)
        && (first.chars().any(char::is_lowercase) || first == "A" || first.contains('.'));
    let prose = rest.split_whitespace().filter(|w| small(w)).count() >= PROSE;
    let city = |p: &str| is_city(p.split(',').next().unwrap_or(p).trim());
    let places = found.place.split('/').all(city);
    (large && prose && places && sentence::is_closed(line) && is_place(&found.place))
        .then_some(found)
}

/// A dateline with an agency behind other words at the head of a line.
pub(crate) fn inside(line: &str) -> Option<Found> {
    let head = head(line);
    if !head.contains(['(', '/']) || !head.contains(['-', '–', '—', '―', '_', ':']) {
        return None;
    }
    let caps = INSIDE.on(head)?.captures(head)?;
    let found = read(&caps, line)?;
    let start = caps.name("place")?.start();
    Some(Found {
        range: start..found.range.end,
        ..found
    })
}

/// Whether a dash stands in a line that may close a dateline: after a space, doubled or long.
fn has_dash(head: &str) -> bool {
    let mut before = ' ';
    head.chars().any(|c| {
        let dash = matches!(c, '–' | '—' | '―' | '_')
            || c == '-' && (before == '-' || before.is_whitespace());
        before = c;
        dash
    })
}

/// Whether a line may open with a word of a place in capitals.
fn may_open_capitals(head: &str) -> bool {
    let second = head.chars().nth(1);
    !second.is_some_and(|c| c.is_ascii_lowercase() || c == ' ')
        || head.starts_with("Mc")
        || head.starts_with("Mac")
}

/// Whether a line may hold a place and a date behind a comma.
fn has_dated_place(head: &str) -> bool {
    head.contains(", ") && head.contains(char::is_numeric)
}

/// Datelines stand at the head: no more than this is looked at.
fn head(line: &str) -> &str {
    let end = line.char_indices().nth(400).map_or(line.len(), |(i, _)| i);
    line.get(..end).unwrap_or(line)
}

/// With a bracketed name before a dash any name will do; without a dash it must be known.
fn signed(caps: &Captures, line: &str) -> Option<Found> {
    let found = read(caps, line)?;
    let named = caps
        .name("agency")
        .or_else(|| caps.name("slashed"))?
        .as_str();
    let known = agencies::short(named).is_some();
    let place = caps.name("place")?.as_str();
    if ["By ", "BY ", "From ", "FROM "]
        .iter()
        .any(|w| place.starts_with(w))
    {
        return None;
    }
    let large = !place
        .split([',', ' '])
        .next()?
        .chars()
        .any(char::is_lowercase);
    let dashed = caps.name("dash").is_some();
    // "Finance Minister Joe Tran (Labour) - a former banker": an unknown name in brackets
    // makes a dateline only behind capitals.
    // European agencies sign in small letters: "Port Ellery (ena) - The council".
    let small = (2..=5).contains(&named.len())
        && named.chars().all(|c| c.is_ascii_lowercase())
        && place.split(' ').count() < 4;
    let good = if dashed {
        known || large || small
    } else {
        known && large || known && place.split(' ').count() < 4 && is_glued(caps, line)
    };
    (good && (dashed || found.range.end < line.len())).then_some(found)
}

/// "Washington (CNN)The president ...": no dash, and the text goes on at once or with a capital.
fn is_glued(caps: &Captures, line: &str) -> bool {
    let end = caps.get(0).map_or(0, |m| m.end());
    let rest = line.get(end..).unwrap_or_default();
    rest.trim_start_matches(' ').starts_with(char::is_uppercase)
}

fn read(caps: &Captures, line: &str) -> Option<Found> {
    let text = |names: [&str; 2]| names.iter().find_map(|n| caps.name(n)).map(|m| m.as_str());
    let whole = caps.get(0)?.range();
    let agency = text(["agency", "slashed"]).map(str::trim);
    let place = text(["place", "place2"]).unwrap_or_default();
    let date = text(["date", "date2"]).map(str::to_owned);
    let end = whole.start + line.get(whole.clone())?.trim_end().len();
    Some(Found {
        place: title_case(place.trim_end_matches([',', ' '])),
        agency: agency.map(|a| agencies::short(a).unwrap_or(a).to_owned()),
        day: date.as_deref().and_then(dates::full_date).map(|(d, _)| d),
        date,
        range: whole.start..end,
    })
}

/// Words in capitals that open a line and are no place.
fn is_place(words: &str) -> bool {
    let small = words.to_lowercase();
    let letters = small.chars().filter(|c| c.is_alphabetic()).count();
    letters > 2 && !furniture::words().not_places.contains(&small)
}

/// Whether a name with more than an acronym's letters is a city that needs no dash to be known.
fn is_city(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let hits = Gazetteer::shipped().look_up(name);
    let city = |h: &Hit| h.place.kind == PlaceKind::City && h.place.population >= CITY;
    let known = furniture::words()
        .dateline_places
        .contains(&name.to_lowercase());
    letters > 3 && (known || hits.iter().any(city))
}

/// Whether the gazetteer knows the first city of a dateline.
fn is_known_place(words: &str) -> bool {
    let city = words.split([',', '/']).next().unwrap_or_default().trim();
    Gazetteer::shipped().has(&fold_name(city))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, span: &str, place: &str, agency: Option<&str>, date: Option<&str>) {
        let f = opening(line).unwrap_or_else(|| panic!("no dateline in {line}"));
        assert_eq!(&line[f.range.clone()], span);
        assert_eq!(
            (f.place.as_str(), f.agency.as_deref(), f.date.as_deref()),
            (place, agency, date)
        );
    }

    #[test]
    fn datelines_of_agencies() {
        check(
            "PORT ELLERY (Reuters) -Council members",
            "PORT ELLERY (Reuters) -",
            "Port Ellery",
            Some("Reuters"),
            None,
        );
        check(
            "SALEM, Ore., Dec. 3 (UPI) — A storm",
            "SALEM, Ore., Dec. 3 (UPI) —",
            "Salem, Ore.",
            Some("UPI"),
            Some("Dec. 3"),
        );
        check(
            "LIMA, March 9 (Xinhua) -- The board",
            "LIMA, March 9 (Xinhua) --",
            "Lima",
            Some("Xinhua"),
            Some("March 9"),
        );
        check(
            "OSLO/BERGEN, June 2 (Reuters) - The board",
            "OSLO/BERGEN, June 2 (Reuters) -",
            "Oslo/Bergen",
            Some("Reuters"),
            Some("June 2"),
        );
        check(
            "Geneva (dpa) - The board met",
            "Geneva (dpa) -",
            "Geneva",
            Some("dpa"),
            None,
        );
        check("(CNN) -- The board met", "(CNN) --", "", Some("CNN"), None);
        check(
            "(Reuters) - The board met",
            "(Reuters) -",
            "",
            Some("Reuters"),
            None,
        );
        check(
            "Lima (CNN)The board met",
            "Lima (CNN)",
            "Lima",
            Some("CNN"),
            None,
        );
        check(
            "MOSCOW, October 3. /TASS/. The board",
            "MOSCOW, October 3. /TASS/.",
            "Moscow",
            Some("TASS"),
            Some("October 3"),
        );
        check(
            "PORT ELLERY (ENA) _ The board",
            "PORT ELLERY (ENA) _",
            "Port Ellery",
            Some("ENA"),
            None,
        );
        check(
            "RIO DE JANEIRO (AP) — The board",
            "RIO DE JANEIRO (AP) —",
            "Rio de Janeiro",
            Some("AP"),
            None,
        );
        check(
            "WASHINGTON, D.C. (The Associated Press) - The board",
            "WASHINGTON, D.C. (The Associated Press) -",
            "Washington, D.C.",
            Some("AP"),
            None,
        );
    }

    #[test]
    fn datelines_without_an_agency() {
        check(
            "LIMA – The chair of the board",
            "LIMA –",
            "Lima",
            None,
            None,
        );
        check(
            "UNITED NATIONS -- The envoy asked",
            "UNITED NATIONS --",
            "United Nations",
            None,
            None,
        );
        check(
            "CAMP HILL, Pa. - Lt. Joe Tran jokes",
            "CAMP HILL, Pa. -",
            "Camp Hill, Pa.",
            None,
            None,
        );
        check("LIMA —  A truce", "LIMA —", "Lima", None, None);
        check(
            "QUITO, March 11 - The mayor met",
            "QUITO, March 11 -",
            "Quito",
            None,
            Some("March 11"),
        );
        check(
            "NEW DELHI: The minister said",
            "NEW DELHI:",
            "New Delhi",
            None,
            None,
        );
    }

    #[test]
    fn datelines_that_nothing_closes() {
        check(
            "OSLO Norway's ferry board met on Monday, the mayor said.",
            "OSLO",
            "Oslo",
            None,
            None,
        );
        check(
            "OSLO/LIMA A court jailed two captains for six years.",
            "OSLO/LIMA",
            "Oslo/Lima",
            None,
            None,
        );
        check(
            "MEXICO CITY, June 2 The mayor met the board of the port.",
            "MEXICO CITY, June 2",
            "Mexico City",
            None,
            Some("June 2"),
        );
        check(
            "New Delhi: The board said that it would wait.",
            "New Delhi:",
            "New Delhi",
            None,
            None,
        );
    }

    #[test]
    fn prose_has_none() {
        for line in [
            "OSLO Mayor Quits Over Ferry",
            "OSLO mayor quits over the ferry that sank.",
            "NATO Secretary General Ann Roe said that she would wait.",
            "Lima: how the capital of Peru grew",
            "Mayor Berg: The board said that it would wait.",
            "The mayor - a former banker - said",
            "Mayor Joe Tran (Labour) - a former banker - said he would go.",
            "NATO - the alliance - said",
            "A-B tests - small ones - are run.",
            "(See below) - the mayor said",
            "COUNCIL VOTES - MAYOR QUITS",
            "WATCH: The mayor resigns",
            "Port Ellery (population 4,000) - a quiet town",
        ] {
            assert_eq!(opening(line), None, "{line}");
        }
    }

    #[test]
    fn a_dateline_may_follow_a_byline() {
        let line = "By LENA MARSH and JOE TRAN, Example Press LIMA (AP) — The board met";
        let f = inside(line).unwrap();
        assert_eq!(
            (&line[f.range.clone()], f.place.as_str()),
            ("LIMA (AP) —", "Lima")
        );
    }
}
