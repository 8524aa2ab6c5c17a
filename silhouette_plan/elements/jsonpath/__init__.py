"""JSONPath as Jayway JsonPath 2.7 reads it, on values as json-smart parses them.

``compile_path`` gives a ``JsonPath``; ``parse`` reads a document; ``render`` writes a match as JMeter's variables hold it.
"""

from silhouette_plan.elements.jsonpath.document import parse
from silhouette_plan.elements.jsonpath.faults import InvalidPath, PathFault, PathNotFound
from silhouette_plan.elements.jsonpath.path import JsonPath, compile_path
from silhouette_plan.elements.jsonpath.permissive import NotJson
from silhouette_plan.elements.jsonpath.render import render, render_json

__all__ = [
    "InvalidPath",
    "JsonPath",
    "NotJson",
    "PathFault",
    "PathNotFound",
    "compile_path",
    "parse",
    "render",
    "render_json",
]
