//! Writing into the database, a batch in a few statements.

use std::collections::{BTreeMap, BTreeSet};

use super::super::backend::{Changes, Indexed, Result, Write};
use super::super::error::LedgerError;
use super::super::index::Row;
use super::super::key;
use super::super::search::Search;
use super::read::Look;

impl Write for Look<'_> {
    fn apply(&mut self, changes: &Changes) -> Result<()> {
        for indexed in &changes.out {
            self.take_out(indexed)?;
        }
        self.reports(changes)?;
        self.readings(changes)?;
        if !changes.into.is_empty() {
            self.put_in(changes)?;
        }
        self.versions_and_judgements(changes)
    }

    fn keep(&mut self, search: &Search) -> Result<()> {
        let (report, turn) = search.looked.map(|l| (l.report, l.turn)).unzip();
        self.0.execute(
            "INSERT INTO search (name, said, report, turn) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (name) DO UPDATE SET said = excluded.said, report = excluded.report, \
                 turn = excluded.turn",
            &[&search.name, &search.said()?, &report, &turn],
        )?;
        Ok(())
    }

    fn forget(&mut self, name: &str) -> Result<bool> {
        let sql = "DELETE FROM search WHERE name = $1";
        Ok(self.0.execute(sql, &[&name])? > 0)
    }
}

