//! Republished copy: the same wire story carried by several outlets.
//!
//! ```
//! use onrecord_ledger::across::copies::Copies;
//! # use onrecord_model::Report;
//! # let reports: Vec<Report> = Vec::new();
//! let mut copies = Copies::default();
//! let ordinals: Vec<_> = reports.iter().map(|r| copies.add(r)).collect();
//! for copy in copies.clusters() {
//!     println!("{:?} is carried in {:?}", copy.own, copy.members);
//! }
//! ```
//!
//! A sketch proposes whom to look at, the share of words in shared runs decides, and clusters are
//! joined by average. Words inside quotation marks do not count: two outlets that quote one
//! speech are not copies. Adding reports in another order gives the same clusters.
//!
//! Kept of a report: a hash of its text, two bytes for each word, its sketch, its day and whether
//! it names an agency; no text. Left out: translation, paraphrase, and prose too short to tell.

use std::cmp::Reverse;
use std::collections::HashMap;

use jiff::civil::Date;
use onrecord_model::Report;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::cluster::{self, Link};
use super::runs::{self, LEAST, Run, Seeds, Tally, Token};
use super::sketch::{Sketches, sketch};
use super::words::{Word, words};

/// Words outside quotation marks below which only the same words throughout are a copy.
const SHORT: usize = 30;
/// The share of the shorter text's words below which two texts are not linked at all.
const LINKED: f64 = 0.25;
/// The mean share at which two clusters are one.
const JOINED: f64 = 0.5;

/// A report by when it was added, from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Ordinal(pub u32);

/// The same copy in several reports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Copy {
    /// Those that carry it: the reference first, then by day and id.
    pub members: Vec<Ordinal>,
    /// The agency's own report; absent when none names an agency, or when all that do were
    /// carried by somebody else, or when nothing tells which of several is the original.
    pub own: Option<Ordinal>,
}

impl Copy {
    /// What the others are compared with: the agency's own, or else the one that most of the
    /// others' words stand in.
    pub fn reference(&self) -> Ordinal {
        self.members[0]
    }
}

/// An index of reports that finds copies; more can be added at any time.
#[derive(Clone, Debug, Default)]
pub struct Copies {
    reports: Vec<Filed>,
    texts: Vec<Box<[Token]>>,
    /// The text of the same words throughout.
    same: HashMap<u64, u32>,
    sketches: Sketches,
    links: Vec<Link>,
}

/// What is kept of a report beside its words.
#[derive(Clone, Copy, Debug)]
struct Filed {
    /// Its words are those of this text.
    text: u32,
    /// Of its id.
    key: u64,
    day: Option<Date>,
    agency: Agency,
}

/// What a report says of an agency, in the order of how much its own it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Agency {
    /// Its outlet is the agency.
    Outlet,
    /// It names one, and no outlet.
    Named,
    /// It names one, and another outlet carried it.
    Carried,
    /// It names none.
    None,
}

impl Copies {
    /// Adds a report and looks for those it shares words with.
    pub fn add(&mut self, report: &Report) -> Ordinal {
        let all = words(report);
        let ordinal = Ordinal(self.reports.len() as u32);
        let text = self.text(&all, ordinal);
        self.reports.push(Filed {
            text,
            key: xxh3_64(report.id.as_bytes()),
            day: report.day(),
            agency: agency(report),
        });
        ordinal
    }

    /// The text of these words: a known one of the same words, or a new one, linked.
    fn text(&mut self, all: &[Word], ordinal: Ordinal) -> u32 {
        let new = self.texts.len() as u32;
        // Reports without words are not each other's copies.
        let whole = if all.is_empty() {
            u64::from(ordinal.0)
        } else {
            hash(all)
        };
        if let Some(known) = self.same.get(&whole) {
            return *known;
        }
        self.same.insert(whole, new);
        let own = all.iter().filter(|w| !w.quoted);
        let (hashes, text): (Vec<u64>, Vec<Token>) = own.map(|w| (w.hash, Token::of(w))).unzip();
        let runs = if text.len() < SHORT {
            Vec::new()
        } else {
            sketch(&hashes)
        };
        let mut seeds = None;
        for other in self.sketches.add(&runs) {
            let share = share(&text, &self.texts[other as usize], &mut seeds);
            if share >= LINKED {
                let strength = fixed(share);
                self.links.push(Link {
                    a: other,
                    b: new,
                    strength,
                });
            }
        }
        self.texts.push(text.into());
        new
    }

