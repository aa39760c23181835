"""The options of the plugin, as they stand in `mkdocs.yml`."""

from __future__ import annotations

from mkdocs.config import base
from mkdocs.config import config_options as c

KINDS = ("blank", "form", "sample", "printed", "starter", "picture")


class SalesdocsConfig(base.Config):  # type: ignore[no-untyped-call]
    """Each option has a default: `plugins: [salesdocs]` is enough."""

    enabled = c.Type(bool, default=True)
    """Whether the plugin does anything."""

    library = c.Optional(c.Dir(exists=True))
    """A company's own library folder; what it does not hold comes from the one of the package."""

    samples = c.Optional(c.Dir(exists=True))
    """The folder of the company's sample cases, `NAME/case.yaml` each; else those of the package.
    The figures of the first explain the calculations."""

    lang = c.Choice(("zh", "en"), default="zh")
    """The language of what is generated."""

    generate = c.Type(bool, default=True)
    """Whether pages nobody wrote by hand are made: stages, documents, roles, rules, clauses."""

    navigation = c.Type(bool, default=False)
    """Whether the navigation is made, where the configuration has none."""

    downloads = c.ListOfItems(c.Choice(KINDS), default=list(KINDS))
    """Which files are offered: blank forms, fillable PDFs, samples, their PDFs, YAML, pictures."""

    tooltips = c.Type(bool, default=True)
    """Whether terms of the glossary are explained where they stand in a text."""

    search_words = c.Type(bool, default=True)
    """Whether the search engine is told how Chinese words of the trade are cut."""

    ticks = c.Type(bool, default=True)
    """Whether `- [ ]` becomes a box that remembers; left to pymdownx.tasklist where that is on."""

    cache_dir = c.Optional(c.Type(str))
    """Where made files are kept between builds, from the folder of the configuration on; without
    it in the cache folder of the user."""

    jobs = c.Optional(c.Type(int))
    """How many processes make files; without it, one for each processor."""

    offline = c.Type(bool, default=False)
    """Whether the site works from a folder, without a server; set by `salesdocs site zip`."""
