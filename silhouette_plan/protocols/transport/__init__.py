"""Transport: non-blocking byte streams for many users in one process.

A ``Wire`` is one connected socket. Every transport offers the same few calls (``send``, ``take``, ``ready``, ``close``);
``transport_of`` chooses once a run between the epoll pump and plain waiting.
"""
