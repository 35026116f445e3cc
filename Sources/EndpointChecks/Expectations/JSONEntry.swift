internal import JSON
internal import Language
internal import Scan
internal import Verdict

/// One item of `json:` as it is written: a path and one claim.
struct JSONEntry {
  var id: Located<String>?
  var path: JSONPath?
  var claims: [Located<JSONClaim>] = []
  var limits = Limits()
  var tolerance: Located<Tolerance>?

  static var shape: Shape<JSONEntry> {
    let keys: [Key<JSONEntry>] = [
      .key("path", \.path, path.optional, "A JSONPath query (RFC 9535): $.outputs[0].name.", required: true),
      .optional("id", \.id, Shape<String>.name.located, "A name of its own for the check."),
      claim("equals", .json, "The value, as YAML; for a query that can select several, the list of them.") {
        .equals($0, nil)
      },
      .optional("tolerance", \.tolerance, Tolerance.shape.located, "How far numbers may lie from those of equals."),
      claim("type", type, "The JSON type.") { .type($0) },
      claim("matches", .pattern, "A pattern in RE2 syntax that the whole text matches.") { .matches($0) },
      claim("count", count, "How many values the query selects: a number or a limit.") { .count($0) },
      claim("exists", .bool, "Whether the query selects anything.") { .exists($0) },
    ]
    return Shape<JSONEntry>.object(
      JSONEntry(), keys + Shape<Limits>.keys(\.limits, of: .plain, equals: false), check: validate
    ).map { entry in entry.completed }
  }

  private static func claim<Value>(
    _ name: String, _ shape: Shape<Value>, _ documentation: String, make: @escaping (Value) -> JSONClaim
  ) -> Key<JSONEntry> {
    .each(name, shape, documentation) { value, node, entry in
      entry.claims.append(Located(make(value), at: node.keyLocation))
    }
  }

  /// The name of a type, of which YAML reads one as a null.
  private static var type: Shape<JSONClaim.JSONType> {
    Shape<JSONClaim.JSONType>(.type("null")) { _, _ in .null }
      .when({ $0.content == .scalar("null", quoted: false) }, otherwise: .choice)
  }

  private static var count: Shape<Bound> {
    let number = Shape<Int>.integer().map { Quantity(Double($0)) }
    let limits = Shape<Limits>.limits(of: number).map { limits, _, _ in limits.bound }
    return limits.when(\.isMapping, otherwise: number.map { .equals($0) })
  }

  private static func validate(_ entry: JSONEntry, _ node: Node, _ problems: inout Problems) {
    let claims = entry.completed.claims
    if claims.count != 1 {
      problems.report(
        claims.isEmpty ? "nothing is claimed about this path" : "this path has \(claims.count) claims",
        at: node.location,
        help: ["write one of equals, type, matches, at_least, at_most, between, count or exists for each entry"])
    }
    if entry.limits.bound != nil { Shape<Limits>.validate(entry.limits, node, &problems) }
    guard case .equals(let expected, let tolerance)? = claims.first?.value else {
      if let tolerance = entry.tolerance {
        problems.report("a tolerance needs equals beside it", at: tolerance.location)
      }
      return
    }
    if let path = entry.path, !path.isSingular, expected.arrayValue == nil {
      problems.report(
        "this path can select several values, and equals names one", at: claims.first?.location,
        help: ["write the list of all of them, or a path without '*', '..', slices and filters"])
    }
    if tolerance != nil, !expected.holdsNumber {
      problems.report("a tolerance needs numbers to compare", at: entry.tolerance?.location)
    }
  }

  /// The entry with its limits and its tolerance made part of the claims.
  private var completed: JSONEntry {
    var entry = self
    if let bound = limits.bound, let place = (limits.atLeast ?? limits.atMost)?.location {
      entry.claims.append(Located(.within(bound), at: place))
    }
    if let tolerance, case .equals(let value, _)? = entry.claims.first?.value {
      entry.claims[0].value = .equals(value, tolerance.value)
    }
    entry.limits = Limits()
    return entry
  }

  static var path: Shape<JSONPath> {
    Shape<String>.string.map { text, node, problems in
      do throws(JSONPathError) {
        return try JSONPath(text, patterns: RE2Patterns.shared)
      } catch {
        problems.report(
          "the JSONPath cannot be read", at: node.place(ofColumn: error.column, in: text), label: error.message,
          help: ["paths follow RFC 9535: $.outputs[0].name"])
        return nil
      }
    }
  }
}

extension JSONValue {
  /// Whether a number stands anywhere in it.
  fileprivate var holdsNumber: Bool {
    switch self {
    case .number: true
    case .array(let elements): elements.contains { $0.holdsNumber }
    case .object(let object): object.members.contains { $0.value.holdsNumber }
    case .null, .bool, .string: false
    }
  }
}

extension Node {
  /// The place of one column of a scalar's text, when the text stands in the file as it is; else that of the scalar.
  fileprivate func place(ofColumn column: Int, in text: String) -> SourceLocation {
    guard origin == .file, case .scalar(_, let quoted) = content else { return location }
    let start = location.column - 1 + (quoted ? 1 : 0)
    let line = location.lineText.unicodeScalars.dropFirst(start)
    guard line.starts(with: text.unicodeScalars) else { return location }
    return SourceLocation(
      file: location.file, line: location.line, column: start + column, lineText: location.lineText)
  }
}
