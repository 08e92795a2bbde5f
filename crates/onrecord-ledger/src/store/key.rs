//! Keys that carry their day: newest first is key order.
//!
//! A report's key is the number of the day it was published, a count within the day, and room
//! for its entries below. So entries sort by day of publication as they lie in the store, a
//! range of days is a range of keys, and the full-text index, which answers in key order, can
//! stop at the first page. A report whose day is not known has day 0 and comes last.

/// Bits for the entries of one report.
const ENTRIES: u32 = 14;
/// Bits for the reports of one day.
const REPORTS: u32 = 26;

/// As many entries as one report may have.
pub(crate) const MOST_ENTRIES: usize = 1 << ENTRIES;

/// The key of the `n`th report of a day.
pub(crate) const fn report(day: i32, n: i64) -> i64 {
    ((day as i64) << (REPORTS + ENTRIES)) | (n << ENTRIES)
}

/// The key of an entry of a report.
pub(crate) const fn entry(report: i64, ordinal: usize) -> i64 {
    report | ordinal as i64
}

/// The key of the report an entry belongs to.
pub(crate) const fn report_of(entry: i64) -> i64 {
    entry >> ENTRIES << ENTRIES
}

/// Where an entry stands among those of its report.
pub(crate) const fn ordinal_of(entry: i64) -> usize {
    (entry & (MOST_ENTRIES as i64 - 1)) as usize
}

/// The day of a key.
pub(crate) const fn day_of(key: i64) -> i32 {
    (key >> (REPORTS + ENTRIES)) as i32
}

/// The count within its day of the report after this one; the first of a day is 0.
pub(crate) const fn next_in_day(greatest: i64) -> i64 {
    ((greatest >> ENTRIES) & ((1 << REPORTS) - 1)) + 1
}

/// The least and greatest keys of a range of days.
pub(crate) const fn range(first: i32, last: i32) -> (i64, i64) {
    (report(first, 0), report(last + 1, 0) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_by_day_then_count_then_entry() {
        let a = entry(report(7, 3), 9);
        assert_eq!((report_of(a), ordinal_of(a)), (report(7, 3), 9));
        assert_eq!(next_in_day(report(7, 3)), 4);
        assert!(a < report(7, 4) && report(7, 4) < report(8, 0));
        let (low, high) = range(7, 7);
        assert!(low <= a && a <= high && high < report(8, 0));
    }
}
