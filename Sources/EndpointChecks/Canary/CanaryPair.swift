internal import Transport

/// One row, or one request without rows, asked of the candidate and of the baseline.
struct CanaryPair: Sendable {
  /// Which row it was.
  var row: Int
  /// Whether the row was not asked before: asked again it tells of the endpoints, but nothing new of rows.
  var isNewRow: Bool
  var candidate: Side
  var baseline: Side

  /// What one of the two made of it.
  struct Side: Sendable {
    /// From the sending to the last byte.
    var seconds: Double
    /// The predictions of a good answer, without outputs when no rows were sent; else what was wrong with it.
    var answer: Result<OutputTable, Complaint>
    var transcript: Transcript?

    var isGood: Bool { (try? answer.get()) != nil }
    /// The time of a good answer; a request without one is slower than any limit.
    var latency: Double { isGood ? seconds : .greatestFiniteMagnitude }
  }
}
