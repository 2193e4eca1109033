"""身份证号 (dirty-data.md, nos. 1-9)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets_drawn import P1

from dibao_lib.evidence.cells.fault import Fault
from dibao_lib.evidence.cells.ids import read_id, read_ids
from dibao_lib.idnumber import check_character


def test_a_valid_id_is_taken_as_it_is():
    assert read_id(P1) == P1


@pytest.mark.parametrize(
    "written",
    [
        f" {P1}\t",
        f"'{P1}",
        f"\u3000{P1}\xa0",
        f"\u200b{P1}",
        "３６１１８１１９６００１０１１２３２",
        "361181 19600101 1232",
    ],
)
def test_spaces_apostrophes_and_full_width_digits_do_not_matter(written):
    assert read_id(written) == P1


@pytest.mark.parametrize("last", ["x", "X", "×", "*", "Ⅹ"])
def test_the_check_character_x_is_written_in_many_ways(last):
    first17 = next(f"36118119600101{n:03d}" for n in range(1000) if check_character(f"36118119600101{n:03d}") == "X")
    assert read_id(first17 + last) == first17 + "X"


def test_a_15_digit_id_gets_its_century_and_check_character():
    assert read_id("361181600101123") == P1


def test_a_20_character_disability_certificate_begins_with_the_id():
    assert read_id(P1 + "44") == P1


@pytest.mark.parametrize("old", ["362302194803030010", "362333194803030010"])
def test_ids_of_the_old_county_codes_are_taken(old):
    first17 = old[:17]
    assert read_id(first17 + check_character(first17)) == first17 + check_character(first17)


@pytest.mark.parametrize("number", [3.62330196001011e17, 361181196001011232, 1e18])
def test_a_number_has_lost_its_digits_even_when_it_looks_right(number):
    assert read_id(number).reason == "digits_lost"
    assert "第16位起的数字已丢失" in read_id(number).message


def test_digits_that_the_file_still_holds_are_not_taken_but_it_is_said():
    fault = read_id(361181196001011232.0, exact_digits=True)
    assert fault.value is None
    assert "文件内部仍存有部分单元格的全部位数" in fault.message


def test_a_15_digit_id_typed_as_a_number_is_not_taken_either():
    assert read_id(361181600101123.0).reason == "numeric_id"


@pytest.mark.parametrize("text", ["3.62201E+17", "3.62201196001011e+17", "3.6E17"])
def test_a_number_saved_to_csv_by_excel_has_lost_its_digits(text):
    assert read_id(text).reason == "digits_lost"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("361181196001011230", "校验码不符"),
        ("36118119600101123", "应为18位，实为17位"),
        ("361181196013011232", "第7至14位不是日期"),
        ("36118119600101123A", "含有数字和末位X以外的字符"),
        ("张三", "应为18位，实为2位"),
    ],
)
def test_a_wrong_id_says_what_is_wrong_and_not_what_it_is(wrong, said):
    fault = read_id(wrong)
    assert fault.reason == "bad_id"
    assert said in fault.message
    assert wrong not in fault.message


def test_a_date_in_an_id_column_is_no_id():
    assert read_id(dt.date(1960, 1, 1)).reason == "became_date"


@pytest.mark.parametrize("blank", ["", "  ", "无", "/", "—"])
def test_a_blank_is_missing_and_no_fault(blank):
    assert read_id(blank) is None


def valid_ids():
    days = st.dates(dt.date(1900, 1, 1), dt.date(2020, 12, 31)).map(lambda day: f"{day:%Y%m%d}")
    first17 = st.tuples(st.sampled_from(["361181", "362302", "362333"]), days, st.integers(0, 999))
    return first17.map(lambda t: f"{t[0]}{t[1]}{t[2]:03d}").map(lambda first: first + check_character(first))


@given(valid_ids())
def test_every_valid_id_is_read_as_itself(pid):
    assert read_id(pid) == pid
    assert read_ids([pid]).values == [pid]


@given(valid_ids(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_never_taken(pid, place, step):
    wrong = pid[:place] + str((int(pid[place]) + step) % 10) + pid[place + 1 :]
    assert isinstance(read_id(wrong), Fault)
    assert read_ids([wrong]).faults[0].reason == "bad_id"


@given(st.lists(st.one_of(valid_ids(), st.text(max_size=20), st.floats(allow_nan=False)), max_size=20))
def test_a_column_is_read_as_its_cells_are(cells):
    column = read_ids(cells)
    for row, cell in enumerate(cells):
        alone = read_id(cell)
        assert column.faults.get(row) == (alone if isinstance(alone, Fault) else None)
        assert column.values[row] == (None if isinstance(alone, Fault) else alone)
