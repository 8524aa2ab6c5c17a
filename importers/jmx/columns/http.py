"""Columns of HTTP elements: arguments or a raw body, and files."""

from __future__ import annotations

from typing import Any

from silhouette_plan.importers.jmx.columns.basic import (
    Bag,
    Column,
    FlagColumn,
    LeftOut,
    TextColumn,
    flag_property,
    read_flag,
)
from silhouette_plan.importers.jmx.columns.lists import ItemsColumn, ItemType

from silhouette_plan.plan.base import Property
from silhouette_plan.plan.records import record
from silhouette_plan.plan.samplers import HttpArgument, HttpFile


@record
class UseEquals:
    """Whether ``name=`` is sent for an empty value: told by ``Argument.metadata`` before the flag itself (``HTTPArgument``)."""

    properties: tuple[str, ...] = ("HTTPArgument.use_equals", "Argument.metadata")
    fields: tuple[str, ...] = ("use_equals",)

    def read(self, bag: Bag) -> dict[str, Any]:
        """What ``Argument.metadata`` says, else the flag, else whether there is a value."""
        flag, sign = bag.take("HTTPArgument.use_equals"), bag.take("Argument.metadata")
        if sign is not None and sign.value == "=":
            return {"use_equals": True}
        if flag is not None:
            return {"use_equals": read_flag(flag, bag.report)}
        value = bag.left.get("Argument.value")
        return {"use_equals": bool(value and value.value)}

    def write(self, holder: object) -> list[Property]:
        """Both properties."""
        value = getattr(holder, "use_equals")  # noqa: B009 - a column reads any holder
        sign = Property("string", "Argument.metadata", "=" if value is True else "")
        return [sign, flag_property("HTTPArgument.use_equals", value)]


HTTP_ARGUMENT = ItemType(
    HttpArgument,
    "HTTPArgument",
    (
        FlagColumn("encode", "HTTPArgument.always_encode"),
        UseEquals(),
        TextColumn("value", "Argument.value"),
        TextColumn("name", "Argument.name"),
        TextColumn("content_type", "HTTPArgument.content_type", absent="", omit=True),
    ),
    title="name",
    known=frozenset({"TestElement.name", "HTTPArgument.encoded_name", "HTTPArgument.encoded_value"}),
    # JMeter turns a plain argument into one that is encoded
    implied={"Argument": {"encode": True}},
)

_ARGUMENTS = ItemsColumn(
    "arguments",
    "Arguments.arguments",
    HTTP_ARGUMENT,
    holder=("HTTPsampler.Arguments", "Arguments", "HTTPArgumentsPanel"),
    title="User Defined Variables",
)
_RAW = "HTTPSampler.postBodyRaw"


@record
class HttpContent:
    """``arguments`` or ``body``: with ``postBodyRaw`` the values of all arguments, joined, are the body."""

    properties: tuple[str, ...] = (_RAW, "HTTPsampler.Arguments")
    fields: tuple[str, ...] = ("arguments", "body")

    def read(self, bag: Bag) -> dict[str, Any]:
        """``body`` with a raw body, else ``arguments``."""
        raw = bag.take(_RAW)
        arguments: tuple[HttpArgument, ...] = _ARGUMENTS.read(bag)["arguments"]
        if raw is None or read_flag(raw, bag.report) is not True:
            return {"arguments": arguments}
        if any(one.encode is not False for one in arguments):
            # a raw body whose text is encoded: the same as arguments without names
            return {"arguments": tuple(HttpArgument("", one.value, one.encode) for one in arguments)}
        return {"body": "".join(one.value for one in arguments)}

    def write(self, holder: object) -> list[Property]:
        """The raw body, or the arguments."""
        body: str | None = getattr(holder, "body")  # noqa: B009
        if body is None:
            return _ARGUMENTS.write(holder)
        items = (
            Property("bool", "HTTPArgument.always_encode", "false"),
            Property("string", "Argument.value", body),
            Property("string", "Argument.metadata", "="),
        )
        entry = Property("element", "", items=items, attributes=(("elementType", "HTTPArgument"),))
        inner = Property("collection", "Arguments.arguments", items=(entry,))
        holding = Property(
            "element", "HTTPsampler.Arguments", items=(inner,), attributes=(("elementType", "Arguments"),)
        )
        return [Property("bool", _RAW, "true"), holding]


HTTP_FILES = ItemsColumn(
    "files",
    "HTTPFileArgs.files",
    ItemType(
        HttpFile,
        "HTTPFileArg",
        (
            TextColumn("path", "File.path"),
            TextColumn("parameter", "File.paramname"),
            TextColumn("mime_type", "File.mimetype"),
        ),
        title="path",
    ),
    holder=("HTTPsampler.Files", "HTTPFileArgs", ""),
    omit=True,
)

ADDRESS: tuple[Column, ...] = (
    TextColumn("domain", "HTTPSampler.domain", absent=""),
    TextColumn("port", "HTTPSampler.port", absent=""),
    TextColumn("protocol", "HTTPSampler.protocol", absent=""),
    TextColumn("encoding", "HTTPSampler.contentEncoding", absent=""),
    TextColumn("path", "HTTPSampler.path", absent=""),
)
"""Where a request goes."""

CLIENT: tuple[Column, ...] = (
    FlagColumn("embedded", "HTTPSampler.image_parser", absent=False, omit=True),
    FlagColumn("concurrent_embedded", "HTTPSampler.concurrentDwn", absent=False, omit=True),
    TextColumn("embedded_parallel", "HTTPSampler.concurrentPool", absent="", omit=True),
    TextColumn("embedded_matching", "HTTPSampler.embedded_url_re", absent=""),
    FlagColumn("save_as_md5", "HTTPSampler.md5", absent=False, omit=True),
    TextColumn("connect_timeout", "HTTPSampler.connect_timeout", absent=""),
    TextColumn("response_timeout", "HTTPSampler.response_timeout", absent=""),
    TextColumn("proxy_scheme", "HTTPSampler.proxyScheme", absent="", omit=True),
    TextColumn("proxy_host", "HTTPSampler.proxyHost", absent="", omit=True),
    TextColumn("proxy_port", "HTTPSampler.proxyPort", absent="", omit=True),
    TextColumn("proxy_user", "HTTPSampler.proxyUser", absent="", omit=True),
    TextColumn("proxy_password", "HTTPSampler.proxyPass", absent="", omit=True),
    TextColumn("implementation", "HTTPSampler.implementation", absent="", omit=True),
    TextColumn("source_address", "HTTPSampler.ipSource", absent="", omit=True),
    LeftOut(("HTTPSampler.monitor",)),
)
"""How it is sent, as the Advanced tab has it."""

KNOWN = ("HTTPSampler.ipSourceType", "HTTPSampler.embedded_url_exclude_re")
"""What JMeter writes and no field holds."""
