"""The county's real workbooks through the real intake and the real checks."""

from collections import Counter

import pandas as pd
import pytest
from paper import Inbox, same_text
from written import TABLES, as_tuples, expected_rows, imported_rows

from dibao_lib.demo import compare
from dibao_lib.demo.workbooks import county_files


def test_everything_planted_is_found(inspected):
    comparison = compare(inspected.findings, inspected.county.truth)
    assert comparison.missed == ()
    assert comparison.found == len(inspected.county.truth)


def test_nothing_else_is_called_a_breach_and_few_are_leads(inspected):
    comparison = compare(inspected.findings, inspected.county.truth)
    assert comparison.unplanted_a[["check_id", "township", "explanation"]].values.tolist() == []
    assert len(comparison.unplanted_b) <= len(inspected.inspection.table("households")) * 3 // 100


def test_what_cannot_be_trusted_is_set_aside_and_nothing_more(inspected):
    set_aside = inspected.inspection.table("quarantine")
    names = {township.code: township.name for township in inspected.county.plan.townships}
    files = [next((n for n in names.values() if file.startswith(n)), "") for file in set_aside["source_file"]]
    found = Counter(zip(files, set_aside["table"], set_aside["field"], set_aside["reason"], strict=True))
    expected = Counter()
    for dirt in inspected.county.dirt:
        expected[names.get(dirt.township, ""), dirt.table, dirt.field, dirt.reason] += dirt.rows
    assert found == expected


def test_no_file_name_holds_a_name_or_an_id(inspected):
    people = {row["name"] for group in inspected.county.tables["members"].values() for row in group}
    for file in inspected.inspection.inbox.iterdir():
        assert [name for name in people if name in file.stem] == []


@pytest.mark.parametrize("table", TABLES)
def test_what_was_written_is_what_was_read(inspected, table):
    imported = imported_rows(inspected.inspection, inspected.county, table)
    for township in ("", *inspected.county.styles):
        fields, rows = expected_rows(inspected.county, table, township)
        expected, found = as_tuples(rows, fields), as_tuples(imported.get(township, ()), fields)
        assert found - expected == Counter(), (table, township, fields)
        assert expected - found == Counter(), (table, township, fields)


def sample(findings, each=1):
    return findings.groupby("check_id").head(each)


def test_the_sources_of_a_finding_lead_to_its_rows(inspected):
    inbox = Inbox(inspected.inspection.inbox)
    # who inspects whom is read from the draws
    assigned = inspected.findings.query("check_id == 'C5'")["sources"].explode()
    assert len(assigned) and all((inspected.inspection.folder / s.partition("#")[0]).is_file() for s in assigned)
    for finding in sample(inspected.findings.query("check_id != 'C5'")).itertuples():
        rows = [inbox.row(source) for source in finding.sources]
        assert rows and all(any(row) for row in rows), finding.finding_id
        for wanted in (finding.household_id, finding.person_id):
            if not pd.isna(wanted):
                assert any(same_text(wanted, cell) for row in rows for cell in row), (finding.check_id, finding.sources)


def test_the_sources_of_a_village_finding_lie_in_the_village(inspected):
    inbox = Inbox(inspected.inspection.inbox)
    names = {village.code: village.name for village in inspected.county.plan.villages}
    findings = inspected.findings[inspected.findings["check_id"].isin(["P3", "P4", "P6", "O18"])]
    for finding in sample(findings).itertuples():
        short = names[finding.village_code][:2]
        for source in finding.sources[:5]:
            assert any(short in str(cell) for cell in inbox.row(source)), (finding.check_id, source)


def test_the_same_seed_writes_the_same_sheets(county, again):
    for one, other in zip(county_files(county), county_files(again), strict=True):
        assert one == other


def test_offices_write_in_different_ways(inspected):
    suffixes = Counter(file.suffix for file in inspected.inspection.inbox.iterdir())
    assert set(suffixes) == {".xlsx", ".xls", ".csv"}
    names = {file.name for file in inspected.inspection.inbox.iterdir()}
    assert any("农村低保家庭查询" in name for name in names)
    assert any("花名册" in name for name in names)
