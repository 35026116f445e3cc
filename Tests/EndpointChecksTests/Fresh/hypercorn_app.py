"""An ASGI application that answers every request with the version of HTTP by which it came."""


async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    # Whoever answers before the body is read resets the stream.
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": scope["http_version"].encode()})
