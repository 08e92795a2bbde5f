//! Looking into the database.

use std::collections::BTreeMap;

use onrecord_model::Reader;
use postgres::{Row, Transaction};

use super::super::backend::{Extent, Kept, Known, Read, Reading, Result, Sibling};
use super::super::error::LedgerError;
use super::super::filing::Origin;
use super::super::identification::Identification;
use super::super::key;
use super::super::near;
use super::super::query::{Hit, Sieve, Sort, Term, Terms};
use super::super::search::{Moment, Search};

/// A transaction.
pub(super) struct Look<'c>(pub(super) Transaction<'c>);

/// Goes through entries as they lie in their index: what asks for them says nothing of how few
/// there are, and all of them are not sorted for one page.
const IN_ORDER: &str = "SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off";

/// Reports whose names are looked through for one that is near another.
const LATEST: i64 = 20_000;

/// Reports that are taken first to fill a page with their entries.
const FEW: i64 = 64;

macro_rules! reports {
    () => {
        "SELECT key FROM report WHERE words @@ $1::text::tsquery \
         AND key BETWEEN $2::bigint AND $3::bigint "
    };
}

macro_rules! find {
    ($from:literal, $page:literal, $order:literal) => {
        concat!(
            include_str!(concat!("find/", $from, ".sql")),
            include_str!("find/where.sql"),
            include_str!(concat!("find/", $page, ".sql")),
            $order
        )
    };
}

