/// A parsed query: where it starts, and its segments.
struct JSONPathQuery: Sendable {
  /// `$` or `@`.
  enum Start: Sendable {
    case root
    case current
  }

  let start: Start
  let segments: [JSONPathSegment]

  /// Whether it selects at most one node by its form: names and indices only.
  var isSingular: Bool {
    segments.allSatisfy { segment in
      guard !segment.isDescendant, segment.selectors.count == 1 else { return false }
      switch segment.selectors[0] {
      case .name, .index: return true
      case .wildcard, .slice, .filter: return false
      }
    }
  }
}

/// `[...]`, which selects among the children of a node, or `..[...]`, which does so for all its descendants too.
struct JSONPathSegment: Sendable {
  let isDescendant: Bool
  let selectors: [JSONPathSelector]
}

/// What selects children of a node.
enum JSONPathSelector: Sendable {
  case name(String)
  case wildcard
  case index(Int)
  case slice(JSONPathSlice)
  case filter(JSONPathFilter)
}

/// `start:end:step` (RFC 9535 section 2.3.4).
struct JSONPathSlice: Sendable {
  let start: Int?
  let end: Int?
  let step: Int

  /// The selected indices of an array with that many elements, in order. All bounds lie within ±2^53, so that sums fit.
  func indices(count: Int) -> StrideTo<Int> {
    func normalized(_ index: Int) -> Int { index >= 0 ? index : count + index }
    if step > 0 {
      let lower = min(max(normalized(start ?? 0), 0), count)
      let upper = min(max(normalized(end ?? count), 0), count)
      return stride(from: lower, to: upper, by: step)
    }
    guard step < 0 else { return stride(from: 0, to: 0, by: 1) }
    let upper = min(max(start.map(normalized) ?? count - 1, -1), count - 1)
    let lower = min(max(end.map(normalized) ?? -1, -1), count - 1)
    return stride(from: upper, to: lower, by: step)
  }
}
