//! What is in some bytes, told by their content, and the reports in it.
//!
//! Left out: archives and long lists of reports, which are cut into such bytes first
//! (`members`), and what is wire text (`structure`).

mod feed;
mod json;
mod json_feed;
mod lines;
mod mail;
mod moment;
mod newsml;
mod newsml1;
mod ninjs;
mod nitf;
mod row;
mod schema_org;
mod wire;
mod xml;

use onrecord_model::{AlignedText, Problem, ProblemKind};

use crate::draft::Draft;
use crate::html;
use json::Fields;
pub(crate) use mail::is_mail;
pub(crate) use moment::read as moment;
pub(crate) use newsml::paragraphs;
pub use row::{ColumnMap, NoColumnMap, Row};
pub(crate) use schema_org::line;
pub(crate) use wire::units;

/// What bytes hold.
#[derive(Debug)]
pub(crate) enum Content {
    /// Text without markup: its own canonical text.
    Plain,
    /// Reports in a format, with places in the decoded text.
    Drafts(Vec<Draft>),
}

/// Reads decoded text by what it is.
pub(crate) fn read(text: &AlignedText, map: &ColumnMap) -> Content {
    let whole = text.text().as_str();
    let start = whole.trim_start_matches(['\u{feff}', ' ', '\t', '\n', '\r']);
    match start.as_bytes() {
        [b'<', ..] => markup(start, whole),
        [b'{' | b'[', ..] if is_json(start) => Content::Drafts(json(whole, map)),
        _ => Content::Plain,
    }
}

/// Reads a mail; its places are bytes.
pub(crate) fn mail(bytes: &[u8]) -> Draft {
    mail::read(bytes)
}

/// Reads a row of a table; its places are in the text given back.
pub(crate) fn row(row: &Row, map: &ColumnMap) -> (Draft, AlignedText) {
    row::read(row, map)
}

/// Whether markup that begins so is a page of the web, or a piece of one.
pub(crate) fn is_page(start: &str) -> bool {
    root_name(start).is_some_and(|name| PAGE.contains(&name.as_str()))
}

/// Whether a text that opens with a bracket goes on as JSON does: `[Updated] The mayor` does not.
fn is_json(text: &str) -> bool {
    let mut marks = text.chars().filter(|c| !c.is_whitespace());
    match (marks.next(), marks.next()) {
        (Some('{'), next) => matches!(next, Some('"' | '}')),
        (Some('['), next) => matches!(next, Some('{' | '[' | ']')),
        _ => false,
    }
}

/// Escaped tags are no longer, in bytes.
const LONGEST_TAG: usize = 1024;

/// Whether words hold tags of HTML, opened or closed: markup that was escaped once more.
fn holds_tags(words: &str) -> bool {
    words.match_indices('<').any(|(at, _)| {
        let rest = &words[at + 1..];
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric());
        let Some((name, rest)) = end.map(|end| rest.split_at(end)) else {
            return false;
        };
        let tag = PAGE.contains(&name.to_ascii_lowercase().as_str())
            || ["li", "h4", "h5", "h6", "u", "iframe", "tr", "td", "hr"].contains(&name);
        tag && rest.starts_with(['>', '/', ' ', '\n', '\t'])
            && rest.bytes().take(LONGEST_TAG).any(|b| b == b'>')
    })
}

/// The name of the element a document begins with, without prefix and in small letters.
fn root_name(mut text: &str) -> Option<String> {
    loop {
        text = text.trim_start();
        if let Some(rest) = text.strip_prefix("<!--") {
            text = rest.split_once("-->")?.1;
        } else if let Some(rest) = text.strip_prefix("<?") {
            text = rest.split_once("?>")?.1;
        } else if text.starts_with("<!") {
            let name = text.get(2..)?.split([' ', '>', '[', '\n']);
            let kind = name.take(2).collect::<Vec<_>>().join(" ");
            if kind.eq_ignore_ascii_case("doctype html") {
                return Some("html".into());
            }
            // An internal subset may hold `>` of its own.
            let end = match (text.find('['), text.find('>')) {
                (Some(open), Some(close)) if open < close => text.find("]>")? + 2,
                (_, Some(close)) => close + 1,
                _ => return None,
            };
            text = text.get(end..)?;
        } else {
            let name = text.strip_prefix('<')?;
            let name = name.split(|c: char| c.is_whitespace() || c == '>' || c == '/');
            let name = name.into_iter().next()?.rsplit(':').next()?;
            let sound = name
                .chars()
                .all(|c| c.is_alphanumeric() || ".-_".contains(c));
            return (sound && !name.is_empty()).then(|| name.to_lowercase());
        }
    }
}

/// Elements a page or a piece of one begins with.
const PAGE: &[&str] = &[
    "html",
    "head",
    "body",
    "title",
    "meta",
    "link",
    "script",
    "style",
    "div",
    "p",
    "article",
    "section",
    "main",
    "span",
    "table",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "img",
    "a",
    "br",
    "header",
    "nav",
    "figure",
    "center",
    "font",
    "b",
    "i",
    "em",
    "strong",
    "blockquote",
    "base",
    "noscript",
];

