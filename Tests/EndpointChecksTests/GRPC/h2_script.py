"""A server of HTTP/2 that does what a script says for each path, right or wrong.

The script is JSON: {"/service/Method": {"headers": [[name, value]], "data": hex, "trailers": [[name, value]], "end": how}};
`end` is one of end (the usual), data (after the data, without trailers), reset, goaway, farewell (the usual, and in the same
flight GOAWAY with NO_ERROR), leave (the same, and the end of the connection), close and hang.
"""

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


def answer(connection, stream, path):
    part = script.get(path, {"headers": [], "trailers": [["grpc-status", "12"]]})
    end = part.get("end", "end")
    headers = part.get("headers", [])
    if not any(name == ":status" for name, _ in headers):
        headers = [[":status", "200"], ["content-type", "application/grpc"]] + headers
    data = bytes.fromhex(part.get("data", ""))
    if end == "hang":
        return True
    if end == "goaway":
        connection.close_connection(error_code=2)
        return False
    trailers = part.get("trailers")
    connection.send_headers(stream, headers, end_stream=end == "end" and not data and trailers is None)
    while data:
        size = min(len(data), connection.max_outbound_frame_size, connection.local_flow_control_window(stream))
        connection.send_data(stream, data[:size], end_stream=end in ("end", "data") and trailers is None and size == len(data))
        data = data[size:]
    if end == "reset":
        connection.reset_stream(stream, error_code=2)
    elif end == "close":
        return False
    elif trailers is not None:
        connection.send_headers(stream, trailers, end_stream=True)
    if end in ("farewell", "leave"):
        connection.close_connection()
    return end != "leave"


def serve(peer):
    connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    connection.initiate_connection()
    peer.sendall(connection.data_to_send())
    paths = {}
    with peer:
        while data := peer.recv(65536):
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    paths[event.stream_id] = dict(event.headers).get(b":path", b"").decode()
                elif isinstance(event, h2.events.DataReceived):
                    connection.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                elif isinstance(event, h2.events.StreamEnded):
                    goes_on = answer(connection, event.stream_id, paths.get(event.stream_id, ""))
                    if not goes_on:
                        peer.sendall(connection.data_to_send())
                        return
            peer.sendall(connection.data_to_send())


while True:
    peer, _ = listener.accept()
    threading.Thread(target=lambda p=peer: serve(p), daemon=True).start()
