//! `cargo xtask lexicon`: builds the gazetteer's tables from `../shared/data/gazetteer`, and the table
//! of reference rates from `../shared/data/numbers`.
//!
//! Three files in `crates/onrecord-lexicon/tables`: rows of fixed size, an fst from folded names
//! to postings, and the postings. Countries are not in it: they have their own file.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use onrecord_lexicon::{PlaceKind, fold_name, gazetteer};

use crate::score::shared::{Shared, repository};

/// Cities of fewer people keep only their own name.
const ALTERNATES_FROM: u64 = 50_000;

struct Row {
    geonames: u32,
    kind: PlaceKind,
    country: String,
    admin1: String,
    name: String,
    alternates: Vec<String>,
    lat: f64,
    lon: f64,
    population: u64,
}

/// Reads the source and writes the tables.
pub(crate) fn run() -> Result<()> {
    let shared = Shared::find()?.context("`../shared` is not there: nothing to build from")?;
    let root = repository();
    let source = shared.text("data/gazetteer/places.tsv.gz")?;
    let mut rows: Vec<Row> = source.lines().skip(1).filter_map(row).collect();
    // First-order divisions first: their row numbers must fit two bytes.
    rows.sort_by_key(|r| r.kind != PlaceKind::Admin1);
    let out = root.join("crates/onrecord-lexicon/tables");
    std::fs::create_dir_all(&out)?;
    let bytes = encode(&rows);
    std::fs::write(out.join("gazetteer.rows"), &bytes)?;
    let (index, postings) = index(&rows)?;
    std::fs::write(out.join("gazetteer.fst"), &index)?;
    std::fs::write(out.join("gazetteer.postings"), &postings)?;
    let rates = rates(&shared.text("data/numbers/eurofxref-hist.csv.gz")?);
    std::fs::write(out.join("ecb-rates.tsv"), &rates)?;
    let people = politicians(&shared.text("data/gazetteer/offices.tsv.gz")?);
    std::fs::write(out.join("politicians.tsv"), &people)?;
    println!(
        "{} places: rows {} KiB, names {} KiB, postings {} KiB",
        rows.len(),
        bytes.len() / 1024,
        index.len() / 1024,
        postings.len() / 1024
    );
    Ok(())
}

/// Politicians by folded name with their country, from the Phoenix actor dictionary: names of two
/// words or more that one country alone has.
fn politicians(tsv: &str) -> String {
    let mut countries: BTreeMap<String, Option<String>> = BTreeMap::new();
    for line in tsv.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let &[name, _, country, _, _, aliases, .., source] = cells.as_slice() else {
            continue;
        };
        let iso3 = onrecord_lexicon::Countries::shipped().by_iso2(country);
        let Some(iso3) = iso3.filter(|_| source == "phoenix") else {
            continue;
        };
        for name in std::iter::once(name).chain(aliases.split('|')) {
            let name = fold_name(name);
            if name.contains(' ') {
                let country = countries
                    .entry(name)
                    .or_insert_with(|| Some(iso3.iso3.to_string()));
                if country.as_deref() != Some(iso3.iso3.as_str()) {
                    *country = None;
                }
            }
        }
    }
    let rows = countries.into_iter();
    rows.filter_map(|(name, country)| Some(format!("{name}\t{}\n", country?)))
        .collect()
}

/// The rates by day, oldest first; a currency that was not quoted has no figure.
fn rates(csv: &str) -> String {
    let tabbed = |line: &str| {
        line.trim_end_matches(',')
            .replace(',', "\t")
            .replace("N/A", "")
    };
    let mut lines = csv.lines().map(tabbed);
    let header = lines.next().unwrap_or_default();
    let mut rows: Vec<String> = lines.filter(|l| !l.is_empty()).collect();
    rows.sort();
    let mut out = header + "\n";
    for row in rows {
        out += row.trim_end_matches('\t');
        out.push('\n');
    }
    out
}

