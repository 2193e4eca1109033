"""公示栏检查记录: one row per notice board seen, or found not to hang (R49-R52); a natural village's board belongs to its village."""

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.form import Field, Form, Kind

FORM = Form(
    table="postings",
    title="公示栏检查记录",
    title_words=("公示栏检查", "公示检查"),
    marks=("vil_id", "board"),
    fields=(
        Field(
            "vil_id",
            "公示地点",
            ("村(居)", "村(居)委会", "村居", "行政村"),
            Kind.VILLAGE,
            required=True,
        ),
        Field("natural", "自然村", ("村民小组", "村小组")),
        Field("board", "公示栏类型", ("公示类型",), Kind.CHOICE, required=True, choices=vocabulary.BOARD),
        Field("up", "是否上墙", ("公示栏是否上墙", "上墙情况"), Kind.BOOL),
        Field("from", "公示起始日期", ("公示开始日期",), Kind.DATE),
        Field("to", "公示截止日期", ("公示结束日期",), Kind.DATE),
        Field("format_ok", "统一格式", ("是否统一格式",), Kind.BOOL),
        Field("tel3.civil", "公布民政局电话", ("民政局电话", "公布电话民政局"), Kind.BOOL),
        Field("tel3.supervision", "公布监察局电话", ("监察局电话", "公布电话监察局"), Kind.BOOL),
        Field("tel3.petitions", "公布信访局电话", ("信访局电话", "公布电话信访局"), Kind.BOOL),
        Field("n_list", "公示人数", ("名单人数",), Kind.INT),
        Field("names", "公示名单", ("名单", "公示户主"), Kind.LIST, private=True),
        Field("seen_on", "检查日期", (), Kind.DATE),
        Field("photo", "照片", ("附件",)),
    ),
)
