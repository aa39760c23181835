"""`salesdocs import`: what a CRM exports becomes cases; what Excel spoilt is told at its cell."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from salesdocs.case.load import load_case
from salesdocs.cli import sheets
from tests.cli.stores import run

HEAD = [
    "客户名称",
    "所属行业",
    "员工人数",
    "联系人",
    "职位",
    "手机",
    "线索来源",
    "来源说明",
    "需求描述",
    "负责人",
    "创建日期",
]
GOOD = [
    "宁波某某机械有限公司",
    "C34",
    "620",
    "何文澜",
    "采购总监",
    "13800138000",
    "展会",
    "2025 长三角展",
    "要一套生产管理系统",
    "周启明",
    "2025-03-12",
]
PLACE = {head: number for number, head in enumerate(HEAD, 1)}


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESDOCS_CACHE", str(tmp_path / ".cache"))


def sheet(
    folder: Path, *rows: Sequence[str], delimiter: str = ",", encoding: str = "utf-8"
) -> Path:
    file = folder / "leads.csv"
    text = "".join(f"{delimiter.join(row)}\r\n" for row in rows)
    file.write_bytes(text.encode(encoding))
    return file


def good(**changes: str) -> list[str]:
    row = dict(zip(HEAD, GOOD, strict=True))
    assert set(changes) <= set(row)
    return list((row | changes).values())


def imported(file: Path, *options: object) -> Result:
    return run("import", file, "-o", file.parent / "s", *options)


def told(file: Path, *options: object) -> dict[str, Any]:
    return dict(json.loads(imported(file, *options, "--format", "json").stdout))


def cases(folder: Path) -> list[Any]:
    return [load_case(path).sound() for path in sorted((folder / "s").glob("*/case.yaml"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_encoding_and_delimiter_gives_the_same_case(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    done = imported(sheet(tmp_path, HEAD, GOOD, delimiter=delimiter, encoding=encoding))
    assert done.exit_code == 0, done.output
    (case,) = cases(tmp_path)
    assert case.customer.name == "宁波某某机械有限公司"
    assert (case.customer.industry.code, case.customer.scale.value) == ("C34", 620)
    assert (case.main_contact.name, case.main_contact.mobile) == ("何文澜", "13800138000")
    assert case.lead.created.isoformat() == "2025-03-12"
    assert (case.meta.case_no, str(case.meta.stage)) == ("XM-2025-0001", "1")
    assert run("check", next((tmp_path / "s").glob("*/case.yaml"))).exit_code == 0


def test_a_file_written_by_import_is_the_one_that_new_writes(tmp_path: Path) -> None:
    assert imported(sheet(tmp_path, HEAD, GOOD)).exit_code == 0
    names = [
        "customer",
        "industry",
        "headcount",
        "contact",
        "title",
        "mobile",
        "channel",
        "detail",
        "need",
        "owner",
        "date",
    ]
    options = [part for name, text in zip(names, GOOD, strict=True) for part in (f"--{name}", text)]
    assert run("new", "-o", tmp_path / "new", *options).exit_code == 0
    (ours,), (theirs,) = ((tmp_path / each).glob("*/case.yaml") for each in ("s", "new"))
    assert ours.read_bytes() == theirs.read_bytes()


def test_english_heads_and_units_in_heads_are_understood(tmp_path: Path) -> None:
    head = [
        "Account Name",
        "Industry",
        "年营收（万元）",
        "Contact Name",
        "Job Title",
        "Phone *",
        "Lead Source",
        "Campaign",
        "Description",
        "Lead Owner",
        "Created At",
    ]
    row = good(员工人数="3,000".replace(",", ""), 创建日期="2025/3/12 14:05")
    assert imported(sheet(tmp_path, head, row)).exit_code == 0
    (case,) = cases(tmp_path)
    assert (str(case.customer.scale.basis), case.customer.scale.value) == ("revenue", 30_000_000)
    assert case.lead.created.isoformat() == "2025-03-12"


@pytest.mark.parametrize(
    ("head", "cell", "kept"),
    [
        ("手机", '"=""13800138000"""', "13800138000"),
        ("手机", "'13800138000", "13800138000"),
        ("手机", "13800138000.0", "13800138000"),
        ("手机", "1.3800138001E+10", "13800138001"),
        ("手机", "+86 138 0013 8000", "13800138000"),
        ("创建日期", "2025/3/12", "2025-03-12"),
        ("创建日期", "2025年3月12日", "2025-03-12"),
        ("创建日期", "2025-03-12T09:00:00Z", "2025-03-12"),
        ("创建日期", "2025/3/12 9:05:01", "2025-03-12"),
    ],
)
def test_what_excel_did_is_undone_where_nothing_was_lost(
    tmp_path: Path, head: str, cell: str, kept: str
) -> None:
    done = imported(sheet(tmp_path, HEAD, good(**{head: cell})))
    assert done.exit_code == 0, done.output
    (case,) = cases(tmp_path)
    found = case.main_contact.mobile if head == "手机" else case.lead.created.isoformat()
    assert "".join(found.removeprefix("+86").split()) == kept


