//! Writing into the file.

use rusqlite::params;

use super::super::backend::{Changes, Indexed, Result, Write};
use super::super::error::LedgerError;
use super::super::identification::Identification;
use super::super::key;
use super::super::search::Search;
use super::read::{Look, READINGS};

impl Write for Look<'_> {
    fn apply(&mut self, changes: &Changes) -> Result<()> {
        for indexed in &changes.out {
            self.take_out(indexed)?;
        }
        self.reports(changes)?;
        for indexed in &changes.into {
            self.put_in(indexed)?;
        }
        self.words(&changes.into)?;
        self.versions_and_judgements(changes)
    }

    fn clear(&mut self) -> Result<()> {
        Ok(self.0.execute_batch(
            "DELETE FROM entry; DELETE FROM entry_amount; DELETE FROM entry_place; \
             INSERT INTO entry_words (entry_words) VALUES ('delete-all'); \
             INSERT INTO report_words (report_words) VALUES ('delete-all')",
        )?)
    }

    fn identify(&mut self, said: &Identification) -> Result<()> {
        let sql = "INSERT INTO identification (said) VALUES (?1)";
        self.0.prepare_cached(sql)?.execute([said.write()?])?;
        Ok(())
    }

    fn keep(&mut self, search: &Search) -> Result<()> {
        let mut keep = self.0.prepare_cached(
            "INSERT OR REPLACE INTO search (name, said, report, turn) VALUES (?1, ?2, ?3, ?4)",
        )?;
        let (report, turn) = search.looked.map(|l| (l.report, l.turn)).unzip();
        keep.execute(params![search.name, search.said()?, report, turn])?;
        Ok(())
    }

    fn forget(&mut self, name: &str) -> Result<bool> {
        let gone = self
            .0
            .execute("DELETE FROM search WHERE name = ?1", [name])?;
        Ok(gone > 0)
    }
}

