"""All formats together: the same report gives the same files, and what is hostile is text in each."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from report_sample import sample

from dibao_lib.report.formats import FORMATS

HERE = Path(__file__).parent
_DIGESTS = """
import hashlib
from report_sample import sample
from dibao_lib.report.formats import FORMATS
for format in FORMATS:
    print(hashlib.sha256(format.render(tuple(sample()))).hexdigest())
"""


def test_the_formats_are_named_as_on_the_command_line():
    assert [(f.name, f.suffix) for f in FORMATS] == [
        ("html", ".html"),
        ("docx", ".docx"),
        ("pdf", ".pdf"),
        ("xlsx", ".xlsx"),
    ]


def test_another_process_makes_the_same_bytes():
    here = [hashlib.sha256(f.render(tuple(sample()))).hexdigest() for f in FORMATS]
    there = subprocess.run(
        [sys.executable, "-c", _DIGESTS],
        env={"PYTHONPATH": f"{HERE}:{HERE.parent.parent}", "PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.split() == here


@pytest.mark.parametrize("made", FORMATS, ids=lambda f: f.name)
def test_a_report_without_blocks_is_an_empty_file_of_its_kind(made):
    assert len(made.render(())) > 500
