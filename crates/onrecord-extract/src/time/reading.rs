//! What the grammar found, before it is resolved against a day.

use onrecord_lexicon::holidays::Holiday;
use onrecord_model::TimeKind;

use super::value::Unit;

/// Which of several: `last`, `this`, `next`, or not said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Which {
    /// Not said: tense and context decide.
    Open,
    /// So many on from the present one.
    Shift(i32),
    /// In the year so many on from the present one: `March last year`.
    InYear(i32),
    /// A stated year.
    Year(i16),
}

/// Words that name a time, still to be resolved.
#[derive(Clone, Debug)]
pub(crate) enum Reading {
    /// A day of a month, with the year when it is said.
    Day(Option<i16>, i8, i8),
    /// A day of a month in the year so many on from the present one: `May 20 last year`.
    DayIn(i32, i8, i8),
    /// A month of the year that was told last: `that March`.
    MonthTold(i8),
    /// A month.
    Month(Which, i8),
    /// A year.
    Year(i16),
    /// A decade by its first three digits.
    Decade(i16),
    /// A century by its first two digits.
    Century(i16),
    /// A weekday, Monday 1.
    Weekday(Which, i8),
    /// A unit so many on from the present one: `last week`.
    Unit(Unit, i32),
    /// A unit so many on from the time last spoken of: `the following year`, `a month earlier`.
    Reference(Unit, i32),
    /// So many units back or on from the day itself: `two weeks ago`.
    Distance(Unit, i32),
    /// A year before what was spoken of, in its grain: `a year earlier`, `year-ago`.
    YearsBefore(i32, bool),
    /// The weekend just over, or the one to come.
    Weekend,
    /// The week of a day.
    WeekOf(Box<Reading>),
    /// The last day of a month or year.
    LastDay(Box<Reading>),
    /// The first of a weekday after a day, or the last before it: `the Monday after May 1`.
    WeekdayBy(i8, bool, Box<Reading>),
    /// A weekday in brackets behind another, which it is told beside: `Tuesday (Wednesday in Sydney)`.
    WeekdayBeside(i8),
    /// A time of the clock in a zone, in brackets behind the same instant in another.
    ClockBeside(i8, i8),
    /// A weekday of a month by its number, -1 the last: `the first Friday of July`.
    NthWeekday(i8, i8, Box<Reading>),
    /// A week of a month or year by its number, -1 the last.
    NthWeek(i8, Box<Reading>),
    /// A weekday of a week.
    WeekdayOf(i8, Box<Reading>),
    /// A weekday that is a given day of its month: `Friday the 15th`.
    WeekdayThe(i8, i8),
    /// A day of a month that is told from the present one.
    DayOf(i8, Box<Reading>),
    /// So many units from a day, or from the report's own: `two days after tomorrow`.
    From(Vec<(Unit, i32)>, Option<Box<Reading>>),
    /// The quarter a day ends.
    QuarterOf(Box<Reading>),
    /// A quarter.
    Quarter(Which, i8),
    /// A half.
    Half(Which, i8),
    /// A season.
    Season(Which, &'static str),
    /// A holiday, or the candidates a bare name leaves.
    Holiday(Which, Vec<&'static Holiday>),
    /// A part of a day.
    Part(Option<Box<Reading>>, &'static str),
    /// A time of the clock; a minute below zero is not stated.
    Clock(Option<Box<Reading>>, i8, i8),
    /// A value that needs no day: durations, sets, vague times.
    Fixed(TimeKind, String),
}

/// A time found in a line.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// One past its last word.
    pub end: usize,
    /// What it says.
    pub reading: Reading,
    /// TIMEX3 modifier.
    pub modifier: Option<&'static str>,
    /// The rule that found it.
    pub rule: &'static str,
}

impl Found {
    /// A time without a modifier.
    pub(crate) const fn new(end: usize, reading: Reading, rule: &'static str) -> Self {
        Self {
            end,
            reading,
            modifier: None,
            rule,
        }
    }

    /// A value that needs no day.
    pub(crate) fn fixed(
        end: usize,
        kind: TimeKind,
        value: impl Into<String>,
        rule: &'static str,
    ) -> Self {
        Self::new(end, Reading::Fixed(kind, value.into()), rule)
    }

    /// The same with a modifier.
    pub(crate) const fn with(mut self, modifier: Option<&'static str>) -> Self {
        self.modifier = modifier;
        self
    }
}
