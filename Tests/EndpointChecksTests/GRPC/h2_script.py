"""A server of HTTP/2 that does what a script says for each path, right or wrong.

The script is JSON: {"/service/Method": {"headers": [[name, value]], "data": hex, "trailers": [[name, value]], "end": how}};
`end` is one of end (the usual), data (after the data, without trailers), reset, goaway, farewell (the usual, and in the same
flight GOAWAY with NO_ERROR), leave (the same, and the end of the connection), close and hang. Without trailers, and with
GOAWAY and NO_ERROR: part (the data, and the end of the connection), cancel (the data, and the stream is reset), drop
(nothing, though the call counts as taken) and refuse (nothing, and the call counts as not taken). quit says nothing at all.

"times" is how many calls end so, and "after" how many before them end as usual; with "most", calls end so whose body has
more bytes, as soon as it has; "gather" answers so many calls of a connection at once, of which the last one ends so.
"""

import collections
import json
import socket
import sys
import threading

import h2.config
import h2.connection
import h2.events

with open(sys.argv[1]) as stream:
    script = json.load(stream)
listener = socket.create_server(("127.0.0.1", int(sys.argv[2])))
ended = collections.Counter()


def part_of(path):
    return script.get(path, {"headers": [], "trailers": [["grpc-status", "12"]]})


def end_of(path):
    """How the next call of a path ends."""
    part = part_of(path)
    ended[path] += 1
    number = ended[path] - part.get("after", 0)
    return part.get("end", "end") if 0 < number <= part.get("times", number) else "end"


def answer(connection, stream, path, end):
    """Whether the connection goes on."""
    part = part_of(path)
    headers = part.get("headers", [])
    if not any(name == ":status" for name, _ in headers):
        headers = [[":status", "200"], ["content-type", "application/grpc"]] + headers
    data = bytes.fromhex(part.get("data", ""))
    if end in ("hang", "quit"):
        return end == "hang"
    if end == "goaway":
        connection.close_connection(error_code=2)
        return False
    if end in ("drop", "refuse"):
        connection.close_connection(last_stream_id=stream if end == "drop" else max(0, stream - 2))
        return False
    trailers = None if end in ("part", "cancel") else part.get("trailers")
    connection.send_headers(stream, headers, end_stream=end == "end" and not data and trailers is None)
    while data:
        size = min(len(data), connection.max_outbound_frame_size, connection.local_flow_control_window(stream))
        connection.send_data(stream, data[:size], end_stream=end in ("end", "data") and trailers is None and size == len(data))
        data = data[size:]
    if end in ("reset", "cancel"):
        connection.reset_stream(stream, error_code=2)
    elif end == "close":
        return False
    elif trailers is not None:
        connection.send_headers(stream, trailers, end_stream=True)
    if end in ("farewell", "leave", "part", "cancel"):
        connection.close_connection()
    return end not in ("leave", "part")


def leave(peer, connection, is_orderly):
    """A close that leaves bytes unread is a reset, which may overtake what was said."""
    peer.sendall(connection.data_to_send())
    if is_orderly:
        peer.shutdown(socket.SHUT_WR)
        while peer.recv(65536):
            pass


def serve(peer):
    connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    connection.initiate_connection()
    peer.sendall(connection.data_to_send())
    paths, sizes, waiting = {}, collections.Counter(), collections.defaultdict(list)
    with peer:
        while data := peer.recv(65536):
            for event in connection.receive_data(data):
                path = paths.get(getattr(event, "stream_id", None), "")
                if isinstance(event, h2.events.RequestReceived):
                    paths[event.stream_id] = dict(event.headers).get(b":path", b"").decode()
                    continue
                elif isinstance(event, h2.events.DataReceived):
                    connection.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                    sizes[event.stream_id] += len(event.data)
                    if sizes[event.stream_id] <= part_of(path).get("most", sizes[event.stream_id]):
                        continue
                elif not isinstance(event, h2.events.StreamEnded):
                    continue
                waiting[path].append(event.stream_id)
                if len(waiting[path]) < part_of(path).get("gather", 1):
                    continue
                *others, last = waiting.pop(path)
                for stream in others:
                    answer(connection, stream, path, "end")
                end = end_of(path) if sizes[last] > part_of(path).get("most", -1) else "end"
                if not answer(connection, last, path, end):
                    return leave(peer, connection, end in ("drop", "refuse", "part"))
            peer.sendall(connection.data_to_send())


while True:
    peer, _ = listener.accept()
    threading.Thread(target=lambda p=peer: serve(p), daemon=True).start()
