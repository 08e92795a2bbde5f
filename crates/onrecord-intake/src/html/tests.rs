//! Whole pages: invented ones under `tests/pages`, malformed ones made up here, and the
//! benchmark's where it lies beside the repository.

use onrecord_model::{ProblemKind, SegmentLabel};

use super::{plain, read};
use crate::draft::{Block, Draft};

macro_rules! page {
    ($name:literal) => {
        include_str!(concat!("../../tests/pages/", $name, ".html"))
    };
}

fn texts(draft: &Draft, label: Option<SegmentLabel>) -> Vec<String> {
    let blocks = draft.blocks.iter().filter(|b| b.label == label);
    blocks.map(Block::text).collect()
}

fn kinds(draft: &Draft) -> Vec<ProblemKind> {
    draft.problems.iter().map(|p| p.kind).collect()
}

/// Every piece says what the page says at its bytes, entities resolved and white space folded.
fn holds(page: &str, draft: &Draft) {
    let folded = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    for piece in draft.blocks.iter().flat_map(|b| &b.pieces) {
        let Some(source) = piece.source.clone() else {
            continue;
        };
        assert_eq!(folded(&plain(&page[source])), folded(&piece.text));
        assert!(!piece.text.contains(['\n', '\t', '\r']) && !piece.text.contains("  "));
    }
}

#[test]
fn an_article_is_told_from_its_page() {
    let page = page!("article");
    let draft = read(page);
    holds(page, &draft);
    assert_eq!(kinds(&draft), []);
    assert_eq!(
        texts(&draft, Some(SegmentLabel::Headline)),
        ["Harbour tunnel opens a year late"]
    );
    assert!(
        texts(&draft, Some(SegmentLabel::Teaser))
            .iter()
            .chain(&texts(&draft, None))
            .any(|t| t.starts_with("The first cars"))
    );
    assert_eq!(
        texts(&draft, Some(SegmentLabel::Crosshead)),
        ["A bay without ferries"]
    );
    let body = texts(&draft, None).join("\n");
    for (words, kept) in [
        (
            "PORT ELLERY — The tunnel under the bay opened to traffic on Monday, fourteen months after",
            true,
        ),
        ("“It was worth the wait,”", true),
        ("2.1 billion crowns", true),
        ("the council said, though few", true),
        ("We carried this town", true),
        ("an open letter", true),
        ("cookies", false),
        ("Tunnel bill grows", false),
        ("Advertisement", false),
        ("newsletter", false),
        ("never shown", false),
        ("About time too", false),
        ("All rights reserved", false),
        ("Photo: Ana Ruiz", false),
    ] {
        assert_eq!(body.contains(words), kept, "{words}\n{body}");
    }
    assert_eq!(draft.authors, ["Lena Marsh", "Joe Tran"]);
    let envelope = &draft.envelope;
    assert_eq!(
        envelope
            .published
            .as_ref()
            .map(ToString::to_string)
            .as_deref(),
        Some("2031-03-05T07:30:00Z")
    );
    assert_eq!(
        envelope.metadata.updated.as_deref(),
        Some("2031-03-05T09:10:00Z")
    );
    assert_eq!(envelope.outlet.as_deref(), Some("The Port Ellery Courier"));
    assert_eq!(
        envelope.url.as_deref(),
        Some("https://courier.example/news/2031/03/05/harbour-tunnel")
    );
    assert_eq!(envelope.language.as_deref(), Some("en-GB"));
    assert_eq!(envelope.metadata.keywords, ["tunnels", "harbour", "budget"]);
    assert_eq!(
        envelope.metadata.subjects[0].name.as_deref(),
        Some("Transport")
    );
    assert!(envelope.metadata.ednote.is_some());
}

#[test]
fn a_live_blog_is_read_in_order() {
    let page = page!("live");
    let draft = read(page);
    holds(page, &draft);
    let all: Vec<String> = draft.blocks.iter().map(Block::text).collect();
    let at = |words: &str| all.iter().position(|t| t.contains(words));
    let (bridges, schools) = (at("Both bridges"), at("All schools on the coast"));
    assert!(bridges.is_some() && bridges < schools, "{all:?}");
    assert!(at("09:40") < bridges && at("09:40").is_some(), "{all:?}");
    assert!(at("08:05") < schools && at("08:05") > bridges, "{all:?}");
    assert_eq!(draft.authors, ["Ana Ruiz"]);
    assert!(at("Share").is_none());
}

