"""需求评审会议纪要: what the review decided on each need, what it costs, and who does what by when."""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    Bullets,
    Column,
    Field,
    FillingNotes,
    Form,
    Given,
    Heading,
    Layout,
    Paragraph,
    Phrase,
    SignIn,
    SignOff,
    Strong,
    Table,
    TitleBlock,
    field,
)

_FACTS = Form(
    (
        field("meta.title", label=Phrase("项目名称", "Project")),
        field("meta.case_no", label=Phrase("项目编号", "Case No.")),
        field("customer.name", label=Phrase("客户名称", "Customer"), whole=True),
        Field(
            Phrase("会议时间", "Date and time"),
            (
                "{{ needs.review.date | day }}",
                Given("needs.review.time", (" ", "{{ needs.review.time }}")),
            ),
        ),
        field("needs.review.place", label=Phrase("会议地点", "Place")),
        field("needs.review.chair.name", label=Phrase("主持人", "Chair")),
        field("needs.review.recorder.name", label=Phrase("记录人", "Recorder")),
        field("needs.review.attendees", "names", Phrase("出席人员", "Present"), whole=True),
        field("needs.review.absent", "names", Phrase("缺席人员", "Absent"), whole=True),
    )
)

_FINDINGS = Table(
    each="finding in needs.review.findings",
    caption=Phrase("需求逐项评审", "Review of each need"),
    columns=(
        Column(Phrase("编号", "ID"), "{{ finding.need.id }}", 8, "center"),
        Column(Phrase("需求名称", "Need"), "{{ finding.need.name }}", 22),
        Column(Phrase("技术可行性", "Technical"), "{{ finding.technical | label }}", 11, "center"),
        Column(Phrase("资源", "Resources"), "{{ finding.resource | label }}", 9, "center"),
        Column(
            Phrase("工作量（人天）", "Effort (days)"),
            "{{ finding.effort_days | number }}",
            11,
            "right",
        ),
        Column(Phrase("风险与说明", "Risk"), "{{ finding.risk }}", 28),
        Column(Phrase("评审决定", "Decision"), "{{ finding.decision | label }}", 11, "center"),
    ),
)

_ACTIONS = Table(
    each="action in needs.review.actions",
    caption=Phrase("行动项", "Actions"),
    columns=(
        Column(Phrase("序号", "No."), "{{ loop.index }}", 8, "center"),
        Column(Phrase("行动项", "Action"), "{{ action.what }}", 40),
        Column(Phrase("责任人", "Owner"), "{{ action.owner.name }}", 14, "center"),
        Column(Phrase("要求完成日期", "Due"), "{{ action.due | day }}", 19, "center"),
        Column(Phrase("实际完成日期", "Done"), "{{ action.done | day }}", 19, "center"),
    ),
)

_NOTES = FillingNotes(
    (
        Phrase(
            "记录决定，不记录发言；每项必备需求各占一行，技术可行性与资源须分别评审。",
            "Record decisions, not speeches; each must-have need has a row of its own, and technical"
            " feasibility and resources are judged separately.",
        ),
        Phrase(
            "出席人员须同时包括产品与技术负责人，否则评审结论无效。",
            "Those present must include product and technical leads, or the conclusion is void.",
        ),
        Phrase(
            "结论为“有条件通过”的，每个条件均应列为行动项，写明责任人与完成日期。",
            "Each condition of a conditional pass becomes an action with an owner and a due date.",
        ),
        Phrase(
            "无内容的栏目填“/”或“无”，不留空白。",
            "What has no content is marked “/” or “None”; nothing is left blank.",
        ),
    )
)

LAYOUT = Layout(
    title=Phrase("需求评审会议纪要", "Needs review minutes"),
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
        Paragraph(
            (
                Phrase("总工作量：", "Total effort: "),
                Strong("{{ needs.review.effort_days | number }}"),
                Phrase(" 人天。", " person-days."),
            )
        ),
        Heading(Phrase("评审结论", "Conclusion")),
        Form(
            (
                field(
                    "needs.review.conclusion",
                    "boxes('ReviewConclusion')",
                    Phrase("评审结论", "Conclusion"),
                ),
                field("needs.review.dissent", label=Phrase("保留意见", "Dissent")),
                field("needs.review.next", "day", Phrase("下次会议", "Next meeting")),
            ),
            columns=2,
        ),
        Heading(Phrase("行动项", "Actions")),
        _ACTIONS,
        Heading(Phrase("会议签到", "Sign-in")),
        SignIn("person in needs.review.attendees", "{{ person.name }}", "{{ person.title }}"),
        SignOff(
            (
                (
                    Phrase("记录", "Recorded"),
                    "{{ needs.review.recorder.name }}",
                    "{{ document.date | day }}",
                ),
                (Phrase("主持人签发", "Issued by chair"), "{{ needs.review.chair.name }}", ""),
            )
        ),
        _NOTES,
    ),
)
