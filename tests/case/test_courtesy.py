"""How a letter addresses a customer: by what it is, not as a company whatever it is."""

import pytest

from salesdocs.case.model.parties import Customer


@pytest.mark.parametrize(
    ("name", "nature", "address"),
    [
        ("云泽县示例人民医院", "institution", "贵院"),
        ("示例大学", "institution", "贵校"),
        ("示例学院", "institution", "贵院"),
        ("示例县教育局", "government", "贵局"),
        ("示例市大数据中心", "institution", "贵中心"),
        ("示例农村商业银行", "private", "贵行"),
        ("示例图书馆", "institution", "贵单位"),
        ("宁波铄恒精密机械有限公司", "private", "贵公司"),
        ("示例医院管理有限公司", None, "贵公司"),
    ],
)
def test_it_follows_the_name_and_then_the_nature(
    name: str, nature: str | None, address: str
) -> None:
    tree = {"name": name} if nature is None else {"name": name, "nature": nature}
    assert Customer.model_validate(tree).courtesy == address


def test_a_customer_without_a_name_is_addressed_as_a_company() -> None:
    assert Customer().courtesy == "贵公司"
