"""Comparing findings with what was planted."""

import pandas as pd

from dibao_lib.demo import Planted, compare


def findings(*rows):
    names = ["check_id", "severity", "township_code", "village_code", "household_id", "person_id"]
    return pd.DataFrame(rows, columns=names)


def test_a_finding_of_the_planted_household_counts():
    comparison = compare(findings(("O1", "A", "t", "v", "h", None)), [Planted("O1", "t", "v", "h")])
    assert (comparison.found, comparison.missed, len(comparison.unplanted_a)) == (1, (), 0)


def test_a_finding_of_another_household_does_not_count():
    planted = Planted("O1", "t", "v", "h")
    comparison = compare(findings(("O1", "A", "t", "v", "other", None)), [planted])
    assert (comparison.found, comparison.missed, len(comparison.unplanted_a)) == (0, (planted,), 1)


def test_one_finding_does_not_count_for_two_planted_cases():
    comparison = compare(findings(("C3", "A", "t", None, None, None)), [Planted("C3", "t"), Planted("C3", "t")])
    assert (comparison.found, len(comparison.missed)) == (1, 1)


def test_a_vague_case_leaves_the_finding_of_a_precise_one_alone():
    found = findings(("S2", "B", "t", None, None, None), ("S2", "A", None, None, None, None))
    comparison = compare(found, [Planted("S2"), Planted("S2", "t")])
    assert comparison.found == 2


def test_unplanted_findings_are_told_apart_by_severity():
    comparison = compare(findings(("O1", "A", "t", "v", "h", None), ("O8", "B", "t", "v", "h", "p")), [])
    assert comparison.unplanted_a["check_id"].tolist() == ["O1"]
    assert comparison.unplanted_b["check_id"].tolist() == ["O8"]


def test_no_findings_at_all_is_an_answer():
    comparison = compare(findings(), [Planted("O1", "t")])
    assert (comparison.found, len(comparison.missed), len(comparison.unplanted_b)) == (0, 1, 0)
