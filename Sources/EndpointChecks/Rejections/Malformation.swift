internal import JSON
internal import Transport

/// One way to make a request that a server must refuse, out of one that it answers.
enum Malformation: String, Sendable, CaseIterable {
  case missingFeature = "missing-feature"
  case extraFeature = "extra-feature"
  case wrongName = "wrong-name"
  case wrongType = "wrong-type"
  case wrongRank = "wrong-rank"
  case shapeMismatch = "shape-mismatch"
  case null
  case nan
  case infinity
  case negativeInfinity = "negative-infinity"
  case emptyBatch = "empty-batch"
  case unknownModel = "unknown-model"
  case unknownVersion = "unknown-version"
  case oversize
  case badJSON = "bad-json"
  case badContentType = "bad-content-type"
  case badMethod = "bad-method"

  /// What is wrong with the request, in words that follow "a request".
  var words: String {
    switch self {
    case .missingFeature: "without one of the features"
    case .extraFeature: "with a feature that the model does not have"
    case .wrongName: "with a feature by a wrong name"
    case .wrongType: "with a text for a number"
    case .wrongRank: "with one dimension too many"
    case .shapeMismatch: "whose data do not fill its shape"
    case .null: "with a null"
    case .nan: "with a NaN"
    case .infinity: "with an infinity"
    case .negativeInfinity: "with a negative infinity"
    case .emptyBatch: "without rows"
    case .unknownModel: "to a model that does not exist"
    case .unknownVersion: "to a version that does not exist"
    case .oversize: "with a body of many megabytes that is no JSON"
    case .badJSON: "whose JSON breaks off"
    case .badContentType: "whose content type is not that of its body"
    case .badMethod: "by GET"
    }
  }

  /// The statuses that refuse it when the config names no others.
  func refusals(over preset: any ServingProtocol) -> [Int] {
    switch self {
    // Servers without versions say that they are not implemented.
    case .unknownVersion: Self.standardRefusals + [501]
    // What gRPC calls RESOURCE_EXHAUSTED, and has no other word for.
    case .oversize where type(of: preset).isGRPC: Self.standardRefusals + [429]
    default: Self.standardRefusals
    }
  }

  private static let standardRefusals = [400, 404, 405, 413, 415, 422]

  /// What a malformation is made from.
  struct Material: Sendable {
    var preset: any ServingProtocol
    /// As many rows as one request carries.
    var rows: FeatureRows
    var encoding: RowEncoding
    var signature: ModelSignature?
    /// The size of the oversize body in bytes.
    var oversize: Int
  }

  /// Whether there can be such a request in a protocol.
  func exists(in preset: any ServingProtocol) -> Bool {
    switch self {
    case _ where !preset.allows(self): false
    case .unknownModel: preset.asking(model: ContractCheck.unknownModel) != nil
    case .unknownVersion: preset.asking(version: ContractCheck.unknownVersion) != nil
    case .emptyBatch: preset.rowsPerRequest != 1
    default: true
    }
  }

  /// The malformed request; nil when these rows leave none to make, such as a text for a number where there is none.
  func request(from material: Material) throws(Complaint) -> RequestPlan? {
    let rows = material.rows
    switch self {
    case .missingFeature:
      // A model of one feature then has none.
      return try changed(rows.without([material.required.last ?? ""]), material)
    case .extraFeature:
      return try changed(
        rows.replacing("cupel_unknown_feature", with: [JSONValue](repeating: 1, count: rows.count)), material)
    case .wrongName:
      let good = try material.request(for: rows)
      if let renamed = good.spoilingJSON({ material.preset.spoiled($0, by: .misnamed) }) { return renamed }
      // Where rows are lists, nobody hears of names.
      return try changed(rows.renaming(rows.names[0], to: "cupel_wrong_name"), material)
    case .wrongType:
      return try numeric(rows).map { name throws(Complaint) in
        try material.request(for: rows.settingFirst(name, to: "not a number"))
      }
    case .null:
      let required = rows.selecting(material.required)
      return try material.request(for: rows.settingFirst(numeric(required) ?? material.required[0], to: .null))
    case .nan: return try material.request(number: .nan, in: numeric(rows))
    case .infinity: return try material.request(number: .infinity, in: numeric(rows))
    case .negativeInfinity: return try material.request(number: -.infinity, in: numeric(rows))
    case .emptyBatch: return try material.request(for: rows.rows([]))
    case .unknownModel:
      return try material.preset.asking(model: ContractCheck.unknownModel)?.request(
        for: rows, material.encoding, material.signature)
    case .unknownVersion:
      return try material.preset.asking(version: ContractCheck.unknownVersion)?.request(
        for: rows, material.encoding, material.signature)
    case .wrongRank, .shapeMismatch, .oversize, .badJSON, .badContentType, .badMethod:
      return spoiled(try material.request(for: rows), material)
    }
  }

