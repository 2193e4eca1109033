"""`dibao lab`: JupyterLab at a workspace, on this machine only, with a token, opened at one notebook."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from dibao_lib.errors import UsageError
from dibao_lib.notebooks import copy_notebooks, load_nbformat

if TYPE_CHECKING:
    from dibao_lib.workspace import Inspection

START = "00_start"
ADDRESS = "127.0.0.1"
# what the browser keeps of a form belongs to address and port: the port stays the same from day to day
PORT = 8790
_CONFIGURATION = Path(__file__).parent / "jupyter"


def open_lab(
    inspection: Inspection, notebook: str, say: Callable[[str], None], *, port: int = PORT, browser: bool = True
) -> None:
    """Runs JupyterLab until it is stopped.

    Args:
        inspection: the workspace; shipped notebooks it lacks are put there, and those unchanged are signed.
        notebook: name or path of the notebook to open.
        say: told the address to open, token included, once the server listens.
        port: first port to try.
        browser: whether to open the system's browser.

    Raises:
        UsageError: there is no such notebook in the workspace.
    """
    copy_notebooks(inspection.folder / "notebooks")
    path = find_notebook(inspection, notebook)
    use_configuration()
    load_nbformat()
    # loaded here: it takes a second, and it reads the environment just set
    from jupyter_core.paths import jupyter_data_dir
    from jupyterlab.labapp import LabApp

    from dibao_lib.lab.signing import sign_shipped

    sign_shipped(inspection.folder / "notebooks", jupyter_data_dir())
    token = secrets.token_hex(24)
    server = LabApp.initialize_server(arguments(inspection.folder, path, token, port, browser))
    say(f"http://{ADDRESS}:{server.port}/doc/tree/{quote(path)}?token={token}")
    server.start()


def find_notebook(inspection: Inspection, name: str) -> str:
    """The path below the workspace of a notebook given by name or path.

    Raises:
        UsageError: it does not exist there.
    """
    folder = inspection.folder
    for base in (folder / "notebooks", folder, Path.cwd()):
        for word in (name, f"{name}.ipynb"):
            found = (base / word).resolve()
            if found.suffix == ".ipynb" and found.is_file() and found.is_relative_to(folder):
                return found.relative_to(folder).as_posix()
    offered = "、".join(sorted(each.stem for each in (folder / "notebooks").glob("*.ipynb")))
    raise UsageError(f"工作区里没有笔记本“{Path(name).name}”。可以打开的有：{offered}。")


def use_configuration() -> None:
    """Puts the shipped settings, kernel and extension before those of the machine, for this process and its kernels."""
    for name in ("JUPYTER_PATH", "JUPYTER_CONFIG_PATH"):
        before = os.environ.get(name, "")
        os.environ[name] = os.pathsep.join(part for part in (str(_CONFIGURATION), before) if part)


def arguments(root: Path, notebook: str, token: str, port: int, browser: bool) -> list[str]:
    """The settings that outrank every configuration file of the machine."""
    url = f"/doc/tree/{quote(notebook)}"
    given = {
        "ServerApp.ip": ADDRESS,
        "ServerApp.port": port,
        "ServerApp.port_retries": 20,
        "ServerApp.root_dir": root,
        "ServerApp.open_browser": browser,
        "ServerApp.allow_remote_access": False,
        "ServerApp.allow_origin": "",
        "ServerApp.disable_check_xsrf": False,
        "ServerApp.allow_root": True,
        "ServerApp.answer_yes": True,
        "Application.log_level": "ERROR",
        "IdentityProvider.token": token,
        "PasswordIdentityProvider.hashed_password": "",
        # a kernel that died is missed, and the page told, within half a second instead of three
        "KernelRestarter.time_to_dead": 0.5,
        "ServerApp.kernel_websocket_connection_class": "dibao_lib.lab.closing.Connection",
        "ContentsManager.pre_save_hook": "dibao_lib.lab.saving.strip_notebook",
        "ContentsManager.checkpoints_class": "dibao_lib.lab.saving.NoCheckpoints",
        "LabApp.default_url": url,
        "LabApp.extension_manager": "readonly",
    }
    return [f"--{key}={value}" for key, value in given.items()]
