"""Serves a model of two features by KServe on the port that is the first argument, on this machine alone."""

import sys

sys.argv, port = sys.argv[:1], int(sys.argv[1])

import numpy
import uvicorn
from kserve import InferOutput, InferRequest, InferResponse, Model, ModelServer


class Delay(Model):
    def __init__(self):
        super().__init__("delay")
        self.load()

    def load(self):
        self.ready = True

    def get_input_types(self):
        return [{"name": "features", "datatype": "FP64", "shape": [-1, 2]}]

    def get_output_types(self):
        return [{"name": "probability", "datatype": "FP64", "shape": [-1]}]

    def predict(self, payload, headers=None):
        isV2 = isinstance(payload, InferRequest)
        rows = payload.inputs[0].as_numpy() if isV2 else numpy.array(payload["instances"], dtype=float)
        scores = 1 / (1 + numpy.exp(-(rows.reshape(len(rows), -1) @ numpy.array([0.02, -0.01]))))
        if not isV2:
            return {"predictions": scores.tolist()}
        output = InferOutput(name="probability", shape=list(scores.shape), datatype="FP64")
        output.set_data_from_numpy(scores, binary_data=False)
        return InferResponse(model_name=self.name, response_id=payload.id, infer_outputs=[output])


# KServe listens on every address; a test listens on this machine alone.
configure = uvicorn.Config.__init__


def on_loopback(self, *arguments, **options):
    configure(self, *arguments, **{**options, "host": "127.0.0.1"})


uvicorn.Config.__init__ = on_loopback
ModelServer(http_port=port, enable_grpc=False, workers=1).start([Delay()])
