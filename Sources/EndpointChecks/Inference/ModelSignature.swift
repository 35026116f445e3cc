internal import JSON

/// What a model declares of its inputs and outputs.
struct ModelSignature: Sendable, Equatable {
  var name: String?
  /// The served versions; empty when the server tells none.
  var versions: [String] = []
  var inputs: [Tensor] = []
  var outputs: [Tensor] = []

  /// One declared input or output.
  struct Tensor: Sendable, Equatable {
    var name: String
    /// Nil for a type that no tensor has.
    var datatype: Datatype?
    /// The type as the source writes it.
    var typeName: String
    /// The dimensions, -1 for a variable one; nil when none are declared.
    var shape: [Int]?
    /// Whether a request may leave it out.
    var isOptional = false

    init(name: String, datatype: Datatype?, typeName: String? = nil, shape: [Int]? = nil, isOptional: Bool = false) {
      self.name = name
      self.datatype = datatype
      self.typeName = typeName ?? datatype?.rawValue ?? ""
      self.shape = shape
      self.isOptional = isOptional
    }

    /// More features than these are not believed: rows of them would be made up.
    static let widestMatrix = 1 << 16

    /// The features in one row of a matrix, `[-1, 4]`; nil for other shapes and for a variable number.
    var matrixWidth: Int? {
      guard let shape, shape.count == 2, (2...Self.widestMatrix).contains(shape[1]) else { return nil }
      return shape[1]
    }
  }

  /// Reads the model metadata of the Open Inference Protocol, version 2.
  init(metadata: JSONValue) {
    name = metadata["name"]?.stringValue
    versions = (metadata["versions"]?.arrayValue ?? []).compactMap(\.stringValue)
    inputs = Self.tensors(metadata["inputs"])
    outputs = Self.tensors(metadata["outputs"])
  }

  init(name: String? = nil, versions: [String] = [], inputs: [Tensor] = [], outputs: [Tensor] = []) {
    self.name = name
    self.versions = versions
    self.inputs = inputs
    self.outputs = outputs
  }

  private static func tensors(_ value: JSONValue?) -> [Tensor] {
    (value?.arrayValue ?? []).compactMap { tensor in
      guard let name = tensor["name"]?.stringValue else { return nil }
      let word = tensor["datatype"]?.stringValue
      return Tensor(
        name: name, datatype: word.flatMap(Datatype.init(rawValue:)), typeName: word,
        shape: tensor["shape"]?.arrayValue?.map { Int($0.int64Value ?? -1) })
    }
  }

  /// A name that two inputs have, or two outputs: readers differ in which one they take.
  var repeatedName: String? {
    for tensors in [inputs, outputs] {
      var seen = Set<String>()
      if let name = tensors.map(\.name).first(where: { !seen.insert($0).inserted }) { return name }
    }
    return nil
  }

  func input(_ name: String) -> Tensor? { inputs.first { $0.name == name } }

  /// The one input of a model that takes all features of a row as a matrix; nil for any other model.
  var matrix: Tensor? { inputs.count == 1 && (inputs[0].shape?.count ?? 1) == 2 ? inputs[0] : nil }
}
