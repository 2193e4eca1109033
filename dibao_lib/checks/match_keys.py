"""How far the key of a finding can be trusted: what joined the records says how sure it is that they are one person's."""

from __future__ import annotations

STRONG, FAIR, WEAK = "强", "中", "弱"

# match_key -> strength; blank keys join nothing: the finding counts or compares the records of one place
STRENGTHS = {
    "18位身份证号": STRONG,
    "低保证号": STRONG,
    "银行账号": STRONG,
    "户口簿编号": FAIR,
    "村": STRONG,
    "户主姓名+村": WEAK,
    "户内姓名": WEAK,
    "代领人姓名+乡镇": WEAK,
    "": "",
}


def match_strength(match_key: str) -> str:
    """强, 中 or 弱; blank for a blank key. A weak key never makes a finding of class A.

    Raises:
        KeyError: a check uses a key that is not listed above.
    """
    return STRENGTHS[match_key]
