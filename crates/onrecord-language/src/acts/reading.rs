//! Scores to acts.

use std::ops::Range;

use onrecord_model::{
    Act, ActArgument, ActKind, ActRole, ActVoice, Certainty, CommitmentKind, CommitmentStatus,
    Document, EventType, Factuality, Phase, Polarity, TokenRange,
};

use super::features::COLUMNS;
use super::network::{HEADS, Network, POINTED, SCORES};
use super::paths;
use crate::net::{best, exp, grid, shown, softmax};

/// An argument less probable than this is no argument.
const LEAST: f32 = 0.1;
/// A word with a lesser share of a role is not pointed at.
const LEAST_SHARE: f32 = 0.01;

/// The acts of one run of words.
pub(super) fn read(
    network: &Network,
    document: &Document,
    window: TokenRange,
    rows: &[[u8; COLUMNS.len()]],
) -> Vec<Act> {
    let words: Vec<&str> = window.iter().map(|t| document.form(t)).collect();
    let states = network.states(&words, document.states(window), rows);
    let mut out = Vec::new();
    for part in 0..2 {
        for (act, sure) in network.spans(part, &states) {
            let words = place(window, &act);
            let far = paths::far(window, words);
            let path = paths::paths(document, window, words);
            let own = network.span(&states, &act);
            let scores = network.roles(part, &states, &own, &far, &path);
            let whole = |role: usize| {
                let found = span(&scores, HEADS + 3 * role, role == 0);
                found.filter(|_| part == 0)
            };
            let object = whole(0);
            let nobody = network.nobody(part, &own);
            let what = object.as_ref().map(|o| network.span(&states, o));
            let said = network.say(part, &own, what.as_ref().unwrap_or(&own));
            let said = Said::of(part, &said);
            let place = |s| place(window, &s);
            out.push(Act {
                words,
                kind: said.kind,
                object: object.map(place),
                condition: whole(1).map(place),
                part_of: whole(2).map(place),
                arguments: arguments(&scores, &nobody, window),
                factuality: said.factuality,
                voice: said.voice,
                score: shown(sure * said.sure),
            });
        }
    }
    out
}

fn place(window: TokenRange, r: &Range<usize>) -> TokenRange {
    let at = |i: usize| window.start.0 + i as u32;
    TokenRange::new(at(r.start), at(r.end))
}

/// Who and what belongs to an act, the surest first.
fn arguments(scores: &[f32], nobody: &[f32], window: TokenRange) -> Vec<ActArgument> {
    let pointed = |role: usize| -> Vec<f32> {
        let rows = scores.chunks_exact(SCORES);
        let mut all: Vec<f32> = rows.map(|row| row[SCORES - POINTED + role]).collect();
        all.push(nobody[role]);
        softmax(&mut all);
        all
    };
    let shares: Vec<Vec<f32>> = (0..POINTED).map(pointed).collect();
    let mut out = Vec::new();
    for (i, (row, head)) in scores.chunks_exact(SCORES).zip(window.iter()).enumerate() {
        for (r, (role, score)) in ActRole::ALL.into_iter().zip(row).enumerate() {
            let score = shown(1.0 / (1.0 + exp(-score)));
            let share = shares.get(r).map_or(0.0, |s| shown(s[i]));
            if score >= LEAST || share >= LEAST_SHARE {
                out.push(ActArgument {
                    role,
                    head,
                    score,
                    share,
                });
            }
        }
    }
    let order = |a: &ActArgument| (std::cmp::Reverse(grid(a.score)), a.head);
    out.sort_by_key(order);
    out
}

/// The run of words that is most probably one span by the scores from `column` on: the one of
/// the greatest sum of leads over "none". None where no word is more probably in one than not,
/// unless one must be found.
fn span(scores: &[f32], column: usize, must: bool) -> Option<Range<usize>> {
    let rows = scores.chunks_exact(SCORES).map(|row| &row[column..]);
    let leads = rows.map(|r| grid(if r[2] > r[1] { r[2] } else { r[1] }) - grid(r[0]));
    let (mut best, mut peak) = (None, if must { i32::MIN } else { 0 });
    let (mut start, mut sum) = (0, 0i32);
    for (i, lead) in leads.enumerate() {
        if sum <= 0 {
            (start, sum) = (i, 0);
        }
        sum = sum.saturating_add(lead);
        if sum > peak {
            (best, peak) = (Some(start..i + 1), sum);
        }
    }
    best
}

/// What is said of an act.
struct Said {
    kind: ActKind,
    factuality: Factuality,
    voice: ActVoice,
    /// How sure its status or type is.
    sure: f32,
}

impl Said {
    fn of(part: usize, scores: &[f32]) -> Self {
        let mut rest = scores;
        let mut next = |n: usize| {
            let (own, after) = rest.split_at(n.min(rest.len()));
            rest = after;
            best(own)
        };
        let (first, second) = if part == 0 {
            (CommitmentStatus::ALL.len(), CommitmentKind::ALL.len())
        } else {
            (EventType::ALL.len() - 1, PHASES.len())
        };
        let (a, b) = (next(first), next(second));
        let polarity = [Polarity::Positive, Polarity::Negative][next(2)];
        let certainty = Certainty::ALL[next(4)];
        let voice = [ActVoice::Reporter, ActVoice::Told, ActVoice::Implicit][next(3)];
        let kind = if part == 0 {
            ActKind::Commitment {
                status: CommitmentStatus::ALL[a],
                kind: CommitmentKind::ALL[b],
            }
        } else {
            ActKind::Event {
                kind: EventType::ALL[a],
                phase: PHASES[b],
            }
        };
        let mut own = scores[..first].to_vec();
        softmax(&mut own);
        Self {
            kind,
            factuality: Factuality {
                certainty,
                polarity,
            },
            voice,
            sure: own[a],
        }
    }
}

const PHASES: [Option<Phase>; 5] = [
    None,
    Some(Phase::Planned),
    Some(Phase::Ongoing),
    Some(Phase::Prevented),
    Some(Phase::Hypothetical),
];
