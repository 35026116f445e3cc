/// Why there is no report: what happened, where, and what to do next.
package enum ReportError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Two findings have one identity, so that no CI system could tell them apart: a bug in Cupel or a missing `id:`.
  case duplicateIdentity(String)
  /// The document could not be made.
  case notRendered(String)
  /// The finished document failed its own check, so it did not replace the report that was there.
  case rejected(String)
  /// The file could not be written.
  case notWritten(path: String, reason: String, advice: String)

  package var description: String {
    switch self {
    case .duplicateIdentity(let identity):
      "Two checks share the identity \(identity). Give one of them an `id:` of its own."
    case .notRendered(let reason): "The report could not be made: \(reason)"
    case .rejected(let reason):
      "The report failed its own check, and an earlier report was left as it is. This is a bug in Cupel: \(reason)"
    case .notWritten(let path, let reason, let advice): "Cannot write the report \(path): \(reason). \(advice)"
    }
  }
}
