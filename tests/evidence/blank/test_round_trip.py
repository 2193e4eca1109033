"""What a township fills into a blank form imports as it was filled in, without a question."""

import datetime as dt
import io
import random
from decimal import Decimal

import openpyxl
import pytest

from dibao_lib.evidence.blank import BLANKS, Filling, write_blanks, write_paper
from dibao_lib.evidence.blank.paper import HEAD_ROWS
from dibao_lib.evidence.cells.words import yes_or_no
from dibao_lib.evidence.file import read_file
from dibao_lib.evidence.form import Kind
from dibao_lib.evidence.forms import FORMS
from dibao_lib.evidence.mapping import Vocabulary
from dibao_lib.idnumber import check_character

VOCABULARY = Vocabulary(FORMS)
SENT = [blank for blank in BLANKS if not blank.posted]
EACH = pytest.mark.parametrize("blank", SENT, ids=lambda blank: blank.title)
ALL = pytest.mark.parametrize("blank", BLANKS, ids=lambda blank: blank.title)
SIGNS = "张王李赵刘陈杨黄吴周徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
FIRST_DAY, LAST_DAY = dt.date(2005, 1, 1), dt.date(2011, 12, 31)


def _pid(number):
    day = dt.date(1930, 1, 1) + dt.timedelta(days=number % 25_000)
    body = f"361181{day:%Y%m%d}{number % 999 + 1:03d}"
    return body + check_character(body)


def _word(rng):
    return "".join(rng.choices(SIGNS, k=rng.randint(2, 4)))


def _day(rng):
    return FIRST_DAY + dt.timedelta(days=rng.randrange((LAST_DAY - FIRST_DAY).days))


DRAWN = {
    Kind.TEXT: _word,
    Kind.NAME: _word,
    Kind.CODE: lambda rng: f"D{rng.randrange(10**6):07d}",
    Kind.PID: lambda rng: _pid(rng.randrange(10**6)),
    Kind.MONEY: lambda rng: Decimal(rng.randrange(10**7)) / 100,
    Kind.INT: lambda rng: rng.randrange(10**6),
    Kind.DATE: _day,
    Kind.MONTH: lambda rng: f"{_day(rng):%Y-%m}",
    Kind.LIST: lambda rng: [_word(rng) for _ in range(rng.randint(1, 3))],
    Kind.BOOL: lambda rng: rng.random() < 0.5,
}


def _drawn(one, rng, village):
    """What people may fill into a column; None is a blank."""
    if not one.required and rng.random() < 0.2:
        return None
    known = {Kind.VILLAGE: village.code, Kind.TOWNSHIP: village.code[:9]}
    if one.kind in known:
        return known[one.kind]
    return rng.choice(list(one.choices)) if one.kind is Kind.CHOICE else DRAWN[one.kind](rng)


def _typed(one, value, names):
    """How somebody types a value."""
    if one.kind is Kind.BOOL:
        words = {truth: word for word, truth in yes_or_no(one.choices).items()} if one.choices else {}
        return words.get(value) or ("是" if value else "否")
    if one.kind in {Kind.VILLAGE, Kind.TOWNSHIP}:
        return names[value]
    return "、".join(value) if one.kind is Kind.LIST else float(value) if one.kind is Kind.MONEY else value


FULL_WIDTH = str.maketrans("0123456789X-D", "０１２３４５６７８９Ｘ－Ｄ")


