"""Element rows: configuration and data."""

from __future__ import annotations

from silhouette_plan.importers.jmx.columns.basic import FlagColumn as Flag
from silhouette_plan.importers.jmx.columns.basic import TextColumn as Text
from silhouette_plan.importers.jmx.columns.http import ADDRESS, CLIENT, KNOWN, HttpContent
from silhouette_plan.importers.jmx.columns.lists import GridColumn as Grid
from silhouette_plan.importers.jmx.columns.lists import ItemsColumn, ItemType
from silhouette_plan.importers.jmx.columns.lists import ListColumn as Listing
from silhouette_plan.importers.jmx.rows.row import Row

from silhouette_plan.plan import configs as c

_COOKIE = ItemType(
    c.Cookie,
    "Cookie",
    (
        Text("value", "Cookie.value"),
        Text("domain", "Cookie.domain"),
        Text("path", "Cookie.path"),
        Flag("secure", "Cookie.secure", absent=False),
        Text("expires", "Cookie.expires", kind="long", absent="0"),
        Flag("path_specified", "Cookie.path_specified", absent=True),
        Flag("domain_specified", "Cookie.domain_specified", absent=True),
    ),
    title="name",
    titled=True,
    known=frozenset({"Cookie.version", "TestElement.name"}),
)

_AUTHORIZATION = ItemType(
    c.Authorization,
    "Authorization",
    (
        Text("url", "Authorization.url", absent=""),
        Text("user", "Authorization.username"),
        Text("password", "Authorization.password"),
        Text("domain", "Authorization.domain"),
        Text("realm", "Authorization.realm"),
        Text("mechanism", "Authorization.mechanism", absent="BASIC_DIGEST"),
    ),
)

_HEADER = ItemType(c.Header, "Header", (Text("name", "Header.name"), Text("value", "Header.value")), title="name")
_HOST = ItemType(
    c.StaticHost,
    "StaticHost",
    (Text("name", "StaticHost.Name"), Text("address", "StaticHost.Address", absent="")),
    title="name",
)

_SHARE = {
    "All threads": "shareMode.all",
    "Current thread group": "shareMode.group",
    "Current thread": "shareMode.thread",
}

