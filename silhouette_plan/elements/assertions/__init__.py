"""Assertions: whether a sample holds (``org.apache.jmeter.assertions``)."""
