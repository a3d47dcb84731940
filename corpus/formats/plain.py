"""Text files in the encodings Chinese files come in: UTF-8, UTF-16, UTF-32, gb18030, Big5."""

import codecs

from corpus.errors import BadDocument

# The most frequent characters of Chinese prose, simplified and traditional: a right decoding is full of them,
# a wrong one has next to none.
FREQUENT = frozenset(
    "的一是不了在有人我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经"
    "么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三"
    "又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先"
    "這個們來為國說時會對過發後裡種經麼學現當沒動還進樣開無長機關點業將兩間問應戰頭體見產話給門職計劃務員組織"
    "职计划务员组织教育活动服务单位党领导"
)
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
MAX_CONTROL_SHARE = 0.02  # control characters in a text that is one
SAMPLE = 20_000  # characters looked at
MANY = 200  # Chinese characters from which their share says something
LEAST_FREQUENT_SHARE = 0.06  # of frequent characters among them
MAX_BROKEN_SHARE = 0.01  # undecodable bytes in a text that is worth keeping


def plain_text(data: bytes, *, name: str) -> str:
    """Decode `data`. Raises BadDocument when no encoding makes a text of it."""
    text = decoded(data)
    controls = sum(1 for character in text if character < " " and character not in "\t\n\r\f\v\x1a\0")
    if controls + text.count("\0") > MAX_CONTROL_SHARE * len(text) or _is_noise(text):
        raise BadDocument(f"{name!r} 不是文本文件，可能是程序或改了名的其他文件。请换成计划的原文件。")
    return text.replace("\0", "")


def _is_noise(text: str) -> bool:
    """Whether bytes of something else were read as rare characters: of Chinese prose a third are frequent ones."""
    foreign = [character for character in text[:SAMPLE] if character > "\u2e7f" or character == "\ufffd"]
    frequent = sum(character in FREQUENT for character in foreign)
    return len(foreign) > MANY and frequent < LEAST_FREQUENT_SHARE * len(foreign)


def decoded(data: bytes) -> str:
    """The text of `data` in the likeliest encoding; a few broken bytes become �."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    utf8 = data.decode("utf-8", errors="replace")
    if utf8.count("\ufffd") <= MAX_BROKEN_SHARE * len(utf8) and "\0" not in utf8:
        return utf8
    sample = data[:200_000]
    best = max(CANDIDATES, key=lambda encoding: _likeness(sample.decode(encoding, errors="replace")))
    return data.decode(best, errors="replace")


def _likeness(text: str) -> float:
    """How much `text` looks like Chinese: the share of frequent characters less twice that of impossible ones."""
    seen = [character for character in text if character > "\x7f" or character == "\0"]
    if not seen:
        return 0.0
    good = sum(character in FREQUENT for character in seen)
    bad = sum(character == "\ufffd" or character == "\0" or "\ue000" <= character <= "\uf8ff" for character in seen)
    return (good - 2 * bad) / len(seen)