ROWS: tuple[Row, ...] = (
    Row(
        c.HttpDefaults,
        "ConfigTestElement",
        "HttpDefaultsGui",
        (HttpContent(), *ADDRESS, Text("method", "HTTPSampler.method", absent="", omit=True), *CLIENT),
        old_guis=("UrlConfigGui",),
        only_gui=True,
        known=(
            *KNOWN,
            "HTTPSampler.follow_redirects",
            "HTTPSampler.auto_redirects",
            "HTTPSampler.use_keepalive",
            "HTTPSampler.DO_MULTIPART_POST",
        ),
    ),
    Row(
        c.HeaderManager,
        "HeaderManager",
        "HeaderPanel",
        (ItemsColumn("headers", "HeaderManager.headers", _HEADER),),
    ),
    Row(
        c.CookieManager,
        "CookieManager",
        "CookiePanel",
        (
            ItemsColumn("cookies", "CookieManager.cookies", _COOKIE),
            Flag("clear_each_iteration", "CookieManager.clearEachIteration", absent=False),
            Text("policy", "CookieManager.policy", absent="", omit=True),
            Text("implementation", "CookieManager.implementation", absent="", omit=True),
            Flag("controlled_by_group", "CookieManager.controlledByThreadGroup", absent=False),
        ),
        known=("CookieManager.gui.cookie_policy",),
    ),
    Row(
        c.CacheManager,
        "CacheManager",
        "CacheManagerGui",
        (
            Flag("clear_each_iteration", "clearEachIteration", absent=False),
            Flag("use_expires", "useExpires", absent=False),
            Text("max_size", "maxSize", kind="int", absent="5000"),
            Flag("controlled_by_group", "CacheManager.controlledByThread", absent=False),
        ),
    ),
    Row(
        c.AuthManager,
        "AuthManager",
        "AuthPanel",
        (
            ItemsColumn("entries", "AuthManager.auth_list", _AUTHORIZATION),
            Flag("clear_each_iteration", "AuthManager.clearEachIteration", absent=False, omit=True),
            Flag("controlled_by_group", "AuthManager.controlledByThreadGroup", absent=False),
        ),
    ),
    Row(
        c.CsvDataSet,
        "CSVDataSet",
        "TestBeanGUI",
        (
            Text("delimiter", "delimiter"),
            Text("encoding", "fileEncoding"),
            Text("file", "filename"),
            Flag("ignore_first_line", "ignoreFirstLine"),
            Flag("quoted", "quotedData"),
            Flag("recycle", "recycle"),
            Text("share", "shareMode", renames=_SHARE),
            Flag("stop_at_end", "stopThread"),
            Text("variables", "variableNames"),
        ),
        lookalikes=("CsvDataSetGui",),
    ),
    Row(
        c.Counter,
        "CounterConfig",
        "CounterConfigGui",
        (
            Text("start", "CounterConfig.start", absent=""),
            Text("end", "CounterConfig.end", absent=""),
            Text("step", "CounterConfig.incr", absent=""),
            Text("variable", "CounterConfig.name", absent=""),
            Text("format", "CounterConfig.format", absent=""),
            Flag("per_user", "CounterConfig.per_user", absent=False),
            Flag("reset_each_iteration", "CounterConfig.reset_on_tg_iteration", absent=False, omit=True),
        ),
    ),
    Row(
        c.RandomVariable,
        "RandomVariableConfig",
        "TestBeanGUI",
        (
            Text("maximum", "maximumValue"),
            Text("minimum", "minimumValue", absent="1"),
            Text("format", "outputFormat"),
            Flag("per_user", "perThread"),
            Text("seed", "randomSeed"),
            Text("variable", "variableName"),
        ),
    ),
    Row(
        c.UserParameters,
        "UserParameters",
        "UserParametersGui",
        (
            Listing("names", "UserParameters.names"),
            Grid("values", "UserParameters.thread_values"),
            Flag("per_iteration", "UserParameters.per_iteration", absent=False),
        ),
    ),
    Row(
        c.Database,
        "JDBCDataSource",
        "TestBeanGUI",
        (
            Flag("auto_commit", "autocommit"),
            Text("check_query", "checkQuery"),
            Text("connection_age", "connectionAge"),
            Text("connection_properties", "connectionProperties"),
            Text("variable", "dataSource"),
            Text("url", "dbUrl"),
            Text("driver", "driver"),
            Text("init", "initQuery"),
            Flag("keep_alive", "keepAlive"),
            Text("password", "password"),
            Text("pool_max", "poolMax"),
            Flag("pre_init", "preinit"),
            Text("pool_statements", "poolPreparedStatements", absent="-1", omit=True),
            Text("timeout", "timeout"),
            Text("isolation", "transactionIsolation"),
            Text("trim_interval", "trimInterval"),
            Text("user", "username"),
        ),
        old_guis=("DbConfigGui", "PoolConfigGui"),
        renames={
            "JDBCSampler.url": "dbUrl",
            "JDBCSampler.driver": "driver",
            "JDBCSampler.query": "initQuery",
            "ConfigTestElement.username": "username",
            "ConfigTestElement.password": "password",
            "JDBCSampler.maxuse": "poolMax",
        },
        known=("JDBCSampler.connections", "JDBCSampler.connPoolClass"),
    ),
    Row(
        c.LoginConfig,
        "ConfigTestElement",
        "LoginConfigGui",
        (
            Text("user", "ConfigTestElement.username", absent=""),
            Text("password", "ConfigTestElement.password", absent=""),
        ),
        tags=("LoginConfig",),
        only_gui=True,
    ),
    Row(
        c.DnsCacheManager,
        "DNSCacheManager",
        "DNSCachePanel",
        (
            Listing("servers", "DNSCacheManager.servers"),
            ItemsColumn("hosts", "DNSCacheManager.hosts", _HOST, omit=True),
            Flag("clear_each_iteration", "DNSCacheManager.clearEachIteration", absent=False),
            Flag("custom_resolver", "DNSCacheManager.isCustomResolver", absent=False),
        ),
    ),
    Row(
        c.KeystoreConfig,
        "KeystoreConfig",
        "TestBeanGUI",
        (
            Text("alias_variable", "clientCertAliasVarName"),
            Text("end_index", "endIndex"),
            Text("preload", "preload"),
            Text("start_index", "startIndex"),
        ),
    ),
)