@pytest.mark.parametrize(
    ("head", "cell", "said"),
    [
        ("手机", "1.38E+10", "科学计数法"),
        ("手机", "1380013800", "位"),
        ("手机", "", "缺少联系人电话"),
        ("手机", "N/A", "缺少联系人电话"),
        ("创建日期", "45000", "日期序号"),
        ("创建日期", "2025/2/30", "不是日历上的日期"),
        ("创建日期", "12/03/2025", "不是日期"),
        ("员工人数", "abc", "不是数字"),
        ("员工人数", "#REF!", "出错的公式"),
        ("线索来源", "网上", "不在可选项之内"),
        ("所属行业", "火星", "不知道"),
        ("所属行业", "机械", "可能是几个行业"),
        ("联系人", "-", "缺少联系人"),
        ("需求描述", "", "缺少客户的需求"),
        ("客户名称", "", "缺少客户公司全称"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell_and_the_row_is_not_written(
    tmp_path: Path, head: str, cell: str, said: str
) -> None:
    file = sheet(tmp_path, HEAD, good(**{head: cell}))
    done = imported(file)
    assert done.exit_code == 1
    (line,) = [each for each in done.stderr.splitlines() if "error:" in each]
    assert line.startswith(f"{file}:2:{PLACE[head]}: error: {head}: ")
    assert said in line
    assert "--" not in done.stderr.partition("hint")[2].partition("\n")[0]
    assert not list(tmp_path.glob("s/**/case.yaml"))


def test_right_rows_are_written_and_all_wrong_ones_are_told_at_once(tmp_path: Path) -> None:
    rows = [
        GOOD,
        good(客户名称="甲有限公司", 手机="1.38E+10", 创建日期="45000"),
        [""] * 11,
        good(客户名称="乙有限公司"),
        good(客户名称="丙有限公司", 员工人数="x"),
    ]
    result = told(sheet(tmp_path, HEAD, *rows))
    assert [(each["row"], each["case_no"]) for each in result["written"]] == [
        (2, "XM-2025-0001"), (5, "XM-2025-0002"),
    ]  # fmt: skip
    assert result["wrong"] == [3, 6]
    assert [(each["line"], each["column"]) for each in result["findings"] if each["severity"] == "error"] == [
        (3, 6), (3, 11), (6, 3),
    ]  # fmt: skip
    assert [case.customer.name for case in cases(tmp_path)] == [
        "宁波某某机械有限公司",
        "乙有限公司",
    ]


def test_a_second_import_writes_nothing_twice(tmp_path: Path) -> None:
    file = sheet(tmp_path, HEAD, GOOD, good(需求描述="又一个需求"), good(客户名称="乙有限公司"))
    first = told(file)
    assert (len(first["written"]), first["known"]) == (2, [3])
    assert [each["rule"] for each in first["findings"]] == ["CUS-04"]
    before = {path: path.read_bytes() for path in tmp_path.glob("s/**/case.yaml")}
    again = told(file)
    assert (again["written"], again["known"]) == ([], [2, 3, 4])
    assert "XM-2025-0001" in again["findings"][0]["message"]
    assert {path: path.read_bytes() for path in tmp_path.glob("s/**/case.yaml")} == before
    more = told(file, "--duplicates")
    assert [each["case_no"] for each in more["written"]] == [
        "XM-2025-0003",
        "XM-2025-0004",
        "XM-2025-0005",
    ]
    assert all(path.read_bytes() == data for path, data in before.items())


def test_a_dry_run_says_what_would_be_and_writes_nothing(tmp_path: Path) -> None:
    file = sheet(tmp_path, HEAD, GOOD, good(客户名称="乙有限公司"))
    result = told(file, "--dry-run")
    assert [each["case_no"] for each in result["written"]] == ["XM-2025-0001", "XM-2025-0002"]
    assert not (tmp_path / "s").exists()
    assert "可以导入 2 个案件（XM-2025-0001 … XM-2025-0002）" in imported(file, "--dry-run").stderr


def test_a_column_of_another_name_is_mapped_and_an_unused_one_is_told(tmp_path: Path) -> None:
    head = ["甲方" if each == "客户名称" else each for each in HEAD]
    file = sheet(tmp_path, [*head, "备注"], [*GOOD, "x"])
    done = imported(file)
    assert done.exit_code == 1
    assert "找不到客户名称这一列" in done.stderr
    for target in ("customer", "客户名称", "customer.name"):
        result = told(file, "--map", f"甲方={target}", "--dry-run")
        assert len(result["written"]) == 1
        assert [(each["severity"], each["path"]) for each in result["findings"]] == [
            ("note", "备注")
        ]


def test_a_value_for_all_rows_fills_a_column_that_is_missing(tmp_path: Path) -> None:
    place = HEAD.index("来源说明")
    file = sheet(tmp_path, HEAD[:place] + HEAD[place + 1 :], GOOD[:place] + GOOD[place + 1 :])
    without = imported(file)
    assert "--set detail=值" in without.stderr
    assert f"{file}:2: error:" in without.stderr
    assert imported(file, "--set", "detail=2025 春季展会").exit_code == 0
    assert cases(tmp_path)[0].lead.source.detail == "2025 春季展会"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--map", "没有=customer"), "没有这一列"),
        (("--map", "手机=火箭"), "没有这个字段"),
        (("--map", "手机"), "写法不对"),
        (("--set", "火箭=1"), "没有这个字段"),
        (("--set", "need"), "写法不对"),
    ],
)
def test_a_wrong_mapping_is_told(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    done = imported(sheet(tmp_path, HEAD, GOOD), *options)
    assert done.exit_code == 1
    assert said in done.stderr
    assert "hint: " in done.stderr


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "没有表格"),
        (b"PK\x03\x04xl", "Excel 工作簿"),
        (b"%PDF-1.7", "PDF"),
        (b"\xff\xff\xff\x80", "编码"),
        (b'a,"' + b"x" * 200_000, "读不出表格"),
    ],
)
def test_what_is_no_table_is_one_finding(tmp_path: Path, data: bytes, said: str) -> None:
    file = tmp_path / "leads.csv"
    file.write_bytes(data)
    done = imported(file)
    assert done.exit_code == 1
    assert said in done.stderr
    assert done.stderr.count("error:") == 1


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    assert "没有这个文件" in imported(tmp_path / "nothing.csv").stderr


