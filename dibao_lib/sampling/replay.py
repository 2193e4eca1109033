"""The draw again without this software: a bash script that needs only sha256sum, sort, head and, by size, awk."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from dibao_lib.sampling.selection import Drawn, free_units
from dibao_lib.sampling.tickets import inclusion_probabilities

if TYPE_CHECKING:
    from dibao_lib.sampling.draw import Draw

_HEAD = """#!/usr/bin/env bash
# 抽样复核：{title}。任何人运行本脚本都得到同一名单。
# 只需要 sha256sum、sort、head{extra}。号码 = SHA-256("种子,名称,单元")，由小到大抽取。
set -euo pipefail
export LC_ALL=C
seed={seed}
name={name}
ticket() {{ printf '%s,%s,%s' "$seed" "$name" "$1" | sha256sum | head -c 64; }}

# 抽样框的 SHA-256，应与抽样前公布的一致
frame() {{ cat <<'FRAME'
{frame}FRAME
}}
found=$(frame | sha256sum | head -c 64)
if [ "$found" != {frame_hash} ]; then echo "抽样框被改动：$found" >&2; exit 5; fi
"""

_CERTAIN = """
# 必查单元：{reason}
echo {unit}
"""

_STRATUM = """
# {stratum}：可抽{available}个，抽{n}个
while IFS= read -r unit; do printf '%s\\t%s\\n' "$(ticket "$unit")" "$unit"; done <<'UNITS' |
{units}UNITS
sort | {{ head -n {n}; cat >/dev/null; }} | while IFS=$'\\t' read -r _ unit; do echo "$unit"; done
"""

_PARETO = """
# 按规模概率抽样：排序值 = [号码/(2^256-号码)] × [(1-入样概率)/入样概率]，取40位小数，由小到大取{n}个
# 大数用 awk 按七位一节的竖式计算，不用小数
while IFS=$'\\t' read -r chance of unit; do
  printf '%s\\t%s\\t%s\\t%s\\n' "$(ticket "$unit")" "$((of - chance))" "$chance" "$unit"
done <<'UNITS' |
{units}UNITS
awk -F '\\t' '{program}' | sort | {{ head -n {n}; cat >/dev/null; }} | while IFS=$'\\t' read -r _ _ unit; do echo "$unit"; done
"""

_INTERVAL = """
# 等距货币单元：总额{total}分，抽{n}个，起点由“start”的号码确定
hexed=$(ticket start)
start=0
for ((i = 63; i >= 0; i--)); do start=$(((16#${{hexed:i:1}} * {total} + start) / 16)); done
reached=0
k=0
while IFS=$'\\t' read -r size unit; do
  reached=$((reached + size * {n}))
  while ((k < {n} && start + k * {total} < reached)); do echo "$unit"; k=$((k + 1)); done
done <<'UNITS'
{units}UNITS
"""


def replay_script(made: Draw) -> str:
    """The script; it prints the units drawn, certainty units first, one a line, as the sample lists them."""
    rows = made.selection.drawn
    extra = " 和 awk" if made.design.method == "pareto" else ""
    head = _HEAD.format(
        title=_plain(made.design.name),
        extra=extra,
        seed=_quoted(made.seed),
        name=_quoted(made.design.name),
        frame=made.frame.lines,
        frame_hash=made.frame.hash,
    )
    parts = [head]
    parts += [
        _CERTAIN.format(unit=_quoted(row.unit), reason=_plain(made.design.certainty.get(row.unit, "规模达到抽样间隔")))
        for row in rows
        if row.certainty
    ]
    body = {"srs": _strata, "pareto": _by_size, "interval": _at_intervals}[made.design.method]
    return "".join([*parts, *body(made, [row for row in rows if not row.certainty])])


def _strata(made: Draw, rows: list[Drawn]) -> list[str]:
    counts = Counter(row.stratum for row in rows)
    free = _free_units(made)
    return [
        _STRATUM.format(
            stratum=_plain(stratum or "全部单元"),
            available=len(free[stratum]),
            n=counts[stratum],
            units="".join(f"{unit}\n" for unit in sorted(free[stratum])),
        )
        for stratum in sorted(free)
        if counts[stratum]
    ]


def _by_size(made: Draw, rows: list[Drawn]) -> list[str]:
    chances = {unit: p for unit, p in _chances(made).items() if 0 < p < 1}
    units = "".join(f"{p.numerator}\t{p.denominator}\t{unit}\n" for unit, p in sorted(chances.items()))
    return [_PARETO.format(n=len(rows), units=units, program=_program())] if rows else []


def _program() -> str:
    return Path(__file__).with_name("pareto.awk").read_text(encoding="utf-8")


def _at_intervals(made: Draw, rows: list[Drawn]) -> list[str]:
    sizes = dict(zip(made.frame.units, made.frame.sizes, strict=True))
    units = sorted(unit for unit, p in _chances(made).items() if p < 1)
    total = sum(sizes[unit] for unit in units)
    lines = "".join(f"{sizes[unit]}\t{unit}\n" for unit in units)
    return [_INTERVAL.format(n=len(rows), total=total, units=lines)] if rows else []


def _chances(made: Draw) -> dict[str, Fraction]:
    """Inclusion probabilities that the order of the draw goes by."""
    sizes = dict(zip(made.frame.units, made.frame.sizes, strict=True))
    free = {unit: sizes[unit] for units in _free_units(made).values() for unit in units if sizes[unit]}
    return inclusion_probabilities(free, made.design.size(made.frame) - len(made.design.certainty))


def _free_units(made: Draw) -> dict[str, list[str]]:
    return free_units(made.frame, made.design, made.other_units)


def _quoted(text: str) -> str:
    """A bash word that means the text and nothing else."""
    return "'" + text.replace("'", "'\\''") + "'"


def _plain(text: str) -> str:
    """Text for a comment: one line."""
    return " ".join(text.split())
