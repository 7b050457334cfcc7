"""Raw files read strictly: what is taken as it stands, and where one that cannot be is at fault."""

import pytest

from analysis.data.columns import column, define_table
from analysis.data.read import read_csv_strictly, read_text, read_yaml

TABLE = define_table("made", "", "", ["name"], name=column(""), value=column(""))


def places(faults):
    return [(fault.file, fault.row, fault.column, fault.found) for fault in faults]


@pytest.fixture
def table(tmp_path):
    def read(text):
        path = tmp_path / "made.csv"
        path.write_bytes(text.encode("utf-8"))
        rows, faults = read_csv_strictly(path, TABLE)
        return rows, places(faults)

    return read


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("name,value\na,1\n", {2: ["a", "1"]}),
        ("\ufeffname,value\r\na,1\r\n", {2: ["a", "1"]}),
        ('name,value\n"a\nb",1\nNA,\n', {3: ["a\nb", "1"], 4: ["NA", ""]}),
    ],
)
def test_rows_are_text_as_it_stands_with_the_line_they_end_at(table, text, rows):
    found, faults = table(text)
    assert faults == []
    assert dict(zip(found.index, found.values.tolist(), strict=True)) == rows


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", (1, "(file)", "no rows")),
        ("name,value\n", (1, "(file)", "no rows")),
        ("value,name\n1,a\n", (1, "(header)", "value, name")),
    ],
)
def test_what_is_not_this_table_gives_no_rows(table, text, fault):
    assert table(text) == (None, [("made.csv", *fault)])


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("name;value\na;1\n", "semicolons"),
        ('\ufeff"name";"value"\r\n"a";"1"\r\n', "semicolons"),
        ("name\tvalue\na\t1\n", "tabs"),
    ],
)
def test_other_marks_than_commas_between_cells_are_named(tmp_path, text, mark):
    (tmp_path / "made.csv").write_bytes(text.encode("utf-8"))
    rows, (fault,) = read_csv_strictly(tmp_path / "made.csv", TABLE)
    assert rows is None and (fault.row, fault.column) == (1, "(header)")
    assert fault.valid == (
        f"commas between cells, which are parted by {mark} here: save it with commas"
    )


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("value,name", "exchanged: value, name"),
        ("name", "missing: value"),
        ("name,valeu", "missing: value; one too many: valeu"),
        ("name,value,value", "twice: value"),
        ("name,value,check,check", "one too many: check; twice: check"),
        ("a,b,name,value,c", "too many: a, b, c"),
    ],
)
def test_what_is_wrong_with_the_first_row_is_told_before_the_columns(tmp_path, header, said):
    (tmp_path / "made.csv").write_text(f"{header}\na,1\n", encoding="utf-8")
    _, faults = read_csv_strictly(tmp_path / "made.csv", TABLE)
    assert (faults[0].row, faults[0].column) == (1, "(header)")
    assert faults[0].found == ", ".join(header.split(","))
    assert faults[0].valid == f"these columns ({said}): name, value"


def test_more_than_two_columns_in_other_places_are_in_another_order(tmp_path):
    three = define_table("made", "", "", ["a"], a=column(""), b=column(""), c=column(""))
    (tmp_path / "made.csv").write_text("b,c,a\n1,2,3\n", encoding="utf-8")
    rows, (fault,) = read_csv_strictly(tmp_path / "made.csv", three)
    assert rows is None
    assert fault.valid == "these columns (in another order: b, c, a): a, b, c"


def test_beside_a_column_too_many_the_others_are_read(tmp_path):
    (tmp_path / "made.csv").write_text("name,check,value\na,x,1\nb,y\n", encoding="utf-8")
    rows, faults = read_csv_strictly(tmp_path / "made.csv", TABLE)
    assert [(fault.row, fault.column, fault.found) for fault in faults] == [
        (1, "(header)", "name, check, value"),
        (3, "(row)", "2 cells"),
    ]
    assert (rows.columns.tolist(), rows.values.tolist()) == (["name", "value"], [["a", "1"]])


def test_a_table_without_rows_is_told_which_columns_it_should_have(tmp_path):
    (tmp_path / "made.csv").write_text("name,value\n", encoding="utf-8")
    _, (fault,) = read_csv_strictly(tmp_path / "made.csv", TABLE)
    assert fault.valid == "the columns name, value, and a row at least"


