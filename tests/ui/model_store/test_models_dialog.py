"""The window of models, with the models that ship and one real import."""

import json
import os
import struct
import subprocess
from pathlib import Path

import pytest
from qgis.core import QgsApplication
from qgis_fixtures import wait_until

from uhr_landcover.ui.model_store import store as model_store
from uhr_landcover.ui.model_store.import_form import ModelImportDialog
from uhr_landcover.ui.model_store.info import CARD_KEY, starter_path
from uhr_landcover.ui.model_store.models_dialog import ModelsDialog, open_models
from uhr_landcover.ui.model_store.store import (
    IMPORTED,
    STARTER,
    TRAINED,
    ModelRefused,
    add_model,
    delete_model,
    list_models,
)
from uhr_landcover.ui.process.engine_finder import EngineFinder
from uhr_landcover.ui.process.environment import ENGINE_PYTHON_VARIABLE, PACKAGE_DIR, find_interpreter
from uhr_landcover.ui.settings import PluginSettings

ENGINE = find_interpreter("", os.environ)
KEY_TABLE = Path(PACKAGE_DIR) / "tests" / "golden" / "isdnet_state_dict.tsv"
PUBLIC_ISDNET = """
import sys, torch
rows = [line.split("\\t")[:2] for line in open(sys.argv[1]).read().splitlines()[1:]]
shapes = {key: () if shape == "scalar" else tuple(map(int, shape.split("x"))) for key, shape in rows}
torch.save({"meta": {"epoch": 1}, "state_dict": {k: torch.zeros(s) for k, s in shapes.items()}}, sys.argv[2])
"""
"""Writes a file with the names and shapes of the published one."""


@pytest.fixture
def folder(qgis_app, tmp_path, monkeypatch):
    """Return an empty folder of models."""
    monkeypatch.setattr(QgsApplication, "qgisSettingsDirPath", staticmethod(lambda: str(tmp_path / "profile")))
    return tmp_path / "profile" / "uhr_landcover" / "models"


@pytest.fixture
def dialog(folder):
    """Return the window, and close it."""
    opened = open_models(None, PluginSettings(), EngineFinder(PluginSettings()))
    yield opened
    opened.shut_down()
    opened.close()


def write_model(path, **card):
    """Write a file that has a card and no weights."""
    made = {
        **{"title": "Mine", "method": "ppn", "ground_resolution_m": 0.5, "bands": ["red", "green", "blue"]},
        **{"legend": {"classes": [{"id": 1, "name": "Wet", "color": [0, 0, 255]}]}, "recipe": {"name": "mine"}},
        **card,
    }
    header = json.dumps({"__metadata__": {CARD_KEY: json.dumps(made)}}).encode()
    path.write_bytes(struct.pack("<Q", len(header)) + header)
    return str(path)


def titles(dialog):
    root = dialog.tree.invisibleRootItem()
    groups = [root.child(i) for i in range(root.childCount())]
    return {group.text(0): [group.child(i).text(0) for i in range(group.childCount())] for group in groups}


def test_models_are_listed_by_origin(folder, tmp_path, dialog):
    add_model(write_model(tmp_path / "a.safetensors", title="Trained"))
    add_model(write_model(tmp_path / "b.safetensors", title="Got", recipe={"imported_from": "x.pth"}))
    (folder / "notes.txt").write_text("no model")

    dialog.refresh()

    assert [m.origin for m in list_models()][-2:] == [TRAINED, IMPORTED]
    found = titles(dialog)
    assert found["Trained or added by you"] == ["Trained"]
    assert found["Imported"] == ["Got"]
    assert len(found["Starters, for trying out"]) == len([m for m in list_models() if m.origin == STARTER])


def test_starters_show_their_card_and_stay(dialog):
    model = dialog.current()

    assert model.origin == STARTER
    text = dialog.card.toPlainText()
    assert model.info.notice in text
    assert model.info.licence in text
    assert all(name in text for name in model.info.class_names)
    assert not dialog.delete_button.isEnabled()
    with pytest.raises(ModelRefused, match="belongs to the plugin"):
        delete_model(model)
    assert os.path.isfile(model.path)


def test_a_card_s_text_is_only_text(folder, tmp_path, dialog):
    title = "<img src='file:///x.png'><a href='http://127.0.0.1/'>Evil</a>"
    path = add_model(write_model(tmp_path / "a.safetensors", title=title, notice="<script>1</script>"))

    dialog.refresh(path)

    assert title in dialog.card.toPlainText()
    assert "<script>1</script>" in dialog.card.toPlainText()
    assert "<a href" not in dialog.card.toHtml()
    assert title in titles(dialog)["Trained or added by you"]


def test_adding_a_file_copies_it_and_chooses_it(folder, tmp_path, dialog):
    path = write_model(tmp_path / "mine.safetensors")
    (folder).mkdir(parents=True)
    write_model(folder / "mine.safetensors", title="Older")

    dialog.add_file(path)

    assert wait_until(lambda: dialog.current().title == "Mine")
    assert dialog.current().path == str(folder / "mine_2.safetensors")
    assert sorted(p.name for p in folder.iterdir()) == ["mine.safetensors", "mine_2.safetensors"]


def test_what_is_no_checkpoint_is_refused_with_the_reason(folder, tmp_path, dialog):
    (tmp_path / "bad.safetensors").write_bytes(b"\x00" * 40)

    dialog.add_file(str(tmp_path / "bad.safetensors"))

    assert wait_until(lambda: dialog.notes.texts)
    assert "no model card" in dialog.notes.texts[0]
    assert not folder.exists() or list(folder.iterdir()) == []


