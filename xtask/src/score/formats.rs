//! Samples of the formats news comes in, read: headline, day, outlet and words of each report
//! against what a person reads in the file.

use std::fs::File;
use std::ops::ControlFlow;

use anyhow::{Context as _, Result};
use onrecord::Envelope;
use onrecord_intake::{ColumnMap, Input, Item, walk};
use onrecord_model::Report;

use super::{Figure, Run, Shared, Task};

pub(super) const TASK: Task = Task {
    name: "formats",
    run: Run::Beside(run),
};

/// A report of a sample: the file, its place in it, what its headline begins with, when it was
/// published (an instant or a day), its outlet, the words its body holds and some of them.
/// A dash where the file says nothing.
const READ: &str = "\
anpa1312.txt|0|Port Ellery council votes|-|-|20|We will not spend another dollar
iptc7901.txt|0|Port Ellery council votes|2032-03-09|-|30|in court within 30 days
wire-plain.txt|0|Port Ellery council votes|-|-|60|a building nobody can use
article-schema-org.html|0|Port Ellery council votes|2032-03-09T17:40:00Z|Harbor Times|60|a building nobody can use
cc-news-like.warc.gz|0|Port Ellery council votes|2032-03-09T17:40:00Z|Harbor Times|60|a building nobody can use
cc-news-like.warc.gz|1|Port Ellery council votes|2032-03-09T17:40:00Z|Valley Post|60|a building nobody can use
cc-news-like.warc.gz|2|Port Ellery council votes|2032-03-09T18:10:00Z|Example News Agency|60|a building nobody can use
cc-news-like.warc.gz|3|Port Ellery council votes|2032-03-09T18:11:00Z|Example News Agency|60|a building nobody can use
feed-atom.xml|0|Port Ellery council votes|2032-03-09T17:40:00Z|Example News Agency|60|a building nobody can use
feed-json-1.1.json|0|Port Ellery council votes|2032-03-09T17:40:00Z|Example News Agency|60|a building nobody can use
feed-rss2-content.xml|0|Port Ellery council votes|2032-03-09T18:10:00Z|Example News Agency|60|a building nobody can use
feed-rss2-content.xml|1|Port Ellery council votes|2032-03-09T18:11:00Z|Example News Agency|60|a building nobody can use
mediacloud-like-stories.csv|0|Port Ellery council votes|2032-03-09|harbortimes.example|0|
mediacloud-like-stories.csv|1|Ferry terminal to shut|2032-03-10|valleypost.example|0|
newsarticle.jsonld|0|Port Ellery council votes|2032-03-09T17:40:00Z|Harbor Times|40|a building nobody can use
newsletter.eml|0|Ferry terminal to close|2032-03-09T18:20:00Z|Harbor Times|60|a building nobody can use
newsml-g2-nitf-inline.xml|0|Arizona Diamondbacks (29-23)|-|-|40|picking up momentum
newsml-g2-text-document.xml|0|Fed to halt QE|2018-11-21T16:25:32-05:00|Acme News and Media LLC|80|Et, sent luptat
newsml-g2-hop-history.xml|0|-|2018-10-19T20:15:00Z|reuters|0|
newsml-g2-ap-metadata.xml|0|-|2022-04-08T12:00:00Z|AP|0|
newsml-g2-news-message.xml|3|-|-|-|0|
newsml-g2-dateline.xml|0|-|2016-02-09T09:17:00+03:00|-|0|
ninjs-1.4-text.json|0|Captain of wrecked|2013-07-09T10:37:00Z|-|120|Schettino has denied wrongdoing
ninjs-3.1-complex-text.json|0|Captain of wrecked|2013-07-09T10:37:00Z|-|120|Schettino has denied wrongdoing
ninjs-2.1-dpa-text.json|0|Faktencheck Derby-Elfmeter|2019-05-10T16:02:28+02:00|dpa|300|Lucien Favre
ninjs-3.0-dpa-text.json|0|Faktencheck Derby-Elfmeter|2019-05-10T16:02:28+02:00|dpa|300|Lucien Favre
ninjs-2.1-ntb-text.json|0|Google har|2019-08-09T09:30:04Z|NTB|15|datasentre i Europa
ninjs-3.0-press-conference-nitf.json|0|Anti-doping measures|2008-02-19|DopingWatch|300|to be held in South Australia
ninjs-3.0-tt-text-image.json|0|Milit\u{e4}r\u{f6}vning|2021-05-26T13:40:18+02:00|TT|100|Pandemin satte stopp
nitf-3.6-story.xml|0|Port Ellery council votes|2032-03-09T18:15:00Z|Example News Agency|60|a building nobody can use
sitemap-news.xml|0|Port Ellery council votes|2032-03-09T17:40:00Z|Harbor Times|0|
";

fn run(shared: &Shared, _: bool) -> Result<Vec<Figure>> {
    let (mut right, mut all) = (0, 0);
    for line in READ.lines() {
        let cells: Vec<&str> = line.split('|').collect();
        let [file, place, headline, published, outlet, words, some] = cells.as_slice() else {
            anyhow::bail!("`{line}` has not seven cells");
        };
        let reports = reports(&shared.path(&format!("data/formats/{file}")))?;
        let report = reports.get(place.parse::<usize>()?);
        let wrong = match report {
            None => vec!["there is no such report".to_owned()],
            Some(r) => wrong(r, headline, published, outlet, words.parse()?, some),
        };
        for why in &wrong {
            eprintln!("formats: {file} report {place}: {why}");
        }
        right += usize::from(wrong.is_empty());
        all += 1;
    }
    let share = right as f64 / f64::from(all);
    Ok(vec![Figure::aim("reports read right", share, 1.0)])
}

fn reports(path: &std::path::Path) -> Result<Vec<Report>> {
    let file = File::open(path).with_context(|| format!("cannot open `{}`", path.display()))?;
    let map = ColumnMap::default();
    let mut out = Vec::new();
    let _ = walk("sample", Input::File(file), &map, &mut |item| {
        if let Item::Member(member) = item {
            let all = member.reports(&Envelope::default(), &map);
            out.extend(all.into_iter().map(|i| i.report));
        }
        ControlFlow::Continue(())
    });
    Ok(out)
}

/// What is not as it should be.
fn wrong(
    report: &Report,
    headline: &str,
    published: &str,
    outlet: &str,
    words: usize,
    some: &str,
) -> Vec<String> {
    let mut out = Vec::new();
    let mut check = |what: &str, found: Option<&str>, want: &str, same: bool| {
        let silent = found.is_none() && want == "-";
        if !silent && !same {
            out.push(format!("{what} is {found:?}, not `{want}`"));
        }
    };
    let found = report.headline.as_ref().map(onrecord_model::Span::quote);
    let begins = found.is_some_and(|f| f.starts_with(headline));
    check("headline", found, headline, begins);
    let found = report.published.as_ref().map(|p| p.value.as_str());
    check("published", found, published, found == Some(published));
    let found = report.outlet.as_deref();
    check("outlet", found, outlet, found == Some(outlet));
    let body: Vec<&str> = report
        .segments
        .iter()
        .filter(|s| s.label.is_prose() && s.label != onrecord_model::SegmentLabel::Headline)
        .map(|s| report.text.slice(s.range()))
        .collect();
    let body = body.join(" ");
    let count = body.split_whitespace().count();
    if count < words || words == 0 && count > 0 {
        out.push(format!("the body has {count} words, not {words}"));
    }
    if !body.contains(some) {
        out.push(format!("`{some}` is missing"));
    }
    out
}
