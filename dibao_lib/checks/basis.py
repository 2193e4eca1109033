"""What a run rested on: its day, its plan, the files as they were imported; a later run tells from it why findings went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dibao_lib.evidence.manifest import Manifest
from dibao_lib.units import chinese_date
from dibao_lib.workspace import Inspection


@dataclass(frozen=True, slots=True)
class Basis:
    """What the findings of a run follow from.

    Args:
        today: the day as of which the run judged.
        plan: digest of plan.toml; blank when it was not noted.
        files: file below inbox/ -> digest of its bytes, of every file whose rows are in the tables.
    """

    today: dt.date
    plan: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, inspection: Inspection, today: dt.date) -> Basis:
        """What a run on this day rests on."""
        files = Manifest.load(inspection.evidence).files
        return cls(today, inspection.plan.digest, {name: files[name].sha256 for name in sorted(files)})

    @classmethod
    def from_json(cls, about: Mapping[str, Any]) -> Basis:
        """What `to_json` gave; runs of earlier versions noted their day only."""
        return cls(dt.date.fromisoformat(about["today"]), about.get("plan", ""), about.get("files", {}))

    def to_json(self) -> dict[str, Any]:
        """Plain data, the same for the same basis."""
        return {"today": self.today.isoformat(), "plan": self.plan, "files": dict(self.files)}

    def changed_files(self, later: Basis) -> set[str]:
        """Files that came, went or were corrected from this run to a later one."""
        return {name for name, _ in self.files.items() ^ later.files.items()}

    def other_change(self, later: Basis) -> str:
        """What else changed to a later run, in Chinese; blank when nothing did."""
        if self.plan and self.plan != later.plan:
            return "方案数据有改动"
        if self.today != later.today:
            return f"检查截止日由{chinese_date(self.today)}改为{chinese_date(later.today)}"
        return ""
