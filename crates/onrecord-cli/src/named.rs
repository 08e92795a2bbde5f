//! Reports that are only named: an item of a feed that is but a title, whose page may come as well.

use std::collections::HashSet;

use crate::input::Found;
use crate::trouble::Trouble;

/// What was named only, until it is known that its page does not come.
#[derive(Default)]
pub(crate) struct Named {
    /// Where the reports with text stand.
    addresses: HashSet<String>,
    held: Vec<Found>,
}

impl Named {
    /// Keeps back what is named only.
    pub(crate) fn sift(
        &mut self,
        batch: Vec<Result<Found, Trouble>>,
    ) -> Vec<Result<Found, Trouble>> {
        let mut out = Vec::with_capacity(batch.len());
        for found in batch {
            match found {
                Ok(found) if found.named_only => self.held.push(found),
                other => {
                    let report = other.as_ref().ok().map(|f| &f.taken.report);
                    let address = report.and_then(|r| r.url.as_deref()).map(address);
                    self.addresses.extend(address.map(str::to_owned));
                    out.push(other);
                }
            }
        }
        out
    }

    /// What was named only and came in no other way.
    pub(crate) fn rest(&mut self) -> Vec<Result<Found, Trouble>> {
        let mut held = std::mem::take(&mut self.held);
        held.retain(|found| {
            let url = found.taken.report.url.as_deref().map(address);
            url.is_none_or(|url| !self.addresses.contains(url))
        });
        held.into_iter().map(Ok).collect()
    }
}

/// An address without what makes it no other: its scheme, its fragment, the slash at its end.
fn address(url: &str) -> &str {
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    let url = url.split_once('#').map_or(url, |(page, _)| page);
    url.trim_start_matches("www.").trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_has_one_address() {
        for url in [
            "https://wire.example/a",
            "http://wire.example/a/",
            "https://www.wire.example/a#top",
        ] {
            assert_eq!(address(url), "wire.example/a");
        }
        assert_ne!(address("https://wire.example/a?p=1"), "wire.example/a");
    }
}
