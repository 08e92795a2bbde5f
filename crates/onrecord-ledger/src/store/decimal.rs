//! Decimals as text that sorts as the numbers do, so that no amount becomes a float.
//!
//! `order("1000000000")` < `order("1250000000.50")`, byte by byte, in either store.

/// Digits before the point that can be told apart; more is refused.
const MOST: i64 = 400;
/// Digits that are compared: those behind them tell no two sums of money apart.
const FINEST: usize = 800;

/// The sorting text of a decimal; `None` when it is not one.
pub(crate) fn order(decimal: &str) -> Option<String> {
    let (negative, rest) = match decimal.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, decimal),
    };
    let (whole, part) = rest.split_once('.').unwrap_or((rest, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if (whole.is_empty() && part.is_empty()) || !digits(whole) || !digits(part) {
        return None;
    }
    let all = format!("{whole}{part}");
    let leading = all.len() - all.trim_start_matches('0').len();
    let significant = all.trim_matches('0');
    let significant = significant.get(..FINEST).unwrap_or(significant);
    if significant.is_empty() {
        return Some("1".to_owned());
    }
    // Digits before the point, counted from the first that is not zero; below 1 it is negative.
    let magnitude = whole.len() as i64 - leading as i64;
    if magnitude.abs() >= MOST {
        return None;
    }
    let text = format!("{:03}{significant}", magnitude + MOST);
    Some(if negative {
        // The larger the number behind the sign, the earlier it sorts; `~` ends after digits.
        let turned: String = text.bytes().map(|b| char::from(b'0' + b'9' - b)).collect();
        format!("0{turned}~")
    } else {
        format!("2{text}")
    })
}

/// How many digits a positive decimal has before its point: its order of magnitude.
pub(crate) fn magnitude(order: &str) -> Option<i64> {
    let digits = order.strip_prefix('2')?.get(..3)?;
    Some(digits.parse::<i64>().ok()? - MOST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_decimal_is_refused() {
        for bad in ["", ".", "-", "1e9", "1,000", "+1", "--1"] {
            assert_eq!(order(bad), None, "{bad}");
        }
        assert_eq!(order("0.00"), order("-0"));
        assert_eq!(order("1.50"), order("01.5"));
    }

    #[test]
    fn magnitudes_are_digits_before_the_point() {
        let of = |s: &str| magnitude(&order(s).unwrap());
        assert_eq!(of("1000000000"), Some(10));
        assert_eq!(of("0.05"), Some(-1));
        assert_eq!(of("-5"), None);
    }

    proptest! {
        #[test]
        fn order_is_the_order_of_the_numbers(a in -2_000_000i64..2_000_000, b in -2_000_000i64..2_000_000, scale in 1u32..5) {
            let ten = 10i64.pow(scale);
            let write = |n: i64| format!("{}{}.{:0w$}", if n < 0 { "-" } else { "" }, n.abs() / ten, n.abs() % ten, w = scale as usize);
            prop_assert_eq!(order(&write(a)).cmp(&order(&write(b))), a.cmp(&b), "{} {}", write(a), write(b));
        }
    }
}