#[test]
fn a_wall_is_said_to_be_one() {
    let draft = read(page!("stub"));
    assert_eq!(kinds(&draft), [ProblemKind::Paywall]);
    let body = texts(&draft, None).join("\n");
    assert!(
        body.contains("ein Drittel mehr") && !body.contains("Abonnenten"),
        "{body}"
    );
    assert_eq!(draft.authors, ["Jörn Petersen"]);
    let login = read(page!("login"));
    assert!(
        login.blocks.is_empty() && kinds(&login) == [ProblemKind::Paywall],
        "{login:?}"
    );
}

#[test]
fn a_page_without_an_article_gives_none() {
    for page in [
        page!("robot"),
        page!("script"),
        page!("list"),
        "",
        "<html><body></body></html>",
        "   ",
    ] {
        let draft = read(page);
        assert_eq!(kinds(&draft), [ProblemKind::NoArticle], "{draft:?}");
        assert!(draft.blocks.is_empty());
    }
}

#[test]
fn markup_without_a_frame_is_read() {
    let page = page!("bare");
    let draft = read(page);
    holds(page, &draft);
    assert_eq!(texts(&draft, None).len(), 4, "{draft:?}");
}

#[test]
fn entities_and_broken_markup_keep_their_places() {
    let words = "The mayor of Port Ellery &amp; her council met on Monday&hellip; &#8220;We agreed,&#x201d; she said";
    for page in [
        format!("<p>{words}<b>, <i>at</b> last</i>.</p></p></div>"),
        format!(
            "<div><p>{words}<div>And then&nbsp;&nbsp;they went home again, all of them.</table>"
        ),
        format!("<table><tr><td>{words}<td>{words}</table>"),
        format!("<ul><li>{words}<li>{words}</ul><a href=x>{words}"),
        format!(
            "<p>{words}\r\n\r\nand\tsat &nocharacter; &copy 2031 <![CDATA[ x ]]> <!-- {words} --> down"
        ),
        format!("<body><p>{words}</p><script>if (a < b) '</p>{words}'</script><p>{words}"),
    ] {
        holds(&page, &read(&page));
    }
}

#[test]
fn depth_and_size_cost_neither_stack_nor_time() {
    let deep = |open: &str, n: usize| open.repeat(n);
    let words = "They met on Monday and agreed on a new ferry, the mayor said. ";
    for page in [
        deep("<div>", 200_000) + words,
        deep("<b>", 100_000) + words + &deep("</b>", 100_000),
        deep("<p><table><tr><td>", 20_000) + words + &deep("</p>", 200_000),
        deep("<ul><li><a href=x>", 50_000) + words + &deep("</span></a>", 100_000),
        deep("<blockquote>", 600) + &format!("<p>{words}</p>").repeat(20_000),
        "<".repeat(500_000),
        format!("<a {}>{words}</a>", "x=y ".repeat(200_000)),
        format!("<p class='{}'>{words}</p>", "related ".repeat(100_000)),
        "&".repeat(500_000),
        format!(
            "<script type=application/ld+json>{}</script><p>{words}",
            "[".repeat(100_000)
        ),
        format!(
            "<script type=application/ld+json>{}{{}}</script><p>{words}",
            "{\"@graph\":".repeat(100_000)
        ),
    ] {
        holds(&page, &read(&page));
    }
}

/// The benchmark's pages, where they lie beside the repository; skipped elsewhere.
#[test]
fn every_word_of_the_benchmark_keeps_its_place() {
    use std::io::Read as _;
    let home = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/html/pages"
    );
    let Ok(files) = std::fs::read_dir(home) else {
        return;
    };
    for file in files.filter_map(Result::ok) {
        let Ok(file) = std::fs::File::open(file.path()) else {
            continue;
        };
        let mut bytes = Vec::new();
        if flate2::read::GzDecoder::new(file)
            .read_to_end(&mut bytes)
            .is_ok()
        {
            let page = String::from_utf8_lossy(&bytes);
            holds(&page, &read(&page));
        }
    }
}

