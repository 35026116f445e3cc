internal import JSON
internal import Language

/// `request:`: the body that asks about rows, with a placeholder where they go.
struct RequestTemplate: Sendable {
  var body: JSONValue

  /// What stands for the rows in the body: a text that is one of these and nothing else.
  enum Placeholder: String, Sendable, CaseIterable {
    /// A list of objects, of lists, and an object of lists.
    case records = "{records}"
    case rows = "{rows}"
    case columns = "{columns}"
    /// The names of the features.
    case names = "{names}"
    /// The only row of a request, as an object and as a list.
    case record = "{record}"
    case row = "{row}"

    /// Whether it has a place for one row only.
    var isSingle: Bool { self == .record || self == .row }

    func value(of rows: FeatureRows) -> JSONValue {
      switch self {
      case .records: rows.records
      case .rows: rows.lists
      case .columns: rows.lanes
      case .names: rows.nameList
      case .record: rows.count > 0 ? rows.record(0) : [:]
      case .row: rows.count > 0 ? rows.values(0) : []
      }
    }
  }

  /// Whether every row needs a request of its own.
  var isSingle: Bool { placeholders(in: body).contains { $0.isSingle } }

  func filled(with rows: FeatureRows) -> JSONValue { fill(body, rows) }

  private func fill(_ value: JSONValue, _ rows: FeatureRows) -> JSONValue {
    switch value {
    case .string(let text): Placeholder(rawValue: text)?.value(of: rows) ?? value
    case .array(let elements): .array(elements.map { fill($0, rows) })
    case .object(let object):
      .object(JSONObject(object.members.map { JSONObject.Member($0.key, fill($0.value, rows)) }))
    default: value
    }
  }

  private func placeholders(in value: JSONValue) -> [Placeholder] {
    switch value {
    case .string(let text): Placeholder(rawValue: text).map { [$0] } ?? []
    case .array(let elements): elements.flatMap { placeholders(in: $0) }
    case .object(let object): object.members.flatMap { placeholders(in: $0.value) }
    default: []
    }
  }

  static var shape: Shape<RequestTemplate> {
    Shape<JSONValue>.json.map { body, node, problems in
      let template = RequestTemplate(body: body)
      if template.placeholders(in: body).contains(where: { $0 != .names }) { return template }
      let names = Placeholder.allCases.map(\.rawValue).joined(separator: ", ")
      problems.report(
        "nothing in this body stands for the rows", at: node.location,
        help: ["write one of \(names) as a value: request: {inputs: \"{records}\"}"])
      return nil
    }
  }
}
