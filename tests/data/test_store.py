"""Files that are written whole or not at all."""

import os
import stat

import pytest

from analysis.data import store


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_file_is_for_everyone_that_the_users_mask_lets_in(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "_UMASK", 0o027)
    store.save(tmp_path / "table.csv", "words")
    assert stat.S_IMODE((tmp_path / "table.csv").stat().st_mode) == 0o640


def test_the_folders_of_a_file_are_made_with_it(tmp_path):
    store.save(tmp_path / "reports" / "figures" / "table.csv", "words")
    assert (tmp_path / "reports" / "figures" / "table.csv").read_text() == "words"


def test_a_file_that_is_being_written_has_an_ending_that_the_next_build_knows(
    tmp_path, monkeypatch
):
    names = []
    replace = store.Path.replace

    def watched(part, path):
        names.extend(found.name for found in tmp_path.iterdir())
        return replace(part, path)

    monkeypatch.setattr(store.Path, "replace", watched)
    store.save(tmp_path / "table.csv", "words")
    (name,) = names
    assert name.startswith(".table.csv.") and name.endswith(".part")
    assert [found.name for found in tmp_path.iterdir()] == ["table.csv"]


def test_a_file_that_cannot_be_put_in_its_place_leaves_nothing_and_says_why(tmp_path, monkeypatch):
    def full(part, path):
        raise OSError("no space left")

    monkeypatch.setattr(store.Path, "replace", full)
    with pytest.raises(OSError, match="no space left"):
        store.save(tmp_path / "table.csv", "words")
    assert list(tmp_path.iterdir()) == []
