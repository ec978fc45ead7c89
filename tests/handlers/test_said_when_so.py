"""Nothing is said before it is so: messages go out after the answer, and may fail, so no answer says that they went."""

from __future__ import annotations

import ast
import re
from pathlib import Path

HANDLERS = Path(__file__).parents[2] / "handlers"
EARLY = re.compile(r"I have (told|asked)|I've (told|asked)|Posted\.|(channel|voter|chairs?|They) (is|are) told")


def words_of(path: Path) -> list[str]:
    """All that a module can say: its texts, without its docstrings, but for those of refusals, which are sentences."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    owners = [node for node in ast.walk(tree) if isinstance(node, kinds) and not _refuses(node)]
    docstrings = {id(node.body[0].value) for node in owners if node.body and isinstance(node.body[0], ast.Expr)}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [str(node.value) for node in texts if id(node) not in docstrings]


def _refuses(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "Refusal" for base in node.bases)


def test_no_answer_says_that_somebody_was_told_who_is_only_going_to_be() -> None:
    early = [(path.name, words) for path in HANDLERS.rglob("*.py") for words in words_of(path) if EARLY.search(words)]
    assert early == []
