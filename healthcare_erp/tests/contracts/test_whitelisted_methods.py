"""Each method that the web may call states its verbs and types, and guests' calls are limited."""

import ast

import pytest

from healthcare_erp.tests.contracts import app_source as app


def decorator_name(node: ast.expr) -> str:
	return ast.unparse(node.func if isinstance(node, ast.Call) else node).split(".")[-1]


def decorator(function: ast.FunctionDef, name: str) -> ast.expr | None:
	return next((node for node in function.decorator_list if decorator_name(node) == name), None)


def functions(path) -> list[ast.FunctionDef]:
	return [node for node in ast.walk(app.tree(path)) if isinstance(node, ast.FunctionDef)]


WHITELISTED = [
	pytest.param(path, function, id=f"{app.name_of(path)}:{function.name}")
	for path in app.python_files()
	for function in functions(path)
	if decorator(function, "whitelist")
]
EVERY = pytest.mark.parametrize(("path", "function"), WHITELISTED)


def keywords(function: ast.FunctionDef) -> dict[str, ast.expr]:
	node = decorator(function, "whitelist")
	return {word.arg: word.value for word in node.keywords} if isinstance(node, ast.Call) else {}


def test_there_are_whitelisted_methods():
	assert WHITELISTED


@EVERY
def test_states_its_verbs(path, function):
	assert "methods" in keywords(function), f"{function.name}: give methods=[…]"


@EVERY
def test_arguments_have_types(path, function):
	arguments = function.args.posonlyargs + function.args.args + function.args.kwonlyargs
	untyped = [argument.arg for argument in arguments if argument.arg != "self" and not argument.annotation]
	assert not untyped and not function.args.vararg, f"{function.name}: {untyped}"


@EVERY
def test_annotations_are_real(path, function):
	"""Frappe checks arguments against real types; the future import makes them strings and turns that off."""
	future = [
		node
		for node in app.tree(path).body
		if isinstance(node, ast.ImportFrom) and node.module == "__future__"
	]
	assert not future


@EVERY
def test_guests_are_limited(path, function):
	guest = keywords(function).get("allow_guest")
	open_to_all = isinstance(guest, ast.Constant) and guest.value is True
	assert not open_to_all or decorator(function, "rate_limit"), f"{function.name}: add @rate_limit"


@EVERY
def test_arguments_are_checked_where_they_come_in(path, function):
	"""(A method that stands in for one of Frappe's takes what that one takes.)"""
	if path.parent.name == "api":
		names = [decorator_name(node) for node in function.decorator_list]
		assert names[:2] == ["whitelist", "checked_arguments"], f"{function.name}: {names}"
