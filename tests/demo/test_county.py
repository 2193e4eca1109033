"""The county before anything is written down: deterministic, plausible, and without a fault nobody planted."""

from collections import Counter

import pytest
from direct import snapshot

from dibao_lib import idnumber
from dibao_lib.checks import rules, run_checks
from dibao_lib.demo import build_county, compare, demo_day
from dibao_lib.demo.dirt import Raw
from dibao_lib.demo.draws import draw_townships
from dibao_lib.workspace import Inspection


def rows(county, table):
    return [row for group in county.tables[table].values() for row in group]


def checked(county, folder):
    inspection = Inspection.create(folder / "workspace")
    snapshot(county, inspection)
    return run_checks(inspection, demo_day(inspection.plan)).findings


def test_the_same_seed_makes_the_same_county(county, again):
    assert again.tables == county.tables
    assert again.truth == county.truth
    assert again.dirt == county.dirt


def test_another_seed_makes_other_people(plan, county):
    other = build_county(plan, county.seed + 1)
    mine, theirs = ({row["pid"] for row in rows(c, "members")} for c in (county, other))
    assert len(mine & theirs) < len(mine) / 10


def test_planting_does_not_reshuffle_the_background(plan, county):
    background = build_county(plan, county.seed, irregular=False)
    before, after = ({row["hh_id"]: row for row in rows(c, "households")} for c in (background, county))
    assert before.keys() == after.keys()
    changed = sum(before[hh_id] != after[hh_id] for hh_id in before)
    assert changed < len(before) / 20
    assert background.truth == ()


def test_it_has_the_size_of_a_county(county):
    households, members = rows(county, "households"), rows(county, "members")
    assert 6000 <= len(households) <= 7500
    assert 1.5 <= len(members) / len(households) <= 2.6
    a_township = Counter(row["twn_id"] for row in households)
    assert len(a_township) == 16
    assert min(a_township.values()) >= 150
    assert len({row["vil_id"] for row in households if isinstance(row["vil_id"], str)}) == 146


def test_every_id_is_valid_and_of_the_county(county):
    ids = {row["pid"] for row in rows(county, "members") if not isinstance(row["pid"], Raw)}
    assert [pid for pid in ids if idnumber.fault(pid)] == []
    assert {pid[:6] for pid in ids} == set(county.plan.place.id_area_codes[:3])


# checks whose lawful look-alikes are documents of no township: what is not planted must not be found
ALIKE = {
    "S1": "a standard just at its floor",
    "S2": "a standard that ends the day before the next one begins",
    "S3": "a joint notice the government agreed to",
    "S4": "a standard that falls due tomorrow",
}


def test_every_check_has_several_planted_cases(county):
    planted = Counter(case.check_id for case in county.truth)
    assert {rule.id for rule in rules()} == set(planted)
    assert min(planted.values()) >= 2


def test_every_irregularity_has_a_lawful_case_that_looks_alike(county):
    spared = {case.check_id for case in county.lawful}
    assert {rule.id for rule in rules()} - spared == set(ALIKE)


def test_files_and_truth_hold_no_money_that_is_not_whole_fen(county):
    amounts = [row[name] for row in rows(county, "households") for name in ("base", "total", "pci", "income_year")]
    assert all(isinstance(amount, int) for amount in amounts)


def wrongly_found(findings, county):
    """Lawful cases some finding of their check speaks of."""
    return [case for case in county.lawful if compare(findings, [case]).found]


def few(findings, county):
    """At most three leads per hundred households."""
    return len(findings) <= len(rows(county, "households")) * 3 // 100


def test_a_county_without_irregularities_has_no_breach_and_few_leads(plan, tmp_path):
    background = build_county(plan, 1, irregular=False)
    findings = checked(background, tmp_path)
    assert findings.loc[findings["severity"] == "A", ["check_id", "explanation"]].values.tolist() == []
    assert few(findings, background)
    # households in a cadre's book, villages in which nobody moved: leads by their nature
    assert set(findings["check_id"]) <= {"O14", "G5"}


@pytest.mark.parametrize(("seed", "year"), [(2, 2011), (3, 2012)])
def test_what_is_planted_is_found_and_nothing_else(tmp_path, seed, year):
    inspection = Inspection.create(tmp_path / "workspace", year=year)
    other = build_county(inspection.plan, seed)
    snapshot(other, inspection)
    draw_townships(inspection, demo_day(inspection.plan))
    run = run_checks(inspection, demo_day(inspection.plan))
    comparison = compare(run.findings, other.truth)
    assert comparison.missed == ()
    assert comparison.unplanted_a["explanation"].tolist() == []
    assert few(comparison.unplanted_b, other)
    assert wrongly_found(run.findings, other) == []
    # no other document, no draw that falls short
    documents = {"S1", "S2", "S3", "C5"} | ({"S4"} if year == 2011 else set())
    assert not documents & set(comparison.unplanted_b["check_id"])
    assert [status.id for status in run.statuses if status.missing] == []
    assert comparison.found == len(other.truth)
