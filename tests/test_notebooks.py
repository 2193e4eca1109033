"""The shipped notebooks: thin, without outputs, guided; every parameter explained in Chinese."""

import ast

import nbformat
import papermill
import pytest

from dibao_lib.shipped import shipped

NOTEBOOKS = sorted(shipped("notebooks").glob("*.ipynb"))
FORBIDDEN = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.Try, ast.Lambda, ast.With)


def _read(path):
    return nbformat.read(path, as_version=4)


def _code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestEachNotebook:
    def test_it_is_valid_and_holds_no_outputs_counts_or_machine_metadata(self, path):
        notebook = _read(path)
        nbformat.validate(notebook)
        assert [c for c in _code(notebook) if c.outputs or c.execution_count is not None] == []
        assert set(notebook.metadata) <= {"kernelspec", "language_info", "title", "dibao"}
        assert {key for cell in notebook.cells for key in cell.metadata} <= {"tags"}

    def test_its_cells_are_thin(self, path):
        for cell in _code(_read(path)):
            assert len([line for line in cell.source.splitlines() if not line.startswith("#")]) <= 6, cell.source
            assert not any(isinstance(node, FORBIDDEN) for node in ast.walk(ast.parse(cell.source))), cell.source

    def test_it_opens_with_a_title_and_one_parameters_cell(self, path):
        notebook = _read(path)
        assert notebook.cells[0].cell_type == "markdown"
        assert notebook.cells[0].source.startswith("# ")
        assert len([c for c in _code(notebook) if "parameters" in c.metadata.get("tags", [])]) == 1

    def test_every_parameter_has_a_type_and_a_chinese_meaning(self, path):
        parameters = papermill.inspect_notebook(str(path)).values()
        assert parameters
        for parameter in parameters:
            assert parameter["inferred_type_name"] in {"str", "int", "float", "bool"}, parameter
            assert any("\u4e00" <= char <= "\u9fff" for char in parameter["help"]), parameter


def test_notebooks_are_shipped():
    assert {"02_evidence", "township_report", "city_report"} <= {path.stem for path in NOTEBOOKS}
