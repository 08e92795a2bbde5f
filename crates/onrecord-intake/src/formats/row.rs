//! Rows of tables (CSV, Parquet) and plain JSON objects: which column holds what.
//!
//! Columns are told by their names, as the collections in use name them, or by a [`ColumnMap`].

use onrecord_model::{AlignedText, Envelope, Metadata, Problem, ProblemKind, SegmentLabel};
use serde::{Deserialize, Serialize};

use super::json::Fields;
use super::moment;
use super::newsml::paragraphs;
use crate::draft::{Draft, Piece};
use crate::html;

/// What a column can hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum Column {
    /// The words of the report.
    Text,
    /// Its headline.
    Headline,
    /// When it was published.
    Published,
    /// Who carried it.
    Outlet,
    /// Where it stands.
    Url,
    /// Its language.
    Language,
    /// Who signed it.
    Author,
    /// The collection's own name for it.
    Id,
}

/// Each column with its name in `--map` and the names that collections give it, the usual first.
const COLUMNS: &[(Column, &str, &[&str])] = &[
    (
        Column::Text,
        "text",
        &[
            "text",
            "body",
            "content",
            "article",
            "articlebody",
            "article_text",
            "story_text",
            "maintext",
            "fulltext",
            "full_text",
            "body_text",
            "body_html",
            "bodyhtml",
            "body_xhtml",
            "content_html",
            "content_text",
            "article_html",
            "html",
            "news",
            "description",
        ],
    ),
    (
        Column::Headline,
        "headline",
        &["headline", "title", "headlines", "story_title"],
    ),
    (
        Column::Published,
        "published",
        &[
            "published",
            "date",
            "publish_date",
            "published_at",
            "publication_date",
            "pub_date",
            "pubdate",
            "date_publish",
            "date_published",
            "publishedat",
            "datetime",
            "timestamp",
        ],
    ),
    (
        Column::Outlet,
        "outlet",
        &[
            "outlet",
            "media_name",
            "publication",
            "publisher",
            "source",
            "source_name",
            "source_domain",
            "site",
            "domain",
            "newspaper",
            "site_name",
        ],
    ),
    (
        Column::Url,
        "url",
        &["url", "link", "permalink", "guid", "uri", "web_url"],
    ),
    (Column::Language, "language", &["language", "lang"]),
    (
        Column::Author,
        "author",
        &["author", "authors", "byline", "creator"],
    ),
    (
        Column::Id,
        "id",
        &["id", "stories_id", "article_id", "doc_id", "docid", "_id"],
    ),
];

/// Which column of a table holds what, where its names do not tell.
///
/// ```
/// use onrecord_intake::ColumnMap;
///
/// let map: ColumnMap = "text=body,published=day".parse()?;
/// assert!("text".parse::<ColumnMap>().is_err());
/// assert!("colour=red".parse::<ColumnMap>().is_err());
/// # Ok::<(), onrecord_intake::NoColumnMap>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ColumnMap(Vec<(Column, String)>);

/// What is no column map.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "`{0}` is no column map: write `text=body,published=date` with any of text, headline, published, outlet, url, language, author, id before the `=`"
)]
pub struct NoColumnMap(String);

impl std::str::FromStr for ColumnMap {
    type Err = NoColumnMap;

    fn from_str(words: &str) -> Result<Self, NoColumnMap> {
        let pair = |pair: &str| {
            let (role, name) = pair.split_once('=')?;
            let known = COLUMNS.iter().find(|(_, n, _)| *n == role.trim())?;
            let name = name.trim();
            (!name.is_empty()).then(|| (known.0, name.to_owned()))
        };
        let pairs = words
            .split(',')
            .map(|p| pair(p).ok_or_else(|| NoColumnMap(p.to_owned())));
        pairs.collect::<Result<_, _>>().map(Self)
    }
}

impl ColumnMap {
    /// The place of a column among names.
    pub(crate) fn find<'n>(
        &self,
        column: Column,
        names: &(impl Iterator<Item = &'n str> + Clone),
    ) -> Option<usize> {
        if let Some((_, wanted)) = self.0.iter().find(|(c, _)| *c == column) {
            return names.clone().position(|n| n == wanted);
        }
        let (_, _, usual) = COLUMNS.iter().find(|(c, ..)| *c == column)?;
        let same = |name: &str, usual: &str| name.trim().eq_ignore_ascii_case(usual);
        usual
            .iter()
            .find_map(|u| names.clone().position(|n| same(n, u)))
    }

    /// How many of the columns that are known, or asked for, are among the names.
    pub(crate) fn known<'n>(&self, names: &(impl Iterator<Item = &'n str> + Clone)) -> usize {
        let found = COLUMNS
            .iter()
            .filter(|(c, ..)| self.find(*c, names).is_some());
        found.count()
    }

    /// Whether nothing is asked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A column that is asked for and is not there.
    pub(crate) fn missing(&self, names: &[String]) -> Option<&str> {
        let wanted = self.0.iter().map(|(_, wanted)| wanted);
        let mut missing = wanted.filter(|w| !names.contains(w));
        missing.next().map(String::as_str)
    }

    /// Whether a name is one that columns of text have.
    pub(crate) fn is_text(name: &str) -> bool {
        let (_, _, usual) = COLUMNS[0];
        usual.contains(&name.trim().to_lowercase().as_str())
    }
}

/// A row: values under the names of their columns.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Row {
    /// Name and value of each column.
    pub columns: Vec<(String, String)>,
}

impl Row {
    /// The value of a column; of several that could be it, the first that is not empty.
    fn get(&self, map: &ColumnMap, column: Column) -> Option<&str> {
        let full = self.columns.iter().filter(|(_, v)| !v.trim().is_empty());
        let names = full.clone().map(|(n, _)| n.as_str());
        let at = map.find(column, &names)?;
        full.clone().nth(at).map(|(_, value)| value.trim())
    }
}

