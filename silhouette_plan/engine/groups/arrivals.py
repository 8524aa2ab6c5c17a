"""Arrivals Thread Group and its free-form kind (`com.blazemeter.jmeter.threads.arrivals`).
"""
