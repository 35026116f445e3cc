internal import JSON

extension FeatureRows {
  /// Two rows that have nothing but the form that a model declares; nil when it declares no inputs.
  init?(madeUpFor signature: ModelSignature) {
    guard !signature.inputs.isEmpty else { return nil }
    if let matrix = signature.matrix, let width = matrix.matrixWidth {
      self.init(
        (1...width).map { Column(name: "\(matrix.name)_\($0)", values: Self.values(of: matrix.datatype ?? .fp64)) })
    } else {
      self.init(
        signature.inputs.map { input in
          let values = Self.values(of: input.datatype ?? .fp64)
          guard let dimensions = input.dimensionsOfRow else { return Column(name: input.name, values: values) }
          return Column(name: input.name, values: values.map { Self.filled(dimensions[...], with: $0) })
        })
    }
  }

  private static func filled(_ dimensions: ArraySlice<Int>, with value: JSONValue) -> JSONValue {
    guard let size = dimensions.first else { return value }
    return .array([JSONValue](repeating: filled(dimensions.dropFirst(), with: value), count: size))
  }

  private static func values(of datatype: Datatype) -> [JSONValue] {
    switch datatype.family {
    case .boolean: [true, false]
    case .integer: [1, 2]
    case .floating: [1.0, 2.5]
    case .text: ["a", "b"]
    }
  }
}
