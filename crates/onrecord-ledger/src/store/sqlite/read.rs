//! Looking into the file.

use onrecord_model::Reader;
use rusqlite::{Connection, OptionalExtension as _, Row, named_params, params};

use super::super::backend::{Extent, Kept, Known, Read, Reading, Result, Sibling};
use super::super::error::LedgerError;
use super::super::filing::Origin;
use super::super::identification::Identification;
use super::super::judgement::Judgement;
use super::super::key;
use super::super::near;
use super::super::query::{Hit, Sieve, Sort, Term, Terms};
use super::super::search::{Moment, Search};

/// A transaction.
pub(super) struct Look<'c>(pub(super) &'c Connection);

/// A reading's place: its report's number times this, and its count.
pub(super) const READINGS: i64 = 1024;

macro_rules! find {
    ($from:literal, $order:literal) => {
        concat!(
            include_str!(concat!("find/", $from, ".sql")),
            include_str!("find/where.sql"),
            $order
        )
    };
}

impl Read for Look<'_> {
    fn known(&mut self, ids: &[&str]) -> Result<Vec<Known>> {
        let mut out = Vec::new();
        let mut report = self
            .0
            .prepare_cached("SELECT number, id, key FROM report WHERE id = ?1")?;
        for id in ids {
            if let Some(head) = report.query_row([id], head).optional()? {
                out.push(self.whole(head)?);
            }
        }
        Ok(out)
    }

    fn beginning(&mut self, beginning: &str, limit: i64) -> Result<Vec<String>> {
        // A range, which the index of ids answers: no digit sorts behind `~`.
        let sql = "SELECT id FROM report WHERE id >= ?1 AND id < ?1 || '~' LIMIT ?2";
        let mut ids = self.0.prepare_cached(sql)?;
        let rows = ids.query_map(params![beginning, limit], |r| r.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn known_by_key(&mut self, keys: &[i64]) -> Result<Vec<Known>> {
        let mut out = Vec::new();
        let mut report = self
            .0
            .prepare_cached("SELECT number, id, key FROM report WHERE key = ?1")?;
        for key in keys {
            if let Some(head) = report.query_row([key], head).optional()? {
                out.push(self.whole(head)?);
            }
        }
        Ok(out)
    }

    fn known_after(&mut self, number: i64, limit: i64) -> Result<Vec<Known>> {
        let sql = "SELECT number, id, key FROM report WHERE number > ?1 ORDER BY number LIMIT ?2";
        let mut report = self.0.prepare_cached(sql)?;
        let heads = report.query_map([number, limit], head)?;
        heads.map(|h| self.whole(h?)).collect()
    }

    fn siblings(&mut self, addresses: &[&str]) -> Result<Vec<Sibling>> {
        let sql = "SELECT c.location, r.number, r.id, r.key, c.filed \
            FROM carrier AS c JOIN report AS r ON r.number = c.report WHERE c.location = ?1 \
            ORDER BY c.filed, r.number";
        let mut there = self.0.prepare_cached(sql)?;
        let mut out = Vec::new();
        for address in addresses {
            let mut rows = there.query([address])?;
            while let Some(r) = rows.next()? {
                out.push(Sibling {
                    address: r.get(0)?,
                    number: r.get(1)?,
                    id: r.get(2)?,
                    key: r.get(3)?,
                    filed: time(&r.get::<_, String>(4)?)?,
                    extent: Extent::default(),
                });
            }
        }
        Ok(out)
    }

    fn names(&mut self, role: &str) -> Result<Vec<(String, u64)>> {
        let there = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.entry_vocabulary \
            USING fts5vocab ('main', 'entry_words', 'row')";
        self.0.execute_batch(there)?;
        let sql = "SELECT substr(term, length(?1) + 1), doc FROM temp.entry_vocabulary \
            WHERE term > ?1 AND term < ?2";
        let mut names = self.0.prepare(sql)?;
        let (first, last) = near::range(role);
        let mut rows = names.query([first, last])?;
        let mut out = Vec::new();
        while let Some(r) = rows.next()? {
            out.push((r.get(0)?, r.get::<_, i64>(1)? as u64));
        }
        Ok(out)
    }

    fn outlets(&mut self) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT outlet FROM carrier WHERE outlet IS NOT NULL";
        let mut all = self.0.prepare_cached(sql)?;
        let names = all.query_map([], |r| r.get(0))?;
        Ok(names.collect::<std::result::Result<_, _>>()?)
    }

    fn bodies(&mut self, readings: &[(i64, i64)]) -> Result<Vec<Vec<u8>>> {
        let sql = "SELECT body FROM reading WHERE place = ?1";
        let mut body = self.0.prepare_cached(sql)?;
        let mut out = Vec::new();
        for (number, count) in readings {
            out.push(body.query_row([number * READINGS + count], |r| r.get(0))?);
        }
        Ok(out)
    }

    fn versions(&mut self, of: Option<&str>) -> Result<Vec<(String, String)>> {
        let sql = "SELECT a.id, b.id FROM version AS v JOIN report AS a ON a.number = v.older \
            JOIN report AS b ON b.number = v.newer WHERE ?1 IS NULL OR ?1 IN (a.id, b.id) ORDER BY v.older, v.newer";
        let mut versions = self.0.prepare_cached(sql)?;
        let rows = versions.query_map([of], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn find(&mut self, s: &Sieve) -> Result<Vec<Hit>> {
        let sql = match (s.sort, s.terms.is_empty()) {
            (Sort::Newest, false) => find!("by_words", "ORDER BY w.rowid DESC LIMIT :limit"),
            (Sort::Oldest, false) => find!("by_words", "ORDER BY w.rowid LIMIT :limit"),
            (Sort::Surest, false) => {
                find!(
                    "by_words",
                    "ORDER BY e.confidence DESC, e.key DESC LIMIT :limit"
                )
            }
            (Sort::Largest, false) => {
                find!(
                    "by_words_amount",
                    "ORDER BY a.amount DESC, e.key DESC LIMIT :limit"
                )
            }
            (Sort::Newest, true) => find!("all", "ORDER BY e.key DESC LIMIT :limit"),
            (Sort::Oldest, true) => find!("all", "ORDER BY e.key LIMIT :limit"),
            (Sort::Surest, true) => {
                find!("all", "ORDER BY e.confidence DESC, e.key DESC LIMIT :limit")
            }
            (Sort::Largest, true) => {
                find!(
                    "all_amount",
                    "ORDER BY a.amount DESC, a.entry DESC LIMIT :limit"
                )
            }
        };
        self.sift(sql, s)
    }

    fn count(&mut self, s: &Sieve) -> Result<u64> {
        let sql = if s.terms.is_empty() {
            concat!(
                "SELECT count(*), 0, '' FROM (",
                find!("all", "LIMIT :limit)")
            )
        } else {
            concat!(
                "SELECT count(*), 0, '' FROM (",
                find!("by_words", "LIMIT :limit)")
            )
        };
        let all = Sieve {
            limit: -1,
            ..s.clone()
        };
        let counted = self.sift(sql, &all)?;
        Ok(counted.first().map_or(0, |hit| hit.key as u64))
    }

    fn judgements(&mut self, reports: Option<&[&str]>) -> Result<Vec<Kept>> {
        let mut out = Vec::new();
        if let Some(reports) = reports {
            let sql = "SELECT number, said FROM judgement WHERE report = ?1 ORDER BY number";
            let mut said = self.0.prepare_cached(sql)?;
            for report in reports {
                let mut rows = said.query([report])?;
                while let Some(row) = rows.next()? {
                    out.push(kept(row)?);
                }
            }
            out.sort_by_key(|k| k.number);
            return Ok(out);
        }
        let mut said = self
            .0
            .prepare_cached("SELECT number, said FROM judgement ORDER BY number")?;
        let mut rows = said.query([])?;
        while let Some(row) = rows.next()? {
            out.push(kept(row)?);
        }
        Ok(out)
    }

    fn identifications(&mut self) -> Result<Vec<Identification>> {
        let sql = "SELECT said FROM identification ORDER BY number";
        let mut all = self.0.prepare_cached(sql)?;
        let mut rows = all.query([])?;
        let mut out = Vec::new();
        while let Some(r) = rows.next()? {
            out.push(Identification::read(&r.get::<_, String>(0)?)?);
        }
        Ok(out)
    }

    fn searches(&mut self, name: Option<&str>) -> Result<Vec<Search>> {
        let sql = "SELECT name, said, report, turn FROM search \
            WHERE ?1 IS NULL OR name = ?1 ORDER BY name";
        let mut searches = self.0.prepare_cached(sql)?;
        let mut rows = searches.query([name])?;
        let mut out = Vec::new();
        while let Some(r) = rows.next()? {
            let looked: (Option<i64>, Option<i64>) = (r.get(2)?, r.get(3)?);
            let looked = looked.0.zip(looked.1);
            let looked = looked.map(|(report, turn)| Moment { report, turn });
            out.push(Search::of(r.get(0)?, &r.get::<_, String>(1)?, looked)?);
        }
        Ok(out)
    }

    fn moment(&mut self) -> Result<Moment> {
        let turn = "SELECT coalesce(max(turn), 0) FROM again";
        Ok(Moment {
            report: self.greatest()?,
            turn: self.0.query_row(turn, [], |r| r.get(0))?,
        })
    }

    fn greatest(&mut self) -> Result<i64> {
        let sql = "SELECT coalesce(max(number), 0) FROM report";
        Ok(self.0.query_row(sql, [], |r| r.get(0))?)
    }

    fn greatest_judgement(&mut self) -> Result<i64> {
        let sql = "SELECT coalesce(max(number), 0) FROM judgement";
        Ok(self.0.query_row(sql, [], |r| r.get(0))?)
    }

    fn greatest_key(&mut self, low: i64, high: i64) -> Result<Option<i64>> {
        let sql = "SELECT max(key) FROM report WHERE key BETWEEN ?1 AND ?2";
        Ok(self.0.query_row(sql, [low, high], |r| r.get(0))?)
    }

    fn entries_of(&mut self, report: i64) -> Result<u64> {
        let sql = "SELECT count(*) FROM entry WHERE key BETWEEN ?1 AND ?2";
        let last = key::entry(report, key::MOST_ENTRIES - 1);
        let mut count = self.0.prepare_cached(sql)?;
        Ok(count.query_row([report, last], |r| r.get::<_, i64>(0))? as u64)
    }

    fn sound(&mut self) -> Result<()> {
        let sql = "PRAGMA integrity_check";
        let said: String = self.0.query_row(sql, [], |r| r.get(0))?;
        match said.as_str() {
            "ok" => Ok(()),
            _ => Err(LedgerError::Damaged(said)),
        }
    }

    fn size(&mut self) -> Result<(u64, u64)> {
        let sql = "SELECT (SELECT count(*) FROM report), (SELECT count(*) FROM entry)";
        let count = |r: &Row<'_>| Ok((r.get::<_, i64>(0)? as u64, r.get::<_, i64>(1)? as u64));
        Ok(self.0.query_row(sql, [], count)?)
    }
}

impl Look<'_> {
    fn whole(&self, (number, id, key): (i64, String, i64)) -> Result<Known> {
        let sql = "SELECT EXISTS (SELECT 1 FROM version WHERE older = ?1)";
        let superseded = self
            .0
            .prepare_cached(sql)?
            .query_row([number], |r| r.get(0))?;
        let sql = "SELECT g.digest, d.description, g.location, g.outlet, g.filed FROM reading AS g \
            JOIN reader AS d ON d.number = g.reader WHERE g.place BETWEEN ?1 AND ?2 ORDER BY g.place";
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query([number * READINGS, number * READINGS + READINGS - 1])?;
        let mut readings = Vec::new();
        while let Some(r) = rows.next()? {
            readings.push(Reading {
                digest: r.get(0)?,
                reader: reader(&r.get::<_, String>(1)?)?,
                origin: origin(r, 2)?,
            });
        }
        let sql = "SELECT location, outlet, filed FROM carrier WHERE report = ?1";
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query(params![number])?;
        let mut carriers = Vec::new();
        while let Some(r) = rows.next()? {
            carriers.push(origin(r, 0)?);
        }
        let mut known = Known {
            number,
            id,
            key,
            superseded,
            readings,
            carriers,
        };
        known.sort_carriers();
        Ok(known)
    }

    fn sift(&self, sql: &str, s: &Sieve) -> Result<Vec<Hit>> {
        let (unit, least, most) = s.amount.clone().unwrap_or_default();
        let after = s.after.as_ref();
        let surest = after.filter(|_| s.sort == Sort::Surest);
        let came = s.came.as_ref();
        let mut find = self.0.prepare_cached(sql)?;
        let all = named_params! {
            ":terms": expression(&s.terms), ":text": expression(&s.text),
            ":low": s.low, ":high": s.high, ":kinds": s.kinds, ":confidence": s.confidence,
            ":basis": s.basis, ":hide": s.hide,
            ":first_day": s.days.map(|d| d.0), ":last_day": s.days.map(|d| d.1),
            ":lat": s.near.map(|n| n.0), ":lon": s.near.map(|n| n.1), ":km": s.near.map(|n| n.2),
            ":unit": unit, ":least": least, ":most": most, ":limit": s.limit,
            ":after_confidence": surest.map(|h| h.confidence),
            ":after_amount": after.map_or("", |h| h.amount.as_str()),
            ":after_key": after.map_or(0, |h| h.key),
            ":after": came.map(|c| c.after.report), ":until": came.map(|c| c.until.report),
            ":after_turn": came.map(|c| c.after.turn), ":until_turn": came.map(|c| c.until.turn),
            ":read": came.map(|c| c.read),
        };
        // A statement names only the parameters it has.
        for (name, value) in all {
            if let Some(i) = find.parameter_index(name)? {
                find.raw_bind_parameter(i, value)?;
            }
        }
        let mut rows = find.raw_query();
        let mut out = Vec::new();
        while let Some(r) = rows.next()? {
            out.push(Hit {
                key: r.get(0)?,
                confidence: r.get(1)?,
                amount: r.get(2)?,
            });
        }
        Ok(out)
    }
}

/// Terms as FTS5 asks for them. Tokens hold letters, digits, `=` and `_` only.
fn expression(terms: &Terms) -> String {
    let one = |t: &Term| match t {
        Term::Whole(word) => format!("\"{word}\""),
        Term::Beginning(word) => format!("\"{word}\" *"),
    };
    let any = |of: &Vec<Term>| {
        let of: Vec<String> = of.iter().map(one).collect();
        format!("({})", of.join(" OR "))
    };
    let all: Vec<String> = terms.iter().map(any).collect();
    all.join(" AND ")
}

fn head(r: &Row<'_>) -> rusqlite::Result<(i64, String, i64)> {
    Ok((r.get(0)?, r.get(1)?, r.get(2)?))
}

pub(super) fn origin(r: &Row<'_>, at: usize) -> Result<Origin> {
    let outlet: String = r.get(at + 1)?;
    Ok(Origin {
        location: r.get(at)?,
        outlet: (!outlet.is_empty()).then_some(outlet),
        filed: time(&r.get::<_, String>(at + 2)?)?,
    })
}

fn kept(r: &Row<'_>) -> Result<Kept> {
    let said: String = r.get(1)?;
    let judgement: Judgement = serde_json::from_str(&said)
        .map_err(|e| LedgerError::Damaged(format!("a judgement: {e}")))?;
    Ok(Kept {
        number: r.get(0)?,
        judgement,
    })
}

fn time(text: &str) -> Result<jiff::Timestamp> {
    text.parse()
        .map_err(|_| LedgerError::Damaged(format!("the time `{text}`")))
}

fn reader(text: &str) -> Result<Reader> {
    serde_json::from_str(text).map_err(|e| LedgerError::Damaged(format!("a reader: {e}")))
}
