//! Which language a text is in.
//!
//! English is taken on the word of its own small words, before letter statistics are asked:
//! a report full of foreign names is still English. A script that English is not written in
//! needs no length to tell that it is another language, though it may to tell which. Left out: mixed texts, which are read
//! when enough of them is English.

use whatlang::{Lang, Script};

/// Bytes looked at; more changes nothing.
const LOOK: usize = 4000;
/// A headline has fewer letters than this and may do without small words.
const HEADLINE: usize = 60;
/// Fewer Latin letters than this say nothing.
const LETTERS: usize = 40;

/// The BCP 47 tag of a text's language; `None` when there is too little to tell by, `und` when
/// it is hardly English and may be one of several others.
///
/// ```
/// use onrecord_language::identify;
///
/// let german = "Der Hafen wurde am Montag wieder geöffnet, teilte die Verwaltung der Stadt mit.";
/// assert_eq!(identify(german), Some("de"));
/// assert_eq!(identify("Το πλοίο"), Some("el"));
/// assert_eq!(identify("Паром снова ходит"), Some("und"));
/// assert_eq!(identify("Hafen"), None);
/// ```
pub fn identify(text: &str) -> Option<&'static str> {
    let text = looked_at(text);
    if english(text) {
        return Some("en");
    }
    if !is_latin(text) {
        let info = whatlang::detect(text).filter(whatlang::Info::is_reliable);
        return Some(info.map_or("und", |i| tag(i.lang())));
    }
    if letters(text) < LETTERS {
        return None;
    }
    let info = whatlang::detect(text)?;
    let tally = Tally::of(text);
    if tally.is_german() {
        return Some("de");
    }
    if info.lang() != Lang::Eng && tally.is_english() {
        return Some("en");
    }
    if info.lang() == Lang::Eng || info.is_reliable() {
        return Some(tag(info.lang()));
    }
    let foreign = tally.is_foreign() && letters(text) >= HEADLINE;
    (foreign || !may_be_english(text)).then_some("und")
}

/// What the language of a text is called in English, by its tag.
pub(crate) fn name(tag_of: &str) -> Option<&'static str> {
    let lang = Lang::all().iter().find(|l| tag(**l) == tag_of)?;
    Some(lang.eng_name())
}

/// What a text that is hardly English is most like, in English: of the languages of much news, where
/// it is in Latin letters, for a few words have the letters of many others.
pub(crate) fn likeness(text: &str) -> Option<&'static str> {
    let text = looked_at(text);
    if !is_latin(text) {
        return Some(whatlang::detect(text)?.lang().eng_name());
    }
    let umlauts = text.contains(['ä', 'ö', 'ü', 'ß']);
    let likely = if umlauts { UMLAUTS } else { LIKELY };
    let likely = whatlang::Detector::with_allowlist(likely.to_vec());
    Some(likely.detect_lang(text)?.eng_name())
}

/// Whether a text whose language is not told may be English: it is in Latin letters, and has a
/// small word of English or is short enough for a headline.
pub(crate) fn may_be_english(text: &str) -> bool {
    let text = looked_at(text);
    is_latin(text) && (letters(text) < HEADLINE || text.split_whitespace().any(is_small))
}

