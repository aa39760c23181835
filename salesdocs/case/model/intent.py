"""Stage 4: the letter of intent, and what takes its place in a tender."""

from functools import cached_property

from salesdocs.calc.numerals import chinese_numeral
from salesdocs.case import choices
from salesdocs.case.model.base import Block, block
from salesdocs.case.model.record import Record
from salesdocs.case.model.scalars import Code, Count, Day, Flag, Long, Money, Share, Text


class Exclusivity(Block):
    """For how long the customer talks to us alone."""

    days: Count | None = None


class Preparation(Block):
    """Work done before the contract, and who bears its cost."""

    what: Text | None = None
    who: choices.Side | None = None
    cost_bearer: choices.Side | None = None


class Deposit(Block):
    """Money paid beforehand; its nature must be said in words (Civil Code 586–588)."""

    amount: Money | None = None
    nature: choices.DepositNature | None = None
    return_rule: Long | None = None


class Award(Block):
    """The award notice 中标（成交）通知书, which takes the place of the letter in a tender."""

    doc_no: Code | None = None
    date: Day | None = None
    amount: Money | None = None


class IntentArticle(Record):
    """An article of the letter: what it is about, its number in figures and words, if it binds."""

    kind: choices.IntentArticle
    number: Count
    numeral: Text
    binding: Flag


class Intent(Block):
    """The letter of intent."""

    doc_no: Code | None = None
    nature: choices.IntentNature | None = None
    signed: Day | None = None
    place: Text | None = None
    recitals: Long | None = None
    amount: Money | None = None
    key_terms: tuple[Text, ...] = ()
    contract_deadline: Day | None = None
    expires: Day | None = None
    compensation_limit: Money | None = None
    binding_clauses: tuple[choices.BindingClause, ...] = ()
    exclusivity: Exclusivity = block(Exclusivity)
    preparation: tuple[Preparation, ...] = ()
    deposit: Deposit = block(Deposit)
    confidentiality: Long | None = None
    dispute: Long | None = None
    waiver: Text | None = None
    award: Award = block(Award)

    @cached_property
    def deposit_share(self) -> Share | None:
        """The deposit as a share of the intended amount, unrounded; at most 20 % may be 定金."""
        paid = self.deposit.amount
        return paid / self.amount if paid is not None and self.amount else None

    @cached_property
    def articles(self) -> tuple[IntentArticle, ...]:
        """The articles that apply, numbered; the two about the contract itself are always there."""
        return tuple(
            IntentArticle(kind, number, chinese_numeral(number), self._binds(kind))
            for number, kind in enumerate(filter(self._applies, choices.IntentArticle), 1)
        )

    def _applies(self, kind: choices.IntentArticle) -> bool:
        """Return whether there is something to say in that article."""
        named = kind.value in self.binding_clauses
        match kind:
            case choices.IntentArticle.PREPARATION:
                return bool(self.preparation)
            case choices.IntentArticle.DEPOSIT:
                return self.deposit.amount is not None
            case choices.IntentArticle.EXCLUSIVITY:
                return self.exclusivity.days is not None
            case choices.IntentArticle.CONFIDENTIALITY:
                return named or self.confidentiality is not None
            case choices.IntentArticle.COSTS:
                # Who pays for work done beforehand is said where it can bind.
                return named or bool(self.preparation)
            case choices.IntentArticle.DISPUTE:
                return named or self.dispute is not None
            case _:
                return True

    def _binds(self, kind: choices.IntentArticle) -> bool:
        """Return whether the parties are bound by it; the duty to contract binds by its nature."""
        if kind == choices.IntentArticle.CONTRACT:
            return self.nature == choices.IntentNature.DUTY_TO_CONTRACT
        return kind == choices.IntentArticle.EFFECT or kind.value in self.binding_clauses
