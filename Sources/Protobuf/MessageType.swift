/// The type of a message in Protocol Buffers, version 3: what its bytes are written and read by.
///
/// A message itself is a `JSONValue`, an object with the fields by their names, so that one document serves the wire,
/// the checks and whoever sends it again by hand.
package struct MessageType: Sendable {
  package let name: String
  package let fields: [Field]
  /// The name of the `oneof` that all the fields stand in; nil for fields that stand side by side.
  package let oneof: String?

  package init(_ name: String, oneof: String? = nil, _ fields: [Field]) {
    self.name = name
    self.oneof = oneof
    self.fields = fields
  }

  /// One field.
  package struct Field: Sendable {
    package let number: Int
    package let name: String
    package let kind: Kind
    package let cardinality: Cardinality

    package init(_ number: Int, _ name: String, _ kind: Kind, _ cardinality: Cardinality = .single) {
      self.number = number
      self.name = name
      self.kind = kind
      self.cardinality = cardinality
    }
  }

  /// How often a field may be there.
  package enum Cardinality: Sendable {
    case single, repeated
    /// By a text as key.
    case map
  }

  /// What a field holds.
  package indirect enum Kind: Sendable {
    case bool, int32, int64, uint32, uint64, float, double, string, bytes
    case enumeration(EnumerationType)
    case message(MessageType)
  }

  func field(_ number: Int) -> Field? { fields.first { $0.number == number } }
  func field(_ name: String) -> Field? { fields.first { $0.name == name } }
}

/// The type of an enumeration: its names, numbered from 0.
package struct EnumerationType: Sendable {
  package let name: String
  package let cases: [String]

  package init(_ name: String, _ cases: [String]) {
    self.name = name
    self.cases = cases
  }
}
