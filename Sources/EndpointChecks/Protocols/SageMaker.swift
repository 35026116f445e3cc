internal import JSON
internal import Transport
internal import Verdict

/// The contract of a container that SageMaker hosts ("Use your own inference code with hosting services"): `GET /ping`,
/// `POST /invocations`, and how long each may take.
struct SageMaker: DocumentProtocol {
  /// A ping is answered within 2 seconds, a connection accepted within 250 ms, an invocation answered within 60 s.
  private static let ping = RequestPlan(
    path: "/ping", timeout: .seconds(2), connectTimeout: .milliseconds(250))
  static let timeout = Quantity(60, .seconds)

  static let asksForModel = false
  static let encodings: [[RowEncoding.Word]] = [[.csv, .instances, .records, .split]]
  /// Pings must begin to pass within 4 minutes of the start.
  static let readyWithin = Quantity(240, .seconds)
  /// KILL follows TERM after 30 seconds.
  static let stopWithin = Quantity(30, .seconds)

  init(_ declaration: EndpointDeclaration) {}

  let inferPath = "/invocations"

  var readinessProbes: [Probe] { [Probe(name: "ping", request: Self.ping)] }

  /// Built-in algorithms read CSV without names; containers made by MLflow read the others.
  func body(of rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?) -> RowsBody {
    switch encoding.choice(among: Self.encodings[0]) {
    case .instances: .json(["instances": rows.lists])
    case .records: .json(["instances": rows.records])
    case .split: .json(["dataframe_split": ["columns": rows.nameList, "data": rows.lists]])
    default: .text(rows.csv(header: false), contentType: "text/csv")
    }
  }

  func request(
    for rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?
  ) throws(Complaint) -> RequestPlan {
    var request =
      switch body(of: rows, encoding, signature) {
      case .json(let document): RequestPlan(path: inferPath, json: document)
      case .text(let text, let type):
        RequestPlan(method: "POST", path: inferPath, headers: ["Content-Type": type], body: Array(text.utf8))
      }
    request.connectTimeout = .milliseconds(250)
    return request
  }

  /// JSON, or numbers between commas and line ends, as built-in algorithms answer.
  func predictions(in reply: Reply, about count: Int) throws(Complaint) -> Predictions {
    let type = reply.response.headers["Content-Type"]?.lowercased() ?? ""
    if !type.hasPrefix("text/"), case .success(let document) = reply.document {
      try refuseErrors(in: document, of: reply, beside: ["predictions"])
      return try Predictions(of: document["predictions"] ?? document, named: "predictions", rows: count)
    }
    let text = String(decoding: reply.response.body, as: UTF8.self)
    if type.hasPrefix("text/html") || text.drop(while: \.isWhitespace).hasPrefix("<") {
      throw Complaint(.unusable("the reply is a page and no prediction: \(reply.excerpt(text))"))
    }
    if Self.errorWords.contains(where: text.lowercased().hasPrefix) {
      throw Complaint(.unusable("the reply has a status of success and says: \(reply.excerpt(text))"))
    }
    if let records = try Self.records(in: text, type, of: reply) {
      for record in records { try refuseErrors(in: record, of: reply, beside: ["predictions"]) }
      return try Predictions(of: .array(records), named: "predictions", rows: count)
    }
    let lines = text.split(whereSeparator: \.isNewline).map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map { Self.value($0) }
    }
    guard !lines.isEmpty else { throw Complaint(.unusable("the body is empty")) }
    let isOneLine = lines.count == 1 && lines[0].count == count
    let values: [JSONValue] = isOneLine ? lines[0] : lines.map { $0.count == 1 ? $0[0] : .array($0) }
    return Predictions([OutputTensor(named: "predictions", of: .array(values))], rows: count)
  }

  /// The values of JSON Lines, one for each row; nil where the reply is something else.
  private static func records(
    in text: String, _ type: String, of reply: Reply
  ) throws(Complaint) -> [JSONValue]? {
    let lines = text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
    let isDeclared = type.hasPrefix("application/") && (type.contains("jsonlines") || type.contains("ndjson"))
    guard isDeclared || lines.allSatisfy({ $0.first { $0 != " " } == "{" }), !lines.isEmpty else { return nil }
    var records: [JSONValue] = []
    for (index, line) in lines.enumerated() {
      guard let record = try? JSONParser.parse(String(line), mode: .lenient) else {
        throw Complaint(.unusable("line \(index + 1) of the reply is no JSON: \(reply.excerpt(String(line)))"))
      }
      records.append(record)
    }
    return records
  }

  /// How a text begins that is no prediction.
  private static let errorWords = ["error:", "internal error", "internal server error", "traceback (most recent"]

  private static func value(_ field: Substring) -> JSONValue {
    let text = String(field.drop { $0 == " " })
    return text.isEmpty ? .null : (try? JSONParser.parse(text, mode: .lenient)) ?? .string(text)
  }
}
