//! From what the words say to a value: against the day of publication, the tense, and the times
//! told before.

use jiff::civil::Date;
use onrecord_lexicon::holidays::Holiday;
use onrecord_model::TimeKind;

use super::reading::{Reading, Which};
use super::tense::Tense;
use super::value::{Unit, Value, quarter, shift_days, shifted, weekday};
use super::{holiday, inside};

/// What earlier times of the report leave behind.
#[derive(Debug)]
pub(crate) struct Resolver<'a> {
    day: Option<Date>,
    text: &'a str,
    /// Values told so far with the number of their line.
    told: Vec<(usize, Value)>,
    /// The quarter the report is about: the last one named for itself.
    quarter: Option<Value>,
}

/// How many lines back a time is still what is spoken of.
const REACH: usize = 3;

impl<'a> Resolver<'a> {
    /// Starts with the day of publication and the text the times stand in.
    pub(crate) const fn new(day: Option<Date>, text: &'a str) -> Self {
        Self {
            day,
            text,
            told: Vec::new(),
            quarter: None,
        }
    }

    /// Keeps a value for the times after it.
    pub(crate) fn keep(&mut self, line: usize, reading: &Reading, value: Value) {
        let own = |w: &Which| matches!(w, Which::Open | Which::Shift(_));
        match reading {
            // What is only compared with does not move the story there.
            Reading::YearsBefore(..) | Reading::ClockBeside(..) | Reading::WeekdayBeside(_) => {
                return;
            }
            Reading::Quarter(which, _) if own(which) && self.is_over(&value) => {
                self.quarter = Some(value.clone());
            }
            Reading::QuarterOf(_) => self.quarter = Some(value.clone()),
            _ => {}
        }
        self.told.push((line, value));
    }

    /// Whether a quarter has ended: results are told of such a one.
    fn is_over(&self, quarter: &Value) -> bool {
        let next = quarter.start().and_then(|d| shift_days(d, 92));
        self.day
            .is_none_or(|day| next.is_some_and(|n| (n - day).get_days() <= 2))
    }

    /// TIMEX3 type and value; the value is empty when it stays open.
    pub(crate) fn resolve(
        &self,
        reading: &Reading,
        tense: Tense,
        line: usize,
    ) -> (TimeKind, Option<Value>) {
        let kind = match reading {
            Reading::Fixed(kind, _) => *kind,
            Reading::Part(..)
            | Reading::Clock(..)
            | Reading::ClockBeside(..)
            | Reading::Unit(Unit::Night, _) => TimeKind::Time,
            _ => TimeKind::Date,
        };
        (kind, self.value(reading, tense, line))
    }

    fn value(&self, reading: &Reading, tense: Tense, line: usize) -> Option<Value> {
        match reading {
            Reading::Fixed(_, text) => Some(Value::Text(text.clone())),
            Reading::Year(y) => Some(Value::Year(*y)),
            Reading::Decade(d) => Some(Value::Decade(*d)),
            Reading::Century(c) => Some(Value::Century(*c)),
            Reading::Day(Some(y), m, d) => Date::new(*y, *m, *d).ok().map(Value::Day),
            Reading::Day(None, m, d) => match self.story_year(line, *m, tense) {
                Some(year) => Date::new(year, *m, *d).ok().map(Value::Day),
                None => self.day_of_year(*m, *d, tense),
            },
            Reading::DayIn(by, m, d) => {
                let year = self.day?.year() + i16::try_from(*by).ok()?;
                Date::new(year, *m, *d).ok().map(Value::Day)
            }
            Reading::MonthTold(m) => {
                let told = self.last(line, REACH, |v| v.year().is_some());
                let year = told.and_then(Value::year).or(self.day.map(Date::year))?;
                Some(Value::Month(year, *m))
            }
            Reading::Month(which, m) => {
                let story = self
                    .story_year(line, *m, tense)
                    .filter(|_| *which == Which::Open);
                self.month(story.map_or(*which, Which::Year), *m, tense)
            }
            _ => self.beside(reading, tense, line),
        }
    }

