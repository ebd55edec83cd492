"""Each recipe of CONTRIBUTING.md is carried out in a copy: it needs the files that its row names, and then it works.

A recipe writes a thing that does not exist, such as a rule DATA990, and is judged by what a user sees of it and by the
tests that a contributor would meet. A row that names too few or too many files fails here.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
COPIED = ("casewriter", "templates", "tools", "tests", "docs")
CASE = "format: 1\ntitle: Gout of the ear\nintroduction: A tophus grew.\ncourse: It went.\n"


def rows() -> dict[str, tuple[str, ...]]:
    """Return the files that each row of the table names, by what it adds."""
    _, _, table = PAGE.partition("\n## Recipes\n")
    found = re.findall(r"^\| (an? [^|]+?) \| ([^|]+) \|", table.partition("\n## ")[0], re.MULTILINE)
    return {name: tuple(re.findall(r"`([^`]+)`", files)) for name, files in found}


ROWS = rows()


@dataclass
class Copy:
    """A copy of the repository, a project of one case, the files written by hand, and what the last render printed."""

    root: Path
    project: Path
    touched: set[str] = field(default_factory=set)
    told: str = ""
    process: subprocess.Popen[str] | None = None

    def write(self, name: str, text: str) -> None:
        """Write a file whole; only before the copy is loaded, or it would be tried without the file."""
        assert self.process is None
        self.touched.add(name)
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def text(self, name: str) -> str:
        """Return what a file holds."""
        return (self.root / name).read_text("utf-8")

    def before(self, name: str, place: str, text: str) -> None:
        """Put a text before another, which the file holds once."""
        old = self.text(name)
        assert old.count(place) == 1, f"{name}: {place!r}"
        self.write(name, old.replace(place, text + place))

    def after(self, name: str, place: str, text: str) -> None:
        """Put a text after another, which the file holds once."""
        old = self.text(name)
        assert old.count(place) == 1, f"{name}: {place!r}"
        self.write(name, old.replace(place, place + text))

    def add(self, name: str, text: str) -> None:
        """Put a text at the end of a file."""
        self.write(name, self.text(name) + text)

    def code(self, code: str, name: str) -> None:
        """Add a code to the list of all codes, in its order."""
        head, *lines = self.text("tests/data/codes.txt").splitlines()
        self.write("tests/data/codes.txt", "\n".join((head, *sorted((*lines, f"{code} {name}")))) + "\n")

    def case(self, text: str) -> None:
        """Write the case of the project."""
        (self.project / "case.yaml").write_text(text, "utf-8")

    def run(self, *arguments: str) -> str:
        """Return what the program prints on both streams."""
        return self._python(self.project, f"from casewriter.cli.app import run; run({list(arguments)})")

    def page(self, *arguments: str) -> str:
        """Return the HTML page of the case."""
        self.told = self.run("render", "case.yaml", "--to", "html", "-o", "out", *arguments)
        written = re.search(r"^wrote (\S+)", self.told, re.MULTILINE)
        assert written, self.told
        return (self.project / written[1]).read_text("utf-8").replace("\u00a0", " ")

    def passes(self, module: str, *calls: str) -> None:
        """Call tests of a module of the copy, which must pass; to collect them all with pytest takes much longer.

        In a call, `new()` is an empty folder.
        """
        head = "import sys, tempfile; sys.path.insert(0, 'tests'); from pathlib import Path"
        new = f"def new(): return Path(tempfile.mkdtemp(dir={str(self.project)!r}))"
        assert self.python("\n".join((head, new, f"from {module} import *", *calls, "print('passed')"))) == "passed\n"

    def generate(self, *names: str) -> None:
        """Make some of the generated files, as tools/generate.py does; all of them would take long."""
        ours = f"generate.ARTEFACTS = {{n: generate.ARTEFACTS[n] for n in {names}}}"
        program = f"import sys; sys.path.insert(0, 'tools'); import generate; generate.FOLDERS = {{}}; {ours}"
        told = self.python(f"{program}; sys.exit(generate.main([]))")
        assert told.count("wrote ") == len(names), told

    def install(self) -> None:
        """Lay out what an installer writes of the entry points in pyproject.toml."""
        points = tomllib.loads(self.text("pyproject.toml"))["project"]["entry-points"]
        facts = self.root / "casewriter-0.1.0.dist-info"
        facts.mkdir()
        (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: casewriter\nVersion: 0.1.0\n", "utf-8")
        lines = [
            line for group, own in points.items() for line in (f"[{group}]", *(f"{k} = {v}" for k, v in own.items()))
        ]
        (facts / "entry_points.txt").write_text("\n".join(lines) + "\n", "utf-8")

    def python(self, program: str) -> str:
        """Return what a program prints that knows the copy."""
        return self._python(self.root, program)

    def _python(self, folder: Path, program: str) -> str:
        process = self.process = self.process or self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps([str(folder), program]) + "\n")
        process.stdin.flush()
        out, err = json.loads(process.stdout.readline())
        assert "Traceback" not in err, err
        assert "bug in casewriter" not in err, err
        return str(out + err)

    def _started(self) -> subprocess.Popen[str]:
        """Start the one process of a recipe; it loads the copy when all files are written, as `write` makes sure."""
        return subprocess.Popen(
            [sys.executable, "-c", LISTENER],
            env={**os.environ, "PYTHONPATH": str(self.root), "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def end(self) -> None:
        """End the process and clear the copy, which pytest would keep for days."""
        if self.process is not None:
            self.process.communicate()
        shutil.rmtree(self.root)


LISTENER = """
import io, json, os, sys, traceback
lines, answers = sys.stdin, sys.stdout
for line in lines:
    folder, program = json.loads(line)
    os.chdir(folder)
    sys.stdout, sys.stderr = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    try:
        exec(program, {})
    except SystemExit:
        pass
    except BaseException:
        traceback.print_exc()
    print(json.dumps([one.buffer.getvalue().decode() for one in (sys.stdout, sys.stderr)]), file=answers, flush=True)
