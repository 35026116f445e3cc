/// The logical expression of a filter selector (RFC 9535 section 2.3.5).
indirect enum JSONPathFilter: Sendable {
  case any([JSONPathFilter])
  case all([JSONPathFilter])
  case not(JSONPathFilter)
  case exists(JSONPathQuery)
  case match(JSONPathMatch)
  case comparison(JSONPathComparable, JSONPathOperator, JSONPathComparable)
}

/// One side of a comparison, or an argument of type value: one value or nothing.
indirect enum JSONPathComparable: Sendable {
  case literal(JSONValue)
  /// A singular query.
  case query(JSONPathQuery)
  case function(JSONPathFunction)
}

/// A comparison operator.
enum JSONPathOperator: Sendable {
  case equal
  case notEqual
  case less
  case lessOrEqual
  case greater
  case greaterOrEqual

  /// Compares two values or nothings as section 2.3.5.2.2 says: order exists among numbers and among strings only.
  func holds(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: Self.less(left, right)
    case .lessOrEqual: Self.less(left, right) || left == right
    case .greater: Self.less(right, left)
    case .greaterOrEqual: Self.less(right, left) || left == right
    }
  }

  private static func less(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): left < right
    // The order of UTF-8 bytes is the order of code points.
    case (.string(let left), .string(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
    default: false
    }
  }
}
