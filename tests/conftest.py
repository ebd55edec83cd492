"""What all tests share: byte code, a collector of garbage that leaves what is loaded alone, and a folder of outputs."""

import compileall
import gc
import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest

ROOT = Path(__file__).parents[1]
SHARED = "CASEWRITER_TEST_FOLDER"


def pytest_configure(config: pytest.Config) -> None:
    """Make what the workers share, before they start."""
    if hasattr(config, "workerinput"):
        return
    os.environ[SHARED] = mkdtemp(prefix="casewriter-outputs-")
    # where Python may not write byte code, each program that a test starts would compile all modules again
    compileall.compile_dir(ROOT / "casewriter", quiet=2)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(SHARED), ignore_errors=True)


def pytest_collection_finish() -> None:
    """Spare the collector the thousands of tests and modules, which stay to the end: a tenth of the time of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
