"""A target that takes a known time, and logs how long it really took. ``python steady_target.py SERVICE``.

``SERVICE`` is a time in ms (``5``), or a median and a spread (``5:0.5``) of log-normal times. It prints its port, answers
HTTP/1.1 requests on kept connections until its standard input ends, and then prints the times (ms) it took, one after
another. A time runs from the moment the request was there to the moment the answer was with the kernel.
"""

from __future__ import annotations

import heapq
import random
import select
import socket
import sys
import time
from collections.abc import Callable
from math import log

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n" + b'{"token":"abc"}'


def service(text: str) -> Callable[[], float]:
    """Draws times in s."""
    middle, _, spread = text.partition(":")
    seconds = float(middle) / 1000
    if not spread:
        return lambda: seconds
    draw = random.Random(1)
    return lambda: draw.lognormvariate(log(seconds), float(spread))


class Target:
    def __init__(self, draw: Callable[[], float]) -> None:
        self.draw = draw
        self.took: list[float] = []
        self.sockets: dict[int, socket.socket] = {}
        self.due: list[tuple[float, int, float]] = []
        self.epoll = select.epoll()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
        self.listener.setblocking(False)
        self.epoll.register(self.listener, select.EPOLLIN)
        self.epoll.register(sys.stdin, select.EPOLLIN)

    def serve(self) -> None:
        """Until the standard input ends. ``select`` waits in µs, where ``epoll`` would round up to whole ms."""
        listener, ending, now = self.listener.fileno(), sys.stdin.fileno(), time.perf_counter
        while True:
            left = max(self.due[0][0] - now(), 0.0) if self.due else None
            select.select([self.epoll], [], [], left)
            arrived = now()
            for number, _ in self.epoll.poll(0):
                if number == ending:
                    return
                if number == listener:
                    self.accept()
                else:
                    self.receive(number, arrived)
            self.answer(now)

    def accept(self) -> None:
        while True:
            try:
                accepted, _ = self.listener.accept()
            except BlockingIOError:
                return
            accepted.setblocking(False)
            self.sockets[accepted.fileno()] = accepted
            self.epoll.register(accepted, select.EPOLLIN)

    def receive(self, number: int, arrived: float) -> None:
        try:
            request = self.sockets[number].recv(65536)
        except OSError:
            request = b""
        if request:
            heapq.heappush(self.due, (arrived + self.draw(), number, arrived))
        else:
            self.sockets.pop(number).close()

    def answer(self, now: Callable[[], float]) -> None:
        """Sends what is due."""
        while self.due and self.due[0][0] <= now():
            _, number, arrived = heapq.heappop(self.due)
            if number in self.sockets:
                self.sockets[number].send(ANSWER)
                self.took.append(1000 * (now() - arrived))


def main() -> None:
    target = Target(service(sys.argv[1]))
    print(target.listener.getsockname()[1], flush=True)
    target.serve()
    print(*(f"{took:.3f}" for took in target.took))


if __name__ == "__main__":
    main()
