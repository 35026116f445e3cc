internal import Config
internal import Reports
internal import Verdict

/// The tables of a calibration as a report. The forms that have no tables hold a case for each row of them.
struct CalibrationReport: Report {
  let tables: [CalibrationTable]
  let format: ReportFormat
  let redaction: Redaction

  func render(_ result: RunResult) throws(ReportError) -> [UInt8] {
    switch format {
    case .markdown: utf8("## Cupel: calibration\n\n" + tables.map(\.markdown).joined(separator: "\n"))
    case .terminal: utf8(tables.map { $0.lines.joined(separator: "\n") + "\n" }.joined(separator: "\n"))
    case .junit, .json: try format.report.render(result)
    }
  }

  func check(_ document: [UInt8]) throws(ReportError) {
    if format == .junit || format == .json { try format.report.check(document) }
  }

  private func utf8(_ text: String) -> [UInt8] { Array(redaction.redact(text).utf8) }
}
