"""The worker's loop: one request in, one answer out, until the grader hangs up."""

import json
import os
import socket
import sys
from dataclasses import replace
from typing import NoReturn

from autograder.wire import Channel, Closed, TooLarge
from autograder.wire.messages import Call, Cell, Hello, Message, Overflow, Ran, from_wire, to_wire
from autograder.worker import bootstrap, privileges
from autograder.worker.calls import Caller
from autograder.worker.outputs import Output
from autograder.worker.shell import Shell, load_figures, make_shell

MAX_PRINTED = 2_000


def main(place: str, settings_json: str) -> NoReturn:
    """Entry point of a worker that is started alone; `place` is where its connection is."""
    settings: bootstrap.Settings = json.loads(settings_json)
    del sys.argv[1:]
    descriptor = bootstrap.descriptor_from(place)
    os.chdir(os.environ["HOME"])
    shell = make_shell()
    if "landlock" in settings:
        load_figures()  # later, it could write nothing
    privileges.end_with_parent()
    bootstrap.confine(settings)
    serve(bootstrap.connect(descriptor), shell, settings)


def serve(connection: socket.socket, shell: Shell, settings: bootstrap.Settings) -> NoReturn:
    """Serve one grader to its end."""
    shell.collector.limit = settings["output_bytes"]
    Server(Channel(connection, settings["reply_bytes"]), shell).run()
    os._exit(0)


class Server:
    """Serves one grader."""

    def __init__(self, channel: Channel, shell: Shell) -> None:
        self.channel, self.shell = channel, shell
        self.caller = Caller(channel, shell.user_ns)
        self.pid = os.getpid()

    def run(self) -> None:
        """Serve until the connection ends."""
        self._send(Hello(0))
        while True:
            try:
                request = from_wire(self.channel.receive(self.caller.unseal))
            except Closed:
                return
            answer = self._answer(request)
            if os.getpid() != self.pid:
                os._exit(0)  # a child forked by the student's code has come back here
            self._reply(request, answer)

    def _answer(self, request: Message) -> Message:
        match request:
            case Cell(seq, source, figures):
                return Ran(seq, *self.shell.run(source, figures))
            case Call():
                self.shell.collector.start(MAX_PRINTED)
                answer = self.caller.answer(request)
                return replace(answer, printed=_printed(self.shell.collector.stop()))
        raise RuntimeError(f"not a request: {request}")

    def _reply(self, request: Message, answer: Message) -> None:
        try:
            self._send(answer)
        except TooLarge as error:
            self._send(Overflow(request.seq, str(error)))
        except Closed:
            os._exit(0)
        except BaseException as error:
            # Looking at the answer can run the student's code, which can raise anything.
            if not isinstance(request, Call):
                raise
            self._send(self.caller.raised(request, error))

    def _send(self, message: Message) -> None:
        self.channel.send(to_wire(message), self.caller.seal)


def _printed(outputs: list[Output]) -> str:
    return "".join(output["text"] for output in outputs if output["output_type"] == "stream")
