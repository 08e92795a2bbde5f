//! Full dates as news text writes them: "Aug. 24, 2025", "24 August 2025", "2025-08-24".
//!
//! Left out: dates without a year and everything relative, which wait for the day of publication
//! (`onrecord-extract`), and "01/12/15", which two countries read as two days.

use jiff::civil::Date;

use crate::pattern::Pattern;

/// The name of a month, full or shortened.
pub(crate) const MONTH: &str = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?\.?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)";
/// The name of a day of the week, full or shortened.
pub(crate) const DAY: &str = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day|\.)?";

static FULL: Pattern = Pattern::new(|| {
    format!(
        r"(?:(?P<m1>{MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{{4}})|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<m2>{MONTH}),?\s+(?P<y2>\d{{4}})|(?P<y3>\d{{4}})-(?P<m3>\d{{2}})-(?P<d3>\d{{2}}))"
    )
});

/// The first full date in a line, with the bytes it stands at.
pub(crate) fn full_date(line: &str) -> Option<(Date, std::ops::Range<usize>)> {
    let caps = FULL.on(line)?.captures(line)?;
    let whole = caps.get(0)?.range();
    let get = |names: [&str; 3]| names.iter().find_map(|n| caps.name(n)).map(|m| m.as_str());
    let year: i16 = get(["y1", "y2", "y3"])?.parse().ok()?;
    let day: i8 = get(["d1", "d2", "d3"])?.parse().ok()?;
    let month = get(["m1", "m2", "m3"])?;
    let month = month.parse().ok().or_else(|| month_number(month))?;
    let date = Date::new(year, month, day).ok()?;
    (1800..=2200).contains(&year).then_some((date, whole))
}

fn month_number(name: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let head: String = name.chars().take(3).collect::<String>().to_lowercase();
    let at = MONTHS.iter().position(|m| *m == head)?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_dates_are_read() {
        for (line, date) in [
            ("Published: Aug. 24, 2025 5:31 p.m.", "2025-08-24"),
            ("3rd March 2031", "2031-03-03"),
            ("Sunday, September 7, 2031", "2031-09-07"),
            ("2031-12-01T10:00Z", "2031-12-01"),
        ] {
            assert_eq!(full_date(line).unwrap().0.to_string(), date);
        }
        assert!(full_date("01/12/15").is_none());
        assert!(full_date("Feb 30, 2031").is_none());
    }
}
