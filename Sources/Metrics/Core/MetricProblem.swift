/// What is wrong with how a metric is asked for. Nothing has been computed.
package enum MetricProblem: Error, Hashable, Sendable {
  /// No metric of the task has this name; the nearest name, and the tasks that do have it.
  case unknownMetric(String, task: MetricTask, nearest: String?, tasks: [MetricTask])
  /// The metric has no such parameter; those that it has.
  case unknownParameter(String, metric: String, known: [String])
  /// The metric needs this parameter.
  case missingParameter(String, metric: String)
  /// The parameter's value is not what it expects, which is said.
  case badParameter(String, metric: String, expects: String)
}

extension MetricProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownMetric(let name, let task, let nearest, let tasks):
      if tasks.isEmpty {
        "there is no metric \"\(name)\"" + (nearest.map { "; did you mean \"\($0)\"?" } ?? "")
      } else {
        "the metric \"\(name)\" is not one of \(task.rawValue) rows, but of \(Self.list(tasks.map(\.rawValue)))"
      }
    case .unknownParameter(let name, let metric, let known):
      "\(metric) has no parameter \"\(name)\"; it has \(Self.list(known))"
    case .missingParameter(let name, let metric): "\(metric) needs the parameter \"\(name)\""
    case .badParameter(let name, let metric, let expects): "\(name) of \(metric) must be \(expects)"
    }
  }

  private static func list(_ words: [String]) -> String {
    words.count < 2
      ? words.joined() : words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
  }
}