"""
"""Runs one program after another, so that each recipe loads the copy once; starting one for each costs seconds more."""
UNUSED = {"docs": "rules", "data": "readers"}
"""Folders by the name of their parent that no recipe needs; they hold half of all files."""


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Copy]:
    root = tmp_path / "copy"
    root.mkdir()
    for name in COPIED:  # with the compiled modules, which save seconds
        shutil.copytree(ROOT / name, root / name, ignore=lambda folder, _: {UNUSED.get(Path(folder).name, "")})
    for name in ("pyproject.toml", "README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, root / name)
    (root / "cases").symlink_to(ROOT / "cases")
    (tmp_path / "gout").mkdir()
    made = Copy(root, tmp_path / "gout")
    yield made
    made.end()


# -- rules ---------------------------------------------------------------------------------------------------------------

RULE = '''"""DATA: keywords given twice."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.lint.rule import Found, rule
from casewriter.model.case import Case
from casewriter.problem import Level


@rule("DATA990", "keyword-twice", Level.INFO)
def keyword_twice(case: Case) -> Iterator[Found]:
    """A keyword is given twice.

    Indexes count it once. Remedy: delete one of them.
    """
    for number, word in enumerate(case.keywords):
        if word in case.keywords[:number]:
            yield Found(f"the keyword “{word}” is given twice", ("keywords", number), "delete one of them")