def _oddly(one, value, names):
    """The same value as another person types it, all of it legal; the value itself decides the manner."""
    plain, turn = _typed(one, value, names), sum(map(ord, str(value)))
    either = {
        Kind.TEXT: lambda: (f" {plain}", f"{plain}\n", f"\u3000{plain}\xa0"),
        Kind.NAME: lambda: (f"{plain[0]}\u3000{plain[1:]}", f" {plain} ", f"{plain[0]} {plain[1:]}"),
        Kind.CODE: lambda: (f" {plain}", plain.translate(FULL_WIDTH), f"'{plain}"),
        Kind.PID: lambda: (plain.lower(), plain.translate(FULL_WIDTH), f"{plain[:6]} {plain[6:14]} {plain[14:]}"),
        Kind.MONEY: lambda: (f"{value:,}元", f"￥{value}", str(value)),
        Kind.INT: lambda: (str(value), f"{value:,}", str(value).translate(FULL_WIDTH), float(value)),
        Kind.DATE: lambda: (
            f"{value.year}.{value.month}.{value.day}",
            f"{value.year}年{value.month}月{value.day}日",
            f"{value:%Y%m%d}",
            int(f"{value:%Y%m%d}"),
            f"{value.year}/{value.month:02d}/{value.day:02d}",
        ),
        Kind.MONTH: lambda: (f"{value[:4]}年{int(value[5:])}月", value.replace("-", "/"), value.replace("-", "")),
        Kind.LIST: lambda: ("，".join(value), "、 ".join(value), ",".join(value), "\n".join(value)),
        Kind.CHOICE: lambda: (f" {plain} ", plain),
        Kind.VILLAGE: lambda: (plain, plain.replace("村民委员会", "村"), plain.replace("村民委员会", "村委会")),
        Kind.TOWNSHIP: lambda: (
            plain,
            plain.removesuffix("镇"),
            f"{plain}{'办事处' if plain.endswith('街道') else '人民政府'}",
        ),
        Kind.BOOL: lambda: (f" {plain}", plain),
    }[one.kind]()
    return either[turn % len(either)]


def _stored(one, value):
    return int(value * 100) if one.kind is Kind.MONEY and value is not None else value


def _fill(blank, plan, above, rows, names, typed=_typed, nothing=None):
    """A blank form with values typed into its unlocked cells, as bytes of a file."""
    book = openpyxl.load_workbook(io.BytesIO(write_paper(blank, plan, [Filling()])))
    sheet = book.active
    for name, words in blank.above.items():
        label = next(cell for cell in sheet[2] if cell.value == f"{words}：")
        place = next(cell for cell in sheet[2][label.column :] if not cell.protection.locked)
        place.value = above[name]
    top = HEAD_ROWS + 1 + max(len(blank.labels(one)) for one in blank.fields)
    for row, values in enumerate(rows, top):
        for column, one in enumerate(blank.fields, 2):
            if one.name in values:
                cell = sheet.cell(row, column)
                assert not cell.protection.locked
                # words and yes-or-no columns keep what people write for nothing: there it may mean something
                blank_mark = None if one.kind in {Kind.TEXT, Kind.BOOL, Kind.LIST} else nothing
                cell.value = blank_mark if values[one.name] is None else typed(one, values[one.name], names)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@EACH
@pytest.mark.parametrize("seed", range(6))
def test_what_is_filled_in_is_read(blank, seed, example_plan, gazetteer, tmp_path):
    _must_come_back(blank, seed, example_plan, gazetteer, tmp_path)


@EACH
@pytest.mark.parametrize("nothing", [None, "/", "无"])
def test_what_is_filled_in_oddly_is_read_without_a_question(blank, nothing, example_plan, gazetteer, tmp_path):
    _must_come_back(blank, f"odd{nothing}", example_plan, gazetteer, tmp_path, typed=_oddly, nothing=nothing)


def _must_come_back(blank, seed, example_plan, gazetteer, tmp_path, **manner):
    """Draws values, types them into a form, imports it and compares every one."""
    rng = random.Random(f"{blank.title}{seed}")
    names = {place.code: place.name for place in (*example_plan.townships, *example_plan.villages)}
    village, day = rng.choice(example_plan.villages), _day(rng)
    known = {"": names[village.code[:9]], "twn_id": names[village.code[:9]], "vil_id": village.name}
    above = {name: known.get(name, day) for name in blank.above}
    fixed = [one for one in blank.fields if one.name not in blank.prefilled]
    count = len(next(iter(blank.prefilled.values()), ())) or rng.randint(1, blank.rows)
    rows = [{one.name: _drawn(one, rng, village) for one in fixed} for _ in range(count)]
    path = tmp_path / "填好的表.xlsx"
    path.write_bytes(_fill(blank, example_plan, above, rows, names, **manner))
    reading = read_file(path, path.name, VOCABULARY, gazetteer)
    assert reading.report.problems == ()
    (sheet,) = reading.report.sheets
    assert (sheet.table, sheet.unmapped, sheet.read) == (blank.form.table, ("序号",), count)
    got = reading.tables[blank.form.table].to_pylist()
    for place, values in enumerate(rows):
        for one in fixed:
            assert _member(got[place], one.name) == _stored(one, values[one.name]), one.name
        for name, words in blank.prefilled.items():
            assert got[place][name] == words[place]
        for name in filter(None, blank.above):
            expected = {"twn_id": village.code[:9], "vil_id": village.code}.get(name, day)
            assert got[place][name] == expected


