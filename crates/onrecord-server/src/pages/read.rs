//! Reading a report that somebody pastes or sends. Nothing is kept unless filing is asked for.

use std::sync::Arc;

use askama::Template;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use onrecord::model::{Metadata, ProblemKind, Stamp};
use onrecord::{Envelope, Record};
use onrecord_ledger::{Filed, Filing, Origin, Outcome, short};
use onrecord_page::{article, clean, layers, legend, who_is_who};
use serde::{Deserialize, Serialize};

use super::{Frame, html};
use crate::desk::Desk;
use crate::form::{Form, json};
use crate::problem::Problem;

/// Where a report stands that came from nowhere else.
const NOWHERE: &str = "pasted";

#[derive(Template)]
#[template(path = "read.html")]
struct Page {
    frame: Frame,
}

#[derive(Template)]
#[template(path = "record.html")]
struct Read {
    frame: Frame,
    title: String,
    layers: String,
    article: String,
    who: String,
    legend: String,
    problems: Vec<String>,
    entries: usize,
    sent: Sent,
}

/// A report as it is sent.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    /// The report: text, HTML, mail, XML or JSON.
    text: String,
    /// When it was published: a day, or a time.
    #[serde(default)]
    published: String,
    /// Who carried it.
    #[serde(default)]
    outlet: String,
    /// Where it stands.
    #[serde(default)]
    url: String,
    /// The language its carrier says it is in.
    #[serde(default)]
    language: String,
}

impl Sent {
    /// A form's fields. A browser ends lines as a telegraph does; the report did not.
    fn of_form(body: &[u8]) -> Result<Self, Problem> {
        let mut out = Self::default();
        for (name, value) in url::form_urlencoded::parse(body) {
            let value = value.replace("\r\n", "\n");
            match name.as_ref() {
                "text" => out.text = value,
                "published" => value.trim().clone_into(&mut out.published),
                "outlet" => value.trim().clone_into(&mut out.outlet),
                "url" => value.trim().clone_into(&mut out.url),
                "language" => value.trim().clone_into(&mut out.language),
                _ => {}
            }
        }
        out.checked()
    }

    /// What a program sends: a report as it is, or JSON with it in `text`.
    fn of_body(headers: &HeaderMap, body: &Bytes) -> Result<(Vec<u8>, Envelope), Problem> {
        let kind = headers
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok());
        let kind = kind
            .and_then(|k| k.split(';').next())
            .unwrap_or_default()
            .trim();
        if kind.eq_ignore_ascii_case("application/json") {
            let sent: Self = serde_json::from_slice(body).map_err(|e| {
                Problem::field("body", format_args!("{e}; send {{\"text\": \"...\"}}"))
            })?;
            let sent = sent.checked()?;
            return Ok((sent.text.clone().into_bytes(), sent.envelope()?));
        }
        // What `curl --data-binary` sends calls itself a form, and is the report.
        if kind.starts_with("multipart/") {
            let how = "send the report itself, as text/plain, or JSON with it in `text`";
            return Err(Problem::of(StatusCode::UNSUPPORTED_MEDIA_TYPE, how));
        }
        if body.is_empty() {
            return Err(Problem::field(
                "body",
                "there is no report in it; send its text",
            ));
        }
        Ok((body.to_vec(), Envelope::default()))
    }

    fn checked(self) -> Result<Self, Problem> {
        if self.text.trim().is_empty() {
            return Err(Problem::field(
                "text",
                "there is no report in it; paste its text",
            ));
        }
        let web = ["http://", "https://"]
            .iter()
            .any(|s| self.url.starts_with(s));
        let is_one = web && url::Url::parse(&self.url).is_ok();
        if !self.url.is_empty() && !is_one {
            return Err(Problem::field(
                "url",
                "write an address of the web, as https://example.com/story",
            ));
        }
        Ok(self)
    }

    fn envelope(&self) -> Result<Envelope, Problem> {
        let given = |s: &String| (!s.is_empty()).then(|| s.clone());
        let stamp = |s: String| Stamp::try_from(s).map_err(|e| Problem::field("published", e));
        Ok(Envelope {
            published: given(&self.published).map(stamp).transpose()?,
            outlet: given(&self.outlet),
            url: given(&self.url),
            language: given(&self.language),
            metadata: Metadata::default(),
        })
    }
}

/// The form.
pub(crate) async fn form(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    html(
        &headers,
        &Page {
            frame: Frame::of(&desk, "read"),
        },
    )
}

