"""A model behind the real gRPC of Python: `p` is the input `x` / 100, and `label` says whether that is at least a half.

It refuses whatever its metadata do not allow, and reads its messages by the .proto files in the folder.
"""

import struct
import sys
from concurrent import futures

import grpc
from grpc_tools import protoc

folder, port, *options = sys.argv[1:]
sys.path.insert(0, folder)
for name in ["inference", "health"]:
    if protoc.main(["", f"-I{folder}", f"--python_out={folder}", f"--grpc_python_out={folder}", f"{name}.proto"]):
        sys.exit("protoc refuses the file")

import health_pb2
import health_pb2_grpc
import inference_pb2 as pb
import inference_pb2_grpc

INPUTS = {"x": "FP64", "s": "BYTES"}


class Refused(Exception):
    pass


def elements(request, index):
    tensor = request.inputs[index]
    if request.raw_input_contents:
        if any(t.HasField("contents") for t in request.inputs):
            raise Refused("contents and raw contents")
        raw = request.raw_input_contents[index]
        if tensor.datatype == "FP64":
            if len(raw) % 8:
                raise Refused("raw bytes that are no doubles")
            return list(struct.unpack(f"<{len(raw) // 8}d", raw))
        values = []
        while raw:
            size = struct.unpack("<I", raw[:4])[0]
            values.append(raw[4 : 4 + size])
            raw = raw[4 + size :]
        return values
    filled = [field.name for field, _ in tensor.contents.ListFields()]
    wanted = "fp64_contents" if tensor.datatype == "FP64" else "bytes_contents"
    if filled not in ([], [wanted]):
        raise Refused(f"{tensor.name} came in {filled}")
    return list(getattr(tensor.contents, wanted))


class Model(inference_pb2_grpc.GRPCInferenceServiceServicer):
    def ServerLive(self, request, context):
        return pb.ServerLiveResponse(live=True)

    def ServerReady(self, request, context):
        return pb.ServerReadyResponse(ready=True)

    def ModelReady(self, request, context):
        return pb.ModelReadyResponse(ready=request.name == "m")

    def known(self, name, version, context):
        if name != "m" or version not in ("", "1"):
            context.abort(grpc.StatusCode.NOT_FOUND, f"Model {name} {version} not found")
        if "token=secret-t0ken" in options:
            if ("authorization", "Bearer secret-t0ken") not in context.invocation_metadata():
                context.abort(grpc.StatusCode.UNAUTHENTICATED, "who are you?")

    def ModelMetadata(self, request, context):
        self.known(request.name, request.version, context)
        tensor = lambda name, kind: pb.TensorMetadata(name=name, datatype=kind, shape=[-1])
        return pb.ModelMetadataResponse(
            name="m",
            versions=["1"],
            platform="python",
            inputs=[tensor(*item) for item in INPUTS.items()],
            outputs=[tensor("p", "FP64"), tensor("label", "BYTES")],
        )

    def ModelInfer(self, request, context):
        self.known(request.model_name, request.model_version, context)
        try:
            return self.answer(request)
        except Refused as reason:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, f"refused: {reason} – 100 % sure")

    def answer(self, request):
        if {t.name: t.datatype for t in request.inputs} != INPUTS:
            raise Refused("inputs that the model does not have")
        values = {}
        for index, tensor in enumerate(request.inputs):
            values[tensor.name] = elements(request, index)
            if list(tensor.shape) != [len(values[tensor.name])] or not values[tensor.name]:
                raise Refused(f"the shape {list(tensor.shape)} of {len(values[tensor.name])} elements")
        if any(x != x or x in (float("inf"), float("-inf")) for x in values["x"]):
            raise Refused("a number that is none")
        scores = [x / 100 for x in values["x"]]
        labels = [b"late" if score >= 0.5 else "früh".encode() for score in scores]
        reply = pb.ModelInferResponse(model_name="m", model_version="1", id=request.id)
        reply.parameters["content_type"].string_param = "np"
        for name, kind in [("p", "FP64"), ("label", "BYTES")]:
            reply.outputs.add(name=name, datatype=kind, shape=[len(scores)])
        if request.raw_input_contents:
            reply.raw_output_contents.append(struct.pack(f"<{len(scores)}d", *scores))
            reply.raw_output_contents.append(b"".join(struct.pack("<I", len(t)) + t for t in labels))
        else:
            reply.outputs[0].contents.fp64_contents.extend(scores)
            reply.outputs[1].contents.bytes_contents.extend(labels)
        return reply


class Health(health_pb2_grpc.HealthServicer):
    def Check(self, request, context):
        return health_pb2.HealthCheckResponse(status="NOT_SERVING" if "sick" in options else "SERVING")


compression = {"gzip": grpc.Compression.Gzip, "deflate": grpc.Compression.Deflate}
server = grpc.server(
    futures.ThreadPoolExecutor(8), compression=next((compression[o] for o in options if o in compression), None)
)
inference_pb2_grpc.add_GRPCInferenceServiceServicer_to_server(Model(), server)
if "healthless" not in options:
    health_pb2_grpc.add_HealthServicer_to_server(Health(), server)
certificate = next((o.removeprefix("certificate=") for o in options if o.startswith("certificate=")), None)
if certificate:
    with open(certificate, "rb") as chain, open(certificate.replace("cert.pem", "key.pem"), "rb") as key:
        credentials = grpc.ssl_server_credentials([(key.read(), chain.read())])
    server.add_secure_port(f"127.0.0.1:{port}", credentials)
else:
    server.add_insecure_port(f"127.0.0.1:{port}")
server.start()
server.wait_for_termination()
