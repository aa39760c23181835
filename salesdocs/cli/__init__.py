"""The command line: arguments in, files and findings out.

Commands import the rooms they need when they run, so that `--help` stays quick.
"""

from __future__ import annotations

import atexit
import gc

import click

from salesdocs import __version__
from salesdocs.cli.advancing import advance
from salesdocs.cli.checking import check
from salesdocs.cli.following import due, status
from salesdocs.cli.forming import make_forms
from salesdocs.cli.growing import new
from salesdocs.cli.importing import import_file
from salesdocs.cli.numbers import number
from salesdocs.cli.packing import pack
from salesdocs.cli.previewing import preview
from salesdocs.cli.printing import print_files
from salesdocs.cli.program import Program
from salesdocs.cli.rendering import render
from salesdocs.cli.showing import list_documents, schema, show
from salesdocs.cli.site import site
from salesdocs.cli.templates import templates

# The \b keeps click from filling the lines below it.
_HELP = """一个 case.yaml，出全套销售文件。

One deal, one text file, every Word document of the sale.

\b
开始 / start:
  salesdocs new                  新建案件，逐项提问 / begin a case
  salesdocs check case.yaml      看缺什么、错在哪 / what is missing or wrong
  salesdocs render case.yaml     生成已到阶段的 Word 文件 / write the Word files
  salesdocs print 文件.docx      印成 PDF / any Word file as PDF
  salesdocs pack case.yaml       装订成一册 PDF / one PDF of all papers
  salesdocs advance case.yaml    进入下一阶段 / go on to the next stage
  salesdocs status 案件文件夹    全部案件一览 / all cases at one look
  salesdocs due 案件文件夹       什么事哪天到期 / what is due when
  salesdocs import 线索.csv      从 CRM 导入线索 / leads from a CRM
  salesdocs site build           销售手册网站 / the playbook site
"""


@click.group(
    cls=Program,
    help=_HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="salesdocs")
def main() -> None:
    """Run the program."""


def run() -> None:
    """Run the program as a process of its own: what the console script calls.

    A command is over before collecting garbage could pay: without it, and without going through
    every object once more at exit, a cold `render` takes a sixth less.
    """
    gc.disable()
    atexit.register(gc.freeze)
    main(prog_name="salesdocs")


for command in (
    new, check, render, print_files, pack, make_forms, preview, advance, status, due, number,
    import_file, list_documents, show, schema, templates, site,
    list_documents, show, schema, templates,
):  # fmt: skip
    main.add_command(command)
