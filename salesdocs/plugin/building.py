"""A build of a site by MkDocs, from Python: nothing is printed, what it says comes back."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.plugins import get_plugin_logger

from salesdocs.errors import SiteError
from salesdocs.findings import Finding, Phrase, Severity

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

# Material and others announce on every run that MkDocs comes to its end; whoever runs our commands
# cannot do anything about it, and we do (`playbook` knows no generator).
_QUIET: Final = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
PLUGIN: Final = "salesdocs"
CONFIGURATION: Final = "mkdocs.yml"

log = get_plugin_logger(PLUGIN)


def shipped_configuration() -> Path:
    """Return the configuration of our own playbook: in a wheel, or of the checkout."""
    package = Path(__file__).parents[1]
    in_wheel = package / "site" / CONFIGURATION
    return in_wheel if in_wheel.is_file() else package.parent / CONFIGURATION


def configuration(
    file: Path, *, offline: bool = False, without: Collection[str] = (), **options: Any
) -> MkDocsConfig:
    """Return the configuration in a file; raises SiteError for one that MkDocs does not take.

    `offline` makes a site that works from a folder, without a server; `without` are kinds of files
    that it does not offer.
    """
    os.environ.update(_QUIET)
    try:
        with _heard() as said:
            config = load_config(str(file), **options)
    except (ConfigurationError, Abort) as error:
        message = Phrase(f"配置有错：{error}", f"the configuration is wrong: {error}")
        raise SiteError([*said, Finding("error", message, "SITE-20", file=str(file))]) from None
    ours = config.plugins.get(PLUGIN)
    if offline and ours is not None:
        ours.config.offline = True
        ours.config.downloads = [each for each in ours.config.downloads if each not in without]
    return config


def served(file: Path, address: str, **options: Any) -> None:
    """Serve a site until it is stopped; build it anew whenever a file changes."""
    os.environ.update(_QUIET)
    with _listening(_Voice()):
        serve(str(file), livereload=True, dev_addr=address, **options)


def built(config: MkDocsConfig) -> list[Finding]:
    """Build the site into its folder; return what MkDocs and its plugins warned of.

    Raises SiteError with all of it when nothing was built.
    """
    config.plugins.on_startup(command="build", dirty=False)
    try:
        with _heard() as said:
            build(config)
    except Abort as error:
        if not said:
            said.append(Finding("error", Phrase(str(error), str(error)), "SITE-21"))
        raise SiteError(said) from None
    finally:
        config.plugins.on_shutdown()
    return said


@contextmanager
def _heard() -> Iterator[list[Finding]]:
    """Give what is logged as a warning or an error meanwhile."""
    ear = _Ear()
    with _listening(ear):
        yield ear.findings


@contextmanager
def _listening(handler: logging.Handler) -> Iterator[None]:
    """Let `handler` alone have what MkDocs logs meanwhile."""
    logger = logging.getLogger("mkdocs")
    before = logger.level, logger.propagate
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.level, logger.propagate = before


class _Voice(logging.StreamHandler[TextIO]):
    """Prints what is logged on standard error, our own findings as all commands print them."""

    def format(self, record: logging.LogRecord) -> str:
        finding = getattr(record, "finding", None)
        if finding is not None:
            return str(finding.text())
        mark = f"{record.levelname.lower()}: " if record.levelno >= logging.WARNING else ""
        return mark + record.getMessage()


class _Ear(logging.Handler):
    """Keeps what is logged; our own warnings come as the findings that they are."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.findings: list[Finding] = []

    def emit(self, record: logging.LogRecord) -> None:
        finding = getattr(record, "finding", None)
        if finding is None:
            severity: Severity = "error" if record.levelno >= logging.ERROR else "warning"
            said = record.getMessage()
            finding = Finding(severity, Phrase(said, said), "SITE-22")
        self.findings.append(finding)
