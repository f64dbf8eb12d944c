"""Reads the app's source for texts that reach a place where Streamlit renders markdown.

What may stand there is ours by construction: literals, numbers, dates, what `copilot.ui.words` returns, and names that
were only ever given such values. Everything else has to go through `copilot.ui.untrusted`.
"""

import ast
from pathlib import Path
from typing import NamedTuple

# fmt: off
_RENDERS = frozenset((
    "markdown", "caption", "write", "title", "header", "subheader", "error", "warning", "info", "success", "toast",
    "badge", "metric", "button", "popover", "expander", "form_submit_button", "download_button", "link_button",
    "menu_button", "checkbox", "toggle", "radio", "tabs", "pills", "dialog", "status", "segmented_control",
    "text_input", "text_area", "selectbox", "multiselect", "number_input", "slider", "spinner", "file_uploader",
    "chat_message", "date_input", "time_input", "datetime_input", "latex", "divider", "write_stream", "exception",
    "json", "table",
))
# fmt: on
_OPTIONS_RENDER = frozenset(("radio", "pills", "segmented_control", "tabs", "menu_button"))
_LABELS = frozenset(("label", "body", "help", "title"))
_BANNED = frozenset(("unsafe_allow_html", "unsafe_allow_javascript"))
_COUNTS = frozenset(("len", "sum", "int", "round"))
_OWN_MODULES = frozenset(("untrusted", "words", "_log"))


class Violation(NamedTuple):
    """A text of unknown origin where markdown is rendered."""

    where: str
    what: str


def violations(path: Path, source: str | None = None) -> list[Violation]:
    """Everything in one file that must not be there."""
    return _Reader(path, source if source is not None else path.read_text(encoding="utf-8")).read()