fn looked_at(text: &str) -> &str {
    &text[..text.floor_char_boundary(LOOK)]
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Whether most letters are Latin, or there are none.
fn is_latin(text: &str) -> bool {
    match whatlang::detect_script(text) {
        Some(script) => script == Script::Latin,
        None => letters(text) == 0,
    }
}

/// Whether a word is one that English sentences cannot do without for long.
fn is_small(word: &str) -> bool {
    const SMALL: &[&str] = &[
        "the", "of", "and", "that", "was", "said", "says", "with", "for", "from", "by", "at", "on",
        "his", "her", "its", "have", "been", "this", "their", "they", "he", "she", "to", "is",
        "it", "not", "would", "will", "has", "had", "were", "are", "could", "should", "may",
        "after", "before", "over", "into", "who", "which", "we", "out", "up", "an", "as", "be",
    ];
    let word = word.trim_matches(|c: char| !c.is_alphabetic());
    SMALL.iter().any(|s| s.eq_ignore_ascii_case(word))
}

/// Whether one word in seven is a small word of English and of no other large language.
fn english(text: &str) -> bool {
    let (mut words, mut small) = (0_usize, 0_usize);
    for word in text.split_whitespace() {
        words += 1;
        let hit = [
            "the", "of", "and", "to", "that", "was", "said", "with", "for", "has", "is",
        ];
        small += usize::from(hit.iter().any(|h| h.eq_ignore_ascii_case(word)));
    }
    small * 7 >= words && small > 1
}

/// Small words that English shares with no large neighbour, and that its sentences show.
const OWN: &[&str] = &[
    "the", "and", "to", "said", "says", "with", "from", "by", "that", "would", "have", "their",
    "it", "not", "been", "after", "which", "this", "are", "were",
];
/// Small words of English that another language may write as well.
const SHARED: &[&str] = &[
    "of", "in", "on", "is", "was", "has", "for", "at", "will", "its", "his", "her", "as", "be",
    "he", "had",
];
/// Small words of the languages that a short English text is at times taken for, and of none of
/// English.
const FOREIGN: &[&str] = &[
    // French, Spanish, Catalan, Italian, Portuguese, Romanian
    "de", "la", "le", "les", "des", "du", "et", "un", "une", "en", "à", "au", "aux", "que", "qui",
    "est", "dans", "pour", "sur", "par", "ont", "ne", "el", "los", "las", "y", "del", "por",
    "para", "con", "se", "su", "una", "ha", "il", "di", "che", "per", "della", "dei", "e", "è",
    "si", "non", "lo", "gli", "o", "os", "da", "dos", "em", "um", "uma", "não", "com", "ao", "și",
    "cu", "pe", "în", "din", "care", "va", "al", "ale", "amb", "els",
    // German, Dutch, and the languages of the north
    "der", "die", "das", "und", "den", "von", "mit", "ein", "eine", "im", "auf", "dem", "zu",
    "nicht", "hat", "ist", "sind", "sich", "wird", "wurde", "er", "sie", "het", "een", "van", "op",
    "te", "dat", "zijn", "niet", "voor", "heeft", "zal", "och", "att", "det", "som", "på", "og",
    "til", "av", "af", "för", "med", "har", "ikke", // of the east and south
    "i", "w", "na", "z", "się", "že", "że", "je", "és", "az", "hogy", "ve", "bir", "bu", "yang",
    "dan", "ang", "mga", "sa", "ng",
];

/// Languages of Latin letters that much news is written in.
const LIKELY: &[Lang] = &[
    Lang::Deu,
    Lang::Fra,
    Lang::Spa,
    Lang::Por,
    Lang::Ita,
    Lang::Nld,
    Lang::Swe,
    Lang::Dan,
    Lang::Fin,
    Lang::Pol,
    Lang::Ces,
    Lang::Hun,
    Lang::Ron,
    Lang::Tur,
];

/// Those that write an umlaut.
const UMLAUTS: &[Lang] = &[
    Lang::Deu,
    Lang::Swe,
    Lang::Fin,
    Lang::Est,
    Lang::Hun,
    Lang::Tur,
];

/// Small words of German that open its sentences, and none of English.
const OPENERS: &[&str] = &[
    "Der", "Die", "Das", "Ein", "Eine", "Er", "Sie", "Es", "Wir", "Ich", "Im", "Am", "Beim",
    "Nach", "Mit", "Bei", "Auch", "Nun", "Dort", "Damit", "Dies", "Diese", "Dieser", "Zum", "Zur",
    "Und",
];

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "de", "la", "las", "los", "del", "des", "du", "van", "der", "den", "von", "zu", "di", "da",
    "dos", "al", "el", "y", "e", "af", "av",
];

/// How many small words of each sort a text has.
#[derive(Clone, Copy, Default)]
struct Tally {
    own: usize,
    shared: usize,
    foreign: usize,
    /// Sentences that a small word of German opens.
    german: usize,
}

