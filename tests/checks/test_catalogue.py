"""The catalogue of checks: ids, clauses, titles, what a check must say about itself, and that none is listed by hand."""

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest

import dibao_lib.checks
from dibao_lib.checks import rules
from dibao_lib.checks.catalogue import MODULES
from dibao_lib.checks.recipients import income
from dibao_lib.checks.rule import CHAPTERS, Query, Rule, check
from dibao_lib.errors import InputRefused
from dibao_lib.evidence.form import Kind
from dibao_lib.evidence.tables import table_fields, table_names
from dibao_lib.evidence.vocabulary import REGISTER
from dibao_lib.plan import Plan

# how many checks of each letter the catalogue plans
PLANNED = {"S": 5, "O": 20, "P": 13, "G": 5, "F": 10, "C": 7}
FIRST_RELEASE = [
    "S2",
    "O1",
    "O2",
    "O3",
    "O4",
    "O5",
    "O6",
    "O8",
    "O12",
    "O18",
    "P1",
    "P3",
    "P4",
    "P6",
    "F1",
    "F3",
    "F7",
    "C2",
    "C3",
]
TODAY = dt.date(2011, 6, 20)


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    file = tmp_path_factory.mktemp("plan") / "plan.toml"
    file.write_text(Plan.template("dexing"), encoding="utf-8")
    return Plan.read(file)


def test_the_checks_of_the_first_release_are_there_in_order():
    ids = [rule.id for rule in rules()]
    assert [id for id in ids if id in FIRST_RELEASE] == FIRST_RELEASE


def test_ids_are_unique_and_of_the_catalogue():
    assert max(Counter(rule.id for rule in rules()).values()) == 1
    assert all(1 <= int(rule.id[1:]) <= PLANNED[rule.id[0]] for rule in rules())
    assert set(CHAPTERS) == set(PLANNED)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_every_check_says_what_it_serves_and_where_it_may_err(rule, plan):
    assert rule.clauses and set(rule.clauses) <= plan.clauses.keys()
    assert re.search("[一-鿿]", rule.title)
    assert "Caveat:" in rule.description and rule.description.strip()[0].isupper()
    assert rule.chapter in plan.check_titles


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_every_check_needs_tables_that_exist(rule):
    for need in rule.needs:
        tables, _, registers = need.partition(":")
        assert set(tables.split("|")) <= {*table_names(), "drawn"}
        assert not registers or set(registers.split("|")) <= REGISTER.keys()


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_values_are_bound_and_never_formatted_in(rule, plan):
    query, later = rule(plan, TODAY), rule(plan, TODAY.replace(month=1))
    assert query.sql == later.sql
    assert set(re.findall(r"\$([a-z_]+)", query.sql)) == set(query.parameters)


def test_one_more_check_is_one_function_in_its_module(monkeypatch):
    @check("O20", "户籍与在住异常", clauses=("R13",), severity="B", certainty="E2", needs=("members",))
    def not_resident(plan: Plan, today: dt.date) -> Query:
        """Nobody. Caveat: none."""
        return Query("SELECT 1")

    monkeypatch.setattr(income, "not_resident", not_resident, raising=False)
    assert isinstance(not_resident, Rule) and not_resident in rules()


def test_modules_know_nothing_of_each_other():
    names = {module.__name__.rpartition(".")[2] for module in MODULES}
    for module in MODULES:
        imported = {getattr(value, "__module__", "").rpartition(".")[2] for value in vars(module).values()}
        assert not imported & (names - {module.__name__.rpartition(".")[2]})


def test_a_plan_without_a_needed_value_is_refused_by_name(plan):
    text = Plan.template("dexing").replace('id = "death_grace_months"', 'id = "other_grace_months"')
    rule = next(rule for rule in rules() if rule.id == "O4")
    with pytest.raises(InputRefused, match="death_grace_months"):
        rule(_read(text), TODAY)


def _read(text):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.toml"
        file.write_text(text, encoding="utf-8")
        return Plan.read(file)


def test_the_cells_of_the_statistics_form_are_those_of_its_declaration():
    """C3 names cells and their titles in SQL: they may not drift from the form townships fill in."""
    sql = (Path(dibao_lib.checks.__file__).parent / "recount.sql").read_text(encoding="utf-8")
    cells = {name: title for name, title in re.findall(r"\('([a-z0-9_.]+)', '([^']+)', '[户人个件元]', ", sql)}
    counted = {Kind.INT, Kind.MONEY}
    assert cells == {f.name: f.header for f in table_fields("stat_form").values() if f.kind in counted}
