"""dibao verify: the log's chain, its attachments, the draws, the reports, and what is public (contract 4.1)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from dibao_lib.cli_help import ChineseCommand
from dibao_lib.commands.opening import open_workspace
from dibao_lib.commands.options import json_option
from dibao_lib.errors import InputRefused, VerificationFailed

if TYPE_CHECKING:
    from dibao_lib.records.checkpoint import Checkpoint
    from dibao_lib.workspace import Inspection


@click.command("verify", cls=ChineseCommand, help="核验记录链、附件、抽样、报告和公开材料，打印校验点。")
@click.option("--checkpoint", "printed", metavar="校验点", multiple=True, help="印在报告或签字表上的校验点，可写多次。")
@json_option
@click.pass_obj
def verify(workspace: str | None, printed: Sequence[str], as_json: bool) -> None:
    """Exit code 5 and the list of what was changed, when something was."""
    from dibao_lib.records.checkpoint import Checkpoint

    inspection = open_workspace(workspace)
    found, checkpoint = _log_problems(inspection, [Checkpoint.parse(text) for text in printed])
    problems = {"记录": found, "抽样": _draw_problems(inspection)}
    problems |= {"报告": _report_problems(inspection), "公开材料": _public_problems(inspection)}
    if as_json:
        click.echo(json.dumps({"checkpoint": checkpoint, "problems": problems}, ensure_ascii=False))
    else:
        for chapter, sentences in problems.items():
            click.echo(f"{chapter}：{'核验通过' if not sentences else f'{len(sentences)}处不符'}")
        click.echo(f"校验点 {checkpoint}" if checkpoint else "尚无记录，没有校验点。")
    if any(problems.values()):
        lines = [f"{chapter}：{sentence}" for chapter, sentences in problems.items() for sentence in sentences]
        raise VerificationFailed("\n".join(["核验未通过：", *lines]))


def _log_problems(inspection: Inspection, printed: Sequence[Checkpoint]) -> tuple[list[str], str]:
    from dibao_lib.records.attachments import Attachments
    from dibao_lib.records.exchange import referenced
    from dibao_lib.records.log import RecordLog
    from dibao_lib.records.publish import has_records

    if not has_records(inspection):
        return [f"工作区里没有记录库，而校验点记有{each.count}条：记录被移走或清空。" for each in printed], ""
    try:
        with RecordLog.open(inspection) as log:
            found = log.verify(*printed)
            if not found:
                wanted = referenced([event.data for record in log.records() for event in record.events])
                lost = Attachments.open(inspection).damaged(wanted)
                found = [f"附件 {name[:12]}… 缺失或已损坏，请从备份恢复 attachments 文件夹。" for name in lost]
            return found, str(log.checkpoint())
    except InputRefused as error:
        return [str(error)], ""


def _draw_problems(inspection: Inspection) -> list[str]:
    from dibao_lib.sampling.files import verify_file

    files = sorted((inspection.folder / "draws").glob("*.json"))
    draws = [path for path in files if not path.name.endswith(".commitment.json")]
    return [f"{path.name} {problem}" for path in draws for problem in verify_file(path)]


def _report_problems(inspection: Inspection) -> list[str]:
    from dibao_lib.batch.freshness import MARKER, changed

    found = [path for pattern in ("*", "*/*") for path in inspection.reports.glob(f"{pattern}/{MARKER}")]
    folders = sorted(path.parent for path in found)
    return [
        f"{folder.relative_to(inspection.reports).as_posix()}/{name} 与生成时不一致，被改动或缺失。请用 dibao report 重新生成，签字件以纸质为准。"
        for folder in folders
        for name in changed(folder)
    ]


def _public_problems(inspection: Inspection) -> list[str]:
    """Personal data in what may be published, also in files somebody edited or added by hand."""
    from dibao_lib.batch.places import PUBLIC
    from dibao_lib.report.leaks import find_leaks

    official = inspection.plan.contacts.values()
    return [
        f"{PUBLIC}/{leak}，不得公开，请删去或用 dibao report 重新生成。"
        for leak in find_leaks(inspection.reports / PUBLIC, official)
    ]
