"""Check digits of identity numbers, and other tests that a pattern cannot make: each returns whether a match counts."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable


def _only(text: str) -> str:
    return re.sub(r"\D", "", text)


def _weighted(digits: str, weights: range | tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def nhs(text: str) -> bool:
    """NHS number, CHI, H&C number (United Kingdom): mod 11 over ten digits (NHS Data Dictionary)."""
    digits = _only(text)
    check = 11 - _weighted(digits, range(10, 1, -1)) % 11 if len(digits) == 10 else 10
    return check != 10 and int(digits[9]) == check % 11


def chi(text: str) -> bool:
    """CHI number (Scotland): a date of birth, four digits, mod 11."""
    return nhs(text) and _day_month(text[:2], text[2:4])


def ssn(text: str) -> bool:
    """Social Security number (USA), without check digit: area not 000, 666 or from 900 on, no group of zeros."""
    digits = _only(text)
    return (
        len(digits) == 9
        and digits[:3] not in ("000", "666")
        and digits[0] != "9"
        and digits[3:5] != "00"
        and digits[5:] != "0000"
    )


_DNI = "TRWAGMYFPDXBNJZSQVHLCKE"


def dni(text: str) -> bool:
    """DNI (Spain): eight digits, letter by mod 23."""
    digits = _only(text)
    return len(digits) == 8 and _DNI[int(digits) % 23] == text[-1].upper()


def nie(text: str) -> bool:
    """NIE (Spain): X, Y or Z stands for 0, 1 or 2 before seven digits, letter by mod 23."""
    number = str("XYZ".index(text[0].upper())) + _only(text)
    return len(number) == 8 and _DNI[int(number) % 23] == text[-1].upper()


def nir(text: str) -> bool:
    """NIR (France): thirteen characters (2A as 19, 2B as 18), key 97 minus the rest by 97 (INSEE)."""
    bare = re.sub(r"[\s.-]", "", text).upper().replace("2A", "19").replace("2B", "18")
    return len(bare) == 15 and bare.isdigit() and 97 - int(bare[:13]) % 97 == int(bare[13:])


_ODD_DIGITS = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)
_ODD_LETTERS = (*_ODD_DIGITS, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_ODD = {str(n): v for n, v in enumerate(_ODD_DIGITS)} | {chr(65 + n): v for n, v in enumerate(_ODD_LETTERS)}


def codice_fiscale(text: str) -> bool:
    """Codice fiscale (Italy): sixteen characters, control letter (Ministerial decree 12 March 1974)."""
    bare = re.sub(r"\s", "", text).upper()
    if len(bare) != 16:
        return False
    even = {c: n for n, c in enumerate("0123456789")} | {chr(65 + n): n for n in range(26)}
    total = sum(even[c] if place % 2 else _ODD[c] for place, c in enumerate(bare[:15]))
    return chr(65 + total % 26) == bare[15]


def cpf(text: str) -> bool:
    """CPF (Brazil): eleven digits, two check digits by mod 11."""
    digits = _only(text)
    if len(digits) != 11 or len(set(digits)) == 1:
        return False
    for length in (9, 10):
        if _weighted(digits[:length], range(length + 1, 1, -1)) * 10 % 11 % 10 != int(digits[length]):
            return False
    return True


def cns(text: str) -> bool:
    """Cartão Nacional de Saúde (Brazil): fifteen digits, weighted sum divisible by 11."""
    digits = _only(text)
    return len(digits) == 15 and _weighted(digits, range(15, 0, -1)) % 11 == 0


def nif(text: str) -> bool:
    """NIF (Portugal): nine digits, mod 11."""
    digits = _only(text)
    check = 11 - _weighted(digits, range(9, 1, -1)) % 11 if len(digits) == 9 else -1
    return int(digits[8]) == (0 if check >= 10 else check)


def steuer_id(text: str) -> bool:
    """Tax number (Germany): eleven digits, ISO 7064 mod 11, 10; of the first ten one occurs twice or thrice."""
    digits = _only(text)
    if len(digits) != 11 or len(set(digits[:10])) not in (8, 9):
        return False
    product = 10
    for digit in digits[:10]:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10 == int(digits[10])


def kvnr(text: str) -> bool:
    """Health insurance number (Germany): letter and nine digits, mod 10 with weights 1 and 2 (SGB V, section 290)."""
    bare = re.sub(r"\s", "", text)
    digits = f"{ord(bare[0]) - 64:02}{bare[1:]}"
    total = sum(sum(divmod(int(d) * (2 if place % 2 else 1), 10)) for place, d in enumerate(digits[:10]))
    return len(digits) == 11 and total % 10 == int(digits[10])


def rentenversicherung(text: str) -> bool:
    """Pension insurance number (Germany): twelve characters with a date of birth, mod 10 (VKVV, section 4)."""
    bare = re.sub(r"\s", "", text).upper()
    digits = f"{bare[:8]}{ord(bare[8]) - 64:02}{bare[9:11]}"
    weights = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
    total = sum(sum(divmod(int(d) * w, 10)) for d, w in zip(digits, weights, strict=True))
    return total % 10 == int(bare[11])


def _ean(digits: str) -> bool:
    return sum(int(d) * (3 if place % 2 else 1) for place, d in enumerate(digits)) % 10 == 0


def ahv(text: str) -> bool:
    """AHV number (Switzerland): thirteen digits from 756, check digit of EAN-13."""
    digits = _only(text)
    return len(digits) == 13 and _ean(digits)


def pps(text: str) -> bool:
    """Personal Public Service number (Ireland): seven digits, letter by mod 23, perhaps a second letter."""
    total = _weighted(text[:7], range(8, 1, -1))
    if len(text) == 9:
        total += 9 * ("WABCDEFGHI".index(text[8]) if text[8] in "WABCDEFGHI" else 0)
    return "WABCDEFGHIJKLMNOPQRSTUV"[total % 23] == text[7]


def luhn(text: str) -> bool:
    """Nine digits with the check digit of Luhn, as the Social Insurance Number (Canada)."""
    digits = _only(text)
    total = sum(sum(divmod(int(d) * (2 if place % 2 else 1), 10)) for place, d in enumerate(reversed(digits)))
    return total % 10 == 0 and set(digits) != {"0"}


def rut(text: str) -> bool:
    """RUT (Chile): up to eight digits, check character by mod 11."""
    digits, check = _only(text[:-2]), text[-1].upper()
    weights = (2, 3, 4, 5, 6, 7, 2, 3)
    rest = 11 - sum(int(d) * w for d, w in zip(reversed(digits), weights, strict=False)) % 11
    return {11: "0", 10: "K"}.get(rest, str(rest)) == check


def _d5(left: int, right: int) -> int:
    """Return the product of two elements of the dihedral group of the pentagon."""
    if left < 5:
        return (left + right) % 5 + (5 if right >= 5 else 0)
    return (left - right) % 5 + (0 if right >= 5 else 5)


_TURN = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def verhoeff(text: str) -> bool:
    """Aadhaar (India): twelve digits with the check digit of Verhoeff (1969)."""
    check = 0
    for place, digit in enumerate(reversed(_only(text))):
        value = int(digit)
        for _ in range(place % 8):
            value = _TURN[value]
        check = _d5(check, value)
    return check == 0


def naf(text: str) -> bool:
    """Social security number (Spain): twelve digits, the last two the rest by 97."""
    digits = _only(text)
    if len(digits) != 12:
        return False
    body = digits[:2] + digits[3:10] if digits[2] == "0" else digits[:10]
    return int(body) % 97 == int(digits[10:])


def iban(text: str) -> bool:
    """IBAN: the rest by 97 of the rearranged number is 1 (ISO 13616)."""
    bare = re.sub(r"\s", "", text).upper()
    if not 15 <= len(bare) <= 34:
        return False
    number = "".join(str(int(c, 36)) for c in bare[4:] + bare[:4])
    return int(number) % 97 == 1


def vin(text: str) -> bool:
    """Vehicle identification number: letters and digits, the last four digits (ISO 3779)."""
    return bool(re.search(r"\d", text) and re.search(r"[A-Z]", text)) and text[-4:].isdigit()


def ipv4(text: str) -> bool:
    """Four numbers up to 255 of which the first is not 0, and not the version of a program: 4.2.6.1."""
    try:
        return len(text) > 7 and int(str(ipaddress.IPv4Address(text)).split(".", maxsplit=1)[0]) > 0
    except ValueError:
        return False


def ipv6(text: str) -> bool:
    """An address of version 6 that is no time, ratio or allele."""
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return len(text) > 6


def _day_month(day: str, month: str) -> bool:
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def day_month(text: str) -> bool:
    """A day and a month in either order."""
    first, second = re.findall(r"\d+", text)[:2]
    return _day_month(first, second) or _day_month(second, first)


def month_of_case(text: str) -> bool:
    """A day and the name of a month; a short name such as `5 mar` or `3 mai` only beside a year."""
    word = re.findall(r"[^\W\d_]{3,}", text)
    return bool(word) and (len(word[0]) > 4 or bool(re.search(r"(?:19|20)\d\d", text)))


def five_digits(text: str) -> bool:
    """At least five digits, so that no dose, score or year is taken for a number of a person."""
    return len(_only(text)) >= 5


def six_digits(text: str) -> bool:
    """At least six digits."""
    return len(_only(text)) >= 6


def long_code(text: str) -> bool:
    """At least four digits, and no calendar year alone."""
    digits = _only(text)
    return len(digits) >= 4 and not re.fullmatch(r"(?:19|20)\d{2}", text.strip())


def serial(text: str) -> bool:
    """At least two digits in five characters or more."""
    return len(_only(text)) >= 2 and len(re.sub(r"\W", "", text)) >= 5


def other(text: str) -> bool:
    """A code of three digits or more, or of two with a separator: no gene, cell marker or drug name."""
    digits = _only(text)
    return len(digits) >= 3 or (len(digits) == 2 and bool(re.search(r"[-/_]", text)))


def plate(text: str) -> bool:
    """Letters and at least two digits, five characters or more."""
    bare = re.sub(r"\W", "", text)
    return 5 <= len(bare) <= 17 and len(_only(text)) >= 2 and bool(re.search(r"[A-Z]", bare))


def obfuscated(text: str) -> bool:
    """An address whose @ or dot is spelled out."""
    return bool(re.search(r"[({\[]|\sdot\s", text, re.IGNORECASE))


_IDENTITY = (
    nhs, chi, ssn, dni, nie, nir, codice_fiscale, cpf, cns, nif, steuer_id, kvnr, rentenversicherung, ahv, pps, luhn,
    rut, verhoeff, naf,
)  # fmt: skip
_OTHERS = (
    iban, vin, ipv4, ipv6, day_month, month_of_case, five_digits, six_digits, long_code, serial, other, plate,
    obfuscated,
)  # fmt: skip
DIGITS: dict[str, Callable[[str], bool]] = {check.__name__: check for check in (*_IDENTITY, *_OTHERS)}