RULES = (keyword_twice,)
'''
EXAMPLE = """DATA990:
  bad: |
    format: 1
    keywords: [gout, ⟦gout⟧]
  good: |
    format: 1
    keywords: [gout, ear]
"""


def coded(*codes: str) -> tuple[str, ...]:
    """Return the calls that judge codes and their examples."""
    each = ("the_bad_case_raises_it_at_the_marked_place_alone", "the_good_case_does_not_raise_it")
    return (
        "test_every_code_has_an_example()",
        "test_codes_are_added_and_never_changed()",
        "test_two_modules_do_not_share_a_code()",
        "test_names_are_unique_in_a_family()",
        *(f"test_every_kind_says_what_and_why({code!r})" for code in codes),
        *(f"test_{name}({code!r}, new())" for code in codes for name in each),
    )


def a_rule(copy: Copy) -> None:
    copy.write("casewriter/lint/consistency/keyword.py", RULE)
    copy.before("casewriter/lint/consistency/__init__.py", "    laboratory,\n", "    keyword,\n")
    copy.before("casewriter/lint/consistency/__init__.py", "    *laboratory.RULES,\n", "    *keyword.RULES,\n")
    copy.add("casewriter/data/examples/data.yaml", EXAMPLE)
    copy.code("DATA990", "keyword-twice")
    table = "tests/test_lint_data.py"
    copy.after(table, "\nFIRES: dict[str, list[str]] = {\n", '    "DATA990": ["keywords: [gout, ⟦gout⟧]\\n"],\n')
    copy.after(table, "\nSILENT: dict[str, list[str]] = {\n", '    "DATA990": ["keywords: [gout, ear]\\n"],\n')
    copy.after(table, "\nSLIPPED = [\n", '    ("format: 1", "format: 1\\nkeywords: [gout, gout]", "DATA990"),\n')
    copy.passes("test_rule_examples", *coded("DATA990"))
    copy.passes(
        "test_lint_data",
        "test_every_rule_is_tried_and_near_misses_are_as_many()",
        "test_each_rule_is_tried_on_the_narrative()",
        'test_a_contradiction_is_told_at_its_place("DATA990", FIRES["DATA990"][0], new())',
        'test_what_only_looks_wrong_is_not_told("DATA990", SILENT["DATA990"][0], new())',
        "test_one_slip_in_the_narrative_is_told(*SLIPPED[0], new())",
    )
    shown = copy.run("rule", "DATA990")
    assert "A keyword is given twice." in shown
    assert "Bad:\n    format: 1\n    keywords: [gout, gout]\n" in shown
    copy.case("format: 1\nkeywords: [gout, ear, gout]\n")
    told = copy.run("lint", "case.yaml", "--select", "DATA", "--output-format", "concise")
    assert "case.yaml:2:23: info DATA990 the keyword “gout” is given twice" in told


GUIDELINE = """# Source: invented for this test.
id: derm
name: DERM
edition: first
answers: care
source: invented for this test
codes: {prose: DERM001, refused: DERM002, question: DERM003, denied: DERM004}
items:
- id: "1"
  code: DERM011
  topic: Dermoscopy
  title: Dermoscopy not described
  requirement: Describe the dermoscopic pattern.
  missing: dermoscopy is not described
  remedy: "write observation: examination: scores:"
  field: [observation.examination.scores]
  presence: [{rule: nonempty, path: observation.examination.scores}]
  reading: {looks_for: a dermoscopic pattern, all: ['\\bdermosc\\w+', '\\bshowed\\b']}
  prose: [observation.narrative]
  ask: Did one person read all pictures?
  severity: warning
"""
DERM = "{patient: {age: 37 y}, examination: {scores: [{label: white lines, value: 3}]}}"
DERM_EXAMPLES = f"""DERM001:
  options: {{guideline: derm}}
  bad: |
    format: 1
    ⟦observation⟧: {{narrative: The skin was looked at.}}
  good: |
    format: 1
    observation: {DERM}
DERM002:
  options: {{guideline: derm}}
  bad: |
    format: 1
    care: {{not_applicable: {{⟦7⟧: no dermatoscope}}}}
  good: |
    format: 1
    observation: {DERM}
DERM003:
  options: {{guideline: derm}}
  bad: |
    format: 1
    observation: {DERM.replace("scores", "⟦scores⟧")}
  good: |
    format: 1
    observation: {DERM}
    care: {{confirmed: {{1: yes}}}}
DERM004:
  options: {{guideline: derm}}
  bad: |
    format: 1
    observation: {DERM}
    care: {{confirmed: {{1: ⟦no⟧}}}}
  good: |
    format: 1
    observation: {DERM}
    care: {{confirmed: {{1: yes}}}}
DERM011:
  options: {{guideline: derm}}
  bad: |
    format: 1
    ⟦observation⟧: {{patient: {{age: 37 y}}}}
  good: |
    format: 1
    observation: {DERM}
"""


def a_guideline(copy: Copy) -> None:
    copy.write("casewriter/data/guidelines/derm.yaml", GUIDELINE)
    copy.write("casewriter/data/examples/derm.yaml", DERM_EXAMPLES)
    for number, name in enumerate("item-in-prose waiver-refused question-for-the-author answered-no".split(), start=1):
        copy.code(f"DERM00{number}", name)
    copy.code("DERM011", "dermoscopy-missing")
    copy.before("tools/generate.py", '    "FIG": ', '    "DERM": "items of the DERM guideline",\n')
    copy.passes("test_rule_examples", *coded(*(f"DERM{number:03}" for number in (1, 2, 3, 4, 11))))
    copy.generate("docs/rules.md")
    assert "## DERM: items of the DERM guideline" in copy.text("docs/rules.md")
    copy.case("format: 1\nguideline: derm\nobservation: {patient: {age: 37 y}}\n")
    told = copy.run("lint", "case.yaml", "--select", "DERM")
    assert "warning DERM011 dermoscopy is not described" in told
    assert "DERM item 1 · casewriter rule DERM011" in told


SCAN = """
from pathlib import Path
from casewriter.lint.privacy.detect import detect
from casewriter.source import read
rows = [read(Path(f"tests/data/privacy/{name}.yaml").read_bytes(), name).data[-1] for name in ("spans", "traps")]
print(*([row["id"]] for row in rows), *([row["text"][h.start : h.end] for h in detect(row["text"])] for row in rows))
"""
"""The last row of each corpus, with what is found in it; to scan all of them takes a minute."""


def an_identifier(copy: Copy) -> None:
    entry = r"- {type: other_code, hints: [bed tag], group: 1, pattern: '(?i:\bbed tag) ([A-Z]{2}\d{4})\b'}"
    copy.add("casewriter/data/privacy/patterns.yaml", f"{entry}\n")
    copy.add(
        "tests/data/privacy/spans.yaml",
        '- {id: s990, type: other_code, level: hipaa, lang: en, in: prose, text: "Her bed tag KW4821 was lost.", '
        'secret: ["KW4821"]}\n',
    )
    copy.add("tests/data/privacy/traps.yaml", '- {id: t990, kind: word, lang: en, text: "A bed tag was lost."}\n')
    assert copy.python(SCAN) == "['s990'] ['t990'] ['KW4821'] []\n"
    copy.case("format: 1\ncourse: Her bed tag KW4821 was lost.\n")
    told = copy.run("lint", "case.yaml", "--select", "PRIV", "--output-format", "concise")
    assert re.search(r"^case\.yaml:2:21: warning PRIV015 ", told, re.MULTILINE), told
    assert "KW4821" not in told


def a_word(copy: Copy) -> None:
    copy.after("casewriter/data/statements.toml", "\nsynonyms = [\n", '  ["osmolality", "osmolarity"],\n')
    row = 'lab("test: Osmolality, unit: mmol/kg, value: 250") + course("Osmolarity was {}.")'
    table = "tests/test_lint_data.py"
    for name, said in (("FIRES", "⟦205 mmol/kg⟧"), ("SILENT", "250 mmol/kg")):
        text = copy.text(table)
        place = text.index('    "DATA018": [\n', text.index(f"\n{name}: "))
        head = text[: place + len('    "DATA018": [\n')]
        copy.write(table, f"{head}        {row.format(said)},\n{text[len(head) :]}")
    copy.passes(
        "test_lint_data",
        "test_every_rule_is_tried_and_near_misses_are_as_many()",
        'test_a_contradiction_is_told_at_its_place("DATA018", FIRES["DATA018"][0], new())',
        'test_what_only_looks_wrong_is_not_told("DATA018", SILENT["DATA018"][0], new())',
    )
    labs = "labs: [{test: Osmolality, unit: mmol/kg, reference: 275-295, value: 250}]\n"
    copy.case(f"format: 1\ncourse: Osmolarity was 205 mmol/kg.\n{labs}")
    told = copy.run("lint", "case.yaml", "--select", "DATA018", "--output-format", "concise")
    assert "case.yaml:2:24: warning DATA018 " in told


# -- what is printed -----------------------------------------------------------------------------------------------------

LANGUAGES = ("en", "de", "fr", "es", "pt", "it")
SCHEMA, FORMAT = "casewriter/data/schema/case-1.json", "docs/format.md"
KEYS = (
    "test_the_page_of_the_format_has_every_key_of_the_schema()",
    "test_every_key_of_the_page_has_a_sentence_and_all_but_tables_an_example()",
    "test_the_case_behind_the_examples_loads_and_has_every_key()",
)


def a_key(copy: Copy) -> None:
    copy.after(
        "casewriter/model/observation.py",
        '"""A symptom or concern in the patient\'s view."""\n\n',
        '    radiation: Inline | None = about("Where it spreads to.")\n',
    )
    copy.before("casewriter/article/clinical.py", '"severity", "course", "onset")', '"radiation", ')
    copy.before("tools/format/every-key.yaml", "site: right upper abdomen}", "radiation: right shoulder, ")
    copy.generate(SCHEMA, FORMAT)
    copy.passes("test_first_hour", *KEYS)
    assert "| `radiation` | text | Where it spreads to. | `right shoulder` |" in copy.text(FORMAT)
    copy.case("format: 1\nobservation: {complaints: [{label: pain, radiation: left arm}]}\n")
    assert re.search(r"Pain, left arm", copy.page())


def a_key_with_a_label(copy: Copy) -> None:
    line = '    country: Inline | None = about("Country where the patient was followed.")\n'
    copy.before("casewriter/model/follow_up.py", '    method: Inline | None = about("How: examination', line)
    copy.after("casewriter/article/outcome.py", '"duration", "schedule", "setting", "method"', ', "country"')
    copy.before("tools/format/every-key.yaml", "  setting: clinic\n  method: examination", "  country: Exampleland\n")
    words, said = copy.text("casewriter/data/words.yaml"), iter(("Country", "Land", "Pays", "País", "País", "Paese"))
    new, count = re.subn(r"^  board: ", lambda m: f"  country: {next(said)}\n{m[0]}", words, flags=re.MULTILINE)
    assert count == len(LANGUAGES)
    copy.write("casewriter/data/words.yaml", new)
    names = ("keys_are_those_of_english_in_its_order", "words_that_equal_the_english_ones_are_listed")
    copy.passes("test_words", *(f"test_{name}({one!r})" for name in names for one in LANGUAGES[1:]))
    copy.case("format: 1\nlanguage: de\nfollow_up: {country: Beispielland}\n")
    assert re.search(r"<dt>Land</dt> *<dd>Beispielland</dd>", copy.page())


SPOKEN = tuple(
    f"test_{name}('la')"
    for name in (
        "keys_are_those_of_english_in_its_order",
        "phrases_have_as_many_places_as_in_english",
        "only_units_have_a_singular_and_a_plural",
        "words_that_equal_the_english_ones_are_listed",
        "the_key_of_a_flag_begins_with_its_letter_and_says_it_after_one_comma",
        "a_paper_is_told_in_its_language",
        "notes_statements_and_references_are_in_the_language",
        "every_heading_of_the_generic_profile_has_a_translation",
    )
)


def a_language(copy: Copy) -> None:
    """Latin is English with an ending, so that it has every word and phrase."""
    words = copy.text("casewriter/data/words.yaml")
    english = words[words.index("\nen:\n") + 5 : words.index("\nde:\n") + 1]
    same = ("n", "flag_low", "flag_high", "flag_abnormal", "flag_critical", "short_h", "short_min", "index_is")

    def ended(line: re.Match[str]) -> str:
        key, text = line[1], line[2].strip('"')
        return line[0] if key in same else f'  {key}: "' + "|".join(f"{part}us" for part in text.split("|")) + '"'

    copy.add("casewriter/data/words.yaml", "la:\n" + re.sub(r"^  ([\w ]+): (.+)$", ended, english, flags=re.MULTILINE))
    headings = copy.text("casewriter/data/headings.yaml")
    german = headings[headings.index("\nde:\n") + 5 : headings.index("\nfr:\n") + 1]
    copy.add(
        "casewriter/data/headings.yaml",
        "la:\n" + re.sub(r"^  ([^:\n]+): .+$", r"  \1: \1us", german, flags=re.MULTILINE),
    )
    copy.before("casewriter/article/quotation.py", '    "pt": ("“",', '    "la": ("«", "»", "“", "”"),\n')
    copy.before("tests/test_words.py", ")\nUNITS = ", ', "la"')
    copy.after("tests/test_words.py", "\nSAME_AS_ENGLISH = {\n", '    "la": set[str](),\n')
    expected = "Figureus 1|Tableus 1|Testus|Referenceus|Day 1us|2 wkus|Allergiesus|Noneus|Zz for 3 monthsusus, onsetus: −1 yearus"
    copy.before("tests/test_words.py", '    "de": "Abbildung 1|', f'    "la": "{expected}",\n')
    copy.passes("test_words", "test_the_file_has_no_problem_and_these_languages()", *SPOKEN)
    copy.case('format: 1\nlanguage: la\nlabs: {narrative: See "this" (@tbl-labs)., results: [{test: A, value: 1}]}\n')
    page = copy.page()
    assert 'See «this» (<a class="mention" href="#tbl-labs">Tableus 1</a>)' in page
    assert "<h2>Diagnostic assessmentus</h2>" in page


TELLER = '''def dedication(make: Builder) -> list[Block]:
    """Return to whom the report is dedicated."""
    return list(make.prose.blocks(make.case.dedication, ("dedication",)))


