"""满意度调查问卷: sixteen questions to fill in by hand, an answer to each field of a response.

One question a dimension, because a response holds one score a dimension. Wording changes break the
comparison with earlier surveys: change it only with the dimensions themselves.
"""

from __future__ import annotations

from salesdocs.case import choices
from salesdocs.workshop.blocks import (
    WRITE_DAY,
    Break,
    Column,
    Field,
    FillingNotes,
    Form,
    Given,
    Heading,
    Label,
    Layout,
    Lines,
    Options,
    Paragraph,
    Phrase,
    Question,
    Strong,
    Tab,
    Table,
    TitleBlock,
    Words,
    WritingLines,
    box,
)

_DOT = Phrase("．", ". ")
OTHER = Phrase("其他：", "Other:")


def _phrases(kind: type[choices.Choice]) -> tuple[Phrase, ...]:
    return tuple(Phrase(option.zh, option.en) for option in kind)


def _options(kind: type[choices.Choice]) -> dict[str, Phrase]:
    return {str(option): Phrase(option.zh, option.en) for option in kind}


def _written(name: str) -> str:
    """Return the room for an answer in words."""
    return f"{{{{ response.{name} | written }}}}"


# What a box stands for, and what stands above it; not knowing is no score.
_SCORE_HEADS = {
    "5": Phrase("5\n非常\n满意", "5"),
    "4": Phrase("4\n满意\n", "4"),
    "3": Phrase("3\n一般\n", "3"),
    "2": Phrase("2\n不满意\n", "2"),
    "1": Phrase("1\n非常\n不满意", "1"),
    "unknown": Phrase("不了解\n或\n不适用", "not\nknown"),
}
QUESTIONS = {
    "product": Phrase(
        "现有功能满足岗位工作需要的程度", "How far the functions meet the needs of your work"
    ),
    "stability": Phrase(
        "系统在工作时间内正常运行的情况", "How the system runs during working hours"
    ),
    "response": Phrase(
        "我公司答复您所提问题的速度", "How quickly we answer when you report a problem"
    ),
    "expertise": Phrase(
        "服务人员解决问题的能力", "How able our service staff are at solving problems"
    ),
    "training": Phrase(
        "培训、手册等学习支持对您的帮助",
        "How much learning support (courses, manuals …) helps you",
    ),
    "value": Phrase("与投入费用相比，系统带来的效果", "What the system achieves for what it costs"),
}
"""The question of each dimension: one thing each, and no praise in it."""

WISHES = (
    Phrase("操作简便", "Ease of use"),
    Phrase("运行速度", "Speed"),
    Phrase("报表分析", "Reports"),
    Phrase("移动端使用", "Mobile use"),
    Phrase("系统接口", "Interfaces"),
    Phrase("权限与流程", "Rights and workflow"),
    Phrase("数据安全", "Data security"),
    Phrase("帮助与提示", "Help and hints"),
    OTHER,
)

_AFTER = "{{ survey.dimensions | length + %d }}"


_GREETING = Phrase(
    "为改进产品与服务，我们诚邀您用约8分钟填写本问卷。问卷没有标准答案，请按最近半年的实际感受作答。",
    "To improve our product and service we ask you for about 8 minutes. There are no right "
    "answers: please answer from your experience of the last six months.",
)
_PRIVACY = Form(
    (
        Field(
            Phrase("调研对象", "About"),
            Phrase("{{ meta.title }}（下称“本系统”）", "{{ meta.title }} (“the system” below)"),
        ),
        Field(
            Phrase("调研用途", "Purpose"),
            (
                Phrase("答案仅用于", "Answers are used only to improve the service of "),
                "{{ supplier.short_name or supplier.name }}",
                Phrase(
                    "内部服务改进，按汇总方式统计；低分意见只按岗位类别跟进，不追查填写人。",
                    ", counted in sum; low scores are followed up by role, never by person.",
                ),
            ),
        ),
        Field(
            Phrase("查阅范围", "Who sees it"),
            Phrase(
                "原始问卷仅由我公司负责本次调研的人员查阅，不向{{ customer.courtesy }}或第三方提供"
                "单份答卷。",
                "Only our people who run this survey read the sheets; no single sheet is shown to "
                "your company or to others.",
            ),
        ),
        Field(
            Phrase("匿名方式", "Anonymity"),
            Phrase(
                "问卷不记姓名。愿意接受回访的，可在末题留下姓名和电话；"
                "以电子邮件交回会显示发件人，希望匿名的请封口交回纸质问卷。",
                "No names are taken. Leave name and phone at the last question only if you agree "
                "to a call. E-mail shows its sender: to stay anonymous return the sheet on paper.",
            ),
        ),
        Field(
            Phrase("保存期限", "Kept until"),
            (
                Phrase("自发放之日（", "From the day of issue ("),
                "{{ survey.sent | iso }}",
                Phrase("）起保存至 ", ") to "),
                "{{ survey.kept_until | iso }}",
                Phrase("，期满销毁。", ", then destroyed."),
            ),
        ),
    ),
    columns=2,
)


def _question_of(dimension: str, words: Phrase) -> Words:
    return Given(f"dimension == '{dimension}'", words)


_SCORES = Table(
    each="dimension in survey.dimensions",
    columns=(
        Column(
            Phrase("评价内容", "Subject"),
            (
                Strong(("{{ loop.index + 2 }}", _DOT, "{{ dimension | label }}")),
                Break(),
                *(_question_of(name, words) for name, words in QUESTIONS.items()),
            ),
            41.2,
        ),
        *(
            Column(head, box("response.scores[loop.index0]", score), 9.8, "center")
            for score, head in _SCORE_HEADS.items()
        ),
    ),
    row_height=11,
)

