"""Which brands there are, and where the files of one are."""

import re
from pathlib import Path

from copilot.brand.files import BRAND
from copilot.brand.report import closest, shown
from copilot.errors import InputError

_ID = re.compile(r"[a-z0-9-]{3,40}", re.ASCII)


def check_id(brand_id: str) -> str:
    """The id itself.

    Raises:
        InputError: it cannot be the id of a brand; with this, no id can ever lead out of a folder.
    """
    if not _ID.fullmatch(brand_id):
        raise InputError(
            f"{shown(brand_id)} cannot be the id of a brand. Use 3 to 40 of a-z, 0-9 and hyphens: the folder's name."
        )
    return brand_id


def brand_ids(knowledge_dir: Path) -> list[str]:
    """Ids of the brands in this folder, sorted.

    Raises:
        InputError: there is no such folder.
    """
    if not knowledge_dir.is_dir():
        raise InputError(f"There is no knowledge folder '{knowledge_dir}'. Create it, or name the right one.")
    return sorted(
        path.name
        for path in knowledge_dir.iterdir()
        if _ID.fullmatch(path.name) and _inside(path, knowledge_dir) and (path / BRAND).is_file()
    )


def brand_folder(knowledge_dir: Path, brand_id: str) -> Path:
    """The folder of a brand.

    Raises:
        InputError: the id is impossible, unknown (the message names the known ones), or its folder lies elsewhere.
    """
    check_id(brand_id)
    folder = knowledge_dir / brand_id
    if folder.is_dir() and not _inside(folder, knowledge_dir):
        raise InputError(f"'{folder}' is a link to something outside '{knowledge_dir}'. Put the folder itself there.")
    if folder.is_dir():
        return folder
    known = brand_ids(knowledge_dir)
    near = closest(brand_id, known)
    wish = f" Did you mean '{near}'?" if near else ""
    listed = f" Known brands: {', '.join(known)}." if known else f" There is no brand in '{knowledge_dir}' yet."
    raise InputError(f"There is no brand '{brand_id}'.{wish}{listed}")


def _inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
