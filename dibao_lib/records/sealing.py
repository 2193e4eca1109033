"""The envelope of a package: encrypted to one reader (age), signed by the sender (Ed25519) over the ciphertext.

A file is one magic line, one line of JSON (from, to, size, sha256, signature), then the ciphertext.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from io import BufferedReader
from pathlib import Path
from typing import IO, Any

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from dibao_lib.errors import InputRefused
from dibao_lib.records.canonical import canonical
from dibao_lib.records.keys import Card, Keys

MAGIC = b"dibao-bundle-1\n"
_LONGEST_HEADER = 2000
_SIGNED = ("format", "from", "to", "size", "sha256")


def seal(write: Callable[[IO[bytes]], None], target: Path, keys: Keys, reader: Card) -> None:
    """Writes a package whole: what `write` writes, encrypted and signed; the plain bytes touch no named file.

    Args:
        write: fills a binary file.
        target: the package.
        keys: the sender's.
        reader: whose key it is encrypted to.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=target.parent) as plain, tempfile.TemporaryFile(dir=target.parent) as secret:
        write(plain)
        plain.seek(0)
        pyrage.encrypt_io(plain, secret, [pyrage.x25519.Recipient.from_str(reader.recipient)])
        size = secret.tell()
        secret.seek(0)
        header = {"format": MAGIC.decode().strip(), "from": keys.card.id, "to": reader.id, "size": size}
        header["sha256"] = hashlib.file_digest(secret, "sha256").hexdigest()
        header["signature"] = keys.signer.sign(_signed(header)).hex()
        secret.seek(0)
        _put(target, MAGIC + canonical(header).encode() + b"\n", secret)


def _put(target: Path, head: bytes, rest: IO[bytes]) -> None:
    """The package under its name only once it is complete."""
    temporary = target.with_name(f".{target.name}.tmp")
    with temporary.open("wb") as file:
        file.write(head)
        shutil.copyfileobj(rest, file, 1 << 20)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(target)


def unseal(path: Path, keys: Keys, plain: IO[bytes]) -> Card:
    """Checks a package's signature, then decrypts it into a file.

    Args:
        path: the package.
        keys: the reader's; the sender's card must be among the known ones.
        plain: an empty binary file, left at its start.

    Returns:
        The sender.

    Raises:
        InputRefused: it is no package, not whole, unsigned, forged, from a stranger, or for somebody else.
    """
    try:
        with path.open("rb") as file:
            header = _header(file, path.name)
            sender = _checked(header, file, path, keys)
            pyrage.decrypt_io(file, plain, [keys.identity])
    except OSError:
        raise InputRefused(f"读不到 {path.name}。请核对文件名；在优盘上的，请先复制到本机再并入。") from None
    except pyrage.DecryptError:
        raise InputRefused(
            f"{path.name} 解不开：不是用本机名片加密的，或已损坏。请对方核对收件人后重新打包。"
        ) from None
    plain.seek(0)
    return sender


def _header(file: IO[bytes], name: str) -> dict[str, Any]:
    if file.readline(len(MAGIC)) == MAGIC:
        try:
            header = json.loads(file.readline(_LONGEST_HEADER))
            if isinstance(header, dict) and header["format"] == MAGIC.decode().strip() and header["signature"]:
                return header
        except (ValueError, KeyError):
            pass
    raise InputRefused(f"{name} 不是交接包，或没有签名，没有采用。请对方用 dibao bundle 重新打包。")


def _checked(header: dict[str, Any], file: BufferedReader, path: Path, keys: Keys) -> Card:
    """The sender, once size, digest, signature and reader fit; leaves the file where the ciphertext starts."""
    start, end = file.tell(), path.stat().st_size
    sender = keys.known.get(str(header.get("from")))
    if sender is None:
        raise InputRefused(
            f"{path.name} 的签名人不在本机已收的名片中，没有采用。请核对来源；确属检查组的，先用 dibao bundle trust 收入其名片。"
        )
    try:
        verifier = Ed25519PublicKey.from_public_bytes(bytes.fromhex(sender.verifier))
        verifier.verify(bytes.fromhex(header["signature"]), _signed(header))
    except (InvalidSignature, ValueError, TypeError, KeyError, InputRefused):
        raise InputRefused(
            f"{path.name} 的签名与“{sender.name}”不符，是伪造或被改动过，没有采用。请向其核实。"
        ) from None
    if end - start != header["size"]:
        raise InputRefused(
            f"{path.name} 不完整：应有{header['size']}字节，实有{end - start}字节，没有采用。请重新复制或让对方重发。"
        )
    if hashlib.file_digest(file, "sha256").hexdigest() != header["sha256"]:
        raise InputRefused(f"{path.name} 的内容在签名之后被改动或损坏，没有采用。请重新复制或让对方重发。")
    if header["to"] != keys.card.id:
        raise InputRefused(f"{path.name} 不是发给本机（{keys.card.name}）的，没有采用。请对方核对收件人后重新打包。")
    file.seek(start)
    return sender


def _signed(header: dict[str, Any]) -> bytes:
    return canonical([header[name] for name in _SIGNED]).encode()
