"""Texts are compiled once, as long as neither they nor any code of ours changes."""

import jinja2
import pytest

from analysis.page import compiled
from analysis.page.language import speaking

TEXT = "{{ 2 | twice }} {{ who }}"


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "kept" / "texts"


def told(folder, text=TEXT, twice=lambda number: 2 * number):
    """What a text says in an environment of its own, as each process has one."""
    environment = jinja2.Environment(
        loader=jinja2.DictLoader({"a": text}), bytecode_cache=compiled.Compiled()
    )
    environment.filters["twice"] = twice
    with compiled.compiled_in(folder):
        return environment.get_template("a").render(who="you")


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_text_is_taken_as_it_was_compiled(kept):
    assert told(kept) == "4 you"
    # What Jinja reckoned when it compiled tells that it did not do so again.
    assert told(kept, twice=lambda number: -number) == "4 you"


def test_another_text_is_compiled_anew(kept):
    told(kept)
    assert told(kept, "{{ 3 | twice }} {{ who }}!") == "6 you!"


def test_two_files_of_one_name_are_kept_apart():
    keys = [compiled.Compiled().get_cache_key("a", f"{folder}/a") for folder in ("text", "macros")]
    assert keys[0] != keys[1]


def test_other_code_compiles_anew_and_leaves_nothing_of_the_old(kept, monkeypatch):
    told(kept)
    before = files(kept)
    monkeypatch.setattr(compiled, "code_key", lambda: "another")
    assert told(kept, twice=lambda number: -number) == "-2 you"
    (after,) = files(kept)
    assert after.parent.name == "another"
    assert after not in before


def test_without_a_folder_nothing_is_kept(kept):
    told(kept)
    assert told(None, twice=lambda number: -number) == "-2 you"


def test_what_is_reckoned_when_a_text_is_compiled_is_in_its_language(kept):
    told(kept)
    with speaking("ru"):
        assert told(kept, twice=lambda number: -number) == "-2 you"
    assert told(kept) == "4 you"


MAGIC = jinja2.bccache.bc_magic


@pytest.mark.parametrize(
    "content",
    [b"", b"nothing of the kind", MAGIC, MAGIC + b"\x80\x05", MAGIC + b"no checksum"],
    ids=["empty", "text", "cut", "cut in the checksum", "no checksum"],
)
def test_a_broken_file_is_compiled_anew(kept, content):
    told(kept)
    (file,) = files(kept)
    file.write_bytes(content)
    assert told(kept) == "4 you"
    assert file.read_bytes() != content


def test_a_text_is_told_where_nothing_can_be_kept(tmp_path):
    in_the_way = tmp_path / "texts"
    in_the_way.write_text("a file")
    assert told(in_the_way) == "4 you"


def test_a_change_of_any_code_or_word_is_another_key(tmp_path, monkeypatch):
    for room in ("data", "measures", "page", "charts"):
        (tmp_path / room).mkdir()
    (tmp_path / "config.py").write_text("")
    words = tmp_path / "page" / "words.yml"
    monkeypatch.setattr(compiled, "_PACKAGE", tmp_path)

    def key():
        compiled.code_key.cache_clear()
        return compiled.code_key()

    keys = [key()]
    words.write_text("a: b")
    keys.append(key())
    words.write_text("a: c")
    keys.append(key())
    words.rename(words.with_name("others.yml"))
    keys.append(key())
    compiled.code_key.cache_clear()
    assert len(set(keys)) == 4
