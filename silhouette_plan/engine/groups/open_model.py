"""Open groups whose arrivals are known beforehand: Open Model Thread Group and the language's `arrivals`.
"""