    /// How many reports were added.
    pub fn len(&self) -> usize {
        self.reports.len()
    }

    /// Whether none was added.
    pub fn is_empty(&self) -> bool {
        self.reports.is_empty()
    }

    /// The copies carried by two or more reports, in the order of their first members by day and id.
    pub fn clusters(&self) -> Vec<Copy> {
        let mut holders: Vec<Vec<Ordinal>> = vec![Vec::new(); self.texts.len()];
        for (i, filed) in self.reports.iter().enumerate() {
            holders[filed.text as usize].push(Ordinal(i as u32));
        }
        let clusters = self.joined();
        let shared = self.shared(&clusters);
        let members = |texts: Vec<u32>| -> Vec<Ordinal> {
            let all = texts.iter().flat_map(|t| &holders[*t as usize]);
            all.copied().collect()
        };
        let mut out: Vec<Copy> = clusters
            .into_iter()
            .map(members)
            .filter(|members| members.len() > 1)
            .map(|members| self.copy(members, &shared))
            .collect();
        out.sort_by_cached_key(|c| c.members.iter().map(|m| self.order(*m)).min());
        out
    }

    /// The texts of each cluster. They are clustered by what they say, not by when they came:
    /// ties would otherwise fall by the order of adding.
    fn joined(&self) -> Vec<Vec<u32>> {
        let mut order: Vec<(u64, u32)> = self.same.iter().map(|(h, t)| (*h, *t)).collect();
        order.sort_unstable();
        let mut rank = vec![0; order.len()];
        for (place, (_, text)) in order.iter().enumerate() {
            rank[*text as usize] = place as u32;
        }
        let ranked = |l: &Link| {
            let (a, b) = (rank[l.a as usize], rank[l.b as usize]);
            Link {
                a: a.min(b),
                b: a.max(b),
                ..*l
            }
        };
        let links: Vec<Link> = self.links.iter().map(ranked).collect();
        let mut clusters = cluster::join(order.len(), &links, fixed(JOINED));
        for member in clusters.iter_mut().flatten() {
            *member = order[*member as usize].1;
        }
        clusters
    }

    /// Reports in an order that does not depend on when they were added; alike ones are alike.
    fn order(&self, report: Ordinal) -> (bool, Option<Date>, u64) {
        let filed = &self.reports[report.0 as usize];
        (filed.day.is_none(), filed.day, filed.key)
    }

    /// How many words each text shares with all the others of its cluster.
    fn shared(&self, clusters: &[Vec<u32>]) -> Vec<u64> {
        let mut cluster = vec![0; self.texts.len()];
        for (i, texts) in clusters.iter().enumerate() {
            for text in texts {
                cluster[*text as usize] = i;
            }
        }
        let mut out = vec![0; self.texts.len()];
        for link in &self.links {
            let (a, b) = (link.a as usize, link.b as usize);
            if cluster[a] == cluster[b] {
                let shorter = self.texts[a].len().min(self.texts[b].len()) as u64;
                let words = shorter * u64::from(link.strength);
                out[a] += words;
                out[b] += words;
            }
        }
        out
    }

    fn copy(&self, mut members: Vec<Ordinal>, shared: &[u64]) -> Copy {
        members.sort_by_cached_key(|m| (self.order(*m), *m));
        let filed = |m: &Ordinal| &self.reports[m.0 as usize];
        // An agency's own is its earliest. Of those no day tells apart, and of carriers, it is the
        // one that shares most with the others; of equals the longest, because outlets cut more
        // often than they add.
        let rank = |m: &Ordinal| {
            let Filed {
                text, agency, day, ..
            } = *filed(m);
            let day = day.filter(|_| agency <= Agency::Named);
            let shared = Reverse(shared[text as usize]);
            let words = Reverse(self.texts[text as usize].len());
            (
                agency.min(Agency::Carried),
                day.is_none(),
                day,
                shared,
                words,
            )
        };
        if let Some(first) = (0..members.len()).min_by_key(|i| rank(&members[*i])) {
            members[..=first].rotate_right(1);
        }
        let own = members.first().filter(|m| filed(m).agency <= Agency::Named);
        // Two texts of one day, or of none, are each as likely the original.
        let rivals = |m: &Ordinal| {
            let (a, b) = (filed(m), filed(&members[0]));
            a.text != b.text && (a.agency, a.day) == (b.agency, b.day)
        };
        let own = own.filter(|_| !members.iter().any(rivals));
        Copy {
            own: own.copied(),
            members,
        }
    }
}

