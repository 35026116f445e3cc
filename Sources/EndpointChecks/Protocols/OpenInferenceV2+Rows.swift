internal import JSON
internal import Transport

extension OpenInferenceV2 {
  static let encodings: [[RowEncoding.Word]] = [
    [.columns, .matrix], [.flat, .nested], [.fp32, .fp64], [.json, .binary],
  ]

  /// The id that requests of rows carry and replies must echo.
  private static let id = "cupel"
  /// What KServe's servers call the only input of a model that declares none.
  private static let usualInput = "input-0"

  func request(
    for rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?
  ) throws(Complaint) -> RequestPlan {
    let number: Datatype? = encoding.has(.fp32) ? .fp32 : encoding.has(.fp64) ? .fp64 : nil
    let isMatrix = encoding.has(.matrix) || !encoding.has(.columns) && signature?.matrix != nil
    var tensors: [(name: String, tensor: InputTensor)] = []
    if isMatrix {
      let declared = signature?.matrix
      let datatype = number ?? declared?.datatype ?? .fp64
      var rowsOfTensor = [[JSONValue]](repeating: [], count: rows.count)
      for column in rows.columns {
        // A vector is several features.
        for (row, value) in column.cast(to: datatype).enumerated() { rowsOfTensor[row] += value.flattened }
      }
      let data = encoding.has(.nested) ? rowsOfTensor.map { .array($0) } : rowsOfTensor.flatMap { $0 }
      let tensor = InputTensor(
        datatype: datatype, shape: [rows.count, rowsOfTensor.first?.count ?? 0], data: .array(data))
      tensors = [(declared?.name ?? Self.usualInput, tensor)]
    } else {
      tensors = rows.columns.map { column in
        (column.name, column.tensor(as: signature?.input(column.name), number: number, encoding))
      }
    }
    if encoding.has(.binary) { return try binaryRequest(tensors) }
    let envelope: JSONValue = [
      "id": .string(Self.id), "inputs": .array(tensors.map { $0.tensor.json(named: $0.name) }),
    ]
    return RequestPlan(method: "POST", path: modelPath + "/infer", json: envelope)
  }

  func predictions(in reply: Reply, about count: Int) throws(Complaint) -> Predictions {
    let binary = try BinaryTensor.document(of: reply)
    let document: JSONValue
    if let binary { document = binary } else { document = try reply.json() }
    // A success that carries an error is none, whatever stands beside it.
    if let error = document["error"], error.isComplaint, let text = errorText(in: reply) {
      throw Complaint(.unusable("the reply has a status of success and says: \(text)"))
    }
    let predictions = Self.predictions(in: document, model: model ?? "", version: version, id: Self.id, rows: count)
    guard !predictions.outputs.isEmpty else {
      let issue = predictions.issues.last.map { "\($0.place) \($0.text)" }
      throw Complaint(.unusable(issue ?? "the reply has no outputs"))
    }
    if let name = predictions.repeatedName {
      throw Complaint(
        .unusable("the reply has two outputs \(reply.excerpt(name)), and readers differ in which one they take"))
    }
    return predictions
  }

  private func binaryRequest(_ tensors: [(name: String, tensor: InputTensor)]) throws(Complaint) -> RequestPlan {
    var data: [UInt8] = []
    var inputs: [JSONValue] = []
    for (name, tensor) in tensors {
      guard let bytes = BinaryTensor.bytes(tensor.data.flattened, tensor.datatype) else {
        throw Complaint(.unwritable("\(name) holds a value that \(tensor.datatype.rawValue) has no bytes for"))
      }
      data += bytes
      inputs.append(tensor.json(named: name, binaryBytes: bytes.count))
    }
    let envelope: JSONValue = [
      "id": .string(Self.id), "inputs": .array(inputs), "parameters": ["binary_data_output": true],
    ]
    let json = JSONWriter.compact.bytes(envelope)
    return RequestPlan(
      method: "POST", path: modelPath + "/infer",
      headers: ["Content-Type": "application/octet-stream", "Inference-Header-Content-Length": String(json.count)],
      body: json + data)
  }

  /// The first tensor misnamed, with two more dimensions, or with one row more than it has data.
  func spoiled(_ document: JSONValue, by defect: BodyDefect) -> JSONValue? {
    guard var tensors = document["inputs"]?.arrayValue, let first = tensors.first,
      let shape = first["shape"]?.arrayValue,
      let rows = shape.first?.int64Value
    else { return nil }
    switch defect {
    case .misnamed: tensors[0] = first.replacing("name", with: "cupel_wrong_name")
    case .deepened: tensors[0] = first.replacing("shape", with: .array(shape + [1, 1]))
    case .misshapen:
      tensors[0] = first.replacing("shape", with: .array([.number(JSONNumber(rows + 1))] + shape.dropFirst()))
    }
    return document.replacing("inputs", with: .array(tensors))
  }

  /// The tensors of a reply, and what is wrong with its form.
  static func predictions(
    in document: JSONValue, model: String, version: String?, id: String, rows: Int
  ) -> Predictions {
    var issues: [OutputTensor.Issue] = []
    func expect(_ key: String, _ wanted: String, isRequired: Bool) {
      guard let value = document[key] else {
        if isRequired { issues.append(.init(place: key, text: "is missing, but must be \"\(wanted)\"")) }
        return
      }
      if value != .string(wanted) { issues.append(.init(place: key, text: "is \(value), but must be \"\(wanted)\"")) }
    }
    expect("model_name", model, isRequired: true)
    if let version { expect("model_version", version, isRequired: false) }
    expect("id", id, isRequired: true)
    guard let values = document["outputs"]?.arrayValue, !values.isEmpty else {
      issues.append(.init(place: "outputs", text: document["outputs"] == nil ? "is missing" : "has no tensor in it"))
      return Predictions([], rows: rows, issues: issues)
    }
    let predictions = Predictions(values.enumerated().map { OutputTensor($1, index: $0) }, rows: rows, issues: issues)
    guard let name = predictions.repeatedName else { return predictions }
    let issue = OutputTensor.Issue(place: "outputs.\(name)", text: "is there twice")
    return Predictions(predictions.outputs, rows: rows, issues: issues + [issue])
  }
}

extension JSONValue {
  /// The object with another value for a member that it has.
  fileprivate func replacing(_ key: String, with value: JSONValue) -> JSONValue {
    .object(
      JSONObject((objectValue?.members ?? []).map { $0.key == key ? JSONObject.Member(key, value) : $0 }))
  }
}
