//! Who signed a page: JSON-LD, `<meta>`, `rel=author` and what is marked up as a byline.
//!
//! An outlet's own name is no author. Left out: names in the running text (`byline`).

use onrecord_lexicon::markup;

use super::blocks::Run;
use super::elements;
use super::head::Head;
use super::headline::key;
use super::tag::Tag;
use super::tree::{Attr, Tree};
use crate::{byline, names as people};

const METAS: [&str; 12] = [
    "author",
    "article:author",
    "article:author:name",
    "og:article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "byl",
    "byline",
    "dcsext.author",
];

/// Who signed it. Blocks up to `to`, the first of the body, are looked at for a byline.
pub(crate) fn of(tree: &Tree, runs: &[Run], head: &Head, from: usize, to: usize) -> Vec<String> {
    let outlets = outlets(head);
    let said = head
        .article()
        .map(|a| a.authors.as_slice())
        .unwrap_or_default();
    let persons = said
        .iter()
        .filter(|a| !a.is_organization)
        .map(|a| a.name.as_str());
    let described = names(persons, &outlets);
    let metas = METAS.iter().map(|m| head.metas_of(m));
    let mut metas = metas.map(|all| names(all.iter().map(String::as_str), &outlets));
    let metas = metas.find(|n| !n.is_empty()).unwrap_or_default();
    let shown = marked(tree, runs, &outlets, from, to);
    if shown.iter().any(|n| is_personal(n)) && is_nowhere(&described, runs) {
        return shown;
    }
    let all = names(said.iter().map(|a| a.name.as_str()), &outlets);
    let sources = [described, metas, shown, all];
    // A feed's or a desk's name is heard only where no person is named.
    let personal = sources.iter().find(|s| s.iter().any(|n| is_personal(n)));
    let named = personal.or_else(|| sources.iter().find(|s| !s.is_empty()));
    named.cloned().unwrap_or_default()
}

/// Whether names stand nowhere in the words of the page, which readers see.
fn is_nowhere(names: &[String], runs: &[Run]) -> bool {
    let keys: Vec<Vec<String>> = names.iter().map(|n| key(n)).collect();
    let says = |run: &Run| {
        let words = key(&run.text);
        let said = |k: &Vec<String>| !k.is_empty() && words.windows(k.len()).any(|w| w == k);
        keys.iter().any(said)
    };
    !names.is_empty() && !runs.iter().any(says)
}

/// Whether a name is a person's and not a desk's: "Lena Marsh", not "Harbor Newsroom".
fn is_personal(name: &str) -> bool {
    looks_personal(name) && !byline::is_desk(name)
}

/// The outlet's names, as keys.
fn outlets(head: &Head) -> Vec<String> {
    let mut all: Vec<String> = head.meta_of(&["og:site_name"]).into_iter().collect();
    all.extend(head.articles.iter().filter_map(|a| a.publisher.clone()));
    all.extend(head.meta_of(&["application-name", "publisher"]));
    let address = head.canonical.clone().or_else(|| head.meta_of(&["og:url"]));
    let host = address.as_deref().and_then(super::headline::host);
    all.extend(host.map(str::to_owned));
    all.iter().map(|n| key(n).concat()).collect()
}

fn names<'a>(said: impl Iterator<Item = &'a str>, outlets: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in said.flat_map(split) {
        let own = key(&name);
        let joined = own.concat();
        let is_outlet = outlets.iter().any(|o| {
            *o == joined
                || (o.len() > 3 && joined.starts_with(o.as_str()) && joined.len() < o.len() + 4)
        });
        let known = all.iter().any(|a| key(a) == own);
        if !own.is_empty() && !is_outlet && !known {
            all.push(name);
        }
    }
    all
}

/// The names in a line that signs: "By Lena Marsh and Joe Tran".
fn split(line: &str) -> Vec<String> {
    let line = line.trim();
    if line.len() > 200 || line.contains("://") || line.contains('@') || line.starts_with("www.") {
        return Vec::new();
    }
    let line = without_by(byline::undated(line));
    let parts = parts(line);
    let whole = || vec![tidy(line)];
    if parts.len() < 2 {
        return whole().into_iter().filter(|n| is_name(n)).collect();
    }
    // "Lena Marsh, Professor of Law": what follows a name is only split off where it is none.
    let listed: Vec<String> = parts
        .iter()
        .map(|p| tidy(without_by(p)))
        .filter(|n| is_name(n))
        .collect();
    let most: Vec<String> = listed
        .iter()
        .filter(|n| looks_personal(n))
        .cloned()
        .collect();
    match (most.is_empty(), listed.is_empty()) {
        (false, _) => most,
        (true, false) => listed,
        (true, true) => whole(),
    }
}

const BY: [&str; 17] = [
    "by ",
    "by: ",
    "von ",
    "par ",
    "por ",
    "di ",
    "door ",
    "av ",
    "af ",
    "autor: ",
    "author: ",
    "text: ",
    "written by ",
    "posted by ",
    "автор: ",
    "oleh ",
    "texte : ",
];

/// A line without the word that says "by".
fn without_by(line: &str) -> &str {
    let line = line.trim();
    for by in BY {
        let head = line.get(..by.len());
        if head.is_some_and(|h| h.to_lowercase() == by) && line.len() > by.len() {
            return line[by.len()..].trim();
        }
    }
    line
}

