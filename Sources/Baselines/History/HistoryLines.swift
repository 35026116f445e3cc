internal import JSON

/// A history as JSON Lines: one run a line, in an order that follows from the contents, so that equal histories are equal
/// files.
///
/// ```json
/// {"project":"flights","subject":"data.flights","time":1767225600,"commit":"4d7a…","branch":"main","digest":"9f…",
///  "metrics":[{"check":"data.flights.anomaly_rows","metric":"rows","value":1000,"count":1000}]}
/// ```
package enum HistoryLines {
  /// What is wrong with a line.
  package struct Mistake: Error, Sendable, Hashable {
    /// The line, counted from 1.
    package var line: Int
    package var problem: String
  }

  /// The runs in an order of their own: by project, subject, time, commit, branch and digest.
  package static func text(_ runs: [HistoryRun]) -> String {
    func key(_ run: HistoryRun) -> (String, String, Int64) { (run.project, run.subject, run.time) }
    func name(_ run: HistoryRun) -> (String, String, String) { (run.commit, run.branch, run.digest) }
    let ordered = runs.sorted { key($0) != key($1) ? key($0) < key($1) : name($0) < name($1) }
    return ordered.map { JSONWriter.compact.string(json($0)) + "\n" }.joined()
  }

  /// Reads the text back. Empty lines are left out.
  package static func runs(in text: String) throws(Mistake) -> [HistoryRun] {
    var runs: [HistoryRun] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard !line.allSatisfy(\.isWhitespace) else { continue }
      do throws(Problem) {
        runs.append(try run(line))
      } catch {
        throw Mistake(line: index + 1, problem: error.words)
      }
    }
    return runs
  }

  private struct Problem: Error {
    var words: String
  }

  private static func json(_ run: HistoryRun) -> JSONValue {
    let metrics = run.metrics.map { metric -> JSONValue in
      var members: [JSONObject.Member] = [
        .init("check", .string(metric.check)), .init("metric", .string(metric.name)),
        .init("value", .number(JSONNumber(metric.value))), .init("count", .number(JSONNumber(Int64(metric.count)))),
      ]
      if !metric.basis.isEmpty { members.append(.init("basis", .string(metric.basis))) }
      return .object(JSONObject(members))
    }
    var members: [JSONObject.Member] = [
      .init("project", .string(run.project)), .init("subject", .string(run.subject)),
      .init("time", .number(JSONNumber(run.time))), .init("commit", .string(run.commit)),
      .init("branch", .string(run.branch)), .init("digest", .string(run.digest)),
    ]
    if !run.because.isEmpty { members.append(.init("because", .string(run.because))) }
    members.append(.init("metrics", .array(metrics)))
    return .object(JSONObject(members))
  }

  private static func run(_ line: Substring) throws(Problem) -> HistoryRun {
    let value: JSONValue
    do {
      value = try JSONParser.parse(Array(line.utf8))
    } catch {
      throw Problem(words: error.description)
    }
    guard case .object = value else { throw Problem(words: "expected a run as an object, found \(value.kind)") }
    func text(_ key: String) throws(Problem) -> String {
      guard let text = value[key]?.stringValue else { throw Problem(words: "\"\(key)\" is missing or no text") }
      return text
    }
    guard let time = value["time"]?.int64Value else {
      throw Problem(words: "\"time\" is missing or not in whole seconds since 1970")
    }
    guard let entries = value["metrics"]?.arrayValue else { throw Problem(words: "\"metrics\" is missing or no list") }
    var metrics: [HistoryMetric] = []
    for entry in entries { metrics.append(try metric(entry)) }
    let run = HistoryRun(
      project: try text("project"), subject: try text("subject"), time: time, commit: try text("commit"),
      branch: try text("branch"), digest: try text("digest"), because: value["because"]?.stringValue ?? "",
      metrics: metrics)
    guard !run.subject.isEmpty, !run.digest.isEmpty else {
      throw Problem(words: "\"subject\" and \"digest\" tell runs apart and cannot be empty")
    }
    return run
  }

  private static func metric(_ entry: JSONValue) throws(Problem) -> HistoryMetric {
    guard let check = entry["check"]?.stringValue, let name = entry["metric"]?.stringValue, !check.isEmpty,
      !name.isEmpty
    else { throw Problem(words: "a metric needs \"check\" and \"metric\", which are texts") }
    guard let value = entry["value"]?.doubleValue, value.isFinite else {
      throw Problem(words: "the \"value\" of \(name) is missing or no finite number")
    }
    guard let count = entry["count"]?.int64Value, count >= 0 else {
      throw Problem(words: "the \"count\" of \(name) is missing or no number of values")
    }
    return HistoryMetric(
      check: check, name: name, value: value, count: Int(count), basis: entry["basis"]?.stringValue ?? "")
  }
}