    /// The value of what is told by another day: the report's, or one that is told beside it.
    fn beside(&self, reading: &Reading, tense: Tense, line: usize) -> Option<Value> {
        match reading {
            Reading::Weekday(which, w) => self.weekday(*which, *w, tense, line),
            Reading::WeekdayBy(w, after, on) => {
                let day = self.value(on, tense, line)?.start()?;
                weekday_by(day, *w, *after).map(Value::Day)
            }
            Reading::WeekdayBeside(w) => {
                let day = self.day_of(None, tense, line)?;
                let gap = i32::from((*w - weekday(day) + 3).rem_euclid(7)) - 3;
                shift_days(day, gap).map(Value::Day)
            }
            Reading::LastDay(whole) => {
                inside::last_day(&self.value(whole, tense, line)?).map(Value::Day)
            }
            Reading::ClockBeside(h, m) => self.clock_beside(*h, *m, tense, line),
            Reading::Unit(unit, by) => shifted(self.day?, *unit, *by),
            Reading::Distance(unit, by) => self.distance(*unit, *by),
            Reading::Weekend => weekend(self.day?, tense),
            Reading::QuarterOf(on) => {
                let d = self.day_of(Some(on), Tense::Past, line)?;
                Some(Value::Quarter(d.year(), quarter(d)))
            }
            Reading::WeekOf(on) => Some(Value::Week(self.day_of(Some(on), tense, line)?)),
            Reading::NthWeekday(n, w, month) => {
                let start = self.value(month, tense, line)?.start()?;
                inside::nth_weekday(start, *n, *w).map(Value::Day)
            }
            Reading::NthWeek(n, whole) => inside::nth_week(&self.value(whole, tense, line)?, *n),
            Reading::WeekdayOf(w, week) => {
                let monday = self.value(week, tense, line)?.start()?;
                shift_days(monday, i32::from(*w) - 1).map(Value::Day)
            }
            Reading::WeekdayThe(w, d) => {
                inside::weekday_the(self.day?, *w, *d, tense == Tense::Future).map(Value::Day)
            }
            Reading::DayOf(d, month) => {
                day_in(self.value(month, tense, line)?.start()?, *d).map(Value::Day)
            }
            Reading::From(spans, on) => {
                let day = match on {
                    Some(on) => self.value(on, tense, line)?.start()?,
                    None => self.day?,
                };
                inside::from_day(day, spans).map(Value::Day)
            }
            Reading::Reference(unit, by) => self.reference(*unit, *by, line),
            Reading::YearsBefore(n, ago) => self.years_before(*n, *ago, line),
            Reading::Quarter(which, n) => {
                self.part_of_year(*which, tense, &|y| Value::Quarter(y, *n))
            }
            Reading::Half(which, n) => self.part_of_year(*which, tense, &|y| Value::Half(y, *n)),
            Reading::Season(which, code) => {
                self.part_of_year(*which, tense, &|y| Value::Season(y, code))
            }
            Reading::Holiday(which, all) => self.holiday(*which, all, tense).map(Value::Day),
            Reading::Part(on, part) => {
                let day = self.day_of(on.as_deref(), tense, line);
                match (day, on.as_deref()) {
                    (Some(d), _) => Some(Value::Part(d, part)),
                    (None, Some(Reading::Weekday(_, w))) => {
                        Some(Value::Text(format!("XXXX-WXX-{w}{part}")))
                    }
                    _ => None,
                }
            }
            Reading::Clock(on, h, m) => Some(Value::Clock(
                self.day_of(on.as_deref(), tense, line)?,
                *h,
                *m,
            )),
            _ => None,
        }
    }

    /// The day a part of a day is of: what is said, else the day last told, else the report's.
    fn day_of(&self, on: Option<&Reading>, tense: Tense, line: usize) -> Option<Date> {
        match on {
            Some(reading) => match self.value(reading, tense, line)? {
                Value::Day(d) | Value::Part(d, _) => Some(d),
                _ => None,
            },
            None => self
                .last(line, 1, |v| {
                    matches!(v, Value::Day(_) | Value::Part(..) | Value::Clock(..))
                })
                .and_then(Value::start)
                .or(self.day),
        }
    }

    fn last(&self, line: usize, reach: usize, fits: impl Fn(&Value) -> bool) -> Option<&Value> {
        self.told
            .iter()
            .rev()
            .take_while(|(l, _)| line.saturating_sub(*l) <= reach)
            .map(|(_, v)| v)
            .find(|v| fits(v))
    }

    fn day_of_year(&self, m: i8, d: i8, tense: Tense) -> Option<Value> {
        let Some(day) = self.day else {
            return Some(Value::Text(format!("XXXX-{m:02}-{d:02}")));
        };
        nearest(day, tense, &|y| Date::new(y, m, d).ok()).map(Value::Day)
    }

    fn month(&self, which: Which, m: i8, tense: Tense) -> Option<Value> {
        if let Which::Year(y) = which {
            return Some(Value::Month(y, m));
        }
        let Some(day) = self.day else {
            return Some(Value::Text(format!("XXXX-{m:02}")));
        };
        let (year, now) = (day.year(), day.month());
        let year = match (which, tense) {
            (Which::InYear(by), _) => year + i16::try_from(by).ok()?,
            (Which::Shift(-1), _) => year - i16::from(m >= now),
            (Which::Shift(1), _) => year + i16::from(m <= now),
            (Which::Shift(_), _) => year,
            (_, Tense::Future) => year + i16::from(m < now),
            (_, Tense::Past) => year - i16::from(m > now),
            // Nearest, and rather behind than ahead.
            (_, Tense::Open) => match m - now {
                ahead if ahead > 4 => year - 1,
                behind if behind < -8 => year + 1,
                _ => year,
            },
        };
        Some(Value::Month(year, m))
    }

