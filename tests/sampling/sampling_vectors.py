"""The published vectors of tests/data/sampling.json, each with its source."""

import json
from fractions import Fraction
from pathlib import Path

_FILE = Path(__file__).parent.parent / "data" / "sampling.json"
VECTORS = {vector["id"]: vector for vector in json.loads(_FILE.read_text(encoding="utf-8"))["vectors"]}


def named(*prefixes):
    return [vector for key, vector in VECTORS.items() if key.startswith(prefixes)]


def cells(vector):
    """(row value, column value, expected) of a published table."""
    inputs = vector["inputs"]
    for row, line in zip(inputs["rows"], vector["expected"], strict=True):
        for column, expected in zip(inputs["cols"], line, strict=True):
            yield row, column, expected


def percent(number):
    return Fraction(str(number)) / 100
