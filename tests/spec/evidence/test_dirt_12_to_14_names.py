"""Dirt nos. 12-14: names and encodings."""

import datetime as dt

import books
import pytest
from books import HEAD, P1
from sheets_drawn import read, rows_of, set_aside

from dibao_lib.evidence.identities import ids_of_several_names
from dibao_lib.evidence.intake import import_files
from dibao_lib.evidence.names import is_readable, same_name


def name(gazetteer, cell):
    reading = read(f"低保证号|乡镇|户主姓名\nD1|绕二镇|{cell}", gazetteer)
    return rows_of(reading, "head")[0][0], [reason for _, _, reason in set_aside(reading)]


@pytest.mark.parametrize(
    ("cell", "becomes"),
    [("张　三", "张三"), ("张 三", "张三"), ("买买提•江", "买买提·江"), ("买买提．江", "买买提·江")],
)
def test_12_spaces_inside_a_name_go_and_dots_are_one(gazetteer, cell, becomes):
    assert name(gazetteer, cell) == (becomes, [])


def test_12_a_note_in_brackets_goes_to_the_quarantine_and_the_name_is_taken(gazetteer):
    assert name(gazetteer, "张三（已故）") == ("张三", ["name_note"])


@pytest.mark.parametrize("cell", ["䶮某", "㛃某", "𬭎某", "?某", "□某", "\ue863某"])
def test_13_rare_private_and_lost_characters_stay_as_they_came(gazetteer, cell):
    assert name(gazetteer, cell) == (cell, [])


@pytest.mark.parametrize("written", ["?龙", "□龙", "\ue863龙", "？龙", "䶮龙"])
def test_13_a_lost_character_agrees_with_any_other(written):
    assert same_name(written, "䶮龙") and same_name("䶮龙", written)
    assert not same_name(written, "䶮虎") and not same_name(written, "䶮龙生")
    assert is_readable(written) == (written == "䶮龙")


def test_13_names_that_differ_in_a_lost_character_are_not_two_names(workspace, tmp_path):
    books.xlsx(tmp_path / "台账.xlsx", {"表": [HEAD, ("D1", "绕二镇", "李?", P1, 2, 330)]})
    books.xlsx(
        tmp_path / "家庭成员.xlsx", {"表": [("低保证号", "姓名", "身份证号", "与户主关系"), ("D1", "李䶮", P1, "户主")]}
    )
    import_files(workspace, sorted(tmp_path.glob("*.xlsx")), dt.datetime(2011, 6, 1))
    assert ids_of_several_names(workspace).empty


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_14_a_csv_of_either_encoding_gives_the_same_dot_and_rare_character(workspace, tmp_path, encoding):
    books.csv(tmp_path / "绕二镇.csv", [HEAD, ("D1", "绕二镇", "䶮·江", P1, 2, 330)], encoding)
    import_files(workspace, [tmp_path / "绕二镇.csv"], dt.datetime(2011, 6, 1))
    assert workspace.table("households")["head"].tolist() == ["䶮·江"]
