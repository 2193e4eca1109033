"""Values read as people expect them, and no invisible character survives."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hostile import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from dibao_lib.report.text import clean, file_name, shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "—"),
        (float("nan"), "—"),
        (np.float64("nan"), "—"),
        (pd.NaT, "—"),
        (pd.NA, "—"),
        (0, "0"),
        (True, "是"),
        (np.bool_(False), "否"),
        (12.50, "12.5"),
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
        (float("inf"), "inf"),
        (dt.date(2011, 7, 20), "2011-07-20"),
        (pd.Timestamp("2011-07-20"), "2011-07-20"),
        (pd.Timestamp("2011-07-20 09:30"), "2011-07-20 09:30:00"),
        ("nan", "nan"),
    ],
)
def test_a_value_is_shown_as_a_reader_expects(value, text):
    assert shown(value) == text


def test_line_ends_and_tabs_become_plain_ones():
    assert clean("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd e"


@pytest.mark.parametrize("char", list("\x00\x0b\x1b\x7f\x85\u200b\u202e\u2066\ufeff\ud800\uffff"))
def test_an_invisible_character_is_shown_as_one(char):
    assert clean(f"甲{char}乙") == "甲\ufffd乙"


@given(st.text(st.characters()))
def test_clean_text_stays_as_it_is_and_fits_into_xml(text):
    once = clean(text)
    assert clean(once) == once
    assert all(char >= " " or char == "\n" for char in once)
    once.encode("utf-8")


NASTY = [
    *HOSTILE,
    "",
    ".",
    "..",
    "...",
    " 甲 ",
    "甲.",
    "CON",
    "nul.txt",
    "COM1",
    "~",
    "-rf",
    "甲/乙",
    "甲\\乙",
    "C:\\甲",
]
NASTY += [
    "\\\\server\\x",
    "甲" * 300,
    "甲\n乙",
    "甲\u202e乙",
    "／",
    "䶮·𬤊",
    "|",
    "?*",
    "`id`",
    "$(id)",
    "%00",
    "甲:乙",
]
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


@pytest.mark.parametrize("text", NASTY)
def test_any_text_becomes_a_legal_name_inside_its_folder(text, tmp_path):
    name = file_name(text)
    assert name and not set(name) & set('\\/:*?"<>|\n\t\0 ') and name not in {".", ".."} and not name.endswith(".")
    assert name.partition(".")[0].lower() not in DEVICES and len(f"{name}.xlsx".encode()) < 255
    (tmp_path / name).mkdir()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_ordinary_name_stays_as_it_is():
    assert file_name("361181103-绕二镇") == "361181103-绕二镇" and file_name("䶮·𬤊村") == "䶮·𬤊村"
