//! NewsML 1.0 to 1.2, the message of agencies before NewsML-G2.
//!
//! An item holds components in components, with lines (headline, byline, dateline) and content.
//! The first component with a text is the report, or the one whose role is main; another with a
//! text under a headline of its own is a further report.
//!
//! Source: IPTC, NewsML 1.2 (`NewsML_1.2.dtd`). Left out: pictures and other content that is no
//! text, content in Base64, catalogues and topics.

use onrecord_model::{
    Envelope, Metadata, Problem, ProblemKind, PubStatus, SegmentLabel, Stamp, Subject,
};

use super::newsml::paragraphs;
use super::xml::Element;
use super::{holds_tags, lines, moment, nitf};
use crate::draft::{Block, Draft};
use crate::html;

/// Reads every item of a document.
pub(super) fn read(root: Element<'_>) -> Vec<Draft> {
    let sent = root.at("NewsEnvelope/DateAndTime").and_then(Element::words);
    let sent = sent.and_then(|words| moment::read(&words));
    let items = root.descend().filter(|e| e.name() == "NewsItem");
    items.flat_map(|e| item(e, sent.as_ref())).collect()
}

/// The reports of an item.
fn item(item: Element<'_>, sent: Option<&Stamp>) -> Vec<Draft> {
    let of_item = envelope(item, sent);
    let lines = item.find("NewsLines");
    let mut parts: Vec<Element<'_>> = item
        .descend()
        .filter(|e| e.name() == "NewsComponent" && !text(*e).blocks.is_empty())
        .collect();
    let main = parts.iter().position(|p| named(*p, "Role") == Some("Main"));
    if parts.is_empty() {
        let mut draft = Draft::default();
        title_block(lines, &mut draft);
        draft.envelope = of_item;
        let why = "the item holds no text";
        let problem = Problem::new(ProblemKind::NoText, why);
        draft.problems.push(problem);
        return vec![draft];
    }
    let first = parts.remove(main.unwrap_or(0));
    let others = parts
        .into_iter()
        .filter(|p| p.at("NewsLines/HeadLine").is_some());
    std::iter::once(first)
        .chain(others)
        .map(|part| {
            let mut draft = text(part);
            title_block(part.child("NewsLines").or(lines), &mut draft);
            draft.envelope = about(part).or(of_item.clone()).or(draft.envelope);
            draft
        })
        .collect()
}

/// The text of a component's own content; no blocks where it has none.
fn text(component: Element<'_>) -> Draft {
    let contents = component.all("ContentItem").filter(|c| {
        let media = named(*c, "MediaType");
        media.is_none_or(|m| ["text", "complexdata"].contains(&m.to_lowercase().as_str()))
    });
    let mut texts = contents.filter_map(|c| c.child("DataContent")).map(content);
    texts.find(|d| !d.blocks.is_empty()).unwrap_or_default()
}

fn content(data: Element<'_>) -> Draft {
    if let Some(nitf) = data.find("nitf") {
        return nitf::read(nitf);
    }
    if data.children().next().is_some() {
        return Draft::of(lines::of(data));
    }
    let text = data.aligned();
    if holds_tags(text.text().as_str()) {
        html::fragment(text.text().as_str()).lowered(&text)
    } else {
        paragraphs(&text)
    }
}

/// Puts the lines over a text before it, where it does not have them itself.
fn title_block(lines: Option<Element<'_>>, draft: &mut Draft) {
    let Some(lines) = lines else { return };
    let has = |label| draft.blocks.iter().any(|b| b.label == Some(label));
    let opens = draft.blocks.iter().find(|b| b.label.is_none());
    let opens = opens.map(Block::text).unwrap_or_default();
    let mut over = Vec::new();
    for (name, label) in [
        ("HeadLine", SegmentLabel::Headline),
        ("SubHeadLine", SegmentLabel::Teaser),
        ("ByLine", SegmentLabel::Byline),
        ("DateLine", SegmentLabel::Dateline),
    ] {
        let found = lines.all(name).filter_map(Element::block);
        let found = found.filter(|b| label != SegmentLabel::Dateline || !nitf::is_said(b, &opens));
        if !has(label) {
            over.extend(found.map(|b| b.labelled(label)));
        }
    }
    draft.blocks.splice(0..0, over);
}

/// The name under which an element in another says what it is: `<Role FormalName="Main"/>`.
fn named<'t>(element: Element<'t>, child: &str) -> Option<&'t str> {
    element.child(child)?.attribute("FormalName")
}

/// What an item says of itself and its management.
fn envelope(item: Element<'_>, sent: Option<&Stamp>) -> Envelope {
    let words = |path: &str| item.at(path)?.words();
    let date = |path: &str| moment::read(&words(path)?);
    let management = item.child("NewsManagement");
    let told = |name: &str| management.and_then(|m| named(m, name));
    let identifier = |name: &str| words(&format!("Identification/NewsIdentifier/{name}"));
    let updated = date("NewsManagement/ThisRevisionCreated");
    let party = |role: &str| {
        let party = item.find(role)?.child("Party")?;
        let name = party.attribute("FormalName").map(str::to_owned);
        name.or_else(|| party.words())
    };
    Envelope {
        published: date("NewsManagement/FirstCreated")
            .or_else(|| updated.clone())
            .or_else(|| sent.cloned()),
        outlet: party("Provider")
            .or_else(|| party("Source"))
            .or_else(|| identifier("ProviderId")),
        url: None,
        language: item.attribute("lang").map(str::to_owned),
        metadata: Metadata {
            uri: identifier("PublicIdentifier"),
            version: identifier("RevisionId"),
            updated: updated.map(|u| u.to_string()),
            pubstatus: told("Status").and_then(pubstatus),
            urgency: told("Urgency").and_then(|u| u.parse().ok()),
            ..Metadata::default()
        },
    }
}

