"""dibao draw as a city office uses it: commit, draw, verify (contract 4.1, R57, R58)."""

import json
import subprocess

import pytest

from dibao_lib.sampling import coverage
from dibao_lib.workspace import Inspection


@pytest.fixture
def place(tmp_path):
    Inspection.create(tmp_path / "w")
    return tmp_path / "w"


def sample(place, name):
    return [row["unit"] for row in json.loads((place / "draws" / f"{name}.json").read_text(encoding="utf-8"))["sample"]]


def test_supervision_covers_20_percent_and_replays_in_bash(dibao, place):
    code, out, _ = dibao("-w", place, "draw", "督查", "--unit", "township", "--rate", "20%", "--seed", "3 1 4")
    assert code == 0
    assert "共16个单元，抽中4个" in out
    assert "本次抽样没有事先承诺" in out
    assert len(sample(place, "督查")) == coverage(16, "20%") == 4
    told = subprocess.run(["bash", place / "draws" / "督查.sh"], capture_output=True, text=True, check=True)
    assert told.stdout.split() == sample(place, "督查")
    code, out, _ = dibao("draw", "verify", place / "draws" / "督查.json")
    assert (code, out) == (0, "督查.json 核验通过：抽样框、方案、种子、号码和样本一致。\n")


def test_a_committed_draw_needs_only_the_seed(dibao, place):
    words = ["--rate", "30%", "--source", "双色球2026055期", "--certain", "绕二镇=群众来信", "--witness", "张三"]
    code, out, _ = dibao("-w", place, "draw", "commit", "交叉检查", *words)
    assert code == 0
    assert "抽样框16个单元，抽5个，种子取自：双色球2026055期" in out
    code, out, _ = dibao("-w", place, "draw", "交叉检查", "--seed", "03 08 12")
    assert code == 0
    assert "必查  361181103  绕二镇  群众来信" in out
    assert "没有事先承诺" not in out
    record = json.loads((place / "draws" / "交叉检查.json").read_text(encoding="utf-8"))
    assert record["commitment"]["source"] == "双色球2026055期"


def test_what_was_committed_cannot_be_changed_afterwards(dibao, place):
    dibao("-w", place, "draw", "commit", "督查", "--rate", "20%", "--source", "骰子")
    code, _, err = dibao("-w", place, "draw", "commit", "督查", "--rate", "30%", "--source", "骰子")
    assert (code, err.strip()) == (2, "“督查”已经承诺或抽取过，不能更改。需要另抽的，请换一个抽样名称。")
    code, _, err = dibao("-w", place, "draw", "督查", "--rate", "30%", "--seed", "6")
    assert code == 3
    assert "抽样方案与承诺时不同" in err


def test_a_draw_is_not_repeated_until_it_pleases(dibao, place):
    words = ("-w", place, "draw", "督查", "--rate", "20%", "--seed")
    assert dibao(*words, "6")[0] == dibao(*words, "6")[0] == 0
    code, _, err = dibao(*words, "7")
    assert (code, err.strip()) == (2, "“督查”已经抽取过，不能重抽。需要另抽的，请换一个抽样名称。")


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("督查.json", '"seed": "6"', '"seed": "5"', "随机种子或抽样名称被改动"),
        ("督查.json", '"rate": "1/5"', '"rate": "1/4"', "抽样方案被改动"),
        ("督查.json", "361181103\\t", "361181193\\t", "抽样框被改动"),
        ("督查.commitment.json", "骰子", "铁子", "承诺文件 督查.commitment.json 的内容与其 SHA-256 对不上"),
        ("督查.sh", "361181103", "361181193", "复核脚本 督查.sh 与抽样记录不符"),
    ],
)
def test_a_changed_file_ends_with_exit_code_5(dibao, place, file, old, new, sentence):
    dibao("-w", place, "draw", "commit", "督查", "--rate", "20%", "--source", "骰子")
    dibao("-w", place, "draw", "督查", "--seed", "6")
    path = place / "draws" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    code, _, err = dibao("draw", "verify", place / "draws" / "督查.json")
    assert code == 5
    assert "督查.json 核验未通过：" in err
    assert sentence in err


def test_supervision_inside_cross_inspection(dibao, place):
    dibao("-w", place, "draw", "交叉检查", "--rate", "30%", "--seed", "6")
    code, _, _ = dibao("-w", place, "draw", "督查", "--rate", "20%", "--within", "交叉检查", "--seed", "6")
    assert code == 0
    assert set(sample(place, "督查")) < set(sample(place, "交叉检查"))
    code, _, _ = dibao("draw", "verify", place / "draws" / "督查.json")
    assert code == 0


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["督查", "--seed", "6"], 2, "样本量（n）和抽样比例（rate）须写且只写一个"),
        (["督查", "--rate", "20%"], 2, "缺少参数：种子"),
        (["督查", "--rate", "两成", "--seed", "6"], 2, "抽样比例“两成”不是数字"),
        (["督查", "--n", "17", "--seed", "6"], 3, "要抽17个，抽样框只有16个单元"),
        (["督查", "--n", "4", "--unit", "县", "--seed", "6"], 2, "抽样单元应为 township、village、household"),
        (["督查", "--n", "4", "--certain", "绕二镇", "--seed", "6"], 2, "“绕二镇”没有写理由"),
        (["督查", "--n", "4", "--certain", "火星镇=远", "--seed", "6"], 3, "火星镇 不在抽样框中"),
        (["督查", "--n", "4", "--method", "pareto", "--seed", "6"], 2, "按规模抽样请写 --size"),
        (["../督查", "--n", "4", "--seed", "6"], 3, "抽样名称要用作文件名"),
        (["verify", "没有.json"], 2, "读不到抽样记录 没有.json"),
    ],
)
def test_a_wrong_command_is_one_chinese_sentence(dibao, place, words, code, sentence):
    found, _, err = dibao("-w", place, "draw", *words)
    assert found == code, err
    assert sentence in err


