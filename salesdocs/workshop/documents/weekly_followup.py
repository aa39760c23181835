"""周跟进表: every weekly contact with what it found, how long after the last, and a light."""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    Column,
    Field,
    FillingNotes,
    Form,
    Given,
    Label,
    Layout,
    Phrase,
    SignOff,
    Strong,
    Table,
    Tinted,
    TitleBlock,
    Words,
    field,
)

_GREEN, _YELLOW, _RED = "E2EFDA", "FFE699", "F8CBAD"
_DAYS = Phrase("日", " days")
_TIMES = Phrase("次", "")


def _lit(path: str) -> tuple[tuple[str, str], ...]:
    """Return the shade of each colour that the light at `path` can have."""
    shades = (("red", _RED), ("yellow", _YELLOW), ("green", _GREEN))
    return tuple((f"{path} == '{colour}'", shade) for colour, shade in shades)


def _counted(path: str, unit: Phrase) -> Words:
    return Given(f"{path} is none", "/", (f"{{{{ {path} | number }}}}", unit))


_PROJECT = Form(
    (
        (field("meta.title"), field("meta.case_no")),
        field("customer.name", whole=True),
        Field(Phrase("跟进人", "Sales rep"), "{{ meta.owner.name }}"),
        field("delivery.pm.name"),
        field("delivery.customer_pm.name"),
        field("delivery.kickoff", "iso"),
        field("delivery.followup_count", label=Phrase("跟进次数", "Follow-ups")),
        Field(Phrase("有问题次数", "With issues"), ("{{ delivery.followup_issues }}", _TIMES)),
        Field(Phrase("最长间隔", "Longest gap"), _counted("delivery.longest_followup_gap", _DAYS)),
        Field(
            Phrase("逾期联系", "Late"),
            Given(
                "delivery.late_followups",
                Strong(("{{ delivery.late_followups }}", _TIMES)),
                Phrase("无", "None"),
            ),
        ),
        field("progress.light", "label"),
        Field(
            Phrase("里程碑", "Milestones"),
            (
                Phrase("已达成", ""),
                "{{ progress.done }}/{{ progress.total }}",
                Given(
                    "progress.delay_days and progress.delay_days > 0",
                    Phrase(
                        "，最近一个晚{{ progress.delay_days | number }}日",
                        ", the last one {{ progress.delay_days | number }} days late",
                    ),
                ),
            ),
        ),
        Field(
            Phrase("下一里程碑", "Next milestone"),
            Given(
                "progress.next_milestone",
                (
                    "{{ progress.next_milestone.name }}",
                    Given(
                        "progress.next_milestone.planned",
                        Phrase(
                            "（{{ progress.next_milestone.planned | iso }}）",
                            " ({{ progress.next_milestone.planned | iso }})",
                        ),
                    ),
                ),
                Phrase("已全部达成", "All reached"),
            ),
        ),
        field("delivery.next_followup", "iso", Phrase("下次跟进期限", "Next follow-up by")),
    )
)

_STEP: Words = Given(
    "row.action or row.owner or row.due",
    (
        Given("row.action", "{{ row.action }}"),
        Given("row.action and (row.owner or row.due)", "\n"),
        Given("row.owner", "{{ row.owner.name }}"),
        Given("row.owner and row.due", "\n"),
        Given("row.due", "{{ row.due | iso }}"),
    ),
    Given("row.has_issue", Strong(Phrase("未写明", "not said")), "/"),
)

_CONTACTS = Table(
    each="row in delivery.followups",
    small=True,
    columns=(
        Column(Label("delivery.followups[].date"), "{{ row.date | iso }}", 15, "center"),
        Column(Phrase("间隔", "Gap"), _counted("row.gap_days", _DAYS), 7.5, "center"),
        Column(
            Label("delivery.followups[].with"),
            (
                "{{ row.with.name }}",
                Given(
                    "row.by and row.by != meta.owner",
                    Phrase("\n（{{ row.by.name }}）", "\n({{ row.by.name }})"),
                ),
            ),
            12.5,
            "center",
        ),
        Column(Label("delivery.followups[].progress"), "{{ row.progress }}", 20),
        Column(Label("delivery.followups[].issue"), "{{ row.issue | label }}", 16),
        Column(Phrase("处理措施", "Action"), _STEP, 22),
        Column(
            Phrase("灯", "Light"),
            Tinted("{{ row.light | label }}", _lit("row.light")),
            7,
            "center",
        ),
    ),
    notes=(
        Phrase(
            "绿灯为按时联系且无问题；黄灯为有问题；红灯为距上次联系超过7日"
            "（跨法定休假日或调休的超过10日）。首次间隔自启动日期算起。"
            "联系人下括号内为我方联系人，未注明的为跟进人本人。",
            "Green: in time and no issue; yellow: an issue; red: more than 7 days after the last"
            " (10 across public holidays), the first after kick-off. In brackets who of us was in"
            " touch, if not the sales rep.",
        ),
    ),
    signed=True,
)

LAYOUT = Layout(
    kind="form",
    blocks=(
        TitleBlock(),
        _PROJECT,
        _CONTACTS,
        SignOff(
            (
                (Phrase("填表", "Kept by"), "{{ meta.owner.name }}"),
                (Phrase("项目经理", "Project manager"), "{{ delivery.pm.name }}"),
            )
        ),
        FillingNotes(),
    ),
)
