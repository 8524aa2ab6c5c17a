"""Logic controllers."""

from __future__ import annotations

from typing import Any

from silhouette_plan.language.expressions.printing import spell_name
from silhouette_plan.language.statements.conditions import LANGUAGES, Foreign, as_function, condition, from_function
from silhouette_plan.language.statements.cursor import Cursor
from silhouette_plan.language.statements.model import (
    Body,
    Built,
    Clause,
    Line,
    Operand,
    Row,
    Value,
    Values,
    differing,
    flags,
)
from silhouette_plan.language.statements.values import (
    BARE_TEXT,
    LOOPS,
    NAME,
    NUMBER,
    PERCENT,
    SECONDS,
    TEXT,
    listed,
    ranged,
    word_or_text,
)
from silhouette_plan.language.tokens import TEXTS
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.controllers import (
    Case,
    Chance,
    Choice,
    CriticalSectionController,
    ForeachController,
    ForeachValue,
    HoldConnection,
    IfController,
    InterleaveController,
    LoopController,
    OnceOnlyController,
    ParallelController,
    RandomController,
    RandomOrderController,
    RecordingController,
    RuntimeController,
    SimpleController,
    SwitchController,
    ThroughputController,
    TransactionController,
    WeightedSwitchController,
    WhileController,
)
from silhouette_plan.plan.expressions import Binary, TextLiteral

# ---- if and while

IF_CONDITION = condition(*LANGUAGES)
_WHILE_CONDITION = condition(*LANGUAGES, "until-false")


def _if(values: Values) -> Built:
    asked = values.pop("condition")
    if not isinstance(asked, Foreign):
        return IfController, {**values, "condition": asked}
    if asked.language == "javascript":
        return IfController, {**values, "condition": asked.text}
    text = asked.text if asked.language == "value" else as_function(asked)
    return IfController, {**values, "condition": text, "use_expression": True}


def _of_if(element: IfController) -> Values:
    asked: Any = element.condition
    if isinstance(asked, str):
        text = asked
        asked = from_function(text, "jexl3", "groovy") or Foreign("value", text)
        if element.use_expression is not True:
            asked = Foreign("javascript", text)
    return {"condition": asked, **differing(element, "evaluate_all")}


def _case(values: Values) -> Built:
    asked = values.get("condition")
    if isinstance(asked, Foreign):
        return Case, {"condition": asked.text, "language": asked.language}
    return Case, {"condition": asked}


def _of_case(element: Case) -> Values:
    if isinstance(element.condition, str):
        return {"condition": Foreign(element.language, element.condition)}
    return {} if element.condition is None else {"condition": element.condition}


def _while(values: Values) -> Built:
    asked = values["condition"]
    if isinstance(asked, Foreign):
        if asked.language == "value":
            asked = Binary("==", TextLiteral(asked.text), TextLiteral("true"))
        else:
            asked = asked.text if asked.language == "until-false" else as_function(asked)
    return WhileController, {"condition": asked}


def _of_while(element: WhileController) -> Values:
    asked: Any = element.condition
    if isinstance(asked, str):
        asked = from_function(asked, "jexl3", "groovy", "javascript") or Foreign("until-false", asked)
    return {"condition": asked}


# ---- foreach


def _read_source(cursor: Cursor) -> tuple[Any, ...]:
    here, following = cursor.here, cursor.peek(1)
    if here.type == "NUMBER" or (here.type in TEXTS and following is not None and following.text == ".."):
        low = NUMBER.read(cursor)
        cursor.need("..")
        return "range", low, NUMBER.read(cursor)
    if here.type in TEXTS:
        return "values", _VALUES.read(cursor)
    return "names", cursor.name("a name, a range or texts")


def _show_source(source: tuple[Any, ...]) -> str | None:
    match source:
        case "names", name:
            return spell_name(name)
        case "values", values:
            return _VALUES.show(values)
        case _:
            low, high = NUMBER.show(source[1]), NUMBER.show(source[2])
            return None if low is None or high is None else f"{low}..{high}"


_VALUES = listed(TEXT, "texts")
_SOURCE = Value("a name, a range or texts", _read_source, _show_source)


def _foreach(values: Values) -> Built:
    match values.pop("source"):
        case "names", name:
            low, high = values.pop("indexes", (None, None))
            bounds = {} if low is None else {"start_index": low, "end_index": high}
            return ForeachController, {**bounds, **values, "source": name}
        case "values", given:
            return ForeachValue, {**values, "values": given}
        case _, low, high:
            return ForeachValue, {**values, "first": low, "last": high}
    raise AssertionError


def _of_foreach(element: ForeachController | ForeachValue) -> Values | None:
    if isinstance(element, ForeachValue):
        if not element.values and not (element.first or element.last):
            return None
        source = ("values", element.values) if element.values else ("range", element.first, element.last)
        return {"returned": element.returned, "source": source}
    values = {"returned": element.returned, "source": ("names", element.source), **differing(element, "use_separator")}
    if element.start_index is not None and element.end_index is not None:
        return {**values, "indexes": (element.start_index, element.end_index)}
    return {**values, **differing(element, "start_index", "end_index")}


