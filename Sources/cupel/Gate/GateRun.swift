internal import Dispatch
internal import JSON
internal import Synchronization
internal import Verdict

/// One run of the gate as a service: whoever asks for the same waits for the same verdict.
final class GateRun: Sendable {
  let question: GateService.Question
  private let start = ContinuousClock.now
  private let state = Mutex((step: "", verdict: GateVerdict?.none))
  private let end = DispatchGroup()

  init(_ question: GateService.Question) {
    self.question = question
    end.enter()
  }

  func note(_ step: String) { state.withLock { $0.step = step } }

  func finish(_ verdict: GateVerdict) {
    state.withLock { $0.verdict = verdict }
    end.leave()
  }

  /// Waits for the verdict, on a thread that may.
  func wait() -> GateVerdict {
    end.wait()
    return state.withLock { $0.verdict } ?? GateVerdict(RunResult(version: Cupel.version, startedAt: 0))
  }

  /// Where it is: `{"running":true,"seconds":12.5,"step":"delay-api: canary"}`.
  var progress: JSONValue {
    let seconds = Double((ContinuousClock.now - start) / .milliseconds(100)).rounded() / 10
    return .object(
      JSONObject([
        JSONObject.Member("running", .bool(true)),
        JSONObject.Member("select", .array(question.select.map { .string($0) })),
        JSONObject.Member("seconds", .number(JSONNumber(seconds))),
        JSONObject.Member("step", .string(state.withLock { $0.step })),
      ]))
  }
}
