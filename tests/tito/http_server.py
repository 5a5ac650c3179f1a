"""A server with the manners and the faults of servers, for dataset_test.cpp.

    http_server.py DIRECTORY LOG

Prints its port, then serves the files of DIRECTORY to whoever asks on
127.0.0.1 until its standard input ends. The first part of the path says how:
/ok/NAME, /truncated/NAME. Every request becomes a line of LOG: the path and
the Range header.
"""

import http.server
import os
import sys
import threading

DIRECTORY, LOG = sys.argv[1:]
STOPPING = threading.Event()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        with open(LOG, "a", encoding="utf-8") as log:
            print(self.path, self.headers.get("Range", "-"), file=log)
        manner, _, name = self.path.strip("/").partition("/")
        with open(os.path.join(DIRECTORY, name), "rb") as file:
            getattr(self, manner)(name, file.read())

    def answer(self, status, body, announced=None, **headers):
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(announced or len(body)))
        self.end_headers()
        self.wfile.write(body)

    def ok(self, _, body):
        """Sends parts to those who ask for them."""
        wanted = self.headers.get("Range")
        if wanted is None:
            return self.answer(200, body)
        start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        where = f"bytes {start}-{len(body) - 1}/{len(body)}"
        return self.answer(206, body[start:], Content_Range=where)

    def whole(self, _, body):
        """Does not know about parts."""
        self.answer(200, body)

    def truncated(self, _, body):
        self.answer(200, body[: len(body) // 2], announced=len(body))

    def short(self, _, body):
        self.answer(200, body[: len(body) // 2])

    def corrupted(self, _, body):
        self.answer(200, body[:-1] + bytes([body[-1] ^ 1]))

    def larger(self, _, body):
        self.answer(200, body + b"more")

    def endless(self, _, body):
        """Announces no length and sends as long as anyone listens."""
        self.send_response(200)
        self.end_headers()
        try:
            while not STOPPING.is_set():
                self.wfile.write(body)
        except OSError:
            pass

    def moved(self, name, _):
        self.answer(302, b"", Location=f"/ok/{name}")

    def loop(self, name, _):
        self.answer(302, b"", Location=f"/loop/{name}")

    def to_file(self, name, _):
        self.answer(302, b"", Location=f"file://{DIRECTORY}/{name}")

    def missing(self, _, __):
        self.answer(404, b"not found")

    def stalled(self, _, body):
        """Sends a little and then nothing, until the test ends."""
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:64])
        STOPPING.wait()

    def log_message(self, *_):
        pass


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()
    STOPPING.set()


main()