impl Read for Look<'_> {
    fn known(&mut self, ids: &[&str]) -> Result<Vec<Known>> {
        let sql = "SELECT number, id, key FROM report WHERE id = ANY($1)";
        let heads = self.0.query(sql, &[&ids])?;
        self.whole(&heads)
    }

    fn beginning(&mut self, beginning: &str, limit: i64) -> Result<Vec<String>> {
        // The index sorts as the database's language does: letters and digits of an id alike.
        let sql = "SELECT id FROM report WHERE id >= $1 AND id < $1 || 'g' LIMIT $2";
        let rows = self.0.query(sql, &[&beginning, &limit])?;
        Ok(rows.iter().map(|r| r.get(0)).collect())
    }

    fn known_by_key(&mut self, keys: &[i64]) -> Result<Vec<Known>> {
        let sql = "SELECT number, id, key FROM report WHERE key = ANY($1)";
        let heads = self.0.query(sql, &[&keys])?;
        self.whole(&heads)
    }

    fn known_after(&mut self, number: i64, limit: i64) -> Result<Vec<Known>> {
        let sql = "SELECT number, id, key FROM report WHERE number > $1 ORDER BY number LIMIT $2";
        let heads = self.0.query(sql, &[&number, &limit])?;
        self.whole(&heads)
    }

    fn siblings(&mut self, addresses: &[&str]) -> Result<Vec<Sibling>> {
        let sql = "SELECT c.location, r.number, r.id, r.key, c.filed \
            FROM carrier AS c JOIN report AS r ON r.number = c.report \
            WHERE c.location = ANY($1)";
        let mut out = Vec::new();
        for r in self.0.query(sql, &[&addresses])? {
            out.push(Sibling {
                address: r.get(0),
                number: r.get(1),
                id: r.get(2),
                key: r.get(3),
                filed: time(r.get(4))?,
                extent: Extent::default(),
            });
        }
        Ok(out)
    }

    /// Of the latest reports: nothing counts the words of all of them.
    fn names(&mut self, role: &str) -> Result<Vec<(String, u64)>> {
        let sql = "SELECT substr(w, length($1) + 1), count(*) \
            FROM (SELECT words FROM report ORDER BY key DESC LIMIT $2) AS r, \
                unnest(tsvector_to_array(r.words)) AS w \
            WHERE starts_with(w, $1) AND w <> $1 GROUP BY w";
        let first = format!("={}", near::range(role).0);
        let rows = self.0.query(sql, &[&first, &LATEST])?;
        let name = |r: &Row| (r.get(0), r.get::<_, i64>(1) as u64);
        Ok(rows.iter().map(name).collect())
    }

    fn outlets(&mut self) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT outlet FROM carrier WHERE outlet IS NOT NULL";
        Ok(self.0.query(sql, &[])?.iter().map(|r| r.get(0)).collect())
    }

    fn bodies(&mut self, readings: &[(i64, i64)]) -> Result<Vec<Vec<u8>>> {
        let sql = "SELECT g.body FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY \
                AS w (report, count, place) \
            JOIN reading AS g ON g.report = w.report AND g.count = w.count ORDER BY w.place";
        let numbers: Vec<i64> = readings.iter().map(|r| r.0).collect();
        let counts: Vec<i64> = readings.iter().map(|r| r.1).collect();
        let rows = self.0.query(sql, &[&numbers, &counts])?;
        Ok(rows.iter().map(|r| r.get(0)).collect())
    }

    fn versions(&mut self, of: Option<&str>) -> Result<Vec<(String, String)>> {
        let sql = "SELECT a.id, b.id FROM version AS v JOIN report AS a ON a.number = v.older \
            JOIN report AS b ON b.number = v.newer \
            WHERE $1::text IS NULL OR $1 IN (a.id, b.id) ORDER BY v.older, v.newer";
        let rows = self.0.query(sql, &[&of])?;
        Ok(rows.iter().map(|r| (r.get(0), r.get(1))).collect())
    }

    fn find(&mut self, s: &Sieve) -> Result<Vec<Hit>> {
        let all = s.terms.is_empty() && s.text.is_empty();
        let sql = match (s.sort, all) {
            (Sort::Newest | Sort::Oldest, false) => return self.page_by_words(s),
            (Sort::Surest, false) => {
                find!(
                    "by_words",
                    "page",
                    "ORDER BY e.confidence DESC, e.key DESC LIMIT $23"
                )
            }
            (Sort::Largest, false) => {
                find!(
                    "by_words_amount",
                    "page_amount",
                    "ORDER BY a.amount DESC, a.entry DESC LIMIT $23"
                )
            }
            (Sort::Newest, true) => find!("all", "page", "ORDER BY e.key DESC LIMIT $23"),
            (Sort::Oldest, true) => find!("all", "page", "ORDER BY e.key LIMIT $23"),
            (Sort::Surest, true) => {
                find!(
                    "all",
                    "page",
                    "ORDER BY e.confidence DESC, e.key DESC LIMIT $23"
                )
            }
            (Sort::Largest, true) => {
                find!(
                    "all_amount",
                    "page_amount",
                    "ORDER BY a.amount DESC, a.entry DESC LIMIT $23"
                )
            }
        };
        if all && matches!(s.sort, Sort::Newest | Sort::Oldest) {
            self.0.batch_execute(IN_ORDER)?;
        }
        let rows = self.sift(sql, s, None)?;
        Ok(rows.iter().map(hit).collect())
    }

    fn count(&mut self, s: &Sieve) -> Result<u64> {
        let sql = if s.terms.is_empty() && s.text.is_empty() {
            concat!(
                "SELECT count(*) FROM (",
                find!("all", "page", "LIMIT $23) AS found")
            )
        } else {
            concat!(
                "SELECT count(*) FROM (",
                find!("by_words", "page", "LIMIT $23) AS found")
            )
        };
        let all = Sieve {
            limit: i64::MAX,
            ..s.clone()
        };
        let rows = self.sift(sql, &all, None)?;
        Ok(rows.first().map_or(0, |r| r.get::<_, i64>(0) as u64))
    }

    fn judgements(&mut self, reports: Option<&[&str]>) -> Result<Vec<Kept>> {
        let sql = "SELECT number, said FROM judgement \
            WHERE $1::text[] IS NULL OR report = ANY($1) ORDER BY number";
        let kept = |r: &Row| {
            let judgement = serde_json::from_str(r.get(1))
                .map_err(|e| LedgerError::Damaged(format!("a judgement: {e}")))?;
            Ok(Kept {
                number: r.get(0),
                judgement,
            })
        };
        self.0.query(sql, &[&reports])?.iter().map(kept).collect()
    }

    fn identifications(&mut self) -> Result<Vec<Identification>> {
        let sql = "SELECT said FROM identification ORDER BY number";
        let rows = self.0.query(sql, &[])?;
        rows.iter()
            .map(|r| Identification::read(r.get(0)))
            .collect()
    }

    fn searches(&mut self, name: Option<&str>) -> Result<Vec<Search>> {
        let sql = "SELECT name, said, report, turn FROM search \
            WHERE $1::text IS NULL OR name = $1 ORDER BY name";
        let mut out = Vec::new();
        for r in self.0.query(sql, &[&name])? {
            let looked = r.get::<_, Option<i64>>(2).zip(r.get(3));
            let looked = looked.map(|(report, turn)| Moment { report, turn });
            out.push(Search::of(r.get(0), r.get(1), looked)?);
        }
        Ok(out)
    }

    fn moment(&mut self) -> Result<Moment> {
        let sql = "SELECT coalesce(max(turn), 0) FROM again";
        Ok(Moment {
            report: self.greatest()?,
            turn: self.0.query_one(sql, &[])?.get(0),
        })
    }

    fn greatest(&mut self) -> Result<i64> {
        let sql = "SELECT coalesce(max(number), 0) FROM report";
        Ok(self.0.query_one(sql, &[])?.get(0))
    }

    fn greatest_judgement(&mut self) -> Result<i64> {
        let sql = "SELECT coalesce(max(number), 0) FROM judgement";
        Ok(self.0.query_one(sql, &[])?.get(0))
    }

    fn greatest_key(&mut self, low: i64, high: i64) -> Result<Option<i64>> {
        let sql = "SELECT max(key) FROM report WHERE key BETWEEN $1 AND $2";
        Ok(self.0.query_one(sql, &[&low, &high])?.get(0))
    }

    fn entries_of(&mut self, report: i64) -> Result<u64> {
        let sql = "SELECT count(*) FROM entry WHERE key BETWEEN $1 AND $2";
        let last = key::entry(report, key::MOST_ENTRIES - 1);
        Ok(self.0.query_one(sql, &[&report, &last])?.get::<_, i64>(0) as u64)
    }

    /// A server keeps its own house.
    fn sound(&mut self) -> Result<()> {
        Ok(())
    }

    fn size(&mut self) -> Result<(u64, u64)> {
        let sql = "SELECT (SELECT count(*) FROM report), (SELECT count(*) FROM entry)";
        let row = self.0.query_one(sql, &[])?;
        Ok((row.get::<_, i64>(0) as u64, row.get::<_, i64>(1) as u64))
    }
}