'''
DEDICATIONS = ("Widmung", "Dédicace", "Dedicatoria", "Dedicatória", "Dedica")


GENERIC = "[test_every_heading_of_the_generic_profile_has_a_translation(one) for one in OTHERS]"
WHOLE = (
    "[test_a_whole_case_has_a_place_in_each_profile(one) for one in ('generic-care', 'clinical-rheumatology')]; "
    "test_a_part_stands_where_the_profile_puts_it_and_once('dedication', new())"
)


def a_part(copy: Copy) -> None:
    line = '    dedication: Blocks | None = about("To whom the report is dedicated.")\n'
    copy.before("casewriter/model/case.py", "    acknowledgements: Blocks", line)
    row = '    _part("dedication", "Dedication", "declarations"),\n'
    copy.before("casewriter/model/parts.py", '    _part("acknowledgements",', row)
    copy.before("casewriter/article/parts.py", '    "acknowledgements": ', '    "dedication": statements.dedication,\n')
    copy.before("casewriter/article/statements.py", "def acknowledgements(", TELLER)
    for path in sorted((copy.root / "casewriter/data/profiles").glob("*.yaml")):
        name = f"casewriter/data/profiles/{path.name}"
        said = copy.text(name)
        before = re.search(r"^  from:(?:\n  -| \[)[^\]:]*?(?=acknowledgements\b)", said, re.MULTILINE)
        assert before, name
        own = "dedication\n  - " if before[0].endswith("- ") else "dedication, "
        copy.write(name, said[: before.end()] + own + said[before.end() :])
    generic = "casewriter/data/profiles/generic-care.yaml"
    copy.before(generic, "    acknowledgements: Ack", "    dedication: Dedication\n")
    headings, said = copy.text("casewriter/data/headings.yaml"), iter(DEDICATIONS)
    new = re.sub("^  Acknowledgements: ", lambda m: f"  Dedication: {next(said)}\n{m[0]}", headings, flags=re.MULTILINE)
    copy.write("casewriter/data/headings.yaml", new)
    copy.before("tools/format/every-key.yaml", "\nacknowledgements: ", "\ndedication: To her nurses.")
    copy.before("tests/test_compose.py", "\nacknowledgements: Zack", "\ndedication: Zdedication")
    copy.generate(SCHEMA, FORMAT)
    copy.passes(
        "test_first_hour", *KEYS, f"from test_words import *; {GENERIC}", f"from test_compose import *; {WHOLE}"
    )
    copy.case("format: 1\nlanguage: de\ndedication: Ihren Pflegenden.\n")
    assert re.search(r"<h3>Widmung</h3>\s*<p>Ihren Pflegenden\.</p>", copy.page())
    assert "JRNL001" not in copy.told


# -- how it is printed ---------------------------------------------------------------------------------------------------


def a_profile(copy: Copy) -> None:
    copy.write(
        "casewriter/data/profiles/ear-letters.yaml",
        "# Source: invented for this test.\nid: ear-letters\nname: Ear Letters\nextends: generic-care\n"
        'as_of: "2026-11"\nsources: [invented for this test]\ntranslated: false\n'
        "sections:\n- {heading: The ear, from: [introduction, course]}\n",
    )
    copy.case(CASE)
    assert "<h2>The ear</h2>" in copy.page("--profile", "ear-letters")


def a_template(copy: Copy) -> None:
    copy.write(
        "templates/letter/template.yaml",
        "name: Letter\ndescription: Narrow, for a test\nextends: article\nsuffix: -letter\nmargins: 61mm\n",
    )
    copy.case(CASE)
    page = copy.page("--layout", "letter")
    assert (copy.project / "out" / "gout" / "gout-letter.html").is_file()
    assert "61mm" in page


EXPORTER = '''"""Article -> the words of its title, one a line."""