class _Reader:
    def __init__(self, path: Path, source: str) -> None:
        self._path = path
        self._tree = ast.parse(source)
        self._functions = {n.name: n for n in ast.walk(self._tree) if isinstance(n, ast.FunctionDef)}
        self._constants = {
            target.id: node.value
            for node in self._tree.body
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        }
        self._asking: set[tuple[str, str]] = set()

    def read(self) -> list[Violation]:
        found: list[Violation] = []
        scopes: list[tuple[ast.FunctionDef | None, ast.AST]] = [(f, f) for f in self._functions.values()]
        scopes.append((None, ast.Module([n for n in self._tree.body if not isinstance(n, ast.FunctionDef)], [])))
        for scope, tree in scopes:
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    found += self._call(node, node.func, scope)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "pick":
                    found += self._unknown(node, node.args[1:2], scope)
                if isinstance(node, ast.keyword) and node.arg in _BANNED:
                    found.append(self._at(node.value, str(node.arg)))
        return sorted(set(found))

    def _call(self, call: ast.Call, func: ast.Attribute, scope: ast.FunctionDef | None) -> list[Violation]:
        owner = func.value.id if isinstance(func.value, ast.Name) else ""
        if owner in _OWN_MODULES:
            return []
        if func.attr in ("text", "code") and owner != "texts" and self._path.name != "untrusted.py":
            return [self._at(call, f"{func.attr} outside untrusted.py")]
        if func.attr == "html" and not (self._path.name == "style.py" and self._constant(call.args[0])):
            return [self._at(call, "html")]
        if func.attr not in _RENDERS:
            return []
        shown = [*call.args[:1], *(k.value for k in call.keywords if k.arg in _LABELS)]
        if scope is not None and scope.name == "pick":
            shown = []  # its callers' labels are read instead
        found = self._unknown(call, shown, scope)
        if func.attr in _OPTIONS_RENDER:
            options = [*call.args[1:2], *(k.value for k in call.keywords if k.arg == "options")]
            found += [self._at(call, ast.unparse(option)) for option in options if not self._constant(option)]
        return found

    def _unknown(self, call: ast.Call, shown: list[ast.expr], scope: ast.FunctionDef | None) -> list[Violation]:
        return [self._at(call, ast.unparse(text)) for text in shown if not self._ours(text, scope)]

    def _at(self, node: ast.AST, what: str) -> Violation:
        return Violation(f"{self._path.name}:{getattr(node, 'lineno', 0)}", what)

    def _constant(self, node: ast.expr) -> bool:
        """Literal through and through."""
        if isinstance(node, ast.Name):
            return node.id in self._constants and self._constant(self._constants[node.id])
        if isinstance(node, ast.Starred):
            return self._constant(node.value)
        if isinstance(node, ast.Tuple | ast.List):
            return all(self._constant(one) for one in node.elts)
        if isinstance(node, ast.Dict):
            return all(key is not None and self._constant(key) for key in node.keys)
        return isinstance(node, ast.Constant)

    def _ours(self, node: ast.expr, scope: ast.FunctionDef | None) -> bool:
        if isinstance(node, ast.Constant):
            return True
        if isinstance(node, ast.JoinedStr):
            return all(self._piece(part, scope) for part in node.values)
        if isinstance(node, ast.IfExp):
            return self._ours(node.body, scope) and self._ours(node.orelse, scope)
        if isinstance(node, ast.BinOp):
            return self._ours(node.left, scope) and self._ours(node.right, scope)
        if isinstance(node, ast.Subscript):
            return self._table(node.value)
        if isinstance(node, ast.Call):
            return self._answer(node)
        return isinstance(node, ast.Name) and self._name(node.id, scope)

    def _piece(self, part: ast.expr, scope: ast.FunctionDef | None) -> bool:
        if not isinstance(part, ast.FormattedValue):
            return True
        spec = part.format_spec
        date = isinstance(spec, ast.JoinedStr) and ast.unparse(spec).strip("f'\"").startswith("%")
        return date or self._ours(part.value, scope)

    def _table(self, node: ast.expr) -> bool:
        """A table of our words: one of `words`, or a literal of this module."""
        if isinstance(node, ast.Attribute):
            return isinstance(node.value, ast.Name) and node.value.id == "words"
        if not isinstance(node, ast.Name) or node.id not in self._constants:
            return False
        table = self._constants[node.id]
        return isinstance(table, ast.Dict) and all(self._constant(value) for value in table.values)

    def _answer(self, call: ast.Call) -> bool:
        func = call.func
        if isinstance(func, ast.Attribute):
            if isinstance(func.value, ast.Name) and func.value.id == "words":
                return True
            return func.attr in ("get", "capitalize", "lower") and self._table_or_entry(func.value)
        if not isinstance(func, ast.Name):
            return False
        if func.id in _COUNTS:
            return True
        own = self._functions.get(func.id)
        if own is None or (func.id, "") in self._asking:
            return own is not None
        self._asking.add((func.id, ""))
        returned = [n.value for n in ast.walk(own) if isinstance(n, ast.Return) and n.value is not None]
        fine = bool(returned) and all(self._ours(value, own) for value in returned)
        self._asking.discard((func.id, ""))
        return fine

    def _table_or_entry(self, node: ast.expr) -> bool:
        return self._table(node.value) if isinstance(node, ast.Subscript) else self._table(node)

    def _name(self, name: str, scope: ast.FunctionDef | None) -> bool:
        """A name that was only ever given what is ours."""
        if scope is None or name in self._constants:
            return name in self._constants and self._constant(self._constants[name])
        if (scope.name, name) in self._asking:
            return True
        self._asking.add((scope.name, name))
        given = self._given(name, scope)
        fine = bool(given) and all(value is not None and self._ours(value, where) for value, where in given)
        self._asking.discard((scope.name, name))
        return fine

    def _given(self, name: str, scope: ast.FunctionDef) -> list[tuple[ast.expr | None, ast.FunctionDef | None]]:
        """Every value the name gets: by assignment, or as a parameter from each call in this module."""
        found: list[tuple[ast.expr | None, ast.FunctionDef | None]] = []
        for node in ast.walk(scope):
            if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
                found.append((node.value, scope))
            elif isinstance(node, ast.Assign) and any(name in _names(t) for t in node.targets):
                found.append((None, scope))
            elif isinstance(node, ast.For) and name in _names(node.target):
                found.append((ast.Constant(0) if _counting(node, name) else None, scope))
        names = [argument.arg for argument in scope.args.args]
        if name in names:
            for caller in [*self._functions.values()]:
                for node in ast.walk(caller):
                    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == scope.name:
                        found.append((_argument(node, names.index(name), name), caller))
        return found


def _argument(call: ast.Call, place: int, name: str) -> ast.expr | None:
    if place < len(call.args):
        return call.args[place]
    return next((k.value for k in call.keywords if k.arg == name), None)


def _names(node: ast.expr) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def _counting(loop: ast.For, name: str) -> bool:
    """Whether `name` is the number of an `enumerate`."""
    counted = (
        isinstance(loop.iter, ast.Call) and isinstance(loop.iter.func, ast.Name) and loop.iter.func.id == "enumerate"
    )
    first = loop.target.elts[0] if isinstance(loop.target, ast.Tuple) else loop.target
    return counted and isinstance(first, ast.Name) and first.id == name
