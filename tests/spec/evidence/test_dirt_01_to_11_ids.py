"""Dirt nos. 1-11: ids. Each test shows the cell as it came and what became of it."""

import datetime as dt

import books
import pytest
from books import HEAD, P1, P2
from sheets_drawn import read, rows_of, set_aside

from dibao_lib.evidence.identities import ids_of_several_names
from dibao_lib.evidence.intake import import_files

NOW = dt.datetime(2011, 6, 1)
X = "36118119600101103X"


def head(gazetteer, cell):
    """(id in the table, reason in the quarantine) for one cell of the id column."""
    reading = read(f"低保证号|乡镇|户主姓名|户主身份证号\nD1|绕二镇|张三|{cell}", gazetteer)
    ((pid,),) = rows_of(reading, "head_pid")
    return pid, next((reason for _, _, reason in set_aside(reading)), "")


def imported(workspace, tmp_path, **books_by_name):
    for name, rows in books_by_name.items():
        books.xlsx(tmp_path / f"{name}.xlsx", {"表": rows})
    import_files(workspace, sorted(tmp_path.glob("*.xlsx")), NOW)
    return workspace


def test_01_a_number_in_an_id_column_is_blank_and_its_15_sure_digits_are_kept(gazetteer):
    reading = read("低保证号|乡镇|户主姓名|户主身份证号\nD1|绕二镇|张三|#361181196001011232", gazetteer)
    assert rows_of(reading, "head_pid") == [(None,)]
    assert [(line.value, line.reason) for line in reading.quarantined] == [("361181196001011???", "digits_lost")]


MEMBERS = ("低保证号", "姓名", "身份证号", "与户主关系")


def proposal(workspace):
    return workspace.sql("SELECT value, proposed FROM quarantine ORDER BY ALL").values.tolist()


def test_01_a_repair_is_proposed_by_15_digits_and_name_and_never_applied(workspace, tmp_path):
    lost = [HEAD, ("D1", "绕二镇", "张三", 361181196001011232, 2, 330)]
    whole = [MEMBERS, ("D1", "张三", P1, "户主"), ("D2", "李四", P2, "户主")]
    ins = imported(workspace, tmp_path, 台账=lost, 家庭成员=whole)
    assert proposal(ins) == [["361181196001011???", P1]]
    assert ins.table("households")["head_pid"].isna().all()


def test_01_nothing_is_proposed_when_the_name_differs(workspace, tmp_path):
    lost = [HEAD, ("D1", "绕二镇", "王五", 361181196001011232, 2, 330)]
    ins = imported(workspace, tmp_path, 台账=lost, 家庭成员=[MEMBERS, ("D1", "张三", P1, "户主")])
    assert proposal(ins) == [["361181196001011???", None]]


def test_02_an_id_that_went_through_a_csv_of_excel_is_blank(gazetteer):
    assert head(gazetteer, "3.62201E+17") == (None, "digits_lost")


def test_03_ids_that_are_equal_as_numbers_stay_different_texts(gazetteer):
    near = "361181196001011224"
    assert float(P1) == float(near) and head(gazetteer, P1)[0] == P1 != head(gazetteer, near)[0]


@pytest.mark.parametrize("cell", [f"'{P1}", f" {P1} ", f"\u3000{P1}", f"\xa0{P1}", f"{P1[:6]} {P1[6:]}"])
def test_04_apostrophes_and_spaces_are_no_part_of_an_id(gazetteer, cell):
    assert head(gazetteer, cell) == (P1, "")


def test_05_full_width_digits_and_letters_become_plain(gazetteer):
    assert head(gazetteer, "３６１１８１１９６００１０１１０３Ｘ") == (X, "")


@pytest.mark.parametrize("last", "xX×*")
def test_06_a_small_x_a_cross_and_a_star_are_the_check_character_when_it_agrees(gazetteer, last):
    assert head(gazetteer, X[:17] + last) == (X, "")


def test_06_a_cross_where_the_check_character_is_a_digit_is_a_fault(gazetteer):
    assert head(gazetteer, P1[:17] + "×") == (None, "bad_id")


def test_07_a_15_digit_id_gets_its_century_and_check_character(gazetteer):
    assert head(gazetteer, P1[:6] + P1[8:17]) == (P1, "")


