"""Check digits of further registers of persons: each returns whether the number is one of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from casewriter.lint.privacy.digits import luhn


def _digits(text: str) -> list[int]:
    return [int(character) for character in re.sub(r"\D", "", text)]


def _birth(day: int, month: int) -> bool:
    """Return whether a day and a month may be those of a birth; some registers add 40 to the day, 20 to the month."""
    return 1 <= day % 40 <= 31 and 1 <= month % 20 <= 12


def pesel(text: str) -> bool:
    """PESEL (Poland): eleven digits with the date of birth, weights 1, 3, 7, 9."""
    digits = _digits(text)
    if (
        len(digits) != 11
        or not 1 <= digits[4] * 10 + digits[5] <= 31
        or not 1 <= (digits[2] * 10 + digits[3]) % 20 <= 12
    ):
        return False
    return sum(digit * weight for digit, weight in zip(digits, (1, 3, 7, 9) * 2 + (1, 3, 1), strict=True)) % 10 == 0


def birth_and_four(text: str) -> bool:
    """Personal number of Sweden, Denmark, Iceland and Finland: a date of birth, a sign, three or four characters.

    Only the Swedish number has a check digit that always holds (Luhn); the others begin with the day.
    """
    first, second, third = (int(text[place : place + 2]) for place in (0, 2, 4))
    swedish = 1 <= second <= 12 and 1 <= third % 60 <= 31 and luhn(text)
    return swedish or (1 <= first <= 31 and 1 <= second <= 12)


def korean_register(text: str) -> bool:
    """Resident registration number (Korea): a date of birth, the century and sex, six digits."""
    return 1 <= int(text[2:4]) <= 12 and 1 <= int(text[4:6]) <= 31


def snils(text: str) -> bool:
    """SNILS (Russia): nine digits, two check digits by weights 9 to 1 modulo 101."""
    digits = _digits(text)
    total = sum(digit * weight for digit, weight in zip(digits[:9], range(9, 0, -1), strict=True)) % 101
    return len(digits) == 11 and total % 100 == digits[9] * 10 + digits[10]


def chinese_register(text: str) -> bool:
    """Resident identity card (China): seventeen digits with the date of birth, check character of ISO 7064 mod 11-2."""
    body, last = text[:17], text[17:].upper()
    try:
        date(int(body[6:10]), int(body[10:12]), int(body[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(body))
    return "10X98765432"[total % 11] == last


def turkish_register(text: str) -> bool:
    """T.C. kimlik no (Turkey): eleven digits, the first not 0, two check digits."""
    digits = _digits(text)
    if len(digits) != 11 or not digits[0]:
        return False
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    return digits[9] == tenth and digits[10] == sum(digits[:10]) % 10


def south_african_register(text: str) -> bool:
    """Identity number (South Africa): thirteen digits with the date of birth, check digit of Luhn."""
    digits = "".join(map(str, _digits(text)))
    return len(digits) == 13 and 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31 and luhn(digits)


def birth_number(text: str) -> bool:
    """Rodné číslo (Czechia, Slovakia): a date of birth, a slash, four digits, divisible by 11."""
    digits = "".join(map(str, _digits(text)))
    return len(digits) == 10 and _birth(int(digits[4:6]), int(digits[2:4]) % 50) and int(digits) % 11 == 0


def card(text: str) -> bool:
    """Payment card: thirteen to nineteen digits with the check digit of Luhn (ISO/IEC 7812-1)."""
    digits = _digits(text)
    return 13 <= len(digits) <= 19 and len(set(digits)) > 1 and luhn(text)


def unsorted_groups(text: str) -> bool:
    """Four groups of two digits that are no tapering dose: they neither fall nor rise."""
    groups = [int(group) for group in re.findall(r"\d+", text)]
    return groups not in (sorted(groups), sorted(groups, reverse=True)) and len(set(groups)) > 2


REGISTERS: dict[str, Callable[[str], bool]] = {
    check.__name__: check
    for check in (
        pesel, birth_and_four, korean_register, snils, chinese_register, turkish_register, south_african_register,
        birth_number, card, unsorted_groups,
    )
}  # fmt: skip
