"""A chart says the same in every format, the same bytes each time, and takes its texts literally."""

import re
from io import StringIO
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from hostile import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure as Chart

from dibao_lib.errors import ReportFailed
from dibao_lib.report.figures import PALETTE, bars, cells, chart, figure, legend, name_columns, name_rows, style
from dibao_lib.report.formats.raster import with_png
from dibao_lib.report.pieces import png_size
from dibao_lib.report.text import clean

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "metadata", "defs", "style", "g", "path", "use", "text", "clipPath", "rect", "tspan"}


def drawn(*names, title=""):
    canvas, axes = chart(100, 60)
    axes.bar(list(names), range(len(names)))
    axes.set_title(title)
    return canvas


def test_text_stays_text_in_the_svg_and_word_gets_150_dots_an_inch():
    made = figure(drawn("泗洲镇", title="问题数"), "各乡镇问题数")
    assert ">泗洲镇</text>" in made.svg and ">问题数</text>" in made.svg
    assert "'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei'" in made.svg
    assert png_size(with_png(made).png) == (827, 496)
    assert made.alt == "各乡镇问题数"


def surroundings(axes):
    """Empty mm between what is drawn and the edges of the chart: left, bottom, right, top."""
    canvas = axes.figure
    with style():
        # as it was drawn: letters are as wide as they are, not hinted to whole dots
        taken = axes.get_tightbbox(RendererSVG(*canvas.bbox.size, StringIO()))
    far = (canvas.bbox.x1 - taken.x1, canvas.bbox.y1 - taken.y1)
    return [round(float(gap) * 25.4 / canvas.dpi, 1) for gap in (taken.x0, taken.y0, *far)]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text("镇乡街道甲乙丙𬤊0A", min_size=1, max_size=14), min_size=1, max_size=12), st.booleans())
def test_names_bars_and_legend_fill_the_chart_and_nothing_is_cut(names, upright):
    canvas, axes = chart(140, 120)
    lengths = [float(n % 4) for n in range(len(names))]
    totals = bars(axes, {"城市": (lengths, PALETTE[0]), "农村": ([1.0] * len(names), PALETTE[1])}, upright=upright)
    assert totals == [length + 1 for length in lengths]
    if upright:
        name_columns(axes, names, rotation=90)
    else:
        name_rows(axes, names)
    legend(axes)
    svg = figure(canvas).svg
    told = [text.text for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    assert [text for text in told if text in names or text in ("城市", "农村")][-2:] == ["城市", "农村"]
    assert {*names} <= {*told}
    assert min(surroundings(axes)) == 1.0
    assert surroundings(axes)[1 if upright else 0] == 1.0


CELL = ["#ffffff", "#0072b2", "#d55e00"]


def shown(axes, x, y):
    """Colours of the filled paths in which the middle of this cell lies."""
    colours = []
    (drawing,) = axes.collections
    for path, colour in zip(drawing.get_paths(), drawing.get_facecolors(), strict=True):
        if colour[3] and path.contains_point((x, y)):
            colours.append(mpl.colors.to_hex(colour))
    return colours


@settings(max_examples=20, deadline=None)
@given(
    st.integers(1, 6).flatmap(lambda n: st.lists(st.lists(st.sampled_from(CELL), min_size=n, max_size=n), min_size=1))
)
def test_each_cell_has_its_colour_the_first_row_on_top(colours):
    canvas, axes = chart()
    cells(axes, [[(colour, f"{x}{y}" if x else "") for x, colour in enumerate(row)] for y, row in enumerate(colours)])
    assert [[shown(axes, x, y) for x in range(len(row))] for y, row in enumerate(colours)] == [
        [[colour] for colour in row] for row in colours
    ]
    up, down = axes.transData.transform([(0, 0), (0, 1)])[:, 1]
    assert up > down
    svg = figure(canvas).svg
    assert "<image" not in svg and "clip-path" not in svg
    inks = {(text.get_text(), text.get_color()) for text in axes.texts}
    assert inks == {
        (f"{x}{y}", "#222222" if colour == "#ffffff" else "white")
        for y, row in enumerate(colours)
        for x, colour in enumerate(row)
        if x
    }


def test_only_what_leaves_its_axes_is_clipped():
    canvas, axes = chart()
    axes.plot([0, 1, 2], [0, 1, 0])
    axes.plot([], [])
    assert "clip-path" not in figure(canvas).svg
    canvas, axes = chart()
    axes.plot([0, 1, 2], [0, 1, 0])
    axes.set_ylim(0, 0.5)
    root = ElementTree.fromstring(figure(canvas).svg)
    assert [e.get("d").count("L") for e in root.iter(f"{SVG}path") if e.get("clip-path")] == [2]


def test_a_chart_of_two_axes_or_with_a_text_of_its_own_is_laid_out_too():
    canvas, axes = chart()
    axes.set_ylabel("户")
    axes.twinx().set_ylabel("元")
    canvas.suptitle("两种单位")
    assert all(f">{text}</text>" in figure(canvas).svg for text in ("户", "元", "两种单位"))
    assert surroundings(axes)[0] > 0 and surroundings(axes)[3] > 3


def test_the_same_chart_has_the_same_bytes():
    assert figure(drawn("甲", "乙")) == figure(drawn("甲", "乙"))


def test_a_picture_names_no_other_place_and_no_date():
    svg = figure(drawn("甲")).svg
    assert svg.startswith("<svg") and "dc:date" not in svg and "dc:creator" not in svg
    assert set(re.findall(r'(?:href|src)="(.)', svg)) <= {"#"}


@pytest.mark.parametrize("text", [text for text in HOSTILE if len(text) < 60])
def test_a_hostile_label_is_drawn_as_it_is(text):
    root = ElementTree.fromstring(figure(drawn(text, title=text)).svg)
    assert {e.tag.removeprefix(SVG) for e in root.iter() if e.tag.startswith(SVG)} <= TAGS
    texts = [e.text for e in root.iter(f"{SVG}text")]
    assert {texts.count(line) for line in clean(text).split("\n") if line} == {2}


def test_a_chart_made_elsewhere_gets_the_font_and_no_mathematics():
    plain = Chart()
    plain.subplots().set_title("错误率$x^{")
    assert ">错误率$x^{</text>" in figure(plain).svg


def test_a_character_the_font_lacks_is_named():
    with pytest.raises(ReportFailed, match="插图“问题数”里的字“𠮷”（U\\+20BB7）字体中没有"):
        figure(drawn("𠮷"), "问题数")


def test_making_a_figure_leaves_the_settings_of_others_alone():
    before = dict(mpl.rcParams)
    figure(drawn("甲"))
    assert dict(mpl.rcParams) == before


def test_the_first_colours_differ_in_lightness_or_hue():
    assert len(set(PALETTE)) == len(PALETTE) == 7
