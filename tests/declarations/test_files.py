"""What is declared wrongly is told with file and line."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from archive.declarations import DeclarationError, data_dir, forms, load, prose
from archive.declarations.files import read_csv, read_yaml
from parsers.records import Document
from parsers.tables import read_tables
from tests.parsers.tables.build import grid


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(data_dir() / "indicators", tmp_path / "indicators")
    return tmp_path


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("a,b\n1,2,3\n", 2, "3 cells under 2 columns"),
        ("a,b,c\n1,2,3\n", 1, "unknown columns: 'c'"),
        ("a\n1\n", 1, "missing columns: b"),
        ("a,b,a\n1,2,3\n", 1, "twice"),
        ("", 1, "missing columns: a, b"),
        ('a,b\n1,"2\n', 2, ""),
        ('a,b\n"1\n1",2\n3\n', 4, "1 cells under 2 columns"),
    ],
)
def test_csv_errors_name_file_and_line(
    tmp_path: Path, content: str, line: int, reason: str
) -> None:
    path = tmp_path / "some.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DeclarationError) as error:
        read_csv(path, ("a", "b"))
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert reason in str(error.value)


def test_csv_reading(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_text("\ufeffb, a\n# remark,\n\n x ,1|2\n", encoding="utf-8")
    (row,) = read_csv(path, ("a", "b"))
    assert (row["b"], row.several("a"), row.line) == ("x", ("1", "2"), 4)
    for wrong in (
        lambda: row.integer("b"),
        lambda: row.decimal("b"),
        lambda: row.choice("b", ("y",)),
    ):
        with pytest.raises(DeclarationError, match=r"some\.csv:4: "):
            wrong()


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="cannot be read"):
        read_csv(tmp_path / "none.csv", ("a",))
    (tmp_path / "gbk.csv").write_bytes("规章".encode("gb18030"))
    with pytest.raises(DeclarationError, match="not UTF-8"):
        read_csv(tmp_path / "gbk.csv", ("a",))
    (tmp_path / "bad.yaml").write_text("a: b\nc: [1\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"bad\.yaml:\d+: "):
        read_yaml(tmp_path / "bad.yaml")


@pytest.mark.parametrize(
    ("name", "line", "reason"),
    [
        (
            "labels.csv",
            "2014,statistics,,,新行,row,,no.such.code,件,,",
            "'no.such.code' is not declared",
        ),
        (
            "labels.csv",
            "2014,statistics,一,,主动公开政府信息数,row,,proactive.items,条,,",
            "declared twice",
        ),
        ("labels.csv", "2014,statistics,,,新行,row,,,件,,", "a row needs an indicator"),
        ("labels.csv", "2014,nowhere,,,新行,row,,proactive.items,件,,", "table 'nowhere'"),
        ("labels.csv", "2014,statistics,,,新行,row,nohead,proactive.items,件,,", "head 'nohead'"),
        ("labels.csv", "2014,statistics,,,新行,row,,proactive.items,斤,,", "unit '斤'"),
        ("labels.csv", "2014,statistics,,,新行,kind,,proactive.items,件,,", "kind is 'kind'"),
        ("labels.csv", "2014,statistics,,,新费用,row,,fees.charged,万元,,", "money"),
        ("labels.csv", "2014,statistics,,,新行,row,,proactive.items,元,,", "not of the kind of"),
        ("labels.csv", "2041,statistics,,,新行,row,,proactive.items,件,,", "form '2041'"),
        ("forms.csv", "hunan,a form without a row", "has no row in labels.csv"),
        ("forms.csv", "2014,", "declared twice"),
        ("heads.csv", "requests,applicant,natural_person,自然人,", "declared twice"),
        ("heads.csv", "requests,somebody,natural_person,某人,", "role is 'somebody'"),
        ("indicators.csv", "proactive.items,主动公开,条,flow,,", "declared twice"),
        ("indicators.csv", "new.code,新,条,sometimes,,", "measure is 'sometimes'"),
        ("units.csv", "斤,weight,1", "dimension is 'weight'"),
        ("units.csv", "百元,money,many", "not a number"),
        ("words.csv", "无,value,not_applicable", "declared twice"),
        ("identities.csv", "new,2014,eq,no.such.code,proactive.items,error,", "'no.such.code'"),
        (
            "identities.csv",
            "new,2014,eq,proactive.items +,proactive.items,error,",
            "cannot be read",
        ),
        ("identities.csv", "new,2014,eq,@nobody,@total,error,", "no applicant or period"),
        ("identities.csv", "new,2014,eq,requests.new,requests.received,error,", "requests.new"),
        ("identities.csv", "new,hunan,eq,review.total,review.total,error,", "form 'hunan'"),
        ("identities.csv", "new,2014,is,review.total,review.total,error,", "relation is 'is'"),
        ("identities.csv", "new,2014,eq,review.total,review.total,loud,", "severity is 'loud'"),
        ("identities.csv", "new,2014,eq,,review.total,error,", "column left is empty"),
        (
            "identities.csv",
            "review.parts,2014,eq,review.total,review.total,error,",
            "declared twice",
        ),
        ("concordance.csv", "reviews,2014,no.such.code,,exact,", "'no.such.code'"),
        ("concordance.csv", "reviews,hunan,review.total,,exact,", "form is 'hunan'"),
        ("concordance.csv", "reviews,2014,review.total,nobody,exact,", "applicant is 'nobody'"),
        ("concordance.csv", "reviews,2014,review.total,,roughly,", "relation is 'roughly'"),
        ("concordance.csv", ",2014,review.total,,exact,", "column concept is empty"),
        ("concordance.csv", "new,2014,review.total,,exact,", "concept 'new'"),
        ("tables.csv", "hunan,rows,once,", "has no row in heads.csv"),
        ("tables.csv", "statistics,rows,once,", "declared twice"),
        ("tables.csv", "hunan,heap,once,", "layout is 'heap'"),
        ("tables.csv", "hunan,rows,never,", "heads is 'never'"),
        ("heads.csv", "hunan,label,label,指标,", "table is 'hunan'"),
        ("heads.csv", "requests,applicant,nobody,某人,", "key is 'nobody'"),
        ("heads.csv", "statistics,period,decade,十年来,", "key is 'decade'"),
        ("heads.csv", "statistics,period,year,{yaer}年统计,", "{yaer} stands for nothing"),
        ("heads.csv", "statistics,remark,other,……,", "no words in it"),
        ("heads.csv", "statistics,remark,,说明栏,", "column key is empty"),
        ("labels.csv", ",statistics,,,新行,row,,proactive.items,条,,", "column form is empty"),
        ("labels.csv", "2014,statistics,,,,row,,proactive.items,条,,", "column label is empty"),
        (
            "labels.csv",
            "2014,statistics,三/九,,新行,row,,proactive.items,条,,",
            "opens section '三/九'",
        ),
        (
            "labels.csv",
            "2014,statistics,,（一）,新行,row,,proactive.items,条,,",
            "number '（一）' is not bare",
        ),
        ("labels.csv", "2014,statistics,,,新章,section,,,,,", "name of the section it opens"),
        ("labels.csv", "2014,statistics,,,（）,row,,proactive.items,条,,", "no words in it"),
        ("labels.csv", "2014,statistics,,,新行,row,,proactive.items,条", "9 cells under 11"),
        ("indicators.csv", "new.code,,条,flow,,", "column label is empty"),
        ("indicators.csv", ",新,条,flow,,", "column code is empty"),
        ("indicators.csv", "new.code,新,斤,flow,,", "unit '斤'"),
        ("indicators.csv", "new.code,新,条,flow,maybe,", "applicants is 'maybe'"),
        ("units.csv", "吨,count,0", "not above zero"),
        ("units.csv", "件,count,1", "declared twice"),
        ("units.csv", "吨,count,NaN", "not a finite number"),
        ("words.csv", "许多,value,plenty", "meaning is 'plenty'"),
        ("words.csv", "许多,somewhere,approx", "role is 'somewhere'"),
        ("opposites.csv", "孤", "two words or more"),
        ("footers.csv", "备注", "declared twice"),
    ],
)
def test_strict_declarations(folder: Path, name: str, line: str, reason: str) -> None:
    path = folder / "indicators" / name
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{line}\n", encoding="utf-8")
    with pytest.raises(DeclarationError) as error:
        forms.load(folder)
    assert str(error.value).startswith(f"{path}:{text.count(chr(10)) + 1}: ")
    assert reason in str(error.value)


def test_an_indicator_that_nothing_reads_is_named(tmp_path: Path) -> None:
    shutil.copytree(data_dir(), tmp_path / "data")
    path = tmp_path / "data" / "indicators" / "indicators.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}new.code,新,条,flow,,\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"no rule of prose reads 'new\.code'"):
        load(tmp_path / "data")


def test_every_indicator_of_a_table_has_a_printed_label() -> None:
    declared = forms.load(data_dir())
    labelled = {label.indicator for label in declared.labels}
    used = {
        term.indicator
        for identity in declared.identities
        for summand in (*identity.left, *identity.right)
        for alternative in summand
        for term in alternative
        if term.indicator
    }
    assert used <= labelled
    assert {label.indicator for label in declared.labels} - {""} <= set(declared.indicators)


@pytest.mark.parametrize(
    ("line", "reason"), [("other,其他,", "declared twice"), ("preface,,", "column words is empty")]
)
def test_strict_sections(folder: Path, line: str, reason: str) -> None:
    path = folder / "indicators" / "sections.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{line}\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match=f":{text.count(chr(10)) + 1}: .*{reason}"):
        prose.load(folder)


def test_a_form_is_added_as_data(folder: Path) -> None:
    files = {
        "forms.csv": "guizhou,a form made up for this test\n",
        "tables.csv": "guizhou,rows,once,a form made up for this test\n",
        "heads.csv": "guizhou,label,label,指标,\nguizhou,period,year,本年,\n",
        "labels.csv": "guizhou,guizhou,,,报送查阅点信息数,row,,deposit.total,条,,\n",
    }
    for name, lines in files.items():
        path = folder / "indicators" / name
        path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")
    declared = forms.load(folder)
    rows = [["指标", "本年"], ["报送查阅点信息数", "12"], ["未曾声明的指标", "7"]]
    document = Document((grid(rows),), "html")
    reading = read_tables(document, replace(load(), forms=declared))
    (item,) = reading.observations
    assert (item.indicator, str(item.value), item.form) == ("deposit.total", "12", "guizhou")
    assert [problem.kind for problem in reading.problems] == ["unknown_label"]
    assert reading.forms == ("guizhou",)


def test_the_digest_follows_the_files() -> None:
    first = load()
    assert load() is first
    assert len(first.digest) == 64
