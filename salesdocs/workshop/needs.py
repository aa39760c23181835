"""What several papers say of the customer's needs: the same tables."""

from __future__ import annotations

from salesdocs.workshop.blocks import (
    Break,
    Column,
    Faint,
    Given,
    Label,
    Phrase,
    Table,
    Words,
    numbers,
)


def _measured(name: str) -> Words:
    """Return a figure of a measure; what is called a rate and is below 1 is one in per cent."""
    path = f"measure.{name}"
    return Given(
        f"measure.metric and '率' in measure.metric and {path} is not none and {path} <= 1",
        f"{{{{ {path} | percent }}}}",
        f"{{{{ {path} | number }}}}",
    )


SCENARIOS = Table(
    each="scene in needs.scenarios",
    caption=Label("needs.scenarios"),
    columns=(
        Column(
            Label("needs.scenarios[].name"),
            (
                "{{ scene.name }}",
                Given("scene.actors", (Break(), Faint("{{ scene.actors }}"))),
            ),
            20,
        ),
        Column(Label("needs.scenarios[].steps"), "{{ scene.steps }}", 28),
        Column(Label("needs.scenarios[].pain"), "{{ scene.pain }}", 26),
        Column(Label("needs.scenarios[].expected"), "{{ scene.expected }}", 26),
    ),
)

MEASURES = Table(
    each="measure in needs.success",
    caption=Label("needs.success"),
    columns=(
        Column(Label("needs.success[].metric"), "{{ measure.metric }}", 34),
        Column(Label("needs.success[].baseline"), _measured("baseline"), 18, "right"),
        Column(Label("needs.success[].target"), _measured("target"), 18, "right"),
        Column(Label("needs.success[].how"), "{{ measure.how }}", 30),
    ),
)

NONFUNCTIONAL = Table(
    each="need in needs.nonfunctional",
    caption=Label("needs.nonfunctional"),
    columns=(
        Column(
            Label("needs.nonfunctional[].kind"),
            "{{ need.kind | label }}",
            14,
            "center",
        ),
        Column(Label("needs.nonfunctional[].requirement"), "{{ need.requirement }}", 52),
        Column(Label("needs.nonfunctional[].metric"), "{{ need.metric }}", 34),
    ),
)


def risk_table(path: str) -> Table:
    """Return the table of the risks in the list at `path`."""
    return Table(
        each=f"risk in {path}",
        caption=Phrase("风险与应对", "Risks and responses"),
        columns=(
            numbers(),
            Column(Label("needs.risks[].desc"), "{{ risk.desc }}", 40),
            Column(Label("needs.risks[].level"), "{{ risk.level | label }}", 10, "center"),
            Column(Label("needs.risks[].response"), "{{ risk.response }}", 42),
        ),
    )
