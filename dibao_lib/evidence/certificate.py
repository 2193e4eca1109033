"""The certificate number (低保证号): the column by which most forms name a household."""

from dibao_lib.evidence.form import Field, Kind

CERTIFICATE = Field(
    "hh_id",
    "低保证号",
    ("低保(特困)证号", "证号", "家庭编号", "户编号"),
    kind=Kind.CODE,
    required=True,
    private=True,
)
