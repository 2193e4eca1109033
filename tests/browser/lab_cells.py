"""Cells of a notebook run by hand in the browser."""


def run_cells(page, first, count):
    """Runs cells one after the other, as a person does: Shift+Enter."""
    page.locator(".jp-Cell").nth(first).click(position={"x": 40, "y": 10})
    for _ in range(count):
        page.keyboard.press("Shift+Enter")
