"""Extractors: variables from a sample (``org.apache.jmeter.extractor``)."""