# ---- throughput


def _share(values: Values) -> Built:
    return ThroughputController, {**values, "by_percent": True}


def _of_share(element: ThroughputController) -> Values | None:
    if element.by_percent is not True:
        return None
    return {"percent": element.percent, **differing(element, "per_user")}


def _of_at_most(element: ThroughputController) -> Values | None:
    return {"total": element.total, **differing(element, "per_user")}


def _named(values: Values) -> tuple[str, ...]:
    return values["child"], values["weight"], "false" if values.get("disabled") else "true"


def _of_named(weight: tuple[str, ...]) -> Values | None:
    if len(weight) != 3 or weight[2] not in ("true", "false"):
        return None
    return {"child": weight[0], "weight": weight[1], **({"disabled": True} if weight[2] == "false" else {})}


def _plain(verb: str, kind: type[Element], jmeter: str, summary: str, example: str, **more: Any) -> Row:
    return Row(verb=verb, kinds=(kind,), body=Body.STEPS, jmeter=jmeter, summary=summary, example=example, **more)


_OPTIONAL_TITLE = Operand("name", TEXT, optional=True)
_TWO = '{\n    get "/a"\n    get "/b"\n  }'


def _in_group(text: str) -> str:
    return f'threads "Users" {{\n  {text}\n}}'