@pytest.mark.parametrize(
    ("text", "fault", "lines"),
    [
        ("name,value\na,1\nname,value\nb,2\n", (3, "(row)", "name, value"), [2, 4]),
        ("name,value\na\nb,2\n", (2, "(row)", "1 cells"), [3]),
        ("name,value\na,1,2\nb,2\n", (2, "(row)", "3 cells"), [3]),
        ("name,value\na,1\n\nb,2\n", (3, "(row)", "an empty line"), [2, 4]),
        ("name,value\na,1\n,\nb,2\n", (3, "(row)", "empty cells"), [2, 4]),
        ("name,value\na,1\n,,,\nb,2\n", (3, "(row)", "empty cells"), [2, 4]),
        ("name,value\na,1\nb,2", (3, "(file)", "b,2"), [2, 3]),
        ("name,value\na,1\nb,2\nc,3", (4, "(file)", "c,3"), [2, 3, 4]),
        ("name,value\nb,2,3\n", (2, "(row)", "3 cells"), []),
    ],
)
def test_a_row_that_is_none_is_the_fault_of_its_line_and_the_others_are_kept(
    table, text, fault, lines
):
    rows, faults = table(text)
    assert faults == [("made.csv", *fault)]
    assert rows.index.tolist() == lines


def test_a_quotation_mark_that_is_left_open_is_a_fault(table):
    rows, faults = table('name,value\na,1\n"b,2\n')
    assert [(row, name) for _, row, name, _ in faults] == [(3, "(row)")]
    assert rows.index.tolist() == [2]


def test_a_file_is_read_as_it_is(tmp_path):
    path = tmp_path / "made.txt"
    path.write_text("some wörds\n", encoding="utf-8")
    assert read_text(path, "words") == ("some wörds\n", [])


def test_what_is_no_file_of_its_own_is_a_fault_without_text(tmp_path):
    file = tmp_path / "file"
    file.touch()
    (tmp_path / "link").symlink_to(file)
    found = {name: read_text(tmp_path / name, "a file") for name in ("link", ".", "none")}
    assert [text for text, _ in found.values()] == ["", "", ""]
    assert places(found["link"][1]) == [("link", 0, "(file)", "a symbolic link")]
    assert found["."][1][0].found == "a folder or a device"
    assert places(found["none"][1]) == [("none", 0, "(file)", "No such file or directory")]
    assert found["none"][1][0].valid == "a file"


def test_bytes_that_are_no_text_are_the_fault_of_their_line(tmp_path):
    path = tmp_path / "made.txt"
    path.write_bytes(b"one\ntwo\n\xff\n")
    text, faults = read_text(path, "words")
    assert text == ""
    assert places(faults) == [("made.txt", 3, "(file)", "byte 0xff, which is not UTF-8")]


@pytest.fixture
def mapping(tmp_path):
    def read(text):
        path = tmp_path / "made.yml"
        path.write_text(text, encoding="utf-8")
        found, faults = read_yaml(path)
        return found, [(fault.row, fault.column) for fault in faults]

    return read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\nb: two\n", {"a": 1, "b": "two"}),
        ("\ufeffa: 1\n", {"a": 1}),
        ("date: 2016-06-01\n", {"date": "2016-06-01"}),  # as it was typed
        ("", None),
    ],
)
def test_a_mapping_is_read_with_its_dates_as_text(mapping, text, found):
    assert mapping(text) == (found, [])


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("b: 2\na: 1\na: 3\n", 2),  # a key that stands twice, at the first of them
        ("a: 1\n? [b]\n: 2\n", 2),  # a key that is a list
        ("a: 1\nb: [2\n", 3),  # a bracket that is left open
        ("a: \x07\n", 0),  # a character that no text has
        ("a: !!int x\n", 0),  # a tag that its value does not bear
    ],
)
def test_a_mapping_that_is_none_is_the_fault_of_its_line(mapping, text, row):
    assert mapping(text) == (None, [(row, "(file)")])


@pytest.mark.parametrize("text", ["a: 1\na: 3\n", "a: [2\n", "a: \x07\n", "a: !!int x\n"])
def test_what_is_wrong_with_a_mapping_is_told_in_one_line(tmp_path, text):
    (tmp_path / "made.yml").write_text(text, encoding="utf-8")
    _, (fault,) = read_yaml(tmp_path / "made.yml")
    assert len(fault.found.splitlines()) == 1


def test_a_mapping_that_is_not_there_is_a_fault(tmp_path):
    found, faults = read_yaml(tmp_path / "made.yml")
    assert found is None and len(faults) == 1