def test_households_are_drawn_by_township_from_the_register(dibao, own_copy):
    words = ("--unit", "household", "--in", "绕二镇", "--n", "12", "--seed", "6")
    code, out, _ = dibao("-w", own_copy.folder, "draw", "入户", *words)
    assert code == 0, out
    register = own_copy.table("households").set_index("hh_id")["twn_id"]
    assert set(register[sample(own_copy.folder, "入户")]) == {"361181103"}


def test_townships_are_drawn_in_proportion_to_their_money(dibao, own_copy):
    words = ("--method", "pareto", "--size", "amount", "--n", "5", "--seed", "6")
    code, out, _ = dibao("-w", own_copy.folder, "draw", "资金", *words)
    assert code == 0, out
    assert len(sample(own_copy.folder, "资金")) == 5
    assert dibao("draw", "verify", own_copy.folder / "draws" / "资金.json")[0] == 0


def test_a_replacement_takes_the_next_ticket_and_keeps_both(dibao, place):
    dibao("-w", place, "draw", "督查", "--rate", "20%", "--seed", "3 1 4")
    gone = sample(place, "督查")[1]
    code, out, _ = dibao("-w", place, "draw", "replace", "督查", gone, "--reason", "洪水断路", "--approver", "张主任")
    assert code == 0
    assert f"{gone} 由下一号" in out and "理由：洪水断路，批准人：张主任" in out
    record = json.loads((place / "draws" / "督查.json").read_text(encoding="utf-8"))
    assert [change["unit"] for change in record["replacements"]] == [gone]
    assert dibao("draw", "verify", place / "draws" / "督查.json")[0] == 0


def test_a_replacement_without_an_approver_is_refused(dibao, place):
    dibao("-w", place, "draw", "督查", "--rate", "20%", "--seed", "3 1 4")
    code, _, err = dibao("-w", place, "draw", "replace", "督查", sample(place, "督查")[0], "--reason", "洪水断路")
    assert code == 2
    assert "缺少参数：姓名" in err


def test_an_extension_keeps_what_was_drawn(dibao, place):
    dibao("-w", place, "draw", "督查", "--rate", "20%", "--seed", "3 1 4")
    first = sample(place, "督查")
    code, out, _ = dibao("-w", place, "draw", "extend", "督查", "--n", 6)
    assert (code, "由4个追加到6个，原有的全部保留" in out) == (0, True)
    assert sample(place, "督查")[:4] == first
    assert dibao("draw", "verify", place / "draws" / "督查.json")[0] == 0


def test_a_second_stage_draws_in_every_township_and_verifies(dibao, place):
    dibao("-w", place, "draw", "督查", "--rate", "20%", "--seed", "3 1 4")
    code, out, _ = dibao("-w", place, "draw", "stage", "督查", "村", "--unit", "village", "--n", 2)
    assert (code, "在“督查”抽中的4个单元内共抽8个" in out) == (0, True)
    for unit in sample(place, "督查"):
        path = place / "draws" / "村" / f"{unit}.json"
        assert dibao("draw", "verify", path)[0] == 0
        told = subprocess.run(["bash", path.with_suffix(".sh")], capture_output=True, text=True, check=True)
        assert all(village.startswith(unit) for village in told.stdout.split())
    code, out, _ = dibao("-w", place, "draw", "extend", f"村/{sample(place, '督查')[0]}", "--n", 3)
    assert (code, "由2个追加到3个" in out) == (0, True)


def test_households_need_the_register_first(dibao, place):
    dibao("-w", place, "draw", "督查", "--rate", "20%", "--seed", "3 1 4")
    code, _, err = dibao("-w", place, "draw", "stage", "督查", "入户")
    assert (code, "表“households”尚未导入" in err) == (3, True)


def test_townships_inspect_each_other_by_rule(dibao, place):
    dibao("-w", place, "draw", "交叉检查", "--rate", "30%", "--seed", "5")
    code, out, _ = dibao("-w", place, "draw", "assign", "交叉检查", "--seed", "5", "--avoid", "绕二镇=香屯街道")
    assert code == 0
    assert out.count(" 检查 ") == 5
    assert "绕二镇 检查 香屯街道" not in out
    code, _, err = dibao("-w", place, "draw", "assign", "交叉检查", "--seed", "6")
    assert (code, "“交叉检查”的检查分工已经排定，不能重排" in err) == (2, True)
    code, _, err = dibao("-w", place, "draw", "assign", "交叉检查", "--seed", "5", "--avoid", "绕二镇")
    assert (code, "回避关系“绕二镇”读不懂" in err) == (2, True)


def test_leaders_share_the_townships_in_three_groups(dibao, place):
    words = [word for name in "甲乙丙丁" for word in ("--leader", name)]
    code, out, _ = dibao("-w", place, "draw", "areas", *words, "--seed", "7")
    assert code == 0
    assert {line.split()[0] for line in out.splitlines()[:4]} == {"第1组", "第2组", "第3组"}
    assert (place / "draws" / "teams" / "分片负责.xlsx").is_file()
    # teams are no draws: reports and verification skip them
    from dibao_lib.sampling.archive import kept_draws

    assert kept_draws(place / "draws") == []
