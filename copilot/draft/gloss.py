"""What a mention says, in the brand's first language: to look facts up by, and for an approver who cannot read it."""

from copilot.draft import prompt
from copilot.draft.ask import Asker
from copilot.errors import ModelError
from copilot.models import ModelCall
from copilot.ports import ChatModel
from copilot.prompts import fill

_SHOWN = (("Habt ihr sonntags offen?", "German", "Are you open on Sundays?"),
          ("Combien coûte la livraison ?", "French", "How much is delivery?"))  # fmt: skip
_TOKENS = 160


def gloss(chat: ChatModel, text: str, language: str, target: str, seed: int) -> tuple[str, ModelCall | None]:
    """`text` in the language `target`, and the call that made it; empty when the model cannot.

    Args:
        chat: The model to ask.
        text: What was written; personal data is masked for a remote model.
        language: ISO 639-1 code of `text`.
        target: ISO 639-1 code to translate to.
        seed: Of the call.
    """
    schema = {
        "type": "object",
        "properties": {"translation": {"type": "string", "maxLength": 600}},
        "required": ["translation"],
        "additionalProperties": False,
    }
    asker = Asker(chat, seed)
    messages: list[dict[str, str]] = []
    if target == "en":
        for said, of, meant in _SHOWN:
            messages.append({"role": "user", "content": _ask(said, of, "English")})
            messages.append({"role": "assistant", "content": f'{{"translation": "{meant}"}}'})
    own, other = prompt.language_name(language), prompt.language_name(target)
    messages.append({"role": "user", "content": _ask(prompt.fenced(text), own, other)})
    try:
        answer = asker.json(messages, schema, _TOKENS)
    except ModelError:
        return "", None
    return " ".join(str(answer.get("translation", "")).split()), asker.calls[-1] if asker.calls else None


def _ask(text: str, language: str, target: str) -> str:
    return fill("gloss", language=language, target=target, message=text)
