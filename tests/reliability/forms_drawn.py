"""The forms of a page as a browser reads them: what each would send, and the same with everything changed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

UNTYPED = {"hidden", "submit", "button", "file", "password"}


@dataclass
class Control:
    """One control: its kind, its name, what it holds, and for a choice whether it is chosen."""

    kind: str
    name: str
    value: str = ""
    is_on: bool = True
    options: list["Control"] = field(default_factory=list)  # of a list


@dataclass
class Drawn:
    """A form that is sent by POST."""

    action: str
    controls: list[Control] = field(default_factory=list)

    def sent(self) -> dict[str, list[str]]:
        """What a browser would send, no button pressed."""
        found: dict[str, list[str]] = {}
        for each in self.controls:
            chosen = [option for option in each.options if option.is_on] if each.kind == "select" else [each]
            if each.is_on and each.kind not in {"submit", "button", "file"}:
                found.setdefault(each.name, []).extend(one.value for one in chosen)
        return found

    def typed(self) -> dict[str, list[str]]:
        """What of it a person fills in, empty boxes left out."""
        names = {each.name for each in self.controls if each.kind not in UNTYPED}
        return {name: texts for name, texts in self.sent().items() if name in names and any(texts)}

    def change_everything(self) -> None:
        """Write into every box, tick what was not ticked, choose the last of every list."""
        for number, each in enumerate(self.controls):
            if each.kind == "checkbox":
                each.is_on = not each.is_on
            elif each.kind == "radio":
                each.is_on = each is [other for other in self.controls if other.name == each.name][-1]
            elif each.kind == "select":
                for option in each.options:
                    option.is_on = option is each.options[-1]
            elif each.kind not in UNTYPED:
                each.value = f"typed <{number}>"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Drawn] = []
        self.form: Drawn | None = None
        self.writing: Control | None = None

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            self.form = Drawn(said.get("action") or "") if said.get("method", "").lower() == "post" else None
            self.forms += [self.form] if self.form else []
        elif not self.form or "disabled" in said:
            return
        elif tag == "option" and self.form.controls:
            option = Control("option", "", said.get("value") or "", is_on="selected" in said)
            self.form.controls[-1].options.append(option)
        elif tag in {"input", "textarea", "select", "button"} and said.get("name"):
            kind = said.get("type", "text") if tag == "input" else tag
            is_choice = kind in {"checkbox", "radio"}
            value = said.get("value") or ("on" if is_choice else "")
            self.form.controls.append(Control(kind, said["name"], value, not is_choice or "checked" in said))
            self.writing = self.form.controls[-1] if tag == "textarea" else None

    def handle_data(self, data):
        if self.writing:
            self.writing.value += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.writing:
            self.writing.value = self.writing.value.removeprefix("\n")
            self.writing = None
        elif tag == "form":
            self.form = None


def forms_drawn(page: str) -> list[Drawn]:
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def typing_forms(page: str) -> list[Drawn]:
    """The forms into which something is typed or chosen."""
    return [form for form in forms_drawn(page) if any(each.kind not in UNTYPED for each in form.controls)]
