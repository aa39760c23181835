"""Options that a company can settle once in `salesdocs.yaml`; the nearest file upward counts.

An option on the command line wins, then its environment variable, then the file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import click
from click.core import ParameterSource

SETTINGS_FILE: Final = "salesdocs.yaml"


class SettledOption(click.Option):
    """An option that takes the value of `setting` where nobody else gives one."""

    def __init__(self, *arguments: Any, setting: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.setting = setting


def settled(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options of the running command, filled from the settings above its case.

    Without a case or folder among its arguments the search begins in the current folder. Raises
    SettingsError with all that is wrong in the file.
    """
    context = click.get_current_context()
    open_options = [
        each
        for each in context.command.params
        if isinstance(each, SettledOption)
        and each.name is not None
        and context.get_parameter_source(each.name) is ParameterSource.DEFAULT
    ]
    file = settings_file(_start(context)) if open_options else None
    if file is None:
        return options
    from salesdocs.process.settings import load_settings

    settings = load_settings(file)
    stated = {str(each.name): getattr(settings, each.setting) for each in open_options}
    return options | {name: value for name, value in stated.items() if value is not None}


def settings_file(start: Path) -> Path | None:
    """Return the nearest `salesdocs.yaml` in the folder `start`, beside the file, or above."""
    whole = Path(os.path.abspath(start))  # noqa: PTH100 - `resolve` would leave the folder of a linked case
    for folder in (whole, *whole.parents):
        try:
            if (folder / SETTINGS_FILE).is_file():
                return folder / SETTINGS_FILE
        except OSError:
            continue  # a folder that may not be looked into settles nothing
    return None


def _start(context: click.Context) -> Path:
    """Return the case or folder that the command was given, else the current folder."""
    for each in context.command.params:
        if isinstance(each, click.Argument) and isinstance(each.type, click.Path):
            value = context.params.get(str(each.name))
            paths = value if isinstance(value, Iterable) and not isinstance(value, str) else [value]
            for path in paths:
                if path:
                    return Path(path)
    return Path()
