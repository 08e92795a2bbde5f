//! The article of a page as plain strings, for those who want no more than that.

use onrecord_model::{Problem, SegmentLabel};

/// An article as it stands on a web page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Extraction {
    /// The headline.
    pub headline: Option<String>,
    /// The lines under it.
    pub teaser: Vec<String>,
    /// Paragraphs, headings and list items in reading order.
    pub body: Vec<String>,
    /// The lines under its pictures.
    pub captions: Vec<String>,
    /// Who signed it.
    pub authors: Vec<String>,
    /// When it was published, ISO 8601.
    pub published: Option<String>,
    /// When it was last changed, ISO 8601.
    pub updated: Option<String>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The page's own address.
    pub url: Option<String>,
    /// BCP 47 tag of the language the page says it is in.
    pub language: Option<String>,
    /// What hindered reading: a wall, a check for robots, a page that is no article.
    pub problems: Vec<Problem>,
}

/// Reads the article of a decoded web page.
///
/// ```
/// let page = "<title>Ferry reopens</title><article><h1>Ferry reopens</h1>
///   <p>The ferry across the bay took its first cars on Monday, two years after the storm.</p>
///   </article>";
/// let article = onrecord_intake::extract(page);
/// assert_eq!(article.headline.as_deref(), Some("Ferry reopens"));
/// assert_eq!(article.body.len(), 1);
/// ```
pub fn extract(page: &str) -> Extraction {
    let draft = super::read(page);
    let mut out = Extraction {
        authors: draft.authors,
        published: draft.envelope.published.map(|p| p.to_string()),
        updated: draft.envelope.metadata.updated,
        problems: draft.problems,
        outlet: draft.envelope.outlet,
        url: draft.envelope.url,
        language: draft.envelope.language,
        ..Extraction::default()
    };
    for block in draft.blocks {
        match block.label {
            Some(SegmentLabel::Headline) => out.headline = Some(block.text()),
            Some(SegmentLabel::Teaser) => out.teaser.push(block.text()),
            Some(SegmentLabel::Caption) => out.captions.push(block.text()),
            Some(SegmentLabel::Body | SegmentLabel::Crosshead) | None => {
                out.body.push(block.text());
            }
            Some(_) => {}
        }
    }
    out
}
