//! What schema.org says of an article, in a page's `<script type="application/ld+json">` or in a
//! file of its own: headline, authors, dates, publisher, body, rights.
//!
//! Values come in every shape (a string, an object with a name, a list of both, a `@graph` with
//! references); all are read alike. Left out: everything about other things than articles.

use serde_json::{Map, Value};

/// An article as JSON-LD describes it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Article {
    pub(crate) kind: String,
    pub(crate) headline: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) authors: Vec<Author>,
    pub(crate) published: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) keywords: Vec<String>,
    pub(crate) section: Option<String>,
    pub(crate) is_free: Option<bool>,
    pub(crate) terms: Option<String>,
    pub(crate) copyright: Option<String>,
    pub(crate) correction: Option<String>,
    pub(crate) identifier: Option<String>,
}

/// Who signed it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Author {
    pub(crate) name: String,
    /// Whether it is said to be an organisation.
    pub(crate) is_organization: bool,
}

/// Deeper than this nothing is looked for.
const DEEPEST: usize = 12;

/// The articles a value describes, in the order they stand.
pub(crate) fn of(value: &Value) -> Vec<Article> {
    let mut found = Vec::new();
    let graph = Graph::of(value);
    gather(value, &graph, 0, &mut found);
    found
}

/// Reads a script's words, with the faults that are common in it.
pub(crate) fn parse(script: &str) -> Option<Value> {
    let trimmed = unwrapped(script);
    serde_json::from_str(trimmed)
        .ok()
        .or_else(|| serde_json::from_str(&mended(trimmed)).ok())
        .or_else(|| first_value(trimmed))
}

/// A script without the comment and CDATA marks that old pages put around it.
fn unwrapped(script: &str) -> &str {
    const BEFORE: [&str; 5] = ["<!--", "//", "/*", "<![CDATA[", "*/"];
    const BEHIND: [&str; 6] = ["-->", "]]>", "//", "*/", "/*", ";"];
    let mut rest = script.trim();
    loop {
        let shorter = BEFORE.iter().find_map(|mark| rest.strip_prefix(mark));
        let shorter = shorter.or_else(|| BEHIND.iter().find_map(|mark| rest.strip_suffix(mark)));
        match shorter {
            Some(shorter) => rest = shorter.trim(),
            None => return rest,
        }
    }
}

