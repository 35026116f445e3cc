internal import JSON
internal import Transport

/// Seldon Core's protocol, version 1: `POST /api/v1.0/predictions`, behind `/seldon/{namespace}/{deployment}` in the url
/// when it is asked from outside.
struct SeldonV1: DocumentProtocol {
  static let asksForModel = false
  static let encodings: [[RowEncoding.Word]] = [[.ndarray, .tensor]]

  init(_ declaration: EndpointDeclaration) {}

  let inferPath = "/api/v1.0/predictions"

  var readinessProbes: [Probe] { [Probe(name: "server alive", request: RequestPlan(path: "/health/ping"))] }

  func body(
    of rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?
  ) throws(Complaint) -> RowsBody {
    guard encoding.has(.tensor) else { return .json(["data": ["names": rows.nameList, "ndarray": rows.lists]]) }
    var values: [[JSONValue]] = Array(repeating: [], count: rows.count)
    for column in rows.columns {
      for (row, value) in column.cast(to: .fp64).enumerated() { values[row].append(value) }
    }
    let shape: JSONValue = [
      .number(JSONNumber(Int64(rows.count))), .number(JSONNumber(Int64(rows.columns.count))),
    ]
    return .json([
      "data": ["names": rows.nameList, "tensor": ["shape": shape, "values": .array(values.flatMap { $0 })]]
    ])
  }

  func predictions(in reply: Reply, about count: Int) throws(Complaint) -> Predictions {
    let document = try reply.json()
    if Self.saysFailure(document["status"]) {
      let words = errorText(in: reply) ?? reply.excerpt(document["status"] ?? .null)
      throw Complaint(.unusable("the reply has a status of success and says: \(words)"))
    }
    if let json = document["jsonData"] { return try Predictions(of: json, named: "jsonData", rows: count) }
    guard let data = document["data"] else { throw Complaint(.unusable("the reply has no \"data\"")) }
    var output: OutputTensor
    if let tensor = data["tensor"], let values = tensor["values"] {
      output = OutputTensor(named: "data", of: values)
      output.takeShape(tensor["shape"])
    } else if let rows = data["ndarray"] {
      output = OutputTensor(named: "data", of: rows)
    } else {
      throw Complaint(.unusable("the reply's data is neither tensor nor ndarray"))
    }
    return Predictions([output], rows: count)
  }

  /// The status of Seldon's own messages: `FAILURE`, or 1 as its number.
  private static func saysFailure(_ status: JSONValue?) -> Bool {
    status?["status"]?.stringValue == "FAILURE" || status?["status"]?.int64Value == 1
      || status?["code"]?.int64Value.map { $0 < 0 || $0 >= 400 } ?? false
  }

  /// `{"status": {"code": -1, "info": "…", "reason": "…", "status": 1}}`
  func errorText(in reply: Reply) -> String? {
    guard case .success(let document) = reply.document, let status = document["status"] else { return nil }
    let words = [status["reason"], status["info"]].compactMap { $0?.stringValue }
    return words.isEmpty ? nil : reply.excerpt(words.joined(separator: ": "))
  }
}
