"""What can go wrong with a JSONPath (``com.jayway.jsonpath.*Exception``)."""

from __future__ import annotations


class PathFault(Exception):
    """A path cannot be applied to a document (``JsonPathException``)."""


class InvalidPath(PathFault):
    """A path, or a part of it, makes no sense (``InvalidPathException``)."""


class PathNotFound(PathFault):
    """A definite path leads nowhere (``PathNotFoundException``)."""
