"""Two-stage draws: villages, then households in each village drawn; probabilities multiply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from dibao_lib.sampling.draw import Draw

_SURE = "必查单元"


@dataclass(frozen=True)
class StagedDraw:
    """A draw of units and one draw in each of them.

    Attributes:
        first: the draw of the first stage.
        second: unit of the first stage -> draw of the second.
        sample: one row a second-stage unit: first_unit, unit, stratum, order, ticket, first_probability,
            second_probability, probability, weight, first_stratum, second_stratum, first_population,
            second_population, certainty. Certainty units are a stratum of their own at either stage.
    """

    first: Draw
    second: Mapping[str, Draw]
    sample: pd.DataFrame


def stage_draws(first: Draw, second: Mapping[str, Draw]) -> StagedDraw:
    """Joins the stages."""
    parts, sure = [], sum(row.certainty for row in first.rows)
    for row in first.rows:
        made = second[row.unit]
        part = made.sample.rename(columns={"probability": "second_probability"}).drop(columns="weight")
        part.insert(0, "first_unit", row.unit)
        part["first_probability"] = float(row.probability)
        part["first_stratum"] = _SURE if row.certainty else row.stratum
        part["first_population"] = sure if row.certainty else first.selection.free[row.stratum]
        part["second_stratum"] = part["stratum"].where(~part["certainty"], _SURE)
        inside = int(part["certainty"].sum())
        part["second_population"] = [
            inside if certain else made.selection.free[stratum]
            for certain, stratum in zip(part["certainty"], part["stratum"], strict=True)
        ]
        parts.append(part)
    sample = pd.concat(parts, ignore_index=True)
    sample["probability"] = sample["first_probability"] * sample["second_probability"]
    sample["weight"] = 1 / sample["probability"]
    return StagedDraw(first, dict(second), sample)