_SCALE = _phrases(choices.Satisfaction)  # from 5 down to 1
_OVERALL = Table(
    columns=tuple(
        Column((f"{5 - place} ", grade), "", 1, "center") for place, grade in enumerate(_SCALE)
    ),
    rows=(tuple(box("response.overall", grade) for grade in choices.Satisfaction),),
    row_height=9,
    together=True,
)

_RECOMMEND = Table(
    columns=tuple(Column(str(points), "", 1, "center") for points in range(11)),
    rows=(tuple(box("response.recommend", points) for points in range(11)),),
    row_height=9,
    together=True,
)

_RETURN: Words = (
    Phrase("填好后请", "Please return the sheet "),
    Given(
        "survey.closed",
        (Phrase("于", "by "), "{{ survey.closed | day }}", Phrase("（含当日）前", "")),
        Phrase("于收到之日起10日内", "within 10 days of receiving it"),
    ),
    Phrase("封口交回我公司客户成功经理", " in a closed cover to our customer success manager"),
    Lines(
        "person in team if person.role == 'csm'",
        Given(
            "loop.first",
            (
                Phrase("", " "),
                "{{ person.name }}",
                Given(
                    "person.phone",
                    (Phrase("，电话", ", phone "), "{{ person.phone }}"),
                ),
                Given(
                    "person.email",
                    (
                        Phrase("，或发送至", ", or send it to "),
                        "{{ person.email }}",
                    ),
                ),
            ),
        ),
        between="",
        empty="",
    ),
    Phrase("。", "."),
)

LAYOUT = Layout(
    kind="form",
    blocks=(
        TitleBlock(
            mark=False,
            facts=(
                Phrase("问卷编号：", "Survey No.: "),
                "{{ document.doc_no }}",
                Tab(),
                Label("aftersales.surveys[].period"),
                Phrase("：", ": "),
                Phrase("{{ survey.period_label or survey.period }}", "{{ survey.period }}"),
            ),
        ),
        Paragraph(Phrase("尊敬的客户：", "To our customer:"), style="BodyText", keep_next=True),
        Paragraph(_GREETING),
        _PRIVACY,
        FillingNotes(),
        Heading(Phrase("基本信息", "About you")),
        Question("1", Phrase("您的岗位类别（单选）", "Your role (tick one)")),
        Options("response.role", {**_options(choices.RespondentRole), "other": OTHER}),
        Question(
            "2",
            Phrase("您使用本系统的频率（单选）", "How often you use the system (tick one)"),
        ),
        Options("response.usage_frequency", _options(choices.UsageFrequency)),
        Heading(Phrase("分项评价", "By subject"), new_page=True),
        Paragraph(
            Phrase(
                "您对下列各方面的满意程度如何？每行请在一个方框内打“√”。",
                "How satisfied are you with each of these? Tick one box in each line, from 5 very "
                "satisfied to 1 very dissatisfied.",
            ),
            style="BodyText",
            keep_next=True,
        ),
        _SCORES,
        Heading(Phrase("总体评价", "Overall")),
        Question(
            _AFTER % 3,
            Phrase(
                "综合各方面，您对本系统的总体满意程度（单选）",
                "All in all, how satisfied are you with the system? (tick one)",
            ),
        ),
        _OVERALL,
        Question(
            _AFTER % 4,
            Phrase(
                "您向同行或合作伙伴推荐我公司的可能性（0 为绝不推荐，10 为一定推荐，单选）",
                "How likely are you to recommend us to others in your trade? "
                "(0 never, 10 certainly; tick one)",
            ),
        ),
        _RECOMMEND,
        WritingLines(
            _AFTER % 5,
            Phrase("您给出上述推荐分数的主要原因是什么？", "What is the main reason?"),
            _written("recommend_reason"),
        ),
        Heading(Phrase("意见与期望", "Your view"), new_page=True),
        WritingLines(
            _AFTER % 6,
            Phrase("使用中您最满意的一点是什么？", "What are you most satisfied with?"),
            _written("best"),
        ),
        WritingLines(
            _AFTER % 7,
            Phrase("使用中您最不满意的一点是什么？", "What are you least satisfied with?"),
            _written("worst"),
        ),
        WritingLines(
            _AFTER % 8,
            Phrase("您最希望我们改进的一件事是什么？", "What one thing should we improve?"),
            _written("wish"),
        ),
        Question(
            _AFTER % 9,
            Phrase(
                "今后您希望加强哪些方面？（可多选）",
                "What should be strengthened? (tick any)",
            ),
        ),
        Options(
            "response.feature_wish",
            {"other" if wish is OTHER else wish.zh: wish for wish in WISHES},
        ),
        Heading(Phrase("回访", "Call back")),
        Question(
            _AFTER % 10,
            Phrase(
                "您是否希望我们回访？（单选；姓名和电话均为选填）",
                "Shall we call you? (tick one; name and phone are optional)",
            ),
        ),
        Options(
            "response.callback",
            {"true": Phrase("需要", "Yes"), "false": Phrase("不需要", "No")},
        ),
        Form(
            (
                (
                    Field(Phrase("姓名（选填）", "Name (optional)"), _written("contact_name")),
                    Field(Phrase("电话（选填）", "Phone (optional)"), _written("contact_phone")),
                ),
                Field(Phrase("填写日期", "Date"), WRITE_DAY, whole=True),
            )
        ),
        Paragraph(
            Phrase("感谢您的宝贵意见！", "Thank you!"),
            style="BodyText",
            align="center",
            keep_next=True,
        ),
        Paragraph(_RETURN, align="left"),
    ),
)
