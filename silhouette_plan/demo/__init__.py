"""The demo target: the Silhouette Workflow API on PostgreSQL, a real service for plans to run against.

It is a process of its own on asyncio, so that it never shares an event loop with the load that is put on it.
"""
