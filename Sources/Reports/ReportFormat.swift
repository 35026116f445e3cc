/// The reports there are, by the name that `--report NAME=PATH` takes.
package enum ReportFormat: String, Sendable, CaseIterable {
  case junit
  case json
  case markdown
  case terminal

  /// The report in its plain form; the terminal report has no colours.
  package var report: any Report {
    switch self {
    case .junit: JUnitReport()
    case .json: JSONReport()
    case .markdown: MarkdownReport()
    case .terminal: TerminalReport()
    }
  }

  /// One line for `--help`.
  package var summary: String {
    switch self {
    case .junit: "JUnit XML, valid for Jenkins and read alike by GitLab, Azure, GitHub actions and CircleCI"
    case .json: "one JSON document with everything; its schema is rules/result.schema.json"
    case .markdown: "a summary for a pull request comment or a CI step"
    case .terminal: "what is printed on standard output"
    }
  }
}
