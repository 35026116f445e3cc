"""A server of HTTP/2 that does what a script says for each path, right or wrong.

The script is JSON: {"/service/Method": {"headers": [[name, value]], "data": hex, "trailers": [[name, value]], "end": how}};
`end` is one of end (the usual), data (after the data, without trailers), reset, goaway, farewell (the usual, and in the same
flight the connection's end in good order), early (before the request is whole), close and hang. `times` is how often that
is done before the usual.
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
    if "times" in part:
        part["times"] -= 1
        end = end if part["times"] >= 0 else "end"
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
    if end == "farewell":
        connection.close_connection()
        return False
    return True


def serve(peer):
    connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    connection.initiate_connection()
    peer.sendall(connection.data_to_send())
    paths = {}
    with peer:
        while data := peer.recv(65536):
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    path = paths[event.stream_id] = dict(event.headers).get(b":path", b"").decode()
                    if script.get(path, {}).get("end") == "early":
                        connection.send_headers(event.stream_id, script[path]["headers"], end_stream=True)
                        connection.reset_stream(event.stream_id, error_code=0)
                        peer.sendall(connection.data_to_send())
                elif isinstance(event, h2.events.DataReceived):
                    if script.get(paths.get(event.stream_id, ""), {}).get("end") == "early":
                        continue
                    connection.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                elif isinstance(event, h2.events.StreamEnded):
                    if script.get(paths.get(event.stream_id, ""), {}).get("end") == "early":
                        continue
                    goes_on = answer(connection, event.stream_id, paths.get(event.stream_id, ""))
                    if not goes_on:
                        peer.sendall(connection.data_to_send())
                        return
            peer.sendall(connection.data_to_send())


while True:
    peer, _ = listener.accept()
    threading.Thread(target=lambda p=peer: serve(p), daemon=True).start()
