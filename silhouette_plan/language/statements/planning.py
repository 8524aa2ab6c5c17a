"""Statements at the top: the plan, its parameters and variables, fragments, includes and calls."""

from __future__ import annotations

from typing import Any

from silhouette_plan.language.expressions.printing import show_expression, spell_name
from silhouette_plan.language.statements.cursor import Cursor
from silhouette_plan.language.statements.model import (
    Body,
    Built,
    Clause,
    Line,
    Operand,
    Place,
    Row,
    Value,
    Values,
    flags,
)
from silhouette_plan.language.statements.values import NAME, TERM, TEXT, listed, word_or_text
from silhouette_plan.plan.controllers import IncludeController, ModuleController
from silhouette_plan.plan.testplan import Argument, Parameter, TestFragment, TestPlan, UserVariables

_SETTING = (Operand("name", NAME), Operand("value", TERM, sign="="))
_NOTE = (Clause("note", "description", TEXT),)


def _argument(values: Values) -> Argument:
    return Argument(values["name"], values["value"], values.get("description", ""))


def _of_argument(argument: Argument) -> Values:
    values = {"name": argument.name, "value": argument.value}
    return {**values, "description": argument.description} if argument.description else values


LET = Line(
    verb="let",
    operands=_SETTING,
    clauses=_NOTE,
    into="variables",
    make=_argument,
    unmake=_of_argument,
    summary="A variable of the element.",
)


def _let(values: Values) -> Built:
    return UserVariables, {"variables": (_argument(values),)}


def _of_let(element: UserVariables) -> Values | None:
    return _of_argument(element.variables[0]) if len(element.variables) == 1 else None


def _read_assignment(cursor: Cursor) -> tuple[str, Any]:
    name = cursor.name()
    cursor.need("=")
    return name, cursor.expression()


_ASSIGNMENTS = listed(
    Value("an assignment", _read_assignment, lambda pair: f"{spell_name(pair[0])} = {show_expression(pair[1])}"),
    "assignments",
)

ROWS = (
    Row(
        verb="plan",
        kinds=(TestPlan,),
        place=Place.PLAN,
        title="name",
        operands=(Operand("name", TEXT),),
        clauses=(
            Clause("serialized", "serialized"),
            Clause("teardown-on-stop", "teardown_on_shutdown"),
            Clause("no-teardown-on-stop", "teardown_on_shutdown", constant=False),
            Clause("functional", "functional"),
            Clause("classpath", "classpath", TEXT),
        ),
        lines=(LET,),
        jmeter="Test Plan",
        summary="The first statement of a file that can be run. The rest of the file is the plan's content; its own block holds "
        "only the variables of the Test Plan element.",
        example='plan "Checkout" serialized',
    ),
    Row(
        verb="param",
        kinds=(Parameter,),
        place=Place.PLAN,
        title="name",
        operands=(Operand("name", NAME), Operand("default", TERM, sign="=")),
        clauses=(Clause("env", "environment", word_or_text("a name", "secret", "as")), *flags("secret")),
        jmeter="User Defined Variables with `${__P(name,default)}`",
        summary="An input of the plan with its default: set by `--set name=…`, `-Jname=…` or an environment variable. "
        "A `secret` is masked wherever it would be shown.",
        example='param base_url = "http://localhost:8000/api" env BASE_URL\nparam api_key = "test" env API_KEY secret',
    ),
    Row(
        verb="let",
        kinds=(UserVariables,),
        place=Place.PLAN,
        operands=_SETTING,
        clauses=_NOTE,
        build=_let,
        values_of=_of_let,
        jmeter="User Defined Variables",
        summary="A variable of the whole plan, evaluated once before the first user starts.",
        example='let greeting = "hello ${__time()}"',
    ),
    Row(
        verb="variables",
        kinds=(UserVariables,),
        place=Place.PLAN,
        title="name",
        operands=(Operand("name", TEXT, optional=True),),
        lines=(LET,),
        jmeter="User Defined Variables",
        summary="Several variables in one element: they cannot see one another.",
        example='variables "Shop" {\n  let shop = "main"\n  let currency = "EUR"\n}',
    ),
    Row(
        verb="include",
        kinds=(IncludeController,),
        operands=(Operand("file", TEXT),),
        jmeter="Include Controller",
        summary="The steps of the fragment in another `.lplan` or `.jmx` file.",
        example='threads "Users" {\n  include "login.lplan"\n}',
    ),
    Row(
        verb="fragment",
        kinds=(TestFragment,),
        place=Place.PLAN,
        body=Body.STEPS,
        title="name",
        operands=(Operand("name", TEXT),),
        jmeter="Test Fragment",
        summary="Steps that run only where they are called.",
        example='fragment "login" {\n  post "/auth/login"\n}',
    ),
    Row(
        verb="call",
        kinds=(ModuleController,),
        operands=(Operand("path", listed(TEXT, "the name of a fragment")),),
        clauses=(Clause("with", "arguments", _ASSIGNMENTS),),
        jmeter="Module Controller",
        summary="Runs a fragment, or any named block of the plan; several names are a path from the root. `with` sets variables before.",
        example='threads "Users" {\n  call "login" with role = "admin", tries = 3\n}\nfragment "login" {\n  post "/auth/login"\n}',
    ),
)
