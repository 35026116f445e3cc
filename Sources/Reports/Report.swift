package import Verdict

/// One form of a run's result. A report shows numbers; it computes none (those stand in ``RunSummary``).
package protocol Report: Sendable {
  /// The whole document, as it is written to a file or to standard output.
  func render(_ result: RunResult) throws(ReportError) -> [UInt8]

  /// Reads a finished document back and refuses it when a reader would.
  func check(_ document: [UInt8]) throws(ReportError)
}

extension Report {
  /// Plain text has no grammar to break.
  package func check(_ document: [UInt8]) throws(ReportError) {}
}
