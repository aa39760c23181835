"""需求评审会议纪要: what the review decided on each need, the effort, and who does what by when."""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    NONE,
    SEMICOLON,
    Bullets,
    Column,
    Field,
    FillingNotes,
    Form,
    FormRows,
    Given,
    Heading,
    Label,
    Layout,
    Lines,
    Phrase,
    Rows,
    SignIn,
    SignOff,
    Table,
    TitleBlock,
    Together,
    field,
    numbers,
)

_FACTS = Form(
    (
        field("meta.title"),
        field("meta.case_no"),
        field("customer.name", whole=True),
        field("needs.review.date", "iso"),
        field("needs.review.time"),
        field("needs.review.chair.name"),
        field("needs.review.recorder.name"),
        field("needs.review.place", whole=True),
        field("needs.review.attendees", "names", whole=True),
        Field(
            Label("needs.review.absent"),
            Given("needs.review.absent", "{{ needs.review.absent | names }}", NONE),
            whole=True,
        ),
    )
)

_FINDINGS = Table(
    columns=(
        Column(Phrase("编号", "ID"), width=10.5, align="center"),
        Column(Label("needs.review.findings[].need"), width=19),
        Column(Label("needs.review.findings[].technical"), width=14.5, align="center"),
        Column(Label("needs.review.findings[].resource"), width=8, align="center"),
        Column(
            Label("needs.review.findings[].effort_days"),
            width=13,
            align="right",
            total="{{ needs.review.total_effort_days | number }}",
        ),
        Column(Label("needs.review.findings[].risk"), width=22.5),
        Column(Label("needs.review.findings[].decision"), width=12.5, align="center"),
    ),
    rows=(
        Rows(
            (
                "{{ finding.need.id }}",
                "{{ finding.need.name }}",
                "{{ finding.technical | label }}",
                "{{ finding.resource | label }}",
                "{{ finding.effort_days | number }}",
                "{{ finding.risk }}",
                "{{ finding.decision | label }}",
            ),
            each="finding in needs.review.findings",
        ),
        # The paper says itself that each must-have is judged; what is missing must be seen.
        Rows(
            (
                "{{ need.id }}",
                "{{ need.name }}",
                *("/",) * 4,
                Phrase("未评审", "not reviewed"),
            ),
            each="need in needs.unreviewed",
        ),
    ),
    total_label=Label("needs.review.total_effort_days"),
)

# Minutes are of their day: when an action was done is followed up elsewhere.
_ACTIONS = Table(
    each="action in needs.review.actions",
    columns=(
        numbers(),
        Column(Label("needs.review.actions[].what"), "{{ action.what }}", 56),
        Column(Label("needs.review.actions[].owner"), "{{ action.owner.name }}", 16, "center"),
        Column(Label("needs.review.actions[].due"), "{{ action.due | iso }}", 20, "center"),
    ),
)

_CONCLUSION = Form(
    (
        field("needs.review.conclusion", "boxes('ReviewConclusion')"),
        FormRows(
            (
                Field(
                    Phrase("通过条件", "Conditions"),
                    Lines("action in needs.review.actions", "{{ action.what }}", SEMICOLON),
                ),
            ),
            condition="needs.review.conclusion == 'pass_with_conditions'",
        ),
        field("needs.review.dissent"),
        field("needs.review.next", "iso"),
    ),
    columns=2,
)

LAYOUT = Layout(
    kind="form",
    blocks=(
        TitleBlock(),
        _FACTS,
        Heading(Phrase("会议议题", "Agenda")),
        Bullets(
            each="topic in needs.review.agenda",
            words="{{ topic }}",
            numbered=True,
            empty=Phrase("无。", "None."),
        ),
        Heading(Phrase("评审意见", "Findings")),
        _FINDINGS,
        Together((Heading(Phrase("评审结论", "Conclusion")), _CONCLUSION)),
        Heading(Phrase("后续行动", "Actions")),
        _ACTIONS,
        Heading(Phrase("会议签到", "Attendance")),
        SignIn("person in needs.review.attendees", "{{ person.name }}", "{{ person.title }}"),
        SignOff(
            (
                (Phrase("记录人", "Recorder"), "{{ needs.review.recorder.name }}"),
                (Phrase("主持人签发", "Issued by the chair"), "{{ needs.review.chair.name }}"),
            )
        ),
        FillingNotes(),
    ),
)
