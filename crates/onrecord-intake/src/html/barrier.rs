//! What stands in an article's place: a check for robots, a login, a page that is not there, a
//! page that is all script, a list of other pages; and the wall before the rest of an article.
//!
//! A page that is short and says one of the stock sentences of such pages is taken at its word.
//! Left out: soft walls that leave the whole text in the markup, which are no hindrance.

use onrecord_lexicon::markup;
use onrecord_model::{Problem, ProblemKind};

use super::blocks::Run;
use super::facts;
use super::head::Head;
use super::json_ld::Article;

/// Fewer words than this on a page, and a stock sentence is what the page is about.
const SHORT_PAGE: usize = 220;
/// Fewer words than this are no article, unless the page says that it is one.
const SHORT_TEXT: usize = 40;
/// An article that is not free and shorter than this is probably only its beginning.
const STUB: usize = 220;

/// What hinders reading, and whether what was chosen is to be given up.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Barrier {
    pub(crate) problem: Option<Problem>,
    pub(crate) gives_up: bool,
}

/// Looks at the page and at what was chosen from it.
pub(crate) fn of(runs: &[Run], kept: &[bool], head: &Head) -> Barrier {
    let words = |run: &Run| facts::of(run).words as usize;
    let page: usize = runs.iter().map(words).sum();
    let text: usize = runs
        .iter()
        .zip(kept)
        .filter(|(_, k)| **k)
        .map(|(r, _)| words(r))
        .sum();
    let title = head.title.as_deref().unwrap_or_default();
    let mut said = title.to_lowercase();
    for run in runs.iter().filter(|r| r.text.len() < 600) {
        said.push('\n');
        said.push_str(&run.text.to_lowercase());
    }
    let says = |phrases: &[String]| phrases.iter().any(|p| said.contains(p.as_str()));
    let barriers = markup::barriers();
    let none = |why: &str| Barrier {
        problem: Some(Problem::new(ProblemKind::NoArticle, why)),
        gives_up: true,
    };
    if page < SHORT_PAGE {
        if says(&barriers.robot) {
            return none("the page checks for robots and holds no article");
        }
        if text < SHORT_TEXT && says(&barriers.missing) {
            return none("the page says that there is nothing here");
        }
        if text < SHORT_TEXT && (says(&barriers.script) || page == 0) {
            return none("the page shows its text by script only, and scripts are not run");
        }
    }
    let article = head.article();
    let closed = article.and_then(|a| a.is_free) == Some(false);
    if (closed && text < STUB) || (text < SHORT_TEXT && says(&barriers.pay)) {
        let why = if text == 0 {
            "the article is behind a wall for those who pay or sign in; none of it is on the page"
        } else {
            "the article is behind a wall for those who pay or sign in; only its beginning is here"
        };
        return Barrier {
            problem: Some(Problem::new(ProblemKind::Paywall, why)),
            gives_up: text == 0,
        };
    }
    let claims = article.is_some_and(|a: &Article| a.kind != "WebPage")
        || head
            .meta_of(&["og:type"])
            .is_some_and(|t| t.ends_with("article"));
    if text == 0 || (text < SHORT_TEXT && !claims && page > text * 8) {
        return none("the page holds no article");
    }
    Barrier::default()
}
