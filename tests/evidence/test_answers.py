"""What a person says about a file: believed before what is recognised, remembered for the next file of the same shape."""

import datetime as dt
import json

import pytest
from books import P1, P2, csv, xlsx
from sheets_drawn import drawn, rows_of, set_aside

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.answer_draft import draft_text, drafted
from dibao_lib.evidence.answer_file import answer_path, read_answer
from dibao_lib.evidence.answers import Guidance, SheetAnswer, remembered
from dibao_lib.evidence.forms import FORMS
from dibao_lib.evidence.intake import import_files
from dibao_lib.evidence.mapping import Vocabulary
from dibao_lib.evidence.report import FileReport
from dibao_lib.evidence.sheet import read_sheet

NOW = dt.datetime(2011, 6, 1, 9, 0)
VOCABULARY = Vocabulary(FORMS)
STRANGE = (("家庭代号", "所在地", "当家人", "每月给"), ("D1", "绕二镇", "张三", 330), ("D2", "绕二镇", "李四", 200))
ANSWER = """
[sheet."Sheet1"]
form = "低保对象台账(家庭)"
header_rows = [1, 1]
[sheet."Sheet1".columns]
A = "低保证号"
"所在地" = "twn_id"
C = "户主姓名"
D = "户月保障金额"
"""


def read(text, gazetteer, standard=0, remembered=None, source_file="绕二镇.xlsx", **said):
    guidance = Guidance({"Sheet1": SheetAnswer(**said)} if said else {}, remembered or {}, standard)
    return read_sheet(drawn(text), source_file, VOCABULARY, gazetteer, guidance)


def bring(workspace, *paths, **more):
    return import_files(workspace, [*paths], NOW, **more)


class TestAnAnswerIsBelieved:
    def test_a_sheet_nobody_could_read_is_read_as_the_answer_says(self, workspace, tmp_path):
        file = xlsx(tmp_path / "台账.xlsx", {"Sheet1": STRANGE})
        assert bring(workspace, file).totals["read"] == 0
        answer_path(file).write_text(ANSWER, encoding="utf-8")
        (sheet,) = bring(workspace, file).files[0].sheets
        assert (sheet.read, [column.how for column in sheet.columns]) == (2, ["人工确认"] * 4)
        assert workspace.table("households")["base"].tolist() == [33000, 20000]
        assert answer_path(workspace.inbox / "台账.xlsx").read_text("utf-8") == ANSWER

    def test_a_column_may_be_left_out_or_mean_something_else(self, gazetteer):
        text = "低保证号|户主姓名|家庭人口|保障人口|户月保障金额\nD1|张三|#2|#3|#330"
        reading = read(text, gazetteer, columns={"保障人口": "家庭人口", "E": "不导入"})
        assert rows_of(reading, "size", "covered", "base") == [(3, None, None)]
        assert [(one.column, one.header) for one in reading.report.spare] == [("C", "家庭人口"), ("E", "户月保障金额")]

    def test_a_sheet_may_be_left_out(self, gazetteer):
        reading = read("低保证号|户主姓名|家庭人口\nD1|张三|#2", gazetteer, form="不导入")
        assert (reading.report.table, reading.report.notes) == ("", ("已按人工指定不导入",))

    def test_values_for_all_rows_may_be_given(self, gazetteer):
        text = f"姓名|身份证号|死亡日期\n张三|{P1}|2011-01-05"
        reading = read(text, gazetteer, constants={"数据截止日": "2011-05-31"})
        assert rows_of(reading, "asof") == [(dt.date(2011, 5, 31),)]
        assert reading.report.constants["asof"] == "人工填写"

    def test_a_township_given_for_all_rows_says_where_villages_are_looked_up(self, gazetteer):
        text = "低保证号|户主姓名|村(居)\nD1|张三|双河社区"
        reading = read(text, gazetteer, source_file="x.xlsx", constants={"乡镇": "绕二镇"})
        assert rows_of(reading, "twn_id", "vil_id") == [("361181103", "361181103002")]

    def test_one_of_two_columns_with_equal_claims(self, gazetteer):
        text = "低保证号|发放月份|发放金额|发放金额\nD1|2010-01|#1|#2"
        assert rows_of(read(text, gazetteer, columns={"D": "发放金额"}), "amt") == [(200,)]

    @pytest.mark.parametrize(("told", "month"), [("1月", "2010-01"), ("10月", "2010-10")])
    def test_a_month_its_neighbours_do_not_decide(self, gazetteer, told, month):
        text = "低保证号|发放月份|发放金额\nD1|#2010.1|#330"
        asked = read(text, gazetteer)
        (question,) = asked.report.questions
        assert (question.key, question.choices, question.rows) == ("months.发放月份", ("1月", "10月"), 1)
        assert set_aside(asked) == [(2, "period", "unanswered")]
        (told_once,) = asked.report.problems
        assert "“发放月份”列有1处写成“年.1”，分不清是1月还是10月。可答：1月、10月。" in told_once
        assert told_once.endswith("（答复前1行暂不导入）")
        assert rows_of(read(text, gazetteer, months={"发放月份": told}), "period") == [(month,)]

    def test_a_row_whose_month_may_stay_blank_is_read_before_the_answer(self, gazetteer):
        asked = read("低保证号|户主姓名|家庭人口|起始保障年月\nD1|张三|#2|#2010.1", gazetteer)
        assert rows_of(asked, "hh_id", "start") == [("D1", None)]
        assert (asked.report.quarantined, asked.report.withheld) == ({}, {"unanswered": 1})
        (told_once,) = asked.report.problems
        assert told_once.endswith("（答复前1行的该格留空，其余已导入）")

    def test_the_sheet_that_could_be_two_forms(self, gazetteer):
        assert read("低保证号|户主姓名|家庭人口\nD1|张三|#2", gazetteer, form="低保对象台账(家庭)").report.read == 1


