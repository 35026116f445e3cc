"""A server whose delays are known: it keeps connections, answers each request after the delay of its turn, and says at
its end what it took itself, in seconds, from the moment a request was read to the moment its answer was written."""

import asyncio
import json
import signal
import sys
import time

DELAYS = [float(text) / 1000 for text in sys.argv[1].split(",")]
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
took: list[float] = []


class Connection(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        self.buffer = b""

    def data_received(self, data):
        self.buffer += data
        head, blank, body = self.buffer.partition(b"\r\n\r\n")
        if not blank:
            return
        lengths = [int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
        length = lengths[0] if lengths else 0
        if len(body) < length:
            return
        self.buffer = body[length:]
        delay = DELAYS[len(took) % len(DELAYS)]
        index, start = len(took), time.perf_counter()
        took.append(0)
        if delay:
            asyncio.get_running_loop().call_later(delay, self.answer, index, start)
        else:
            self.answer(index, start)

    def answer(self, index, start):
        self.transport.write(ANSWER)
        took[index] = time.perf_counter() - start


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Connection, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    stopped = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    await stopped.wait()
    ordered = sorted(took)
    print(json.dumps({share: ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.9, 0.99)}))


asyncio.run(main())