/// Raw line breaks in strings and commas before a closing bracket, which JSON forbids.
fn mended(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in script.chars() {
        if quoted {
            quoted = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
            match c {
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                c if c.is_control() => out.push(' '),
                c => out.push(c),
            }
            continue;
        }
        match c {
            '"' => quoted = true,
            '}' | ']' => {
                let end = out.trim_end().trim_end_matches(',').len();
                out.truncate(end);
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

/// The first value of several that stand one after the other.
fn first_value(script: &str) -> Option<Value> {
    let mut values = serde_json::Deserializer::from_str(script).into_iter::<Value>();
    values.next()?.ok()
}

/// The things of a `@graph` by their `@id`.
struct Graph<'a>(Vec<(&'a str, &'a Map<String, Value>)>);

impl<'a> Graph<'a> {
    fn of(value: &'a Value) -> Self {
        let mut all = Vec::new();
        let roots = value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice);
        for root in roots {
            let graph = root.get("@graph").and_then(Value::as_array);
            let things = graph.map_or(std::slice::from_ref(root), Vec::as_slice);
            for thing in things.iter().filter_map(Value::as_object) {
                if let Some(id) = thing.get("@id").and_then(Value::as_str)
                    && thing.len() > 1
                {
                    all.push((id, thing));
                }
            }
        }
        all.sort_by_key(|(id, _)| *id);
        Self(all)
    }

    /// The thing itself where an object only points to it.
    fn resolve<'b>(&'b self, object: &'b Map<String, Value>) -> &'b Map<String, Value> {
        let id = object.get("@id").and_then(Value::as_str);
        let Some(id) = id.filter(|_| !object.contains_key("name")) else {
            return object;
        };
        let at = self.0.binary_search_by_key(&id, |(i, _)| *i);
        at.ok()
            .and_then(|i| self.0.get(i))
            .map_or(object, |(_, thing)| *thing)
    }
}

fn gather(value: &Value, graph: &Graph<'_>, depth: usize, found: &mut Vec<Article>) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(all) => {
            for each in all {
                gather(each, graph, depth + 1, found);
            }
        }
        Value::Object(object) => {
            if let Some(kind) = article_kind(object) {
                found.push(article(object, kind, graph));
            }
            for key in [
                "@graph",
                "mainEntity",
                "mainEntityOfPage",
                "hasPart",
                "liveBlogUpdate",
            ] {
                if let Some(inner) = object.get(key) {
                    gather(inner, graph, depth + 1, found);
                }
            }
        }
        _ => {}
    }
}

/// The type of an object that is an article of some kind.
fn article_kind(object: &Map<String, Value>) -> Option<String> {
    let types = object.get("@type")?;
    strings(types).into_iter().map(last_part).find(|kind| {
        kind.ends_with("Article")
            || kind.ends_with("NewsArticle")
            || matches!(
                kind.as_str(),
                "BlogPosting" | "LiveBlogPosting" | "Report" | "SocialMediaPosting" | "WebPage"
            )
    })
}

fn last_part(kind: String) -> String {
    let part = kind.rsplit(['/', '#', ':']).next().map(str::to_owned);
    part.unwrap_or(kind)
}

fn article(object: &Map<String, Value>, kind: String, graph: &Graph<'_>) -> Article {
    let text = |key: &str| object.get(key).and_then(|v| text_of(v, graph));
    let list = |key: &str| object.get(key).map(strings).unwrap_or_default();
    let mut keywords: Vec<String> = list("keywords");
    if let [one] = keywords.as_slice() {
        keywords = one.split(',').map(|w| w.trim().to_owned()).collect();
    }
    keywords.retain(|w| !w.is_empty());
    Article {
        kind,
        headline: text("headline").or_else(|| text("name")),
        description: text("description"),
        body: text("articleBody").or_else(|| entries(object)),
        authors: authors(object, graph),
        published: text("datePublished").or_else(|| text("dateCreated")),
        modified: text("dateModified"),
        publisher: text("publisher"),
        url: object
            .get("url")
            .and_then(address)
            .or_else(|| object.get("mainEntityOfPage").and_then(address)),
        language: text("inLanguage"),
        keywords,
        section: list("articleSection").into_iter().next(),
        is_free: object.get("isAccessibleForFree").and_then(boolean),
        terms: text("usageInfo").or_else(|| text("license")),
        copyright: text("copyrightHolder").or_else(|| text("copyrightNotice")),
        correction: text("correction"),
        identifier: text("identifier"),
    }
}

/// The words of a live blog's entries, one after the other.
fn entries(object: &Map<String, Value>) -> Option<String> {
    let updates = object.get("liveBlogUpdate")?.as_array()?;
    let texts = updates
        .iter()
        .filter_map(|u| u.get("articleBody")?.as_str());
    let joined = texts.map(unescaped).collect::<Vec<_>>().join("\n");
    (!joined.is_empty()).then_some(joined)
}

fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(b) => Some(*b),
        Value::String(s) if s.eq_ignore_ascii_case("true") => Some(true),
        Value::String(s) if s.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

fn address(value: &Value) -> Option<String> {
    let found = match value {
        Value::String(s) => s.as_str(),
        Value::Object(o) => o.get("@id").or_else(|| o.get("url"))?.as_str()?,
        Value::Array(a) => return a.first().and_then(address),
        _ => return None,
    };
    found.starts_with("http").then(|| found.to_owned())
}

/// All the strings of a value that is one or a list of them, or of things with a name.
fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(s) => vec![unescaped(s)],
        Value::Array(all) => all.iter().flat_map(strings).collect(),
        Value::Object(o) => o.get("name").map(strings).unwrap_or_default(),
        _ => Vec::new(),
    }
    .into_iter()
    .filter(|s| !s.is_empty())
    .collect()
}