BASE = "低保证号|户主姓名|保障人口|户月保障金额\n"


def households(*rows):
    return BASE + "\n".join(f"D{number}|张三|#{heads}|#{amount}" for number, (heads, amount) in enumerate(rows))


class TestUnits:
    STANDARD = 15000

    def test_a_quarters_amount_shows_by_the_standard(self, gazetteer):
        reading = read(households((1, 300), (2, 600), (1, 270)), gazetteer, self.STANDARD)
        assert rows_of(reading, "base") == [(10000,), (20000,), (9000,)]
        assert "按元/户·季读取（只有这样才与保障标准相称），请核对" in reading.report.notes[0]

    def test_an_amount_that_may_be_a_quarters_or_a_years_is_asked_about(self, gazetteer):
        (question,) = read(households((1, 500)), gazetteer, self.STANDARD).report.questions
        assert (question.key, question.choices) == ("units.户月保障金额", ("元/户·月", "元/户·季", "元/户·年"))

    def test_an_amount_that_does_not_grow_with_the_heads_is_asked_about(self, gazetteer):
        text = households(*[(1, 100), (2, 100)] * 10)
        (question,) = read(text, gazetteer, self.STANDARD).report.questions
        assert question.choices == ("元/户·月", "元/人·月")
        reading = read(text, gazetteer, self.STANDARD, units={"户月保障金额": "元/人·月"})
        assert rows_of(reading, "base")[:2] == [(10000,), (20000,)]

    def test_the_header_is_believed_when_it_names_the_period(self, gazetteer):
        text = households((1, 500)).replace("户月保障金额", "户月保障金额（元/月）")
        assert rows_of(read(text, gazetteer, self.STANDARD), "base") == [(50000,)]

    def test_an_amount_a_head_without_its_heads_is_set_aside(self, gazetteer):
        text = BASE + "D1|张三|#2|#100\nD2|李四|~|#100"
        reading = read(text, gazetteer, units={"户月保障金额": "元/人·月"})
        assert rows_of(reading, "base") == [(20000,), (None,)]
        assert set_aside(reading) == [(3, "base", "missing")]

    def test_what_a_person_stated_is_not_doubted(self, gazetteer):
        text = households((1, 500))
        reading = read(text, gazetteer, self.STANDARD, units={"户月保障金额": "元/户·月"})
        assert rows_of(reading, "base") == [(50000,)]


