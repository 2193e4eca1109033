"""Cadres who filed nothing and self-inspection figures that do not tie to the detail: 专项 (R32, R33, R47)."""

from __future__ import annotations

from dibao_lib.demo.hidden import Planted
from dibao_lib.demo.irregularities.picker import Picker
from dibao_lib.demo.model import Draft
from dibao_lib.demo.money import Rates

# (kinds of the form's rows, cell, by how much): each makes one wrong cell
_MISCOUNTS = (
    (("农村", "合计"), "hh_p.households", 3),
    (("农村", "合计"), "hh_p.persons", -5),
    (("城市", "合计"), "in_new.households", 2),
    (("农村", "合计"), "out5.income_households", 2),
    (("合计",), "panel.met", 1),
    (("合计",), "hh_p.persons", 10),
)


def silent_cadres(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Cadres without a filing, not even a nil return (C2)."""
    candidates = [
        c for c in draft.cadres if c.filed_on and not c.filings and c.level == "村(居)" and c.post != "村小组长"
    ]
    for cadre in picker.rng.sample(candidates, 6):
        cadre.filed_on = None
        draft.truth.append(Planted("C2", cadre.township, person_id=cadre.person.pid))


def miscounted_forms(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Figures of the statistical form that nobody can recompute (C3)."""
    townships = picker.rng.sample([t.code for t in draft.plan.townships], len(_MISCOUNTS))
    for township, (kinds, cell, difference) in zip(townships, _MISCOUNTS, strict=True):
        draft.miscounted.append((township, kinds, cell, difference))
        draft.truth.append(Planted("C3", township))