from __future__ import annotations

from casewriter.article.paper import Article
from casewriter.export.door import exporter


@exporter("title", suffix=".title.txt")
def export(article: Article) -> bytes:
    """Return the words of the title."""
    return "\\n".join(article.plain_title.split()).encode()
'''


def an_exporter(copy: Copy) -> None:
    copy.write("casewriter/export/title.py", EXPORTER)
    copy.before("pyproject.toml", 'pdf = "casewriter.export.pdf:export"', 'title = "casewriter.export.title:export"\n')
    copy.install()
    copy.case(CASE)
    assert "wrote out/gout/gout.title.txt" in copy.run("render", "case.yaml", "--to", "title", "-o", "out")
    assert (copy.project / "out" / "gout" / "gout.title.txt").read_text("utf-8") == "Gout\nof\nthe\near"


def a_pasted_form(copy: Copy) -> None:
    text = "Muller SA, Winkelmann RK, Brunsting LA. Calcinosis in dermatomyositis. Arch Dermatol. 1959;79:669-73."
    copy.after("casewriter/data/pasted.yaml", "\nleftovers: >-\n", "  find at library;\n")
    pair = "tests/data/pasted/everyday/library"
    names = [("Muller", "S. A."), ("Winkelmann", "R. K."), ("Brunsting", "L. A.")]
    item = {
        "type": "article-journal",
        "author": [{"family": family, "given": given} for family, given in names],
        "title": "Calcinosis in dermatomyositis",
        "container-title": "Arch Dermatol",
        "issued": {"date-parts": [[1959]]},
        "volume": "79",
        "page": "669-73",
    }
    copy.write(f"{pair}.txt", f"1. {text} Find at library\n2. {text} Find at library\n")
    copy.write(f"{pair}.json", json.dumps({"style": "a library", "items": [item, item]}))
    known = json.loads(copy.text("tests/data/pasted/ratchet.json"))
    known["everyday/library"] = {"right": 2, "told": 0, "wrong": 0}
    copy.write("tests/data/pasted/ratchet.json", json.dumps(known))
    judged = ("ratchet", "no_entry_is_lost_and_each_is_an_item", "looks_pasted")
    calls = (f'test_{name}(_FOLDER / "everyday" / "library")' for name in judged)
    copy.passes("test_pasted", "from test_pasted import _FOLDER", "test_ratchet_has_no_pair_too_many()", *calls)
    (copy.project / "list.txt").write_text(copy.text(f"{pair}.txt"), "utf-8")
    told = copy.run("refs", "convert", "list.txt", "--to", "ris")
    assert "TI  - Calcinosis in dermatomyositis\n" in told
    assert "library" not in told


RECIPES: dict[str, Callable[[Copy], None]] = {
    "a rule": a_rule,
    "a reporting guideline": a_guideline,
    "a key of the format": a_key,
    "a key that is printed with a label of its own": a_key_with_a_label,
    "a part of a case": a_part,
    "an identifier of a person": an_identifier,
    "a word by which prose is compared with the data": a_word,
    "a journal profile": a_profile,
    "a template": a_template,
    "an exporter": an_exporter,
    "a language of the fixed words": a_language,
    "a form of pasted reference": a_pasted_form,
}


def test_every_row_of_the_table_is_tried() -> None:
    assert list(ROWS) == list(RECIPES)


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_needs_the_files_that_its_row_names_and_works(name: str, copy: Copy) -> None:
    RECIPES[name](copy)
    named = ROWS[name]
    patterns = [re.compile(re.sub(r"[A-Z]{2,}", "[^/]+", re.escape(one))) for one in named]
    assert [path for path in sorted(copy.touched) if not any(p.fullmatch(path) for p in patterns)] == []
    assert [one for one, p in zip(named, patterns, strict=True) if not any(map(p.fullmatch, copy.touched))] == []
