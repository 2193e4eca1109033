"""Packages: only the reader opens them, only a known sender's are taken, and what was touched on the way is refused."""

import hashlib
import json
import random
import stat

import pytest
from record_writing import NINE, workspace, write

from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.records.attachments import Attachments
from dibao_lib.records.bundle import open_bundle, write_bundle
from dibao_lib.records.exchange import merge_records, write_records
from dibao_lib.records.keys import make_keys, read_card, read_keys, trust
from dibao_lib.records.log import RecordLog
from dibao_lib.records.sealing import MAGIC, seal

PHOTO = b"\x89PNG" + bytes(2000)


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    """Keys of the office, two teams and a stranger; office and teams have each other's cards."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("市办", "第一组", "第二组", "外人"):
        make_keys(folder / name, name)
    for name in ("第一组", "第二组"):
        trust(folder / "市办", folder / name / f"{name}.名片.json")
        trust(folder / name, folder / "市办" / "市办.名片.json")
    # the stranger knows the office; the office does not know him
    trust(folder / "外人", folder / "市办" / "市办.名片.json")
    return {name: read_keys(folder / name) for name in ("市办", "第一组", "第二组", "外人")}


@pytest.fixture(scope="module")
def handed_in(people, tmp_path_factory):
    """The first team's package for the office: two records, one with a photo."""
    inspection = workspace(tmp_path_factory.mktemp("team") / "第一组")
    attachments = Attachments.open(inspection)
    attachments.chunk("upload-1", 0, PHOTO)
    photo = {"name": "门牌.png", "size": len(PHOTO), "sha256": attachments.finish("upload-1", len(PHOTO))}
    target = inspection.folder / "交接" / "第一组.低保交接"
    with RecordLog.open(inspection) as log:
        write(log, "R1", {"name": "户主甲", "photos": [photo]})
        write(log, "R2")
        write_records(inspection, log, target, people["第一组"], people["第一组"].named("市办"), NINE)
    return target


@pytest.fixture
def office(tmp_path):
    inspection = workspace(tmp_path / "市办")
    with RecordLog.open(inspection) as log:
        yield inspection, log


def merge(office, keys, path):
    inspection, log = office
    with open_bundle(path, keys, inspection.folder) as content:
        return merge_records(inspection, log, content)


def refusal(office, keys, path):
    with pytest.raises(InputRefused) as refused:
        merge(office, keys, path)
    assert office[1].records() == []
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_the_office_takes_in_records_and_their_photos(office, people, handed_in):
    assert merge(office, people["市办"], handed_in).events == 2
    assert merge(office, people["市办"], handed_in).events == 0
    photo = office[1].record("R1").data["photos"][0]
    assert Attachments.open(office[0]).path(photo["sha256"]).read_bytes() == PHOTO


def test_a_package_shows_nothing_of_what_is_in_it(handed_in):
    content = handed_in.read_bytes()
    assert not any(word in content for word in ("户主甲".encode(), b'"R1"', b"plan.toml", b"\x89PNG"))


def test_another_team_cannot_open_it(people, office, handed_in):
    keys = people["第二组"]
    trusted = {**keys.known, people["第一组"].card.id: people["第一组"].card}
    keys = type(keys)(keys.card, keys.identity, keys.signer, trusted)
    assert "不是发给本机（第二组）的" in refusal(office, keys, handed_in)


def test_a_stranger_s_package_is_refused(people, office, tmp_path):
    target = tmp_path / "外人.低保交接"
    write_bundle(target, "records", office[0].plan, {}, people["外人"], people["市办"].card, NINE)
    assert "签名人不在本机已收的名片中，没有采用" in refusal(office, people["市办"], target)


def test_a_stranger_who_gives_a_team_s_name_is_found_out_by_the_signature(people, office, handed_in, tmp_path):
    _, header, rest = handed_in.read_bytes().split(b"\n", 2)
    forged = json.loads(header)
    forged["sha256"] = hashlib.sha256(rest).hexdigest()
    forged["signature"] = people["外人"].signer.sign(b"whatever").hex()
    path = tmp_path / "伪造.低保交接"
    path.write_bytes(MAGIC + json.dumps(forged).encode() + b"\n" + rest)
    assert "签名与“第一组”不符，是伪造或被改动过" in refusal(office, people["市办"], path)


def test_a_package_that_another_team_sealed_again_as_its_own_is_refused(people, office, tmp_path):
    made = tmp_path / "first.低保交接"
    write_bundle(made, "records", office[0].plan, {}, people["第一组"], people["市办"].card, NINE)
    with open_bundle(made, people["市办"], tmp_path) as content:
        content.file.seek(0)
        plain = content.file.read()
    seal(lambda file: file.write(plain), tmp_path / "again.低保交接", people["第二组"], people["市办"].card)
    assert "里外的发件人或收件人不一致" in refusal(office, people["市办"], tmp_path / "again.低保交接")


