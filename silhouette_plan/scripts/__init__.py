"""Scripts: JEXL and the JavaScript of conditions, source to closure.

One tree, one parser and one compiler serve both; a ``Dialect`` holds what differs: words, precedences, arithmetic,
truth, members. A script reaches only what a dialect's tables hold; there is no way from it to Python, files or classes.

``prepared.prepare(parts, dialect)`` makes a script of text in which JMeter's references stand, ``prepared.run_text`` runs
plain text. Both run into ``faults.ScriptFault`` where the language itself has an error (JMeter then goes on with a value
of its own) and ``faults.Unsupported`` where a construct is not supported here.
"""
