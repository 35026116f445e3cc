// What a filter says about one node.

extension JSONPathEvaluator {
  /// Whether the expression is true of the current node.
  mutating func holds(_ filter: JSONPathFilter, _ current: JSONValue) throws(JSONPathEvaluationError) -> Bool {
    switch filter {
    case .any(let terms):
      for term in terms where try holds(term, current) { return true }
      return false
    case .all(let terms):
      for term in terms where try !holds(term, current) { return false }
      return true
    case .not(let term): return try !holds(term, current)
    case .exists(let query): return try !values(of: query, current: current, limit: 1).isEmpty
    case .match(let match): return try holds(match, current)
    case .comparison(let left, let comparison, let right):
      return comparison.holds(try value(of: left, current), try value(of: right, current))
    }
  }

  private mutating func holds(_ match: JSONPathMatch, _ current: JSONValue) throws(JSONPathEvaluationError) -> Bool {
    guard case .string(let text) = try value(of: match.text, current),
      case .string(let pattern) = try value(of: match.pattern, current)
    else { return false }
    return patterns.matches(text, pattern: pattern, full: match.isFull) ?? false
  }

  private mutating func value(
    of comparable: JSONPathComparable, _ current: JSONValue
  ) throws(JSONPathEvaluationError) -> JSONValue? {
    switch comparable {
    case .literal(let value): value
    case .query(let query): try values(of: query, current: current, limit: 1).first
    case .function(let function): try value(of: function, current)
    }
  }

  private mutating func value(
    of function: JSONPathFunction, _ current: JSONValue
  ) throws(JSONPathEvaluationError) -> JSONValue? {
    switch function {
    case .length(let argument):
      return JSONPathFunction.length(of: try value(of: argument, current))
    case .count(let query):
      return .number(JSONNumber(Int64(try count(of: query, current: current))))
    case .value(let query):
      let values = try values(of: query, current: current, limit: 2)
      return values.count == 1 ? values[0] : nil
    }
  }
}
