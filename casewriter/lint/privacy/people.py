"""Capitalised words -> which of them are a person's name: given and family name side by side, or one that does what people do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casewriter.lint.privacy.caseless import caseless
from casewriter.lint.privacy.label import in_label
from casewriter.lint.privacy.lexicon import ROUTES, is_eponym, is_term, words
from casewriter.lint.privacy.namelist import ANY, FAMILY, FAMILY_TOO, GIVEN, GIVEN_TOO, known

_UP = "A-ZÀ-ÖØ-ÞΆ-ΫЀ-ЯҐԱ-Ֆ"
_WORD = re.compile(rf"(?<![\w@/#^'-])(?<![a-z\d]\.)[{_UP}](?:[^\W\d_]*(?:['-][^\W\d_]+)*(?![\w@])|(?=\.))")
_GAP = re.compile(
    r"[\s\u00a0]{1,2}|(?P<dot>\.[\s\u00a0]?)|(?P<comma>,\s)|\^|"
    r"(?:[\s\u00a0](?:de la|de los|de las|del|della|dei|de|di|da|dos|das|do|du|des|van der|van den|van de|van|von der|von|"
    r"zu|zum|ter|ten|den|bin|ibn|bint|abu|el|al|ul|af|av|'t)\b)+(?:[\s\u00a0]|-(?=\w))"
)
"""What may stand between the words of a name."""

_CITED = re.compile(
    r"[\s.,]{0,2}\((?:19|20)\d\d\)|\s?(?:et al|[y&] cols?\b|e(?:t)? coll\b|u\. ?a\.|and (?:co-?workers|colleagues|associates)|"
    r"(?:(?:and|und|y|et|e|i|&) \w+ )?(?:first |later )?(?:described|reported|proposed|published|introduced|showed|coined|fanden)\b)"
)
_CITING = re.compile(
    r"(?i:described|reported|proposed|introduced|coined|published|developed|named after|according to|nach|según|selon|"
    r"secondo|series of|descrito|descritto|décrit\w*|beschrieben)(?: \w+)?(?: by| von| por| par| da)?\s$"
)
_DOES = re.compile(
    r"(?:[\s\u00a0]had (?:\w+ly )?(?:slept|eaten|fallen|vomited|collapsed|travelled|visited|returned|taken|stopped|moved|undergone|"
    r"received|developed|become|not|no|a|two|three)\b|[\s\u00a0](?i:had|has|was|is)(?: already| never| since| then| now| not| also| been)* "
    r"(?i:been|admitted|discharged|reviewed|seen|given|started|transferred|referred|transfused|intubated|extubated|born|"
    r"brought|married|well|afebrile|asymptomatic|able|told|asked|counselled|advised|vaccinated|stable|comfortable|alert|"
    r"tired|anxious|happy|drowsy|worked|lived|smoked|noticed|felt|complained|taken)"
    r"|[\s\u00a0](?i:tolerated|denie[sd]|refused|felt|feels|complain(?:ed|s)|walked|vomited|slept|ate|woke|collapsed|live[sd]|"
    r"work(?:ed|s)|smoke[sd]|drinks|drank|takes|took|returned|came|went|died|recovered|underwent|recalled|remembers|agreed|"
    r"consented|states|said|says|told|asked|wanted|wished|enjoys|could|insisted|declined|thinks|wrote|signed|would|will|"
    r"cannot|can|did|does|should)\b"
    r"|[\s\u00a0](?i:refería|refiere|negó|niega|negaba|acudió|ingresó|toleró|vive|vivía|trabaja\w*|consultó|se quejaba|contó|"
    r"fue (?:ingres|traslad|oper|valor|dad|intub)\w+|se plai\w+|a été (?:hospital|admis|opér|vue?\b|transfér|adress)\w*|nie|"
    r"rapportait|giungeva|giunge|riferiva|riferisce|negava|lamentava|lavora\w*|veniva \w+|è stat[oa] \w+|referia|refere|"
    r"negou|nega|recorreu|foi \w+d[oa]|queixava|klagte|stellte sich|gab an|verneinte|lebt|arbeitet|erhielt|"
    r"wurde [^.;]{0,60}?(?:aufgenommen|entlassen|verlegt|vorgestellt|operiert|behandelt|überwiesen)|"
    r"werd [^.;]{0,60}?(?:opgenomen|ontslagen|overgeplaatst|gezien)|klaagde|ontkende|skarżył\w*|skarzyl\w*|została? \w+|"
    r"zosta[lł]a? \w+|zg[lł]osi[lł]a?|neguje|był[ay]? \w+|byla? \w+)\b"
    r"|'s (?:own |first |last |new |left |right )*(?:creatinine|h(?:a)?emoglobin|platelets?|fever|pain|symptoms?|condition|rash|blood|wound|scans?|"
    r"medications?|bed|room|GP|mother|father|parents|wife|husband|son|daughter|sister|brother|family|course|history|recovery|"
    r"weight|cough|hands?|legs?|arms?|face|skin|eyes?|story|words|house|home|job|operation|death|birth|discharge|admission)\b)"
)
"""What somebody does, is or has who is treated, and no author of a paper."""


@dataclass(frozen=True, slots=True)
class Word:
    """A capitalised word: where it stands, and what the lexicon says of it; `initial` is a letter alone."""

    start: int
    end: int
    text: str
    kinds: int

    @property
    def initial(self) -> bool:
        """Whether it is an initial."""
        return len(self.text) == 1

    @property
    def certain(self) -> bool:
        """Whether it is a name and nothing else."""
        return bool(self.kinds & (GIVEN | FAMILY))

    @property
    def possible(self) -> bool:
        """Whether it may be a surname that no list knows, beside a given name."""
        return len(self.text) > 2 and not is_term(self.text)


def people(text: str, where: str) -> Iterator[tuple[int, int]]:
    """Yield where in a text names stand that their own form gives away; in a file name or key, any name."""
    if where in ("file_name", "key"):
        yield from in_label(text)
        return
    yield from caseless(text)
    for run in _runs(text):
        first = 0
        while first < len(run):
            length = _name(run, first, text)
            if (length and not _term_or_author(text, run[first : first + length])) or (
                not length and (length := _subject(run, first, text))
            ):
                yield run[first].start, run[first + length - 1].end
            first += length or 1


def _runs(text: str) -> Iterator[list[Word]]:
    """Yield capitalised words that follow each other, with no more than particles, initials and a comma between."""
    run: list[Word] = []
    for found in _WORD.finditer(text):
        bare = found[0].removesuffix("'s")
        word = Word(found.start(), found.start() + len(bare), bare, 0 if len(bare) == 1 else known(bare))
        if run and not _joined(run[-1], word, text):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _joined(last: Word, word: Word, text: str) -> bool:
    gap = _GAP.fullmatch(text, last.end, word.start)
    if gap is None:
        return False
    return last.initial if gap["dot"] else not last.initial or not gap["comma"]


def _name(run: list[Word], first: int, text: str) -> int:
    """Return how many words from the first on are one name; 0 where it is none."""
    one = run[first]
    behind = next((n for n in range(first + 1, len(run)) if not run[n].initial), len(run))
    if one.initial:
        return _initials_first(run, first, behind, text)
    if is_stop(one):
        return 0
    if behind == len(run) or behind - first > 3:
        return _initials_last(run, first, behind, text)
    other = run[behind]
    comma = text[one.end : other.start].startswith(",")
    if is_stop(other) or not (_turned(one, other, text[other.end : other.end + 3]) if comma else _pair(one, other)):
        return 0
    return _extended(run, behind, text) - first


def is_stop(word: Word) -> bool:
    """Tell whether a word ends a name: a role, a place, an abbreviation, a month."""
    return is_term(word.text) or (word.text.isupper() and len(word.text) < 4 and not word.kinds)


def _pair(one: Word, other: Word) -> bool:
    """Tell whether two words side by side are a name: one certain, the other at least possible."""
    if f"{one.text}_{other.text}".lower() in words("eponym_pairs"):
        return False
    if one.kinds & GIVEN:
        possible = other.possible and one.text.isupper() <= other.text.isupper() and not is_eponym(one.text)
        return bool(other.kinds) or possible
    if one.kinds & GIVEN_TOO:
        return bool(other.kinds & FAMILY)
    return bool(one.kinds & FAMILY and other.kinds & GIVEN) or bool(one.kinds & FAMILY_TOO and other.kinds == GIVEN)


def _turned(one: Word, other: Word, after: str) -> bool:
    """Tell whether a comma stands between surname and given name, and not between two of a list."""
    if not other.kinds & GIVEN and not (one.text.isupper() and other.text.isupper() and other.kinds):
        return False
    if one.kinds & FAMILY and not one.kinds & GIVEN:
        return True
    if one.text.isupper() and len(one.text) > 3 and (one.kinds or not other.text.isupper()):
        return True
    return one.possible and not one.kinds and len(other.text) > 3 and bool(re.match(r"\s?(?:[:;.)\n]|$)", after))


def _extended(run: list[Word], last: int, text: str) -> int:
    """Return the index after the last word of a name: further names, or one more word that may be one."""
    end = last + 1
    while end < len(run) and not text[run[end - 1].end : run[end].start].startswith(","):
        word = run[end]
        if not (word.initial or (not is_stop(word) and (word.kinds & ANY or word.possible))) or end - last > 3:
            break
        end += 1
    return end


def _initials_first(run: list[Word], first: int, behind: int, text: str) -> int:
    """`J. R. Kowalski`: initials with full stops, and a surname."""
    if behind == len(run) or text[run[first].end : run[first].end + 1] != "." or behind - first > 3:
        return 0
    name = run[behind]
    letters = "".join(word.text for word in run[first:behind])
    if (
        not (name.kinds & FAMILY or (len(letters) > 1 and letters not in ROUTES and len(name.text) > 3))
        or is_stop(name)
        or is_eponym(name.text)
    ):
        return 0
    before = text[max(0, run[first].start - 14) : run[first].start]
    if re.search(r"(?i:vitamin|hepatitis|type|group|grade|class|panel|fig|figure|table|haemophilia|[(\[]) ?$", before):
        return 0
    return _extended(run, behind, text) - first


def _initials_last(run: list[Word], first: int, behind: int, text: str) -> int:
    """`Kowalski J. R.`, `Deepika R.`: a name, and initials with full stops."""
    count = behind - first - 1
    if not 1 <= count <= 2 or not run[first].certain or is_eponym(run[first].text):
        return 0
    dotted = all(text[word.end : word.end + 1] == "." for word in run[first + 1 : behind])
    return behind - first if dotted and not text[run[first].end :].startswith(",") else 0


def _term_or_author(text: str, name: list[Word]) -> bool:
    """Tell whether a name begins a term (a syndrome, a score), or is that of an author who is cited."""
    after = text[name[-1].end : name[-1].end + 60]
    following = re.match(r"(?:'s)?[\s-]+([^\W\d_]+)", after)
    if following and following[1] in words("after_names") and not _DOES.match(after):
        return True
    return bool(_CITED.match(after) or _CITING.search(text[max(0, name[0].start - 40) : name[0].start]))


def _subject(run: list[Word], first: int, text: str) -> int:
    """Return how many words from the first on do what patients do: `O'Brien tolerated`, with one certain name."""
    words_of = run[first : first + 3]
    for length, word in enumerate(words_of, 1):
        if (
            is_stop(word)
            or word.initial
            or (is_eponym(word.text) and len(run) == 1)
            or not (word.kinds or word.possible)
        ):
            return 0
        if word.text.isupper() and len(word.text) < 5:
            return 0
        if _DOES.match(text, word.end):
            cited = _CITING.search(text[max(0, run[first].start - 40) : run[first].start])
            sure = any(one.certain for one in words_of[:length]) or (
                length > 1 and all(one.kinds for one in words_of[:length])
            )
            return length if sure and not cited else 0
    return 0