impl Tally {
    fn of(text: &str) -> Self {
        let mut out = Self::default();
        let mut named = false;
        let mut opens = true;
        for token in text.split_whitespace() {
            let opened = std::mem::replace(&mut opens, token.ends_with(['.', '!', '?', ':']));
            let word = token.trim_matches(|c: char| !c.is_alphabetic());
            // "Juan de la Cruz": part of a name.
            named = word.starts_with(char::is_uppercase) || named && PARTICLES.contains(&word);
            let on = |list: &[&str]| list.iter().any(|s| s.eq_ignore_ascii_case(word));
            out.own += usize::from(on(OWN));
            out.shared += usize::from(on(SHARED));
            // A capital is a name's, or opens a sentence.
            out.foreign += usize::from(!named && FOREIGN.contains(&word));
            out.german += usize::from(opened && OPENERS.contains(&word));
        }
        out
    }

    /// Whether small words of English outweigh those of all others: a brief full of foreign names
    /// has the letters of another language and the grammar of English.
    fn is_english(self) -> bool {
        let several = self.own + self.shared > 1 || self.foreign == 0;
        self.own > 0 && several && 2 * self.own + self.shared > 2 * self.foreign
    }

    /// Whether sentences begin as those of German do, and no word is one of English alone: a few of
    /// them have the letters of English at times.
    fn is_german(self) -> bool {
        self.german > 1 && self.own == 0
    }

    /// Whether other languages outweigh English, or only what they write as well speaks for it.
    fn is_foreign(self) -> bool {
        self.own == 0 && self.foreign > 0
            || self.foreign > 1 && 2 * self.foreign > 2 * self.own + self.shared
    }
}

