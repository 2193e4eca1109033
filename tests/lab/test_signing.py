"""Only code that came with the software runs by itself."""

import json

import nbformat
import pytest
from nbformat.sign import NotebookNotary

from dibao_lib.lab.signing import sign_shipped
from dibao_lib.notebooks import copy_notebooks


@pytest.fixture
def folder(tmp_path):
    copy_notebooks(tmp_path / "notebooks")
    return tmp_path / "notebooks"


def trusted(path, data_dir):
    with NotebookNotary(data_dir=data_dir) as notary:
        return notary.check_signature(nbformat.read(path, as_version=4))


def test_shipped_notebooks_are_signed(folder, tmp_path):
    keys = str(tmp_path / "keys" / "jupyter")
    assert "00_start.ipynb" in sign_shipped(folder, keys)
    assert trusted(folder / "00_start.ipynb", keys)


def test_a_notebook_whose_code_was_changed_is_not_signed(folder, tmp_path):
    keys, path = str(tmp_path / "keys"), folder / "00_start.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][-2]["source"] = ["__import__('os').system('echo')"]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert "00_start.ipynb" not in sign_shipped(folder, keys)
    assert not trusted(path, keys)


def test_a_torn_file_is_passed_over(folder, tmp_path):
    (folder / "00_start.ipynb").write_text("{", encoding="utf-8")
    assert "01_plan.ipynb" in sign_shipped(folder, str(tmp_path / "keys"))
