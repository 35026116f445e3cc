internal import Statistics

/// A run that was recorded before: what a log of HdrHistogram holds, ours or another tool's, in nanoseconds.
struct RecordedLoad: Sendable {
  /// The untagged histograms of the log as one.
  var latencies = LatencyHistogram()
  /// What the load was, when the log says so.
  var load: String?

  /// Why a text is no log.
  struct Unreadable: Error {
    /// Counts from 1.
    var line: Int
    var reason: String
  }

  init(log text: String) throws(Unreadable) {
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      if line.hasPrefix(HistogramLog.loadMark) { load = String(line.dropFirst(HistogramLog.loadMark.count).dropLast()) }
      if line.isEmpty || line.hasPrefix("#") || line.hasPrefix("\"") || line.hasPrefix("Tag=") { continue }
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      do throws(EncodedHistogram.Fault) {
        guard fields.count == 4 else { throw EncodedHistogram.Fault(reason: "it is no line of a histogram log") }
        latencies.merge(try EncodedHistogram(text: fields[3]).histogram())
      } catch {
        throw Unreadable(line: index + 1, reason: error.reason)
      }
    }
    guard latencies.count > 0 else { throw Unreadable(line: 1, reason: "it holds no untagged histogram with values") }
  }
}
