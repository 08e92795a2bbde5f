//! Reports that are one thing over and over, of any size.

/// A kind of report.
pub(super) struct Shape {
    pub(super) name: &'static str,
    /// Bytes, where its growth begins to show.
    pub(super) size: usize,
    /// A report of about so many bytes.
    pub(super) make: fn(usize) -> Vec<u8>,
}

const fn shape(name: &'static str, size: usize, make: fn(usize) -> Vec<u8>) -> Shape {
    Shape { name, size, make }
}

/// What is read within the bound of words first, and then the same far beyond it.
pub(super) const SHAPES: &[Shape] = &[
    shape("quotes", 1000, |n| wire("\"", n)),
    shape("commas", 1000, |n| wire(",", n)),
    shape("dashes", 1000, |n| wire("—", n / 3)),
    shape("brackets", 1000, |n| wire("([", n / 2)),
    shape("stops", 1000, |n| wire(". ", n / 2)),
    shape("symbols mixed", 1000, |n| wire("?( ", n / 3)),
    shape("x and y", 4000, |n| wire("Ana Rusu and ", n / 13)),
    shape("x of y", 4000, |n| wire("the son of ", n / 11)),
    shape("two names", 4000, |n| wire("Aaa Bbb ", n / 8)),
    shape("names", 4000, |n| {
        each(n, 15, |i| format!("{} Rusu said. ", name(i)))
    }),
    shape("states", 4000, |n| {
        each(n, 26, |i| {
            format!("Peru told {} the port. ", ["Ghana", "Chad", "Malta"][i % 3])
        })
    }),
    shape("one sentence", 4000, |n| {
        wire("It rained, Ana Rusu said. ", n / 26)
    }),
    shape("quotations", 4000, |n| {
        wire("“It rained,” he said. ", n / 26)
    }),
    shape("open quotations", 4000, |n| {
        wire("“It rained, he said. ", n / 23)
    }),
    shape("promises", 4000, |n| {
        wire("Peru will pay Chad $5 million. ", n / 31)
    }),
    shape("sums", 4000, |n| {
        each(n, 14, |i| format!("${:07} paid. ", i % 10_000_000))
    }),
    shape("days", 4000, |n| wire("On March 4 it rained. ", n / 22)),
    shape("sentences of a page", 4000, |n| {
        page("<p>It rained, the mayor said.</p>", n)
    }),
    shape("paragraphs", 4000, |n| {
        wire("It rained, the mayor said.\n\n", n / 28)
    }),
    shape("outlet of words", 20_000, |n| outlet("abc ", n)),
    shape("outlet of slashes", 20_000, |n| outlet("a/", n)),
    shape("outlet of names", 20_000, |n| outlet("Lima Post-", n)),
    shape("site name", 20_000, |n| {
        let head = format!(
            "<html><head><title>Ministers meet</title><meta property=\"og:site_name\" content=\"{}\"></head>",
            "abc ".repeat(n / 4)
        );
        format!("{head}<body><article><p>It rained, Ana Rusu said.</p></article></body></html>")
            .into()
    }),
    shape("host of labels", 20_000, |n| {
        let url = format!("https://{}example", "lima-".repeat(n / 5));
        format!("{{\"headline\": \"Ministers meet\", \"text\": \"It rained, Ana Rusu said.\", \"url\": \"{url}\"}}").into()
    }),
    shape("headline", 20_000, |n| {
        format!(
            "{}\n\nIt rained, Ana Rusu said.\n",
            "Rain falls ".repeat(n / 11)
        )
        .into()
    }),
    shape("nested mime", 100_000, mime),
    shape("mail of a page", 200_000, |n| {
        let page = page("<p>It rained, the mayor said.</p>", n);
        [
            b"From: a@b.example\nTo: c@d.example\nSubject: Rain\nContent-Type: text/html\n\n"
                .to_vec(),
            page,
        ]
        .concat()
    }),
    shape("nested elements", 100_000, |n| {
        format!(
            "<html><body><article>{}<p>It rained.</p></article></body></html>",
            "<div>".repeat(n / 5)
        )
        .into()
    }),
    shape("attributes", 100_000, |n| {
        format!(
            "<html><body><article><p {}>It rained.</p></article></body></html>",
            "a=\"1\" ".repeat(n / 6)
        )
        .into()
    }),
    shape("open brackets", 100_000, |n| "[".repeat(n).into()),
    shape("nested json", 100_000, |n| {
        format!("{}{}", "{\"a\":".repeat(n / 6), "}".repeat(n / 6)).into()
    }),
    shape("quotes, beyond", 200_000, |n| wire("\"", n)),
    shape("one sentence, beyond", 200_000, |n| {
        wire("It rained, Ana Rusu said. ", n / 26)
    }),
    shape("names, beyond", 200_000, |n| {
        each(n, 15, |i| format!("{} Rusu said. ", name(i)))
    }),
    shape("page, beyond", 1_000_000, |n| {
        page("<p>It rained, the mayor said.</p>", n)
    }),
    shape("one line, beyond", 1_000_000, |n| {
        "rain ".repeat(n / 5).into()
    }),
];

/// A report that meets most of what is built once.
pub(super) fn warm() -> Vec<u8> {
    let head =
        "<html><head><title>Peru pays Chad</title></head><body><article><h1>Peru pays Chad</h1>";
    let words = "Peru will pay Chad $5 million by March 4, Ana Rusu said in Riga.";
    format!("{head}<p>{words}</p></article></body></html>").into()
}

/// Wire copy of a piece so many times over.
fn wire(piece: &str, times: usize) -> Vec<u8> {
    format!(
        "Ministers meet\n\nRIGA, March 4, 2031 (Example Wire) - {}\n",
        piece.repeat(times)
    )
    .into()
}

fn each(bytes: usize, one: usize, piece: impl Fn(usize) -> String) -> Vec<u8> {
    wire(&(0..bytes / one).map(piece).collect::<String>(), 1)
}

/// A name for each number.
fn name(mut number: usize) -> String {
    let mut out = String::from("A");
    for _ in 0..3 {
        out.push(char::from(b"abdefgiklmnoprstu"[number % 17]));
        number /= 17;
    }
    out
}

fn page(piece: &str, bytes: usize) -> Vec<u8> {
    let body = piece.repeat(bytes / piece.len());
    format!("<html><head><title>Rain in Riga</title></head><body><article><h1>Rain in Riga</h1>{body}</article></body></html>").into()
}

fn outlet(piece: &str, bytes: usize) -> Vec<u8> {
    let outlet = piece.repeat(bytes / piece.len());
    format!("{{\"headline\": \"Ministers meet\", \"text\": \"It rained, Ana Rusu said.\", \"outlet\": \"{outlet}\"}}").into()
}

/// A mail whose parts lie in each other.
fn mime(bytes: usize) -> Vec<u8> {
    let part = |i: usize| format!("Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n");
    let parts: String = (0..bytes / 53).map(part).collect();
    format!("From: a@b.example\nTo: c@d.example\nSubject: Rain\n{parts}Content-Type: text/plain\n\nIt rained.\n").into()
}