class TestItIsRemembered:
    def test_for_the_next_file_with_the_same_header(self, workspace, tmp_path):
        first = xlsx(tmp_path / "甲.xlsx", {"Sheet1": STRANGE})
        answer_path(first).write_text(ANSWER, encoding="utf-8")
        bring(workspace, first)
        second = xlsx(tmp_path / "乙.xlsx", {"六月": (("台账",), *STRANGE[:1], ("D9", "海口镇", "王五", 100))})
        (sheet,) = bring(workspace, second).files[0].sheets
        assert (sheet.read, {column.how for column in sheet.columns}) == (1, {"沿用答复"})
        assert "沿用以前确认的表样" in sheet.reason

    def test_whatever_the_order_of_arrival(self, workspace, tmp_path):
        first = xlsx(
            tmp_path / "甲.xlsx", {"Sheet1": STRANGE, "好": (("低保证号", "乡镇", "户主姓名"), ("D5", "绕二镇", "x"))}
        )
        bring(workspace, first)
        second = xlsx(tmp_path / "乙.xlsx", {"Sheet1": (STRANGE[0], ("D9", "海口镇", "王五", 100))})
        answer_path(second).write_text(ANSWER, encoding="utf-8")
        bring(workspace, second)
        assert sorted(workspace.table("households")["hh_id"]) == ["D1", "D2", "D5", "D9"]
        assert bring(workspace, workspace.inbox).files[0].unchanged

    def test_until_the_file_says_something_else(self, gazetteer):
        text = "低保证号|户主姓名|人数\nD1|张三|#2"
        shape = read(text, gazetteer).report.shape
        said = {shape: SheetAnswer(columns={"人数": "保障人口"})}
        assert rows_of(read(text, gazetteer, remembered=said), "size", "covered") == [(None, 2)]
        assert rows_of(read(text, gazetteer, remembered=said, columns={"人数": "家庭人口"}), "size") == [(2,)]

    def test_only_what_all_answers_agree_on(self):
        one, other = SheetAnswer("表", columns={"A": "a", "B": "b"}), SheetAnswer("表", columns={"A": "a", "B": "c"})
        assert remembered([("s", one), ("s", other)]) == {"s": SheetAnswer("表", columns={"A": "a"})}
        assert remembered([("s", SheetAnswer("甲")), ("s", SheetAnswer("乙"))]) == {}

    def test_but_not_what_holds_for_one_file_only(self):
        assert remembered([("s", SheetAnswer(constants={"乡镇": "绕二镇"}, months={"发放月份": "1月"}))]) == {}

    def test_a_unit_only_where_the_figures_call_for_one(self, gazetteer):
        quarterly, monthly = households((1, 500)), households((1, 100))
        said = {read(monthly, gazetteer).report.shape: SheetAnswer(units={"户月保障金额": "元/户·季"})}
        assert rows_of(read(monthly, gazetteer, 15000, said), "base") == [(10000,)]
        asked = read(quarterly, gazetteer, 15000, said)
        assert rows_of(asked, "base") == [(16667,)]
        assert "以前对同样表头的答复" in asked.report.notes[0]


def test_a_manifest_from_before_there_were_answers_is_still_read(workspace, tmp_path):
    file = xlsx(tmp_path / "甲.xlsx", {"Sheet1": (("低保证号", "乡镇", "户主姓名"), ("D1", "绕二镇", "张三"))})
    bring(workspace, file)
    path = workspace.evidence / "manifest.json"
    old = json.loads(path.read_text("utf-8"))
    del old["answers"]
    for one in old["files"].values():
        del one["answer"]
        for sheet in one["sheets"]:
            for key in ("spare", "likely", "questions", "shape", "answer"):
                del sheet[key]
            for column in sheet["columns"]:
                del column["samples"]
    path.write_text(json.dumps(old), "utf-8")
    assert bring(workspace, file).totals["read"] == 1
    assert json.loads(path.read_text("utf-8"))["files"]["甲.xlsx"]["sheets"][0]["shape"]


class TestAnAnswerThatCannotBeFollowed:
    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ('[sheet."Sheet1"]\nform = 台账', "第2行写法不对"),
            ('form = "x"', "不认识的项“form”"),
            ('sheet = "x"', '每张表的内容应写在 [sheet."工作表名"] 之下'),
            ('[sheet."Sheet1"]\nfrom = "x"', "“from”不认识。可用的有：form、header_rows"),
            ('[sheet."Sheet1"]\nform = "台帐"', "表样“台帐”没有。可用的有：乡镇(街道)名册"),
            ('[sheet."Sheet1"]\nheader_rows = [0]', "header_rows 应为表头的首行和末行"),
            ('[sheet."Sheet1"]\nheader_rows = [2, 9]', "表头最多6行"),
            ('[sheet."Sheet1"]\ncolumns = "A"', "columns 之下每行应为"),
            ('[sheet."Sheet1".units]\n"合计" = "两"', "“合计”的单位“两”不认识"),
            ('[sheet."Sheet1".months]\n"发放月份" = "2月"', "可写 1月 或 10月"),
        ],
    )
    def test_is_refused_with_what_there_is(self, text, sentence):
        with pytest.raises(InputRefused) as refused:
            read_answer(text.encode(), "台账.xlsx.toml")
        assert str(refused.value).startswith("台账.xlsx.toml：")
        assert sentence in str(refused.value)

    def test_in_another_encoding(self):
        with pytest.raises(InputRefused, match="不是 UTF-8 编码"):
            read_answer("# 台账".encode("gbk"), "x.toml")

    @pytest.mark.parametrize(
        ("answer", "sentence"),
        [
            ({"columns": {"AZ": "低保证号"}}, "写的列“AZ”不在表头中。表头有：A“低保证号”、B“户主姓名”"),
            ({"columns": {"A": "证"}}, "没有“证”这一项。可用的有：低保证号、"),
            ({"constants": {"镇": "绕二镇"}}, "没有“镇”这一项"),
            ({"header_rows": (7, 7)}, "指定的表头行（第7至7行）没有内容，本表共2行"),
        ],
    )
    def test_by_this_sheet(self, gazetteer, answer, sentence):
        text = "低保证号|户主姓名|家庭人口\nD1|张三|#2"
        refused = read(text, gazetteer, form="低保对象台账(家庭)", **answer).report.refused
        assert refused.startswith("绕二镇.xlsx“Sheet1”：")
        assert sentence in refused

    def test_about_a_sheet_that_is_not_there(self, workspace, tmp_path):
        file = xlsx(tmp_path / "台账.xlsx", {"一": STRANGE})
        answer_path(file).write_text(ANSWER, encoding="utf-8")
        (said,) = bring(workspace, file).files[0].problems
        assert "对应关系中的工作表“Sheet1”不在文件里。文件里有“一”" in said

    def test_costs_only_its_file(self, workspace, tmp_path):
        good = (("低保证号", "乡镇", "户主姓名"), ("D1", "绕二镇", "张三"))
        file = xlsx(tmp_path / "a.xlsx", {"Sheet1": good})
        answer_path(file).write_text("?", encoding="utf-8")
        xlsx(tmp_path / "b.xlsx", {"Sheet1": good})
        report = bring(workspace, tmp_path)
        assert [one.accepted for one in report.files] == [False, True]
        assert report.files[0].refused.startswith("a.xlsx：未导入，因为a.xlsx.toml：第1行写法不对")