#[test]
fn words_that_are_struck_out_are_withdrawn() {
    for tag in ["del", "s", "strike"] {
        let page = format!(
            "<h1>Ferry reopens</h1><p>The mayor said the repair cost <{tag}>two million</{tag}> three million crowns.</p><{tag}><p>The bridge fell.</p></{tag}><p>The line sails.</p>"
        );
        let draft = super::fragment(&page);
        let all: Vec<String> = draft.blocks.iter().map(Block::text).collect();
        let want = [
            "Ferry reopens",
            "The mayor said the repair cost three million crowns.",
            "The line sails.",
        ];
        assert_eq!(all, want, "{tag}");
    }
}

/// A page of one article; `inner` stands behind its headline.
fn article(inner: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>Pier shut until May</title></head><body><nav><a href=/>Home</a> <a href=/w>World</a></nav><article><h1>Pier shut until May</h1>{inner}</article><footer><p>Harbor Post, all rights reserved.</p></footer></body></html>"
    )
}

const FIRST: &str = "The pier at Harrow Point will stay shut until May after a storm broke two of its legs, Mayor Joe Tran said on Tuesday. The town has asked three firms for a price.";
const SECOND: &str = "Fishermen said they had heard as much before. \"We were told the same in February,\" said Ana Ruiz, who has worked on the pier for twenty years.";

#[test]
fn what_stands_among_paragraphs_is_kept() {
    let p = |words: &str| format!("<p>{words}</p>");
    for (among, kept) in [
        (
            "<ul><li>Norway lends a crane.</li><li>Malta sends two divers.</li></ul>",
            &["Norway lends a crane.", "Malta sends two divers."][..],
        ),
        (
            "<ol><li>Norway lends a crane</li><li>Malta sends divers</li></ol>",
            &["Norway lends a crane", "Malta sends divers"],
        ),
        (
            "<figure class=wp-block-table><table><tr><td>Norway</td><td>5 million euros</td></tr><tr><td>Malta</td><td>2 million euros</td></tr></table></figure>",
            &["5 million euros", "2 million euros"],
        ),
        (
            "<figure><ul><li>Norway lends a crane.</li><li>Malta sends two divers.</li></ul></figure>",
            &["Malta sends two divers."],
        ),
        (
            "<blockquote><p>We were promised a crane by May and nobody has seen one.</p><footer>Ana Ruiz</footer></blockquote>",
            &[
                "We were promised a crane by May and nobody has seen one.",
                "Ana Ruiz",
            ],
        ),
        (
            "<p><a href=/x><strong>The town borrowed 4 million euros for the work from a bank in Milan, the council said.</strong></a></p>",
            &[
                "The town borrowed 4 million euros for the work from a bank in Milan, the council said.",
            ],
        ),
    ] {
        let page = article(&format!("{}{among}{}", p(FIRST), p(SECOND)));
        let draft = read(&page);
        holds(&page, &draft);
        let body = texts(&draft, None);
        for words in [FIRST, SECOND].iter().chain(kept) {
            assert!(body.iter().any(|b| b == words), "{words}: {body:?}");
        }
    }
}

#[test]
fn what_stands_at_the_ends_of_an_article_is_kept() {
    let linked = format!("<div class=par><p><a href=/x>{FIRST}</a></p></div>");
    let plain = format!("<div class=par><p>{SECOND}</p></div>");
    let page = article(&format!("{linked}{plain}"));
    assert_eq!(texts(&read(&page), None), [FIRST, SECOND]);
    let list = "<ul><li>Norway lends a crane.</li><li>Malta sends two divers.</li></ul>";
    let page = article(&format!("<p>{FIRST}</p><p>{SECOND}</p>{list}"));
    assert_eq!(texts(&read(&page), None).len(), 4);
    for foot in [
        "<footer><p>Reporting by Lena Marsh in Harrow Point; Editing by Joe Berg</p></footer>",
        "<div class=article-footer><p>(Reporting by Lena Marsh; Editing by Joe Berg)</p></div>",
        "<div class=end><p>Additional reporting by Lena Marsh; editing by Joe Berg</p></div>",
    ] {
        let page = article(&format!("<p>{FIRST}</p><p>{SECOND}</p>{foot}"));
        let end = texts(&read(&page), None).pop().unwrap();
        assert!(end.contains("Joe Berg"), "{foot}: {end}");
    }
}

