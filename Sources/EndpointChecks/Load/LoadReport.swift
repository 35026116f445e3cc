package import Statistics

/// What a load measured, for a command to show and to save.
package struct LoadReport: Sendable {
  private let result: LoadResult

  init(_ result: LoadResult) { self.result = result }

  /// From the moment at which a request was due to the last byte of its good answer.
  package var latencies: LatencyHistogram { result.tally.latencies }
  /// Further lines for a person.
  package var notes: [String] { Array(result.notes.dropFirst(latencies.count > 0 ? 1 : 0)) }
  /// How many requests were measured, and good answers a second.
  package var requests: Int { result.tally.due }
  package var throughput: Double { result.throughput }

  /// The log of the run in the format of HdrHistogram: the latencies, and those from the moment of sending, tagged
  /// `service`.
  ///
  /// - Parameter startedAt: in seconds since 1970, UTC.
  package func log(startedAt: Int64) -> String {
    var log = HistogramLog(startedAt: startedAt, load: result.plan.load, unanswered: result.tally.unanswered)
    log.add(result.tally.latencies, from: result.plan.warmup, seconds: result.seconds)
    log.add(result.tally.services, tag: "service", from: result.plan.warmup, seconds: result.seconds)
    return log.text
  }
}
