"""Configuration and data elements."""

from __future__ import annotations

from silhouette_plan.plan.base import Config, Flag, PreProcessor, Text
from silhouette_plan.plan.records import record
from silhouette_plan.plan.samplers import HttpArgument


@record(kw_only=True)
class HttpDefaults(Config):
    """HTTP Request Defaults (``ConfigTestElement`` with ``HttpDefaultsGui``): fills what a request leaves empty.

    ``base`` is the language's ``base "url"``: split into protocol, domain, port and path prefix when it runs.
    """

    base: Text = ""
    protocol: Text = ""
    domain: Text = ""
    port: Text = ""
    path: Text = ""
    method: Text = ""
    encoding: Text = ""
    arguments: tuple[HttpArgument, ...] = ()
    body: Text | None = None
    connect_timeout: Text = ""
    response_timeout: Text = ""
    embedded: Flag = False
    embedded_matching: Text = ""
    embedded_parallel: Text = ""
    concurrent_embedded: Flag = False
    proxy_scheme: Text = ""
    proxy_host: Text = ""
    proxy_port: Text = ""
    proxy_user: Text = ""
    proxy_password: Text = ""
    implementation: str = ""
    source_address: Text = ""
    save_as_md5: Flag = False


@record
class Header:
    """A request header."""

    name: Text
    value: Text = ""


@record(kw_only=True)
class HeaderManager(Config):
    """HTTP Header Manager: headers merge by name, the nearest wins."""

    headers: tuple[Header, ...] = ()


@record
class Cookie:
    """A cookie set from the start. ``expires`` in seconds since 1970, 0: never."""

    name: Text
    value: Text = ""
    domain: Text = ""
    path: Text = ""
    secure: Flag = False
    expires: Text = "0"
    path_specified: Flag = True
    domain_specified: Flag = True


@record(kw_only=True)
class CookieManager(Config):
    """HTTP Cookie Manager; without one, cookies are not kept."""

    clear_each_iteration: Flag = False
    policy: str = ""
    cookies: tuple[Cookie, ...] = ()
    controlled_by_group: Flag = False
    implementation: str = ""


@record(kw_only=True)
class CacheManager(Config):
    """HTTP Cache Manager."""

    clear_each_iteration: Flag = False
    use_expires: Flag = True
    max_size: Text = "5000"
    controlled_by_group: Flag = False


@record
class Authorization:
    """Credentials for URLs that start with ``url``. ``mechanism`` is ``BASIC DIGEST KERBEROS BASIC_DIGEST BEARER``."""

    url: Text
    user: Text = ""
    password: Text = ""
    domain: Text = ""
    realm: Text = ""
    mechanism: str = "BASIC"


@record(kw_only=True)
class AuthManager(Config):
    """HTTP Authorization Manager."""

    entries: tuple[Authorization, ...] = ()
    clear_each_iteration: Flag = False
    controlled_by_group: Flag = False


@record(kw_only=True)
class CsvDataSet(Config):
    """CSV Data Set Config. ``share`` is ``shareMode.all``, ``.group``, ``.thread`` or a name of its own.

    Empty ``variables``: the first line of the file names them. ``columns`` of the language and JMeter agree.
    """

    file: Text = ""
    encoding: Text = ""
    variables: Text = ""
    delimiter: Text = ","
    ignore_first_line: Flag = False
    quoted: Flag = False
    recycle: Flag = True
    stop_at_end: Flag = False
    share: Text = "shareMode.all"


@record(kw_only=True)
class Counter(Config):
    """Counter (``CounterConfig``). ``format`` is a Java DecimalFormat."""

    variable: Text = ""
    start: Text = ""
    end: Text = ""
    step: Text = ""
    format: Text = ""
    per_user: Flag = False
    reset_each_iteration: Flag = False


@record(kw_only=True)
class RandomVariable(Config):
    """Random Variable (``RandomVariableConfig``). ``seed`` gives Java's ``Random`` sequence."""

    variable: Text = ""
    minimum: Text = ""
    maximum: Text = ""
    format: Text = ""
    seed: Text = ""
    per_user: Flag = False


@record(kw_only=True)
class RandomChoice(Config):
    """``draw q from "a" 70%, "b" 30%``: a weighted draw once an iteration. ``choices`` are (text, percent)."""

    variable: str = ""
    choices: tuple[tuple[Text, Text], ...] = ()
    seed: Text = ""
    per_user: bool = False


@record(kw_only=True)
class UserParameters(PreProcessor):
    """User Parameters: user n takes row ``n mod rows``; ``values[row][i]`` belongs to ``names[i]``."""

    names: tuple[Text, ...] = ()
    values: tuple[tuple[Text, ...], ...] = ()
    per_iteration: Flag = False


@record(kw_only=True)
class Database(Config):
    """JDBC Connection Configuration (``JDBCDataSource``). ``timeout`` (wait for a connection) in ms, ``connection_age`` in ms.

    ``url`` may be a JDBC URL or ``postgresql://…``; ``pool_min`` and ``statement_timeout`` (ms) are the language's own.
    """

    variable: Text = ""
    url: Text = ""
    user: Text = ""
    password: Text = ""
    driver: Text = ""
    pool_min: Text = ""
    pool_max: Text = "0"
    timeout: Text = "10000"
    statement_timeout: Text = ""
    trim_interval: Text = "60000"
    auto_commit: Flag = True
    isolation: Text = "DEFAULT"
    init: Text = ""
    pre_init: Flag = False
    keep_alive: Flag = True
    connection_age: Text = "5000"
    check_query: Text = ""
    pool_statements: Text = "-1"
    connection_properties: Text = ""


@record(kw_only=True)
class LoginConfig(Config):
    """Login Config Element (``ConfigTestElement`` with ``LoginConfigGui``)."""

    user: Text = ""
    password: Text = ""


@record
class StaticHost:
    """A host name with the address it resolves to."""

    name: Text
    address: Text


@record(kw_only=True)
class DnsCacheManager(Config):
    """DNS Cache Manager."""

    clear_each_iteration: Flag = False
    custom_resolver: Flag = False
    servers: tuple[Text, ...] = ()
    hosts: tuple[StaticHost, ...] = ()


@record(kw_only=True)
class KeystoreConfig(Config):
    """Keystore Configuration."""

    alias_variable: Text = ""
    start_index: Text = ""
    end_index: Text = ""
    preload: Text = "True"