/// What a component says of its text.
fn about(component: Element<'_>) -> Envelope {
    let line = |name: &str| component.at(&format!("NewsLines/{name}"))?.words();
    let described = component.child("DescriptiveMetadata");
    let language = described.and_then(|d| named(d, "Language"));
    let subjects = described.into_iter().flat_map(Element::descend);
    let subject = |e: Element<'_>| Subject {
        code: e.attribute("FormalName").map(str::to_owned),
        ..Subject::default()
    };
    Envelope {
        language: language.map(str::to_lowercase),
        metadata: Metadata {
            slugline: line("SlugLine"),
            keywords: line("KeywordLine").into_iter().collect(),
            copyright: line("CopyrightLine"),
            subjects: subjects
                .filter(|e| matches!(e.name(), "Subject" | "SubjectMatter" | "SubjectDetail"))
                .map(subject)
                .collect(),
            ..Metadata::default()
        },
        ..Envelope::default()
    }
}

/// The status behind a name of IPTC's list, in any case and in either spelling.
fn pubstatus(name: &str) -> Option<PubStatus> {
    match name.to_lowercase().as_str() {
        "cancelled" => Some(PubStatus::Canceled),
        word => nitf::pubstatus(word),
    }
}

#[cfg(test)]
mod tests {
    use onrecord_model::Envelope;

    use crate::{ColumnMap, Intake, take_in_all};

    fn reports(items: &str) -> Vec<Intake> {
        let message = format!(
            "<?xml version=\"1.0\"?><NewsML Version=\"1.2\"><NewsEnvelope><DateAndTime>20310305T080000Z</DateAndTime></NewsEnvelope>{items}</NewsML>"
        );
        let map = ColumnMap::default();
        take_in_all(message.as_bytes(), &Envelope::default(), &map)
    }

    fn item(component: &str) -> String {
        format!(
            "<NewsItem xml:lang=\"en\"><Identification><NewsIdentifier><ProviderId>wire.example</ProviderId><NewsItemId>7</NewsItemId><RevisionId PreviousRevision=\"1\" Update=\"N\">2</RevisionId><PublicIdentifier>urn:newsml:wire.example:7</PublicIdentifier></NewsIdentifier></Identification><NewsManagement><FirstCreated>20310304T100000+0100</FirstCreated><ThisRevisionCreated>20310304T120000Z</ThisRevisionCreated><Status FormalName=\"Usable\"/><Urgency FormalName=\"4\"/></NewsManagement>{component}</NewsItem>"
        )
    }

    const LINES: &str = "<NewsLines><HeadLine>Ferry reopens</HeadLine><ByLine>By Lena Marsh</ByLine><DateLine>VELLA, March 4</DateLine><SlugLine>ferry</SlugLine></NewsLines>";

    #[test]
    fn an_item_is_a_report_under_its_lines() {
        let component = format!(
            "<NewsComponent>{LINES}<AdministrativeMetadata><Provider><Party FormalName=\"Vella Wire\"/></Provider></AdministrativeMetadata><ContentItem><MediaType FormalName=\"Text\"/><DataContent><p>The ferry sails.</p><p>It is free.</p></DataContent></ContentItem></NewsComponent>"
        );
        let all = reports(&(item(&component) + &item(&component)));
        assert_eq!(all.len(), 2);
        let report = &all[1].report;
        let text =
            "Ferry reopens\n\nBy Lena Marsh\n\nVELLA, March 4\n\nThe ferry sails.\n\nIt is free.";
        assert_eq!(report.text.as_str(), text);
        assert_eq!(report.headline.as_ref().unwrap().quote(), "Ferry reopens");
        assert_eq!(report.byline[0].name, "Lena Marsh");
        assert_eq!(report.dateline.as_ref().unwrap().place, "Vella");
        assert_eq!(report.outlet.as_deref(), Some("Vella Wire"));
        let published = report.published.as_ref().map(|p| p.value.as_str());
        assert_eq!(published, Some("2031-03-04T10:00:00+01:00"));
        assert_eq!(
            report.metadata.uri.as_deref(),
            Some("urn:newsml:wire.example:7")
        );
        assert_eq!(report.metadata.urgency, Some(4));
        assert_eq!(report.metadata.slugline.as_deref(), Some("ferry"));
    }

    #[test]
    fn text_is_told_from_pictures_and_the_main_part_from_the_others() {
        let part = |role: &str, media: &str, lines: &str, content: &str| {
            format!(
                "<NewsComponent><Role FormalName=\"{role}\"/>{lines}<ContentItem><MediaType FormalName=\"{media}\"/><DataContent>{content}</DataContent></ContentItem></NewsComponent>"
            )
        };
        let box_lines = "<NewsLines><HeadLine>Ferry facts</HeadLine></NewsLines>";
        let nested = format!(
            "<NewsComponent>{LINES}{}{}{}{}</NewsComponent>",
            part("Main picture", "Photo", "", "aGFyYm91cg=="),
            part("Caption", "Text", "", "The ferry at noon."),
            part("Sidebar", "Text", box_lines, "It has two decks."),
            part("Main", "Text", "", "&lt;p&gt;The ferry sails.&lt;/p&gt;"),
        );
        let all = reports(&item(&nested));
        let texts: Vec<&str> = all.iter().map(|i| i.report.text.as_str()).collect();
        assert_eq!(texts.len(), 2, "{texts:?}");
        assert!(texts[0].ends_with("The ferry sails."), "{texts:?}");
        assert_eq!(texts[1], "Ferry facts\n\nIt has two decks.");
        let empty = reports(&item("<NewsComponent></NewsComponent>"));
        assert_eq!(empty[0].problems[0].message, "the item holds no text");
    }
}
