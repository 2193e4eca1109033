"""Where the workbench opens, and for whom."""

import json

import pytest

from dibao_lib.errors import UsageError
from dibao_lib.lab import launch
from dibao_lib.workspace import Inspection


@pytest.fixture
def ins(tmp_path):
    made = Inspection.create(tmp_path / "workspace")
    (made.folder / "notebooks" / "06_hearing.ipynb").write_text("{}", encoding="utf-8")
    return made


def test_it_listens_on_this_machine_only_and_always_with_a_token(ins):
    said = launch.arguments(ins.folder, "notebooks/00_start.ipynb", "secret", 8790, browser=False)
    assert "--ServerApp.ip=127.0.0.1" in said
    assert "--IdentityProvider.token=secret" in said
    assert "--PasswordIdentityProvider.hashed_password=" in said
    assert "--LabApp.default_url=/doc/tree/notebooks/00_start.ipynb" in said


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.5", "::", ""])
def test_other_addresses_are_refused(ins, dibao, address):
    code, _, err = dibao("-w", ins.folder, "lab", "--ip", address, "--no-browser")
    assert code == 2
    assert "只能在本机打开" in err


@pytest.mark.parametrize("name", ["06_hearing", "06_hearing.ipynb", "notebooks/06_hearing.ipynb"])
def test_a_notebook_is_found_by_name_or_path(ins, name):
    assert launch.find_notebook(ins, name) == "notebooks/06_hearing.ipynb"


@pytest.mark.parametrize("name", ["../../outside", "没有", "plan.toml", "/etc/passwd"])
def test_what_is_not_a_notebook_of_the_workspace_is_not_opened(ins, name):
    with pytest.raises(UsageError, match="可以打开的有：06_hearing"):
        launch.find_notebook(ins, name)


def test_the_shipped_kernel_keeps_no_history_and_the_settings_are_chinese():
    shipped = launch._CONFIGURATION
    kernel = json.loads((shipped / "kernels" / "python3" / "kernel.json").read_text(encoding="utf-8"))
    settings = json.loads((shipped / "labconfig" / "default_setting_overrides.json").read_text(encoding="utf-8"))
    assert "--HistoryManager.enabled=False" in kernel["argv"]
    assert settings["@jupyterlab/translation-extension:plugin"]["locale"] == "zh_CN"
