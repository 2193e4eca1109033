"""The office's package for a team, and the three verbs as people use them: bundle, merge, verify."""

import datetime as dt
import json
import re
import shutil

import pytest
from record_writing import NINE, write

from dibao_lib.batch.freshness import seal
from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.plan import Plan
from dibao_lib.records.bundle import open_bundle
from dibao_lib.records.keys import make_keys, read_keys, trust
from dibao_lib.records.log import RecordLog
from dibao_lib.records.package import chosen, open_package, write_package
from dibao_lib.sampling import Design, draw
from dibao_lib.sampling.files import save_draw
from dibao_lib.sampling.frames import workspace_frame
from dibao_lib.workspace import Inspection

TEAM = "绕二镇"


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    for one, other in (("市办", "第一组"), ("第一组", "市办")):
        make_keys(folder / one, one)
    for one, other in (("市办", "第一组"), ("第一组", "市办")):
        trust(folder / one, folder / other / f"{other}.名片.json")
    return folder


@pytest.fixture(scope="module")
def carried(inspected, keys, tmp_path_factory):
    """(the office's inspection with three draws, the package made of it for the first team)."""
    folder = tmp_path_factory.mktemp("office")
    source = inspected.inspection.folder
    shutil.copytree(source / "evidence", folder / "evidence")
    for name in ("plan.toml", "findings.parquet"):
        shutil.copy(source / name, folder / name)
    office, townships = Inspection.open(folder), chosen(inspected.inspection.plan, [TEAM])
    other = next(township for township in office.plan.townships if township.name != TEAM)
    frames = {
        "督查": workspace_frame(office, "township", "", ""),
        "入户": workspace_frame(office, "household", TEAM, ""),
        "别处": workspace_frame(office, "household", other.name, ""),
    }
    for name, frame in frames.items():
        save_draw(folder / "draws", draw(frame, Design(name, n=3), "3 1 4"))
    package, own = folder / "第一组.低保交接", read_keys(keys / "市办")
    write_package(office, townships, package, own, own.named("第一组"), NINE)
    return office, package


@pytest.fixture
def opened(carried, keys, tmp_path):
    """(the office's inspection, the team's)."""
    office, package = carried
    with open_bundle(package, read_keys(keys / "第一组"), tmp_path) as content:
        return office, open_package(content, tmp_path / "第一组")


def test_a_team_gets_the_families_the_leads_and_the_payments_of_its_townships_and_no_others(opened):
    office, team = opened
    code = chosen(office.plan, [TEAM])[0].code
    assert set(team.table("households")["twn_id"]) == {code}
    assert len(team.findings()) == len(office.findings(TEAM)) > 0
    families = set(team.table("households")["hh_id"])
    for name in ("payments", "members", "assessments"):
        assert set(team.table(name)["hh_id"]) <= families
    expected = office.sql(
        "SELECT count(*) n FROM payments p SEMI JOIN households h ON p.hh_id = h.hh_id AND h.twn_id = $t", {"t": code}
    )
    assert len(team.table("payments")) == expected["n"][0] > 0


def test_registers_of_the_whole_county_stay_with_the_office(opened):
    office, team = opened
    assert {"registers", "quarantine"} <= set(office.tables())
    assert not {"registers", "quarantine"} & set(team.tables())
    assert len(team.table("standards")) == len(office.table("standards"))


def test_draws_come_along_unless_they_list_families_of_another_township(opened):
    _, team = opened
    assert sorted(path.name for path in (team.folder / "draws").iterdir()) == ["入户.json", "督查.json"]


def test_no_id_of_another_township_s_family_is_anywhere_in_a_team_s_workspace(opened):
    office, team = opened
    others = set(office.table("households")["head_pid"]) - set(team.table("households")["head_pid"]) - {None}
    text = "".join(str(team.table(name).to_dict()) for name in team.tables() if name not in ("members", "assessments"))
    found = set(re.findall(r"\d{17}[\dX]", text))
    assert found and not found & others


def test_a_team_keeps_its_records_in_a_file_even_if_the_office_has_a_server(own_copy, keys, tmp_path):
    plan = own_copy.folder / "plan.toml"
    plan.write_text(f'{plan.read_text("utf-8")}\n[records]\nurl = "postgresql://dibao@db/dibao"\n', "utf-8")
    own_copy = Inspection.open(own_copy.folder)
    office = read_keys(keys / "市办")
    write_package(own_copy, chosen(own_copy.plan, [TEAM]), tmp_path / "x", office, office.named("第一组"), NINE)
    with open_bundle(tmp_path / "x", read_keys(keys / "第一组"), tmp_path) as content:
        team = open_package(content, tmp_path / "第一组")
    assert (own_copy.plan.records.url, team.plan.records.url) == ("postgresql://dibao@db/dibao", "")
    assert Plan.read(team.folder / "plan.toml").clauses.keys() == own_copy.plan.clauses.keys()


def test_a_second_package_renews_the_evidence_and_keeps_what_was_recorded(opened, carried, keys, tmp_path):
    _, team = opened
    with RecordLog.open(team) as log:
        write(log)
    with open_bundle(carried[1], read_keys(keys / "第一组"), tmp_path) as content:
        open_package(content, team.folder)
    with RecordLog.open(team) as log:
        assert len(log.records()) == 1


def test_a_package_is_not_opened_over_a_folder_with_other_things(carried, keys, tmp_path):
    (tmp_path / "别的").mkdir()
    (tmp_path / "别的" / "notes.txt").write_text("x")
    with (
        open_bundle(carried[1], read_keys(keys / "第一组"), tmp_path) as content,
        pytest.raises(UsageError, match="“别的”不是空文件夹，也不是检查工作区"),
    ):
        open_package(content, tmp_path / "别的")


