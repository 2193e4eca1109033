"""Monthly statistics as two counties published them (tests/data/gov_stats), laid out as the printed table again.

The stored text of a page has lost its blank cells; what can be told for certain are the first two figures of a row
(households, persons), where there are any, and the groups of sums: total, allowance, extras, for the year and the month.
"""

from dataclasses import dataclass
from pathlib import Path

from dibao_lib.evidence.form import Average, Band, Field, Form, Kind

FOLDER = Path(__file__).parent.parent / "data" / "gov_stats"

FORM = Form(
    table="published",
    title="居民最低生活保障统计表",
    title_words=("最低生活保障统计表",),
    marks=("area", "month_dibao"),
    fields=(
        Field("area", "地区", kind=Kind.TOWNSHIP, required=True),
        Field("households", "低保户数", kind=Kind.INT),
        Field("persons", "低保人数", kind=Kind.INT),
        Field("ytd_total", "本年累计支出合计", kind=Kind.MONEY, unit="元"),
        Field("ytd_dibao", "本年累计支出低保金", kind=Kind.MONEY, unit="元"),
        Field("ytd_other", "本年累计支出其他补贴", kind=Kind.MONEY, unit="元"),
        Field("month_total", "当月支出合计", kind=Kind.MONEY, unit="元"),
        Field(
            "month_dibao", "当月支出低保金", kind=Kind.MONEY, unit="元", plausible=Band(50_00, 3_000_00, per="persons")
        ),
        Field("month_other", "当月支出其他补贴", kind=Kind.MONEY, unit="元"),
        Field("percap", "人均水平", kind=Kind.MONEY, unit="元/人·月"),
    ),
    averages=(Average("percap", "month_dibao", "persons"),),
)


@dataclass(frozen=True)
class Published:
    """One row of a page, in the figures printed there; None where the page is blank."""

    area: str
    households: float | None
    persons: float | None
    ytd_total: float
    ytd_dibao: float
    month_total: float
    month_dibao: float
    percap: float | None

    def cells(self):
        other = [
            round(total - dibao, 2) or ""
            for total, dibao in ((self.ytd_total, self.ytd_dibao), (self.month_total, self.month_dibao))
        ]
        row = [self.area, self.households, self.persons, self.ytd_total, self.ytd_dibao, other[0]]
        row += [self.month_total, self.month_dibao, other[1], self.percap]
        return ["" if cell is None else cell for cell in row]


def rows(name):
    """The rows of one stored page."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [_row(line) for line in lines if line and not line.startswith("#")]


def _row(line):
    area, *figures = line.split()
    numbers = [float(figure) for figure in figures]
    if any("." in figure for figure in figures):
        first = next(place for place, figure in enumerate(figures) if "." in figure)
        counts, sums = numbers[:first], numbers[first:]
        groups = [sums[0], sums[1], sums[5], sums[6]]
        return Published(area, counts[0], counts[1], *groups, sums[-1])
    first = next(place for place, number in enumerate(numbers) if number > 2000)
    counts, sums = numbers[:first], numbers[first:]
    percap = sums[-1] if area.endswith("县") else None
    month = _after_extras(sums)
    return Published(area, *(counts[:2] or (None, None)), sums[0], sums[1], sums[month], sums[month + 1], percap)


def _after_extras(sums):
    """Where the month's sums begin: behind the extras that make up the year's total."""
    place, extras = 2, 0.0
    while extras < sums[0] - sums[1] or sums[place] == 0:
        extras += sums[place]
        place += 1
    return place


def printed(title, unit, body):
    """The table as the office prints it: title, unit line, two header lines with merged cells, column numbers, rows."""
    grid = [
        [title],
        ["填报单位：民政局", "", "", "", "", "", "", "", f"单位：户、人、{unit}"],
        [
            "地区",
            "低保户数",
            "低保人数",
            f"本年累计支出（{unit}）",
            "",
            "",
            f"当月支出（{unit}）",
            "",
            "",
            "人均水平（元）",
        ],
        ["", "", "", "合计", "低保金", "其他补贴", "合计", "低保金", "其他补贴", ""],
        ["甲", *map(str, range(1, 10))],
        *(row.cells() for row in body),
        ["填表人：", "", "审核人："],
    ]
    merged = ((0, 0, 0, 9), (2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 2, 5), (2, 6, 2, 8), (2, 9, 3, 9))
    return [[*row, *[""] * (10 - len(row))] for row in grid], merged