/// A line of the source; `None` for what the tables leave out.
fn row(line: &str) -> Option<Row> {
    let f: Vec<&str> = line.split('\t').collect();
    let &[
        id,
        name,
        alternates,
        kind,
        country,
        admin1,
        lat,
        lon,
        population,
    ] = f.as_slice()
    else {
        return None;
    };
    let kind = PlaceKind::of(kind)?;
    let population = population.parse().unwrap_or(0);
    // Possessed squares ("Rome's Old Square") are placed by their city's name.
    let possessed = id.starts_with("x:") && name.contains("'s ");
    if possessed {
        return None;
    }
    let keep = |a: &&str| {
        let by_hand = id.starts_with("x:");
        a.starts_with(char::is_uppercase)
            && (a.chars().count() >= 4 || kind != PlaceKind::City)
            && !a.contains('(')
            && match kind {
                PlaceKind::City => population >= ALTERNATES_FROM,
                PlaceKind::Admin2 => false,
                PlaceKind::Admin1 => true,
                _ => by_hand,
            }
    };
    Some(Row {
        geonames: id
            .strip_prefix("gn:")
            .and_then(|n| n.parse().ok())
            .unwrap_or(0),
        kind,
        country: country.into(),
        admin1: admin1.into(),
        name: name.into(),
        alternates: alternates
            .split('|')
            .filter(keep)
            .map(str::to_owned)
            .collect(),
        lat: lat.parse().ok()?,
        lon: lon.parse().ok()?,
        population,
    })
}

fn encode(rows: &[Row]) -> Vec<u8> {
    let divisions: BTreeMap<(&str, &str), u16> = rows
        .iter()
        .enumerate()
        .filter(|(_, r)| r.kind == PlaceKind::Admin1)
        .filter_map(|(i, r)| {
            Some((
                (r.country.as_str(), r.name.as_str()),
                u16::try_from(i + 1).ok()?,
            ))
        })
        .collect();
    let mut out = Vec::with_capacity(rows.len() * gazetteer::ROW);
    for r in rows {
        out.extend(r.geonames.to_le_bytes());
        for degrees in [r.lat, r.lon] {
            let whole = (degrees / 180.0 * 8_388_607.0).round() as i32;
            out.extend(&whole.to_le_bytes()[..3]);
        }
        let size = ((r.population as f64 + 1.0).log2() * 2048.0).round() as u16;
        out.extend(size.to_le_bytes());
        let admin1 = divisions
            .get(&(r.country.as_str(), r.admin1.as_str()))
            .copied()
            .unwrap_or(0);
        out.extend(admin1.to_le_bytes());
        let kind = PlaceKind::ALL.iter().position(|k| *k == r.kind);
        out.push(kind.unwrap_or_default() as u8);
        let mut country = r.country.as_bytes().to_vec();
        country.resize(2, b' ');
        out.extend(country);
    }
    out
}

fn index(rows: &[Row]) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut names: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (i, r) in rows.iter().enumerate() {
        let i = i as u32;
        names.entry(fold_name(&r.name)).or_default().push(i);
        // "Washington, D.C." is Washington as well.
        if let Some((short, _)) = r.name.split_once(',') {
            names.entry(fold_name(short)).or_default().push(i);
        }
        for a in &r.alternates {
            let list = names.entry(fold_name(a)).or_default();
            if !list.iter().any(|p| p & !gazetteer::ALTERNATE == i) {
                list.push(i | gazetteer::ALTERNATE);
            }
        }
    }
    names.remove("");
    let mut builder = fst::MapBuilder::memory();
    let mut postings: Vec<u8> = Vec::new();
    for (name, list) in &names {
        let value = match list.as_slice() {
            [one] => 1 << 32 | u64::from(*one),
            many => {
                let start = postings.len() / 4;
                postings.extend(many.iter().flat_map(|p| p.to_le_bytes()));
                (many.len() as u64) << 32 | start as u64
            }
        };
        builder.insert(name, value)?;
    }
    Ok((builder.into_inner()?, postings))
}
