internal import Protobuf

/// The `.proto` files of the services that are called: as little of each as the calls need.
package enum GRPCFile: String, Sendable, CaseIterable {
  case inference = "grpc"
  case health = "grpc-health"

  /// The text, for whoever calls by hand.
  package var text: String { content.text }

  /// What a file of that text is called.
  var name: String { self == .inference ? "inference.proto" : "health.proto" }

  var content: ProtoFile {
    switch self {
    case .inference: Self.inferenceService
    case .health: Self.healthService
    }
  }

  /// The health checking protocol of gRPC (grpc/grpc-proto, `grpc/health/v1/health.proto`).
  private static let healthService = ProtoFile(
    package: "grpc.health.v1",
    services: [
      ProtoFile.Service(
        "Health",
        [
          ProtoFile.Method(
            "Check", MessageType("HealthCheckRequest", [.init(1, "service", .string)]),
            MessageType(
              "HealthCheckResponse",
              [
                .init(
                  1, "status",
                  .enumeration(
                    EnumerationType("ServingStatus", ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"]))
                )
              ]))
        ])
    ])

  // MARK: - The Open Inference Protocol

  /// kserve/open-inference-protocol, `open_inference_grpc.proto`, without the fields that servers number differently.
  private static let inferenceService = ProtoFile(
    package: "inference",
    services: [
      ProtoFile.Service(
        "GRPCInferenceService",
        [
          ProtoFile.Method(
            "ServerLive", MessageType("ServerLiveRequest", []),
            MessageType("ServerLiveResponse", [.init(1, "live", .bool)])),
          ProtoFile.Method(
            "ServerReady", MessageType("ServerReadyRequest", []),
            MessageType("ServerReadyResponse", [.init(1, "ready", .bool)])),
          ProtoFile.Method(
            "ModelReady", MessageType("ModelReadyRequest", modelName),
            MessageType("ModelReadyResponse", [.init(1, "ready", .bool)])),
          ProtoFile.Method(
            "ModelMetadata", MessageType("ModelMetadataRequest", modelName),
            MessageType(
              "ModelMetadataResponse",
              [
                .init(1, "name", .string), .init(2, "versions", .string, .repeated), .init(3, "platform", .string),
                .init(4, "inputs", .message(tensorMetadata), .repeated),
                .init(5, "outputs", .message(tensorMetadata), .repeated),
              ])),
          ProtoFile.Method("ModelInfer", inferRequest, inferResponse),
          // The extension of Triton and MLServer for repositories of models.
          ProtoFile.Method(
            "RepositoryIndex", MessageType("RepositoryIndexRequest", [.init(1, "repository_name", .string)]),
            MessageType("RepositoryIndexResponse", [.init(1, "models", .message(modelIndex), .repeated)])),
        ])
    ])

  private static let modelName: [MessageType.Field] = [.init(1, "name", .string), .init(2, "version", .string)]

  private static let tensorMetadata = MessageType(
    "TensorMetadata", [.init(1, "name", .string), .init(2, "datatype", .string), .init(3, "shape", .int64, .repeated)])

  private static let modelIndex = MessageType(
    "ModelIndex",
    [.init(1, "name", .string), .init(2, "version", .string), .init(3, "state", .string), .init(4, "reason", .string)])

  private static let inferRequest = MessageType(
    "ModelInferRequest",
    [
      .init(1, "model_name", .string), .init(2, "model_version", .string), .init(3, "id", .string),
      .init(4, "parameters", .message(parameter), .map),
      .init(5, "inputs", .message(tensor("InferInputTensor")), .repeated),
      .init(7, "raw_input_contents", .bytes, .repeated),
    ])

  private static let inferResponse = MessageType(
    "ModelInferResponse",
    [
      .init(1, "model_name", .string), .init(2, "model_version", .string), .init(3, "id", .string),
      .init(4, "parameters", .message(parameter), .map),
      .init(5, "outputs", .message(tensor("InferOutputTensor")), .repeated),
      .init(6, "raw_output_contents", .bytes, .repeated),
    ])

  private static let parameter = MessageType(
    "InferParameter", oneof: "parameter_choice",
    [
      .init(1, "bool_param", .bool), .init(2, "int64_param", .int64), .init(3, "string_param", .string),
      .init(4, "double_param", .double), .init(5, "uint64_param", .uint64),
    ])

  private static func tensor(_ name: String) -> MessageType {
    MessageType(
      name,
      [
        .init(1, "name", .string), .init(2, "datatype", .string), .init(3, "shape", .int64, .repeated),
        .init(4, "parameters", .message(parameter), .map), .init(5, "contents", .message(contents)),
      ])
  }

  private static let contents = MessageType(
    "InferTensorContents",
    [
      .init(1, "bool_contents", .bool, .repeated), .init(2, "int_contents", .int32, .repeated),
      .init(3, "int64_contents", .int64, .repeated), .init(4, "uint_contents", .uint32, .repeated),
      .init(5, "uint64_contents", .uint64, .repeated), .init(6, "fp32_contents", .float, .repeated),
      .init(7, "fp64_contents", .double, .repeated), .init(8, "bytes_contents", .bytes, .repeated),
    ])
}