@pytest.mark.parametrize(
    ("touch", "told"),
    [
        (lambda content: content[:-1], "不完整：应有"),
        (lambda content: content[: len(content) // 2], "不完整：应有"),
        (lambda content: content + b"x", "不完整：应有"),
        (lambda content: content[:200], "不是交接包，或没有签名"),
        (lambda content: b"", "不是交接包，或没有签名"),
        (lambda content: b"PK\x03\x04" + content, "不是交接包，或没有签名"),
        (lambda content: content.replace(b'"signature":"', b'"signature":"","was":"'), "不是交接包，或没有签名"),
        (lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:], "在签名之后被改动或损坏"),
    ],
)
def test_a_package_touched_on_the_way_is_refused_in_a_sentence(people, office, handed_in, tmp_path, touch, told):
    path = tmp_path / "碰过.低保交接"
    path.write_bytes(touch(handed_in.read_bytes()))
    assert told in refusal(office, people["市办"], path)


@pytest.mark.parametrize("trial", range(30))
def test_a_flipped_bit_in_a_package_is_noticed(people, office, handed_in, tmp_path, trial):
    choice = random.Random(trial)
    content = bytearray(handed_in.read_bytes())
    content[choice.randrange(len(content) if trial % 2 else 500)] ^= 1 << choice.randrange(8)
    path = tmp_path / "翻转.低保交接"
    path.write_bytes(content)
    refusal(office, people["市办"], path)


def test_a_package_of_another_year_is_refused(people, office, handed_in, tmp_path):
    other = workspace(tmp_path / "另一年")
    plan = other.folder / "plan.toml"
    plan.write_text(plan.read_text("utf-8").replace("year = 2011", "year = 2012", 1), "utf-8")
    with RecordLog.open(other) as log:
        assert "属于另一个地方或年度的治理项目" in refusal((other, log), people["市办"], handed_in)


@pytest.mark.parametrize(
    "name", ["../plan.toml", "notebooks/a.ipynb", "draws/x.sh", "evidence/../../a.parquet", "/etc/x"]
)
def test_a_package_may_hold_data_only(people, office, tmp_path, name):
    path = tmp_path / "夹带.低保交接"
    write_bundle(path, "records", office[0].plan, {name: b"x"}, people["第一组"], people["市办"].card, NINE)
    assert "里面的内容不是交接包应有的样子" in refusal(office, people["市办"], path)


def test_an_attachment_that_is_gone_stops_the_packing(people, tmp_path):
    inspection = workspace(tmp_path / "甲")
    with RecordLog.open(inspection) as log:
        write(log, "R1", {"photos": [{"name": "门牌.png", "size": 1, "sha256": "0" * 64}]})
        with pytest.raises(InputRefused, match="有1个附件缺失或已损坏，没有打包"):
            write_records(inspection, log, tmp_path / "x", people["第一组"], people["市办"].card, NINE)
    assert not (tmp_path / "x").exists()


def test_no_plain_byte_is_left_beside_a_package(handed_in):
    assert [path.name for path in handed_in.parent.iterdir()] == ["第一组.低保交接"]


def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path):
    card = make_keys(tmp_path / "keys", "第一组")
    assert stat.S_IMODE((tmp_path / "keys" / "本机密钥.json").stat().st_mode) == 0o600
    with pytest.raises(UsageError, match="本机已有密钥，没有另建"):
        make_keys(tmp_path / "keys", "第一组")
    assert read_card(tmp_path / "keys" / "第一组.名片.json") == card
    assert b"SECRET" not in card.content()


def test_a_card_of_a_known_name_with_other_keys_is_not_taken_in(tmp_path):
    make_keys(tmp_path / "a", "第一组")
    make_keys(tmp_path / "b", "第一组")
    trust(tmp_path / "市办", tmp_path / "a" / "第一组.名片.json")
    trust(tmp_path / "市办", tmp_path / "a" / "第一组.名片.json")
    with pytest.raises(UsageError, match="已有“第一组”的名片，密钥不同，没有收入"):
        trust(tmp_path / "市办", tmp_path / "b" / "第一组.名片.json")


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".x", "x" * 41, "a\nb"])
def test_a_name_that_cannot_be_a_file_name_is_refused(tmp_path, name):
    with pytest.raises(UsageError, match="名称要用作文件名"):
        make_keys(tmp_path / "keys", name)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"format": "dibao-card-1", "name": "x", "recipient": "age1", "verifier": "00"}']
)
def test_a_file_that_is_no_card_is_refused(tmp_path, content):
    path = tmp_path / "x.名片.json"
    path.write_bytes(content)
    with pytest.raises(InputRefused, match="不是名片文件，或已损坏"):
        read_card(path)


def test_damaged_keys_are_said_in_a_sentence(tmp_path):
    make_keys(tmp_path, "第一组")
    (tmp_path / "本机密钥.json").write_text('{"identity": "x"}')
    with pytest.raises(InputRefused, match="本机密钥文件已损坏"):
        read_keys(tmp_path)
