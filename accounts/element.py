"""What accounts give the house."""

from elements.contract import Element
from elements.registry import register


class Accounts(Element):
    app = slug = "accounts"
    name = "Accounts"
    optional = False


register(Accounts())
