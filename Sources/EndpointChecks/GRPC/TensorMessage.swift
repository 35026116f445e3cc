internal import JSON
internal import Protobuf

/// The tensors of an inference between REST, where their elements are `data`, and the messages of gRPC, where they stand in
/// a list by their datatype or as bytes beside the tensors (Open Inference Protocol, `inference_grpc.md`, "Tensor Data").
enum TensorMessage {
  /// The message for a document of REST.
  static func request(_ document: JSONValue, _ contents: TensorContents) throws(MessageError) -> JSONValue {
    var inputs: [JSONValue] = []
    var raw: [JSONValue] = []
    let tensors = document["inputs"]?.arrayValue ?? []
    // The types of half the size have no list.
    let isRaw = contents == .raw || tensors.contains { ["FP16", "BF16"].contains($0["datatype"]?.stringValue) }
    for tensor in tensors {
      let elements = (tensor["data"] ?? []).flattened
      let datatype = tensor["datatype"]?.stringValue.flatMap(Datatype.init(rawValue:)) ?? .bytes
      guard !elements.contains(where: { $0.kind == "null" }) else {
        throw MessageError("a null has no place in a tensor of gRPC", at: tensor["name"]?.stringValue ?? "inputs")
      }
      var members = tensor.objectValue?.members.filter { $0.key != "data" } ?? []
      if isRaw {
        raw.append(.string(Base64.encode(bytes(elements, datatype))))
      } else if !elements.isEmpty {
        let list = TensorList(for: elements, datatype)
        members.append(.init("contents", .object(JSONObject([.init(list.rawValue, list.values(elements))]))))
      }
      inputs.append(.object(JSONObject(members)))
    }
    var members = (document.objectValue?.members ?? []).filter { $0.key != "inputs" }
    members.append(.init("inputs", .array(inputs)))
    if isRaw { members.append(.init("raw_input_contents", .array(raw))) }
    return .object(JSONObject(members))
  }

  /// What is none of its datatype goes as what it is, for the server to refuse.
  private static func bytes(_ elements: [JSONValue], _ datatype: Datatype) -> [UInt8] {
    if let bytes = BinaryTensor.bytes(elements, datatype) ?? BinaryTensor.bytes(elements, .fp64) { return bytes }
    return BinaryTensor.bytes(elements.map { .string(TensorList.text($0)) }, .bytes) ?? []
  }

  // MARK: - The reply

  /// The document of REST for a message that came back.
  static func response(_ message: JSONValue) throws(MessageError) -> JSONValue {
    let outputs = message["outputs"]?.arrayValue ?? []
    let raw = message["raw_output_contents"]?.arrayValue ?? []
    guard raw.isEmpty || raw.count == outputs.count else {
      throw MessageError("holds \(raw.count) tensors for \(outputs.count) outputs", at: "raw_output_contents")
    }
    let typed = outputs.first { output in
      output["contents"]?.objectValue?.members.contains { $0.value.arrayValue?.isEmpty == false } == true
    }
    if !raw.isEmpty, let typed {
      let place = "outputs.\(typed["name"]?.stringValue ?? "")"
      throw MessageError("has its elements both in contents and in raw_output_contents", at: place)
    }
    var tensors: [JSONValue] = []
    for (index, output) in outputs.enumerated() {
      let data = raw.isEmpty ? try elements(output) : try elements(output, raw[index])
      let members = (output.objectValue?.members ?? []).filter { $0.key != "contents" }
      tensors.append(.object(JSONObject(plain(members) + [.init("data", .array(data))])))
    }
    let members = (message.objectValue?.members ?? []).filter { $0.key != "raw_output_contents" && $0.key != "outputs" }
    return .object(JSONObject(plain(members) + [.init("outputs", .array(tensors))]))
  }