class TestTheDraft:
    def test_reads_as_what_was_recognised(self, gazetteer):
        text = f"绕二镇台账\n低保证号|乡镇|户主|户主身份证号|户月保障金额（元）|备用\nD1|绕二镇|张三|{P1}|#330|x"
        report = read(text, gazetteer).report
        toml = draft_text(FileReport("绕二镇.xlsx", "", 0, sheets=(report,)))
        assert read_answer(toml.encode(), "x") == {"Sheet1": drafted(report)}
        assert "“户主”（同义词） 例：文本2字" in toml
        assert "18位数字" in toml
        assert not [value for value in (P1, "张三") if value in toml]

    @pytest.mark.parametrize("hostile", ['"]\n[x', "a\\", "\u0007\u007f", "=cmd|' /C calc'!A0", "<b>", "]"])
    def test_survives_any_sheet_name_and_header(self, gazetteer, hostile):
        raw = drawn("低保证号|乡镇|户主姓名|x\nD1|绕二镇|张三|y", name=hostile)
        raw.rows[0][3] = hostile
        report = read_sheet(raw, "绕二镇.xlsx", VOCABULARY, gazetteer).report
        assert read_answer(draft_text(FileReport("x", "", 0, sheets=(report,))).encode(), "x") == {
            hostile: drafted(report)
        }

    def test_a_question_stands_in_it_with_the_line_to_write(self, gazetteer):
        report = read(households((1, 500)), gazetteer, 15000).report
        toml = draft_text(FileReport("x", "", 0, sheets=(report,)))
        assert '#   写在 [sheet."Sheet1".units] 之下："户月保障金额" = "元/户·月"' in toml

    def test_of_a_text_table_holds_for_its_only_table(self, workspace, tmp_path):
        file = csv(tmp_path / "台账.csv", STRANGE)
        answer_path(file).write_text(ANSWER.replace("Sheet1", "*"), encoding="utf-8")
        assert bring(workspace, file).totals["read"] == 2


class TestSamples:
    def test_of_person_data_only_the_shape_is_shown(self, gazetteer):
        text = f"低保证号|乡镇|户主|户主身份证号|配偶情况|备用\nD1|绕二镇|张三|{P1}|{P2}|赵六\n" + "\n".join(
            f"D{n}|绕二镇|李四|{P2}|无|孙七" for n in range(9)
        )
        reading = read(text, gazetteer)
        assert reading.report.columns[3].samples == ("18位数字",)
        assert reading.report.columns[0].samples == ("2位数字字母",)
        shown = [
            text for group in (reading.report.columns, reading.report.spare) for one in group for text in one.samples
        ]
        assert not {P1, P2, "张三", "李四", "赵六", "孙七"} & set(shown)

    def test_words_that_repeat_and_short_figures_are_shown(self, gazetteer):
        rows = "\n".join(f"D{n}|绕二镇|张三|一档|#{n}" for n in range(9))
        reading = read(f"低保证号|乡镇|户主|补助档|顺序\n{rows}", gazetteer)
        assert [one.samples for one in reading.report.spare] == [("一档",), ("0", "1", "2")]


def test_a_sheet_about_one_household_says_its_number_above_the_table(gazetteer):
    text = "绕二镇成员情况|||\n低保证号：36118110001|||\n姓名|身份证号|与户主关系|\n张三|" + P1 + "|本人|\n"
    reading = read(text, gazetteer)
    assert (reading.report.table, reading.report.read) == ("members", 1)
    assert reading.report.constants["hh_id"] == "标题行“低保证号”"
