"""Requests that wait for the end of the turn: all of them arrive, stamped as they leave, and who fails is told."""

from __future__ import annotations

import select
import socket
import struct
import threading
import time
from collections.abc import Awaitable, Callable

import pytest
import trio

from silhouette_plan.engine.turns import calling_at_turn_ends
from silhouette_plan.protocols.transport.faults import WireLost
from silhouette_plan.protocols.transport.pump import Pump, PumpedWire

pytestmark = pytest.mark.skipif(not hasattr(select, "epoll"), reason="the pump needs epoll")

Script = Callable[[PumpedWire, socket.socket], Awaitable[None]]


def play(*scripts: Script) -> None:
    """Each script has a wire and the socket of its peer."""

    async def play_one(pump: Pump, script: Script) -> None:
        ours, theirs = connected()
        wire = pump.wire(ours)
        with theirs:
            await script(wire, theirs)
        wire.close()

    async def main() -> None:
        pump = Pump(time.perf_counter)
        with trio.fail_after(20), calling_at_turn_ends([pump.burst]):
            async with trio.open_nursery() as background:
                background.start_soon(pump.run)
                async with trio.open_nursery() as nursery:
                    for script in scripts:
                        nursery.start_soon(play_one, pump, script)
                background.cancel_scope.cancel()

    trio.run(main)


def connected() -> tuple[socket.socket, socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        ours = socket.create_connection(server.getsockname())
        theirs, _ = server.accept()
    ours.setblocking(False)
    return ours, theirs


async def answer_of(wire: PumpedWire) -> bytes:
    while (data := wire.take()) is None:
        await wire.ready()
    return data


def test_nothing_leaves_before_the_turn_ends():
    order: list[str] = []

    async def ask(wire: PumpedWire, peer: socket.socket) -> None:
        posted = time.perf_counter()
        wire.send(b"question")
        order.append("posted")
        peer.setblocking(False)
        with pytest.raises(BlockingIOError):
            peer.recv(100)
        await trio.lowlevel.checkpoint()
        order.append("sent")
        peer.setblocking(True)
        assert peer.recv(100) == b"question"
        peer.sendall(b"answer")
        await wire.ready()
        assert wire.take() == b"answer"
        assert posted < wire.sent < wire.arrived

    play(ask, ask)
    assert order == ["posted", "posted", "sent", "sent"]


def test_parts_that_are_posted_one_after_another_stay_in_order():
    async def ask(wire: PumpedWire, peer: socket.socket) -> None:
        wire.send(b"one ")
        wire.send(b"two")
        await trio.lowlevel.checkpoint()
        assert peer.recv(100) == b"one two"

    play(ask)


def test_what_the_kernel_does_not_take_at_once_follows():
    """The peer begins to read when its buffer and ours are full."""
    question = bytes(range(256)) * 250

    async def ask(wire: PumpedWire, peer: socket.socket) -> None:
        wire.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        received = bytearray()
        wire.send(question)
        await trio.lowlevel.checkpoint()

        def read() -> None:
            while len(received) < len(question):
                received.extend(peer.recv(1000))
            peer.sendall(b"thanks")

        reader = threading.Thread(target=read)
        reader.start()
        assert await answer_of(wire) == b"thanks"
        reader.join()
        assert received == question

    play(ask)


def test_who_cannot_be_sent_to_is_told():
    async def ask(wire: PumpedWire, peer: socket.socket) -> None:
        wire.send(b"question")
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        peer.close()
        with pytest.raises(WireLost):
            await answer_of(wire)

    play(ask)


def test_a_closed_wire_sends_nothing():
    async def ask(wire: PumpedWire, peer: socket.socket) -> None:
        wire.send(b"question")
        wire.close()
        await trio.lowlevel.checkpoint()
        assert peer.recv(100) == b""

    play(ask)


def test_many_that_post_in_one_turn_do_not_wait_for_its_end():
    sent: list[float] = []
    turns: list[int] = []

    async def ask(wire: PumpedWire, peer: socket.socket) -> None:
        wire.send(b"question")
        sent.append(wire.sent)
        turns.append(len(sent))
        await trio.lowlevel.checkpoint()
        assert peer.recv(100) == b"question"

    play(*[ask] * 40)
    assert [moment > 0 for moment in sent].count(True) == 1
    assert turns == list(range(1, 41))
