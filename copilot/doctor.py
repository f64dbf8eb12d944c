"""Look at everything Candor needs and say what mends what is missing."""

import os
import shutil
import sys
from collections.abc import Callable
from importlib.metadata import version

from copilot.bootstrap import Copilot
from copilot.brand import brand_folder, load_brand, load_precedents, read_files
from copilot.errors import CopilotError
from copilot.models import Frozen

_LOW_DISK_MB = 500


class Health(Frozen):
    """One thing that was looked at."""

    name: str
    ok: bool
    detail: str
    fix: str = ""
    """The command or the edit that mends it."""


def examine(copilot: Copilot) -> list[Health]:
    """Versions, settings, model files, stores and knowledge, in that order."""
    found = [_versions()]
    found += [_try("model files", lambda: _models(copilot), "candor model pull")]
    found += [
        _try("chat model", lambda: _chat(copilot), "See .env.example: CANDOR_MODEL, OPENAI_API_KEY, OPENAI_BASE_URL")
    ]
    found += [_try("ledger", lambda: _ledger(copilot), "Check CANDOR_DATA_DIR or CANDOR_DATABASE_URL")]
    found += [_disk(copilot)]
    for brand_id in _brands(copilot, found):
        found.append(
            _try(
                f"knowledge of {brand_id}", lambda b=brand_id: _knowledge(copilot, b), f"candor lint --brand {brand_id}"
            )
        )
        found.append(
            _try(f"index of {brand_id}", lambda b=brand_id: _index(copilot, b), f"candor ingest --brand {brand_id}")
        )
    return found


def _try(name: str, look: Callable[[], str], fix: str) -> Health:
    try:
        return Health(name=name, ok=True, detail=look())
    except CopilotError as error:
        return Health(name=name, ok=False, detail=str(error), fix=fix)


def _versions() -> Health:
    names = ("candor", "chromadb", "langchain", "openai", "streamlit", "xllamacpp")
    detail = f"Python {sys.version.split()[0]}, " + ", ".join(f"{n} {version(n)}" for n in names)
    return Health(name="versions", ok=sys.version_info >= (3, 11), detail=detail, fix="Install Python 3.11 or newer")


def _models(copilot: Copilot) -> str:
    missing = [m for m in copilot.models.list() if not m.present]
    if missing:
        raise CopilotError(f"{', '.join(f'{m.name} ({m.file})' for m in missing)} not fetched yet.")
    return f"all in {copilot.settings.model_dir}"


def _chat(copilot: Copilot) -> str:
    chat = copilot.chat()
    return chat.name if chat else "none: drafts are composed from playbook lines and facts"


def _ledger(copilot: Copilot) -> str:
    return f"{len(copilot.ledger.brands())} brands in {copilot.settings.ledger_url.split('@')[-1]}"


def _disk(copilot: Copilot) -> Health:
    place = copilot.settings.data_dir.expanduser()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free // 1_000_000
    return Health(
        name="disk",
        ok=free > _LOW_DISK_MB and os.access(place, os.W_OK),
        detail=f"{free:,} MB free at {place}",
        fix="Free some space, or set CANDOR_DATA_DIR to another disk",
    )


def _brands(copilot: Copilot, found: list[Health]) -> list[str]:
    try:
        return copilot.brand_ids()
    except CopilotError as error:
        found.append(Health(name="knowledge", ok=False, detail=str(error), fix="Set CANDOR_KNOWLEDGE_DIR"))
        return []


def _knowledge(copilot: Copilot, brand_id: str) -> str:
    files = read_files(brand_folder(copilot.knowledge_dir, brand_id))
    anchor = copilot.clock().date()
    brand = load_brand(brand_id, files, anchor)
    precedents = load_precedents(brand, files.get("precedents.jsonl", ""), anchor)
    return f"{len(brand.voice.rules)} voice rules, {len(brand.facts)} facts, {len(precedents)} precedents"


def _index(copilot: Copilot, brand_id: str) -> str:
    ledger = copilot.ledger.brand(brand_id)
    if ledger.snapshot() is None:
        raise CopilotError("Not read in yet.")
    index = copilot.index.brand(brand_id)
    index.by_words("open", 1)
    if index.damaged:
        raise CopilotError("Its files are gone or damaged: drafts find no sources.")
    return f"{len(index.ids())} entries"
