//! Numbers from a seed, and words and names from numbers: common ones often, by Zipf's law.

/// As many words as a newsroom uses.
pub(super) const WORDS: u64 = 60_000;
/// As many people and organisations as it names.
pub(super) const NAMES: u64 = 40_000;

/// SplitMix64.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `n`.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Below `n`, the first ones often: about as Zipf has it.
    pub(super) fn zipf(&mut self, n: u64) -> u64 {
        ((n as f64).powf(self.unit()) as u64)
            .saturating_sub(1)
            .min(n - 1)
    }

    pub(super) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len() as u64) as usize]
    }
}

const SYLLABLES: [&str; 40] = [
    "ba", "ren", "to", "mi", "sal", "ko", "dur", "fe", "lin", "ga", "vor", "ne", "tas", "hu",
    "pel", "ri", "mon", "ce", "jor", "ul", "da", "sti", "pra", "wen", "lo", "kir", "an", "be",
    "tru", "os", "qui", "mar", "den", "shi", "ol", "tan", "ves", "ro", "il", "gra",
];

/// The `n`th word: short ones first.
pub(super) fn word(n: u64) -> String {
    let mut out = String::new();
    let mut rest = n + 40;
    while rest > 0 {
        out.push_str(SYLLABLES[(rest % 40) as usize]);
        rest /= 40;
    }
    out
}

pub(super) fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// The `n`th name.
pub(super) fn name(n: u64) -> String {
    let last = capital(&word(n * 7 + 3));
    match n % 4 {
        0 | 1 => format!("{} {last}", capital(&word(n % 900))),
        2 => last,
        _ => format!(
            "{last} {}",
            ["Agency", "Council", "Union", "Bank"][(n / 4 % 4) as usize]
        ),
    }
}

/// A common word of a search, and a rarer one.
pub(super) fn searched(dice: &mut Dice) -> String {
    word(50 + dice.zipf(5000))
}

/// A name of a search.
pub(super) fn searched_name(dice: &mut Dice) -> String {
    name(dice.zipf(5000))
}
