"""What can be seen in the syntax tree of one module. Each function returns what is wrong, as "line: words"."""

import ast
from collections.abc import Iterator

# The second: what is offered to a cohort that a loader has already let this person see.
SCOPED = {"visible_to", "offered_to"}
WRITES = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


def imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    """The modules that an import statement names."""
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    return [node.module or ""]


def imports(tree: ast.AST, *, hidden: bool) -> Iterator[tuple[int, str]]:
    """(line, module) of imports inside functions, or else of those that run when the module is imported."""
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and (id(node) in inside) == hidden:
            for name in imported(node):
                yield node.lineno, name


def apps_named(tree: ast.AST) -> Iterator[tuple[int, str | None]]:
    """(line, app) of each model that is asked for by its name; None where the name of the app is no constant."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get_model":
            first = node.args[0] if node.args else None
            yield node.lineno, first.value.split(".")[0] if isinstance(first, ast.Constant) else None


def relative_imports(tree: ast.AST) -> list[str]:
    return [f"{n.lineno}: relative import" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level]


def bare_reads(tree: ast.AST) -> list[str]:
    """Uses of a manager that are not scoped at once, and lookups by a model class itself."""
    parents = {id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    wrong = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}:
            after = parents.get(id(node))
            if not (isinstance(after, ast.Attribute) and after.attr in SCOPED):
                wrong.append(f"{node.lineno}: .{node.attr} without .visible_to(user)")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.startswith("get_"):
            first = node.args[0] if node.args else None
            is_lookup = node.func.id in {"get_object_or_404", "get_list_or_404"}
            if is_lookup and isinstance(first, ast.Name) and first.id[:1].isupper():
                wrong.append(f"{node.lineno}: {node.func.id}({first.id}) without .visible_to(user)")
    return wrong


def writes(tree: ast.AST) -> list[str]:
    """Calls that write rows. `update` counts on anything but a plain name, which would be a dict."""
    wrong = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called, receiver = node.func.attr, node.func.value
            is_update = called == "update" and isinstance(receiver, ast.Call)
            is_action = isinstance(receiver, ast.Name) and receiver.id in {"actions", "outbox"}
            if (called in WRITES or is_update) and not is_action:
                wrong.append(f"{node.lineno}: .{called}(…)")
    return wrong


def unescaped(tree: ast.AST) -> list[str]:
    """Text made safe by hand."""
    wrong = []
    for node in ast.walk(tree):
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        if name in {"mark_safe", "SafeString", "SafeText"}:
            wrong.append(f"{node.lineno}: {name}")
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            is_pattern = not node.args or isinstance(node.args[0], ast.Constant)
            if called == "format_html" and not is_pattern:
                wrong.append(f"{node.lineno}: format_html of text that is not a constant")
    return wrong


def written_as_markup(tree: ast.AST) -> list[str]:
    """Classes that say of themselves that they are markup: a template would not escape them."""
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        if any(getattr(part, "name", "") == "__html__" for part in node.body)
        or any(getattr(target, "id", "") == "__html__" for part in node.body for target in getattr(part, "targets", ()))
    ]


def public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def hands_over(function: ast.FunctionDef) -> bool:
    """Whether all that a function does is call another with `by=by`, which is whole by itself."""
    body = [node for node in function.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
    call = getattr(body[0], "value", None) if len(body) == 1 else None
    return isinstance(call, ast.Call) and any(keyword.arg == "by" for keyword in call.keywords)


def loose_actions(tree: ast.Module, names: set[str] | None = None) -> list[str]:
    """Public actions that take arguments by position, that nobody does (`by`), or that are not atomic.

    `names` are those that a package offers, where the module is part of one.
    """
    wrong = []
    for function in public_functions(tree):
        if names is not None and function.name not in names:
            continue
        arguments = function.args
        if arguments.args or arguments.posonlyargs or arguments.vararg:
            wrong.append(f"{function.name}: arguments by position")
        if "by" not in {argument.arg for argument in arguments.kwonlyargs}:
            wrong.append(f"{function.name}: no by=")
        is_atomic = any("atomic" in ast.unparse(decorator) for decorator in function.decorator_list)
        if not is_atomic and not hands_over(function):
            wrong.append(f"{function.name}: not atomic")
    return wrong


def imported_names(tree: ast.Module) -> set[str]:
    """What a module takes from others, by name."""
    return {alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}


def unpacked_requests(tree: ast.AST) -> list[str]:
    """What a browser sent, handed on as keywords: a sender could then choose the columns."""
    wrong = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                text = ast.unparse(keyword.value) if keyword.arg is None else ""
                if any(source in text for source in ("request.GET", "request.POST", "request.body", "request.COOKIES")):
                    wrong.append(f"{node.lineno}: **{text}")
    return wrong
