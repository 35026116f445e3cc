/// The members of an object or the elements of an array that schemas have judged, for `unevaluatedProperties` and
/// `unevaluatedItems` (JSON Schema 2020-12, Core, section 11).
struct EvaluatedParts: Sendable {
  var names: Set<JSONKey> = []
  var indices: Set<Int> = []
  var areAll = false

  static let all: EvaluatedParts = {
    var parts = EvaluatedParts()
    parts.areAll = true
    return parts
  }()

  mutating func formUnion(_ other: EvaluatedParts) {
    names.formUnion(other.names)
    indices.formUnion(other.indices)
    areAll = areAll || other.areAll
  }
}
