"""Values: ``${}`` templates, JMeter's functions and expressions, each compiled once to a closure over a user.

Entry points, all importable from here:

``compile_template(text, context) -> Template``
    ``text`` as JMeter reads it; problems go to ``context.report`` and the text then stands for itself.
``template_problem(text, context) -> Diagnostic | None``
    What keeps a text from compiling (JMeter then leaves the whole element uncompiled).
``references(text, plugin_functions=False) -> References``
    Which variables a text reads and which functions it calls, with offsets; nothing is compiled.
"""

from silhouette_plan.values.compiler import compile_template, template_problem
from silhouette_plan.values.context import ValueContext
from silhouette_plan.values.references import Reference, References, references
from silhouette_plan.values.template import StopTest, StopUser, Template, ValueFault

__all__ = [
    "Reference",
    "References",
    "StopTest",
    "StopUser",
    "Template",
    "ValueContext",
    "ValueFault",
    "compile_template",
    "references",
    "template_problem",
]
