/// The answer to an inference request (Open Inference Protocol v2, REST, "Inference Response JSON Object").
struct InferResponse {
  /// What the model returns, in order.
  static let outputs = [(name: "probability", datatype: "FP64"), (name: "delayed", datatype: "BOOL")]

  /// The response object.
  let json: JSONValue

  /// Refuses numbers so extreme that the model has no probability for them.
  init(_ request: InferRequest, by model: LogisticModel) throws(Refusal) {
    let probabilities = model.probabilities(rows: request.rows, numbers: request.numbers, levels: request.levels)
    guard probabilities.allSatisfy(\.isFinite) else { throw .badRequest("an input is too large for the model") }
    let outputs = Self.outputs.filter { request.outputs?.contains($0.name) ?? true }.map { output -> JSONValue in
      let data = probabilities.map { probability -> JSONValue in
        output.name == "delayed" ? .bool(probability >= model.threshold) : .number(probability)
      }
      return .object([
        "name": .string(output.name), "datatype": .string(output.datatype),
        "shape": .array([.integer(Int64(request.rows))]), "data": .array(data),
      ])
    }
    var members: [String: JSONValue] = [
      "model_name": .string(model.name), "model_version": .string(model.version), "outputs": .array(outputs),
    ]
    if let id = request.id { members["id"] = .string(id) }
    json = .object(members)
  }
}
