"""Small notebooks for the tests of batches."""

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def notebook(*cells):
    """A notebook of code cells; a cell is its source, or its source and tags."""
    pairs = [(cell, []) if isinstance(cell, str) else cell for cell in cells]
    codes = [new_code_cell(source, metadata={"tags": tags}) for source, tags in pairs]
    return new_notebook(cells=codes, metadata={"kernelspec": KERNEL})


def save(path, *cells):
    """Writes such a notebook and returns its path."""
    nbformat.write(notebook(*cells), path)
    return path
