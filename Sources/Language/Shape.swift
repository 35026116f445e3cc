internal import JSON
internal import Verdict

/// How one kind of value is written in the config: a decoder and its JSON Schema in one declaration.
///
/// Decoding never throws: it reports every problem it finds and returns nil when there is no usable value, so that
/// one run shows everything that is wrong.
package struct Shape<Value> {
  package var schema: Schema
  package var decode: (Node, inout Problems) -> Value?

  package init(_ schema: Schema, decode: @escaping (Node, inout Problems) -> Value?) {
    self.schema = schema
    self.decode = { node, problems in
      guard node.origin != .unavailable else {
        problems.noteFailure()
        return nil
      }
      return decode(node, &problems)
    }
  }

  /// A shape that is made when there is something to decode: a config writes few of the keys that it may.
  package static func deferred(_ shape: @escaping @Sendable () -> Shape) -> Shape {
    Shape(.deferred { shape().schema }) { node, problems in shape().decode(node, &problems) }
  }

  /// The decoded value turned into another; `transform` reports what is wrong with it and returns nil.
  package func map<Result>(_ transform: @escaping (Value, Node, inout Problems) -> Result?) -> Shape<Result> {
    Shape<Result>(schema) { node, problems in
      decode(node, &problems).flatMap { transform($0, node, &problems) }
    }
  }

  package func map<Result>(_ transform: @escaping (Value) -> Result) -> Shape<Result> {
    map { value, _, _ in transform(value) }
  }

  /// The value with the place where it stands.
  package var located: Shape<Located<Value>> {
    map { value, node, _ in Located(value, at: node.location) }
  }

  package var optional: Shape<Value?> { map { $0 } }

  /// The same shape, written once in the JSON Schema under that name.
  package func named(_ name: String) -> Shape { Shape(.definition(name, schema), decode: decode) }

  /// A list of such values.
  package var list: Shape<[Value]> {
    Shape<[Value]>(.list(schema)) { node, problems in
      guard case .sequence(let nodes) = node.content else {
        problems.report("expected a list, found \(node.kind)", at: node.location)
        return nil
      }
      let values = nodes.map { decode($0, &problems) }
      let usable = values.compactMap { $0 }
      return usable.count == values.count ? usable : nil
    }
  }

  /// A list, or one value in place of a list of one.
  package var oneOrMany: Shape<[Value]> {
    let many = list
    return Shape<[Value]>(.anyOf([schema, many.schema])) { node, problems in
      if case .sequence = node.content { return many.decode(node, &problems) }
      return decode(node, &problems).map { [$0] }
    }
  }

  /// A mapping from names of the user's choice to such values, in the order of the file.
  package var dictionary: Shape<[(name: Located<String>, value: Value)]> {
    Shape<[(name: Located<String>, value: Value)]>(.object([], open: schema)) { node, problems in
      guard case .mapping(let entries) = node.content else {
        problems.report("expected a mapping, found \(node.kind)", at: node.location)
        return nil
      }
      return entries.compactMap { entry in
        decode(entry.value, &problems).map { (Located(entry.key, at: entry.keyLocation), $0) }
      }
    }
  }

  /// The same whose names stand in findings and reports: none of them is blank.
  package var subjects: Shape<[(name: Located<String>, value: Value)]> {
    dictionary.map { entries, _, problems in
      for (name, _) in entries where name.value.allSatisfy(\.isWhitespace) {
        problems.report(
          "a name is missing", at: name.location, help: ["every finding and report says it: call it flights"])
      }
      return entries
    }
  }

  /// This shape for nodes that satisfy the test, the other for all the rest: for values with a short and a long form.
  package func when(_ test: @escaping (Node) -> Bool, otherwise other: Shape) -> Shape {
    Shape(.anyOf([schema, other.schema])) { node, problems in
      test(node) ? decode(node, &problems) : other.decode(node, &problems)
    }
  }
}

extension Node {
  /// Whether the node is a mapping: what most long forms are.
  package var isMapping: Bool { if case .mapping = content { true } else { false } }
  /// Whether the node is a list.
  package var isSequence: Bool { if case .sequence = content { true } else { false } }
  /// Whether the node is a number without a unit.
  package var isNumber: Bool {
    if case .scalar(let text, quoted: false) = content { Double(text) != nil } else { false }
  }
  /// The text of a scalar.
  var text: String? { if case .scalar(let text, _) = content { text } else { nil } }
}
