"""The public test workbooks of a spreadsheet reader: each ends in one clear sentence, none in a traceback or a hang."""

from pathlib import Path

import pytest

from dibao_lib.evidence.guard import GuardedReader
from dibao_lib.evidence.limits import Limits

CORPUS = Path(__file__).parent.parent / "data" / "workbooks"
LOCKED = {"pass_protected.ods", "pass_protected.xlsb", "issue_385.xls"}


@pytest.fixture(scope="module")
def reports(gazetteer):
    files = sorted(file for file in CORPUS.iterdir() if file.suffix != ".md")
    with GuardedReader(gazetteer, Limits(seconds=10)) as reader:
        return {file.name: reader.read(file, file.name).report for file in files}


def test_every_file_ends_in_an_import_or_one_sentence(reports):
    assert len(reports) > 75
    for name, report in reports.items():
        sentences = report.problems
        assert report.accepted or len(sentences) == 1, name
        for sentence in sentences:
            assert sentence.startswith(f"{name}：") and sentence.endswith("。") and "\n" not in sentence


def test_no_file_crashes_or_stalls_the_reader_or_meets_a_fault_of_the_program(reports):
    for name, report in reports.items():
        assert not any(word in report.refused for word in ("异常中止", "仍未完成", "程序处理时出错")), name


def test_the_password_protected_ones_say_so(reports):
    assert {name for name, report in reports.items() if "密码" in report.refused} == LOCKED


def test_the_one_whose_directory_lies_about_sizes_is_refused_as_damaged(reports):
    assert "文件不完整或已损坏" in reports["issue252.xlsx"].refused
