"""A report is made again when anything that decides its content has changed, and only then."""

import json

import pytest

from dibao_lib.batch.freshness import digest, is_current, seal, versions

EXTRA = {"township": "银城街道", "formats": "html,docx"}


@pytest.fixture
def files(tmp_path):
    for name, text in {"households.parquet": "h", "payments.parquet": "p", "in.ipynb": "{}"}.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def made(files, *, names=("households.parquet", "payments.parquet"), extra=EXTRA):
    return digest([files / name for name in (*names, "in.ipynb")], extra)


@pytest.mark.parametrize("name", ["households.parquet", "payments.parquet", "in.ipynb"])
def test_a_changed_file_changes_the_digest(files, name):
    before = made(files)
    (files / name).write_text("other")
    assert made(files) != before


@pytest.mark.parametrize("extra", [{}, {**EXTRA, "township": "香屯街道"}, {**EXTRA, "pandas": "3.1.1"}])
def test_anything_else_that_counts_changes_the_digest(files, extra):
    assert made(files, extra=extra) != made(files)


def test_a_renamed_or_missing_input_changes_the_digest(files):
    before = made(files)
    assert made(files, names=["households.parquet"]) != before
    (files / "payments.parquet").rename(files / "payment.parquet")
    assert made(files, names=["households.parquet", "payment.parquet"]) != before


def test_neither_the_order_nor_the_place_of_the_files_counts(files, tmp_path_factory):
    moved = tmp_path_factory.mktemp("moved")
    for path in files.iterdir():
        (moved / path.name).write_bytes(path.read_bytes())
    assert made(moved, names=("payments.parquet", "households.parquet")) == made(files)


def test_inputs_of_one_name_are_told_apart_by_their_folders(files):
    def both(one, two):
        for folder, text in (("a", one), ("b", two)):
            (files / folder).mkdir(exist_ok=True)
            (files / folder / "x.parquet").write_text(text)
        return made(files, names=("a/x.parquet", "b/x.parquet"))

    assert both("1", "2") != both("2", "1")


def test_versions_cover_this_package_and_what_it_needs():
    known = versions()
    assert known["pandas"]
    assert known["typst"]
    assert len(known["dibao_lib"]) == 64
    assert "pytest" not in known


class TestAFinishedFolder:
    @pytest.fixture
    def folder(self, tmp_path):
        (tmp_path / "report.html").write_text("x")
        seal(tmp_path, "abc")
        return tmp_path

    def test_is_current_for_its_own_digest_only(self, folder):
        assert is_current(folder, "abc")
        assert not is_current(folder, "abd")

    def test_is_not_current_without_one_of_its_files(self, folder):
        (folder / "report.html").unlink()
        assert not is_current(folder, "abc")

    @pytest.mark.parametrize(
        "text", ["", "{", "[]", "{}", '"abc"', '{"digest": "abc"}', '{"digest": "abc", "files": 1}']
    )
    def test_is_not_current_with_a_broken_marker(self, folder, text):
        (folder / ".done.json").write_text(text)
        assert not is_current(folder, "abc")

    def test_tells_the_digest_of_every_file(self, folder):
        assert json.loads((folder / ".done.json").read_text())["files"] == {
            "report.html": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
        }


def test_a_folder_that_is_not_there_is_not_current(tmp_path):
    assert not is_current(tmp_path / "none", "abc")
