package import JSON
package import Statistics

/// What a method answers to one key of a case's outputs.
package enum Answer: Sendable {
  case number(Double)
  case flag(Bool)
  case word(String)
  case list([Answer])
  case record([String: Answer])
  case undefined(Undefined)

  package static func numbers(_ values: [Double]) -> Answer { .list(values.map { .number($0) }) }
  package static func flags(_ values: [Bool]) -> Answer { .list(values.map { .flag($0) }) }
  package static func table(_ rows: [[Double]]) -> Answer { .list(rows.map { numbers($0) }) }
  package static func interval(_ interval: ConfidenceInterval) -> Answer { numbers([interval.lower, interval.upper]) }

  /// What the closure answers, or why that is undefined.
  package static func of(_ compute: () throws -> Double) throws -> Answer { try any { .number(try compute()) } }

  package static func any(_ compute: () throws -> Answer) throws -> Answer {
    do { return try compute() } catch let reason as Undefined { return .undefined(reason) }
  }
}

extension Answer {
  /// What differs from what is expected; nil when nothing does. A NaN, an infinity, null, the word `undefined…` and a
  /// library's error are answered by `undefined`.
  package func difference(from expected: JSONValue, _ vector: VectorCase, at path: String) -> String? {
    if case .undefined(let reason) = self {
      return Self.isUndefined(expected) ? nil : "\(path): undefined (\(reason)) instead of \(expected)"
    }
    // Where a library fails, ours may have an answer.
    if let word = expected.stringValue, word.hasPrefix("library error") { return nil }
    switch (self, expected) {
    case (.number(let ours), _):
      guard let theirs = try? VectorCase.number(expected, path), theirs.isFinite else {
        return "\(path): \(ours) instead of \(expected)"
      }
      let allowed = max(vector.relativeTolerance * theirs.magnitude, vector.absoluteTolerance)
      return (ours - theirs).magnitude <= allowed ? nil : "\(path): \(ours) instead of \(theirs)"
    case (.flag(let ours), .bool(let theirs)):
      return ours == theirs ? nil : "\(path): \(ours) instead of \(theirs)"
    case (.word(let ours), .string(let theirs)):
      return ours == theirs ? nil : "\(path): \(ours) instead of \(theirs)"
    case (.list(let ours), .array(let theirs)):
      guard ours.count == theirs.count else { return "\(path): \(ours.count) values instead of \(theirs.count)" }
      for (index, (one, other)) in zip(ours, theirs).enumerated() {
        if let difference = one.difference(from: other, vector, at: "\(path)[\(index)]") { return difference }
      }
      return nil
    case (.record(let ours), .object(let theirs)):
      for member in theirs.members {
        guard let one = ours[member.key] else { return "\(path).\(member.key): no answer" }
        if let difference = one.difference(from: member.value, vector, at: "\(path).\(member.key)") {
          return difference
        }
      }
      return nil
    default:
      return "\(path): \(self) instead of \(expected)"
    }
  }

  private static func isUndefined(_ expected: JSONValue) -> Bool {
    if let word = expected.stringValue {
      return ["NaN", "Infinity", "-Infinity"].contains(word) || word.hasPrefix("undefined")
        || word.hasPrefix("library error") || word.hasPrefix("ValueError")
    }
    if case .null = expected { return true }
    if let elements = expected.arrayValue { return !elements.isEmpty && elements.allSatisfy(isUndefined) }
    return false
  }
}
