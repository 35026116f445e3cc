"""Serves a model that doubles a number, by LitServe, on the port that is the first argument."""

import sys

import litserve


class Doubler(litserve.LitAPI):
    def setup(self, device):
        self.factor = 2.0

    def decode_request(self, request):
        return request["x"]

    def predict(self, x):
        return x * self.factor

    def encode_response(self, output):
        return {"y": output}


if __name__ == "__main__":
    server = litserve.LitServer(Doubler(), accelerator="cpu", workers_per_device=2)
    server.run(host="127.0.0.1", port=int(sys.argv[1]), generate_client_file=False)
