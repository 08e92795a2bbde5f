//! Writing into the database, a batch in a few streams of rows.

use std::collections::{BTreeMap, BTreeSet};

use postgres::types::Type;

use super::super::backend::{Changes, Indexed, Result, Write};
use super::super::error::LedgerError;
use super::super::identification::Identification;
use super::super::index::Row;
use super::super::key;
use super::super::search::Search;
use super::copy::{self, Cell, Words};
use super::read::Look;

impl Write for Look<'_> {
    fn apply(&mut self, changes: &Changes) -> Result<()> {
        for indexed in &changes.out {
            self.take_out(indexed)?;
        }
        self.reports(changes)?;
        self.readings(changes)?;
        self.put_in(changes)?;
        self.versions_and_judgements(changes)
    }

    /// Deletes, and truncates nothing: who looks meanwhile sees the rows that were.
    fn clear(&mut self) -> Result<()> {
        Ok(self.0.batch_execute(
            "DELETE FROM entry; DELETE FROM entry_amount; DELETE FROM entry_place",
        )?)
    }

    fn identify(&mut self, said: &Identification) -> Result<()> {
        let sql = "INSERT INTO identification (said) VALUES ($1)";
        self.0.execute(sql, &[&said.write()?])?;
        Ok(())
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
        let new: BTreeSet<i64> = changes
            .readings
            .iter()
            .filter(|r| r.1 == 0)
            .map(|r| r.0)
            .collect();
        let words: BTreeMap<i64, Words> = changes
            .into
            .iter()
            .map(|i| (i.key, Words::of_report(i)))
            .collect();
        let fresh = changes.reports.iter().filter(|r| new.contains(&r.0));
        let fresh: Vec<_> = fresh.map(|r| (r, words.get(&r.2))).collect();
        copy::rows(
            &mut self.0,
            "report",
            [
                ("number", Type::INT8),
                ("id", Type::TEXT),
                ("key", Type::INT8),
                ("words", Type::TS_VECTOR),
            ],
            fresh
                .iter()
                .map(|(r, words)| [&r.0 as Cell<'_>, &r.1, &r.2, words]),
        )?;
        for (number, _, key) in changes.reports.iter().filter(|r| !new.contains(&r.0)) {
            let sql = "UPDATE report SET key = $2 WHERE number = $1";
            self.0.execute(sql, &[number, key])?;
        }
        // Rows that are new came with their words: to change a row is to write it twice.
        let keys: BTreeSet<i64> = fresh.iter().map(|(r, _)| r.2).collect();
        for (key, words) in words.iter().filter(|(key, _)| !keys.contains(key)) {
            let sql = "UPDATE report SET words = $2 WHERE key = $1";
            self.0.execute(sql, &[key, words])?;
        }
        self.carriers(changes)
    }

    fn carriers(&mut self, changes: &Changes) -> Result<()> {
        let again: Vec<i64> = changes.again.iter().map(|a| a.0).collect();
        let read: Vec<i32> = changes.again.iter().map(|a| i32::from(a.1)).collect();
        if !again.is_empty() {
            self.0.execute(
                "INSERT INTO again (turn, report, read) \
                 SELECT (SELECT coalesce(max(turn), 0) FROM again) + t.turn, t.report, t.read \
                 FROM unnest($1::bigint[], $2::int[]) WITH ORDINALITY AS t (report, read, turn)",
                &[&again, &read],
            )?;
        }
        let rows: Vec<_> = changes
            .carriers
            .iter()
            .map(|(number, o)| {
                (
                    number,
                    o,
                    o.outlet.as_deref().unwrap_or(""),
                    o.filed.to_string(),
                )
            })
            .collect();
        copy::rows(
            &mut self.0,
            "carrier",
            [
                ("location", Type::TEXT),
                ("outlet", Type::TEXT),
                ("report", Type::INT8),
                ("filed", Type::TEXT),
            ],
            rows.iter().map(|(number, o, outlet, filed)| {
                [&o.location as Cell<'_>, outlet, *number, filed]
            }),
        )
    }

    fn readings(&mut self, changes: &Changes) -> Result<()> {
        let mut rows = Vec::new();
        for (number, count, r, body) in &changes.readings {
            let reader = serde_json::to_string(&r.reader)
                .map_err(|e| LedgerError::Damaged(format!("a reader: {e}")))?;
            let outlet = r.origin.outlet.as_deref().unwrap_or("");
            let filed = r.origin.filed.to_string();
            rows.push((
                number,
                count,
                &r.digest[..],
                reader,
                &r.origin.location,
                outlet,
                filed,
                &**body,
            ));
        }
        copy::rows(
            &mut self.0,
            "reading",
            [
                ("report", Type::INT8),
                ("count", Type::INT8),
                ("digest", Type::BYTEA),
                ("reader", Type::TEXT),
                ("location", Type::TEXT),
                ("outlet", Type::TEXT),
                ("filed", Type::TEXT),
                ("body", Type::BYTEA),
            ],
            rows.iter()
                .map(|r| [r.0 as Cell<'_>, r.1, &r.2, &r.3, r.4, &r.5, &r.6, &r.7]),
        )
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
        let mut rows: Vec<(i64, &Row)> = Vec::new();
        for of in &changes.into {
            let keyed = of.rows.iter().enumerate();
            rows.extend(keyed.map(|(n, row)| (key::entry(of.key, n), row)));
        }
        self.entries(&rows)?;
        let (mut amounts, mut places): (Vec<[Cell<'_>; 3]>, Vec<[Cell<'_>; 3]>) =
            Default::default();
        for (key, row) in &rows {
            for (unit, amount) in &row.amounts {
                amounts.push([unit, amount, key]);
            }
            for (lat, lon) in &row.places {
                places.push([key, lat, lon]);
            }
        }
        let columns = [
            ("unit", Type::TEXT),
            ("amount", Type::TEXT),
            ("entry", Type::INT8),
        ];
        copy::rows(&mut self.0, "entry_amount", columns, amounts)?;
        let columns = [
            ("entry", Type::INT8),
            ("lat", Type::FLOAT8),
            ("lon", Type::FLOAT8),
        ];
        copy::rows(&mut self.0, "entry_place", columns, places)
    }

    fn entries(&mut self, rows: &[(i64, &Row)]) -> Result<()> {
        let rows: Vec<_> = rows
            .iter()
            .map(|(key, row)| (key, row, row.days.unzip(), Words::of(&row.tokens)))
            .collect();
        copy::rows(
            &mut self.0,
            "entry",
            [
                ("key", Type::INT8),
                ("kind", Type::INT8),
                ("confidence", Type::INT8),
                ("basis", Type::INT8),
                ("hidden", Type::INT8),
                ("first_day", Type::INT4),
                ("last_day", Type::INT4),
                ("words", Type::TS_VECTOR),
            ],
            rows.iter().map(|(key, row, (first, last), words)| {
                [
                    *key as Cell<'_>,
                    &row.kind,
                    &row.confidence,
                    &row.basis,
                    &row.hidden,
                    first,
                    last,
                    words,
                ]
            }),
        )
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
