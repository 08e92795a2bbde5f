//! Republished copy and stories: real articles with copies told by a rule (fnc), and edits of real
//! articles as outlets make them (wiresim).

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use onrecord_ledger::across::copies::{Copies, Copy};
use onrecord_ledger::across::stories::Stories;
use onrecord_model::Report;
use serde::Deserialize;

use super::groups::{Pair, Share, b_cubed, of_pairs, pairs, rand_index};
use super::shared::published;
use super::{Figure, Run, Shared, Task, baseline};

/// The task.
pub(crate) const TASK: Task = Task {
    name: "copies",
    run: Run::Beside(run),
};

#[derive(Deserialize)]
struct Document {
    id: String,
    text: String,
    dup: String,
    story: String,
    outlet: Option<String>,
    date: Option<String>,
    #[serde(default)]
    ops: Vec<String>,
}

impl Document {
    fn report(&self) -> Result<Report> {
        let mut envelope = published(self.date.as_deref())?;
        envelope.outlet.clone_from(&self.outlet);
        Ok(onrecord_intake::read(self.text.as_bytes(), &envelope).0)
    }

    /// Its edits without their extent: `cut` of `cut7/12`.
    fn edits(&self) -> BTreeSet<&str> {
        let plain = |op: &'_ str| op.find(|c: char| c.is_ascii_digit() || matches!(c, '+' | '.'));
        self.ops
            .iter()
            .map(|op| &op[..plain(op).unwrap_or(op.len())])
            .collect()
    }

    fn is_wire(&self) -> bool {
        self.ops == ["wire"]
    }
}

/// A set with what was found in it.
struct Set {
    documents: Vec<Document>,
    gold: BTreeSet<Pair>,
    ignored: BTreeSet<Pair>,
    copies: Vec<Copy>,
    /// The copy and the story of each document.
    copy: Vec<usize>,
    story: Vec<usize>,
}

impl Set {
    fn read(shared: &Shared, name: &str) -> Result<Self> {
        let documents: Vec<Document> = shared.rows(&format!("data/dedup/{name}.jsonl.gz"))?;
        let ignored = ignored(shared, name, &documents)?;
        let (mut copies, mut stories) = (Copies::default(), Stories::default());
        for document in &documents {
            let report = document.report()?;
            copies.add(&report);
            stories.add(&report);
        }
        let copies = copies.clusters();
        let labels: Vec<&str> = documents.iter().map(|d| d.dup.as_str()).collect();
        let carriers = copies.iter().map(|c| &c.members);
        let copy = groups(carriers, documents.len());
        let story = groups(stories.clusters(&copies).iter(), documents.len());
        Ok(Self {
            gold: pairs(&labels, &ignored),
            documents,
            ignored,
            copies,
            copy,
            story,
        })
    }

    fn found(&self) -> BTreeSet<Pair> {
        pairs(&self.copy, &self.ignored)
    }

    /// The figures on copies; `aim` is for F1 over pairs.
    fn figures(&self, name: &str, aim: f64) -> Vec<Figure> {
        let Share {
            precision,
            recall,
            f1,
        } = of_pairs(&self.gold, &self.found());
        let labels: Vec<&str> = self.documents.iter().map(|d| d.dup.as_str()).collect();
        vec![
            Figure::aim(format!("{name} pair f1"), f1, aim),
            Figure::new(format!("{name} pair precision"), precision),
            Figure::new(format!("{name} pair recall"), recall),
            Figure::new(format!("{name} b3 f1"), b_cubed(&labels, &self.copy).f1),
            Figure::new(format!("{name} ari"), rand_index(&labels, &self.copy)),
        ]
    }

    /// Of the pairs with an edit in either, the share found.
    fn recall_by_edit(&self) -> Vec<Figure> {
        let found = self.found();
        let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
        for pair in &self.gold {
            let (a, b) = (&self.documents[pair.0], &self.documents[pair.1]);
            for edit in a.edits().union(&b.edits()) {
                let count = counts.entry(edit).or_default();
                count[0] += usize::from(found.contains(pair));
                count[1] += 1;
            }
        }
        let figure = |(edit, [right, all]): (&str, [usize; 2])| {
            Figure::new(format!("wiresim recall {edit}"), right as f64 / all as f64)
        };
        counts.into_iter().map(figure).collect()
    }

    /// Of the copies that hold the agency's report, the share where it is the one chosen.
    fn own(&self) -> f64 {
        let is_wire = |m: usize| self.documents[m].is_wire();
        let holding = self.copies.iter();
        let holding = holding.filter(|c| c.members.iter().any(|m| is_wire(m.0 as usize)));
        let chosen: Vec<bool> = holding
            .map(|c| c.own.is_some_and(|o| is_wire(o.0 as usize)))
            .collect();
        chosen.iter().filter(|c| **c).count() as f64 / chosen.len().max(1) as f64
    }
}

/// Pairs that count neither way.
fn ignored(shared: &Shared, name: &str, documents: &[Document]) -> Result<BTreeSet<Pair>> {
    let text = shared.text(&format!("data/dedup/{name}.ignore.json"))?;
    let all: Vec<(String, String)> = serde_json::from_str(&text)?;
    let ids = documents
        .iter()
        .enumerate()
        .map(|(i, d)| (d.id.as_str(), i));
    let places: BTreeMap<&str, usize> = ids.collect();
    let pair = |(a, b): &(String, String)| {
        let (a, b) = (*places.get(a.as_str())?, *places.get(b.as_str())?);
        Some((a.min(b), a.max(b)))
    };
    Ok(all.iter().filter_map(pair).collect())
}

/// The group of each document; those in no group are one each.
fn groups<'a>(
    all: impl Iterator<Item = &'a Vec<onrecord_ledger::across::copies::Ordinal>>,
    documents: usize,
) -> Vec<usize> {
    let mut out: Vec<usize> = (0..documents).collect();
    for (i, group) in all.enumerate() {
        for member in group {
            out[member.0 as usize] = documents + i;
        }
    }
    out
}

fn run(shared: &Shared, _quick: bool) -> Result<Vec<Figure>> {
    let (fnc, wiresim) = (Set::read(shared, "fnc")?, Set::read(shared, "wiresim")?);
    let mut out = wiresim.figures("wiresim", 0.95);
    out.extend(fnc.figures("fnc", 0.96));
    out.push(Figure::new("wiresim agency's own", wiresim.own()));
    out.extend(wiresim.recall_by_edit());
    let gold: Vec<&str> = fnc.documents.iter().map(|d| d.story.as_str()).collect();
    let texts: Vec<&str> = fnc.documents.iter().map(|d| d.text.as_str()).collect();
    let stories = b_cubed(&gold, &fnc.story).f1;
    out.push(Figure::new("stories fnc b3 f1", stories));
    out.push(Figure::new(
        "stories fnc baseline b3 f1",
        baseline::best(&texts, &gold),
    ));
    Ok(out)
}