impl Look<'_> {
    /// Reports with what belongs to them, from number, id and key.
    fn whole(&mut self, heads: &[Row]) -> Result<Vec<Known>> {
        let mut out: BTreeMap<i64, Known> = BTreeMap::new();
        for head in heads {
            let known = Known {
                number: head.get(0),
                id: head.get(1),
                key: head.get(2),
                superseded: false,
                readings: Vec::new(),
                carriers: Vec::new(),
            };
            out.insert(known.number, known);
        }
        if out.is_empty() {
            return Ok(Vec::new());
        }
        let numbers: Vec<i64> = out.keys().copied().collect();
        let sql = "SELECT report, location, outlet, filed, digest, reader FROM reading \
            WHERE report = ANY($1) ORDER BY report, count";
        for r in self.0.query(sql, &[&numbers])? {
            let digest: &[u8] = r.get(4);
            let digest = digest.try_into();
            let reading = Reading {
                digest: digest.map_err(|_| LedgerError::Damaged("a digest".to_owned()))?,
                reader: reader(r.get(5))?,
                origin: origin(&r)?,
            };
            if let Some(known) = out.get_mut(&r.get(0)) {
                known.readings.push(reading);
            }
        }
        let sql = "SELECT report, location, outlet, filed FROM carrier WHERE report = ANY($1)";
        for r in self.0.query(sql, &[&numbers])? {
            if let Some(known) = out.get_mut(&r.get(0)) {
                known.carriers.push(origin(&r)?);
            }
        }
        let sql = "SELECT DISTINCT older FROM version WHERE older = ANY($1)";
        for r in self.0.query(sql, &[&numbers])? {
            if let Some(known) = out.get_mut(&r.get(0)) {
                known.superseded = true;
            }
        }
        let mut out: Vec<Known> = out.into_values().collect();
        out.iter_mut().for_each(Known::sort_carriers);
        Ok(out)
    }

    /// A page of entries in the order of their days: a few reports that have the words, their
    /// entries, and more reports while the page is not full.
    fn page_by_words(&mut self, s: &Sieve) -> Result<Vec<Hit>> {
        let newest = s.sort == Sort::Newest;
        let (reports, entries) = if newest {
            (
                concat!(reports!(), "ORDER BY key DESC LIMIT $4"),
                find!("by_reports", "page", "ORDER BY e.key DESC LIMIT $23"),
            )
        } else {
            (
                concat!(reports!(), "ORDER BY key LIMIT $4"),
                find!("by_reports", "page", "ORDER BY e.key LIMIT $23"),
            )
        };
        let words = report_expression(s);
        let (mut low, mut high) = (key::report_of(s.low), s.high);
        let mut out = Vec::new();
        let mut step = FEW;
        loop {
            let rows = self.0.query(reports, &[&words, &low, &high, &step])?;
            let keys: Vec<i64> = rows.iter().map(|r| r.get(0)).collect();
            let rest = Sieve {
                limit: s.limit - out.len() as i64,
                ..s.clone()
            };
            out.extend(self.sift(entries, &rest, Some(&keys))?.iter().map(hit));
            let full = out.len() as i64 == s.limit;
            let Some(last) = keys.last().filter(|_| keys.len() as i64 == step && !full) else {
                return Ok(out);
            };
            if newest {
                high = last - 1;
            } else {
                low = last + 1;
            }
            step *= 4;
        }
    }

    fn sift(&mut self, sql: &str, s: &Sieve, reports: Option<&[i64]>) -> Result<Vec<Row>> {
        let (unit, least, most) = s.amount.clone().unwrap_or_default();
        let after = s.after.as_ref();
        let surest = after
            .filter(|_| s.sort == Sort::Surest)
            .map(|h| h.confidence);
        let near = s.near.map(|(lat, lon, km)| vec![lat, lon, km]);
        let amount = after.map_or("", |h| h.amount.as_str());
        let (from, to) = s.days.unzip();
        let came = s.came.as_ref();
        let report = report_expression(s);
        let rows = self.0.query(
            sql,
            &[
                &expression(&s.terms),
                &s.low,
                &s.high,
                &s.kinds,
                &s.confidence,
                &s.basis,
                &s.hide,
                &from,
                &to,
                &near,
                &unit,
                &least,
                &most,
                &report,
                &surest,
                &amount,
                &after.map(|h| h.key),
                &came.map(|c| c.after.report),
                &came.map(|c| c.until.report),
                &came.map(|c| c.after.turn),
                &came.map(|c| c.until.turn),
                &came.map(|c| c.read),
                &s.limit,
                &reports,
            ],
        )?;
        Ok(rows)
    }
}

