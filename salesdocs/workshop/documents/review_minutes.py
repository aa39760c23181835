"""需求评审会议纪要: what the review decided on each need, the effort, and who does what by when."""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    Bullets,
    Column,
    FillingNotes,
    Form,
    Heading,
    Label,
    Layout,
    Phrase,
    SignIn,
    SignOff,
    Table,
    TitleBlock,
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
        field("needs.review.absent", "names", whole=True),
    )
)

_FINDINGS = Table(
    each="finding in needs.review.findings",
    columns=(
        Column(Phrase("编号", "ID"), "{{ finding.need.id }}", 8, "center"),
        Column(Label("needs.review.findings[].need"), "{{ finding.need.name }}", 20),
        Column(
            Label("needs.review.findings[].technical"),
            "{{ finding.technical | label }}",
            14.5,
            "center",
        ),
        Column(
            Label("needs.review.findings[].resource"), "{{ finding.resource | label }}", 8, "center"
        ),
        Column(
            Label("needs.review.findings[].effort_days"),
            "{{ finding.effort_days | number }}",
            13,
            "right",
            total="{{ needs.review.total_effort_days | number }}",
        ),
        Column(Label("needs.review.findings[].risk"), "{{ finding.risk }}", 24),
        Column(
            Label("needs.review.findings[].decision"),
            "{{ finding.decision | label }}",
            12.5,
            "center",
        ),
    ),
    total_label=Label("needs.review.total_effort_days"),
)

_ACTIONS = Table(
    each="action in needs.review.actions",
    columns=(
        numbers(),
        Column(Label("needs.review.actions[].what"), "{{ action.what }}", 43),
        Column(Label("needs.review.actions[].owner"), "{{ action.owner.name }}", 13, "center"),
        Column(Label("needs.review.actions[].due"), "{{ action.due | iso }}", 18, "center"),
        Column(Label("needs.review.actions[].done"), "{{ action.done | iso }}", 18, "center"),
    ),
)

_CONCLUSION = Form(
    (
        field("needs.review.conclusion", "boxes('ReviewConclusion')"),
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
        Heading(Phrase("评审结论", "Conclusion")),
        _CONCLUSION,
        Heading(Phrase("后续行动", "Actions")),
        _ACTIONS,
        Heading(Phrase("会议签到", "Attendance")),
        SignIn("person in needs.review.attendees", "{{ person.name }}", "{{ person.title }}"),
        SignOff(
            (
                (
                    Phrase("记录人", "Recorder"),
                    "{{ needs.review.recorder.name }}",
                    "{{ document.date | day }}",
                ),
                (
                    Phrase("主持人签发", "Issued by the chair"),
                    "{{ needs.review.chair.name }}",
                    "",
                ),
            )
        ),
        FillingNotes(),
    ),
)
