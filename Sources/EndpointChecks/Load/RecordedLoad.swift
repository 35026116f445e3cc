internal import Statistics

/// A run that was recorded before: what a log of HdrHistogram holds, ours or another tool's, in nanoseconds.
struct RecordedLoad: Sendable {
  /// The untagged histograms of the log as one.
  var latencies = LatencyHistogram()
  /// What the load was, when the log says so.
  var load: String?
  /// How many requests had no good answer, as far as the log says.
  var unanswered = 0

  /// Why a text is no log.
  struct Unreadable: Error {
    /// Counts from 1.
    var line: Int
    var reason: String
  }

  init(log text: String) throws(Unreadable) {
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      if let text = line.marked(HistogramLog.loadMark) { load = String(text) }
      if let text = line.marked(HistogramLog.unansweredMark) {
        // A log that says it in another way is not ours.
        guard let count = Int(text), (0...LoadDeclaration.maximumRequests).contains(count) else {
          throw Unreadable(line: index + 1, reason: "its count of requests without an answer is no number")
        }
        unanswered = count
      }
      if line.isEmpty || line.hasPrefix("#") || line.hasPrefix("\"") || line.hasPrefix("Tag=") { continue }
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      do throws(EncodedHistogram.Fault) {
        guard fields.count == 4 else { throw EncodedHistogram.Fault(reason: "it is no line of a histogram log") }
        let histogram = try EncodedHistogram(text: fields[3]).histogram()
        try Self.checkUnit(of: histogram, maximum: fields[2])
        latencies.merge(histogram)
      } catch {
        throw Unreadable(line: index + 1, reason: error.reason)
      }
    }
    guard latencies.count > 0 else { throw Unreadable(line: 1, reason: "it holds no untagged histogram with values") }
  }
  /// Other tools may count microseconds, where the column of the maximum, which is in milliseconds for every viewer, is a
  /// thousand times what it is for nanoseconds.
  private static func checkUnit(
    of histogram: LatencyHistogram, maximum column: Substring
  ) throws(EncodedHistogram.Fault) {
    guard let maximum = histogram.maximum, let column = Double(column), column >= 0.01 else { return }
    let milliseconds = Double(maximum) / 1e6
    guard column > milliseconds * 2 else { return }
    throw EncodedHistogram.Fault(
      reason: "its values are no nanoseconds: the largest would be \(milliseconds) ms, and Interval_Max is \(column)")
  }
}

extension Substring {
  /// What stands in a comment behind its beginning, without the bracket at its end.
  fileprivate func marked(_ mark: String) -> Substring? { hasPrefix(mark) ? dropFirst(mark.count).dropLast() : nil }
}
