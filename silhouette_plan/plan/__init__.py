"""The plan graph: what every source language becomes, and all that later stages read.

One frozen dataclass an element, in one module a family. The graph knows no JMX, no grammar
and no Trio; it imports nothing else of this package.
"""
