"""The public record of a draw: canonical data in, canonical data out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dibao_lib.sampling.draw import Draw

FORMAT = "dibao-draw-1"


def draw_json(made: Draw) -> str:
    """The record as indented JSON text."""
    return json.dumps(draw_record(made), ensure_ascii=False, indent=1) + "\n"


def draw_record(made: Draw) -> dict[str, Any]:
    """Everything that decides the draw, and what it gave: frame, design, commitment, seed, tickets, replacements."""
    return {
        "format": FORMAT,
        "name": made.design.name,
        "seed": made.seed,
        "design": made.design.to_dict(),
        "design_hash": made.design.hash,
        "frame_hash": made.frame.hash,
        "frame_count": len(made.frame.units),
        "frame": made.frame.lines.splitlines(),
        "commitment": made.commitment and {**made.commitment.to_dict(), "hash": made.commitment.hash},
        "other": made.other and draw_record(made.other),
        "extended": made.extended,
        "sample": [
            {
                "unit": row.unit,
                "stratum": row.stratum,
                "order": row.order,
                "ticket": row.ticket,
                "probability": str(row.probability),
                "certainty": row.certainty,
                "reason": made.design.certainty.get(row.unit, ""),
            }
            for row in made.selection.drawn
        ],
        "replacements": [
            {"unit": change.unit, "by": change.by, "reason": change.reason, "approver": change.approver}
            for change in made.replacements
        ],
    }