/// A share in fixed point, so that sums do not depend on their order.
fn fixed(share: f64) -> u16 {
    (share.clamp(0.0, 1.0) * f64::from(u16::MAX)).round() as u16
}

fn hash(all: &[Word]) -> u64 {
    let mut hash = Xxh3::new();
    for word in all {
        hash.update(&word.hash.to_le_bytes());
    }
    hash.digest()
}

fn agency(report: &Report) -> Agency {
    match (&report.agency, &report.outlet) {
        (None, _) => Agency::None,
        (Some(_), None) => Agency::Named,
        (Some(agency), Some(outlet)) if is_called(agency, outlet) => Agency::Outlet,
        (Some(_), Some(_)) => Agency::Carried,
    }
}

/// Whether an outlet is an agency: by its name or its initials, with or without "the".
fn is_called(agency: &str, outlet: &str) -> bool {
    let plain = |name: &str| {
        let lower = name.trim().to_lowercase();
        lower
            .strip_prefix("the ")
            .map_or(lower.clone(), str::to_owned)
    };
    let initials = |name: &str| -> String {
        let words = name.split(|c: char| !c.is_alphanumeric());
        words.filter_map(|w| w.chars().next()).collect()
    };
    let (a, b) = (plain(agency), plain(outlet));
    a == b || initials(&a) == b || a == initials(&b)
}

/// The share of the shorter text's words that stand in runs of the longer. Which one is walked
/// depends on the two alone. `seeds` are the first text's, made when first needed.
fn share(a: &[Token], b: &[Token], seeds: &mut Option<Seeds>) -> f64 {
    let (short, runs) = if (a.len(), a) > (b.len(), b) {
        let seeds = seeds.get_or_insert_with(|| Seeds::of(a));
        (b, runs::shared(b, a, seeds, LEAST))
    } else {
        (a, runs::shared(a, b, &Seeds::of(b), LEAST))
    };
    let tally = runs.iter().fold(Tally::default(), |t, r| t.plus(r.tally));
    let long = if std::ptr::eq(short, a) { b } else { a };
    if is_form(tally) || is_filled(tally, between(short, long, &runs)) {
        return 0.0;
    }
    let covered: usize = runs.iter().map(|r| r.here.len()).sum();
    covered as f64 / short.len().max(1) as f64
}

/// Whether the same words were filled with other names, as a weather report or the results of a
/// company are written from a form: names were exchanged far more often than other words.
fn is_form(tally: Tally) -> bool {
    let rate = |changed: usize, equal: usize| changed as f64 / (changed + equal).max(1) as f64;
    let names = rate(tally.changed_names, tally.equal_names);
    let others = rate(
        tally.changed - tally.changed_names,
        tally.equal - tally.equal_names,
    );
    tally.changed_names >= FORM_NAMES && names >= FORM_RATE && names >= 3.0 * others
}

/// Whether most numbers, days and directions are others, as in the market reports of two days.
fn is_filled(tally: Tally, between: usize) -> bool {
    let changed = tally.changed_figures + between;
    let figures = changed + tally.equal_figures;
    changed >= FORM_FIGURES && changed as f64 >= FORM_FIGURE_RATE * figures as f64
}

/// Figures exchanged between runs that follow one another on either side: what stands there in
/// place of what, too long to be bridged.
fn between(here: &[Token], there: &[Token], runs: &[Run]) -> usize {
    let figures = |words: Option<&[Token]>| {
        let words = words.filter(|w| w.len() <= 2 * LEAST).unwrap_or_default();
        words.iter().filter(|w| w.is_figure()).count()
    };
    let pairs = runs.windows(2).map(|w| {
        let (from, to) = (&w[0], &w[1]);
        let left_out = figures(here.get(from.here.end..to.here.start));
        left_out.min(figures(there.get(from.there.end..to.there.start)))
    });
    pairs.sum()
}

/// Figures exchanged in a form.
const FORM_FIGURES: usize = 5;
/// The share of figures exchanged in a form.
const FORM_FIGURE_RATE: f64 = 0.6;
/// Names exchanged in a form.
const FORM_NAMES: usize = 5;
/// The share of names exchanged in a form.
const FORM_RATE: f64 = 0.4;

#[cfg(test)]
mod tests;
