//! The clock of the machine, as far as its time can be written down.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

/// Now. A clock that is set before 1970 or behind the year 9999 says the nearest moment there is.
#[expect(
    clippy::disallowed_methods,
    reason = "what is kept is kept with its time"
)]
pub(crate) fn now() -> Timestamp {
    nearest(SystemTime::now())
}

fn nearest(time: SystemTime) -> Timestamp {
    Timestamp::try_from(time).unwrap_or(if time < UNIX_EPOCH {
        Timestamp::UNIX_EPOCH
    } else {
        Timestamp::MAX
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn no_clock_is_too_far_off() {
        let later = |seconds| nearest(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(later(1_000_000_000).to_string(), "2001-09-09T01:46:40Z");
        assert_eq!(later(400_000_000_000), Timestamp::MAX);
        let long_ago = UNIX_EPOCH - Duration::from_secs(400_000_000_000);
        assert_eq!(nearest(long_ago), Timestamp::UNIX_EPOCH);
    }
}
