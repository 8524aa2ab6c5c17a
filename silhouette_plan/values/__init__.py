"""Values: ``${}`` templates, JMeter's functions and expressions, each compiled once to a closure over a user.

Entry points:

``compiler.compile_template(text, context) -> Template``
    ``text`` as JMeter reads it; problems go to ``context.report`` and the text then stands for itself.
``parser.parse(text, functions) -> Parsed``
    A text in pieces: which variables it reads and which functions it calls; nothing is compiled.
``conditions.compile_if(condition, use_expression, context) -> Callable[[User], bool]``
    An If controller's condition, in either of its modes.
``conditions.compile_while(condition, context) -> Callable[[User, bool], bool]``
    A While controller's condition: whether to go on; the flag says that a pass has just ended.
``expressions.compile_expression(expression, context) -> Callable[[User, Sample | None], object]``
    An expression of the language; ``coercion.is_true(value)`` makes a condition of its value.
``java.decimal_format.decimal_format(pattern, number)``, ``java.random.JavaRandom(seed)``,
``java.regex.compile_java_regex(pattern)``, ``java.oro.compile_oro_regex(pattern)`` …
    What Java does with numbers, chance and patterns.

This module imports nothing, because ``scripts`` reads parts of this room and other parts read ``scripts``.
"""
