internal import JSON

extension FeatureRows.Column {
  /// The feature as a tensor of its own: a value for each row, or a vector, a matrix and so on.
  ///
  /// - Parameter number: the type of all numbers; nil for the declared one.
  func tensor(as declared: ModelSignature.Tensor?, number: Datatype?, _ encoding: RowEncoding) -> InputTensor {
    if let shape = vectorShape, declared?.datatype != .bytes || declared?.holdsVectors == true {
      let elements = FeatureRows.Column(name: name, values: values.flatMap(\.flattened))
      let datatype = (elements.kind.isNumeric ? number : nil) ?? declared?.datatype ?? elements.datatype
      let data: [JSONValue] = (encoding.has(.nested) ? values : elements.values).map { datatype.elements(of: $0) }
      return InputTensor(datatype: datatype, shape: shape, data: .array(data))
    }
    let datatype = (kind.isNumeric ? number : nil) ?? declared?.datatype ?? datatype
    let values = cast(to: datatype)
    // A tensor of rank 1 is the same list, nested or not.
    let isNested = encoding.has(.nested) && declared?.shape?.count != 1
    let hasTwoDimensions = isNested || declared?.shape?.count == 2
    return InputTensor(
      datatype: datatype, shape: hasTwoDimensions ? [values.count, 1] : [values.count],
      data: .array(isNested ? values.map { .array([$0]) } : values))
  }

  /// The dimensions of the values of all rows together, that of the rows first; nil where they are no vectors of one size.
  private var vectorShape: [Int]? {
    guard kind == .nested, values.allSatisfy({ $0.arrayValue != nil }),
      let shape = InputTensor.dimensions(of: .array(values)),
      !values.contains(where: { $0.flattened.contains { $0.objectValue != nil } })
    else { return nil }
    return shape
  }
}

extension Datatype {
  /// A vector with its elements as this type, each by itself.
  fileprivate func elements(of value: JSONValue) -> JSONValue {
    guard let members = value.arrayValue else { return element(value) ?? value }
    return .array(members.map { elements(of: $0) })
  }
}

extension ModelSignature.Tensor {
  /// The dimensions of what one row has, a variable one as 1; nil for a single value, for one that is not declared, and for
  /// more elements than are believed.
  var dimensionsOfRow: [Int]? {
    guard let shape, shape.count > 1 else { return nil }
    let dimensions = shape.dropFirst().map { max(1, $0) }
    var elements = 1
    for dimension in dimensions {
      guard dimension <= Self.widestMatrix else { return nil }
      elements *= dimension
      guard elements <= Self.widestMatrix else { return nil }
    }
    return elements > 1 || dimensions.count > 1 ? dimensions : nil
  }

  var holdsVectors: Bool { dimensionsOfRow != nil }
}