/// The shortest tag of a language, as BCP 47 wants it.
fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: Option<&str>) {
        assert_eq!(identify(text), want, "{text}");
    }

    #[test]
    fn languages_are_told_apart() {
        check(
            "The council of Harbourtown voted to reopen the ferry line on Monday, the mayor said.",
            Some("en"),
        );
        check(
            "Le conseil municipal a voté lundi la réouverture de la ligne de ferry, a déclaré le maire.",
            Some("fr"),
        );
        check(
            "Міська рада проголосувала в понеділок за відновлення поромної лінії, повідомив мер.",
            Some("uk"),
        );
        check("Ferry line reopens", None);
        check("", None);
    }

    #[test]
    fn a_brief_with_foreign_names_is_english() {
        for brief in [
            "Canada lifts duties on Gabon, Minister Joséphine Tremblay-Gagnon said.",
            "Luxembourg pays Cabo Verde 3 million euros, Ministre Jean-Claude Delvaux said on Monday.",
            "Niger and Mali sign pact in Ouagadougou, President Amadou Diallo-Touré said.",
            "Chile extends visas for Haitians, Ministra Carolina Valdés Echeverría said in Valparaíso.",
            "Germany sends Moldova 12 ambulances, Staatssekretärin Annelie Großmann-Weiß said.",
            "Brazil returns artefacts to Angola, Chanceler João Guimarães de Almeida said.",
            "Italy reopens Tripoli consulate, Ambasciatore Gianluca Bertolucci said to reporters.",
            "Romania suspends tariffs on Serbia, Ministrul Ștefan Ionescu-Popa said.",
            "Netherlands lends Suriname 40 million euros, Minister Pieter van der Hoeven said on Friday.",
            "Türkiye opens Kigali embassy, Büyükelçi Gülşen Karaoğlu said after talks with Paul Nkurunziza.",
        ] {
            check(brief, Some("en"));
        }
    }

    #[test]
    fn a_brief_in_another_language_is_not_english() {
        for brief in [
            "Le Canada lève les droits sur le Gabon, a dit la ministre Joséphine Tremblay. On attend la suite.",
            "Chile amplía los visados para los haitianos, dijo la ministra Carolina Valdés en Valparaíso.",
            "Deutschland will Moldau in Kürze zwölf Krankenwagen schicken, was in Berlin bestätigt ist.",
            "L'Italia riapre il consolato in Tripoli, ha detto in serata l'ambasciatore Bertolucci.",
            "O Brasil devolve peças a Angola, disse em Luanda o chanceler João Guimarães.",
            "Nederland leent Suriname 40 miljoen euro, was in Den Haag te horen, en dat is veel.",
            "România suspendă tarifele pentru Serbia, a spus ministrul Ștefan Ionescu la București.",
            "Danmark sender to skibe til Island for at hjælpe med olien, siger ministeren og tilføjer, at det haster.",
        ] {
            let told = identify(brief);
            assert!(told.is_some_and(|t| t != "en"), "{told:?}: {brief}");
        }
    }

    #[test]
    fn three_sentences_of_german_are_german() {
        for text in [
            "Der Hafen öffnet. Die Kräne laufen. Das Geld kommt später.",
            "Die Regierung will helfen. Sie gibt 5 Millionen Euro. Das ist gut.",
            "Deutschland sagt der Ukraine 50 Millionen Euro zu. Das teilte Ministerin Anna Berg am Montag in Berlin mit. Die Zahlung soll bis Juni erfolgen.",
            "Bahn streikt ab Montag\n\nDie Gewerkschaft kündigte Streiks an. Bahnchef Jonas Weber reagierte empört. Fahrgäste müssen warten.",
        ] {
            check(text, Some("de"));
        }
        for text in [
            "BERLIN, 4. März 2031 - Ministerin Anna Berg sagte Moldau Hilfe zu. Kanzler Otto Kern lobte Berg. Präsidentin Maia Rusu dankte Deutschland.",
            "Norwegen zahlt Estland zwei Milliarden Kronen. Das sagte Ministerpräsident Ola Brekke am Dienstag. Estland begrüßte den Schritt.",
            "Ministerium bestätigt Hilfe. Lettland erhält 40 Ingenieure. Sprecher Kalnins dankte.",
            "Hamburg baut Brücken. Bremen zahlt Millionen. Sprecher lobten Pläne.",
        ] {
            let told = identify(text);
            assert!(told.is_some_and(|t| t != "en"), "{told:?}: {text}");
            assert_eq!(likeness(text), Some("German"), "{text}");
        }
        assert_eq!(name("de"), Some("German"));
        assert_eq!(name("en"), Some("English"));
        assert_eq!(name("xx"), None);
    }

    #[test]
    fn short_texts_of_names_and_headlines_are_not_foreign() {
        for text in [
            "Anna Meier, Peter Schulz, Jonas Weber, Maria von der Heide and Klaus Otto",
            "Anna Meier, Peter Schulz, Jonas Weber, Maria von der Heide, Klaus Otto",
            "Die Hard sequel wins",
            "Der Spiegel, Die Zeit report talks",
            "Merkel, Scholz meet Macron",
            "Vattenfall to close Hamburg plant",
            "Berg denies bribe claims",
            "Bundesbank cuts rates",
            "Scholz resigns.",
            "Minister Anna Berg resigned.",
            "Deutsche Bank buys Postbank shares worth 4 billion euros",
            "Siemens wins Kraftwerk Union contract",
            "Das Auto is out. Der Wagen is in. The buyer was happy.",
            "La Paz backs Los Angeles ferry.",
        ] {
            let told = identify(text);
            let read =
                told.is_none_or(|t| t == "en") || told == Some("und") && may_be_english(text);
            assert!(read, "{told:?}: {text}");
        }
    }

    #[test]
    fn a_script_tells_however_short_the_text() {
        // Several languages are written so, and no few words tell which.
        check("Паром снова ходит", Some("und"));
        check("渡轮恢复航行", Some("zh"));
        check("フェリー再開", Some("ja"));
        check("เรือกลับมา", Some("th"));
        check("Το πλοίο", Some("el"));
        // Lao is written in a script that is not told.
        check("ເຮືອກັບມາ", Some("und"));
        check("200 – 300", None);
        assert!(!may_be_english("ເຮືອກັບມາ") && may_be_english("200 – 300"));
    }

    #[test]
    fn untold_latin_text_is_english_only_by_a_small_word() {
        let english = "Harbourtown council backs ferry subsidy by 12 votes";
        assert!(may_be_english(english) && identify(english).is_none_or(|t| t == "en"));
        assert!(may_be_english("Ferry reopens"));
        assert!(!may_be_english(
            "Paati tele toe folau mai uafu tuai, ua fai mai ai pulega, ma le taitai o le nuu."
        ));
    }

    #[test]
    fn foreign_names_do_not_make_a_text_foreign() {
        check(
            "Bürgermeister Jörg Größenschläger of Großschönau and Élodie Lefèvre-Beauchêne of Châteauneuf-du-Faou met in the Schloss to sign the partnership.",
            Some("en"),
        );
    }
}
