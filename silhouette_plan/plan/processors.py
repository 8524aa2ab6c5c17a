"""Pre- and post-processors: scripts, extractors and actions around a sample.

``scope`` is JMeter's ``Sample.scope``: ``""`` the main sample, ``all``, ``children`` or ``variable`` (then
``scope_variable`` names it). ``match`` is a match number: 1…n, 0 a random one, −1 all; None where the source has none.
"""

from __future__ import annotations

from silhouette_plan.plan.base import Flag, PostProcessor, PreProcessor, Text
from silhouette_plan.plan.expressions import Expression
from silhouette_plan.plan.records import record


@record(kw_only=True)
class ScriptPreProcessor(PreProcessor):
    """``JSR223PreProcessor``; ``legacy`` names ``BeanShellPreProcessor`` or ``BSFPreProcessor``."""

    language: str = "groovy"
    script: Text = ""
    file: Text = ""
    parameters: Text = ""
    cache_key: Text = "true"
    legacy: str = ""
    reset_interpreter: Flag = False


@record(kw_only=True)
class ScriptPostProcessor(PostProcessor):
    """``JSR223PostProcessor``; ``legacy`` names ``BeanShellPostProcessor`` or ``BSFPostProcessor``."""

    language: str = "groovy"
    script: Text = ""
    file: Text = ""
    parameters: Text = ""
    cache_key: Text = "true"
    legacy: str = ""
    reset_interpreter: Flag = False


@record(kw_only=True)
class SqlPreProcessor(PreProcessor):
    """``JDBCPreProcessor``."""

    database: Text = ""
    query: Text = ""
    kind: Text = ""
    arguments: Text = ""
    argument_types: Text = ""
    store: Text = ""
    result: Text = ""
    timeout: Text = ""


@record(kw_only=True)
class SqlPostProcessor(PostProcessor):
    """``JDBCPostProcessor``."""

    database: Text = ""
    query: Text = ""
    kind: Text = ""
    arguments: Text = ""
    argument_types: Text = ""
    store: Text = ""
    result: Text = ""
    timeout: Text = ""


@record(kw_only=True)
class SampleTimeout(PreProcessor):
    """Interrupts the sampler after ``timeout`` ms (``SampleTimeout``)."""

    timeout: Text = "10000"


@record(kw_only=True)
class JsonExtractor(PostProcessor):
    """JSON Extractor (``JSONPostProcessor``). ``names``, ``paths``, ``defaults`` and ``match`` may list several, split by ``;``."""

    names: Text = ""
    paths: Text = ""
    match: Text = ""
    defaults: Text = ""
    concat: Flag = False
    scope: str = ""
    scope_variable: Text = ""


@record(kw_only=True)
class JmesPathExtractor(PostProcessor):
    """JSON JMESPath Extractor."""

    variable: Text = ""
    path: Text = ""
    match: Text = ""
    default: Text = ""
    scope: str = ""
    scope_variable: Text = ""


@record(kw_only=True)
class RegexExtractor(PostProcessor):
    """Regular Expression Extractor. ``source`` is JMeter's ``useHeaders``: ``false`` body, ``unescaped``, ``as_document``,
    ``true`` response headers, ``request_headers``, ``URL``, ``code``, ``message``."""

    variable: Text = ""
    regex: Text = ""
    template: Text = ""
    match: Text = ""
    default: Text = ""
    empty_default: Flag = False
    source: str = "false"
    scope: str = ""
    scope_variable: Text = ""


@record(kw_only=True)
class BoundaryExtractor(PostProcessor):
    """Boundary Extractor; ``source`` as in ``RegexExtractor``."""

    variable: Text = ""
    left: Text = ""
    right: Text = ""
    match: Text = ""
    default: Text = ""
    empty_default: Flag = False
    source: str = "false"
    scope: str = ""
    scope_variable: Text = ""


@record(kw_only=True)
class XPathExtractor(PostProcessor):
    """XPath Extractor. ``match`` None, and that alone, is −1: all."""

    variable: Text = ""
    query: Text = ""
    match: Text | None = None
    default: Text = ""
    fragment: Flag = False
    tolerant: Flag = False
    namespace: Flag = False
    validate: Flag = False
    whitespace: Flag = False
    quiet: Flag = False
    report_errors: Flag = False
    show_warnings: Flag = False
    download_dtds: Flag = False
    scope: str = ""
    scope_variable: Text = ""


@record(kw_only=True)
class XPath2Extractor(PostProcessor):
    """XPath2 Extractor; ``namespaces`` as lines ``prefix=uri``."""

    variable: Text = ""
    query: Text = ""
    match: Text = ""
    default: Text = ""
    fragment: Flag = False
    namespaces: Text = ""
    scope: str = ""
    scope_variable: Text = ""


@record(kw_only=True)
class CssExtractor(PostProcessor):
    """CSS Selector Extractor (``HtmlExtractor``); an empty ``attribute`` means the text."""

    variable: Text = ""
    selector: Text = ""
    attribute: Text = ""
    match: Text = ""
    default: Text = ""
    empty_default: Flag = False
    implementation: str = ""
    scope: str = ""
    scope_variable: Text = ""


@record(kw_only=True)
class ExpressionExtractor(PostProcessor):
    """``extract NAME = QUERY`` in a form no JMeter extractor has. ``default`` None with ``keep``: the old value stays."""

    variable: str
    value: Expression
    default: Text | None = ""
    keep: bool = False
    when: Expression | None = None
    scope: str = ""


@record(kw_only=True)
class DebugPostProcessor(PostProcessor):
    """Debug PostProcessor: adds a sub-sample that lists what was known."""

    show_properties: Flag = False
    show_variables: Flag = True
    show_sampler: Flag = True
    show_system: Flag = False


@record(kw_only=True)
class ResultAction(PostProcessor):
    """Result Status Action Handler. ``action``: 0 continue, 1 stop user, 2 stop test, 3 stop now, 4 next thread loop,
    5 next iteration of the current loop, 6 break the current loop."""

    action: int = 0


@record(kw_only=True)
class Check(PostProcessor):
    """``check EXPR [as "name"] [when EXPR]``: counts, never fails the sample."""

    condition: Expression
    when: Expression | None = None


@record(kw_only=True)
class Record(PostProcessor):
    """``record KIND NAME = EXPR``: an observation of the metric ``metric`` after each sample. ``kind`` is
    ``counter rate trend gauge``."""

    kind: str
    metric: str
    value: Expression
    when: Expression | None = None