/// The record of what was pasted; nothing is kept.
pub(crate) async fn shown(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let sent = Sent::of_form(&body)?;
    let record = desk
        .read(sent.text.clone().into_bytes(), sent.envelope()?)
        .await?;
    let frame = Frame::of(&desk, "read");
    let entries = record.statements.len() + record.events.len() + record.commitments.len();
    let headline = record.report.headline.as_ref();
    let page = Read {
        frame,
        title: headline.map_or_else(
            || "A report without a headline".to_owned(),
            |h| clean(h.quote()),
        ),
        layers: layers(&record)?,
        article: article(&record)?,
        who: who_is_who(&record)?,
        legend: legend()?,
        problems: record.problems.iter().map(|p| clean(&p.message)).collect(),
        entries,
        sent,
    };
    html(&headers, &page)
}

/// Files what was pasted, and leads to it.
pub(crate) async fn filed(State(desk): State<Arc<Desk>>, body: Bytes) -> Result<Response, Problem> {
    let sent = Sent::of_form(&body)?;
    let record = desk
        .read(sent.text.clone().into_bytes(), sent.envelope()?)
        .await?;
    let filed = file(&desk, record).await?;
    Ok(Redirect::to(&format!("/report/{}", short(&filed.report))).into_response())
}

/// The record as `onrecord read --json` prints it.
pub(crate) async fn api_read(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let (bytes, envelope) = Sent::of_body(&headers, &body)?;
    let record = desk.read(bytes, envelope).await?;
    let mut response = Form::Json.answer(&HeaderMap::new(), json(&record)?);
    response.headers_mut().remove(header::ETAG);
    Ok(response)
}

/// Files it, and says what became of it.
pub(crate) async fn api_file(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    #[derive(Serialize)]
    struct Told {
        report: String,
        outcome: &'static str,
        supersedes: Vec<String>,
        link: String,
    }
    let (bytes, envelope) = Sent::of_body(&headers, &body)?;
    let record = desk.read(bytes, envelope).await?;
    let filed = file(&desk, record).await?;
    let (status, outcome) = match filed.outcome {
        Outcome::New => (StatusCode::CREATED, "filed"),
        Outcome::Carried => (StatusCode::OK, "carried"),
        Outcome::Reread => (StatusCode::OK, "reread"),
        Outcome::Present | Outcome::Outdated => (StatusCode::OK, "present"),
    };
    let link = format!("/report/{}", short(&filed.report));
    let told = Told {
        outcome,
        supersedes: filed.supersedes,
        report: filed.report,
        link: link.clone(),
    };
    let head = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::LOCATION, link),
    ];
    Ok((status, head, json(&told)?).into_response())
}

async fn file(desk: &Arc<Desk>, record: Record) -> Result<Filed, Problem> {
    let is = |kind| record.problems.iter().any(|p| p.kind == kind);
    if record.report.text.as_str().trim().is_empty() || is(ProblemKind::Binary) {
        let why = "there is no text in it that can be filed; send a report as text, HTML, mail, XML or JSON";
        return Err(Problem::of(StatusCode::UNPROCESSABLE_ENTITY, why));
    }
    let origin = Origin {
        location: record
            .report
            .url
            .clone()
            .unwrap_or_else(|| NOWHERE.to_owned()),
        outlet: record.report.outlet.clone(),
        filed: desk.now(),
    };
    desk.look(move |ledger| {
        let filing = Filing::new(record, origin)?;
        let mut filed = ledger.file(&[filing])?;
        filed
            .pop()
            .ok_or_else(|| Problem::failed("nothing was filed".to_owned()))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_a_report() {
        let sent = Sent::of_form(b"text=A%0D%0AB&outlet=+Bay+Post+&other=1").unwrap();
        assert_eq!(
            (sent.text.as_str(), sent.outlet.as_str()),
            ("A\nB", "Bay Post")
        );
        for (body, field) in [
            ("text=+", "text"),
            ("text=a&url=javascript:alert(1)", "url"),
            ("text=a&url=https:%0A", "url"),
        ] {
            assert_eq!(
                Sent::of_form(body.as_bytes()).unwrap_err().field,
                Some(field),
                "{body}"
            );
        }
        let sent = Sent::of_form(b"text=a&published=tomorrow").unwrap();
        assert_eq!(sent.envelope().unwrap_err().field, Some("published"));
    }
}
