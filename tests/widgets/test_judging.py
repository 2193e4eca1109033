"""A draft judged change by change has exactly the faults that validating it anew would find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao_lib.plan import Plan
from dibao_lib.records.drafts import patched
from dibao_lib.records.form import blank
from dibao_lib.records.kinds import RECORD_KINDS, record_form
from dibao_lib.records.validate import tidy, validate
from dibao_lib.shipped import shipped
from dibao_lib.widgets.judging import Judged, packed
from dibao_lib.widgets.sight import completed

PLAN = Plan.read(shipped("templates") / "plans" / "dexing.toml")
GIVEN = {"cases": [{"hh_id": f"A{n}", "head": "甲"} for n in range(3)], "vil_id": "361181100201"}


@st.composite
def edits(draw):
    """A kind and a few answers typed one after another, sensible or not."""
    form = record_form(draw(st.sampled_from(RECORD_KINDS)).kind, PLAN)
    return form, draw(st.lists(_edit(form.fields, blank(form, GIVEN)), min_size=1, max_size=8))


def _edit(fields, data):
    options = []
    for field in fields:
        if field.type == "table" and data[field.name]:
            rows = st.integers(0, len(data[field.name]) - 1)
            inner = _edit(field.columns, data[field.name][0])
            options.append(st.tuples(rows, inner).map(lambda found, name=field.name: _below(name, *found)))
        elif field.type == "counts":
            roles = st.sampled_from(field.keys)
            options.append(
                st.tuples(roles, st.sampled_from(["3", "１４", "多", ""])).map(
                    lambda found, name=field.name: (f"{name}.{found[0]}", found[1])
                )
            )
        elif field.type != "shown":
            options.append(_answer(field).map(lambda value, name=field.name: (name, value)))
    return st.one_of(options)


def _below(name, row, edit):
    return f"{name}.{row}.{edit[0]}", edit[1]


def _answer(field):
    if field.choices:
        return st.sampled_from([*field.choices, "别的", ""]).map(lambda one: [one] if field.type == "choices" else one)
    if field.type == "table":
        return st.just([])
    return st.sampled_from(["", "12", "１２", "2011-06-10", "2010-01-01", "甲、乙", "x" * 300, True, None])


@given(edits())
def test_change_by_change_finds_what_validating_anew_finds(found):
    form, steps = found
    known = blank(form, GIVEN)
    typed, judged = known, Judged(form, {})
    for path, value in steps:
        typed = patched(typed, path, value)
        assert judged.faults(typed, known) == validate(form, tidy(form, completed(form.fields, typed, known)))


@pytest.mark.parametrize("path", ["nothing.here", "cases.x.agree", "cases.9.agree", "on.deeper"])
def test_a_path_that_leads_nowhere_is_an_error(path):
    with pytest.raises((LookupError, ValueError, TypeError)):
        patched(blank(record_form("hearing"), GIVEN), path, 1)


def test_a_fault_that_every_row_has_is_sent_once():
    data = {"cases": [{}, {}, {}]}
    faults = {f"cases.{n}.agree": "请填写" for n in range(3)} | {"cases.1.reason": "请写明", "on": "请选择"}
    assert packed(faults, data) == {"cases.*.agree": "请填写", "cases.1.reason": "请写明", "on": "请选择"}


def test_a_fault_of_some_rows_names_each():
    assert packed({"cases.0.agree": "请填写"}, {"cases": [{}, {}]}) == {"cases.0.agree": "请填写"}
