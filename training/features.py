"""From the words of a sentence to the rows of the embedding tables; the Rust side (`net/features.rs`) does the same.

Nothing here keeps a word: a word is hashed into 2**k slots, of which those that training met often own a row. A slot without
a row shares row 0, the unknown word. So a model file holds a bitmap and vectors, never a vocabulary.
"""
import functools

FNV, PRIME, MASK = 0xCBF29CE484222325, 0x100000001B3, (1 << 64) - 1
QUOTES = dict.fromkeys("‘’‚‛ʼ`´", "'") | dict.fromkeys("“”„‟«»", '"')
HYPHENS = dict.fromkeys("‐‑‒", "-") | dict.fromkeys("–—―", "—")

# affix tables: name, slots, width
AFFIXES = (("pre2", 2048, 16), ("pre3", 8192, 32), ("suf1", 256, 8), ("suf2", 2048, 24), ("suf3", 8192, 32), ("suf4", 16384, 32), ("shape", 1024, 16))
CASES = 48  # rows of the case table, width 16


def hash64(text, seed):
    h = FNV ^ seed
    for b in text.encode():
        h = ((h ^ b) * PRIME) & MASK
    h ^= h >> 32
    return (h * 0x9E3779B97F4A7C15 & MASK) >> 20


@functools.lru_cache(maxsize=None)
def normal(word):
    """Quotes and hyphens made plain, digits made 0; case kept."""
    out = "".join("0" if "0" <= c <= "9" else QUOTES.get(c) or HYPHENS.get(c) or c for c in word)
    return {"''": '"', "``": '"', "--": "—", "---": "—", "…": "..."}.get(out, out)


def shape(word):
    out = []
    for c in word[:24]:
        s = "X" if c.isupper() else "x" if c.islower() else "0" if c == "0" else c if ord(c) < 128 else "u"
        if len(out) < 2 or out[-1] != s or out[-2] != s:
            out.append(s)
    return "".join(out[:10])


def case(word):
    """0 no letter, 1 lower, 2 Capital, 3 ALL CAPITALS, 4 one capital, 5 mixed, 6 digits, 7 digits and letters."""
    letters = [c for c in word if c.isalpha()]
    digit = "0" in word
    if not letters:
        return 6 if digit else 0
    if digit:
        return 7
    if all(not c.isupper() for c in letters):
        return 1
    if all(c.isupper() for c in letters):
        return 3 if len(letters) > 1 else 4
    if letters[0].isupper() and not any(c.isupper() for c in letters[1:]):
        return 2
    return 5


@functools.lru_cache(maxsize=None)
def word_features(word):
    """(word hash, affix slots, case) of one word by itself."""
    n = normal(word)
    low = n.lower()
    parts = (low[:2], low[:3], low[-1:], low[-2:], low[-3:], low[-4:], shape(n))
    slots = tuple(hash64(p, i + 1) % size for i, (p, (_, size, _)) in enumerate(zip(parts, AFFIXES)))
    return hash64(low, 0), slots, case(n)


def style(words):
    """0 ordinary, 1 capitals throughout, 2 capitalised like a headline; over words of four letters and more."""
    cases = [c for w in words for c in (case(w),) if c in (1, 2, 3, 5) and len(w) > 3]
    if len(cases) < 3:
        return 0
    if cases.count(3) * 4 >= len(cases) * 3:
        return 1
    return 2 if cases.count(2) * 4 >= len(cases) * 3 else 0


def case_rows(words):
    """The case table's row for each word: case x first word or not x style of the sentence."""
    st, first, rows = style(words), True, []
    for w in words:
        c = word_features(w)[2]
        rows.append((c * 2 + (1 if first else 0)) * 3 + st)
        if c:
            first = False
    return rows


if __name__ == "__main__":  # what the test in net/features.rs expects
    print(hash64("harbour", 0), word_features("Überfahrt’s")[1])
