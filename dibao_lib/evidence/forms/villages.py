"""村(居)名册: one row per village or community."""

from dibao_lib.evidence.form import Field, Form, Kind

FORM = Form(
    table="villages",
    title="村(居)名册",
    title_words=("村居名册", "村(居)名册"),
    marks=("vil_id", "vil"),
    fields=(
        Field("vil_id", "村居代码", ("村代码", "社区代码"), kind=Kind.AREA, required=True),
        Field("twn_id", "乡镇代码", ("乡镇(街道)", "所属街道", "乡镇", "所属乡镇", "所属街"), kind=Kind.TOWNSHIP),
        Field("vil", "村(居)委会", ("村居", "行政村", "社区", "所属社区", "所属社", "村名"), required=True),
        Field("natural", "自然村", ("村小组", "组", "屯")),
        Field("n_house", "总户数", kind=Kind.INT),
        Field("director", "村(居)委会主任", ("主任",), private=True, kind=Kind.NAME),
    ),
)
