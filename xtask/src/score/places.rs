//! Scores `places`: toponyms found and placed, on LGL and GeoVirus.
//!
//! These corpora count every country's name, and a capital that stands for its government, as
//! toponyms. A record keeps those as entities; so here a state's mentions by name are toponyms
//! too, at the country's point or its capital's. LGL counts adjectives of nationality as well.

use anyhow::Result;
use onrecord_lexicon::Countries;
use onrecord_model::{Entity, EntityKind, Envelope, Mention, MentionForm, Record};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Figure, Run, Shared, Task};

/// The task.
pub(crate) const TASK: Task = Task {
    name: "places",
    run: Run::Beside(run),
};

const SETS: [&str; 2] = ["lgl", "geovirus"];

#[derive(Clone, Deserialize, Serialize)]
struct Article {
    id: serde_json::Value,
    text: String,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    url: Option<String>,
    toponyms: Vec<serde_json::Value>,
}

#[derive(Serialize)]
struct Answer {
    id: serde_json::Value,
    toponyms: Vec<Toponym>,
}

#[derive(Serialize)]
struct Toponym {
    start: u32,
    end: u32,
    lat: Option<f64>,
    lon: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    geonames_id: Option<u64>,
}

fn run(shared: &Shared, quick: bool) -> Result<Vec<Figure>> {
    let mut out = Vec::new();
    for set in SETS {
        let mut articles: Vec<Article> = shared.rows(&format!("data/place/{set}.jsonl.gz"))?;
        if quick {
            articles = articles.into_iter().step_by(6).collect();
        }
        let answers: Vec<Answer> = articles
            .par_iter()
            .map(|a| answer(shared, a, set == "lgl"))
            .collect();
        let gold = shared.write_rows(&format!("places-{set}-gold.jsonl"), &articles)?;
        let pred = shared.write_rows(&format!("places-{set}.jsonl"), &answers)?;
        let found = shared.scorer("score_places.py", &[&gold, &pred])?;
        let f1 = |part: &str| found[part][2].as_f64().unwrap_or(0.0);
        out.push(Figure::aim(
            format!("{set} overlap f1"),
            f1("overlap"),
            78.0,
        ));
        out.push(Figure::new(format!("{set} exact f1"), f1("exact")));
        out.push(Figure::aim(
            format!("{set} end to end f1"),
            f1("end_to_end"),
            65.0,
        ));
        let placed = found["resolution"]["acc161"].as_f64().unwrap_or(0.0);
        out.push(Figure::new(format!("{set} found within 161 km"), placed));
    }
    Ok(out)
}

fn answer(shared: &Shared, article: &Article, adjectives: bool) -> Answer {
    let envelope = Envelope {
        published: article.date.as_deref().and_then(|d| d.parse().ok()),
        url: article.url.clone(),
        ..Envelope::default()
    };
    let record = shared.reader().read(article.text.as_bytes(), &envelope);
    Answer {
        id: article.id.clone(),
        toponyms: toponyms(&record, adjectives),
    }
}

/// The record's toponyms, and its states' names.
fn toponyms(record: &Record, adjectives: bool) -> Vec<Toponym> {
    let mut out: Vec<Toponym> = record
        .places
        .iter()
        .map(|p| Toponym {
            start: p.span.start(),
            end: p.span.end(),
            lat: p.lat,
            lon: p.lon,
            geonames_id: p
                .links
                .iter()
                .find(|l| l.scheme == "geonames")
                .and_then(|l| l.id.parse().ok()),
        })
        .collect();
    for state in record
        .entities
        .iter()
        .filter(|e| e.kind == EntityKind::State)
    {
        for t in named(state, adjectives) {
            if !out.iter().any(|o| o.start < t.end && t.start < o.end) {
                out.push(t);
            }
        }
    }
    out.sort_by_key(|t| t.start);
    out
}

fn named(state: &Entity, adjectives: bool) -> Vec<Toponym> {
    let countries = Countries::shipped();
    let adjective = |m: &Mention| {
        let word = m.span.quote();
        adjectives
            && (countries.by_adjective(word).is_some() || countries.by_people(word).is_some())
    };
    let country = state
        .country
        .as_deref()
        .and_then(|c| Countries::shipped().by_iso3(c));
    state
        .mentions
        .iter()
        .filter(|m| m.form == MentionForm::Name || adjective(m))
        .map(|m| {
            let point = country.map(|c| match c.capital {
                Some(capital) if m.metonym => capital,
                _ => (c.lat, c.lon),
            });
            Toponym {
                start: m.span.start(),
                end: m.span.end(),
                lat: point.map(|p| p.0),
                lon: point.map(|p| p.1),
                geonames_id: None,
            }
        })
        .collect()
}
