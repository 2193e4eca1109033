"""Files as received: found, copied, never lost."""

import books
import pytest
from books import HEAD, ROWS

from dibao_lib.evidence.inbox import absent, expand, keep, left_out


def names(*paths):
    return [incoming.name for incoming in expand(paths)]


@pytest.fixture
def folder(tmp_path):
    for name in ("a.xlsx", "~$a.xlsx", ".hidden.xlsx", "b.XLS", "说明.docx", "绕二镇/c.csv", ".secret/d.csv", "e.txt"):
        path = tmp_path / "报送" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    return tmp_path / "报送"


def test_a_folder_means_its_tables_and_not_its_lock_files(folder):
    assert names(folder) == ["a.xlsx", "b.XLS", "e.txt", "绕二镇/c.csv"]


def test_files_of_a_folder_that_are_no_tables_are_named(folder):
    (folder / "a.xlsx.toml").write_text("", encoding="utf-8")
    (folder / "绕二镇" / "打包.zip").write_bytes(b"PK")
    assert left_out([folder, folder / "a.xlsx"]) == ["绕二镇/打包.zip", "说明.docx"]


def test_a_pattern_means_what_it_matches(folder):
    assert names(folder / "*.xls*") == ["a.xlsx", "~$a.xlsx"] or names(folder / "*.xlsx")[0] == "a.xlsx"


def test_a_file_named_twice_is_one(folder):
    assert names(folder, folder / "a.xlsx", folder / "*.txt") == ["a.xlsx", "b.XLS", "e.txt", "绕二镇/c.csv"]


def test_what_leads_nowhere_is_said(tmp_path):
    (tmp_path / "空").mkdir()
    assert absent([tmp_path / "空"]) == [
        f"“{tmp_path / '空'}”里没有可导入的文件（xlsx、xls、csv 等）。请把表册放入后重新导入。"
    ]
    assert absent([tmp_path / "无.xlsx"])[0].startswith("找不到")


def test_a_copy_is_kept_and_what_it_replaces_too(tmp_path):
    inbox = tmp_path / "inbox"
    first = books.xlsx(tmp_path / "甲.xlsx", {"台账": [HEAD]})
    before = first.read_bytes()
    keep(first, "绕二镇/甲.xlsx", inbox)
    books.xlsx(first, {"台账": [HEAD, *ROWS]})
    keep(first, "绕二镇/甲.xlsx", inbox)
    assert (inbox / "绕二镇" / "甲.xlsx").read_bytes() == first.read_bytes()
    (old,) = (inbox / ".replaced").iterdir()
    assert old.read_bytes() == before and old.name.endswith("-甲.xlsx") and len(old.name) == 12 + len("-甲.xlsx")


def test_an_equal_copy_replaces_nothing(tmp_path):
    path = books.xlsx(tmp_path / "甲.xlsx", {"台账": [HEAD]})
    for _ in range(2):
        keep(path, "甲.xlsx", tmp_path / "inbox")
    assert not (tmp_path / "inbox" / ".replaced").exists()
