"""JMeter's result files (JTL), both ways: the switches, the writers of CSV and XML, the reader.

A row is rendered once, when its sample ends; a thread of its own writes whole rows a few times a second (``rowfile``).
"""