    /// The year a story of long ago is in: a month or day without one follows a month or day of a
    /// past year in the same sentence or the one before, and is told as over.
    fn story_year(&self, line: usize, m: i8, tense: Tense) -> Option<i16> {
        let page = self.day?.year();
        let told = self.last(line, 1, |v| v.year().is_some())?;
        let year = told
            .year()
            .filter(|y| *y + 1 < page && tense == Tense::Past)?;
        match told {
            Value::Month(_, before) => (*before <= m).then_some(year),
            Value::Day(d) => (d.month() <= m).then_some(year),
            _ => None,
        }
    }

    /// The same instant in another zone: the day on which the two clocks lie a zone apart.
    fn clock_beside(&self, h: i8, m: i8, tense: Tense, line: usize) -> Option<Value> {
        let beside = self.last(line, 0, |v| matches!(v, Value::Clock(..)));
        let Some(Value::Clock(day, hour, _)) = beside else {
            return Some(Value::Clock(self.day_of(None, tense, line)?, h, m));
        };
        let by = match hour - h {
            ..-12 => -1,
            15.. => 1,
            _ => 0,
        };
        Some(Value::Clock(shift_days(*day, by)?, h, m))
    }

    /// The day to come that was told before in a sentence, which an open weekday follows: "by noon
    /// on Friday and to halt fighting on Saturday".
    fn ahead_of(&self, line: usize, day: Date) -> Option<Date> {
        let told = self.last(line, 0, |v| {
            matches!(v, Value::Day(_) | Value::Clock(..) | Value::Part(..))
        });
        told.and_then(Value::start).filter(|d| *d > day)
    }

    fn weekday(&self, which: Which, w: i8, tense: Tense, line: usize) -> Option<Value> {
        let Some(day) = self.day else {
            return Some(Value::Text(format!("XXXX-WXX-{w}")));
        };
        if which == Which::Open
            && tense == Tense::Open
            && let Some(told) = self.ahead_of(line, day)
        {
            let gap = i32::from((w - weekday(told)).rem_euclid(7));
            return shift_days(told, gap).map(Value::Day);
        }
        let back = i32::from((weekday(day) - w).rem_euclid(7));
        let ahead = i32::from((w - weekday(day)).rem_euclid(7));
        let by = match (which, tense) {
            // "next Friday" is of the week to come, "Friday" alone of this one.
            (Which::Shift(2), _) => i32::from(w) - i32::from(weekday(day)) + 7,
            (Which::Shift(-1), _) => -if back == 0 { 7 } else { back },
            (Which::Shift(1), _) => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            (Which::Shift(_), Tense::Past) => -back,
            (Which::Shift(_), _) | (_, Tense::Future) => ahead,
            _ => -back,
        };
        shift_days(day, by).map(Value::Day)
    }

    /// Days are told to the day, weeks to the week, months to the month.
    fn distance(&self, unit: Unit, by: i32) -> Option<Value> {
        match unit {
            Unit::Decade => shifted(self.day?, Unit::Year, by.checked_mul(10)?),
            Unit::Century => shifted(self.day?, Unit::Year, by.checked_mul(100)?),
            _ => shifted(self.day?, unit, by),
        }
    }

    fn reference(&self, unit: Unit, by: i32, line: usize) -> Option<Value> {
        if unit == Unit::Quarter {
            let told = self.quarter.as_ref().and_then(Value::start);
            // Without one it is the last that is over.
            let base = told.or_else(|| shift_days(self.day?, -91));
            return shifted(base?, Unit::Quarter, by);
        }
        let fine = |v: &Value| grain(v).is_some_and(|g| g <= unit);
        let base = self.last(line, REACH, fine).and_then(Value::start);
        // "two days later" hangs on what was told; "that day" may be the report's own.
        let base = if by == 0 || by.abs() == 1 {
            base.or(self.day)
        } else {
            base
        };
        shifted(base?, unit, by)
    }

    fn years_before(&self, n: i32, ago: bool, line: usize) -> Option<Value> {
        let part = |v: &Value| {
            matches!(
                v,
                Value::Month(..) | Value::Quarter(..) | Value::Half(..) | Value::Season(..)
            )
        };
        let near = self.last(line, 0, part).filter(|_| n == 1 || !ago);
        if let Some(v) = near.or_else(|| self.quarter.as_ref().filter(|_| n == 1)) {
            return v.years_on(-n);
        }
        let told = if ago {
            None
        } else {
            self.last(line, 1, |v| v.year().is_some())
        };
        let year = told.and_then(Value::year).or(self.day.map(Date::year))?;
        Value::Year(year).years_on(-n)
    }

