"""Who sends and who may read: one key pair a computer, kept outside every workspace, and the cards of the others.

A card (名片) is public: a name, an age recipient that packages are encrypted to, an Ed25519 key that signatures are
checked with. Its fingerprint is read out over the telephone before the card is taken in.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.records.canonical import canonical

VARIABLE = "DIBAO_KEYS"
SUFFIX = ".名片.json"
_OWN = "本机密钥.json"
_FORMAT = "dibao-card-1"


@dataclass(frozen=True, slots=True)
class Card:
    """What everybody may know of a correspondent: `recipient` is an age key, `verifier` 64 hex digits of Ed25519."""

    name: str
    recipient: str
    verifier: str

    @property
    def id(self) -> str:
        """SHA-256 of the two keys, 64 hex digits."""
        return hashlib.sha256(f"{self.recipient}\n{self.verifier}".encode()).hexdigest()

    @property
    def fingerprint(self) -> str:
        """What two people compare over the telephone: 80 bits in five groups of four."""
        return " ".join(self.id[start : start + 4] for start in range(0, 20, 4))

    def content(self) -> bytes:
        """The card as a file."""
        return (canonical({"format": _FORMAT, **asdict(self)}) + "\n").encode()


@dataclass(frozen=True, slots=True)
class Keys:
    """This computer's own keys and card, and the cards it took in, by id."""

    card: Card
    identity: pyrage.x25519.Identity
    signer: Ed25519PrivateKey
    known: Mapping[str, Card]

    def named(self, name: str) -> Card:
        """The card of a correspondent.

        Raises:
            UsageError: there is none of that name.
        """
        for card in self.known.values():
            if card.name == name:
                return card
        names = "、".join(sorted(card.name for card in self.known.values() if card != self.card))
        raise UsageError(
            f"没有“{name}”的名片。已收的名片：{names or '无'}。请向对方索取名片文件，用 dibao bundle trust 收入。"
        )


def keys_folder(environment: Mapping[str, str], home: Path) -> Path:
    """Where keys are kept: $DIBAO_KEYS, else .dibao/keys in the person's home; never in a workspace."""
    return Path(environment.get(VARIABLE) or home / ".dibao" / "keys")


def make_keys(folder: Path, name: str) -> Card:
    """Makes this computer's keys, once, readable by their owner only.

    Raises:
        UsageError: it has keys already, or the name cannot be a file name.
    """
    _reject_name(name)
    path = folder / _OWN
    if path.exists():
        raise UsageError("本机已有密钥，没有另建。名片在密钥文件夹中；确需更换的，请先移走旧密钥，并把新名片发给各方。")
    identity, signer = pyrage.x25519.Identity.generate(), Ed25519PrivateKey.generate()
    card = Card(name, str(identity.to_public()), signer.public_key().public_bytes_raw().hex())
    secret = {"name": name, "identity": str(identity), "signer": signer.private_bytes_raw().hex()}
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="utf-8") as file:
        file.write(canonical(secret) + "\n")
    (folder / f"{name}{SUFFIX}").write_bytes(card.content())
    return card


def read_keys(folder: Path) -> Keys:
    """This computer's keys and all cards.

    Raises:
        UsageError: it has no keys yet.
        InputRefused: a file in the folder is damaged.
    """
    path = folder / _OWN
    if not path.is_file():
        raise UsageError("本机还没有密钥。请先运行 dibao bundle key 名称（如 第一组、市办），再把生成的名片发给对方。")
    try:
        secret = json.loads(path.read_text(encoding="utf-8"))
        identity = pyrage.x25519.Identity.from_str(secret["identity"])
        signer = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret["signer"]))
        name = str(secret["name"])
    except (ValueError, KeyError, TypeError, pyrage.IdentityError):
        raise InputRefused("本机密钥文件已损坏。请从备份恢复密钥文件夹，或移走后重新生成并另发名片。") from None
    own = Card(name, str(identity.to_public()), signer.public_key().public_bytes_raw().hex())
    cards = [own, *(read_card(file) for file in sorted(folder.glob(f"*{SUFFIX}")))]
    return Keys(own, identity, signer, {card.id: card for card in cards})


def read_card(path: Path) -> Card:
    """The card in a file.

    Raises:
        InputRefused: it is none.
    """
    try:
        data = json.loads(path.read_bytes())
        card = Card(str(data["name"]), str(data["recipient"]), str(data["verifier"]))
        pyrage.x25519.Recipient.from_str(card.recipient)
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(card.verifier))
        _reject_name(card.name)
        fits = data["format"] == _FORMAT
    except (OSError, ValueError, KeyError, TypeError, UsageError, pyrage.RecipientError):
        fits = False
    if not fits:
        raise InputRefused(f"{path.name} 不是名片文件，或已损坏。请向对方重新索取名片（文件名以 {SUFFIX} 结尾）。")
    return card


def trust(folder: Path, path: Path) -> Card:
    """Takes in a card.

    Raises:
        UsageError: another card of that name is there.
    """
    card = read_card(path)
    target = folder / f"{card.name}{SUFFIX}"
    if target.is_file() and read_card(target).id != card.id:
        raise UsageError(
            f"已有“{card.name}”的名片，密钥不同，没有收入。请先用电话与对方核对指纹；对方确已更换密钥的，移走旧名片后再收。"
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.write_bytes(card.content())
    return card


def _reject_name(name: str) -> None:
    if not re.fullmatch(r'[^\\/:*?"<>|.\s][^\\/:*?"<>|]{0,39}', name) or not name.isprintable():
        raise UsageError('名称要用作文件名：1至40个字，不含 / \\ : * ? " < > | ，不以点或空格开头。请换一个名称。')
