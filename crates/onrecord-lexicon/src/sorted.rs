//! Look-up in a text whose rows are sorted: no table is built, nothing is copied.

/// The last row whose key, the text before its first tab, is not past `key`.
pub(crate) fn floor(rows: &'static str, key: &str) -> Option<&'static str> {
    let bytes = rows.as_bytes();
    let start = |at: usize| {
        let before = bytes.get(..at).unwrap_or_default();
        before
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |n| n + 1)
    };
    let row_at = |at: usize| rows.get(at..)?.lines().next();
    // Halve what is left, always at the start of a row.
    let (mut low, mut high) = (0, rows.len());
    while low < high {
        let middle = start(low + (high - low) / 2);
        let row = row_at(middle)?;
        if row.split('\t').next()? <= key {
            low = middle + row.len() + 1;
        } else {
            high = middle;
        }
    }
    row_at(start(low.checked_sub(1)?))
}

/// The row with exactly this key.
pub(crate) fn find(rows: &'static str, key: &str) -> Option<&'static str> {
    floor(rows, key).filter(|row| row.split('\t').next() == Some(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = "b\t1\nd\t2\nf\t3\n";

    #[test]
    fn the_row_at_or_before_a_key() {
        assert_eq!(floor(ROWS, "a"), None);
        for (key, row) in [("b", "b\t1"), ("c", "b\t1"), ("d", "d\t2"), ("z", "f\t3")] {
            assert_eq!(floor(ROWS, key), Some(row), "{key}");
        }
        assert_eq!(find(ROWS, "f"), Some("f\t3"));
        assert_eq!(find(ROWS, "e"), None);
        assert_eq!(floor("", "a"), None);
    }
}
