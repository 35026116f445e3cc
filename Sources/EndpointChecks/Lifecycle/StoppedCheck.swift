internal import Processes
internal import Verdict

/// The started endpoint left in order when it was asked to.
struct StoppedCheck: Sendable {
  var limit: Quantity

  /// What was seen while it was stopped.
  struct Report: Sendable {
    /// How the process had ended before it was asked to; nil when it was still running.
    var exitBefore: ProcessExit?
    var drain: DrainReport
    var port: UInt16
    /// Something still accepted connections on the port afterwards.
    var portIsOpen: Bool
    /// The container was still there afterwards and had to be removed.
    var containerWasLeft = false
    var log = LogTail()
  }

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "stopped",
    summary:
      "The started process ran until it was asked to stop, left within stop_within after TERM with all that it had "
      + "started, and its port is closed. TERM goes to its process group; with term: leader to the process alone, as "
      + "orchestrators of containers do. What it had started is found by its group and by its environment: a process that "
      + "has given up both is not.",
    why:
      "An orchestrator stops servers with TERM and kills those that do not listen, together with the requests that they "
      + "were answering. Workers that outlive their parent hold the port and the memory of the next deployment.",
    example: "start: {command: [serve-model, --port, \"{port}\"], stop_within: 5s}",
    fix: "Handle TERM in the server, and pass it on to its workers. A wrapper script should exec the server.")

  func judge(_ report: Report) -> Judgement {
    let duration = Quantity(of: report.drain.duration)
    let evidence = Evidence(observed: duration, limit: .atMost(limit), notes: ReadyCheck.notes(on: report.log))
    if let fault = fault(in: report) { return Judgement(.failed, fault, evidence: evidence) }
    return Judgement(
      .passed, "stopped after \(duration), and so did all that was found of what it had started",
      evidence: Evidence(observed: duration, limit: .atMost(limit)))
  }

  private func fault(in report: Report) -> String? {
    if case .survived(let processes) = report.drain.outcome {
      return "could not be killed, still there: process \(processes.map { String($0) }.joined(separator: ", "))"
    }
    if let exit = report.exitBefore {
      let isAlone = report.drain.outcome == .wasGone && report.drain.strays.isEmpty
      let orphans = isAlone ? "" : ", and left processes behind that had to be ended"
      return "the process \(exit) before it was asked to stop\(orphans)"
    }
    if case .killed(let count) = report.drain.outcome {
      let processes = count == 1 ? "1 process was" : "\(count) processes were"
      return "\(processes) still there \(limit) after TERM and had to be killed\(Self.list(report.drain.killed))"
    }
    if !report.drain.strays.isEmpty {
      return "left processes behind outside its process group, which had to be killed\(Self.list(report.drain.strays))"
    }
    if report.containerWasLeft { return "the container was still there after its end and had to be removed" }
    if report.portIsOpen { return "port \(report.port) is still open: something outside the process group holds it" }
    return nil
  }

  /// The first few of some processes by name.
  private static func list(_ processes: [String]) -> String {
    guard !processes.isEmpty else { return "" }
    let more = processes.count > 5 ? " and \(processes.count - 5) more" : ""
    return ": " + processes.prefix(5).joined(separator: ", ") + more
  }
}
