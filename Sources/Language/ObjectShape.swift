package import Verdict

/// One key of an object in the config: its name, its meaning, its shape, and where the value goes.
package struct Key<Root> {
  package var name: String
  package var isRequired: Bool
  package var schema: Schema
  let store: (Node.Entry, inout Root, inout Problems) -> Void

  private init(
    _ name: String, _ schema: Schema, required: Bool,
    store: @escaping (Node.Entry, inout Root, inout Problems) -> Void
  ) {
    self.name = name
    self.isRequired = required
    self.schema = schema
    self.store = store
  }

  private init(
    _ name: String, _ schema: Schema, _ documentation: String, required: Bool,
    store: @escaping (Node.Entry, inout Root, inout Problems) -> Void
  ) {
    self.init(name, .described(schema, documentation), required: required, store: store)
  }

  /// The same key of an object that holds this one as a part.
  package func within<Whole>(_ part: WritableKeyPath<Whole, Root>) -> Key<Whole> {
    let store = store
    return Key<Whole>(name, schema, required: isRequired) { entry, whole, problems in
      store(entry, &whole[keyPath: part], &problems)
    }
  }

  /// A key whose value replaces the default that the root was made with.
  package static func key<Value>(
    _ name: String, _ path: WritableKeyPath<Root, Value>, _ shape: Shape<Value>, _ documentation: String,
    required: Bool = false
  ) -> Key {
    Key(name, shape.schema, documentation, required: required) { entry, root, problems in
      if let value = shape.decode(entry.value, &problems) { root[keyPath: path] = value }
    }
  }

  /// A key that may be left out.
  package static func optional<Value>(
    _ name: String, _ path: WritableKeyPath<Root, Value?>, _ shape: Shape<Value>, _ documentation: String
  ) -> Key {
    Key(name, shape.schema, documentation, required: false) { entry, root, problems in
      if let value = shape.decode(entry.value, &problems) { root[keyPath: path] = value }
    }
  }

  /// A key that does something else with its value than store it: append a check, for example.
  package static func each<Value>(
    _ name: String, _ shape: Shape<Value>, _ documentation: String,
    store: @escaping (Value, Node.Entry, inout Root) -> Void
  ) -> Key {
    Key(name, shape.schema, documentation, required: false) { entry, root, problems in
      if let value = shape.decode(entry.value, &problems) { store(value, entry, &root) }
    }
  }
}

extension Shape {
  /// An object with exactly these keys. Unknown keys, and required ones that are missing, are problems.
  ///
  /// - Parameters:
  ///   - refused: keys that others have and this one does not, each with the reason.
  ///   - keepsGoing: whether what could be read is the value although there are problems, so that later stages find
  ///     theirs in the same go. Whoever decodes must look at the problems before using the value.
  ///   - check: says what is wrong with the object as a whole, once all keys are read.
  package static func object(
    _ initial: Value, _ keys: [Key<Value>], refused: [String: String] = [:], keepsGoing: Bool = false,
    check: @escaping (Value, Node, inout Problems) -> Void = { _, _, _ in }
  ) -> Shape {
    let properties = keys.map { Schema.Property(name: $0.name, schema: $0.schema, isRequired: $0.isRequired) }
    return Shape(.object(properties, open: nil)) { node, problems in
      guard case .mapping(let entries) = node.content else {
        let names = keys.prefix(3).map { "\"\($0.name)\"" }.joined(separator: ", ")
        let limit = node.isNumber && keys.contains { $0.name == "at_least" } ? node.text : nil
        problems.report(
          "expected a mapping with keys such as \(names), found \(node.kind)", at: node.location,
          help: limit.map { ["a limit says which one it is: {at_least: \($0)}"] } ?? [])
        return nil
      }
      var value = initial
      let before = problems.failures
      for entry in entries {
        guard let key = keys.first(where: { $0.name == entry.key }) else {
          let reason = refused[entry.key].map { Diagnostic($0, at: entry.keyLocation) }
          problems.report(reason ?? unknownKey(entry, among: keys.map(\.name)))
          continue
        }
        key.store(entry, &value, &problems)
      }
      for key in keys where key.isRequired && node[key: key.name] == nil {
        problems.report("the key \"\(key.name)\" is missing here", at: node.location)
      }
      if problems.failures == before { check(value, node, &problems) }
      return keepsGoing || problems.failures == before ? value : nil
    }
  }
}

/// The diagnostic for a key that an object does not have, with the nearest one that it has.
package func unknownKey(_ entry: Node.Entry, among names: [String]) -> Diagnostic {
  let headline = "unknown key \"\(entry.key)\""
  let sides = entry.key.split(separator: ":", maxSplits: 1).map(String.init)
  if entry.value.isNull, sides.count == 2, names.contains(sides[0]) {
    return Diagnostic(
      headline, at: entry.keyLocation, help: ["a colon needs a space behind it: \(sides[0]): \(sides[1])"])
  }
  if let near = nearest(entry.key, among: names) {
    return Diagnostic(headline, at: entry.keyLocation, label: "did you mean \"\(near)\"?")
  }
  if entry.value.isNull, entry.keyLocation.followsComma {
    return Diagnostic(
      headline, at: entry.keyLocation, label: "the comma before this ends the value",
      help: ["put an expression that holds a comma in double quotes: \"coalesce(a, 0) > 0\""])
  }
  let some = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
  return Diagnostic(headline, at: entry.keyLocation, help: ["allowed here: \(some)"])
}

extension SourceLocation {
  /// Whether a comma stands before it in its line: within braces, that is what ended the entry before.
  fileprivate var followsComma: Bool {
    lineText.unicodeScalars.prefix(max(0, column - 1)).last { $0 != " " } == ","
  }
}