def test_08_a_disability_certificate_begins_with_the_id(gazetteer):
    assert head(gazetteer, f"{P1}43") == (P1, "")


@pytest.mark.parametrize("first6", ["361181", "362302", "362333"])
def test_09_ids_of_all_three_county_codes_are_taken(gazetteer, first6):
    from dibao_lib.idnumber import check_character

    pid = first6 + P1[6:17] + check_character(first6 + P1[6:17])
    assert head(gazetteer, pid) == (pid, "")


def test_10_a_mistyped_id_is_blank(gazetteer):
    assert head(gazetteer, "361181196001011223") == (None, "bad_id")


@pytest.mark.parametrize(
    "typed", ["361181196001011223", "361181196001011282", "36118119600101123", "3611811960010112322"]
)
def test_10_the_known_id_one_slip_away_is_proposed_for_the_same_name(workspace, tmp_path, typed):
    slip = [HEAD, ("D1", "绕二镇", "张三", typed, 2, 330)]
    ins = imported(workspace, tmp_path, 台账=slip, 家庭成员=[MEMBERS, ("D1", "张三", P1, "户主")])
    assert proposal(ins) == [[typed, P1]]
    assert ins.table("households")["head_pid"].isna().all()


def test_11_an_id_that_two_names_go_by_is_listed_with_its_rows(workspace, tmp_path):
    ins = imported(
        workspace,
        tmp_path,
        台账=[HEAD, ("D1", "绕二镇", "张三", P1, 2, 330)],
        家庭成员=[MEMBERS, ("D1", "张山", P1, "户主"), ("D2", "李四", P2, "户主")],
    )
    listed = ids_of_several_names(ins)
    assert listed[["身份证号", "姓名"]].values.tolist() == [[P1, "张三"], [P1, "张山"]]
    assert listed["出处"].map(list).tolist() == [["台账.xlsx#表#2"], ["家庭成员.xlsx#表#2"]]


def test_11_the_import_says_where_an_id_of_two_names_stands_and_never_whose_it_is(workspace, tmp_path):
    books.xlsx(tmp_path / "台账.xlsx", {"表": [HEAD, ("D1", "绕二镇", "张三", P1, 2, 330)]})
    books.xlsx(tmp_path / "家庭成员.xlsx", {"表": [MEMBERS, ("D1", "张山", P1, "户主")]})
    report = import_files(workspace, sorted(tmp_path.glob("*.xlsx")), NOW)
    (told,) = report.doubts
    assert told.startswith("台账.xlsx“表”第2行、家庭成员.xlsx“表”第2行：同一身份证号对应不同姓名。请核对原件，")
    assert told in report.to_text() and not report.refused
    assert not [text for text in (P1, "张三", "张山") if text in told]


DEAD = """
households | hh_id | kind | twn_id | head | head_pid | size | covered | total
           | D1    | 城市 | T1     | 甲   | p1       | 2    | 2       | 600
members | hh_id | pid | name | rel  | is_cov
        | D1    | p2  | {listed} | 配偶 | 是
registers | reg  | pid | name | from | asof
          | 死亡 | p2  | {dead} | 2010-03-20 | 2011-05-31
payments | hh_id | period  | amt
         | D1    | 2010-05 | 600
"""


@pytest.mark.parametrize(
    ("listed", "dead", "severity"),
    [
        ("乙娃", "乙娃", "A"),
        ("乙□", "乙娃", "A"),
        ("乙·娃", "乙•娃", "A"),
        ("乙娃", "丁娃", "B"),
        ("乙□", "丁娃", "B"),
        ("乙", "乙娃", "B"),
    ],
)
def test_11_a_match_on_an_id_of_two_names_is_no_breach_before_it_is_cleared_up(find, listed, dead, severity):
    (found,) = find("O4", DEAD.format(listed=listed, dead=dead))
    assert found["severity"] == severity
    suffix = "该身份证号在各表册中对应不同姓名，须先核对是否同一人。"
    assert found["explanation"].endswith(suffix) == (severity == "B")


def test_11_an_id_of_two_names_makes_only_matches_on_ids_doubtful(find):
    twice = DEAD.format(listed="乙", dead="丁") + "         | D1    | 2010-05 | 600\n"
    assert [found["severity"] for found in find("F8", twice)] == ["A"]
