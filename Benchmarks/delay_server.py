"""A server whose delays are known: it keeps connections, answers each request after the delay of its turn, and says at
its end what it took itself, in seconds: from the moment at which the kernel had the request to the moment at which the
answer was handed to the kernel. What it was late itself, because it was not running, is so its own."""

import heapq
import json
import selectors
import signal
import socket
import struct
import sys
import time

DELAYS = [round(float(text) * 1e6) for text in sys.argv[1].split(",")]
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
# Linux: a message brings the moment at which it arrived, by the clock of time.time_ns().
SO_TIMESTAMPNS = 35

took: list[int] = []
# When an answer is due, which request it is of, when that arrived, and where it goes.
due: list[tuple[int, int, int, socket.socket]] = []
unread: dict[socket.socket, bytes] = {}


def is_whole(request: bytes) -> bool:
    head, blank, body = request.partition(b"\r\n\r\n")
    lengths = [int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    return bool(blank) and len(body) >= sum(lengths)


def arrival(facts: list[tuple[int, int, bytes]]) -> int:
    """When the kernel had a message, in nanoseconds; now where it did not note it."""
    for _, kind, fact in facts:
        if kind == SO_TIMESTAMPNS:
            seconds, rest = struct.unpack("@qq", fact)
            return seconds * 1_000_000_000 + rest
    return time.time_ns()


def read(connection: socket.socket) -> bool:
    """Takes what has come; false at the end of a connection, on which one request follows the answer to the other."""
    data, facts, _, _ = connection.recvmsg(65536, 64)
    if not data:
        return False
    unread[connection] = unread.get(connection, b"") + data
    if is_whole(unread[connection]):
        del unread[connection]
        arrived = arrival(facts)
        heapq.heappush(due, (arrived + DELAYS[len(took) % len(DELAYS)], len(took), arrived, connection))
        took.append(0)
    return True


def main() -> None:
    # Its own limit is in microseconds, where those of the newer calls are in milliseconds.
    selector = selectors.SelectSelector()
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    # Connections have it from here.
    listener.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    stop, stopped = socket.socketpair()
    stop.setblocking(False)
    signal.set_wakeup_fd(stop.fileno())
    signal.signal(signal.SIGTERM, lambda *_: None)
    for each in (listener, stopped):
        selector.register(each, selectors.EVENT_READ)
    print(listener.getsockname()[1], flush=True)
    while True:
        pause = max(0, due[0][0] - time.time_ns()) / 1e9 if due else None
        ready = [key.fileobj for key, _ in selector.select(pause)]
        if stopped in ready:
            break
        for each in ready:
            if each is listener:
                connection, _ = listener.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                selector.register(connection, selectors.EVENT_READ)
            elif not read(each):
                selector.unregister(each)
                each.close()
        while due and due[0][0] <= time.time_ns():
            _, index, arrived, connection = heapq.heappop(due)
            took[index] = time.time_ns() - arrived
            connection.send(ANSWER)
    ordered = sorted(took)
    print(json.dumps({
        share: ordered[min(len(ordered) - 1, int(share * len(ordered)))] / 1e9 for share in (0.5, 0.9, 0.99)}))


main()
