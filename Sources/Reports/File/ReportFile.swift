package import Verdict

/// Writes reports so that a reader sees the old one or the new one, and never half of either.
package enum ReportFile {
  /// Renders a report and puts it into the file, missing folders included.
  ///
  /// It is written beside its place, read back, checked, flushed to the disk and renamed. When any of that fails, an
  /// earlier report stays as it was.
  package static func write(
    _ report: any Report, of result: RunResult, to path: String
  ) throws(ReportError) {
    let document = try report.render(result)
    try write(document, to: path) { written throws(ReportError) in try report.check(written) }
  }

  /// Puts a finished document into the file; `check` sees the bytes as they were read back.
  package static func write(
    _ document: [UInt8], to path: String, check: ([UInt8]) throws(ReportError) -> Void = { _ in }
  ) throws(ReportError) {
    do {
      let target = try AtomicFile(path: path)
      guard target.isReplaceable else {
        try check(document)
        return try target.writeDirectly(document)
      }
      try target.replace(with: document) { written in
        guard written == document else {
          throw ReportError.rejected("the file on the disk differs from what was written")
        }
        try check(written)
      }
    } catch let error as ReportError {
      throw error
    } catch let error as AtomicFile.Failure {
      throw .notWritten(path: TextSafety.inline(path), reason: error.reason, advice: error.advice)
    } catch {
      throw .notWritten(path: TextSafety.inline(path), reason: "\(error)", advice: "Choose another path.")
    }
  }
}