ROWS = (
    _plain(
        "block",
        SimpleController,
        "Simple Controller",
        "Steps together, with what scopes them.",
        _in_group('block "signed in" {\n    header "Authorization" "Bearer ${token}"\n    get "/profile"\n  }'),
        title="name",
        operands=(_OPTIONAL_TITLE,),
    ),
    _plain(
        "recording",
        RecordingController,
        "Recording Controller",
        "A block that a recorder fills.",
        _in_group(f'recording "Browser" {_TWO}'),
        title="name",
        operands=(_OPTIONAL_TITLE,),
    ),
    _plain(
        "loop",
        LoopController,
        "Loop Controller",
        "Passes over its steps.",
        _in_group(f"loop 10 {_TWO}"),
        operands=(Operand("loops", LOOPS),),
        clauses=(Clause("once-a-user", "continue_forever", constant=False),),
    ),
    _plain(
        "if",
        IfController,
        "If Controller; with `else` a Switch Controller",
        "Steps that run if a condition holds. `else if` and `else` stand on the line of the `}`. "
        "`each-child` asks again before each step.",
        _in_group(
            'if ok {\n    get "/next"\n  }\n  if status == 200 {\n    get "/a"\n  } else if jexl3 \'"${mode}" == "slow"\' {\n    get "/b"\n  } else {\n    get "/c"\n  }'
        ),
        operands=(Operand("condition", IF_CONDITION),),
        clauses=(Clause("each-child", "evaluate_all"),),
        build=_if,
        values_of=_of_if,
    ),
    _plain(
        "choice",
        Choice,
        "Switch Controller",
        "The long form of `if … else …`, where the arms have names, comments or are switched off. Holds `case`.",
        _in_group(
            'choice {\n    case status == 200 as "fine" {\n      get "/a"\n    }\n    off case {\n      get "/b"\n    }\n  }'
        ),
    ),
    _plain(
        "case",
        Case,
        "Simple Controller below a Switch Controller",
        "An arm of a `choice`; without a condition, its `else`.",
        _in_group(
            'choice {\n    case value "${fast}" {\n      get "/a"\n    }\n    case {\n      get "/b"\n    }\n  }'
        ),
        operands=(
            Operand(
                "condition",
                Value(
                    "a condition",
                    IF_CONDITION.read,
                    IF_CONDITION.show,
                    lambda c: not c.done and not c.here.is_word("as"),
                ),
                optional=True,
            ),
        ),
        build=_case,
        values_of=_of_case,
    ),
    _plain(
        "while",
        WhileController,
        "While Controller",
        "Repeats its steps as long as a condition holds. `until-false` is JMeter's own: a text that ends it by reading `false`.",
        _in_group('while json(\'$.state\') == "running" {\n    get "/job"\n    pause 1s\n  }'),
        operands=(Operand("condition", _WHILE_CONDITION),),
        build=_while,
        values_of=_of_while,
    ),
    Row(
        verb="foreach",
        kinds=(ForeachController, ForeachValue),
        body=Body.STEPS,
        operands=(Operand("returned", NAME), Operand("source", _SOURCE, sign="in")),
        clauses=(
            Clause("indexes", "indexes", ranged(NUMBER, "a range")),
            Clause("from", "start_index", NUMBER),
            Clause("to", "end_index", NUMBER),
            Clause("no-separator", "use_separator", constant=False),
        ),
        build=_foreach,
        values_of=_of_foreach,
        jmeter="ForEach Controller",
        summary="A pass for each value: of the variables `ids_1`, `ids_2` …, of a range, or of texts.",
        example=_in_group(
            'foreach id in ids indexes 0..5 {\n    get "/items/${id}"\n  }\n  foreach i in 0..99 {\n    get "/pages/${i}"\n  }\n'
            '  foreach q in "red", "blue" {\n    get "/search?q=${q}"\n  }'
        ),
    ),
    _plain(
        "switch",
        SwitchController,
        "Switch Controller",
        "The one child whose name or number the text gives.",
        _in_group('switch "${role}" {\n    get "/admin" as "admin"\n    get "/" as "default"\n  }'),
        operands=(Operand("value", BARE_TEXT),),
    ),
    _plain(
        "once",
        OnceOnlyController,
        "Once Only Controller",
        "Steps of a user's first iteration only.",
        _in_group(f"once {_TWO}"),
    ),
    _plain(
        "interleave",
        InterleaveController,
        "Interleave Controller",
        "One child a pass, in turn.",
        _in_group(f"interleave across-threads {_TWO}"),
        clauses=(*flags("across-threads"), Clause("flat", "style", constant="1")),
    ),
    _plain(
        "random",
        RandomController,
        "Random Controller; with weights a Weighted Switch Controller",
        "One child a pass, drawn. Children may be `weight N { … }`.",
        _in_group('random {\n    weight 30 {\n      get "/a"\n    }\n    weight 70 {\n      get "/b"\n    }\n  }'),
        clauses=(Clause("flat", "style", constant="1"),),
        weighs="weights",
    ),
    _plain(
        "weight",
        SimpleController,
        "Simple Controller",
        "A child of `random` with its share of the draws; other children have 1.",
        _in_group('random {\n    weight 3 "often" {\n      get "/a"\n    }\n    get "/b"\n  }'),
        title="name",
        operands=(Operand("weight", NUMBER), _OPTIONAL_TITLE),
        build=lambda values: (SimpleController, {}),
        values_of=lambda element: None,
    ),
    _plain(
        "shuffle",
        RandomOrderController,
        "Random Order Controller",
        "All children, in a new order each pass.",
        _in_group(f"shuffle {_TWO}"),
    ),
    _plain(
        "share",
        ThroughputController,
        "Throughput Controller",
        "Runs in a share of its parent's iterations.",
        _in_group(f"share 30% by-user {_TWO}"),
        operands=(Operand("percent", PERCENT),),
        clauses=(Clause("by-user", "per_user"),),
        build=_share,
        values_of=_of_share,
    ),
    _plain(
        "at-most",
        ThroughputController,
        "Throughput Controller",
        "Runs a number of times at most.",
        _in_group(f"at-most 10 {_TWO}"),
        operands=(Operand("total", NUMBER),),
        clauses=(Clause("by-user", "per_user"),),
        values_of=_of_at_most,
    ),
    _plain(
        "chance",
        Chance,
        "If Controller on `__Random`",
        "Runs with a probability, drawn anew each pass.",
        _in_group(f"chance 30% {_TWO}"),
        operands=(Operand("percent", PERCENT),),
    ),
    _plain(
        "runtime",
        RuntimeController,
        "Runtime Controller",
        "Repeats its steps for a time.",
        _in_group(f"runtime 30s {_TWO}"),
        operands=(Operand("seconds", SECONDS),),
    ),
    _plain(
        "transaction",
        TransactionController,
        "Transaction Controller",
        "Adds up its samples as one: behind them, or as their `parent`. `with-timers` counts the pauses too.",
        _in_group(f'transaction "checkout" parent {_TWO}'),
        title="name",
        operands=(_OPTIONAL_TITLE,),
        clauses=(*flags("parent"), Clause("with-timers", "include_timers")),
    ),
    _plain(
        "critical",
        CriticalSectionController,
        "Critical Section Controller",
        "Steps that one user at a time runs, by the name of a lock.",
        _in_group(f'critical "printer" {_TWO}'),
        operands=(Operand("lock", TEXT),),
    ),
    _plain(
        "parallel",
        ParallelController,
        "Parallel Controller",
        "Runs its children at once.",
        _in_group(f"parallel limit 6 {_TWO}"),
        clauses=(Clause("limit", "limit", NUMBER), Clause("as-parent", "parent_sample")),
    ),
    _plain(
        "weighted-switch",
        WeightedSwitchController,
        "Weighted Switch Controller",
        "One child a pass, by weights under the children's names: in turn, or with `drawn` at random.",
        _in_group(
            'weighted-switch drawn {\n    child "a" 30\n    child "b" 70\n    get "/a" as "a"\n    get "/b" as "b"\n  }'
        ),
        clauses=(Clause("drawn", "random_choice"),),
        lines=(
            Line(
                verb="child",
                operands=(Operand("child", TEXT), Operand("weight", NUMBER)),
                clauses=flags("disabled"),
                into="weights",
                make=_named,
                unmake=_of_named,
                summary="The weight of the child with this name.",
            ),
        ),
    ),
    _plain(
        "hold",
        HoldConnection,
        "none",
        "Keeps one connection of the pool for its block: a sample of its own. With `begin` the block is one transaction.",
        _in_group(
            'database main "postgresql://localhost/app" pool 5..10\n  hold main begin {\n    sql "UPDATE jobs SET taken = true"\n  }'
        ),
        operands=(Operand("database", word_or_text("a database", "begin", "as")),),
        clauses=(Clause("begin", "transaction"),),
    ),
)
