"""The pages that the library writes by itself: a page by hand of the same place comes before it."""

from __future__ import annotations

from collections.abc import Iterator

from salesdocs.playbook import places
from salesdocs.playbook.book import Book
from salesdocs.playbook.components.clauses import clause_sections
from salesdocs.playbook.components.documents import field_table, image
from salesdocs.playbook.components.links import (
    document_link,
    facts,
    joined,
    role_link,
    stage_link,
)
from salesdocs.playbook.components.policies import GROUPS
from salesdocs.playbook.components.roles import decisions, role_sections, signed_by, stages_of
from salesdocs.playbook.components.rules import rule_section, rule_table
from salesdocs.playbook.labels import AUDIENCES
from salesdocs.playbook.markup import block, plain
from salesdocs.playbook.model import Page
from salesdocs.process.documents import Document
from salesdocs.process.fields import Field
from salesdocs.process.stages import Stage


def generated(book: Book) -> dict[str, Page]:
    """Return by their places the pages that nobody wrote by hand."""
    return {page.uri: page for page in _pages(book) if page.uri not in book.written}


def _pages(book: Book) -> Iterator[Page]:
    for stage in book.library.stages:
        yield _stage(book, stage)
    yield _documents(book)
    for document in book.documents.values():
        yield _document(book, document)
    yield _roles(book)
    for role in book.library.roles:
        yield _role(book, role)
    yield _rules(book)
    for group in dict.fromkeys(name[:3] for name in book.rules):
        yield _group(book, group)
    yield _clauses(book)
    for article in book.library.articles:
        yield _article(book, article.id)
    yield _policy(book)
    yield _glossary(book)


def _page(
    book: Book, uri: str, title: str, description: str, lines: list[str], owner: str = ""
) -> Page:
    about = book.library.data["process"]["about"]
    text = "\n\n".join([f"# {plain(title)}", *lines]) + "\n"
    return Page(uri, title, text, description, owner or about["owner"], about["reviewed"])


def _stage(book: Book, stage: Stage) -> Page:
    number = stage.number
    lines = [
        f"::: map {number}",
        f"::: stage {number}",
        *_section(book.word("步骤", "Steps"), "steps", f"::: steps {number}"),
        *_section(book.word("出口", "Gate"), "gate", f"::: gate {number}"),
        *_section(book.word("产出文件", "Documents"), "outputs", f"::: outputs {number}"),
        *_section(
            book.word("法务和财务会看什么", "What legal and finance look at"),
            "watch",
            f"::: watch {number}",
        ),
        *_section(book.word("注意", "Mind"), "cautions", f"::: cautions {number}"),
        *_section(book.word("指标", "Figures"), "measures", f"::: measures {number}"),
    ]
    title = f"{number} {book.say(stage.name)}"
    return _page(book, places.stage_page(stage), title, book.say(stage.goal), lines, stage.roles[0])


def _section(title: str, anchor: str, *lines: str) -> list[str]:
    return [f"## {plain(title)} {{ #{anchor} }}", *lines]


def _documents(book: Book) -> Page:
    lines = [
        book.word(
            f"一个案件按阶段出 {len(book.documents)} 种文件。空白表可以直接下载填写；"
            "已有案件文件的，用 `salesdocs render` 生成，不必手填。",
            f"A deal has {len(book.documents)} kinds of documents, stage by stage.",
        )
    ]
    for stage in book.library.stages:
        title = f"{stage.number} {book.say(stage.name)}"
        lines += _section(title, f"stage-{stage.number}", f"::: outputs {stage.number}")
    return _page(
        book,
        places.DOCUMENTS,
        book.word("表单与文件", "Forms and documents"),
        book.word(
            "全部文件按阶段排列，每种都有空白表、样例和填写说明。",
            "All documents by stage, each with its blank form, a sample and how to fill it in.",
        ),
        lines,
    )


