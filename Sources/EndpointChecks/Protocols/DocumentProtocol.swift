internal import JSON
internal import Transport

/// A protocol whose request is one document with the rows in it and whose reply is one with the predictions: all that is
/// left to say is where they go and how they are written.
protocol DocumentProtocol: ServingProtocol {
  var inferPath: String { get }
  /// The body that asks about rows.
  func body(
    of rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?
  ) throws(Complaint) -> RowsBody
  /// Where predictions stand in a reply, by the first of these keys that it has; the whole reply when it has none.
  static var predictionKeys: [String] { get }
  /// By which keys a reply says that something went wrong.
  static var errorKeys: [String] { get }
  /// Whether one of the keys is always there.
  static var wrapsPredictions: Bool { get }
}

/// The body of a request about rows.
enum RowsBody: Sendable {
  case json(JSONValue)
  case text(String, contentType: String)
}

extension DocumentProtocol {
  static var kinds: [CheckEntry.Kind] { [.ready, .request] }
  static var predictionKeys: [String] { ["predictions"] }
  static var errorKeys: [String] { ["error"] }
  static var wrapsPredictions: Bool { false }

  func request(
    for rows: FeatureRows, _ encoding: RowEncoding, _ signature: ModelSignature?
  ) throws(Complaint) -> RequestPlan {
    switch try body(of: rows, encoding, signature) {
    case .json(let document): RequestPlan(path: inferPath, json: document)
    case .text(let text, let type):
      RequestPlan(method: "POST", path: inferPath, headers: ["Content-Type": type], body: Array(text.utf8))
    }
  }

  /// Throws what a document says to have gone wrong: a success that carries an error is none, whatever stands beside it.
  ///
  /// - Parameter keys: where predictions may stand in it.
  func refuseErrors(in document: JSONValue, of reply: Reply, beside keys: [String]) throws(Complaint) {
    let isBeside = keys.contains { document[$0] != nil }
    for error in Self.errorKeys.compactMap({ document[$0] }) where error.kind != "null" {
      guard error.isComplaint || !isBeside else { continue }
      let text = errorText(in: reply) ?? (error.isComplaint ? error.words(in: reply) : nil)
      if let text { throw Complaint(.unusable("the reply has a status of success and says: \(text)")) }
    }
    // FastAPI's, with which many of these servers are made.
    if document.objectValue?.count == 1, let detail = document["detail"], detail.isComplaint || detail.arrayValue != nil
    {
      throw Complaint(.unusable("the reply has a status of success and says: \(detail.words(in: reply))"))
    }
  }

  func predictions(in reply: Reply, about count: Int) throws(Complaint) -> Predictions {
    let document = try reply.json()
    // What is answered about one row is the whole reply, and has no dimension for rows.
    let isAboutOneRow = rowsPerRequest == 1
    let keys = isAboutOneRow ? [] : Self.predictionKeys
    try refuseErrors(in: document, of: reply, beside: keys)
    for key in keys {
      if let value = document[key] { return try Predictions(of: value, named: key, rows: count) }
    }
    if isAboutOneRow {
      guard document.objectValue?.count != 0 else { throw Complaint(.unusable("the predictions are empty")) }
      return try Predictions(of: .array([document]), named: "prediction", rows: count)
    }
    guard document.objectValue == nil && !Self.wrapsPredictions || Self.predictionKeys.isEmpty else {
      throw Complaint(.unusable("the reply has no \"\(Self.predictionKeys[0])\""))
    }
    return try Predictions(of: document, named: "prediction", rows: count)
  }
}

extension OutputTensor {
  /// The only output, which goes by the key that it stands in.
  fileprivate init(unnamed value: JSONValue, in key: String) {
    self.init(named: key, of: value)
    isNamed = false
  }
}

extension Predictions {
  /// Reads predictions that no schema describes: a list with an element for each row, a list of objects with an output for
  /// each of their keys, or an object with an output for each of its members.
  init(of value: JSONValue, named name: String, rows: Int) throws(Complaint) {
    switch value {
    case .object(let object):
      guard object.count > 0 else { throw Complaint(.unusable("the predictions are empty")) }
      self.init(object.distinctMembers.map { OutputTensor(named: $0.key, of: $0.value) }, rows: rows)
    case .array(let elements):
      guard !elements.isEmpty || rows == 0 else { throw Complaint(.unusable("the predictions are empty")) }
      if let row = elements.firstIndex(where: \.isOnlyError) {
        // What it says stands in the reply below: cut here, it could leave a part of a secret.
        throw Complaint(.unusable("the reply has an error in place of a prediction of row \(row + 1)"))
      }
      let records = elements.compactMap(\.objectValue)
      guard records.count == elements.count, !records.isEmpty else {
        self.init([OutputTensor(unnamed: value, in: name)], rows: rows)
        return
      }
      var names: [String] = []
      var seen: Set<String> = []
      for member in records.lazy.flatMap(\.distinctMembers) where seen.insert(member.key).inserted {
        names.append(member.key)
      }
      guard !names.isEmpty else { throw Complaint(.unusable("the predictions are empty")) }
      self.init(
        names.map { name in OutputTensor(named: name, of: .array(records.map { $0[name] ?? .null })) }, rows: rows)
    default: self.init([OutputTensor(unnamed: value, in: name)], rows: rows)
    }
  }
}

extension FeatureRows {
  /// The rows as comma-separated text (RFC 4180). A missing value is an empty field.
  func csv(header: Bool) -> String {
    func line(_ fields: [String]) -> String { fields.joined(separator: ",") + "\n" }
    let lines = (0..<count).map { row in line(columns.map { Self.field($0.values[row]) }) }
    return (header ? line(names.map { Self.field(.string($0)) }) : "") + lines.joined()
  }

  private static func field(_ value: JSONValue) -> String {
    let text =
      switch value {
      case .null: ""
      case .string(let text): text
      default: JSONWriter.lenient.string(value)
      }
    guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}

extension JSONValue {
  /// Whether it says in words that something went wrong.
  var isComplaint: Bool { stringValue?.isEmpty == false || (objectValue?.count ?? 0) > 0 }

  /// What it says, for a sentence.
  fileprivate func words(in reply: Reply) -> String { stringValue.map { reply.excerpt($0) } ?? reply.excerpt(self) }

  /// Whether it is an object that says that something went wrong, and nothing else.
  fileprivate var isOnlyError: Bool {
    guard let members = objectValue?.distinctMembers, self["error"]?.isComplaint == true else { return false }
    return members.allSatisfy { JSONValue.wordsOfErrors.contains($0.key) }
  }

  private static let wordsOfErrors: Set = [
    "error", "error_code", "code", "status", "status_code", "message", "detail", "type", "id",
  ]
}
