"""Names in scripts without capitals: by the lexicon, and by the words for patient, doctor or relative beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.lint.privacy.namelist import FAMILY, GIVEN, known

_WORD = re.compile(
    "[\u0590-\u05ff\"']+|[\u0600-\u06ff]+|[\u0900-\u097f]+|[\u0980-\u09ff]+|[\u0a80-\u0aff]+|[\u0b80-\u0bff]+|[\u10a0-\u10ff]+"
)
"""Hebrew, Arabic, Devanagari, Bengali, Gujarati, Tamil and Georgian words."""
_ANY = re.compile("[\u0590-\u06ff\u0900-\u0bff\u10a0-\u10ff]")

_TITLES = frozenset(
    """السيد السيدة الدكتور الدكتورة الأستاذ الأستاذة المدعو المدعوة الحاج الحاجة آقای خانم دکتر جناب ڈاکٹر
    מר גב' גברת ד"ר פרופ' श्री श्रीमती सुश्री डॉ डॉक्टर জনাব ডা ডাঃ શ્રી શ્રીમતી திரு திருமதி டாக்டர் ბატონი ქალბატონი""".split()
)
"""What comes before a name and nothing else."""
_ROLES = frozenset(
    """المريض المريضة للمريض للمريضة مريض مريضة الطفل الطفلة الطبيب الطبيبة والده والدته والدها والدتها زوجه زوجها زوجته
    ابنه ابنها ابنته ابنتها أخوه أخيه أخته أختها الاسم اسم بیمار مریض המטופל המטופלת החולה הילד הילדה אמו אמה אביו אביה
    בתו בתה בנו בנה אשתו בעלה אחותו אחותה אחיו שם मरीज मरीज़ मरीज़ा रोगी माता पिता पुत्र पुत्री पति पत्नी नाम
    রোগী দর্দী દર્દી நோயாளி პაციენტი პაციენტმა ექიმი""".split()
)
"""What comes before a name or before other words: the name must be in the lexicon."""
_PARTS = ("بن", "ابن", "بنت", "أبو", "ابو", "عبد", "ال", "בן", "בת", "देवी", "कुमार", "सिंह")
"""How further words of a name begin."""

_UNLIKELY = frozenset(
    "血病症炎痛压圧糖热熱疸胞癌瘤肿腫胀部位身体體人们們者性的了在是于於有无無不未因为為入出院年月日岁歳等后後前中上下曾时時常自诉訴"
    "现現由与與及和或无主既往术術诊診疗療护護检檢查药藥食饮尿便咳痰呼吸心肺肝肾腎脑腦腹胸头頭颈頸四肢皮肤膚骨细細菌毒全面神经經"
    "可能情況况发發以来去来次量正常高低温度平均随隨访訪科室情绪绪"
)
"""Characters that no given name has, of which one shows that a word of the clinic is here."""
_NOT_NAMES_JA = re.compile(
    r"(?:患者|看護師|主治医|担当医?|医師|両親|家族|母親|父親|奥|皆|本人|薬剤師|技師|当直|専門|研修|勤務|女性|男性|内科|外科|科|指導|"
    r"紹介医?|執刀医?|開業|嘱託|在宅|前医|後見|保護者|配偶者|介護者|教授|部長|院長|お子|赤|客|王|神|日本人|外国人)$"
)


def caseless(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names are in Hebrew, Arabic, Devanagari and other scripts whose words are set apart."""
    if text.isascii() or not _ANY.search(text):
        return
    found = [(one.start(), one.end(), one[0].strip('،."')) for one in _WORD.finditer(text)]
    place = 0
    while place < len(found):
        count = _name(found, place, text)
        if count:
            yield found[place][0], found[place + count - 1][1]
        place += count or 1


def _name(found: list[tuple[int, int, str]], place: int, text: str) -> int:
    """Return how many words from here on are a name."""
    _, _, word = found[place]
    before = found[place - 1][2] if place and found[place][0] - found[place - 1][1] <= 2 else ""
    titled = before in _TITLES and len(word) > 1 and word not in _TITLES
    one = _kinds(word)
    behind = found[place + 1][2] if place + 1 < len(found) else ""
    cued = before in _ROLES and (bool(one) or bool(_kinds(behind) & FAMILY))
    count = 1
    while (
        place + count < len(found) and count < 4 and text[found[place + count - 1][1] : found[place + count][0]] == " "
    ):
        other = found[place + count][2]
        if not _kinds(other) and not ((cued or titled) and other.startswith(_PARTS)):
            break
        count += 1
    return count if titled or cued or (one & GIVEN and count > 1) else 0


def _kinds(word: str) -> int:
    """Return what a word may be, without the article or `and` that Arabic and Hebrew write with it."""
    if len(word) < 3 or word in _TITLES or word in _ROLES:
        return 0
    found = known(word)
    if not found and word.startswith("ال"):
        found = known(word[2:])
    return found


def chinese(text: str, after: str) -> bool:
    """A surname of one or two characters, and one or two characters that are no word of the clinic."""
    del after
    name = text.strip()
    family = 2 if known(name[:2]) & FAMILY and len(name) > 2 else 1
    if not known(name[:family]) & FAMILY or name[:1] in _UNLIKELY:
        return False
    return 1 <= len(name) - family <= 2 and not any(character in _UNLIKELY for character in name[family:])


def japanese(text: str, after: str) -> bool:
    """What comes before san, sama or sensei, and is no role; of one character a surname that is known."""
    del after
    name = re.sub(r"^(?:患者|主治医|担当医|紹介医|執刀医)の?", "", text.strip())
    return bool(name) and not _NOT_NAMES_JA.search(name) and (len(name) > 1 or bool(known(name) & FAMILY))


def korean(text: str, after: str) -> bool:
    """A surname of one syllable, and a given name of two that the lexicon knows or that a title follows."""
    name = text.strip()
    if len(name) not in (3, 4) or not known(name[0]) & FAMILY:
        return False
    return bool(known(name[1:3]) & GIVEN) or bool(re.match(r"\s?(?:씨|님|양|군|선생|교수|원장|과장|박사)", after))


def thai(text: str, after: str) -> bool:
    """A word that begins with a given name of the lexicon, or two words of which the first is no profession."""
    del after
    if text.startswith(("แพทย์", "พยาบาล", "จ้าง", "ภาพ", "สมบัติ")):
        return False
    return " " in text.strip() or any(known(text[:length]) & GIVEN for length in range(3, min(len(text), 14) + 1))
