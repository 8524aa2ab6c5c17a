"""XML for elements: read as Java's parsers read it, searched by XPath, and written as Java's serializers write it."""
