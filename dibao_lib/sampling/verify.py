"""Verification: repeats a recorded draw and names what was changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from dibao_lib.errors import DibaoError
from dibao_lib.sampling.commitment import commitment_from
from dibao_lib.sampling.design import design_from
from dibao_lib.sampling.draw import Draw, Replacement
from dibao_lib.sampling.frame import Frame
from dibao_lib.sampling.record import FORMAT, draw_record
from dibao_lib.sampling.tickets import ticket

_SHOWN = 5


def verify(draw_json: str | bytes | Mapping[str, Any], frame: Frame | None = None) -> list[str]:
    """What does not hold in a recorded draw; an empty list when everything does.

    Args:
        draw_json: the text of draws/<name>.json, or its data.
        frame: the frame as the verifier knows it; without one the recorded frame is checked against its hash only.

    Returns:
        Problems, one Chinese sentence each: frame, design, commitment, seed, tickets, sample, replacements.
    """
    try:
        record = json.loads(draw_json) if isinstance(draw_json, str | bytes) else dict(draw_json)
    except ValueError:
        return ["抽样记录不是完整的 JSON 文件，可能被截断或改动过。请用原始文件重新核验。"]
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        return [f"这不是抽样记录：缺少 format = {FORMAT}。请选择 draws 目录下的 .json 文件。"]
    try:
        return list(dict.fromkeys(_problems(record, frame)))
    except DibaoError as error:
        return [f"抽样记录无法重新抽取：{error}"]
    except (AttributeError, KeyError, TypeError, ValueError, ZeroDivisionError):
        return ["抽样记录的内容不完整或类型不对，可能被改动过。请用原始文件重新核验。"]


def restore(record: Mapping[str, Any]) -> Draw:
    """The draw that a record describes, with the recorded frame, not yet verified.

    Raises:
        KeyError: the record is incomplete.
        InputRefused: the recorded frame cannot be read.
    """
    return Draw(
        Frame.from_lines("\n".join(record["frame"])),
        design_from(record["design"]),
        str(record["seed"]),
        commitment_from(record["commitment"]) if record["commitment"] else None,
        restore(record["other"]) if record["other"] else None,
        record["extended"],
        tuple(Replacement(**change) for change in record["replacements"]),
    )


def _problems(record: Mapping[str, Any], frame: Frame | None) -> Iterator[str]:
    made = restore(record)
    yield from _frame_problems(record, made, frame)
    if record["design_hash"] != made.design.hash or record["design"] != made.design.to_dict():
        yield f"抽样方案被改动：记录的方案与其 SHA-256（{record['design_hash'][:12]}…）对不上。"
    if record["name"] != made.design.name:
        yield f"抽样名称被改动：记录为“{record['name']}”，方案中为“{made.design.name}”。"
    if made.commitment:
        if record["commitment"].get("hash") != made.commitment.hash:
            yield "承诺书被改动：内容与其 SHA-256 对不上。"
        yield from (f"{problem}。" for problem in made.commitment.problems(made.frame, made.design))
    if record["other"]:
        yield from (f"相关联的抽样“{made.other and made.other.design.name}”：{p}" for p in verify(record["other"]))
    wrong = [row["unit"] for row in record["sample"] if row["ticket"] != _ticket(made, row["unit"])]
    if wrong and len(wrong) == len(record["sample"]):
        yield "随机种子或抽样名称被改动：按记录的种子计算，全部号码都对不上。"
    elif wrong:
        yield f"号码被改动：{_some(wrong)} 的号码与种子计算的不符。"
    yield from _sample_problems(record, made)


def _ticket(made: Draw, unit: str) -> str:
    return ticket(made.seed, made.design.name, unit)


def _frame_problems(record: Mapping[str, Any], made: Draw, frame: Frame | None) -> Iterator[str]:
    if record["frame_hash"] != made.frame.hash:
        yield f"抽样框被改动：记录的抽样框与其 SHA-256（{record['frame_hash'][:12]}…）对不上。"
    if record["frame_count"] != len(made.frame.units):
        yield f"抽样框被改动：应有{record['frame_count']}个单元，记录中有{len(made.frame.units)}个。"
    if frame is None or frame.hash == made.frame.hash:
        return
    recorded, known = set(record["frame"]), set(frame.lines.splitlines())
    extra = sorted({line.split("\t")[0] for line in recorded - known})
    absent = sorted({line.split("\t")[0] for line in known - recorded})
    if changed := sorted(set(extra) & set(absent)):
        yield f"抽样框与核验用的不同：{_some(changed)} 的层或规模被改动。"
    if added := [unit for unit in extra if unit not in changed]:
        yield f"抽样框与核验用的不同：抽样记录多出 {_some(added)}。"
    if lost := [unit for unit in absent if unit not in changed]:
        yield f"抽样框与核验用的不同：抽样记录缺少 {_some(lost)}。"


def _sample_problems(record: Mapping[str, Any], made: Draw) -> Iterator[str]:
    again = draw_record(made)["sample"]
    told, found = [row["unit"] for row in record["sample"]], [row["unit"] for row in again]
    if added := [unit for unit in told if unit not in found]:
        yield f"样本被改动：{_some(added)} 不应抽中。"
    if lost := [unit for unit in found if unit not in told]:
        yield f"样本被改动：{_some(lost)} 应抽中而不在样本中。"
    if not added and not lost and told != found:
        yield "样本被改动：抽取顺序与号码顺序不符。"
    expected = {row["unit"]: row for row in again}
    for key, label in (
        ("stratum", "层"),
        ("order", "顺序号"),
        ("probability", "入样概率"),
        ("certainty", "必查标记"),
        ("reason", "必查理由"),
    ):
        rows = [row for row in record["sample"] if row["unit"] in expected]
        if differ := [row["unit"] for row in rows if row[key] != expected[row["unit"]][key]]:
            yield f"样本被改动：{_some(differ)} 的{label}与重新抽取的不符。"
    yield from _replacement_problems(made)


def _replacement_problems(made: Draw) -> Iterator[str]:
    """Every replacement must be the next ticket of its stratum at its time."""
    again = Draw(made.frame, made.design, made.seed, made.commitment, made.other, made.extended)
    for change in made.replacements:
        try:
            again = again.replace(change.unit, change.reason, change.approver)
        except DibaoError as error:
            yield f"递补记录被改动：{error}"
            return
        if (due := again.replacements[-1].by) != change.by:
            yield f"递补记录被改动：{change.unit} 应由下一号 {due} 递补，记录为 {change.by}。"
            return


def _some(units: list[str]) -> str:
    more = f" 等{len(units)}个单元" if len(units) > _SHOWN else ""
    return "、".join(units[:_SHOWN]) + more