#[test]
fn lists_of_links_and_furniture_among_paragraphs_are_not_kept() {
    for among in [
        "<ul><li><a href=/a>Ferry sails again after storm</a></li><li><a href=/b>Mill to close in May</a></li></ul>",
        "<ul class=related><li>Ferry sails again after the storm.</li><li>Mill to close in May.</li></ul>",
        "<aside><p>Ferry sails again after the storm, the harbour master said.</p></aside>",
        "<ul class=share-tools><li>Share this</li><li>Ferry by mail</li></ul>",
    ] {
        let page = article(&format!("<p>{FIRST}</p>{among}<p>{SECOND}</p>"));
        assert_eq!(texts(&read(&page), None), [FIRST, SECOND], "{among}");
    }
}

#[test]
fn an_article_that_opens_over_a_list_is_the_report() {
    let teaser = |n: usize| {
        format!(
            "<li class=item><h3><a href=/n{n}>Teaser number {n} about the town</a></h3><p class=sum>A short line tells what happened at place {n}, where traders said prices rose and the council met to talk of roads.</p></li>"
        )
    };
    let teasers: String = (0..14).map(teaser).collect();
    let third = "The council promised 2 million euros for the work. It will be paid from the reserve, Tran said.";
    let page = format!(
        "<title>Harbor Post - latest</title><main><ul class=stream>{teasers}</ul></main><div id=viewer class='modal canvas'><article><header><h1>Pier shut</h1></header><div class=canvas-body><p>{FIRST}</p><p>{SECOND}</p><p>{third}</p></div></article></div>"
    );
    assert_eq!(texts(&read(&page), None), [FIRST, SECOND, third]);
}

#[test]
fn bylines_name_people_and_nothing_else() {
    let meta = |name: &str| format!("<meta name=author content=\"{name}\">");
    let described = |author: &str| {
        format!(
            "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"Pier shut until May\",\"author\":{author}}}</script>"
        )
    };
    let seen = "<p class=byline>By <a rel=author href=/a>Lena Marsh</a></p>".to_owned();
    for (over, want) in [
        (
            "<p class=byline>By Lena Marsh<br>Harbor Post</p>".to_owned(),
            &["Lena Marsh"][..],
        ),
        (
            "<div class=byline><span>By Lena Marsh</span><span>Harbor Post</span></div>".to_owned(),
            &["Lena Marsh"],
        ),
        (
            "<p class=byline>Lena Marsh<br>March 4, 2031</p>".to_owned(),
            &["Lena Marsh"],
        ),
        (
            "<p class=byline>By Lena Marsh March 4, 2031</p>".to_owned(),
            &["Lena Marsh"],
        ),
        (
            "<p class=byline>Tuesday March 4, 2031 10:05 am by Lena Marsh</p>".to_owned(),
            &["Lena Marsh"],
        ),
        (
            "<div class=byline><span class=author>March 4, 2031</span></div>".to_owned(),
            &[],
        ),
        (meta("Analysis by Lena Marsh"), &["Lena Marsh"]),
        (
            described("{\"@type\":\"Person\",\"name\":\"Watermark feed\"}") + &seen,
            &["Lena Marsh"],
        ),
        (described("\"Harbor Newsroom\"") + &seen, &["Lena Marsh"]),
        (described("\"Site Import\"") + &seen, &["Lena Marsh"]),
        (
            described("{\"@type\":\"Person\",\"name\":\"Lena Marsh\"}"),
            &["Lena Marsh"],
        ),
    ] {
        let page = article(&format!("{over}<p>{FIRST}</p><p>{SECOND}</p>"));
        let draft = read(&page);
        let names = crate::byline::authors(draft.authors.clone());
        assert_eq!(names, want, "{over}");
        let lines = texts(&draft, Some(SegmentLabel::Byline));
        assert!(
            lines.iter().all(|l| !l.contains("MarshHarbor")),
            "{lines:?}"
        );
        let body = texts(&draft, None);
        assert!(body.iter().all(|b| !b.contains("Marsh")), "{body:?}");
    }
}