def _document(book: Book, document: Document) -> Page:
    uri = places.document_page(document.id)
    lines = [
        block(
            "div",
            "sd-facts",
            [plain(book.say(document.purpose)) + "\n", *_facts(book, uri, document)],
        ),
        *_section(
            book.word("下载", "Downloads"), "downloads .sd-screen", f"::: downloads {document.id}"
        ),
    ]
    if pictures := book.pictures(document.id):
        shown = "\n".join(image(book, uri, each) for each in pictures)
        lines += _section(
            book.word("预览", "Preview"), "preview", block("div", "sd-preview", [shown])
        )
    if document.notes:
        lines += _section(
            book.word("填写要点", "How to fill it in"),
            "notes",
            "\n".join(f"- {plain(book.say(note))}" for note in document.notes),
        )
    lines += _section(
        book.word("在浏览器里填写", "Fill it in here"),
        "fill .sd-screen",
        f"::: fill {document.id}",
    )
    lines += _section(book.word("字段", "Fields"), "fields", f"::: fields {document.id}")
    lines += _taken_over(book, document)
    rules = [name for name in book.rules if document.id in book.library.rulings[name].documents]
    if rules:
        lines += _section(book.word("检查规则", "Rules"), "rules", rule_table(book, uri, rules))
    return _page(
        book, uri, book.title(document.id), book.say(document.purpose), lines, document.owner
    )


def _facts(book: Book, page: str, document: Document) -> list[str]:
    said = [
        (book.word("谁来出", "Who issues it"), role_link(book, page, document.owner)),
        (book.word("什么时候", "When"), plain(book.say(document.issued))),
        (book.word("阶段", "Stage"), stage_link(book, page, document.stage)),
        (book.word("给谁看", "For whom"), book.say(AUDIENCES[document.audience])),
    ]
    signers = dict.fromkeys(book.say(each.label) for each in document.signatures)
    if signers:
        said.append((book.word("谁签字", "Who signs"), joined(book, map(plain, signers))))
    if document.accompanies:
        said.append(
            (book.word("随附于", "Goes with"), document_link(book, page, document.accompanies))
        )
    return facts(said)


def _taken_over(book: Book, document: Document) -> Iterator[str]:
    """Yield what nobody fills in: what comes from earlier stages, and what is computed."""
    fields = [
        field
        for path in dict.fromkeys(document.pattern(path) for path in document.fields)
        if (field := book.library.catalogue.get(path)) is not None
    ]
    carried = [each for each in fields if not each.computed and each.stage < document.stage]
    computed = [each for each in fields if each.computed]
    kinds: tuple[tuple[str, str, str, list[Field]], ...] = (
        (
            book.word("自动带入", "Carried over"),
            "carried",
            book.word(
                "这些内容在前面的阶段已经写进案件，生成文件时自动带入，不要另填一遍。",
                "These were written in earlier stages and are carried over.",
            ),
            carried,
        ),
        (
            book.word("自动计算", "Computed"),
            "computed",
            book.word("这些内容由程序算出，不用填。", "These are computed."),
            computed,
        ),
    )
    for title, anchor, words, found in kinds:
        if found:
            yield from _section(
                title, anchor, words, field_table(book, document.stage, title, found)
            )


def _roles(book: Book) -> Page:
    return _page(
        book,
        places.ROLES,
        book.word("角色", "Roles"),
        book.word("谁做什么：每个角色在各阶段的事和表单。", "Who does what, by stage."),
        ["::: roles"],
    )


def _role(book: Book, role: str) -> Page:
    uri = places.role_page(role)
    duty = book.say(book.library.roles[role])
    lines = [plain(duty)]
    if may := list(decisions(book, role)):
        lines += _section(
            book.word("有权决定", "May decide"),
            "decides",
            "\n".join(f"- {plain(each)}" for each in may),
        )
    if stages_of(book, role):
        lines += _section(
            book.word("各阶段做什么", "Stage by stage"),
            "stages",
            "\n".join(role_sections(book, uri, role)),
        )
    if papers := signed_by(book, role):
        said = "\n".join(f"- {document_link(book, uri, each.id)}" for each in papers)
        lines += _section(book.word("编制或签字的文件", "Issues or signs"), "documents", said)
    return _page(book, uri, book.role(role), duty, lines, role)