/// A string, or the name of a thing.
fn text_of(value: &Value, graph: &Graph<'_>) -> Option<String> {
    let text = match value {
        Value::String(s) => unescaped(s),
        Value::Number(n) => n.to_string(),
        Value::Array(all) => return all.iter().find_map(|v| text_of(v, graph)),
        Value::Object(o) => {
            let thing = graph.resolve(o);
            let named = ["name", "@value", "alternateName", "text", "value"];
            let value = named.iter().find_map(|k| thing.get(*k))?;
            return match value {
                Value::String(s) => Some(unescaped(s)).filter(|s| !s.is_empty()),
                Value::Array(a) => a.iter().find_map(Value::as_str).map(unescaped),
                _ => None,
            };
        }
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn authors(object: &Map<String, Value>, graph: &Graph<'_>) -> Vec<Author> {
    let mut all = Vec::new();
    for key in ["author", "creator"] {
        if let Some(value) = object.get(key) {
            add_authors(value, graph, 0, &mut all);
        }
        if !all.is_empty() {
            break;
        }
    }
    all
}

fn add_authors(value: &Value, graph: &Graph<'_>, depth: usize, all: &mut Vec<Author>) {
    let mut add = |name: String, is_organization: bool| {
        if !name.is_empty() && all.iter().all(|a| a.name != name) {
            all.push(Author {
                name,
                is_organization,
            });
        }
    };
    match value {
        Value::String(s) => add(unescaped(s), false),
        Value::Array(list) if depth < 4 => {
            for each in list {
                add_authors(each, graph, depth + 1, all);
            }
        }
        Value::Object(o) => {
            let thing = graph.resolve(o);
            let types = thing.get("@type").map(strings).unwrap_or_default();
            let is_organization = types.iter().any(|t| t.ends_with("Organization"));
            match thing.get("name") {
                Some(Value::String(s)) => add(unescaped(s), is_organization),
                Some(Value::Array(names)) => {
                    for name in names.iter().filter_map(Value::as_str) {
                        add(unescaped(name), is_organization);
                    }
                }
                _ => {
                    let given = thing.get("givenName").and_then(Value::as_str);
                    let family = thing.get("familyName").and_then(Value::as_str);
                    if let (Some(given), Some(family)) = (given, family) {
                        add(format!("{given} {family}"), false);
                    }
                }
            }
        }
        _ => {}
    }
}

/// Entities that were written twice resolved, white space folded.
pub(crate) fn unescaped(words: &str) -> String {
    let mut text = words.to_owned();
    for _ in 0..2 {
        if text.contains('&') && text.contains(';') {
            text = super::plain(&text);
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(script: &str) -> Vec<Article> {
        parse(script).map(|v| of(&v)).unwrap_or_default()
    }

    #[test]
    fn values_are_read_in_every_shape() {
        let found = check(
            r#"<!-- //<![CDATA[
            [{"@type": ["Thing", "NewsArticle"], "headline": "Tide &amp;amp; time", "author": "Lena Marsh",
              "publisher": {"@type": "Organization", "name": ["Bay Radio"]}, "isAccessibleForFree": "False",
              "keywords": "ferry, harbour", "mainEntityOfPage": {"@id": "https://bay.example/1"},
              "articleBody": "The ferry
sailed.",},]
            //]]> -->"#,
        );
        let [article] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(article.headline.as_deref(), Some("Tide & time"));
        assert_eq!(article.publisher.as_deref(), Some("Bay Radio"));
        assert_eq!(article.body.as_deref(), Some("The ferry sailed."));
        assert_eq!(article.url.as_deref(), Some("https://bay.example/1"));
        assert_eq!((article.is_free, article.keywords.len()), (Some(false), 2));
        assert_eq!(article.authors[0].name, "Lena Marsh");
    }

    #[test]
    fn a_graph_joins_what_it_names() {
        let found = check(
            r##"{"@graph": [
            {"@type": "WebPage", "name": "Tide"},
            {"@type": "Person", "@id": "#l", "name": "Lena Marsh"},
            {"@type": "Organization", "@id": "#b", "name": "Bay Radio"},
            {"@type": "Article", "headline": "Tide", "author": [{"@id": "#l"}, {"@type": "Organization", "name": "Desk"}],
             "publisher": {"@id": "#b"}}]}"##,
        );
        assert_eq!(found.len(), 2);
        let authors: Vec<_> = found[1]
            .authors
            .iter()
            .map(|a| (a.name.as_str(), a.is_organization))
            .collect();
        assert_eq!(authors, [("Lena Marsh", false), ("Desk", true)]);
        assert_eq!(found[1].publisher.as_deref(), Some("Bay Radio"));
    }

    #[test]
    fn a_live_blog_has_the_words_of_its_entries() {
        let found = check(
            r#"{"@type": "LiveBlogPosting", "headline": "Storm", "liveBlogUpdate": [
            {"@type": "BlogPosting", "articleBody": "Bridges are closed."},
            {"@type": "BlogPosting", "articleBody": "Schools are shut."}]}"#,
        );
        assert_eq!(
            found[0].body.as_deref(),
            Some("Bridges are closed.\nSchools are shut.")
        );
    }

    #[test]
    fn what_is_no_article_gives_none() {
        for script in [
            "",
            "{",
            "null",
            "[]",
            r#"{"@type": "Recipe", "name": "Soup"}"#,
            r#"{"@id": "x"}"#,
        ] {
            assert_eq!(check(script), [], "{script}");
        }
        assert_eq!(check(&"[".repeat(50_000)), []);
    }
}