def test_the_office_and_a_team_hand_packages_to_and_fro(own_copy, keys, tmp_path, monkeypatch, dibao):
    office, team = own_copy.folder, tmp_path / "第一组"
    monkeypatch.setenv("DIBAO_KEYS", str(keys / "市办"))
    code, out, _ = dibao("-w", office, "bundle", "第一组", TEAM)
    assert code == 0 and re.match(rf"已打包：{TEAM}的低保家庭\d+户、线索\d+条和抽样记录，只有“第一组”能打开。", out)
    package = next((office / "交接").iterdir())

    monkeypatch.setenv("DIBAO_KEYS", str(keys / "第一组"))
    code, out, _ = dibao("bundle", "open", package, team)
    assert code == 0 and "已打开市办于" in out and list((team / "notebooks").glob("*.ipynb"))
    assert dibao("-w", team, "merge", package)[0] == 3
    with RecordLog.open(Inspection.open(team)) as log:
        write(log, "R1", who="第一组组长")
    code, out, _ = dibao("-w", team, "bundle", "市办")
    printed = re.search(r"校验点 (1-[0-9a-f-]+)", out)[1]
    handed_in = next((team / "交接").iterdir())

    monkeypatch.setenv("DIBAO_KEYS", str(keys / "市办"))
    with RecordLog.open(own_copy) as log:
        write(log, "R1", {"conclusion": "不符合"}, who="市办督查员", now=NINE + dt.timedelta(days=1))
    code, out, err = dibao("-w", office, "merge", handed_in, office / "plan.toml")
    assert code == 3 and "plan.toml 不是交接包，或没有签名，没有采用" in err
    assert "第一组，新增1条事件，涉及记录1条" in out
    assert "R1：第一组组长 2011-05-01 09:00:00；市办督查员 2011-05-02 09:00:00" in out
    code, out, _ = dibao("-w", office, "verify", "--checkpoint", printed)
    told = [f"{chapter}：核验通过" for chapter in ("记录", "抽样", "报告", "公开材料")]
    assert (code, out.splitlines()[:4]) == (0, told)


def test_a_computer_without_keys_is_told_how_to_make_them(own_copy, tmp_path, monkeypatch, dibao):
    monkeypatch.setenv("DIBAO_KEYS", str(tmp_path / "keys"))
    code, _, err = dibao("-w", own_copy.folder, "bundle", "第一组", TEAM)
    assert (code, err) == (
        2,
        "本机还没有密钥。请先运行 dibao bundle key 名称（如 第一组、市办），再把生成的名片发给对方。\n",
    )
    code, out, _ = dibao("bundle", "key", "市办")
    assert code == 0 and str(tmp_path / "keys" / "市办.名片.json") in out
    code, _, err = dibao("-w", own_copy.folder, "bundle", "第九组", TEAM)
    assert code == 2 and "没有“第九组”的名片。已收的名片：无。" in err
    code, _, err = dibao("-w", own_copy.folder, "bundle", "市办", "绕三镇")
    assert code == 2 and "没有名为“绕三镇”的乡镇" in err


def test_verify_ends_with_5_and_names_what_was_changed(own_copy, dibao):
    with RecordLog.open(own_copy) as log:
        write(log)
        with log.store.engine.execution_options(writing=True).begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER event_no_update")
            connection.exec_driver_sql("UPDATE event SET who = '别人'")
    frame = workspace_frame(own_copy, "township", "", "")
    path = save_draw(own_copy.folder / "draws", draw(frame, Design("复查", n=3), "3 1 4"))
    path.write_text(path.read_text("utf-8").replace("3 1 4", "3 1 5"), "utf-8")
    code, out, err = dibao("-w", own_copy.folder, "verify")
    assert code == 5 and "记录：1处不符" in out
    assert re.search(r"记录：设备\w{6}第1条：事件被改动（时间、记录人、操作、内容摘要之一）。", err)
    assert "抽样：复查.json " in err


def test_verify_says_in_json_what_it_says_in_words(own_copy, dibao):
    code, out, _ = dibao("-w", own_copy.folder, "verify", "--json", "--checkpoint", f"3-{'0' * 32}")
    said = json.loads(out)
    assert code == 5 and said["problems"]["记录"] == ["工作区里没有记录库，而校验点记有3条：记录被移走或清空。"]
    assert said["checkpoint"] == "" and not (own_copy.folder / "records.db").exists()


def test_verify_names_a_report_file_that_was_changed(own_copy, dibao):
    folder = own_copy.reports / "361181107-绕二镇"
    folder.mkdir(parents=True)
    (folder / "report.html").write_text("<p>属实</p>", "utf-8")
    seal(folder, "digest")
    (folder / "report.html").write_text("<p>不属实</p>", "utf-8")
    code, _, err = dibao("-w", own_copy.folder, "verify")
    assert code == 5 and "报告：361181107-绕二镇/report.html 与生成时不一致，被改动或缺失。" in err


def test_a_package_of_a_workspace_whose_evidence_is_damaged_is_not_made(own_copy, keys, tmp_path):
    path = own_copy.evidence / "households.parquet"
    path.write_bytes(path.read_bytes()[:-8] + b"damaged!")
    office = read_keys(keys / "市办")
    with pytest.raises(InputRefused, match="与导入时写下的内容不一致"):
        write_package(own_copy, chosen(own_copy.plan, [TEAM]), tmp_path / "x", office, office.named("第一组"), NINE)
