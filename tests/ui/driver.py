"""A person at the app, for tests: says who they are, opens cases, presses buttons, reads what stands there."""

from typing import Any

from streamlit.testing.v1 import AppTest

from copilot.models import Case
from copilot.pipeline import Desk
from copilot.ui import session
from tests.conftest import ROOT

HARBOR = "harbor-coffee"
_RENDERED = (
    "markdown", "caption", "header", "subheader", "title", "error", "warning", "info", "success", "toast", "metric",
    "html", "json", "latex", "exception",
)  # fmt: skip
_LABELLED = (
    "button", "checkbox", "expander", "radio", "selectbox", "text_area", "text_input", "toggle", "button_group",
    "download_button", "link_button", "page_link", "number_input", "multiselect",
)  # fmt: skip


class Driver:
    """Drives `app.py` through Streamlit's own test runner."""

    def __init__(self) -> None:
        self.app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)

    def close(self) -> None:
        """Let go of the stores."""
        session.copilot().close()

    # Doing -----------------------------------------------------------------------------------------------------
    def start(self, me: str = "JM", brand: str = HARBOR) -> "Driver":
        """Open the app and say by one's initials who one is; without them, say nothing."""
        self.app.query_params["brand"] = brand
        self.run()
        return self.pick("Who are you?", f"({me})") if me else self

    def run(self) -> "Driver":
        """Run the page until no draft is being written."""
        self.app.run()
        while (job := self.state("job")) is not None and not job.stopped:
            job.wait(60)
            self.app.run()
        assert not self.app.exception, self.app.exception
        return self

    def go(self, page: str) -> "Driver":
        """Open another page."""
        self.app.switch_page(f"copilot/ui/pages/{page}.py")
        return self.run()

    def open(self, mention_id: str) -> "Driver":
        """Open a mention's case, as a click on its row does."""
        self.app.session_state[f"chosen:{self.brand}"] = self.desk.ledger.case_of(mention_id).id
        return self.run()

    def press(self, key: str) -> "Driver":
        """Press a button."""
        self.button(key).click()
        return self.run()

    def submit(self, label: str) -> "Driver":
        """Press a form's own button."""
        next(b for b in self.app.button if b.label == label).click()
        return self.run()

    def write(self, text: str) -> "Driver":
        """Replace the reply's text and leave the box."""
        self.editor.set_value(text)
        return self.run()

    def field(self, label: str, text: str) -> "Driver":
        """Fill a text field or area."""
        fields = [*self.app.text_input, *self.app.text_area]
        next(f for f in fields if f.label == label).set_value(text)
        return self

    def choose(self, label: str, words: str) -> "Driver":
        """Choose the option that holds `words` in a select box, without telling the page yet."""
        box = next(s for s in self.app.selectbox if s.label == label)
        box.select_index(next(at for at, option in enumerate(box.options) if words in option))
        return self

    def pick(self, label: str, words: str) -> "Driver":
        """Choose in a select box that acts at once."""
        return self.choose(label, words).run()

    # Reading ---------------------------------------------------------------------------------------------------
    @property
    def brand(self) -> str:
        here = self.state("here")
        return here.desk.brand.id if here else HARBOR

    @property
    def desk(self) -> Desk:
        return session.copilot().brand(self.brand)

    @property
    def editor(self) -> Any:
        return next(area for area in self.app.text_area if area.label == "Reply")

    @property
    def editing(self) -> bool:
        return any(area.label == "Reply" for area in self.app.text_area)

    def button(self, key: str) -> Any:
        return next(b for b in self.app.button if b.key == key)

    @property
    def rows(self) -> list[str]:
        """Keys of the queue's rows, in order."""
        return [b.key for b in self.app.button if b.key and b.key.startswith("open-c-")]

    def has_button(self, key: str) -> bool:
        return any(b.key == key for b in self.app.button)

    def options(self, label: str) -> list[str]:
        return list(next(s for s in self.app.selectbox if s.label == label).options)

    def case(self, mention_id: str) -> Case:
        return self.desk.ledger.case_of(mention_id)

    def state(self, key: str) -> Any:
        return self.app.session_state.get(key)

    @property
    def plain(self) -> str:
        """Everything shown as plain characters."""
        return "\n".join([*(t.value for t in self.app.text), *(c.value for c in self.app.code)])

    @property
    def rendered(self) -> str:
        """Everything that is rendered as markdown or HTML: bodies, labels, helps, placeholders."""
        parts: list[str] = []
        for kind in (*_RENDERED, *_LABELLED):
            for element in self.app.get(kind):
                proto = element.proto
                names = ("body", "label", "help", "placeholder", "caption", "text", "message")
                parts += [str(getattr(proto, name, "")) for name in names]
        return "\n".join(parts)
