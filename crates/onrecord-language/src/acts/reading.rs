//! Scores to acts.

use std::ops::Range;

use onrecord_model::{
    Act, ActArgument, ActKind, ActRole, ActVoice, Certainty, CommitmentKind, CommitmentStatus,
    Document, EventType, Factuality, Phase, Polarity, TokenRange,
};

use super::features::COLUMNS;
use super::network::{HEADS, Network, SPANS};
use super::paths;
use crate::attribution::runs;
use crate::net::{best, exp, grid, shown, softmax};

/// An argument less probable than this is no argument.
const LEAST: f32 = 0.1;
/// How much lower than "none" a further word of an object may score where
/// an object must be found and no word is more probably in one than not.
const SLACK: f32 = 1.5;

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
            let scores = network.roles(part, &states, &act, &far, &path);
            let whole = |role: usize, must: bool| spans(&scores, HEADS + 3 * role, must);
            let objects = if part == 0 {
                whole(0, true)
            } else {
                vec![act.clone()]
            };
            let longest = |role: usize| {
                let found = whole(role, false).into_iter();
                let found = found.max_by_key(|s| (s.len(), std::cmp::Reverse(s.start)));
                found.filter(|_| part == 0).map(|s| place(window, &s))
            };
            let (condition, part_of) = (longest(1), longest(2));
            let arguments = arguments(&scores, window);
            for object in objects {
                let said = network.say(part, &states, &act, &object);
                let said = Said::of(part, &said);
                out.push(Act {
                    words,
                    kind: said.kind,
                    object: (part == 0).then(|| place(window, &object)),
                    condition,
                    part_of,
                    arguments: arguments.clone(),
                    factuality: said.factuality,
                    voice: said.voice,
                    score: shown(sure * said.sure),
                });
            }
        }
    }
    out
}

fn place(window: TokenRange, r: &Range<usize>) -> TokenRange {
    let at = |i: usize| window.start.0 + i as u32;
    TokenRange::new(at(r.start), at(r.end))
}

/// Who and what belongs to an act, the surest first.
fn arguments(scores: &[f32], window: TokenRange) -> Vec<ActArgument> {
    let mut out = Vec::new();
    for (row, head) in scores.chunks_exact(HEADS + 3 * SPANS).zip(window.iter()) {
        for (role, score) in ActRole::ALL.into_iter().zip(row) {
            let score = shown(1.0 / (1.0 + exp(-score)));
            if score >= LEAST {
                out.push(ActArgument { role, head, score });
            }
        }
    }
    let order = |a: &ActArgument| (std::cmp::Reverse(grid(a.score)), a.head);
    out.sort_by_key(order);
    out
}

/// Runs of words whose tag from `column` on is not "none"; where one must be found and none is,
/// the most probable one.
fn spans(scores: &[f32], column: usize, must: bool) -> Vec<Range<usize>> {
    let rows: Vec<[f32; 3]> = (scores.chunks_exact(HEADS + 3 * SPANS))
        .map(|row| [row[column], row[column + 1], row[column + 2]])
        .collect();
    let path: Vec<usize> = rows.iter().map(|row| best(row)).collect();
    let mut out = runs(&path);
    if must && out.is_empty() {
        let begins = rows.iter().map(|row| {
            let mut own = *row;
            softmax(&mut own);
            own[1]
        });
        let start = best(&begins.collect::<Vec<_>>());
        let more = rows.iter().skip(start + 1);
        let more = more.take_while(|r| grid(r[2]) > grid(r[0] - SLACK)).count();
        out.push(start..start + 1 + more);
    }
    out
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
