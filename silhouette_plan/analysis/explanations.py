"""What each code of the analysis means, as data: title, severity and the four parts of its explanation (Markdown)."""

from __future__ import annotations

from silhouette_plan.diagnostics import Severity
from silhouette_plan.plan.records import record

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@record
class Explanation:
    """One code: what the pass finds, why that matters, an example and how to mend it."""

    code: str
    severity: Severity
    title: str
    finds: str
    matters: str
    example: str
    mend: str


EXPLANATIONS: tuple[Explanation, ...] = (
    Explanation(
        "AN101",
        _WARNING,
        "unknown variable",
        "A reference `${name}` that nothing in the plan sets: no variable of the plan, parameter, CSV column, counter, extractor,"
        " script or function.",
        "JMeter leaves such a reference as it stands: the server gets the text `${name}`, and usually answers with an"
        " error that looks like one of the server.",
        'extract token = json(\'$.token\')\nheader "Authorization" "Bearer ${tokn}"',
        "Correct the name, or set the variable. A header, argument or element of that name is no variable: only what sets"
        " variables counts.",
    ),
    Explanation(
        "AN102",
        _WARNING,
        "variable used before anything sets it",
        "A reference to a variable that is set only further on, so that it is unset when the flow first gets here. In a loop it is"
        " right from the second pass on.",
        "The first request of every user carries the text `${name}`. With few iterations a user this is a large part of the load.",
        'get "/orders/${order_id}"\npost "/orders" { extract order_id = json(\'$.id\') }',
        "Move the step that sets it to the front, give the variable a first value at the plan's level, or put the use under a condition.",
    ),
    Explanation(
        "AN103",
        _WARNING,
        "variable that may be unset",
        "A reference to a variable that is set on some ways through the plan and not on others: under an If, in one arm of a"
        " Random Controller, in a share of the iterations.",
        "Whenever the flow comes another way, the text `${name}` is sent.",
        'random {\n  post "/orders" { extract id = json(\'$.id\') }\n  get "/orders/${id}"\n}',
        "Ask for the variable first (`if id is set`), set it on all ways, or give it a first value at the plan's level.",
    ),
    Explanation(
        "AN104",
        _WARNING,
        "condition compares a variable that is still unset",
        "A condition that reads a variable which nothing has set when it is first asked.",
        'An unset variable is not empty text in JMeter: its reference stays. `"${token}" == ""` then compares the text'
        " `${token}` with nothing, which is false, and what stands below never runs.",
        'if jexl3 \'"${token}" == ""\' { post "/login" { extract token = json(\'$.token\') } }',
        "Set the variable to an empty text at the plan's level, run the step once with a Once Only Controller, or ask"
        " `${__isVarDefined(token)}`. In a plan of the language: `if not token is set`.",
    ),
    Explanation(
        "AN105",
        _WARNING,
        "variable set only in another group",
        "A variable that is read in one group and set only in others.",
        "Variables belong to a user and end with it. What a setUp group extracts is gone when the other groups start.",
        'setup "login" { post "/login" { extract token = json(\'$.token\') } }\n'
        'threads "load" { get "/x" { header "Authorization" "Bearer ${token}" } }',
        'Hand it over as a property: `${__setProperty(token,${token})}` there, `${__P(token)}` here; in the language `set token = token shared` and `prop("token")`.',
    ),
    Explanation(
        "AN106",
        _NOTE,
        "extractor whose variable nobody reads",
        "An extractor that sets a variable which no element reads.",
        "It costs time at every sample, keeps the body in memory, and often shows that the reader has another name in mind.",
        "extract order_id = json('$.id')\nget \"/orders/${orderId}\"",
        "Correct the name where it is read, or remove the extractor.",
    ),
    Explanation(
        "AN107",
        _WARNING,
        "variable of the plan that reads its neighbour",
        "A user defined variable whose value refers to another variable of the same element.",
        "All variables of one element are evaluated together, before any of them exists. The reference stays text, for the whole test.",
        "host = example.org\nbase = https://${host}/api      # stays https://${host}/api",
        "Put the second variable into a User Defined Variables element of its own, further down. Each `let` of the language is one.",
    ),
    Explanation(
        "AN108",
        _WARNING,
        "variable of the plan that reads what is set only while it runs",
        "A user defined variable whose value refers to a CSV column, an extracted value or the like.",
        "Such values are computed once, before the first user starts; the reference stays text, for the whole test.",
        "User Defined Variables: greeting = Hello ${name}      # name is a CSV column",
        "Write the text where it is used, or set the variable in the flow (`set`, User Parameters, a pre-processor).",
    ),
    Explanation(
        "AN109",
        _NOTE,
        "drawn value at the plan's level",
        "A user defined variable whose value calls a function of chance or identity (`__Random`, `__UUID`, `__threadNum` …).",
        "It is computed once, before the first user starts: every user and every iteration gets the same value. That is right for "
        "what names a run or is costly to draw, and wrong for what should differ.",
        "User Defined Variables: id = ${__UUID()}",
        "Call the function where the value is used, or use User Parameters, a Random Variable or a Counter.",
    ),
    Explanation(
        "AN110",
        _WARNING,
        "size of a group that reads a variable set only while it runs",
        "Users, ramp-up, loops, duration or delay of a group that refer to a variable which is not one of the plan's level.",
        "The numbers are needed before the first user starts. JMeter silently takes 0: the group does nothing.",
        'csv "load.csv" columns users\nthreads "load" ${users} { … }',
        "Use a parameter (`param users = 50`, JMeter: `${__P(users,50)}`).",
    ),
    Explanation(
        "AN111",
        _NOTE,
        "property that only a disabled element sets",
        "`${__P(name)}` of a property which the plan itself sets, but only in an element that is disabled.",
        "Unless `-Jname=…` is given, the default is used: `1` where none is written.",
        'off setup "login" { … set token = token shared }\nheader "Authorization" "Bearer ${__P(token)}"',
        "Enable the element, give the property on the command line, or write a default.",
    ),
    Explanation(
        "AN201",
        _WARNING,
        "element that applies to nothing",
        "A timer, assertion, extractor, configuration element or listener with no sampler in its scope.",
        "Such elements act on the samplers of the block they stand in and of all blocks inside it, never on what comes"
        " after the block. With no sampler there, it does nothing.",
        'block "auth" { header "Authorization" "Bearer ${token}" }\nget "/orders"',
        "Move it into the block whose steps it is for, or move those steps into its block.",
    ),
    Explanation(
        "AN202",
        _WARNING,
        "HTTP configuration without an HTTP request",
        "A header, cookie, cache or authorization manager, or HTTP defaults, with no HTTP request in scope.",
        "Only HTTP requests read it.",
        'block "report" {\n  header "Accept" "text/csv"\n  sql "SELECT 1" on main\n}',
        "Move it to the block of the requests it is for, or remove it.",
    ),
    Explanation(
        "AN203",
        _WARNING,
        "judging or reading where no sample is made",
        "An assertion, extractor or post-processor whose scope holds only steps that make no sample (pause, flow control, set, log).",
        "It is run after a sample; there is none.",
        "pause 2s { assert status == 200 }",
        "Put it below the request it is for.",
    ),
    Explanation(
        "AN204",
        _WARNING,
        "element below one that takes no children",
        "An element that stands below a configuration element, timer, assertion, extractor or listener.",
        "Only the plan, groups, controllers and samplers have a scope. JMeter keeps such a child and never uses it.",
        "CSV Data Set\n  └ Constant Timer",
        "Move it up, beside its parent.",
    ),
    Explanation(
        "AN301",
        _WARNING,
        "controller that can never run",
        "A controller whose own numbers or condition keep its steps from ever running: 0 loops, 0 %, a condition that cannot be true.",
        "Its steps look like part of the load and are not. With *Interpret condition as variable expression* only the"
        ' text `true` counts: `"${x}" == "1"` without `${__jexl3(…)}` is never it.',
        'if value \'"${status}" == "done"\' { … }      # text, not an expression',
        "Mend the number; write the condition as an expression, or disable the controller if that is meant.",
    ),
    Explanation(
        "AN302",
        _NOTE,
        "controller without steps",
        "A controller that is enabled and has nothing to run.",
        "It does nothing; often the steps were meant to stand inside and stand beside it.",
        "if jexl3 '…' { }\nget \"/orders\"",
        "Move the steps in, or remove it.",
    ),
    Explanation(
        "AN303",
        _WARNING,
        "group without steps",
        "A group that is enabled and has no sampler, not even through a call or an include.",
        "Its users start and end at once.",
        'threads "load" 50 { header "Accept" "text/html" }',
        "Add steps, or disable the group.",
    ),
    Explanation(
        "AN304",
        _WARNING,
        "endless loop with no pause and no duration",
        "A group or loop that runs for ever, with no duration, no timer and no pause in it.",
        "It sends as fast as the machine can until somebody stops it: the result says more about the generator than about the target.",
        'threads "load" 50 loops forever { get "/" }',
        "Give the group a duration, a timer (`think`, `pace`) or a number of loops.",
    ),
    Explanation(
        "AN305",
        _WARNING,
        "While that nothing ends",
        "A While Controller whose condition can never read `false`.",
        'While evaluates no JavaScript: it goes on until the text of its condition is `false`. `"${x}" != "done"` is text and never is.',
        'while value \'"${state}" != "done"\' { … }',
        'Wrap the condition: `${__jexl3("${state}" != "done")}`; in the language: `while state != "done"`.',
    ),
    Explanation(
        "AN306",
        _WARNING,
        "child of Random or Interleave that ends the user in JMeter",
        "A Random or Interleave Controller that ignores sub-controllers (style 0, the default) with a child that may give nothing in its turn: an"
        " If that is false, a While at its end, a Throughput Controller that skips.",
        "JMeter asks such a child again until it gives something. A condition that draws or counts holds in the end: the child runs each"
        " time its turn comes, whatever its chance, here as there. Where the answer stays what it is, JMeter's user dies without a word: no"
        " sample, exit status 0. Here the empty child is passed over, as with style 1; so the two runs differ.",
        'random {\n  if jexl3 \'${__Random(1,100)} <= 50\' { get "/a" }\n  get "/b"\n}',
        "Do not ignore sub-controllers (style 1; in the language `flat` is that choice), or use weights instead of conditions.",
    ),
    Explanation(
        "AN307",
        _ERROR,
        "call that leads nowhere",
        "A Module Controller or `call` whose target is not in the plan.",
        "JMeter stops the test when it meets one.",
        'call "login"      # there is no fragment "login"',
        "Correct the name; after a rename in the tree a Module Controller has to be pointed at its target again.",
    ),
    Explanation(
        "AN308",
        _WARNING,
        "call with more than one target",
        "A Module Controller or `call` whose path fits several elements.",
        "JMeter runs the last of them in the tree; a copy that is moved or added changes the test.",
        'fragment "login" { … }\nfragment "login" { … }\nthreads "load" { call "login" }',
        "Give the elements different names.",
    ),
    Explanation(
        "AN309",
        _ERROR,
        "calls in a circle",
        "A call whose target contains the call, itself or through further calls.",
        "It would never come to an end; JMeter fails with a stack overflow.",
        'fragment "a" { call "b" }\nfragment "b" { call "a" }',
        "Break the circle. Repetition is a loop's work.",
    ),
    Explanation(
        "AN310",
        _ERROR,
        "includes in a circle",
        "A file that includes itself, itself or through further files.",
        "It would never come to an end.",
        'a.lplan: include "b.lplan"\nb.lplan: include "a.lplan"',
        "Move what both need into a third file.",
    ),
    Explanation(
        "AN311",
        _WARNING,
        "plan in which nothing runs",
        "A plan with groups, all of them disabled.",
        "A run of it makes no sample.",
        'off threads "load" 50 { get "/" }',
        "Enable a group.",
    ),
    Explanation(
        "AN401",
        _WARNING,
        "unknown function",
        "A reference that looks like a call, of a function that neither JMeter nor the usual plugins have.",
        "JMeter takes it for a variable with an odd name and leaves the text as it stands. Names of functions are case-sensitive, and no"
        " blank may stand before the parenthesis.",
        "${__Rndom(1,100)}",
        "Correct the name.",
    ),
    Explanation(
        "AN402",
        _WARNING,
        "reference that JMeter cannot compile",
        "A call with the wrong number of arguments, or one whose `)` or `}` is missing.",
        "JMeter gives up on the whole element: from there on *every* reference in it is sent as text, and the log has one line about it.",
        "${__Random(100)}",
        "Give the arguments the function takes. A comma that belongs to an argument is written `\\,`.",
    ),
    Explanation(
        "AN403",
        _WARNING,
        "number that is none",
        "A field that JMeter reads as a number and whose text is not one.",
        "JMeter takes 0 without a word: no users, no loops, no pause.",
        'threads "load" "10 users" { … }',
        "Write the number alone, without blanks and units.",
    ),
    Explanation(
        "AN404",
        _WARNING,
        "JSON body that loses backslashes",
        "A raw JSON body with a reference in it and a doubled backslash.",
        'As soon as a text holds a reference, JMeter reads `\\\\` as one backslash. `"\\\\d"` is sent as `"\\d"`, which is no JSON.',
        '{"pattern": "\\\\d+", "id": "${id}"}',
        "Double the backslashes again (`\\\\\\\\d`); `json { }` of the language does that by itself.",
    ),
    Explanation(
        "AN405",
        _WARNING,
        "regular expression that does not compile",
        "A pattern of an extractor or assertion with a parenthesis or bracket left open, or a quantifier with nothing to repeat.",
        "The extractor finds nothing and the assertion fails, at every sample.",
        "extract id = regex('id=(\\d+')",
        "Close the group, or put a backslash before a sign that is meant literally.",
    ),
    Explanation(
        "AN406",
        _WARNING,
        "JSONPath that does not compile",
        "A path with a bracket or quote left open, or an empty step.",
        "The extractor takes its default and the assertion fails, at every sample.",
        "extract id = json('$.items[0.id')",
        "Close the bracket.",
    ),
    Explanation(
        "AN407",
        _WARNING,
        "lists of different length",
        "A JSON Extractor with several names and another number of paths, defaults or match numbers; User Parameters with rows of another length.",
        "JMeter logs an error and sets none of the variables.",
        "names: id;name        paths: $.id",
        "Give one path and one default for each name, split by `;`.",
    ),
    Explanation(
        "AN408",
        _WARNING,
        "URL where a host name belongs",
        "A server name that holds a whole URL or a path.",
        "JMeter puts protocol, name and port together itself: `http://http://host/…` fails at every sample.",
        "Server name: http://localhost:8000/api",
        'Write the host alone, and protocol, port and path in their own fields; or the whole URL into the path. In the language: `base "http://localhost:8000/api"`.',
    ),
    Explanation(
        "AN409",
        _WARNING,
        "first line of a CSV file taken for what it is not",
        "A CSV Data Set that names its columns and reads a file whose first line is those very names; or one that takes its names from a"
        " first line that looks like data.",
        "In the first case one user signs in as `email` with the password `password`; in the second the variables have names such as `ann@example.org`.",
        'csv "users.csv" columns email, password      # line 1: email,password',
        "Skip the header (`skip-header`, *Ignore first line*), or give the names.",
    ),
    Explanation(
        "AN410",
        _WARNING,
        "assertion that judges nothing",
        "An assertion without a pattern, path or limit.",
        "It holds for every sample and gives false comfort.",
        "Response Assertion with an empty list of patterns",
        "Give it something to check, or remove it.",
    ),
    Explanation(
        "AN501",
        _WARNING,
        "hard-coded credentials",
        "A password, token or key written into the plan.",
        "Plans are copied, committed and mailed. Whoever has the file has the account.",
        'header "Authorization" "Bearer eyJhbGciOi…"',
        "Make it a parameter: `param token env API_TOKEN secret`, JMeter `${__P(token)}`; passwords of test users belong in a CSV file that is not in the repository.",
    ),
    Explanation(
        "AN502",
        _ERROR,
        "threshold on what nothing has",
        "A line of `slo` with a metric that nothing records, or a label that no step, group or monitor has.",
        "It could never be judged; a threshold without observations fails the run.",
        'slo { p95(time of "Logn") < 1s }',
        "Correct the name.",
    ),
    Explanation(
        "AN503",
        _NOTE,
        "two listeners that write the same file",
        "Two listeners with the same file name and the same choice of samples.",
        "Every sample in the scope of both is written twice, and every count made from the file is wrong.",
        'write jtl "out.jtl"\nthreads "load" { write jtl "out.jtl" }',
        "Keep one, or give each a file of its own.",
    ),
)
