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
      .key(
        "path", \.path, Shape<JSONPath>.jsonPath.optional, "A JSONPath query (RFC 9535): $.outputs[0].name.",
        required: true),
      .optional("id", \.id, Shape<String>.name.located, "A name of its own for the check."),
      claim("equals", .json, "The value, as YAML; for a query that can select several, the list of them.") {
        .equals($0, nil)
      },
      .optional("tolerance", \.tolerance, Tolerance.shape.located, "How far numbers may lie from those of equals."),
      claim("in", values, "The values that may stand there, as YAML.") { .among($0) },
      claim("not_in", values, "The values that may not stand there, as YAML.") { .notAmong($0) },
      claim("type", type, "The JSON type.") { .type($0) },
      claim("above", .number, "The number is larger than this.") { .above($0) },
      claim("below", .number, "The number is smaller than this.") { .below($0) },
      claim("format", format, "A named format of the rule language: email, uuid, timestamp, …") { .format($0.0, $0.1) },
      claim("includes", .json, "An element of the array, as YAML.") { .includes($0) },
      claim("length", limits, "Characters of a text, elements of an array or members of an object.") { .length($0) },
      claim("schema", SchemaClaim.shape, "A JSON Schema (draft 2020-12), as YAML or in a file.") { .schema($0) },
      claim("count", count, "How many values the query selects: a number or a limit.") { .count($0) },
      claim("exists", .bool, "Whether the query selects anything.") { .exists($0) },
    ]
    let texts: [Key<JSONEntry>] = TextClaim.keys { claim, node, entry in
      entry.claims.append(Located(.text(claim), at: node.keyLocation))
    }
    return Shape<JSONEntry>.object(
      JSONEntry(), keys + texts + Shape<Limits>.keys(\.limits, of: .plain, equals: false), check: validate
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

  private static var values: Shape<[JSONValue]> {
    Shape<JSONValue>.json.list.map { values, node, problems in
      if !values.isEmpty { return values }
      problems.report("the list is empty", at: node.location)
      return nil
    }
  }

  private static var format: Shape<(TextFormat, TextTest.Predicate)> {
    let formats = TextFormat.all.filter { !$0.needsOption }
    return Shape<(TextFormat, TextTest.Predicate)>(.words(formats.map(\.name))) { node, problems in
      guard let name = Shape<String>.string.decode(node, &problems) else { return nil }
      if let format = formats.first(where: { $0.name == name }), let test = try? format.test(nil) {
        return (format, test)
      }
      let near = nearest(name, among: formats.map(\.name))
      problems.report(
        "\(node.kind) is not one of \(formats.map(\.name).joined(separator: ", "))", at: node.location,
        label: near.map { "did you mean \"\($0)\"?" })
      return nil
    }
  }

  private static var count: Shape<Bound> {
    limits.map { bound, node, problems in
      guard case .atLeast(let least) = bound, least.value <= 0 else { return bound }
      problems.report("a count is always at least 0, so this could not fail", at: node.location)
      return nil
    }
  }

  /// A number of things, or limits of it.
  private static var limits: Shape<Bound> {
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
        help: [
          "write one of equals, in, type, matches, at_least, at_most, between, schema, count or exists for each entry"
        ])
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