def _rules(book: Book) -> Page:
    lines = [
        book.word(
            f"`salesdocs check` 按这 {len(book.rules)} 条规则检查案件。"
            "错误必须改正，警告须写处理意见，提示供参考。",
            f"`salesdocs check` judges a case by these {len(book.rules)} rules.",
        ),
        '<div class="sd-filter" data-filter="sd-rules"></div>',
    ]
    for group in dict.fromkeys(name[:3] for name in book.rules):
        names = [name for name in book.rules if name.startswith(group)]
        title = f"{book.say(book.library.rulings[names[0]].group)} {group}"
        lines += _section(title, group.lower(), rule_table(book, places.RULES, names))
    return _page(
        book,
        places.RULES,
        book.word("检查规则", "Rules"),
        book.word(
            "法务和财务的全部检查规则，可按文字、级别和阶段筛选。",
            "All rules of legal and finance.",
        ),
        lines,
        "legal",
    )


def _group(book: Book, group: str) -> Page:
    uri = places.group_page(group)
    names = [name for name in book.rules if name.startswith(group)]
    title = book.say(book.library.rulings[names[0]].group)
    papers = book.library.rulings[names[0]].documents
    seen = joined(book, (document_link(book, uri, each) for each in papers))
    lines = [
        f"{book.word('体现在这些文件中：', 'Seen in ')}{seen}",
        *(rule_section(book, uri, name) for name in names),
    ]
    said = book.word(f"{title}的检查规则：要求、原因、改法和依据。", f"The rules on {title}.")
    return _page(book, uri, f"{title} {group}", said, lines, "legal")


def _clauses(book: Book) -> Page:
    lines = [
        book.word(
            "合同由条款库组成：每条有标准文字，有的有备选，红线不得突破。案件写明选了哪条备选，生成的合同就用哪条。",
            "A contract is made of the clause library: standard wording, fallbacks, red lines.",
        ),
        "::: clauses",
    ]
    return _page(
        book,
        places.CLAUSES,
        book.word("条款库", "Clause library"),
        book.word(
            "合同的标准条款、备选、红线和批准人。", "Standard wording, fallbacks, red lines."
        ),
        lines,
        "legal",
    )


def _article(book: Book, name: str) -> Page:
    uri = places.article_page(name)
    found = next(each for each in book.library.articles if each.id == name)
    title = book.say(found.title)
    said = book.word(f"{title}：标准条款、备选和红线。", f"{title}: wording, fallbacks, red lines.")
    return _page(book, uri, title, said, list(clause_sections(book, uri, name)), "legal")


def _policy(book: Book) -> Page:
    lines = [
        book.word(
            "各项限额和标准，连同理由和决定人。公司可以在自己的 `policy.yaml` 中改。",
            "Limits and standards with their reasons.",
        )
    ]
    groups = dict.fromkeys(each.name.partition(".")[0] for each in book.library.policy)
    for group in groups:
        title = book.say(GROUPS[group]) if group in GROUPS else group
        lines += _section(title, group, f"::: policy {group}")
    return _page(
        book,
        places.POLICY,
        book.word("规定与限额", "Limits"),
        book.word("折扣权限、审批路线、付款和责任限额，以及定它们的理由。", "Limits with reasons."),
        lines,
    )


def _glossary(book: Book) -> Page:
    return _page(
        book,
        places.GLOSSARY,
        book.word("术语", "Glossary"),
        book.word(
            "销售、合同、税务和交付的常用术语，一句话讲清楚。", "Terms of sales, law and tax."
        ),
        ["::: glossary"],
    )
