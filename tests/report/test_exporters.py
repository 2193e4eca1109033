"""jupyter nbconvert --to dibao_html, dibao_docx, dibao_pdf."""

import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from nbconvert.exporters import Exporter
from nbformat import v4

from dibao_lib.report import exporters

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
NOTEBOOK = v4.new_notebook(cells=[v4.new_markdown_cell("# 检查报告\n\n## 基本情况\n\n共三户。")])


@pytest.mark.parametrize(
    ("exporter", "suffix", "start"),
    [
        (exporters.HtmlReport, ".html", "<!DOCTYPE html>"),
        (exporters.DocxReport, ".docx", b"PK"),
        (exporters.PdfReport, ".pdf", b"%PDF"),
    ],
)
def test_an_executed_notebook_becomes_a_report(exporter, suffix, start):
    output, resources = exporter().from_notebook_node(NOTEBOOK)
    assert output.startswith(start)
    assert resources["output_extension"] == suffix


def test_the_entry_points_name_these_classes():
    named = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]["entry-points"]["nbconvert.exporters"]
    for target in named.values():
        module, name = target.split(":")
        assert issubclass(getattr(import_module(module), name), Exporter)
