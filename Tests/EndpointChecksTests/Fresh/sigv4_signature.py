"""Prints the signature that botocore makes for a request: arguments are a JSON file of the request and the credentials."""

import json
import sys

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

with open(sys.argv[1]) as file:
    seen = json.load(file)

request = AWSRequest(
    method=seen["method"], url=seen["url"], data=seen["body"].encode(), headers=dict(seen["headers"])
)
auth = SigV4Auth(
    Credentials(seen["access_key"], seen["secret_key"], seen["token"]), seen["service"], seen["region"]
)
request.context["timestamp"] = seen["timestamp"]
canonical = auth.canonical_request(request)
print(auth.signature(auth.string_to_sign(request, canonical), request))