def test_own_models_can_be_deleted_and_others_cannot(folder, tmp_path, dialog):
    path = add_model(write_model(tmp_path / "a.safetensors"))
    dialog.refresh(path)

    dialog.delete_current(ask=False)

    assert not os.path.exists(path)
    assert "was deleted" in dialog.notes.texts[0]
    outside = model_store.StoredModel(write_model(tmp_path / "b.safetensors"), TRAINED, None)
    with pytest.raises(ModelRefused):
        delete_model(outside)
    assert os.path.exists(outside.path)


def test_damaged_files_are_shown_as_such(folder, dialog):
    folder.mkdir(parents=True)
    (folder / "cut.safetensors").write_bytes(b"\xff" * 9)

    dialog.refresh(str(folder / "cut.safetensors"))

    assert "no readable model card" in dialog.card.toPlainText()
    assert not dialog.use_button.isEnabled()
    assert dialog.delete_button.isEnabled()


@pytest.mark.parametrize("own", [False, True])
def test_using_a_model_tells_method_and_path(folder, tmp_path, dialog, own):
    said = []
    dialog.chosen.connect(lambda *a: said.append(a))
    path = add_model(write_model(tmp_path / "a.safetensors", method="glnet"))
    dialog.refresh(path if own else starter_path("ppn"))

    dialog.use_current()

    assert said == [("glnet", path)] if own else [("ppn", "")]
    assert not dialog.isVisible()


def test_import_form_asks_for_what_the_choice_needs(dialog):
    form = dialog.open_import()
    assert "fpn_deepglobe_local2global.pth" in form.guide.text()
    assert "fpn_deepglobe_global.pth" in form.guide.text()
    assert not form.global_file.isHidden()

    form.path.setCurrentIndex(1)
    assert "fpn_deepglobe_global2local.pth" in form.guide.text()
    assert form.global_file.isHidden()
    form.start()
    assert "A file is missing" in form.notes.texts[0]

    form.method.setCurrentIndex(1)
    assert "github.com/cedricgsh/ISDNet" in form.guide.text()
    assert form.path.isHidden()
    form.file.setFilePath("/no/such.pth")
    form.start()
    assert "There is no file '/no/such.pth'" in form.notes.texts[0]


def test_glnet_s_two_files_reach_the_engine(folder, tmp_path, fake_child, monkeypatch):
    seen = tmp_path / "seen.json"
    body = f"open({str(seen)!r}, 'w').write(json.dumps(sys.argv))\n"
    failure = "say('error', code='checkpoint_damaged', message='Cut.')\n"
    monkeypatch.setenv(ENGINE_PYTHON_VARIABLE, fake_child(body + failure))
    form = ModelImportDialog(EngineFinder(PluginSettings()))
    for name, widget in (("a.pth", form.file), ("b.pth", form.global_file)):
        (tmp_path / name).write_text("x")
        widget.setFilePath(str(tmp_path / name))

    form.start()

    assert form.is_running
    assert not form.start_button.isEnabled()
    assert wait_until(lambda: not form.is_running)
    assert "The checkpoint is damaged: Cut." in form.notes.texts[0]
    arguments = json.loads(seen.read_text())
    arguments = arguments[arguments.index("import-checkpoint") + 1 :]
    assert os.path.basename(arguments.pop(4)) == "glnet-deepglobe.safetensors"
    assert arguments == [
        *(str(tmp_path / "a.pth"), "--method", "glnet", "--out"),
        *("--path", "global_and_local", "--global-file", str(tmp_path / "b.pth")),
    ]
    assert list(folder.iterdir()) == []


def test_cancel_ends_the_import(folder, tmp_path, fake_child, monkeypatch):
    monkeypatch.setenv(ENGINE_PYTHON_VARIABLE, fake_child("sys.stdin.readline()\nsys.exit(3)\n"))
    form = ModelImportDialog(EngineFinder(PluginSettings()))
    form.method.setCurrentIndex(1)
    (tmp_path / "a.pth").write_text("x")
    form.file.setFilePath(str(tmp_path / "a.pth"))
    form.show()
    form.start()

    form.reject()

    assert wait_until(lambda: not form.is_running)
    assert form.isVisible()
    assert form.notes.texts == ("Cancelled: The run was cancelled.",)
    assert list(folder.iterdir()) == []
    form.reject()
    assert not form.isVisible()


@pytest.mark.skipif(ENGINE is None, reason="no engine interpreter: set UHR_ENGINE_PYTHON")
def test_a_public_checkpoint_becomes_a_model(folder, tmp_path, dialog):
    public = str(tmp_path / "isdnet.pth")
    subprocess.run([ENGINE.path, "-c", PUBLIC_ISDNET, str(KEY_TABLE), public], check=True, timeout=240)
    form = dialog.open_import()
    form.method.setCurrentIndex(1)
    form.file.setFilePath(public)

    form.start()

    assert wait_until(lambda: not form.is_running, 240)
    assert form.notes.texts[0].startswith("Imported as"), form.notes.texts
    assert dialog.current().origin == IMPORTED
    assert dialog.current().title == "ISDNet (public checkpoint)"
    assert "the DeepGlobe data are for research only" in dialog.card.toPlainText()
    assert [p.name for p in folder.iterdir()] == ["isdnet-deepglobe.safetensors"]


def test_window_has_no_control_without_name_or_tip(dialog):
    form = dialog.open_import()
    buttons = [dialog.use_button, dialog.tune_button, dialog.folder_button, dialog.delete_button]

    assert all(b.toolTip() and "&" in b.text() for b in [*buttons, dialog.import_button, dialog.add_button])
    assert all(w.toolTip() for w in (form.method, form.path, form.file, form.global_file, form.name))
    assert isinstance(dialog, ModelsDialog)
