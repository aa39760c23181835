"""`new`: a case from a few answers; what is wrong is said at once, and nothing is written over."""

from __future__ import annotations

import errno
import json
import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from salesdocs.case.load import load_case
from salesdocs.cli import main
from salesdocs.cli.growing import used_numbers
from tests import world

GOOD = {
    "customer": "宁波铄恒精密机械有限公司", "short": "铄恒精密", "project": "铄恒精密 MES 一期项目",
    "industry": "通用设备制造业", "headcount": "620", "contact": "何文澜", "title": "采购总监",
    "mobile": "13800138000", "channel": "展会", "detail": "2025 长三角智能制造展",
    "need": "需要一套生产管理系统", "owner": "周启明", "date": "2025-03-12",
}  # fmt: skip
COMPANY = """\
schema: salesdocs/company@1
supplier: {name: 苏州澜砚智造软件有限公司, doc_prefix: LY, vat_status: general}
team:
  p1: {name: 林若川, role: sales_manager, title: 销售经理}
  p2: {name: 周启明, role: sales_rep, title: 销售代表}
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESDOCS_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


def new(folder: Path, answers: dict[str, str], *more: str) -> Result:
    options = [part for name, text in answers.items() for part in (f"--{name}", text)]
    return CliRunner().invoke(main, ["new", "-o", str(folder), *options, *more])


def without(*names: str) -> dict[str, str]:
    return {name: text for name, text in GOOD.items() if name not in names}


def case_in(folder: Path) -> Path:
    (path,) = folder.rglob("case.yaml")
    return path


def options_of(result: Result) -> list[str]:
    """The options that errors are about."""
    lines = [line for line in result.stderr.splitlines() if line.startswith("error:")]
    return [line.split(": ")[1] for line in lines]


def check(path: Path) -> Result:
    return CliRunner().invoke(main, ["check", str(path)])


# -- laws ----------------------------------------------------------------------------------------


def test_a_case_from_options_passes_the_check_and_says_what_was_answered(tmp_path: Path) -> None:
    result = new(tmp_path, GOOD)
    path = tmp_path / "XM-2025-0001_铄恒精密" / "case.yaml"
    assert (result.exit_code, result.stdout) == (0, f"{path}\n")
    assert "没有问题" in check(path).stdout
    case = load_case(path).case
    assert (case.meta.case_no, case.meta.title) == ("XM-2025-0001", "铄恒精密 MES 一期项目")
    assert (case.customer.industry.code, case.customer.industry.name) == ("C34", "通用设备制造业")
    assert case.lead.primary_contact is not None
    assert case.lead.primary_contact.mobile == "13800138000"
    assert case.meta.owner is not None
    assert case.meta.owner.name == "周启明"
    assert case.lead.created is not None
    assert case.lead.created.isoformat() == "2025-03-12"
    stated = [
        line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()[:2] != "# "
    ]
    assert 18 <= len(stated) <= 28


FIT = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co", "Zs"))
WORDS = st.text(FIT, min_size=1, max_size=200).filter(lambda text: not text.startswith("-"))


@given(customer=WORDS, need=WORDS, contact=WORDS, detail=WORDS)
def test_whatever_is_answered_stands_in_the_case_as_it_was_answered(
    tmp_path_factory: pytest.TempPathFactory, customer: str, need: str, contact: str, detail: str
) -> None:
    folder = tmp_path_factory.mktemp("new")
    said = {"customer": customer, "need": need, "contact": contact, "detail": detail}
    answers = {**without("short", "project"), **said}
    result = new(folder, answers)
    assert result.exit_code == 0, result.stderr
    path = case_in(folder)
    assert check(path).exit_code == 0
    case = load_case(path).case
    assert case.lead.primary_contact is not None
    assert (case.customer.name, case.lead.initial_need) == (customer, need)
    assert (case.lead.primary_contact.name, case.lead.source.detail) == (contact, detail)
    assert path.parent.parent == folder


@pytest.mark.parametrize(
    "name", [name for name in GOOD if name not in ("short", "project", "date")]
)
def test_what_is_missing_is_one_finding_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    result = new(tmp_path, without(name))
    assert result.exit_code == 1
    assert options_of(result) == [f"--{name}"]
    assert f"hint: 例如 --{name} " in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("industry", "机械", "可能是几个行业"),
        ("industry", "C99", "不知道“C99”是哪个行业"),
        ("industry", "魔法", "不知道“魔法”是哪个行业"),
        ("headcount", "六百", "不是数字"),
        ("mobile", "1380013800", "手机号应为 11 位"),
        ("channel", "展", "不在可选项之内"),
        ("channel", "exhibtion", "是否想写 exhibition"),
        ("date", "2025-02-30", "不是日历上的日期"),
        ("owner", "p9", "没有代号为 p9 的人员"),
        ("case-no", "XM-1", "不是项目编号"),
        ("case-no", "KH-2025-0001", "不是项目编号"),
        ("revenue", "3亿", "只能写一个"),
        ("need", "a\x07b", "控制字符"),
    ],
)
def test_a_wrong_answer_is_explained_and_nothing_is_written(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    result = new(tmp_path, {**GOOD, name: text})
    assert result.exit_code == 1
    assert options_of(result) == [f"--{name}"]
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_all_that_is_wrong_or_missing_is_said_at_once_in_the_order_of_the_options(
    tmp_path: Path,
) -> None:
    wrong = {"industry": "机械", "headcount": "六百", "mobile": "1", "date": "x", "case-no": "1"}
    result = new(tmp_path, {**without("customer", "need"), **wrong})
    assert options_of(result) == [
        f"--{name}"
        for name in ("customer", "industry", "headcount", "mobile", "need", "case-no", "date")
    ]
    assert list(tmp_path.iterdir()) == []


# -- numbers and names ---------------------------------------------------------------------------


def test_the_number_is_the_next_one_of_the_year_wherever_it_is_used(tmp_path: Path) -> None:
    (tmp_path / "2025" / "XM-2025-0007_空文件夹").mkdir(parents=True)
    broken = tmp_path / "2025" / "b" / "case.yaml"
    broken.parent.mkdir()
    broken.write_text("meta: {case_no: XM-2025-0041\n  x： 1\n", encoding="utf-8")
    (tmp_path / "note.yaml").write_text("# case_no: XM-2025-0900\nmeta: {case_no: XM-2024-0500}\n")
    (tmp_path / ".hidden.yaml").write_text("case_no: XM-2025-0999\n")
    assert set(used_numbers(tmp_path)) == {"XM-2025-0007", "XM-2025-0041", "XM-2024-0500"}
    assert new(tmp_path, GOOD).exit_code == 0
    assert (tmp_path / "XM-2025-0042_铄恒精密" / "case.yaml").is_file()
    assert new(tmp_path, GOOD).exit_code == 0
    assert (tmp_path / "XM-2025-0043_铄恒精密" / "case.yaml").is_file()


def test_with_a_company_file_above_the_numbers_of_all_its_cases_count(tmp_path: Path) -> None:
    (tmp_path / "company.yaml").write_text(COMPANY, encoding="utf-8")
    assert new(tmp_path / "east", GOOD).exit_code == 0
    assert new(tmp_path / "west", GOOD).exit_code == 0
    assert (tmp_path / "west" / "XM-2025-0002_铄恒精密").is_dir()


def test_a_number_that_is_used_is_refused_and_says_where(tmp_path: Path) -> None:
    assert new(tmp_path, GOOD, "--case-no", "XM-2025-0037").exit_code == 0
    first = case_in(tmp_path).read_bytes()
    result = new(tmp_path, {**GOOD, "short": "别家"}, "--case-no", "XM-2025-0037")
    assert result.exit_code == 1
    assert "编号 XM-2025-0037 已用于" in result.stderr
    assert case_in(tmp_path).read_bytes() == first


def test_a_year_whose_numbers_are_used_up_is_said(tmp_path: Path) -> None:
    (tmp_path / "XM-2025-9999").mkdir()
    result = new(tmp_path, GOOD)
    assert options_of(result) == ["--case-no"]
    assert "编号已用完" in result.stderr


def test_the_short_name_is_the_name_without_its_legal_form(tmp_path: Path) -> None:
    assert new(tmp_path, without("short", "project")).exit_code == 0
    case = load_case(case_in(tmp_path)).case
    assert (case.customer.short_name, case.meta.title) == (
        "宁波铄恒精密机械",
        "宁波铄恒精密机械项目",
    )


def test_the_name_of_the_folder_is_one_that_every_system_accepts(tmp_path: Path) -> None:
    assert new(tmp_path, {**GOOD, "short": "a/b:c*" + "长" * 200}).exit_code == 0
    (folder,) = tmp_path.iterdir()
    assert folder.name.startswith("XM-2025-0001_a／b：c＊长")
    assert len(folder.name.encode()) <= 120


# -- who, how large, from where ------------------------------------------------------------------


@pytest.mark.parametrize("owner", ["周启明", "p2"])
def test_someone_of_the_companys_file_is_not_written_again(tmp_path: Path, owner: str) -> None:
    (tmp_path / "company.yaml").write_text(COMPANY, encoding="utf-8")
    result = new(tmp_path / "cases", {**GOOD, "owner": owner})
    assert (result.exit_code, result.stderr) == (0, "")
    path = case_in(tmp_path)
    assert "\nteam:" not in path.read_text(encoding="utf-8")
    case = load_case(path).case
    assert case.meta.owner is not None
    assert (case.meta.owner.id, case.meta.owner.name) == ("p2", "周启明")
    assert case.supplier.doc_prefix == "LY"


def test_someone_new_gets_a_code_that_is_free(tmp_path: Path) -> None:
    (tmp_path / "company.yaml").write_text(COMPANY, encoding="utf-8")
    assert new(tmp_path / "cases", {**GOOD, "owner": "贺子墨"}).exit_code == 0
    case = load_case(case_in(tmp_path)).case
    assert case.meta.owner is not None
    assert (case.meta.owner.id, case.meta.owner.name) == ("p3", "贺子墨")


def test_without_a_company_file_a_note_says_what_it_is_for(tmp_path: Path) -> None:
    told = json.loads(new(tmp_path, GOOD, "--format", "json").stdout)
    assert told["case_no"] == "XM-2025-0001"
    assert Path(told["file"]).is_file()
    assert [finding["rule"] for finding in told["findings"]] == ["CLI-13"]


def test_a_mistake_in_the_companys_file_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "company.yaml").write_text(COMPANY.replace("role:", "rolle:"), encoding="utf-8")
    result = new(tmp_path / "cases", GOOD)
    assert result.exit_code == 1
    assert "company.yaml:4:" in result.stderr
    assert not (tmp_path / "cases").exists()


@pytest.mark.parametrize(
    ("answer", "value"),
    [({"revenue": "3亿"}, 300_000_000), ({"revenue": "1,200万元"}, 12_000_000),
     ({"revenue": "5000000元"}, 5_000_000), ({"revenue": "1.25亿元"}, 125_000_000), ({"revenue": "0.5万"}, 5000),
     ({"headcount": "620人"}, 620), ({"headcount": "1,200"}, 1200)],
)  # fmt: skip
def test_a_size_may_carry_its_unit(tmp_path: Path, answer: dict[str, str], value: int) -> None:
    assert new(tmp_path, {**without("headcount"), **answer}).exit_code == 0
    scale = load_case(case_in(tmp_path)).case.customer.scale
    assert (scale.value, scale.basis) == (value, next(iter(answer)))


@pytest.mark.parametrize(("said", "code"), [("c3411", "C3411"), ("医院", "Q84"), ("制造业", "C")])
def test_an_industry_may_be_said_in_several_ways(tmp_path: Path, said: str, code: str) -> None:
    assert new(tmp_path, {**GOOD, "industry": said}).exit_code == 0
    assert load_case(case_in(tmp_path)).case.customer.industry.code == code


def test_a_referral_needs_its_referrer(tmp_path: Path) -> None:
    assert options_of(new(tmp_path, {**GOOD, "channel": "referral"})) == ["--referrer"]
    said = {**GOOD, "channel": "客户转介绍", "referrer": "湖州某泵业公司"}
    assert new(tmp_path, said).exit_code == 0
    assert load_case(case_in(tmp_path)).case.lead.source.referrer == "湖州某泵业公司"


def test_a_landline_is_one(tmp_path: Path) -> None:
    assert new(tmp_path, {**GOOD, "mobile": "0574-12345678"}).exit_code == 0
    case = load_case(case_in(tmp_path)).case
    assert (case.contacts.c1.mobile, case.contacts.c1.phone) == (None, "0574-12345678")


# -- the disk ------------------------------------------------------------------------------------


def test_a_folder_that_is_there_is_not_written_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("salesdocs.cli.growing.used_numbers", lambda _: {})  # another was quicker
    (tmp_path / "XM-2025-0001_铄恒精密").mkdir()
    result = new(tmp_path, GOOD)
    assert result.exit_code == 1
    assert "不覆盖" in result.stderr
    assert list((tmp_path / "XM-2025-0001_铄恒精密").iterdir()) == []


@pytest.mark.parametrize("call", ["write_bytes", "replace"])
def test_what_the_disk_refuses_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    CliRunner().invoke(main, ["list"])

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(Path, call, refuse)
        result = new(tmp_path, GOOD)
    assert result.exit_code == 1
    assert "磁盘已满" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "cases").write_text("")
    result = new(tmp_path / "cases", GOOD)
    assert result.exit_code == 1
    assert "[CLI-04]" in result.stderr


# -- on a terminal -------------------------------------------------------------------------------


def on_a_terminal(folder: Path, *answers: str, options: tuple[str, ...] = ()) -> tuple[str, int]:
    """Return what a terminal shows and how it ends; an answer is typed when a question waits."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "80", "PYTHONPATH": str(world.ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "salesdocs", "new", *options],
        cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    shown, waiting = b"", list(answers)
    while select.select([ours], [], [], 30)[0]:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
        if shown.endswith(b": ") and waiting:
            os.write(ours, f"{waiting.pop(0)}\n".encode())
    os.close(ours)
    return shown.decode().replace("\r\n", "\n"), process.wait()