    /// A quarter, half or season: the last one begun, or the next for what is to come.
    fn part_of_year(&self, which: Which, tense: Tense, on: &dyn Fn(i16) -> Value) -> Option<Value> {
        if let Which::Year(y) = which {
            return Some(on(y));
        }
        let day = self.day?;
        let year = day.year();
        let start = on(year).start()?;
        let now = match on(year) {
            Value::Quarter(_, n) => n == quarter(day),
            Value::Half(_, n) => (n == 2) == (day.month() > 6),
            _ => start <= day && (day - start).get_days() < 92,
        };
        Some(on(match (which, tense) {
            (Which::InYear(by), _) => year + i16::try_from(by).ok()?,
            (Which::Shift(0), _) => year,
            (Which::Shift(by), _) if by < 0 => year - i16::from(now || start > day),
            // Results of a quarter just over are still to come.
            (_, Tense::Future) if (0..200).contains(&(day - start).get_days()) => year,
            (Which::Shift(_), _) | (_, Tense::Future) => year + i16::from(start < day && !now),
            _ => year - i16::from(start > day),
        }))
    }

    fn holiday(&self, which: Which, all: &[&'static Holiday], tense: Tense) -> Option<Date> {
        let one = self.chosen(all)?;
        let on = |y: i16| holiday::date(&one.rule, y);
        if let Which::Year(y) = which {
            return on(y);
        }
        let day = self.day?;
        match which {
            Which::Shift(-1) => on(day.year())
                .filter(|d| *d < day)
                .or_else(|| on(day.year() - 1)),
            Which::Shift(1) => on(day.year())
                .filter(|d| *d > day)
                .or_else(|| on(day.year() + 1)),
            Which::Shift(_) => on(day.year()),
            _ => nearest(day, tense, &on),
        }
    }

    /// The one holiday meant: of many national days, that of the country the report names most.
    pub(crate) fn chosen(&self, all: &[&'static Holiday]) -> Option<&'static Holiday> {
        if let [one] = all {
            return Some(one);
        }
        let text = self.text.to_lowercase();
        let count = |h: &Holiday| {
            h.country_words
                .iter()
                .map(|w| text.matches(w.as_str()).count())
                .max()
        };
        let mut scored: Vec<(usize, &'static Holiday)> =
            all.iter().map(|h| (count(h).unwrap_or(0), *h)).collect();
        scored.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
        match scored[..] {
            [(a, one), (b, _), ..] if a > b => Some(one),
            _ => None,
        }
    }
}

fn grain(v: &Value) -> Option<Unit> {
    Some(match v {
        Value::Day(_) | Value::Part(..) | Value::Clock(..) => Unit::Day,
        Value::Week(_) | Value::Weekend(_) => Unit::Week,
        Value::Month(..) => Unit::Month,
        Value::Quarter(..) | Value::Half(..) | Value::Season(..) => Unit::Quarter,
        Value::Year(_) => Unit::Year,
        Value::Decade(_) => Unit::Decade,
        Value::Century(_) => Unit::Century,
        Value::Text(_) => return None,
    })
}

/// The occurrence nearest to the day, on the side the tense points to when it is far off.
fn nearest(day: Date, tense: Tense, on: &dyn Fn(i16) -> Option<Date>) -> Option<Date> {
    let away = |d: &Date| (*d - day).get_days();
    let all: Vec<Date> = (day.year() - 1..=day.year() + 1).filter_map(on).collect();
    let best = all.iter().copied().min_by_key(|d| away(d).abs())?;
    let beyond = match tense {
        Tense::Past => away(&best) > 60,
        Tense::Future => away(&best) < -60,
        Tense::Open => false,
    };
    if !beyond {
        return Some(best);
    }
    let side = |d: &&Date| {
        if tense == Tense::Past {
            away(d) <= 0
        } else {
            away(d) >= 0
        }
    };
    all.iter()
        .filter(side)
        .copied()
        .min_by_key(|d| away(d).abs())
        .or(Some(best))
}

/// The next such weekday after a day, or the last before it.
fn weekday_by(day: Date, w: i8, after: bool) -> Option<Date> {
    let gap = if after {
        w - weekday(day)
    } else {
        weekday(day) - w
    };
    let gap = i32::from((gap - 1).rem_euclid(7) + 1);
    shift_days(day, if after { gap } else { -gap })
}

/// A day of the month that a day is in.
fn day_in(start: Date, d: i8) -> Option<Date> {
    Date::new(start.year(), start.month(), d).ok()
}

/// The weekend a day speaks of: the one before, unless what is told is to come or it is one.
fn weekend(day: Date, tense: Tense) -> Option<Value> {
    let back = tense != Tense::Future && weekday(day) < 6;
    shifted(day, Unit::Weekend, -i32::from(back))
}
