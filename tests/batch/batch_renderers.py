"""Renderers for the tests of batches; children import them."""


def render_text(executed, folder, formats):
    """The text of all outputs, one file a format."""
    text = "".join(output.get("text", "") for cell in executed.cells for output in cell.get("outputs", ()))
    for name in formats:
        (folder / f"report.{name}").write_text(text, encoding="utf-8")


def render_nothing(executed, folder, formats):
    """No documents."""


def render_badly(executed, folder, formats):
    """Fails half way, with a person in its message."""
    (folder / "report.txt").write_text("half", encoding="utf-8")
    raise KeyError("张三")
