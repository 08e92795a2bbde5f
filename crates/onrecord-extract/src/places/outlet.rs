//! Where the outlet is at home, from its name and its address.
//!
//! "The Lima Courier" and `limacourier.example` name a Lima; a paper's stories lie near its town.
//! Which Lima it is the report itself tells. `.ie` is Ireland. Left out: names that tell no place.

use onrecord_lexicon::{Countries, Country, Gazetteer, Usage, Use, fold_name};
use onrecord_model::Report;

/// Domains of countries that are let to anybody.
const LET: [&str; 12] = [
    "ai", "am", "cc", "co", "fm", "gg", "io", "ly", "me", "to", "tv", "ws",
];
/// A label longer than this is no paper's.
const LONGEST: usize = 40;
/// Shorter words are names of places somewhere, and here mostly something else.
const SHORTEST: usize = 4;

/// Words of an outlet's name that are looked at; none is longer.
const WORDS: usize = 24;
/// Words of a place's name at most: "Santiago de los Caballeros de Mérida".
const NAME: usize = 6;
/// Labels of a host that are looked at.
const LABELS: usize = 16;

/// Names of places in the name of the outlet and in the host it publishes at.
pub(super) fn towns(report: &Report) -> Vec<String> {
    let outlet = report.outlet.iter().filter_map(|o| named(o));
    let host = report.url.as_deref().map(host).unwrap_or_default();
    let labels = host.rsplit('.').skip(1);
    let mut out: Vec<String> = outlet.collect();
    for label in labels.flat_map(|l| l.split('-')).take(LABELS) {
        out.extend(inside(&label.to_lowercase()));
    }
    out.dedup();
    out
}

/// The country whose domain the report stands in.
pub(super) fn country(report: &Report) -> Option<&'static Country> {
    let domain = host(report.url.as_deref()?)
        .rsplit('.')
        .next()?
        .to_lowercase();
    match domain.as_str() {
        "uk" => Countries::shipped().by_iso2("GB"),
        d if d.len() != 2 || LET.contains(&d) => None,
        d => Countries::shipped().by_iso2(&d.to_uppercase()),
    }
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, r)| r);
    let end = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
    &rest[..end]
}

/// The longest run of words of an outlet's name that is a place's.
fn named(outlet: &str) -> Option<String> {
    let folded = fold_name(outlet);
    let parts: Vec<&str> = folded.split(' ').take(WORDS).collect();
    let runs = (1..=parts.len().min(NAME))
        .rev()
        .flat_map(|n| parts.windows(n));
    runs.filter(|run| !run.iter().all(|w| is_paper_word(w)))
        .map(|run| run.join(" "))
        .find(|name| is_town(name))
}

/// The longest name of a place in a label of a host that leaves only words of papers about it.
fn inside(label: &str) -> Option<String> {
    if !label.is_ascii() || label.len() > LONGEST {
        return None;
    }
    let len = label.len();
    let heads: Vec<usize> = (0..len).filter(|at| is_paper(&label[..*at])).collect();
    let tails: Vec<usize> = (1..=len).filter(|at| is_paper(&label[*at..])).collect();
    let mut parts: Vec<&str> = heads
        .iter()
        .flat_map(|h| tails.iter().map(move |t| (*h, *t)))
        .filter_map(|(h, t)| label.get(h..t))
        .filter(|part| part.len() >= SHORTEST && !is_paper(part))
        .collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    parts.into_iter().find_map(spaced)
}

/// Whether letters are words of papers run together, or none at all.
fn is_paper(letters: &str) -> bool {
    let mut ends = vec![false; letters.len() + 1];
    ends[0] = true;
    for end in 1..=letters.len() {
        ends[end] = (0..end).any(|from| ends[from] && is_paper_word(&letters[from..end]));
    }
    ends[letters.len()]
}

/// Letters run together, as the name they may be.
fn spaced(letters: &str) -> Option<String> {
    let parted = (2..letters.len().saturating_sub(1))
        .map(|at| format!("{} {}", &letters[..at], &letters[at..]));
    std::iter::once(letters.to_owned())
        .chain(parted)
        .find(|name| is_town(name))
}

fn is_paper_word(word: &str) -> bool {
    Usage::shipped().is(Use::Paper, word)
}

fn is_town(name: &str) -> bool {
    name.len() >= SHORTEST && Gazetteer::shipped().has(name)
}

#[cfg(test)]
mod tests {
    use super::{host, inside, named};

    #[test]
    fn a_host_is_what_stands_between_scheme_and_path() {
        assert_eq!(host("https://www.example.ie:80/a/b"), "www.example.ie");
        assert_eq!(host("example.ie?x=1"), "example.ie");
    }

    #[test]
    fn papers_are_called_after_towns() {
        assert_eq!(inside("dailytoledonews").as_deref(), Some("toledo"));
        assert_eq!(
            inside("daytonabeachherald").as_deref(),
            Some("daytona beach")
        );
        assert_eq!(inside("daytondailynews").as_deref(), Some("dayton"));
        assert_eq!(inside("dailynews"), None);
        assert_eq!(named("The Toledo Morning Post").as_deref(), Some("toledo"));
        assert_eq!(named("Morning Post"), None);
        // A name is a name, however long what stands in its place.
        assert_eq!(named(&"abc ".repeat(100_000)), None);
    }
}