impl Look<'_> {
    fn reports(&mut self, changes: &Changes) -> Result<()> {
        let reports = &changes.reports;
        let numbers: Vec<i64> = reports.iter().map(|r| r.0).collect();
        let ids: Vec<&str> = reports.iter().map(|r| r.1.as_str()).collect();
        let keys: Vec<i64> = reports.iter().map(|r| r.2).collect();
        let texts: BTreeMap<i64, &str> = changes.into.iter().map(|i| (i.key, &*i.text)).collect();
        let texts: Vec<Option<&str>> = keys.iter().map(|k| texts.get(k).copied()).collect();
        self.0.execute(
            "INSERT INTO report (number, id, key, words) \
             SELECT number, id, key, array_to_tsvector(string_to_array(words, ' ')) \
             FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[]) \
                 AS t (number, id, key, words) \
             ON CONFLICT (number) DO UPDATE \
             SET key = excluded.key, words = coalesce(excluded.words, report.words)",
            &[&numbers, &ids, &keys, &texts],
        )?;
        let again: Vec<i64> = changes.again.iter().map(|a| a.0).collect();
        let read: Vec<i32> = changes.again.iter().map(|a| i32::from(a.1)).collect();
        self.0.execute(
            "INSERT INTO again (turn, report, read) \
             SELECT (SELECT coalesce(max(turn), 0) FROM again) + t.turn, t.report, t.read \
             FROM unnest($1::bigint[], $2::int[]) WITH ORDINALITY AS t (report, read, turn)",
            &[&again, &read],
        )?;
        let carriers = &changes.carriers;
        let locations: Vec<&str> = carriers.iter().map(|c| c.1.location.as_str()).collect();
        let outlets: Vec<&str> = carriers
            .iter()
            .map(|c| c.1.outlet.as_deref().unwrap_or(""))
            .collect();
        let numbers: Vec<i64> = carriers.iter().map(|c| c.0).collect();
        let filed: Vec<String> = carriers.iter().map(|c| c.1.filed.to_string()).collect();
        self.0.execute(
            "INSERT INTO carrier (location, outlet, report, filed) \
             SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) \
             ON CONFLICT DO NOTHING",
            &[&locations, &outlets, &numbers, &filed],
        )?;
        Ok(())
    }

    fn readings(&mut self, changes: &Changes) -> Result<()> {
        let readings = &changes.readings;
        let numbers: Vec<i64> = readings.iter().map(|r| r.0).collect();
        let counts: Vec<i64> = readings.iter().map(|r| r.1).collect();
        let digests: Vec<&[u8]> = readings.iter().map(|r| r.2.digest.as_slice()).collect();
        let mut readers = Vec::new();
        for (_, _, r, _) in readings {
            readers.push(
                serde_json::to_string(&r.reader)
                    .map_err(|e| LedgerError::Damaged(format!("a reader: {e}")))?,
            );
        }
        let locations: Vec<&str> = readings
            .iter()
            .map(|r| r.2.origin.location.as_str())
            .collect();
        let outlets: Vec<&str> = readings
            .iter()
            .map(|r| r.2.origin.outlet.as_deref().unwrap_or(""))
            .collect();
        let filed: Vec<String> = readings
            .iter()
            .map(|r| r.2.origin.filed.to_string())
            .collect();
        let bodies: Vec<&[u8]> = readings.iter().map(|r| &*r.3).collect();
        self.0.execute(
            "INSERT INTO reading (report, count, digest, reader, location, outlet, filed, body) \
             SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::text[], \
                 $5::text[], $6::text[], $7::text[], $8::bytea[])",
            &[
                &numbers, &counts, &digests, &readers, &locations, &outlets, &filed, &bodies,
            ],
        )?;
        Ok(())
    }

    fn take_out(&mut self, indexed: &Indexed) -> Result<()> {
        let last = key::entry(indexed.key, key::MOST_ENTRIES - 1);
        for sql in [
            "DELETE FROM entry WHERE key BETWEEN $1 AND $2",
            "DELETE FROM entry_amount WHERE entry BETWEEN $1 AND $2",
            "DELETE FROM entry_place WHERE entry BETWEEN $1 AND $2",
        ] {
            self.0.execute(sql, &[&indexed.key, &last])?;
        }
        Ok(())
    }

    fn put_in(&mut self, changes: &Changes) -> Result<()> {
        let indexed = &changes.into;
        // Rows that are new came with their words: to change a row is to write it twice.
        let new: BTreeSet<i64> = changes.reports.iter().map(|r| r.2).collect();
        let old = || indexed.iter().filter(|i| !new.contains(&i.key));
        let keys: Vec<i64> = old().map(|i| i.key).collect();
        let texts: Vec<&str> = old().map(|i| &*i.text).collect();
        if !keys.is_empty() {
            self.0.execute(
                "UPDATE report AS r SET words = array_to_tsvector(string_to_array(t.words, ' ')) \
                 FROM unnest($1::bigint[], $2::text[]) AS t (key, words) WHERE r.key = t.key",
                &[&keys, &texts],
            )?;
        }
        let mut rows: Vec<(i64, &Row)> = Vec::new();
        for of in indexed {
            let keyed = of.rows.iter().enumerate();
            rows.extend(keyed.map(|(n, row)| (key::entry(of.key, n), row)));
        }
        self.entries(&rows)?;
        let amounts = || {
            rows.iter()
                .flat_map(|(k, r)| r.amounts.iter().map(move |a| (*k, a)))
        };
        let keys: Vec<i64> = amounts().map(|(k, _)| k).collect();
        let units: Vec<&str> = amounts().map(|(_, a)| a.0.as_str()).collect();
        let values: Vec<&str> = amounts().map(|(_, a)| a.1.as_str()).collect();
        self.0.execute(
            "INSERT INTO entry_amount (unit, amount, entry) \
             SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])",
            &[&units, &values, &keys],
        )?;
        let places = || {
            rows.iter()
                .flat_map(|(k, r)| r.places.iter().map(move |p| (*k, p)))
        };
        let keys: Vec<i64> = places().map(|(k, _)| k).collect();
        let lats: Vec<f64> = places().map(|(_, p)| p.0).collect();
        let lons: Vec<f64> = places().map(|(_, p)| p.1).collect();
        self.0.execute(
            "INSERT INTO entry_place (entry, lat, lon) \
             SELECT * FROM unnest($1::bigint[], $2::float8[], $3::float8[])",
            &[&keys, &lats, &lons],
        )?;
        Ok(())
    }

    fn entries(&mut self, rows: &[(i64, &Row)]) -> Result<()> {
        let column = |f: &dyn Fn(&Row) -> i64| rows.iter().map(|(_, r)| f(r)).collect::<Vec<i64>>();
        let keys: Vec<i64> = rows.iter().map(|(k, _)| *k).collect();
        let first: Vec<Option<i32>> = rows.iter().map(|(_, r)| r.days.map(|d| d.0)).collect();
        let last: Vec<Option<i32>> = rows.iter().map(|(_, r)| r.days.map(|d| d.1)).collect();
        let words: Vec<&str> = rows.iter().map(|(_, r)| r.tokens.as_str()).collect();
        self.0.execute(
            "INSERT INTO entry \
                 (key, kind, confidence, basis, hidden, first_day, last_day, words) \
             SELECT key, kind, confidence, basis, hidden, first_day, last_day, \
                 array_to_tsvector(string_to_array(words, ' ')) \
             FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], \
                 $6::int[], $7::int[], $8::text[]) \
                 AS t (key, kind, confidence, basis, hidden, first_day, last_day, words)",
            &[
                &keys,
                &column(&|r| r.kind),
                &column(&|r| r.confidence),
                &column(&|r| r.basis),
                &column(&|r| r.hidden),
                &first,
                &last,
                &words,
            ],
        )?;
        Ok(())
    }

    fn versions_and_judgements(&mut self, changes: &Changes) -> Result<()> {
        for (older, newer) in &changes.versions {
            let added = self.0.execute(
                "INSERT INTO version (older, newer) SELECT $1, $2 \
                 WHERE NOT EXISTS (SELECT 1 FROM version WHERE older = $2 AND newer = $1) \
                 ON CONFLICT DO NOTHING",
                &[older, newer],
            )?;
            if added > 0 {
                self.0.execute(
                    "UPDATE entry SET hidden = hidden | 4 \
                     WHERE key >= (SELECT key FROM report WHERE number = $1) \
                     AND key < (SELECT key FROM report WHERE number = $1) + 16384",
                    &[older],
                )?;
            }
        }
        for (number, j) in &changes.judged {
            let said = serde_json::to_string(j)
                .map_err(|e| LedgerError::Damaged(format!("a judgement: {e}")))?;
            self.0.execute(
                "INSERT INTO judgement (number, report, author, at, said) \
                 VALUES ($1, $2, $3, $4, $5)",
                &[number, &j.of.report, &j.author, &j.at.to_string(), &said],
            )?;
        }
        for (number, entry) in &changes.attached {
            let sql = "UPDATE judgement SET entry = $2 WHERE number = $1";
            self.0.execute(sql, &[number, entry])?;
        }
        Ok(())
    }
}
