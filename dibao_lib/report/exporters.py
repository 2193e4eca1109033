"""`jupyter nbconvert --to dibao_html | dibao_docx | dibao_pdf`: an executed notebook as a report."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter

from dibao_lib.report.formats import docx, html, pdf
from dibao_lib.report.notebook import read_blocks


class HtmlReport(Exporter):
    """The report as one HTML page."""

    export_from_notebook = "检查报告（HTML）"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[str, Any]:  # type: ignore[override]
        """The page's text and nbconvert's resources."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        return html.render(read_blocks(notebook)).decode(), resources


class DocxReport(Exporter):
    """The report as a Word file."""

    export_from_notebook = "检查报告（Word）"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def _file_extension_default(self) -> str:
        return ".docx"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[bytes, Any]:  # type: ignore[override]
        """The file's bytes and nbconvert's resources."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        return docx.render(read_blocks(notebook)), resources


class PdfReport(Exporter):
    """The report as a PDF/A file."""

    export_from_notebook = "检查报告（PDF）"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[bytes, Any]:  # type: ignore[override]
        """The file's bytes and nbconvert's resources."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        return pdf.render(read_blocks(notebook)), resources