def test_a_comma_without_quotes_is_told_at_the_row(tmp_path: Path) -> None:
    file = sheet(tmp_path, HEAD, good(需求描述="看板, 报表"))
    assert f"{file}:2:12: error: 这一行有 12 格" in imported(file).stderr
    assert imported(sheet(tmp_path, HEAD, good(需求描述='"看板, 报表\n和追溯"'))).exit_code == 0
    assert cases(tmp_path)[0].lead.initial_need == "看板, 报表 和追溯"


def test_the_people_of_the_company_are_known_by_name(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "company.yaml").write_text(
        "schema: salesdocs/company@1\nteam: {zq: {name: 周启明, role: sales_rep}}\n",
        encoding="utf-8",
    )
    assert imported(sheet(tmp_path, HEAD, GOOD)).exit_code == 0
    assert cases(tmp_path)[0].meta.owner.id == "zq"


def test_text_of_a_cell_cannot_become_yaml(tmp_path: Path) -> None:
    evil = "x: {y: [1]} # 注\t- 'a' \"b\""
    cell = '"' + evil.replace('"', '""') + '"'
    assert imported(sheet(tmp_path, HEAD, good(需求描述=cell))).exit_code == 0
    assert cases(tmp_path)[0].lead.initial_need == " ".join(evil.split())


def test_a_sep_line_of_excel_names_the_delimiter() -> None:
    read = sheets.read_sheet("sep=;\r\n客户;需求\r\n甲;看板, 报表\r\n".encode(), "x.csv")
    assert (read.heads, read.rows) == (["客户", "需求"], [(3, ["甲", "看板, 报表"])])
