internal import JSON
internal import Language

/// Makes a flat table out of a tree: keys are joined with dots.
///
/// A list whose elements have a name and a value is a list of metrics. The elements of another list of mappings have
/// their index for a name; a list of numbers is a curve or a matrix, not a metric.
struct MetricFlattener {
  /// What names a metric in a list of metrics, or in the header of a CSV file.
  static let nameKeys = ["metric", "name", "key"]
  /// More metrics than any report has; a file beyond it holds raw results.
  static let maximumCount = 100_000
  static let maximumDepth = 64
  private static let maximumPathLength = 1024

  private var entries: [MetricTable.Entry] = []

  static func table(of value: JSONValue) throws(MetricsFileError) -> MetricTable {
    var flattener = MetricFlattener()
    switch value {
    case .object, .array: try flattener.add(value, at: "")
    default: throw MetricsFileError("holds a single value instead of named metrics")
    }
    guard let harness = HarnessResults(value) else { return MetricTable(flattener.entries) }
    let facts = harness.facts
    return MetricTable(
      flattener.entries.map { .init($0.path, $0.value, facts[$0.path] ?? MetricFacts()) }, root: HarnessResults.root)
  }

  private mutating func add(_ value: JSONValue, at path: String) throws(MetricsFileError) {
    switch value {
    case .object(let object):
      for member in object.members { try add(member.value, at: Self.join(path, member.key)) }
    case .array(let elements):
      try add(elements, at: path)
    case .null: try add(.notANumber("null"), at: path)
    case .bool(let flag): try add(.notANumber(flag ? "true" : "false"), at: path)
    case .number(let number): try add(MetricValue(number.double), at: path)
    case .string(let text): try add(MetricValue(text: text), at: path)
    }
  }

  private mutating func add(_ elements: [JSONValue], at path: String) throws(MetricsFileError) {
    let objects = elements.compactMap { if case .object(let object) = $0 { object } else { nil } }
    guard objects.count == elements.count, !objects.isEmpty else { return try add(.notANumber("a list"), at: path) }
    for (index, object) in objects.enumerated() {
      if let name = Self.name(of: object), let value = object["value"] {
        try add(value, at: Self.join(path, name))
      } else {
        try add(.object(object), at: Self.join(path, String(index)))
      }
    }
  }

  private mutating func add(_ value: MetricValue, at path: String) throws(MetricsFileError) {
    guard entries.count < Self.maximumCount else { throw .tooManyValues }
    entries.append(MetricTable.Entry(path, value))
  }

  private static func name(of object: JSONObject) -> String? {
    for key in nameKeys {
      if case .string(let name)? = object[key] { return name }
    }
    return nil
  }

  private static func join(_ path: String, _ key: String) throws(MetricsFileError) -> String {
    // Also the bound on memory: a long key above many short ones would be copied into each of their paths.
    guard path.utf8.count + key.utf8.count < maximumPathLength else {
      throw MetricsFileError("has keys of more than \(maximumPathLength) bytes")
    }
    return path.isEmpty ? key : path + "." + key
  }

  /// The tree of a YAML document: its scalars stay text, which ``MetricValue`` reads as well.
  static func value(of node: Node) throws(MetricsFileError) -> JSONValue {
    try value(of: node, depth: 0)
  }

  private static func value(of node: Node, depth: Int) throws(MetricsFileError) -> JSONValue {
    guard depth <= maximumDepth else { throw MetricsFileError("is nested more than \(maximumDepth) deep") }
    switch node.content {
    case .scalar(let text, _): return node.isNull ? .null : .string(text)
    case .sequence(let nodes):
      var values: [JSONValue] = []
      for node in nodes { values.append(try value(of: node, depth: depth + 1)) }
      return .array(values)
    case .mapping(let entries):
      var members: [JSONObject.Member] = []
      for entry in entries { members.append(.init(entry.key, try value(of: entry.value, depth: depth + 1))) }
      return .object(JSONObject(members))
    }
  }
}

extension MetricsFileError {
  static let tooManyValues = MetricsFileError(
    "holds more than \(MetricFlattener.maximumCount) values",
    advice: "name the file with the summary, not the one with the raw results")
}
