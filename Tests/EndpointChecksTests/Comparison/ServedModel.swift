import JSON
import Synchronization
import Testing

@testable import EndpointChecks

/// A model behind a scripted server that speaks the Open Inference Protocol: `p` is the input `x` / 100, and `label` says
/// whether that is at least a half. Faults are put in by changing its answers.
struct ServedModel: Sendable {
  /// One answer of the model: the score and the label of each row of a request.
  var change: @Sendable (_ scores: [Double], _ request: Int) -> [Double] = { scores, _ in scores }
  var datatype = "FP64"
  /// Whether it has no label beside the score.
  var isScoreOnly = false
  /// How a score is written.
  var spell: @Sendable (Double) -> String = { "\($0)" }

  static let metadata =
    #"{"name":"m","versions":["1"],"inputs":[{"name":"x","datatype":"FP64","shape":[-1]}],"#
    + #""outputs":[{"name":"p","datatype":"FP64","shape":[-1]},{"name":"label","datatype":"BYTES","shape":[-1]}]}"#

  func serve() throws -> ScriptedServer {
    let count = Counter()
    return try ScriptedServer { request in
      guard request.line.hasPrefix("POST") else { return .reply(200, Self.metadata) }
      let body = try? JSONParser.parse(request.body)
      let input = body?["inputs"]?[0]
      let elements = (input?["data"]?.flattened ?? []).map { $0.doubleValue ?? .nan }
      let scores = change(elements.map { $0 / 100 }, count.next())
      let labels = scores.map { $0 >= 0.5 ? "\"late\"" : "\"early\"" }
      func list(_ texts: [String]) -> String { "[" + texts.joined(separator: ",") + "]" }
      let label =
        #",{"name":"label","shape":[\#(scores.count)],"datatype":"BYTES","data":\#(list(labels))}"#
      return .reply(
        200,
        #"{"model_name":"m","id":"cupel","outputs":[{"name":"p","shape":[\#(scores.count)],"datatype":"\#(datatype)","#
          + #""data":\#(list(scores.map(spell)))}\#(isScoreOnly ? "" : label)]}"#)
    }
  }

  /// The config of an endpoint on the server.
  static func config(_ server: ScriptedServer, rows: String, _ check: String) -> String {
    "{url: '\(server.url)', protocol: open-inference-v2, model: m, rows: \(rows), checks: [\(check)]}"
  }

  /// Rows with these values of `x`.
  static func rows(_ values: some Sequence<Int>) -> String {
    "[" + values.map { "{x: \($0)}" }.joined(separator: ", ") + "]"
  }
}

/// Counts from one thread after another.
// The scripted server answers on several queues.
final class Counter: Sendable {
  private let value = Mutex(0)

  /// How often it was asked before.
  func next() -> Int {
    value.withLock { count in
      defer { count += 1 }
      return count
    }
  }
}