  private static func elements(_ output: JSONValue) throws(MessageError) -> [JSONValue] {
    let lists = (output["contents"]?.objectValue?.members ?? []).filter { $0.value.arrayValue?.isEmpty == false }
    guard let list = lists.first else { return [] }
    let place = "outputs.\(output["name"]?.stringValue ?? "")"
    guard lists.count == 1 else {
      throw MessageError("has elements in \(lists.map(\.key).joined(separator: " and "))", at: place)
    }
    let values = list.value.arrayValue ?? []
    if let datatype = output["datatype"]?.stringValue.flatMap(Datatype.init(rawValue:)),
      TensorList(of: datatype)?.rawValue != list.key
    {
      throw MessageError("is \(datatype.rawValue), and its elements came in \(list.key)", at: place)
    }
    guard list.key == TensorList.bytes.rawValue else { return values }
    return values.map { .string(String(decoding: Base64.decode($0.stringValue ?? "") ?? [], as: UTF8.self)) }
  }

  private static func elements(_ output: JSONValue, _ raw: JSONValue) throws(MessageError) -> [JSONValue] {
    let bytes = Base64.decode(raw.stringValue ?? "") ?? []
    // An unknown datatype is told of by whoever judges the tensor.
    guard let datatype = output["datatype"]?.stringValue.flatMap(Datatype.init(rawValue:)) else { return [] }
    guard let elements = BinaryTensor.elements(bytes[...], datatype) else {
      throw MessageError(
        "\(bytes.count) bytes are no whole number of \(datatype.rawValue)",
        at: "outputs.\(output["name"]?.stringValue ?? "")")
    }
    return elements
  }

  /// Parameters as they stand in REST: `{"content_type": "np"}` for `{"content_type": {"string_param": "np"}}`.
  private static func plain(_ members: [JSONObject.Member]) -> [JSONObject.Member] {
    members.map { member in
      guard member.key == "parameters", let parameters = member.value.objectValue else { return member }
      return .init(
        member.key,
        .object(
          JSONObject(
            parameters.distinctMembers.map { .init($0.key, $0.value.objectValue?.members.first?.value ?? .null) })))
    }
  }
}

/// The lists of a tensor's elements, by their names in `InferTensorContents`.
enum TensorList: String {
  case bool = "bool_contents"
  case int = "int_contents"
  case int64 = "int64_contents"
  case uint = "uint_contents"
  case uint64 = "uint64_contents"
  case fp32 = "fp32_contents"
  case fp64 = "fp64_contents"
  case bytes = "bytes_contents"

  /// The list of a datatype; nil for one that goes as bytes only.
  init?(of datatype: Datatype) {
    switch datatype {
    case .bool: self = .bool
    case .int8, .int16, .int32: self = .int
    case .int64: self = .int64
    case .uint8, .uint16, .uint32: self = .uint
    case .uint64: self = .uint64
    case .fp32: self = .fp32
    case .fp64: self = .fp64
    case .bytes: self = .bytes
    case .fp16, .bf16: return nil
    }
  }

  /// The list of a datatype when it holds these elements, else one that does: what is none of its datatype goes as what
  /// it is, for the server to refuse.
  init(for elements: [JSONValue], _ datatype: Datatype) {
    let own = TensorList(of: datatype)
    self = [own, .bool, .fp64, .bytes].compactMap { $0 }.first { list in elements.allSatisfy(list.holds) } ?? .bytes
  }

  private func holds(_ element: JSONValue) -> Bool {
    switch self {
    case .bool: element.boolValue != nil
    case .int: element.int64Value.flatMap { Int32(exactly: $0) } != nil
    case .int64: element.int64Value != nil
    case .uint: element.int64Value.flatMap { UInt32(exactly: $0) } != nil
    case .uint64: element.numberValue.map { UInt64($0.literal) ?? UInt64(exactly: $0.double) } != nil
    case .fp32, .fp64: element.numberValue != nil
    case .bytes: element.stringValue != nil
    }
  }

  func values(_ elements: [JSONValue]) -> JSONValue {
    .array(self == .bytes ? elements.map { .string(Base64.encode(Array(Self.text($0).utf8))) } : elements)
  }

  /// A text as it is, anything else as it is written.
  static func text(_ element: JSONValue) -> String { element.stringValue ?? JSONWriter.lenient.string(element) }
}
