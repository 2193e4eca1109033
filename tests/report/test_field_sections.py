"""The sections that read field records: figures tie to the records, nothing is empty, nothing is nan."""

import datetime as dt

import pytest

from dibao_lib.checks import run_checks
from dibao_lib.evidence.tables import table_schema
from dibao_lib.records.kinds import record_form
from dibao_lib.records.log import RecordLog
from dibao_lib.report.blocks import Attachment, Heading, Paragraph, Table
from dibao_lib.report.formats import FORMATS
from dibao_lib.report.sections import annexes, hearing, rectification, reviews, visits
from dibao_lib.report.sheets import record_sheet, record_sheets, shown_answer
from dibao_lib.report.subject import open_subject

DAY = "2011-06-30"
SECTIONS = [reviews.section, visits.section, hearing.section, rectification.section, rectification.ledger]


def words(blocks):
    texts = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts.append("".join(run.text for run in block.runs))
        if isinstance(block, Table):
            texts += [cell.text for row in (*block.head, *block.body) for cell in row if cell]
        if isinstance(block, Heading | Attachment):
            texts.append(getattr(block, "text", "") or getattr(block, "title", ""))
    return texts


@pytest.fixture(scope="module")
def subject(recorded):
    made = {}

    def opened(township=""):
        if township not in made:
            made[township] = open_subject(str(recorded.inspection.folder), township, DAY)
        return made[township]

    yield opened
    for each in made.values():
        each.connection.close()


@pytest.mark.parametrize("township", ["361181001", "361181103", ""])
@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: f"{section.__module__.rpartition('.')[2]}")
def test_a_recorded_subject_has_every_section_and_no_nan(subject, township, section):
    made = section(subject(township))
    assert len(made) >= 2
    assert not [text for text in words(made) if "nan" in text.lower() or "NaT" in text or "None" in text]


def test_without_field_records_there_is_no_empty_section(own_copy, write_evidence):
    for name in ("visits", "hearings", "rectifications"):
        write_evidence(own_copy, name, table_schema(name).empty_table())
    run_checks(own_copy, dt.date.fromisoformat(DAY))
    subject = open_subject(str(own_copy.folder), "361181001", DAY)
    told = words(hearing.section(subject))
    assert told == [] or "没有召开听证会" in "".join(told)
    assert [len(section(subject)) for section in (visits.section, rectification.section, rectification.ledger)] == [
        0
    ] * 3
    assert words(reviews.section(subject))[0] == "评议与公示"
    assert not any("校验点" in text for text in words(annexes.signatures(subject)))


def test_the_figures_of_visits_tie_to_the_records(recorded, subject):
    table = recorded.inspection.table("visits")
    # of two visits to a household the later one counts
    table = table.sort_values("on").drop_duplicates("hh_id", keep="last")
    met = int(table["found"].eq("户在人在").sum())
    assert f"入户核查{len(table)}户" in words(visits.section(subject()))[1]
    assert f"见到本人{met}户" in words(visits.section(subject()))[1]


def test_hearings_count_each_case_once_and_name_the_one_nobody_came_to(recorded, subject):
    table = recorded.inspection.table("hearings")
    told = words(hearing.section(subject()))
    heard = len(table.explode("case_hh"))
    assert f"召开听证会{table['hear_id'].nunique()}场，听证{heard}户" in told[1]
    assert "没有低保对象参加" in told[-1]


def test_the_ledger_lists_upheld_problems_only_and_says_who_struck_them_off(recorded, subject):
    ledger = recorded.inspection.table("rectifications")
    attachment, table = rectification.ledger(subject())
    assert (attachment.title, len(table.body)) == ("问题整改台账", len(ledger))
    assert "邵建国" in words([table])


def test_overdue_problems_stand_in_a_table_of_their_own(recorded, subject):
    made = rectification.section(subject("361181001"))
    (late,) = [block for block in made if isinstance(block, Table) and block.caption.startswith("逾期")]
    assert "超过时限没有销号的1个" in "".join(words(made))
    assert len(late.body) == 1


def test_the_checkpoint_of_the_log_stands_above_the_list_of_annexes(recorded, subject):
    with RecordLog.open(recorded.inspection) as log:
        printed = str(log.checkpoint())
    told = words(annexes.closing(subject(), annexes.section(subject())))
    assert printed in told[0] and told[1].startswith("附件：")


def test_a_visit_prints_as_a_form_to_sign_with_standing_and_checkpoint(recorded):
    with RecordLog.open(recorded.inspection) as log:
        record = next(one for one in log.records("visit") if any(event.action == "sign" for event in one.events))
    made = record_sheet(recorded.inspection.plan, record, "880-aaaa")
    told = words(made)
    assert made.items[0].text == "德兴市入户核查表"
    assert made.items[-1].boxes == ("核查人员", "被访人", "村（居）干部")
    assert {"低保证号", record.data["hh_id"], "880-aaaa", "电子签字"} <= set(told)
    assert any(text.startswith("已审核（邵建国") for text in told)


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_sheets_are_set_in_every_format(recorded, format):
    with RecordLog.open(recorded.inspection) as log:
        made = record_sheets(recorded.inspection.plan, log.records("hearing")[:2], "1-a")
    assert len(format.render(tuple(made))) > 1000


def test_shown_figures_carry_their_unit():
    fields = {field.name: field for field in record_form("visit").fields}
    assert shown_answer(fields["register_income"], 30000) == "300元"
    assert shown_answer(fields["register_people"], 3) == "3人"
    assert shown_answer(fields["register_income"], None) == ""


def test_hostile_answers_stay_text_on_a_sheet(recorded, plan):
    with RecordLog.open(recorded.inspection) as log:
        record = log.records("visit")[0]
    hostile = record.__class__(
        record.record_id,
        record.kind,
        {**record.data, "house": "<b>x</b>=cmd|' /C calc'!A0"},
        record.revision,
        record.who,
        record.at,
        record.status,
        record.events,
    )
    made = tuple(record_sheet(plan, hostile))
    html = next(format for format in FORMATS if format.name == "html").render(made).decode()
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "<b>x</b>" not in html


def test_the_command_prints_the_sheets_of_one_kind(recorded, dibao, tmp_path):
    code, out, _ = dibao("-w", recorded.inspection.folder, "sheets", "听证会", tmp_path / "表", "--format", "docx")
    assert code == 0
    assert out.startswith("低保听证会记录")
    assert [path.name for path in (tmp_path / "表").iterdir()] == ["低保听证会记录.docx"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("没有这种",), "请写明打印哪一种记录：入户核查表、"),
        (("听证会", "--format", "odt"), "不认识的格式“odt”。可用的格式：docx、pdf、xlsx、html。"),
        (("听证会", "--in", "没有的乡"), "没有符合条件的“低保听证会记录”"),
    ],
)
def test_the_command_says_what_it_cannot_print(recorded, dibao, tmp_path, words, message):
    kind, *more = words
    code, _, err = dibao("-w", recorded.inspection.folder, "sheets", kind, tmp_path / "表", *more)
    assert code == 2
    assert message in err
