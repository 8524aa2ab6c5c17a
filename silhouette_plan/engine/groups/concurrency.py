"""Concurrency Thread Group (`com.blazemeter.jmeter.threads.concurrency`).
"""
