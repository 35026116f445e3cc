internal import JSON
internal import Language

/// The `MLmodel` file of MLflow, as far as it tells of inputs and outputs: each is a JSON text, a list of columns or of
/// tensors.
enum MLmodel {
  /// `[{"type": "double", "name": "x", "required": true}]`, or `[{"type": "tensor", "tensor-spec": {…}}]`; nil for
  /// anything else.
  static func tensors(_ node: Node) -> [ModelSignature.Tensor]? {
    guard case .scalar(let text, _) = node.content, let columns = (try? JSONParser.parse(text))?.arrayValue,
      !columns.isEmpty
    else { return nil }
    return columns.enumerated().map { index, column in
      let name = column["name"]?.stringValue ?? (columns.count == 1 ? "" : "\(index)")
      guard let specification = column["tensor-spec"] else {
        return ModelSignature.Tensor(
          name: name, datatype: nil, typeName: column["type"]?.stringValue ?? "",
          isOptional: column["required"]?.boolValue == false || column["optional"]?.boolValue == true)
      }
      return ModelSignature.Tensor(
        name: name, datatype: nil, typeName: specification["dtype"]?.stringValue ?? "",
        shape: specification["shape"]?.arrayValue?.map { Int($0.int64Value ?? -1) })
    }
  }
}
