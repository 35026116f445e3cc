internal import JSON
internal import Language
internal import Verdict

/// Where the expected inputs or outputs of a model are written: in a rules file, in the `MLmodel` of MLflow, or in the
/// config itself.
enum SignatureSource: Sendable {
  case file(Located<String>)
  case inline([ModelSignature.Tensor], at: SourceLocation)

  /// What the source says.
  struct Expected: Sendable {
    var tensors: [ModelSignature.Tensor]
    /// Whether the model may leave some of them alone: a rules file has columns that are no features.
    var isSelection = false
    /// Where the source is, for messages.
    var name: String
    var location: SourceLocation
  }

  /// Which part of a signature is asked for.
  enum Part: Sendable { case inputs, outputs }

  /// A path, a list of names, or names with their types: `{distance: FP64, carrier: string}`.
  static var shape: Shape<SignatureSource> {
    let names = Shape<String>.name.list.map { names, node, _ in
      SignatureSource.inline(
        names.map { ModelSignature.Tensor(name: $0, datatype: nil) }, at: node.location)
    }
    let types = Shape<TypeName>.typeName.dictionary.map { types, node, _ in
      SignatureSource.inline(
        types.map { ModelSignature.Tensor(name: $0.name.value, datatype: $0.value.datatype, typeName: $0.value.word) },
        at: node.location)
    }
    let path = Shape<String>.name.located.map { SignatureSource.file($0) }
    return types.when(\.isMapping, otherwise: names.when(\.isSequence, otherwise: path)).map { source, node, problems in
      if case .inline(let tensors, _) = source, tensors.isEmpty {
        problems.report("nothing is named here, so nothing would be expected", at: node.location)
        return nil
      }
      return source
    }
  }

  var location: SourceLocation {
    switch self {
    case .file(let path): path.location
    case .inline(_, let location): location
    }
  }

  /// A signature of the inputs, for rows that are made up and for types that the server does not declare.
  func signature(_ folders: EndpointFolders) throws(Complaint) -> ModelSignature {
    let expected = try expected(.inputs, folders)
    return ModelSignature(
      inputs: expected.tensors.map { tensor in
        var input = tensor
        input.datatype = TypeName(word: tensor.typeName).datatype
        input.isOptional = tensor.isOptional || expected.isSelection
        return input
      })
  }

  /// Reads the source.
  func expected(_ part: Part, _ folders: EndpointFolders) throws(Complaint) -> Expected {
    switch self {
    case .inline(let tensors, let location):
      return Expected(tensors: tensors, name: "the config", location: location)
    case .file(let path):
      let document: Node
      switch folders.yaml(folders.resolve(path.value), path.value) {
      case .success(let node): document = node
      case .failure(let problem): throw Complaint(.noRows(problem.headline, .io))
      }
      if let signature = document[key: "signature"]?.value {
        let key = part == .inputs ? "inputs" : "outputs"
        guard let entry = signature[key: key], let tensors = MLmodel.tensors(entry.value) else {
          throw Complaint(.noRows("the signature in \(path.value) declares no \(key)", .nothingToEvaluate))
        }
        return Expected(tensors: tensors, name: path.value, location: entry.keyLocation)
      }
      guard part == .inputs, let columns = document[key: "columns"], case .mapping(let entries) = columns.value.content
      else {
        let what = part == .inputs ? "neither a signature nor columns" : "no signature"
        throw Complaint(.noRows("\(path.value) has \(what)", .nothingToEvaluate))
      }
      let tensors = entries.map { entry in
        let word = entry.value[key: "type"].flatMap { type in
          if case .scalar(let text, _) = type.value.content { text } else { nil }
        }
        return ModelSignature.Tensor(name: entry.key, datatype: nil, typeName: word ?? "")
      }
      return Expected(tensors: tensors, isSelection: true, name: path.value, location: columns.keyLocation)
    }
  }
}

/// A type as people write it: one of the protocol's datatypes, of the rules, or of MLflow.
struct TypeName: Sendable, Hashable {
  var word: String

  /// The datatypes that hold its values. Nil for a word that says nothing.
  var accepted: Set<Datatype>? {
    if let datatype = Datatype(rawValue: word) ?? Datatype(numpy: word) { return [datatype] }
    let integers: Set<Datatype> = [.int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64]
    let floats: Set<Datatype> = [.fp16, .bf16, .fp32, .fp64]
    return switch word {
    case "string", "str", "object", "binary", "bytes": [.bytes]
    case "boolean", "bool": [.bool]
    // A server may read whole numbers as floating-point ones; the other way loses digits.
    case "integer", "long": integers.union(floats)
    case "number", "float", "double": floats
    case "date", "timestamp", "datetime": [.bytes, .int64]
    default: nil
    }
  }

  /// The datatype in which its values are sent; nil for a word that says nothing.
  var datatype: Datatype? {
    switch word {
    case "string", "str", "object", "binary", "bytes", "date", "timestamp", "datetime": .bytes
    case "boolean", "bool": .bool
    case "integer", "long": .int64
    case "number", "double": .fp64
    case "float": .fp32
    default: Datatype(rawValue: word) ?? Datatype(numpy: word)
    }
  }

  static let words =
    Datatype.allCases.map(\.rawValue) + [
      "string", "integer", "number", "boolean", "date", "timestamp", "long", "float", "double", "datetime",
    ]
}

extension Datatype {
  /// A type by numpy's name: `float64`, `int8`.
  init?(numpy word: String) {
    let name = word.replacing("float", with: "fp").uppercased()
    guard word == word.lowercased(), let datatype = Datatype(rawValue: name) else { return nil }
    self = datatype
  }
}

extension Shape<TypeName> {
  static var typeName: Shape { .word(among: TypeName.words.map { ($0, TypeName(word: $0)) }) }
}
