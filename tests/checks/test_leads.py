"""Leads people can judge, over everything the checks find in the made-up county: sentence, key, class, order."""

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dibao_lib.checks import match_strength, ranked, rules, run_checks
from dibao_lib.demo import demo_day


@pytest.fixture(scope="module")
def findings(inspected):
    return inspected.findings


def test_an_explanation_is_one_chinese_sentence_with_a_figure(findings):
    for row in findings.itertuples():
        told = row.explanation
        assert re.fullmatch(r"[^。\n]{8,}。", told), told
        # what a board lacks, a reason for being included, and who inspects whom are no numbers
        assert row.check_id in {"P11", "O16", "O17", "C5"} or re.search(r"[0-9]|一名|一人|一本", told), told
        assert not re.search(r"[,;:()?!]", re.sub(r"(?<=[0-9]),(?=[0-9])", "", told)), told
        assert not re.search("NULL|None|nan|：。|，。|；。|，，", told), told


def test_an_explanation_says_what_was_found_and_what_should_be(findings):
    assert findings[["observed", "expected"]].map(bool).all(axis=None)


def test_the_strength_of_every_key_is_known_and_a_weak_one_proves_nothing(findings):
    strengths = findings["match_key"].map(match_strength)
    assert not (strengths.eq("弱") & findings["severity"].eq("A")).any()
    # who names a person has a key to him
    assert strengths[findings["person_id"].notna()].isin(["强", "中"]).all()


def test_a_register_without_a_cut_off_date_proves_nothing(own_copy, write_evidence):
    registers = pq.read_table(own_copy.evidence / "registers.parquet")
    place = registers.schema.get_field_index("asof")
    undated = registers.set_column(place, "asof", pa.nulls(registers.num_rows, pa.date32()))
    dated = own_copy.findings()
    write_evidence(own_copy, "registers", undated)
    found = run_checks(own_copy, demo_day(own_copy.plan)).findings
    files = set(registers["source_file"].to_pylist())

    def resting(frame):
        return frame[[any(source.split("#")[0] in files for source in sources) for sources in frame["sources"]]]

    assert "A" in set(resting(dated)["severity"])
    assert "B" in set(resting(found)["severity"]) and "A" not in set(resting(found)["severity"])


def test_any_order_of_the_rows_gives_the_same_bytes(own_copy, write_evidence):
    """Evidence with every kind of dirt, its rows as if the files had come in another order."""
    before = (own_copy.folder / "findings.parquet").read_bytes()
    for seed, name in enumerate(
        ("households", "members", "payments", "registers", "assessments", "reviews", "standards")
    ):
        table = pq.read_table(own_copy.evidence / f"{name}.parquet")
        order = np.random.default_rng(seed).permutation(table.num_rows)
        write_evidence(own_copy, name, table.take(order))
    run_checks(own_copy, demo_day(own_copy.plan))
    assert (own_copy.folder / "findings.parquet").read_bytes() == before


def rows(*drawn):
    names = ["severity", "certainty", "amount_fen", "check_id", "finding_id"]
    return pd.DataFrame(drawn, columns=names).astype({"amount_fen": "Int64"})


DRAWN = rows(
    ("B", "E0", 900, "O2", "f1"),
    ("A", "E1", 500, "F7", "f2"),
    ("A", "E0", 100, "O1", "f3"),
    ("A", "E0", 500, "O4", "f4"),
    ("C", "E1", None, "G3", "f5"),
    ("A", "E0", None, "C1", "f6"),
    ("A", "E0", None, "S1", "f7"),
)


def test_the_largest_amount_of_a_class_comes_first_and_the_surer_of_two_equal_ones():
    assert list(ranked(DRAWN)["finding_id"]) == ["f4", "f2", "f3", "f7", "f6", "f1", "f5"]


def test_the_surest_of_a_class_comes_first_when_asked_for():
    assert list(ranked(DRAWN, "certainty")["finding_id"]) == ["f4", "f3", "f7", "f6", "f2", "f1", "f5"]


def test_the_order_does_not_depend_on_the_order_before(findings):
    shuffled = findings.sample(frac=1, random_state=3)
    assert list(ranked(shuffled)["finding_id"]) == list(ranked(findings)["finding_id"])
    assert list(ranked(findings).index) == list(range(len(findings)))


def test_no_findings_have_no_order(findings):
    assert ranked(findings.iloc[:0]).empty


def test_every_check_may_be_ranked():
    frame = rows(*(("A", rule.certainty, 1, rule.id, rule.id) for rule in rules()))
    assert sorted(ranked(frame)["finding_id"]) == sorted(rule.id for rule in rules())
