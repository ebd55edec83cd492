"""Units: every usual spelling leads to one UCUM code, and every code prints as readers know it."""

import re

import pytest

from casewriter import unit
from casewriter.resources import data_file
from casewriter.source import read

FILE = data_file("units.yaml")
UNITS: list[dict[str, object]] = read(FILE.read_bytes(), FILE.name).data["units"]


def spellings(entry: dict[str, object]) -> list[str]:
    """Return the code and every other spelling of an entry."""
    also = entry["also"]
    assert isinstance(also, list)
    return [str(entry["ucum"]), *also]


EVERY = [(spelling, str(entry["ucum"])) for entry in UNITS for spelling in spellings(entry)]


def test_the_table_is_there() -> None:
    assert len(UNITS) >= 80
    assert all(set(entry) == {"ucum", "print", "also"} for entry in UNITS)


@pytest.mark.parametrize(("spelling", "code"), EVERY)
def test_a_spelling_leads_to_its_code_and_prints_as_it(spelling: str, code: str) -> None:
    assert unit.ucum(spelling) == code
    assert unit.ucum(f"  {spelling} ") == code
    assert unit.printed(spelling) == unit.printed(code)


def test_no_spelling_means_two_units() -> None:
    owners: dict[str, set[str]] = {}
    for spelling, code in EVERY:
        owners.setdefault(spelling, set()).add(code)
    assert {spelling: codes for spelling, codes in owners.items() if len(codes) > 1} == {}
    assert len({spelling for spelling, _ in EVERY}) == len(EVERY)


@pytest.mark.parametrize("entry", UNITS, ids=lambda entry: str(entry["ucum"]))
def test_what_is_printed_can_be_read_again(entry: dict[str, object]) -> None:
    printed = unit.printed(str(entry["ucum"]))
    assert printed == (entry["print"] or "")
    if printed:
        assert unit.printed(printed) == printed


ATOMS = set(
    """% Cel Pa min h d wk mo a s m g l L mol eq osm U kat V [degF] m[Hg] m[H2O] [IU] [iU] [arb'U] [HPF] [diop]
    [hnsf'U]""".split()
)
"""Unit atoms of UCUM 2.1 (tables 1 to 24) that a laboratory or a bedside needs."""
PREFIXES = set("k M G h da d c m u n p f".split()) | {""}


def is_ucum(code: str) -> bool:
    """Tell whether each component is a known atom with a metric prefix and exponent, an integer or an annotation."""
    if not re.fullmatch(r"[!-~]+", code) or re.search(r"[./]{2}|[./]$|^\.", code):
        return False
    for term in re.split(r"[./()]", re.sub(r"\{[^{}]*\}", "", code)):
        if not term or re.fullmatch(r"10\*\d+|\d+", term):
            continue
        atom = re.sub(r"(?<=[A-Za-z\]])\d$", "", term)
        if not any(atom == prefix + known for prefix in PREFIXES for known in ATOMS):
            return False
    return True


@pytest.mark.parametrize("entry", UNITS, ids=lambda entry: str(entry["ucum"]))
def test_a_code_is_ucum(entry: dict[str, object]) -> None:
    assert is_ucum(str(entry["ucum"]))


@pytest.mark.parametrize("code", ["[HU]", "mg//dL", "µmol/L", "mmHg", "bpm", "mg/dL/", "10^9/L"])
def test_what_is_no_ucum_is_told_from_it(code: str) -> None:
    assert not is_ucum(code)


# SI Brochure, 9th edition (2019), 2.3.1, 3.1, 5.4, and the symbols of ICMJE journals; codes from UCUM 2.1, tables 1-24.
KNOWN = [
    ("percent", "%", "%"),
    ("°C", "Cel", "°C"),
    ("mm Hg", "mm[Hg]", "mmHg"),
    ("mmHg", "mm[Hg]", "mmHg"),
    ("bpm", "{beats}/min", "beats/min"),
    ("x10^9/L", "10*9/L", "×10⁹/L"),
    ("10^12/L", "10*12/L", "×10¹²/L"),
    ("K/uL", "10*3/uL", "×10³/µL"),
    ("umol/L", "umol/L", "µmol/L"),
    ("μmol/L", "umol/L", "µmol/L"),
    ("mEq/L", "meq/L", "mEq/L"),
    ("mg/dl", "mg/dL", "mg/dL"),
    ("mcg", "ug", "µg"),
    ("IU/L", "[IU]/L", "IU/L"),
    ("mIU/L", "m[IU]/L", "mIU/L"),
    ("mm/hr", "mm/h", "mm/h"),
    ("ml/min", "mL/min", "mL/min"),
    ("kg/m^2", "kg/m2", "kg/m²"),
    ("g/24h", "g/(24.h)", "g/24 h"),
    ("cc", "mL", "mL"),
    ("Hounsfield units", "[hnsf'U]", "HU"),
    ("/mm3", "/uL", "/µL"),
]


@pytest.mark.parametrize(("written", "code", "printed"), KNOWN)
def test_a_known_unit(written: str, code: str, printed: str) -> None:
    assert unit.ucum(written) == code
    assert unit.printed(written) == printed


@pytest.mark.parametrize("entry", UNITS, ids=lambda entry: str(entry["ucum"]))
def test_micro_and_multiplication_have_one_sign(entry: dict[str, object]) -> None:
    """U+00B5 for micro (never Greek mu, never u), × for multiplication (never x or *)."""
    printed = unit.printed(str(entry["ucum"]))
    assert "μ" not in printed
    assert not re.search(r"[x*^]\d|(?<![A-Za-z])u(?=[gmLlVk]|mol|kat|IU)", printed)


@pytest.mark.parametrize("words", ["furlongs", "mg/dL/", "", "percentage points", "MG/DL"])
def test_an_unknown_unit_stays_as_written(words: str) -> None:
    assert unit.ucum(words) is None
    assert unit.printed(words) == words


@pytest.mark.parametrize(
    ("printed", "close"), [("%", True), ("/min", True), ("mg/dL", False), ("°C", False), ("×10⁹/L", False)]
)
def test_only_percent_and_rates_stand_close(printed: str, close: bool) -> None:
    assert unit.stands_close(printed) is close


@pytest.mark.parametrize(
    ("one", "other"),
    [("mmol/L", "Mmol/L"), ("mg", "Mg"), ("g", "G"), ("ml", "ML"), ("m", "M"), ("mM", "MM"), ("pM", "PM")],
)
def test_letter_case_is_never_guessed(one: str, other: str) -> None:
    assert unit.ucum(one) is not None
    assert unit.ucum(other) != unit.ucum(one)
