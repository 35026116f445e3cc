internal import Synchronization

/// What the server counts of its inferences, for Prometheus.
final class RequestMetrics: Sendable {
  private struct State {
    var requests: [Int: Int] = [:]
    var seconds = 0.0
  }

  private let state = Mutex(State())

  /// Takes an answer with its status and the time that it took.
  func note(_ status: Int, after time: Duration) {
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
    state.withLock { state in
      state.requests[status, default: 0] += 1
      state.seconds += seconds
    }
  }

  /// The text exposition format, version 0.0.4.
  func exposition(of model: String) -> String {
    let (requests, seconds) = state.withLock { ($0.requests, $0.seconds) }
    let name = "model=\"\(Self.escaped(model))\""
    var lines = [
      "# HELP inference_requests_total Inferences by the status of their answer.",
      "# TYPE inference_requests_total counter",
    ]
    // A counter that appears with its first event has no growth to show for it.
    for status in Set(requests.keys).union([200, 400]).sorted() {
      lines.append("inference_requests_total{\(name),status=\"\(status)\"} \(requests[status, default: 0])")
    }
    lines += [
      "# HELP inference_duration_seconds How long inferences took.",
      "# TYPE inference_duration_seconds summary",
      "inference_duration_seconds_sum{\(name)} \(seconds)",
      "inference_duration_seconds_count{\(name)} \(requests.values.reduce(0, +))",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func escaped(_ label: String) -> String {
    label.reduce(into: "") { text, character in
      switch character {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.append(character)
      }
    }
  }
}
