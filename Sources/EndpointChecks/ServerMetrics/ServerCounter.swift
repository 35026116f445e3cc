internal import JSON
internal import Language
internal import Transport

/// What a server counts of the requests that it answers, and where it tells.
struct ServerCounter: Sendable {
  /// Another port of the same host; nil for the endpoint's own.
  var port: UInt16?
  var path: String
  var reading: Reading

  /// How the count is read from a reply.
  enum Reading: Sendable {
    /// A metric in the text format of Prometheus.
    case metric(MetricSelector)
    /// Triton's statistics of a model.
    case statistics(model: String)
  }

  /// The requests that were answered well, and those that failed where the server tells.
  struct Count: Sendable, Equatable {
    var answered: Double
    var failed: Double?
  }

  /// Why a reply tells no count.
  struct Absent: Error {
    var message: String
    /// Whether the server told something, and not this.
    var wasRead = false
  }

  /// What is counted, in words.
  var name: String {
    switch reading {
    case .metric(let selector): selector.description
    case .statistics(let model): "inference_stats of \(model)"
    }
  }

  func count(in reply: Reply) throws(Absent) -> Count {
    guard reply.response.status == 200 else {
      throw Absent(message: "\(path) is answered with \(reply.response.status)")
    }
    switch reading {
    case .metric(let selector): return try metric(selector, in: reply)
    case .statistics(let model): return try statistics(of: model, in: reply)
    }
  }

  private func metric(_ selector: MetricSelector, in reply: Reply) throws(Absent) -> Count {
    let exposition: MetricsExposition
    do throws(MetricsExposition.Problem) {
      exposition = try MetricsExposition(reply.response.body)
    } catch {
      throw Absent(message: "the metrics of \(path) cannot be read: \(reply.excerpt(error.description))")
    }
    guard let sum = exposition.sum(selector) else {
      let near = nearest(selector.name, among: Set(exposition.samples.map(\.name)).sorted())
      let hint = near.map { $0 == selector.name ? ", only with other labels" : "; did you mean \($0)?" } ?? ""
      throw Absent(message: "there is no metric \(selector) among those of \(path)\(hint)", wasRead: true)
    }
    guard sum.isFinite else { throw Absent(message: "\(selector) is \(sum)") }
    return Count(answered: sum)
  }

  private func statistics(of model: String, in reply: Reply) throws(Absent) -> Count {
    guard case .success(let document) = reply.document, let models = document["model_stats"]?.arrayValue else {
      throw Absent(message: "\(path) holds no model_stats")
    }
    var count: Count?
    for entry in models where entry["name"]?.stringValue == model {
      guard let stats = entry["inference_stats"], let good = stats["success"]?["count"]?.doubleValue,
        let bad = stats["fail"]?["count"]?.doubleValue, good.isFinite, bad.isFinite
      else { continue }
      count = Count(answered: (count?.answered ?? 0) + good, failed: (count?.failed ?? 0) + bad)
    }
    guard let count else { throw Absent(message: "\(path) has no statistics of \(model)", wasRead: true) }
    return count
  }
}
