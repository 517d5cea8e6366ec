"""A mail server on loopback that does what the address of the recipient asks for.

refuse@ 550 at RCPT · policy@ 554 5.7.1 at RCPT · full@ 552 after DATA · later@ 451 after DATA · greylist@ 450 the
first time · busy@ 421 · drop@ takes the text and hangs up without a word · early@ hangs up at RCPT · hang@ never
answers after DATA · slow@ answers late, but within any time-out.
"""

import contextlib
import socketserver
import threading
import time
from email import message_from_bytes, policy


class _Talk(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        with contextlib.suppress(OSError):
            self.talk()

    def talk(self) -> None:
        server, wish = self.server.owner, ""
        server.links += 1
        self.say("220 trial")
        while line := self.rfile.readline():
            word, rest = line[:4].upper().strip(), line.decode("utf-8", "replace").strip()
            if word == b"RCPT":
                address = rest.partition("<")[2].partition(">")[0]
                wish = address.partition("@")[0].partition("+")[0]
                server.tried.append(address)
                if wish == "early":
                    return
                self.say(server.answer_to_recipient(wish, address))
                if wish == "busy":
                    return
            elif word == b"DATA":
                self.say("354 go on")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                if wish in {"full", "later"}:
                    self.say("552 mailbox full" if wish == "full" else "451 not now")
                    continue
                server.taken.append((address, text))
                time.sleep(server.pause * (10 if wish == "slow" else 1))
                if wish == "drop":
                    return
                if wish == "hang" and not server.has_recovered:
                    time.sleep(server.hangs)
                    return
                self.say("250 taken")
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


class MailServer:
    """`taken` holds (address, text) of each message taken, `tried` each address named, `links` the connections."""

    def __init__(self) -> None:
        self.taken, self.tried, self.links = [], [], 0
        self.hangs, self.has_recovered = 3.0, False  # seconds without an answer
        self.pause = 0.0  # seconds before each answer to a text
        self._greylisted = set()

    def __enter__(self):
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk)
        self._server.daemon_threads = True
        self._server.owner = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *problem) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._server.server_address[1]}"

    @property
    def messages(self) -> list:
        return [message_from_bytes(text, policy=policy.default) for _, text in self.taken]

    def answer_to_recipient(self, wish: str, address: str) -> str:
        if wish == "refuse":
            return "550 nobody here"
        if wish == "policy":
            return "554 5.7.1 relay access denied"
        if wish == "busy":
            return "421 too busy"
        if wish == "greylist" and address not in self._greylisted:
            self._greylisted.add(address)
            return "450 come again"
        return "250 ok"
