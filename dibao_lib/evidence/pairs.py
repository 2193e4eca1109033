"""Columns that come in twos: so many households, so many persons."""

from dibao_lib.evidence.form import Field, Kind


def households_and_persons(name: str, title: str, synonyms: tuple[str, ...] = ()) -> tuple[Field, Field]:
    """The pair 户数/人数 of one struct column; a dotted name makes both members of the struct before the dot.

    Args:
        name: the struct column, or `struct.part`.
        title: what stands before 户数 and 人数.
        synonyms: other ways to say it.
    """
    join = "_" if "." in name else "."
    households, persons = (
        Field(f"{name}{join}{part}", title + zh, tuple(word + zh for word in synonyms), Kind.INT)
        for part, zh in (("households", "户数"), ("persons", "人数"))
    )
    return households, persons