def test_a_terminal_asks_until_each_answer_is_right(tmp_path: Path) -> None:
    shown, code = on_a_terminal(
        tmp_path,
        "宁波铄恒精密机械有限公司", "铄恒精密", "", "智能化", "机械", "1", "六百", "3亿",
        "何文澜", "采购总监", "12345", "13800138000", "3", "老客户介绍", "湖州某泵业公司",
        "需要一套生产管理系统", "周启明",
        options=("--date", "2025-03-12"),
    )  # fmt: skip
    assert code == 0, shown
    assert "不知道“智能化”是哪个行业" in shown
    assert "  1 C34 通用设备制造业\n" in shown
    assert "“六百”不是数字" in shown
    assert "已写 XM-2025-0001_铄恒精密/case.yaml" in shown
    case = load_case(case_in(tmp_path)).case
    assert (case.meta.title, case.customer.scale.value) == ("铄恒精密项目", 300_000_000)
    assert case.lead.source.referrer == "湖州某泵业公司"
    assert check(case_in(tmp_path)).exit_code == 0


def test_a_terminal_asks_only_for_what_was_not_given(tmp_path: Path) -> None:
    options = [part for name, text in without("need").items() for part in (f"--{name}", text)]
    shown, code = on_a_terminal(tmp_path, "需要一套系统", options=tuple(options))
    assert code == 0, shown
    assert shown.count(": ") == 1 + shown.count("note: ") + shown.count("hint: ")


def test_a_wrong_option_on_a_terminal_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    shown, code = on_a_terminal(tmp_path, options=("--mobile", "1"))
    assert code == 1
    assert "--mobile" in shown
    assert list(tmp_path.iterdir()) == []
