//! What a page says of itself beside its text: `<meta>`, `<link>`, `<title>`, JSON-LD.
//!
//! Left out: which of several answers is the right one (`title`, `dates`, `authors`).

use super::json_ld::{self, Article};
use super::tag::Tag;
use super::tree::{Attr, Tree};

/// A page's statements about itself, in the order they stand.
#[derive(Debug, Default)]
pub(crate) struct Head {
    metas: Vec<(String, String)>,
    pub(crate) title: Option<String>,
    pub(crate) canonical: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) articles: Vec<Article>,
}

impl Head {
    /// Reads them off a tree.
    pub(crate) fn of(tree: &Tree) -> Self {
        let mut head = Self::default();
        for (at, node) in tree.nodes.iter().enumerate() {
            match node.tag {
                Tag::Meta => head.meta(tree, at),
                Tag::Link => {
                    let rel = tree.attr(at, Attr::Rel).unwrap_or_default();
                    if rel.eq_ignore_ascii_case("canonical") && head.canonical.is_none() {
                        head.canonical = tree.attr(at, Attr::Href).map(str::to_owned);
                    }
                }
                Tag::Html if head.language.is_none() => {
                    head.language = tree.attr(at, Attr::Lang).map(str::to_owned);
                }
                Tag::Title if head.title.is_none() && node.parent as usize != at => {
                    let words = json_ld::unescaped(&tree.words_under(at));
                    head.title = Some(words).filter(|w| !w.is_empty());
                }
                Tag::Script if node.end as usize > at + 1 => {
                    if let Some(value) = json_ld::parse(&tree.words_under(at)) {
                        head.articles.extend(json_ld::of(&value));
                    }
                }
                _ => {}
            }
        }
        head
    }

    fn meta(&mut self, tree: &Tree, at: usize) {
        let content = tree.attr(at, Attr::Content).unwrap_or_default().trim();
        let keys = [Attr::Property, Attr::Name, Attr::ItemProp, Attr::HttpEquiv];
        if content.is_empty() {
            return;
        }
        for key in keys.into_iter().filter_map(|k| tree.attr(at, k)) {
            self.metas
                .push((key.trim().to_ascii_lowercase(), content.to_owned()));
        }
    }

    /// The first non-empty content of a `<meta>` with one of these names, the earlier name first.
    pub(crate) fn meta_of(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let (_, content) = self.metas.iter().find(|(key, _)| key == name)?;
            Some(json_ld::unescaped(content)).filter(|c| !c.is_empty())
        })
    }

    /// Every content of a `<meta>` with this name.
    pub(crate) fn metas_of(&self, name: &str) -> Vec<String> {
        let named = self.metas.iter().filter(|(key, _)| key == name);
        named
            .map(|(_, content)| json_ld::unescaped(content))
            .collect()
    }

    /// The page's own address.
    pub(crate) fn address(&self) -> Option<String> {
        let canonical = self.canonical.clone().filter(|c| c.starts_with("http"));
        let named = || self.meta_of(&["og:url"]).filter(|u| u.starts_with("http"));
        canonical
            .or_else(named)
            .or_else(|| self.article()?.url.clone())
    }

    /// The article among those described in JSON-LD that is this page's.
    pub(crate) fn article(&self) -> Option<&Article> {
        let bare = |url: &str| url.trim_end_matches('/').replace("http://", "https://");
        let page = self.canonical.as_deref().map(bare);
        let own = |a: &&Article| {
            let named = a.headline.as_deref().zip(self.title.as_deref());
            let here = a.url.as_deref().map(bare);
            (here.is_some() && here == page) || named.is_some_and(|(h, t)| t.contains(h))
        };
        let proper = |a: &&Article| a.kind != "WebPage";
        let rank = |a: &&Article| (proper(a), own(a));
        // `max_by_key` takes the last of equals, and the first stands for the page.
        self.articles.iter().rev().max_by_key(rank)
    }
}
