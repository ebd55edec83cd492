"""Cut-down fonts are kept in the user's cache, and WeasyPrint is imported without fontTools."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from casewriter.export import embedded, kept
from casewriter.export.weasy import weasyprint


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    variable = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    monkeypatch.setenv(variable, str(tmp_path))
    return tmp_path / "casewriter" / "fonts"


def test_what_is_kept_is_made_once_for_all_it_depends_on(cache: Path) -> None:
    made = []

    def make() -> bytes:
        made.append(1)
        return b"font %d" % len(made)

    assert [kept.kept(("a", "xyz"), make) for _ in range(2)] == [b"font 1"] * 2
    assert kept.kept(("a", "xy"), make) == b"font 2"
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 100])
def test_a_damaged_file_is_made_anew(damage: bytes, cache: Path) -> None:
    kept.kept(("a",), lambda: b"font")
    (file,) = cache.iterdir()
    file.write_bytes(damage)
    assert kept.kept(("a",), lambda: b"again") == b"again"
    assert kept.kept(("a",), lambda: b"third") == b"again"


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "file"))
    assert kept.kept(("a",), lambda: b"font") == b"font"


def test_the_files_used_longest_ago_go_first(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 2)
    for number in range(4):
        kept.kept((number,), lambda: b"font")
        for place, file in enumerate(sorted(cache.iterdir(), key=lambda one: one.stat().st_mtime)):
            os.utime(file, (place, place))
    assert len(list(cache.iterdir())) == 2
    assert kept.kept((3,), lambda: b"again") == b"font"


def test_a_font_is_the_same_from_the_cache(cache: Path) -> None:
    name = "SourceSans3-Italic.ttf"
    fresh = embedded._cut_down(name, "abc", embedded._FEATURES)
    assert [embedded._subset.__wrapped__(name, "abc") for _ in range(2)] == [fresh, fresh]
    assert fresh[:4] == b"wOF2"
    assert len(list(cache.iterdir())) == 1


def test_weasyprint_is_imported_without_fonttools() -> None:
    script = (
        "import sys; from casewriter.export.weasy import weasyprint; weasyprint();"
        "print(sorted({name.split('.')[1] for name in sys.modules if name.startswith('fontTools.')}))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "ttLib" not in run.stdout
    assert "varLib" not in run.stdout
    assert "subset" not in run.stdout


def test_a_woff2_font_is_still_read(cache: Path) -> None:
    font = base64.b64encode(embedded._subset("SourceSans3-Italic.ttf", "abc")).decode()
    face = f'@font-face {{ font-family: Own; src: url("data:font/woff2;base64,{font}") }}'
    page = f"<style>{face} body {{ font-family: Own }}</style><p>abc"
    made = weasyprint().HTML(string=page).write_pdf(uncompressed_pdf=True)
    assert re.findall(rb"/FontFamily \(([^)]*)\)", made) == [b"Own"]