/// The parts of a list of names.
fn parts(line: &str) -> Vec<&str> {
    const JOINTS: [&str; 16] = [
        ", and ", " and ", " und ", " et ", " y ", " e ", " en ", " och ", " og ", " & ", "; ",
        ";", ", ", " | ", "、", "/",
    ];
    let mut parts = vec![line];
    for joint in JOINTS {
        parts = parts.into_iter().flat_map(|p| p.split(joint)).collect();
    }
    parts
        .into_iter()
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect()
}

fn tidy(name: &str) -> String {
    let name = name.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '|' | '-' | '–' | '(' | ')' | '*')
    });
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether words can be the name of who signed.
fn is_name(name: &str) -> bool {
    let words = name.split_whitespace().count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    letters > 1
        && words <= 6
        && digits < 3
        && name.chars().count() <= 60
        && !name.contains(['<', '{', '=', ':'])
}

/// Whether a name is written as persons' names are: two to four words that begin large.
fn looks_personal(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let large = |w: &&&str| w.chars().next().is_some_and(|c| !c.is_lowercase());
    let wide = name
        .chars()
        .all(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
    let ends_large = words.last().is_some_and(|w| large(&w));
    (2..=4).contains(&words.len())
        && words.iter().filter(large).count() * 3 >= words.len() * 2
        && ends_large
        || wide && (2..=8).contains(&name.chars().count())
}

/// Names in what is marked up as an author: `rel=author`, `itemprop=author`, a byline's class.
fn marked(tree: &Tree, runs: &[Run], outlets: &[String], from: usize, to: usize) -> Vec<String> {
    let start = runs.get(from).map_or(0, |r| r.first);
    let stop = runs.get(to + 2).map_or(tree.nodes.len(), |r| r.first);
    let near = |at: &usize| (start.saturating_sub(60)..stop).contains(at);
    let has = |at: usize, attr: Attr, word: &str| {
        tree.attr(at, attr)
            .is_some_and(|v| v.split_whitespace().any(|w| w.eq_ignore_ascii_case(word)))
    };
    let texts = |test: &dyn Fn(usize) -> bool, everywhere: bool| {
        let mut found = Vec::new();
        let mut at = 0;
        while at < tree.nodes.len() {
            let node = &tree.nodes[at];
            if node.tag != Tag::Text && (everywhere || near(&at)) && test(at) {
                let inner = (at..node.end as usize).find(|n| has(*n, Attr::ItemProp, "name"));
                let held = inner.unwrap_or(at);
                let said = tree.attr(held, Attr::Content).map(str::to_owned);
                let lines = said.map_or_else(|| tree.lines_under(held), |said| vec![said]);
                found.extend(signed(&lines));
                at = node.end as usize;
            } else {
                at += 1;
            }
        }
        names(found.iter().map(String::as_str), outlets)
    };
    let byline = markup::NAMES
        .iter()
        .position(|n| *n == "byline")
        .unwrap_or(31);
    let marks: [(&dyn Fn(usize) -> bool, bool); 4] = [
        (&|at| has(at, Attr::ItemProp, "author"), true),
        (&|at| has(at, Attr::Rel, "author"), false),
        (
            &|at| {
                let node = &tree.nodes[at];
                node.tag == Tag::A && tree.attr(at, Attr::Href).is_some_and(is_author_page)
            },
            false,
        ),
        (&|at| elements::names(tree, at) >> byline & 1 == 1, false),
    ];
    let found = marks
        .iter()
        .map(|(test, everywhere)| texts(test, *everywhere));
    let mut found = found.map(|n| {
        n.into_iter()
            .filter(|n| looks_personal(n))
            .collect::<Vec<_>>()
    });
    found
        .find(|n| !n.is_empty() && n.len() < 6)
        .unwrap_or_default()
}

/// The lines that name somebody: below the first with a name, an outlet's is no person's.
fn signed(lines: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in lines {
        let name = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let signs = found.is_empty() || people::is_person(&name);
        if name.len() < 120 && signs && !split(&name).is_empty() {
            found.push(name);
        }
    }
    found
}

/// Whether a link leads to the page of someone who writes.
fn is_author_page(address: &str) -> bool {
    let parts: Vec<&str> = address.split(['/', '?']).collect();
    let words = [
        "author",
        "authors",
        "autor",
        "autoren",
        "auteur",
        "autore",
        "journalist",
        "contributor",
        "contributors",
        "profile",
        "reporter",
        "staff",
        "people",
        "by",
    ];
    parts
        .windows(2)
        .any(|w| words.contains(&w[0]) && !w[1].is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, wanted: &[&str]) {
        assert_eq!(split(line), wanted, "{line}");
    }

    #[test]
    fn lists_of_names_are_cut() {
        check("By Lena Marsh and Joe Tran", &["Lena Marsh", "Joe Tran"]);
        check(
            "Lena Marsh, Joe Tran, Ana Ruiz",
            &["Lena Marsh", "Joe Tran", "Ana Ruiz"],
        );
        check("Von Lena Marsh", &["Lena Marsh"]);
        check("Lena Marsh, professor of maritime law", &["Lena Marsh"]);
        check("https://example.com/people/7", &[]);
        check("Ludwig van der Berg", &["Ludwig van der Berg"]);
        check("Redaktion", &["Redaktion"]);
        check("March 4, 2031", &[]);
        check("Lena Marsh March 4, 2031", &["Lena Marsh"]);
        check(
            "Monday March 3, 2031 10:05 am by Lena Marsh",
            &["Lena Marsh"],
        );
    }
}
