package import JSON

/// What values of JSON are, all of a column taken together: of which kinds, what their lists hold, and which members
/// their objects have.
package struct ValueShape: Sendable, Hashable {
  /// Values that have no parts.
  package enum Scalar: String, Sendable, CaseIterable {
    case integer, number, boolean, string
    /// A list or an object that lies too deep to be looked into.
    case nested
  }

  /// Beyond so many levels of lists and objects nothing is looked into: it bounds the memory.
  static let depthLimit = 4
  /// An object with more different members is a map: its keys are data, and no names.
  static let memberLimit = 32

  private var found: Set<Scalar> = []
  /// Whether a null is among them; of the values of a column none is, of the elements of a list one may be.
  package private(set) var hasNulls = false
  /// What the elements of all lists are together; empty when there is no list.
  private var elements: [ValueShape] = []
  private var objects: Objects?

  private indirect enum Objects: Sendable, Hashable {
    case members([ExactText: ValueShape])
    case map(ValueShape)
  }

  package init() {}

  /// Of single values all of one kind.
  package init(scalar: Scalar) { found = [scalar] }

  /// Of lists of such values.
  init(listsOf inside: ValueShape) { elements = [inside] }

  /// Of objects whose keys are data.
  init(mapsTo values: ValueShape) { objects = .map(values) }

  /// Of objects with these members.
  init(members: [(String, ValueShape)]) {
    objects = Self.together(Dictionary(members.map { (ExactText($0), $1) }) { first, _ in first })
  }

  /// Every integer is a number.
  package var scalars: Set<Scalar> { found.contains(.number) ? found.subtracting([.integer]) : found }
  package var hasLists: Bool { !elements.isEmpty }
  package var hasObjects: Bool { objects != nil }
  /// Whether there was no value but nulls.
  package var isEmpty: Bool { found.isEmpty && !hasLists && !hasObjects }

  package mutating func insert(_ scalar: Scalar) { found.insert(scalar) }

  package mutating func insert(_ value: JSONValue) { insert(value, depth: 0) }

  private mutating func insert(_ value: JSONValue, depth: Int) {
    switch value {
    case .null: hasNulls = true
    case .bool: insert(.boolean)
    case .string: insert(.string)
    case .number(let number): insert(Self.scalar(ofNumber: number.literal))
    case .array, .object:
      guard depth < Self.depthLimit else { return insert(.nested) }
      formUnion(Self.parts(of: value, depth: depth + 1))
    }
  }

  /// The shape of a list or an object, with what lies in it at a depth.
  private static func parts(of value: JSONValue, depth: Int) -> ValueShape {
    func shape(_ values: some Sequence<JSONValue>) -> ValueShape {
      values.reduce(into: ValueShape()) { $0.insert($1, depth: depth) }
    }
    guard let object = value.objectValue else { return ValueShape(listsOf: shape(value.arrayValue ?? [])) }
    return ValueShape(members: object.distinctMembers.map { ($0.key, shape(CollectionOfOne($0.value))) })
  }

  /// `1.0` is no integer: who writes it so means a number.
  package static func scalar(ofNumber literal: String) -> Scalar { Int64(literal) == nil ? .number : .integer }

  package mutating func formUnion(_ other: ValueShape) {
    found.formUnion(other.found)
    hasNulls = hasNulls || other.hasNulls
    if let inside = other.elements.first {
      if elements.isEmpty { elements = [inside] } else { elements[0].formUnion(inside) }
    }
    objects = Self.union(objects, other.objects)
  }

  func union(_ other: ValueShape) -> ValueShape {
    var both = self
    both.formUnion(other)
    return both
  }

  private static func union(_ one: Objects?, _ other: Objects?) -> Objects? {
    switch (one, other) {
    case (nil, let objects), (let objects, nil): objects
    case (.members(let a)?, .members(let b)?): together(a.merging(b) { $0.union($1) })
    case (.map(let values)?, .map(let others)?): .map(values.union(others))
    case (.map(let values)?, .members(let members)?), (.members(let members)?, .map(let values)?):
      .map(members.values.reduce(values) { $0.union($1) })
    }
  }

  private static func together(_ members: [ExactText: ValueShape]) -> Objects {
    members.count > memberLimit ? .map(members.values.reduce(ValueShape()) { $0.union($1) }) : .members(members)
  }
}

// MARK: - Words

extension ValueShape {
  /// The shape as a person calls it: `list<integer>`, `struct<a: number, b: string>`, `integer or list<string>`.
  package var words: String {
    var words = Scalar.allCases.filter(scalars.contains).map { $0 == .nested ? "list or object" : $0.rawValue }
    if let inside = elements.first { words.append(inside.isEmpty ? "list" : "list<\(inside.words)>") }
    switch objects {
    case nil: break
    case .map(let values): words.append("map<string, \(values.words)>")
    case .members(let members):
      let sorted = members.sorted { $0.key.string < $1.key.string }
      words.append("struct<\(sorted.map { "\($0.key.string): \($0.value.words)" }.joined(separator: ", "))>")
    }
    if hasNulls || words.isEmpty { words.append("null") }
    return words.joined(separator: " or ")
  }

  /// The one shape that all values have, in the words of `shape:`; nil when they have several.
  package var onlyShape: ShapeTest.Shape? {
    guard !scalars.contains(.nested) else { return nil }
    return switch (scalars.isEmpty, hasLists, hasObjects) {
    case (false, false, false): .scalar
    case (true, true, false): .list
    case (true, false, true): .map
    default: nil
    }
  }
}

// MARK: - Comparison

extension ValueShape {
  /// What a change of shape means to who reads values of the one: nothing; or that each of them is still what it was
  /// and others are there too; or that there are some that it cannot read.
  package enum Change: Comparable { case none, wider, other }

  /// The change from this shape to another. Of what has no values nothing is said.
  package func change(to other: ValueShape) -> Change {
    if isEmpty || other.isEmpty { return .none }
    if other.hasNulls, !hasNulls { return .other }
    return max(changeOfScalars(to: other), changeOfLists(to: other), changeOfObjects(to: other))
  }

  private func changeOfScalars(to other: ValueShape) -> Change {
    if scalars == other.scalars { return .none }
    guard scalars.contains(.integer), other.scalars.contains(.number) else { return .other }
    return scalars.subtracting([.integer]) == other.scalars.subtracting([.number]) ? .wider : .other
  }

  private func changeOfLists(to other: ValueShape) -> Change {
    guard let here = elements.first, let there = other.elements.first else {
      return hasLists == other.hasLists ? .none : .other
    }
    return here.change(to: there)
  }

  private func changeOfObjects(to other: ValueShape) -> Change {
    switch (objects, other.objects) {
    case (nil, nil): return .none
    case (.map(let here)?, .map(let there)?): return here.change(to: there)
    case (.members(let here)?, .map(let there)?):
      return here.values.reduce(.wider) { max($0, $1.change(to: there)) }
    case (.members(let here)?, .members(let there)?):
      let grown: Change = there.keys.allSatisfy { here[$0] != nil } ? .none : .wider
      return here.reduce(grown) { worst, member in
        max(worst, there[member.key].map { member.value.change(to: $0) } ?? .other)
      }
    default: return .other
    }
  }
}
