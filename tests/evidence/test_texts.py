"""姓名、编号、文字 (dirty-data.md, nos. 1, 2, 4, 5, 12, 13, 27)."""

import datetime as dt

import pytest

from dibao_lib.evidence.cell import column_letter, text_of
from dibao_lib.evidence.cells.texts import read_area, read_code, read_name, read_names, read_text


@pytest.mark.parametrize("written", ["张三", "张　三", " 张 三 ", "张\u200b三"])
def test_spaces_inside_a_name_are_no_part_of_it(written):
    assert read_name(written) == "张三"


@pytest.mark.parametrize("written", ["买买提•江", "买买提・江", "买买提．江", "买买提·江"])
def test_the_dot_of_a_name_is_always_the_same(written):
    assert read_name(written) == "买买提·江"


def test_a_note_after_a_name_is_written_down_beside_it():
    fault = read_name("张三（已故）")
    assert (fault.value, fault.reason) == ("张三", "name_note")


@pytest.mark.parametrize("name", ["䶮某", "?某", "□某", "O'Brien Li", "𬭎某"])
def test_rare_characters_and_foreign_names_stay(name):
    assert read_name(name) == name


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "$x^{2}", '#read("x")', "../../etc"]
)
def test_hostile_text_stays_text(hostile):
    assert read_text(hostile) == hostile
    assert read_name(hostile) is not None


def test_free_text_keeps_its_punctuation():
    assert read_text(" 缺劳力，患病；（重） ") == "缺劳力，患病；（重）"


def test_control_characters_are_taken_out():
    assert read_text("甲\x00乙\x1f丙") == "甲乙丙"


@pytest.mark.parametrize(
    "written", ["张三、李四", "张三,李四", "张三；李四", "张三/李四", "张三 李四", "张　三、李　四"]
)
def test_several_names_in_one_cell_are_several(written):
    assert read_names(written) == ["张三", "李四"]


def test_one_name_with_a_space_inside_is_one():
    assert read_names("张　三") == ["张三"]


@pytest.mark.parametrize(
    ("written", "code"), [("D001", "D001"), ("'0012", "0012"), (12.0, "12"), (622612345678901.0, "622612345678901")]
)
def test_a_short_number_is_a_code(written, code):
    assert read_code(written) == code


@pytest.mark.parametrize("written", [6.226123456789012e15, 6.2261234567890123e18, "6.22612E+18"])
def test_a_long_number_has_lost_digits(written):
    assert read_code(written).reason == "digits_lost"


def test_a_code_that_became_a_date_is_gone():
    assert read_code(dt.date(2011, 3, 12)).reason == "became_date"


@pytest.mark.parametrize(
    ("written", "code"), [("361181103", "361181103"), ("361181103000", "361181103"), (361181103002.0, "361181103002")]
)
def test_a_division_code_has_9_or_12_digits(written, code):
    assert read_area(written) == code


def test_a_division_code_of_another_length_is_refused():
    assert "9位或12位" in read_area("3611").message


def test_the_lost_digits_of_a_long_number_are_shown_as_lost():
    assert text_of(3.61181196001011e17) == "361181196001011???"


def test_columns_are_named_as_a_workbook_names_them():
    assert [column_letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
