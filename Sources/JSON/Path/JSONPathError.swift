/// Why a text is not a JSONPath query, and where.
package struct JSONPathError: Error, Equatable, Sendable {
  /// The query as written.
  package let path: String
  /// UTF-8 bytes before the fault.
  package let offset: Int
  /// The column of the fault in code points, from 1: where a caret belongs.
  package let column: Int
  /// What was expected and what was found.
  package let message: String

  init(_ fault: JSONScanner.Fault, in path: String) {
    self.path = path
    offset = fault.offset
    column = path.utf8.prefix(fault.offset).count { $0 & 0xC0 != 0x80 } + 1
    message = fault.message
  }
}

extension JSONPathError: CustomStringConvertible {
  /// Place and message in one line.
  package var description: String {
    "JSONPath, column \(column): \(message)"
  }
}

/// Why a query was not evaluated to its end.
package enum JSONPathEvaluationError: Error, Equatable, Sendable {
  /// The query visited more values than allowed.
  case tooManyVisits(limit: Int)
}

extension JSONPathEvaluationError: CustomStringConvertible {
  /// What happened and what to do.
  package var description: String {
    switch self {
    case .tooManyVisits(let limit):
      "the JSONPath query visits more than \(limit) values of this document; use fewer '..' and '*'"
    }
  }
}
