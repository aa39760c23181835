"""The program around the commands: how it ends when it is used wrongly or stopped."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any, Final

import click

from salesdocs.findings import Finding, Language, Phrase

USAGE: Final = 2
# What a shell reports for a program that Ctrl-C ended: 128 and the number of SIGINT.
INTERRUPTED: Final = 130


class Program(click.Group):
    """A group of commands whose usage errors read like all other findings."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Run the command that `args` name and exit: 2 for wrong usage, 130 after Ctrl-C."""
        given = list(sys.argv[1:] if args is None else args)
        _never_fail_to_print()
        if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":  # https://no-color.org
            options["color"] = False
        try:
            code = super().main(given, *rest, **{**options, "standalone_mode": False})
        except click.ClickException as error:
            click.echo(_usage(error).text(_language(given)), err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            stopped = Phrase(
                "已中断；已写出的文件都是完整的",
                "stopped; the files that were written are whole",
            )
            click.echo(stopped.text(_language(given)), err=True)
            sys.exit(INTERRUPTED)
        sys.exit(code if isinstance(code, int) else 0)


def _never_fail_to_print() -> None:
    """Let what the terminal's encoding does not have be printed as its number."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _language(given: Sequence[str]) -> Language:
    """Return the language asked for on a command line that may be wrong elsewhere."""
    text = " ".join(given)
    return "en" if "--lang en" in text or "--lang=en" in text else "zh"


def _usage(error: click.ClickException) -> Finding:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "salesdocs"
    hint = Phrase(f"用法见 `{command} --help`", f"see `{command} --help`")
    near = _near(error)
    if near:
        hint = Phrase(f"是不是 {near}？{hint.zh}", f"did you mean {near}? {hint.en}")
    return Finding("error", _said(error), "CLI-00", hint=hint)


def _said(error: click.ClickException) -> Phrase:
    """Return what click says, in Chinese where it is one of the common mistakes."""
    english = error.format_message().rstrip(".")
    if isinstance(error, click.NoSuchOption):
        return Phrase(f"没有 {error.option_name} 这个选项", f"no option {error.option_name}")
    if isinstance(error, click.MissingParameter):
        name = _parameter(error)
        return Phrase(f"缺少 {name}", f"{name} is missing")
    if isinstance(error, click.BadParameter):
        return Phrase(f"{_parameter(error)} 的值不对：{_wanted(error)}", english)
    if isinstance(error, click.BadOptionUsage):
        return Phrase(f"{error.option_name} 后面缺一个值，或写法不对", english)
    name = english.partition("'")[2].partition("'")[0]
    if english.startswith("No such command"):
        return Phrase(f"没有 {name} 这个命令", f"no command {name}")
    if english.startswith("Got unexpected extra argument"):
        extra = english.partition("(")[2].rstrip(")")
        return Phrase(f"多出了参数 {extra}", f"unexpected {extra}")
    return Phrase(english, english)


def _wanted(error: click.BadParameter) -> str:
    """Return in Chinese what the option takes, or what click says when it takes anything."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.IntRange):
        return f"应是 {kind.min} 到 {kind.max} 的整数"
    if isinstance(kind, click.Choice):
        return f"可填 {'、'.join(map(str, kind.choices))}"
    return error.message.rstrip(".")


def _parameter(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "")
    is_option = isinstance(error.param, click.Option)
    return max(error.param.opts, key=len) if is_option else error.param.human_readable_name


def _near(error: click.ClickException) -> str:
    """Return the option or command that was probably meant."""
    if isinstance(error, click.NoSuchOption):
        return next(iter(error.possibilities or ()), "")
    said = error.format_message()
    if isinstance(error, click.UsageError) and said.startswith("No such command"):
        from difflib import get_close_matches

        name = said.partition("'")[2].partition("'")[0]
        context = error.ctx
        group = context.command if context else None
        known = list(group.commands) if isinstance(group, click.Group) else []
        return next(iter(get_close_matches(name, known, n=1, cutoff=0.5)), "")
    return ""
