"""One changed character anywhere in a record is named."""

import json

import pandas as pd
import pytest

from dibao_lib.sampling import Design, Frame, commit, draw, verify

TABLE = pd.DataFrame({"code": [f"{361181100 + k}" for k in range(20)], "层": ["大", "小"] * 10, "户": range(50, 70)})
FRAME = Frame.from_dataframe(TABLE, "code", "层", "户")
DESIGN = Design("督查", rate="20%", certainty={"361181105": "群众来信"})


def record():
    made = draw(FRAME, DESIGN, "骰子 3 1 4", commit(FRAME, DESIGN, "会上掷骰子"))
    return made.replace(made.rows[1].unit, "外出", "张主任").to_json()


def changed(change):
    data = json.loads(record())
    change(data)
    return verify(json.dumps(data), FRAME)


def test_an_untouched_record_verifies():
    assert verify(record(), FRAME) == []
    assert verify(json.loads(record())) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda d: d.update(seed="骰子 3 1 5"), "随机种子或抽样名称被改动"),
        (lambda d: d["design"].update(rate="3/10"), "抽样方案被改动"),
        (lambda d: d["design"].update(name="督察"), "抽样名称被改动"),
        (lambda d: d["design"]["certainty"].update({"361181105": "群众来电"}), "抽样方案被改动"),
        (lambda d: d["frame"].__setitem__(3, "361181103\t大\t53"), "361181103 的层或规模被改动"),
        (lambda d: d["frame"].__setitem__(3, "361181193\t小\t53"), "抽样记录多出 361181193"),
        (lambda d: d["frame"].pop(), "抽样记录缺少 361181119"),
        (lambda d: d["sample"].pop(), "应抽中而不在样本中"),
        (lambda d: d["sample"][1].update(unit="361181111"), "361181111 不应抽中"),
        (lambda d: d["sample"][1].update(ticket="0" * 64), "号码被改动"),
        (lambda d: d["sample"][1].update(probability="1/2"), "的入样概率与重新抽取的不符"),
        (lambda d: d["sample"].reverse(), "抽取顺序与号码顺序不符"),
        (lambda d: d["commitment"].update(source="事后指定"), "承诺书被改动"),
        (lambda d: d["commitment"].update(frame_hash="0" * 64), "抽样框与承诺时不同"),
        (lambda d: d["replacements"][0].update(by="361181119"), "递补"),
        (lambda d: d["replacements"][0].update(reason=""), "递补记录被改动"),
        (lambda d: d.update(format="别的"), "这不是抽样记录"),
        (lambda d: d.pop("design"), "抽样记录的内容不完整"),
    ],
)
def test_a_change_is_named(change, sentence):
    problems = changed(change)
    assert any(sentence in problem for problem in problems), problems


def test_every_single_changed_character_of_frame_design_and_seed_is_noticed():
    data = json.loads(record())
    for part in ("frame", "design", "seed"):
        text = json.dumps(data[part], ensure_ascii=False)
        for k in [k for k, char in enumerate(text) if char.isalnum()][:: 1 if part != "frame" else 7]:
            other = "8" if text[k] != "8" else "9"
            try:
                again = {**data, part: json.loads(text[:k] + other + text[k + 1 :])}
            except ValueError:
                continue
            assert verify(again, FRAME) != [], (part, text[max(0, k - 8) : k + 8])


def test_a_truncated_record_is_refused_in_one_sentence():
    assert verify(record()[:-20], FRAME) == ["抽样记录不是完整的 JSON 文件，可能被截断或改动过。请用原始文件重新核验。"]


def test_a_record_of_another_frame_names_the_difference():
    other = Frame.from_dataframe(TABLE.iloc[1:], "code", "层", "户")
    assert verify(record(), other) == ["抽样框与核验用的不同：抽样记录多出 361181100。"]


def test_a_nested_draw_is_verified_with_the_draw_it_rests_on():
    crossed = draw(FRAME, Design("交叉检查", rate="30%"), "骰子")
    text = draw(FRAME, Design("督查", rate="20%", within="交叉检查"), "骰子", other=crossed).to_json()
    assert verify(text, FRAME) == []
    data = json.loads(text)
    data["other"]["seed"] = "筛子"
    assert any("相关联的抽样“交叉检查”" in problem for problem in verify(data, FRAME))
