"""The grader's end of the connection: deadlines, the memory watch, and what a silence means."""

import select
import socket
import time

from autograder.sandbox import endings, usage
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Process
from autograder.sandbox.watch import Watch
from autograder.wire import Channel, Closed, TooLarge, WireError
from autograder.wire.messages import Message, from_wire, to_wire
from autograder.wire.values import Seal, Unseal

POLL = 0.05
PATIENCE = 0.3


class Link:
    """Messages to and from one worker; every way in which that fails is an Ending."""

    def __init__(self, sock: socket.socket, process: Process, watch: Watch, limits: Limits) -> None:
        sock.setblocking(False)
        self.sock, self.process, self.watch, self.limits = sock, process, watch, limits
        self.channel = Channel(sock, limits.reply_bytes, self._wait)
        self.next_look = 0.0
        self.cpu_used = 0.0
        self.allow(limits.start_seconds, limits.start_seconds)

    def allow(self, seconds: float, cpu_seconds: float) -> None:
        """From now on, so much time by the clock, and so much of a processor's."""
        self.seconds, self.deadline = seconds, time.monotonic() + seconds
        # The processor's time counts from the first look: the many short calls go without one.
        self.cpu_seconds, self.cpu_deadline = cpu_seconds, 0.0

    def idle(self) -> None:
        """Nothing may have arrived that nobody asked for."""
        if self._ready(False, 0):
            raise self._gone() if self._hung_up() else endings.breached()

    def send(self, message: Message, seal: Seal) -> None:
        """Send; TooLarge if it is the grader's own message that does not fit."""
        try:
            self.channel.send(to_wire(message), seal)
        except Closed:
            raise self._gone() from None

    def receive(self, seq: int, unseal: Unseal) -> Message:
        """The worker's next message in exchange `seq`."""
        try:
            message = from_wire(self.channel.receive(unseal))
        except Closed:
            raise self._gone() from None
        except TooLarge:
            raise endings.flooded(self.limits.reply_bytes) from None
        except WireError:
            raise endings.breached() from None
        if message.seq != seq:
            raise endings.breached()
        return message

    def close(self) -> None:
        """End the worker and everything in it."""
        self.process.kill()
        self.watch.close()
        self.sock.close()

    def _wait(self, writing: bool) -> None:
        while not self._ready(writing, self._pause()):
            if self.process.code() is not None and not self._ready(writing, 0):
                raise Closed

    def _ready(self, writing: bool, seconds: float) -> bool:
        watched = [self.sock]
        if writing:
            return bool(select.select([], watched, [], seconds)[1])
        return bool(select.select(watched, [], [], seconds)[0])

    def _pause(self) -> float:
        """How long to wait before the next look; an Ending if time or memory are used up."""
        now = time.monotonic()
        if now >= self.deadline:
            raise endings.timed_out(self.seconds)
        if now >= self.next_look:
            self.next_look = now + POLL
            self._look()
        return max(min(self.deadline, self.next_look) - now, 0)

    def _look(self) -> None:
        if self.watch.exhausted():
            raise endings.out_of_memory(self.limits.memory)
        self.cpu_used = max(self.cpu_used, usage.cpu_seconds(self.process.pid))
        self.cpu_deadline = self.cpu_deadline or self.cpu_used + self.cpu_seconds
        if self.cpu_used > self.cpu_deadline:
            raise endings.computed_too_long(self.cpu_seconds)

    def _hung_up(self) -> bool:
        try:
            return not self.sock.recv(1, socket.MSG_PEEK)
        except OSError:
            return True

    def _gone(self) -> endings.Ending:
        code = self.process.code(PATIENCE)
        if self.watch.exhausted():
            return endings.out_of_memory(self.limits.memory)
        return endings.breached() if code is None else endings.gone(code)
