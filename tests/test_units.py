"""Units: every usual spelling leads to one UCUM code; a unit prints as it was typed but for its spelling."""

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
def test_a_spelling_leads_to_its_code(spelling: str, code: str) -> None:
    assert unit.ucum(spelling) == code
    assert unit.ucum(f"  {spelling} ") == code


CONTRACT = {"percent": "%"}
"""The one word that the format prints as a sign."""


def bare(text: str) -> str:
    """Return a unit as an ASCII keyboard types it, to tell another symbol from another spelling."""
    text = text.translate(str.maketrans("µμ⁰¹²³⁴⁵⁶⁷⁸⁹⁻₂", "uu0123456789-2"))
    return re.sub(r"^[x×]|[\s^]|\bdeg ?(?=[CF])|°|(?<=10)\*", "", text).replace("l", "L")


@pytest.mark.parametrize("spelling", [spelling for entry in UNITS for spelling in spellings(entry)[1:]])
def test_what_is_printed_is_the_typed_unit_in_another_spelling(spelling: str) -> None:
    assert bare(unit.printed(spelling)) == bare(CONTRACT.get(spelling, spelling))


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
    [hnsf'U] [pH] [ppth]""".split()
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
    ("bpm", "{beats}/min", "bpm"),
    ("x10^9/L", "10*9/L", "×10⁹/L"),
    ("10^12/L", "10*12/L", "×10¹²/L"),
    ("K/uL", "10*3/uL", "K/µL"),
    ("umol/L", "umol/L", "µmol/L"),
    ("μmol/L", "umol/L", "µmol/L"),
    ("mEq/L", "meq/L", "mEq/L"),
    ("mg/dl", "mg/dL", "mg/dL"),
    ("mcg", "ug", "mcg"),
    ("IU/L", "[IU]/L", "IU/L"),
    ("mIU/L", "m[IU]/L", "mIU/L"),
    ("mm/hr", "mm/h", "mm/hr"),
    ("ml/min", "mL/min", "mL/min"),
    ("kg/m^2", "kg/m2", "kg/m²"),
    ("g/24h", "g/(24.h)", "g/24 h"),
    ("cc", "mL", "cc"),
    ("Hounsfield units", "[hnsf'U]", "Hounsfield units"),
    ("/mm3", "/uL", "/mm³"),
]


@pytest.mark.parametrize(("written", "code", "printed"), KNOWN)
def test_a_known_unit(written: str, code: str, printed: str) -> None:
    assert unit.ucum(written) == code
    assert unit.printed(written) == printed


# What authors type, and what a reader sees. Spelling after the SI Brochure, 9th edition: µ (3), L for litre (table 8), raised
# exponents and × (5.2, 5.4); a UCUM code as it is read; everything else as typed.
PRINTED = {
    # SI spelling
    "μmol/L": "µmol/L",
    "umol/l": "µmol/L",
    "µg/dL": "µg/dL",
    "ug/l": "µg/L",
    "uU/mL": "µU/mL",
    "μkat/L": "µkat/L",
    "U/l": "U/L",
    "mg/dl": "mg/dL",
    "l/min": "L/min",
    "cells/ul": "cells/µL",
    "x10^9/L": "×10⁹/L",
    "x 10^3/µL": "×10³/µL",
    "10^12/l": "×10¹²/L",
    "× 10⁹/L": "×10⁹/L",
    "×10³/mm³": "×10³/mm³",
    "x10^6/mm3": "×10⁶/mm³",
    "/mm3": "/mm³",
    "kg/m2": "kg/m²",
    "kg/m^2": "kg/m²",
    "g/cm3": "g/cm³",
    "L min-1": "L min⁻¹",
    "mL/min/1.73m2": "mL/min/1.73 m²",
    "mL/min/1.73 m2": "mL/min/1.73 m²",
    "mL/min/1,73 m²": "mL/min/1,73 m²",
    "mg/24h": "mg/24 h",
    "mm/1h": "mm/1 h",
    "cmH2O": "cmH₂O",
    "mm Hg": "mmHg",
    "degF": "°F",
    # UCUM, as it is read
    "mm[Hg]": "mmHg",
    "{beats}/min": "beats/min",
    "10*9/L": "×10⁹/L",
    "10*12/L": "×10¹²/L",
    "10*3/uL": "×10³/µL",
    "[IU]/L": "IU/L",
    "m[IU]/L": "mIU/L",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
    "[degF]": "°F",
    "Cel": "°C",
    "{INR}": "INR",
    "{ratio}": "ratio",
    "{titer}": "titer",
    "{index}": "index",
    "[pH]": "pH",
}
TYPED = """mcg/dL K/µL 10e9/L G/L T/L /HPF /hpf mm/h mm/hr IU/L mEq/L mmol/mol copies/mL cells/µL mOsm/kg mOsmol/kg g% mg% fL pg/cell
    nmol/min/mL kU/L kUA/L mU/L µU/mL sec Lakh/cumm INR ratio titre titer index S/CO points pH ‰ % bpm mM nM cc /cumm g/day GPL
    %""".split()
TYPED += [
    "ng/mL FEU",
    "log10 copies/mL",
    "mg/g creatinine",
    "beats per minute",
    "fl oz",
    "units/mL",
    "1/min",
    "Hounsfield units",
]


@pytest.mark.parametrize(("typed", "seen"), [*PRINTED.items(), *((unit, unit) for unit in TYPED)])
def test_a_unit_prints_as_typed_but_for_its_spelling(typed: str, seen: str) -> None:
    assert unit.printed(typed) == seen
    assert unit.printed(seen) == seen


FIELD = """μmol/L|µg/dL|mcg/dL|K/uL|x10^9/L|x 10^3/µL|10e9/L|G/L|/HPF|mm/h|mm/1h|IU/L|U/l|mg/dl|mEq/L|mmol/mol|ng/mL FEU|
copies/mL|cells/µL|mOsm/kg|mL/min/1.73m2|mL/min/1,73 m²|g%|fL|pg/cell|log10 copies/mL|mg/24h|mg/g creatinine|cmH2O|μkat/L|
10*12/L|×10³/mm³|‰|nmol/min/mL|kU/L|sec|ug/l|Lakh/cumm|INR|kg/m2""".replace("\n", "").split("|")


def test_the_units_of_the_field_are_known_and_none_is_dropped() -> None:
    assert len(FIELD) == 40
    assert [typed for typed in FIELD if not unit.is_known(typed)] == []
    assert {typed: unit.printed(typed) for typed in FIELD if bare(unit.printed(typed)) != bare(typed)} == {}


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
    ("printed", "close"), [("%", True), ("‰", True), ("/min", True), ("mg/dL", False), ("°C", False), ("×10⁹/L", False)]
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