  /// The request for other rows; nil when it is the good one, because the protocol sends no more of them.
  private func changed(_ rows: FeatureRows, _ material: Material) throws(Complaint) -> RequestPlan? {
    let request = try material.request(for: rows)
    return try request == material.request(for: material.rows) ? nil : request
  }

  private func numeric(_ rows: FeatureRows) -> String? { rows.columns.first { $0.kind.isNumeric }?.name }

  /// What is made of the request itself and not of its rows.
  private func spoiled(_ good: RequestPlan, _ material: Material) -> RequestPlan? {
    var request = good
    switch self {
    case .wrongRank: return good.spoilingJSON { material.preset.spoiled($0, by: .deepened) }
    case .shapeMismatch: return good.spoilingJSON { material.preset.spoiled($0, by: .misshapen) }
    // An even number of these is also a message of gRPC, of fields that nobody knows.
    case .oversize: request.body = [UInt8](repeating: UInt8(ascii: "x"), count: max(2, material.oversize & ~1))
    case .badJSON:
      let isJSON = (try? JSONParser.parse(good.body)) != nil
      request.body = isJSON ? Array(good.body.prefix(max(1, good.body.count / 2))) : Array("{\"instances\": [".utf8)
    case .badContentType:
      request.headers = HTTPHeaders(request.headers.fields.filter { $0.name.lowercased() != "content-type" })
      request.headers.append(name: "Content-Type", value: "application/x-cupel-unknown")
    case .badMethod: (request.method, request.body) = ("GET", [])
    default: return nil
    }
    return request
  }
}

extension Malformation.Material {
  /// The features that a request may not leave out; all of them where nobody says which.
  fileprivate var required: [String] {
    let required = rows.names.filter { signature?.input($0)?.isOptional != true }
    return required.isEmpty ? rows.names : required
  }

  func request(for rows: FeatureRows) throws(Complaint) -> RequestPlan {
    try preset.request(for: rows, encoding, signature)
  }

  fileprivate func request(number: Double, in column: String?) throws(Complaint) -> RequestPlan? {
    guard let column else { return nil }
    return try request(for: rows.settingFirst(column, to: .number(JSONNumber(number))))
  }
}

extension RequestPlan {
  /// The request with its JSON changed; nil when it has none, or the change finds nothing to change.
  fileprivate func spoilingJSON(_ change: (JSONValue) -> JSONValue?) -> RequestPlan? {
    guard let document = try? JSONParser.parse(body, mode: .lenient), let spoiled = change(document) else { return nil }
    var request = self
    request.body = JSONWriter.lenient.bytes(spoiled)
    return request
  }
}

extension FeatureRows {
  /// The same with another value in the first row of a column.
  fileprivate func settingFirst(_ name: String, to value: JSONValue) -> FeatureRows {
    guard var values = self[name]?.values, !values.isEmpty else { return self }
    values[0] = value
    return replacing(name, with: values)
  }

  fileprivate func renaming(_ name: String, to other: String) -> FeatureRows {
    FeatureRows(columns.map { Column(name: $0.name == name ? other : $0.name, values: $0.values) })
  }
}