fn markup(start: &str, whole: &str) -> Content {
    let Some(name) = root_name(start) else {
        return Content::Plain;
    };
    if PAGE.contains(&name.as_str()) {
        return Content::Drafts(vec![html::read(whole)]);
    }
    let known = [
        "nitf",
        "rss",
        "rdf",
        "feed",
        "urlset",
        "newsitem",
        "newsmessage",
        "newsml",
    ];
    let is_xml = start.starts_with("<?xml") || start.contains("</");
    if !is_xml && !known.contains(&name.as_str()) {
        // "<KRE_1> Shares ...": an old wire's slug in brackets.
        return Content::Plain;
    }
    let tree = xml::Tree::parse(whole);
    let mut drafts = match (tree.root(), name.as_str()) {
        (None, _) => Vec::new(),
        (Some(root), "nitf") => vec![nitf::read(root)],
        (Some(root), "rss" | "rdf" | "feed") => feed::read(root),
        (Some(root), "urlset") => feed::sitemap(root),
        (Some(root), "newsml") => newsml1::read(root),
        (Some(root), _) if is_newsml(&name, root) => newsml::read(root),
        (Some(root), _) => vec![other(root)],
    };
    if let Some(flaw) = &tree.flaw {
        let problem = flawed(flaw);
        if drafts.is_empty() {
            drafts.push(Draft::default());
        }
        // What is cut off is the end.
        if let Some(last) = drafts.last_mut() {
            last.problems.push(problem);
        }
    } else if drafts.is_empty() {
        drafts.push(empty("the list holds no reports"));
    }
    Content::Drafts(drafts)
}

fn is_newsml(name: &str, root: xml::Element<'_>) -> bool {
    let parts = [
        "newsitem",
        "newsmessage",
        "packageitem",
        "itemset",
        "contentmeta",
        "contentset",
        "itemmeta",
        "conceptitem",
        "knowledgeitem",
        "planningitem",
        "catalogitem",
    ];
    parts.contains(&name) || root.find("newsItem").is_some()
}

fn flawed(flaw: &xml::Flaw) -> Problem {
    let why = match flaw {
        xml::Flaw::Broken(why) => format!("the XML is not well formed: {why}"),
        xml::Flaw::Entities => {
            "the XML declares entities of its own, which can hide anything, and was not read".into()
        }
    };
    Problem::new(ProblemKind::Malformed, why)
}

/// XML of no kind that is known: its words as they stand.
fn other(root: xml::Element<'_>) -> Draft {
    let why = format!(
        "XML that begins with `{}` is of no kind that is known; its words were read as they stand",
        root.name()
    );
    Draft {
        blocks: lines::of_known(root),
        problems: vec![Problem::new(ProblemKind::Malformed, why)],
        ..Draft::default()
    }
}

fn empty(why: &str) -> Draft {
    Draft {
        problems: vec![Problem::new(ProblemKind::NoText, why)],
        ..Draft::default()
    }
}

fn json(source: &str, map: &ColumnMap) -> Vec<Draft> {
    let (values, fault) = json::Node::all(source);
    let mut drafts: Vec<Draft> = values.into_iter().flat_map(|v| value(v, map)).collect();
    if let Some(why) = fault {
        let problem = format!("the JSON cannot be read to its end: {why}");
        let problem = Problem::new(ProblemKind::Malformed, problem);
        match drafts.last_mut() {
            Some(last) => last.problems.push(problem),
            None => drafts.push(Draft {
                problems: vec![problem],
                ..Draft::default()
            }),
        }
    }
    if drafts.is_empty() {
        drafts.push(empty("the JSON holds no reports"));
    }
    drafts
}

fn value(value: json::Node<'_>, map: &ColumnMap) -> Vec<Draft> {
    if value.is_object() {
        return object(value, map);
    }
    // A list that describes one page, as schema.org writes it, is one report.
    let articles = schema_org::read(value);
    if !articles.is_empty() {
        return articles;
    }
    let items = value.items().into_iter().filter(|i| i.is_object());
    items.flat_map(|i| object(i, map)).collect()
}

fn object(node: json::Node<'_>, map: &ColumnMap) -> Vec<Draft> {
    let fields = Fields::of(node);
    if json_feed::is_feed(&fields) {
        return json_feed::read(&fields);
    }
    if map.is_empty() && (fields.get(&["@context", "@graph", "@type"]).is_some()) {
        return schema_org::read(node);
    }
    if map.is_empty() && ninjs::is_item(&fields) {
        return vec![ninjs::read(&fields)];
    }
    // What services answer: `{"status": "ok", "articles": [...]}`.
    if !row::holds_text(&fields, map)
        && let Some(list) = fields.list_of_objects()
    {
        return list.into_iter().flat_map(|i| object(i, map)).collect();
    }
    vec![row::object(&fields, map)]
}