def _member(row, name):
    stem, _, member = name.partition(".")
    return row[stem][member] if member else row[stem]


@ALL
def test_a_form_is_locked_but_for_the_cells_to_fill_in(blank, example_plan):
    sheet = openpyxl.load_workbook(io.BytesIO(write_paper(blank, example_plan, [Filling()]))).active
    depth = max(len(blank.labels(one)) for one in blank.fields)
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert all(cell.protection.locked for row in sheet.iter_rows(HEAD_ROWS + 1, HEAD_ROWS + depth) for cell in row)
    open_cells = [cell for cell in sheet[HEAD_ROWS + 1 + depth] if not cell.protection.locked]
    assert len(open_cells) == len(blank.fields) - len(blank.prefilled)


@ALL
def test_a_form_prints_on_landscape_a4_with_its_head_on_every_page(blank, example_plan):
    sheet = openpyxl.load_workbook(io.BytesIO(write_paper(blank, example_plan, [Filling()]))).active
    depth = max(len(blank.labels(one)) for one in blank.fields)
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        1,
        0,
    ) or sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"$1:${HEAD_ROWS + depth}"


@ALL
def test_ids_are_text_and_choices_are_drop_down_lists(blank, example_plan):
    sheet = openpyxl.load_workbook(io.BytesIO(write_paper(blank, example_plan, [Filling()]))).active
    top = HEAD_ROWS + 1 + max(len(blank.labels(one)) for one in blank.fields)
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    for column, one in enumerate(blank.fields, 2):
        cell = sheet.cell(top, column)
        if one.kind in {Kind.CODE, Kind.PID, Kind.MONTH}:
            assert cell.number_format == "@"
        if one.kind in {Kind.CHOICE, Kind.BOOL} and one.name not in blank.prefilled:
            assert rules[cell.coordinate].type == "list", one.name
        if one.kind is Kind.DATE:
            assert rules[cell.coordinate].type == "date"


def test_notice_boards_show_no_ids_accounts_addresses_or_telephones():
    for blank in BLANKS:
        if blank.posted:
            shown = {one.name for one in blank.fields}
            assert not shown & {"head_pid", "pid", "acct", "acct_name", "addr", "phone", "hh_id"}


def test_the_same_form_has_the_same_bytes(example_plan):
    assert write_paper(BLANKS[0], example_plan, [Filling()]) == write_paper(BLANKS[0], example_plan, [Filling()])


def test_all_forms_of_the_plan_are_written(example_plan, tmp_path):
    names = [path.name for path in write_blanks(tmp_path / "空白表", example_plan)]
    assert len(names) == 12
    for word in (
        "备案表",
        "统计表",
        "评议结果汇总表",
        "专项治理工作情况统计表",
        "评议团名册",
        "公示栏检查记录",
        "异议登记表",
        "入户核查表",
        "听证会记录",
        "整改台账",
        "低保对象公示栏",
        "退保公示栏",
    ):
        assert any(word in name for name in names), word


def test_a_row_filled_with_a_long_text_is_high_enough_for_it(example_plan):
    blank = next(blank for blank in BLANKS if blank.title == "入户核查表")
    one = next(one.name for one in blank.fields if one.kind is Kind.TEXT)
    filling = Filling(rows=[{one: "短"}, {one: "长" * 120}])
    sheet = openpyxl.load_workbook(io.BytesIO(write_paper(blank, example_plan, [filling]))).active
    first = HEAD_ROWS + max(len(blank.labels(field)) for field in blank.fields) + 1
    assert sheet.row_dimensions[first].height < sheet.row_dimensions[first + 1].height <= 409
