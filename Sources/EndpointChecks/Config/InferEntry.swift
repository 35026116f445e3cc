internal import Language
internal import Transport
internal import Verdict

/// `infer:`: one inference, written as tensors. The protocol makes the envelope.
struct InferEntry: Sendable {
  var id: Located<String>?
  var inputs: [(name: String, tensor: InputTensor)] = []
  var headers: [HTTPHeaders.Field] = []
  var timeout: Quantity?
  var severity = Severity.block
  var expectations = ExpectationList()
  /// Nil for the endpoint's own.
  var retry: RetryPolicy?
  /// The captured values that stand in its headers, as `{{name}}`.
  var references: [CaptureReference] = []

  static var shape: Shape<InferEntry> {
    let inputs = InputTensor.configShape.dictionary.map {
      inputs, node, problems -> [(name: String, tensor: InputTensor)]? in
      if node.content == .mapping([]) { problems.report("an inference without inputs asks nothing", at: node.location) }
      return inputs.map { ($0.name.value, $0.value) }
    }
    return Shape<InferEntry>.object(
      InferEntry(),
      [
        .optional(
          "id", \.id, Shape<String>.name.located,
          "The name of the inference in the identities of its checks, sent as its id."),
        .key(
          "inputs", \.inputs, inputs, "The input tensors by name: values, or datatype, shape and data.", required: true),
        .key("headers", \.headers, .headerFields, "Headers for this request; they replace the endpoint's."),
        .optional("timeout", \.timeout, .positiveDuration, "How long this exchange may take."),
        .key("severity", \.severity, .choice, "Whether a failure blocks (the default) or warns."),
        .key(
          "expect", \.expectations, ExpectationList.inferenceShape,
          "What is expected of the reply; status 200 and a valid reply when left out."),
        .optional("retry", \.retry, RetryPolicy.shape, "Sends it again when the reply is not as expected."),
      ]
    ).map { entry, node, _ in
      var entry = entry
      entry.references = CaptureReference.all(in: node[key: "headers"]?.value)
      return entry
    }
  }
}