/// Terms as a tsquery on the words of an entry.
fn expression(terms: &Terms) -> String {
    let all: Vec<String> = terms.iter().map(|t| any(t, "")).collect();
    all.join(" & ")
}

/// What a report's words must hold, and those of its entries, where facets are marked as copy.rs
/// has it.
fn report_expression(s: &Sieve) -> String {
    let all: Vec<String> = s.terms.iter().chain(&s.text).map(|t| any(t, "=")).collect();
    all.join(" & ")
}

fn hit(r: &Row) -> Hit {
    Hit {
        key: r.get(0),
        confidence: r.get(1),
        amount: r.get(2),
    }
}

/// Any of these, with a mark before facets. Tokens hold letters, digits, `=` and `_` only.
fn any(terms: &[Term], mark: &str) -> String {
    let one = |t: &Term| match t {
        Term::Whole(word) if word.contains('=') => format!("'{mark}{word}'"),
        Term::Whole(word) => format!("'{word}'"),
        Term::Beginning(word) => format!("'{word}':*"),
    };
    let any: Vec<String> = terms.iter().map(one).collect();
    format!("({})", any.join(" | "))
}

/// Location, outlet and time from the second column on.
fn origin(r: &Row) -> Result<Origin> {
    let outlet: String = r.get(2);
    Ok(Origin {
        location: r.get(1),
        outlet: (!outlet.is_empty()).then_some(outlet),
        filed: time(r.get(3))?,
    })
}

fn time(text: &str) -> Result<jiff::Timestamp> {
    text.parse()
        .map_err(|_| LedgerError::Damaged(format!("the time `{text}`")))
}

fn reader(text: &str) -> Result<Reader> {
    serde_json::from_str(text).map_err(|e| LedgerError::Damaged(format!("a reader: {e}")))
}