impl Look<'_> {
    fn reports(&self, changes: &Changes) -> Result<()> {
        let mut report = self.0.prepare_cached(
            "INSERT INTO report (number, id, key) VALUES (?1, ?2, ?3) \
             ON CONFLICT (number) DO UPDATE SET key = excluded.key",
        )?;
        for (number, id, key) in &changes.reports {
            report.execute(params![number, id, key])?;
        }
        let mut reading = self.0.prepare_cached(
            "INSERT INTO reading (place, digest, reader, location, outlet, filed, body) \
             VALUES (?1, ?2, (SELECT number FROM reader WHERE description = ?3), ?4, ?5, ?6, ?7)",
        )?;
        let mut reader = self.0.prepare_cached(
            "INSERT INTO reader (description) VALUES (?1) ON CONFLICT DO NOTHING",
        )?;
        for (number, count, r, body) in &changes.readings {
            if *count >= READINGS {
                let why =
                    format!("report {number} was read anew too often to keep one more reading");
                return Err(LedgerError::Query(why));
            }
            let description = serde_json::to_string(&r.reader)
                .map_err(|e| LedgerError::Damaged(format!("a reader: {e}")))?;
            reader.execute([&description])?;
            let outlet = r.origin.outlet.as_deref().unwrap_or_default();
            let place = number * READINGS + count;
            let filed = r.origin.filed.to_string();
            reading.execute(params![
                place,
                r.digest,
                description,
                r.origin.location,
                outlet,
                filed,
                body
            ])?;
        }
        let mut carrier = self.0.prepare_cached(
            "INSERT INTO carrier (location, outlet, report, filed) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT DO NOTHING",
        )?;
        for (number, o) in &changes.carriers {
            let outlet = o.outlet.as_deref().unwrap_or_default();
            carrier.execute(params![o.location, outlet, number, o.filed.to_string()])?;
        }
        let mut again = self
            .0
            .prepare_cached("INSERT INTO again (report, read) VALUES (?1, ?2)")?;
        for (number, read) in &changes.again {
            again.execute(params![number, read])?;
        }
        Ok(())
    }

    fn take_out(&self, indexed: &Indexed) -> Result<()> {
        let last = key::entry(indexed.key, key::MOST_ENTRIES - 1);
        for sql in [
            "DELETE FROM entry WHERE key BETWEEN ?1 AND ?2",
            "DELETE FROM entry_amount WHERE entry BETWEEN ?1 AND ?2",
            "DELETE FROM entry_place WHERE entry BETWEEN ?1 AND ?2",
        ] {
            self.0.prepare_cached(sql)?.execute([indexed.key, last])?;
        }
        let mut words = self.0.prepare_cached(
            "INSERT INTO entry_words (entry_words, rowid, tokens) VALUES ('delete', ?1, ?2)",
        )?;
        for (i, row) in indexed.rows.iter().enumerate() {
            words.execute(params![key::entry(indexed.key, i), row.tokens])?;
        }
        let mut words = self.0.prepare_cached(
            "INSERT INTO report_words (report_words, rowid, tokens) VALUES ('delete', ?1, ?2)",
        )?;
        words.execute(params![indexed.key, indexed.text])?;
        Ok(())
    }

    fn put_in(&self, indexed: &Indexed) -> Result<()> {
        let mut entry = self.0.prepare_cached(
            "INSERT INTO entry (key, kind, confidence, basis, hidden, first_day, last_day) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let mut amount = self
            .0
            .prepare_cached("INSERT INTO entry_amount (unit, amount, entry) VALUES (?1, ?2, ?3)")?;
        let mut place = self
            .0
            .prepare_cached("INSERT INTO entry_place (entry, lat, lon) VALUES (?1, ?2, ?3)")?;
        for (i, row) in indexed.rows.iter().enumerate() {
            let key = key::entry(indexed.key, i);
            let (first, last) = row.days.unzip();
            entry.execute(params![
                key,
                row.kind,
                row.confidence,
                row.basis,
                row.hidden,
                first,
                last
            ])?;
            for (unit, value) in &row.amounts {
                amount.execute(params![unit, value, key])?;
            }
            for (lat, lon) in &row.places {
                place.execute(params![key, lat, lon])?;
            }
        }
        Ok(())
    }

    /// Puts the tokens in. FTS5 gathers what comes in the order of its keys and writes it once.
    fn words(&self, indexed: &[Indexed]) -> Result<()> {
        let mut words = self
            .0
            .prepare_cached("INSERT INTO entry_words (rowid, tokens) VALUES (?1, ?2)")?;
        for of in indexed {
            for (i, row) in of.rows.iter().enumerate() {
                words.execute(params![key::entry(of.key, i), row.tokens])?;
            }
        }
        let mut words = self
            .0
            .prepare_cached("INSERT INTO report_words (rowid, tokens) VALUES (?1, ?2)")?;
        for of in indexed {
            words.execute(params![of.key, of.text])?;
        }
        Ok(())
    }

    fn versions_and_judgements(&self, changes: &Changes) -> Result<()> {
        let mut version = self.0.prepare_cached(
            "INSERT INTO version (older, newer) SELECT ?1, ?2 \
             WHERE NOT EXISTS (SELECT 1 FROM version WHERE older = ?2 AND newer = ?1) \
             ON CONFLICT DO NOTHING",
        )?;
        let mut hide = self.0.prepare_cached(
            "UPDATE entry SET hidden = hidden | 4 \
             WHERE key >= (SELECT key FROM report WHERE number = ?1) \
             AND key < (SELECT key FROM report WHERE number = ?1) + 16384",
        )?;
        for (older, newer) in &changes.versions {
            if version.execute([older, newer])? > 0 {
                hide.execute([older])?;
            }
        }
        let mut judgement = self.0.prepare_cached(
            "INSERT INTO judgement (number, report, author, at, said) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for (number, j) in &changes.judged {
            let said = serde_json::to_string(j)
                .map_err(|e| LedgerError::Damaged(format!("a judgement: {e}")))?;
            judgement.execute(params![
                number,
                j.of.report,
                j.author,
                j.at.to_string(),
                said
            ])?;
        }
        let mut attach = self
            .0
            .prepare_cached("UPDATE judgement SET entry = ?2 WHERE number = ?1")?;
        for (number, entry) in &changes.attached {
            attach.execute(params![number, entry])?;
        }
        Ok(())
    }
}
