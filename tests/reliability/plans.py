"""Plans of the reliability tests, written as JMeter's editor writes them."""

from __future__ import annotations

from pathlib import Path

import jmx
from jmx import Node, Value


def http(port: int, path: str = "/", *children: Node, **settings: Value) -> Node:
    own = {
        "HTTPSampler.domain": "127.0.0.1",
        "HTTPSampler.port": str(port),
        "HTTPSampler.protocol": "http",
        "HTTPSampler.path": path,
        "HTTPSampler.method": "GET",
        "HTTPSampler.follow_redirects": True,
        "HTTPSampler.use_keepalive": True,
        **{f"HTTPSampler.{name}": value for name, value in settings.items()},
    }
    arguments = (
        '<elementProp name="HTTPsampler.Arguments" elementType="Arguments" guiclass="HTTPArgumentsPanel" '
        f'testclass="Arguments" enabled="true">{jmx.arguments({})}</elementProp>'
    )
    return Node("HTTPSamplerProxy", "HttpTestSampleGui", f"GET {path}", (arguments, *jmx.props(own)), children)


def csv_data(file: str, names: str = "word", *, recycle: bool = True) -> Node:
    settings: dict[str, Value] = {
        "filename": file,
        "variableNames": names,
        "delimiter": ",",
        "recycle": recycle,
        "stopThread": not recycle,
        "shareMode": "shareMode.all",
    }
    return Node("CSVDataSet", "TestBeanGUI", "Data", jmx.props(settings))


def listener(file: str) -> Node:
    return Node("ResultCollector", "SimpleDataWriter", "Writer", (jmx.prop("filename", file),))


def body_file(port: int, file: str) -> Node:
    """A request whose body is a file."""
    files = (
        '<elementProp name="HTTPsampler.Files" elementType="HTTPFileArgs"><collectionProp name="HTTPFileArgs.files">'
        f'<elementProp name="{file}" elementType="HTTPFileArg">{jmx.prop("File.path", file)}'
        f"{jmx.prop('File.paramname', '')}{jmx.prop('File.mimetype', 'text/plain')}</elementProp>"
        "</collectionProp></elementProp>"
    )
    request = http(port, method="POST")
    request.properties = (*request.properties, files)
    return request


def write(path: Path, *children: Node, **settings: object) -> Path:
    path.write_text(jmx.document(jmx.plan(*children, **settings)), encoding="utf-8")  # type: ignore[arg-type]
    return path


def steady(path: Path, port: int, *, users: int = 5, ramp: int = 0, teardown: bool = False, **settings: Value) -> Path:
    """Users that send for ever, and a tearDown group that sends to ``/bye``."""
    groups = [jmx.group("Users", http(port, **settings), users=users, ramp=ramp, loops=-1)]
    if teardown:
        groups.append(jmx.group("Last", http(port, "/bye", **settings), kind="PostThreadGroup", loops=-1))
    return write(path, *groups)
