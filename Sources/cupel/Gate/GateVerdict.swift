internal import JSON
internal import Serving
internal import Verdict

/// The verdict of a run for a service that asked: one word, the exit code that the run would have, and the reason.
struct GateVerdict: Sendable {
  let status: ExitStatus
  let reason: String
  private let document: JSONValue

  /// How many findings are told.
  private static let shown = 20

  /// - Parameter select: what was asked for; nothing for all checks.
  init(_ result: RunResult, of select: [String] = []) {
    status = result.exitStatus
    let telling = result.findings.filter { $0.outcome != .passed && $0.outcome != .skipped }
    let counts = [Outcome.passed, .failed, .inconclusive, .errored, .skipped]
      .map { (outcome: $0, count: result.count($0)) }.filter { $0.count > 0 }
    let words = counts.map { "\($0.count) \($0.outcome.rawValue)" }.joined(separator: ", ")
    let first: String
    if let diagnostic = result.diagnostics.first {
      // What stands nowhere in the config is wrong with the question.
      let what = diagnostic.location == nil ? "nothing was checked: " : "the config is broken: "
      first = what + diagnostic.headline + (diagnostic.location.map { " (\($0))" } ?? "")
    } else if let worst = Self.worst(telling, of: status) {
      first = "\(worst.id) \(worst.outcome.rawValue): \(worst.message)"
    } else if status == .nothingChecked, result.findings.isEmpty, !select.isEmpty {
      let names = select.joined(separator: ",")
      first = "nothing was checked: no check is selected by \(names.prefix(200))"
    } else {
      first = status == .passed ? words : status.meaning
    }
    reason = status == .passed || telling.isEmpty ? first : "\(words); \(first)"
    let findings = telling.prefix(Self.shown).map { finding in
      JSONValue.object(
        JSONObject([
          JSONObject.Member("id", .string(finding.id.description)),
          JSONObject.Member("outcome", .string(finding.outcome.rawValue)),
          JSONObject.Member("severity", .string(finding.severity.rawValue)),
          JSONObject.Member("message", .string(finding.message)),
        ]))
    }
    document = .object(
      JSONObject([
        JSONObject.Member("outcome", .string(Self.word(status))),
        JSONObject.Member("exit_code", .number(JSONNumber(Int64(status.rawValue)))),
        JSONObject.Member("reason", .string(reason)),
        JSONObject.Member(
          "counts",
          .object(
            JSONObject(
              counts.map { JSONObject.Member($0.outcome.rawValue, .number(JSONNumber(Int64($0.count)))) }))),
        JSONObject.Member("findings", .array(findings)),
      ]))
  }

  /// The finding that the status is from.
  private static func worst(_ findings: [Finding], of status: ExitStatus) -> Finding? {
    let outcome: Outcome? =
      switch status {
      case .errored: .errored
      case .failed: .failed
      case .inconclusive: .inconclusive
      default: nil
      }
    return findings.first { $0.outcome == outcome && $0.severity == .block } ?? findings.first { $0.outcome == outcome }
  }

  private static func word(_ status: ExitStatus) -> String {
    switch status {
    case .passed: "passed"
    case .failed: "failed"
    case .inconclusive: "inconclusive"
    case .nothingChecked: "nothing-checked"
    case .interrupted, .terminated: "interrupted"
    case .usage, .errored, .reportNotWritten, .internalError: "errored"
    }
  }

  /// 200 when the gate passes, else 412.
  ///
  /// - Parameter always: whether passed, failed and inconclusive are all told with 200, for whoever reads the outcome.
  func response(always: Bool) -> HTTPService.Response {
    let isVerdict = [.passed, .failed, .inconclusive].contains(status)
    let isGood = status == .passed || always && isVerdict
    let isInterrupted = status == .interrupted || status == .terminated
    return HTTPService.Response(isGood ? 200 : isInterrupted ? 503 : 412, JSONWriter.compact.string(document))
  }
}