/// A row's report; the places of its words are in the value of the column that holds the text.
pub(crate) fn read(row: &Row, map: &ColumnMap) -> (Draft, AlignedText) {
    let of = |column| row.get(map, column).map(str::to_owned);
    let text = AlignedText::identity(&of(Column::Text).unwrap_or_default());
    let draft = draft(&text, of(Column::Headline).as_deref(), of);
    (draft, text)
}

/// Whether an object has a member for the text.
pub(crate) fn holds_text(fields: &Fields<'_>, map: &ColumnMap) -> bool {
    let names = fields.0.iter().map(|(n, _)| n.as_str());
    map.find(Column::Text, &names).is_some()
}

/// An object's report.
pub(crate) fn object(fields: &Fields<'_>, map: &ColumnMap) -> Draft {
    let names = fields.0.iter().map(|(n, _)| n.as_str());
    let node = |column| {
        let at = map.find(column, &names)?;
        fields.0.get(at).map(|(_, node)| *node)
    };
    let of = |column| {
        let node = node(column)?;
        node.words().or_else(|| {
            let inner = Fields::of(node);
            let name = inner.words(&["name", "title"]);
            name.or_else(|| node.items().first()?.words())
        })
    };
    let text = node(Column::Text).and_then(super::json::Node::aligned);
    let text = text.unwrap_or_else(|| AlignedText::identity(""));
    let headline = of(Column::Headline);
    draft(&text, headline.as_deref(), of).lowered(&text)
}

/// The report in a text and what stands beside it; places are in the text.
fn draft(
    text: &AlignedText,
    headline: Option<&str>,
    of: impl Fn(Column) -> Option<String>,
) -> Draft {
    let words = text.text().as_str();
    let local = AlignedText::identity(words);
    let mut draft = if super::holds_tags(words) {
        html::fragment(words)
    } else {
        paragraphs(&local)
    };
    if draft.blocks.is_empty() {
        let why = "the row holds no text";
        draft.problems.push(Problem::new(ProblemKind::NoText, why));
    }
    if let Some(headline) = headline {
        let repeated = draft.blocks.first().is_some_and(|b| b.text() == headline);
        if repeated {
            draft.blocks[0].label = Some(SegmentLabel::Headline);
        } else {
            let (text, source) = (headline.to_owned(), None);
            let block = crate::draft::Block::folded(&[Piece { text, source }]);
            let block = block.map(|b| b.labelled(SegmentLabel::Headline));
            draft.blocks.splice(0..0, block);
        }
    }
    draft.authors = of(Column::Author).into_iter().collect();
    let stated = of(Column::Published);
    let published = stated.as_deref().and_then(moment::read);
    if let (Some(words), None) = (&stated, &published) {
        let why = format!("`{words}` is no date that can be read one way only");
        draft
            .problems
            .push(Problem::new(ProblemKind::PublishedUnknown, why));
    }
    draft.envelope = Envelope {
        published,
        outlet: of(Column::Outlet),
        url: of(Column::Url).filter(|u| u.contains("://")),
        language: of(Column::Language),
        metadata: Metadata {
            uri: of(Column::Id),
            ..Metadata::default()
        },
    };
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(columns: &[(&str, &str)]) -> Row {
        let columns = columns.iter().map(|(n, v)| ((*n).into(), (*v).into()));
        Row {
            columns: columns.collect(),
        }
    }

    #[test]
    fn columns_are_told_by_name() {
        let row = row(&[
            ("Title", "Ferry line reopens"),
            ("publish_date", "2026-03-02"),
            ("media_name", "Harbor Post"),
            ("story_text", "The line reopened on Monday."),
        ]);
        let (draft, _) = read(&row, &ColumnMap::default());
        let lines: Vec<String> = draft.blocks.iter().map(crate::draft::Block::text).collect();
        assert_eq!(
            lines,
            ["Ferry line reopens", "The line reopened on Monday."]
        );
        assert_eq!(draft.envelope.outlet.as_deref(), Some("Harbor Post"));
        assert_eq!(draft.envelope.published.unwrap().as_str(), "2026-03-02");
        assert!(draft.problems.is_empty());
    }

    #[test]
    fn markup_under_its_own_name_is_text() {
        for name in ["body_html", "content_html", "bodyHTML"] {
            let row = row(&[
                ("description", "A ferry."),
                (
                    name,
                    "<h3>Ferry</h3>It <b>sailed</b>.<ul><li>At noon.</li></ul>",
                ),
            ]);
            let (draft, _) = read(&row, &ColumnMap::default());
            let lines: Vec<String> = draft.blocks.iter().map(crate::draft::Block::text).collect();
            assert_eq!(lines, ["Ferry", "It sailed.", "At noon."]);
        }
    }

    #[test]
    fn a_map_wins() {
        let row = row(&[("text", "no"), ("words", "The line reopened.")]);
        let (draft, _) = read(&row, &"text=words".parse().unwrap());
        assert_eq!(draft.blocks[0].text(), "The line reopened.");
        let (draft, _) = read(&row, &"text=nothing".parse().unwrap());
        assert_eq!(draft.problems[0].kind, ProblemKind::NoText);
    }

    #[test]
    fn a_date_that_could_be_two_is_told() {
        let row = row(&[("text", "The line reopened."), ("date", "03/04/2026")]);
        let (draft, _) = read(&row, &ColumnMap::default());
        assert_eq!(draft.envelope.published, None);
        assert_eq!(draft.problems[0].kind, ProblemKind::PublishedUnknown);
    }
}
