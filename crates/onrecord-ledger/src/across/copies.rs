//! Republished copy.
use onrecord_model::Report;

use super::runs::{Seeds, shared};
use super::sketch::{Sketches, sketch};
use super::words::words;
use super::cluster;

/// Settings
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// least shared sketch
    pub sketch: u8,
    /// least share to keep
    pub link: f64,
    /// least average
    pub average: f64,
}

/// Copies.
#[derive(Clone, Debug)]
pub struct Copies {
    setting: Setting,
    texts: Vec<Box<[u16]>>,
    sketches: Sketches,
    /// links
    pub links: Vec<(u32, u32, u16)>,
    /// tried
    pub tried: usize,
}

impl Copies {
    /// None yet.
    pub fn new(setting: Setting) -> Self {
        Self { setting, texts: vec![], sketches: Sketches::default(), links: vec![], tried: 0 }
    }

    /// Adds a report.
    pub fn add(&mut self, report: &Report) -> u32 {
        let mut all: Vec<u64> = Vec::new();
        for w in words(report) { if !w.quoted { all.push(w.hash); } }
        let text: Box<[u16]> = all.iter().map(|w| *w as u16).collect();
        let new = self.texts.len() as u32;
        let mut own: Option<Seeds> = None;
        for n in self.sketches.add(&sketch(&all), self.setting.sketch) {
            self.tried += 1;
            let other = &self.texts[n as usize];
            let share = if (text.len(), &text) >= (other.len(), other) {
                let seeds = own.get_or_insert_with(|| Seeds::of(&text));
                share(other, &text, seeds)
            } else {
                share(&text, other, &Seeds::of(other))
            };
            if share >= self.setting.link {
                self.links.push((n, new, (share * f64::from(u16::MAX)) as u16));
            }
        }
        self.texts.push(text);
        new
    }

    /// clusters
    pub fn clusters(&self) -> Vec<Vec<u32>> {
        cluster::join(self.texts.len(), &self.links, self.setting.average)
    }
}

fn share(short: &[u16], long: &[u16], seeds: &Seeds) -> f64 {
    let covered: usize = shared(short, long, seeds).iter().map(|r| r.here.len()).sum();
    covered as f64 / short.len().max(1) as f64
}
/// at
pub fn clusters_at(c: &Copies, average: f64) -> Vec<Vec<u32>> {
    cluster::join(c.texts.len(), &c.links, average)
}
