import Foundation
import Statistics
import TestSupport
import Testing

@testable import EndpointChecks

/// HdrHistogram's own library in Python as the witness: it reads what we save, and counts the same.
@Suite struct HdrHistogramTests {
  private struct Interval: Decodable {
    var tag: String?
    var start: Double
    var end: Double
    var total: Int
    var max: Int64
    var p50: Int64
    var p999: Int64
    var counts: [[Int64]]
  }

  private func histogram(_ values: [Int64]) -> LatencyHistogram {
    var histogram = LatencyHistogram()
    for value in values { histogram.record(value) }
    return histogram
  }

  @Test func theLibraryReadsTheSameCounts() async throws {
    var generator = SeededGenerator(seed: 9)
    let wide = (0..<20_000).map { _ in
      Int64.random(in: 1000...2000, using: &generator) << Int64.random(in: 0...33, using: &generator)
    }
    let samples = [
      [1_000_000, 1_000_400, 2_000_000, 86_400_000_000_000], wide, [777], Array(repeating: 5_000_000, count: 3),
    ]
    var log = HistogramLog(startedAt: 1_700_000_000)
    for (index, values) in samples.enumerated() {
      log.add(histogram(values), tag: index == 1 ? "service" : nil, from: Double(10 * index), seconds: 2.5)
    }
    let folder = try TemporaryFolder()
    let file = folder.path + "/run.hlog"
    try log.text.write(toFile: file, atomically: true, encoding: .utf8)
    let output = try await PythonEnvironment.run(
      "Tests/EndpointChecksTests/Fresh/hdr_log.py", [file], in: folder.path, of: "hdrhistogram",
      ["hdrhistogram==0.10.8"])
    let found = try JSONDecoder().decode([Interval].self, from: Data(output.utf8))
    #expect(found.map(\.total) == samples.map(\.count))
    #expect(found.map(\.tag) == [nil, "service", nil, nil])
    // The library tells times in milliseconds.
    #expect(found.map { $0.end - $0.start } == [2500, 2500, 2500, 2500])
    for (interval, values) in zip(found, samples) {
      let ours = histogram(values)
      // The library names a counter by the upper end of its range.
      var upTo = 0
      for pair in interval.counts {
        upTo += Int(pair[1])
        #expect(ours.count(upTo: pair[0]) == upTo)
      }
      #expect(interval.counts.count == ours.counts.count { $0 > 0 })
      for (share, theirs) in [(0.5, interval.p50), (0.999, interval.p999)] {
        let sorted = values.sorted()
        let rank = max(1, Int((share * Double(values.count)).rounded(.up)))
        // Both name the counter that holds the value of that rank.
        #expect(histogram([theirs]).counts.firstIndex(of: 1) == histogram([sorted[rank - 1]]).counts.firstIndex(of: 1))
      }
    }
  }

  /// A log of theirs, whose counters are coarser or finer and start at a nanosecond, and are compressed.
  @Test(arguments: [2, 3, 4])
  func theirLogsAreRead(_ digits: Int) async throws {
    var generator = SeededGenerator(seed: 10)
    let values = (0..<3000).map { _ in
      Int64.random(in: 1000...2000, using: &generator) << Int64.random(in: 0...25, using: &generator)
    }
    let folder = try TemporaryFolder()
    _ = try folder.write("\(values)", to: "values.json")
    _ = try await PythonEnvironment.run(
      "Tests/EndpointChecksTests/Fresh/hdr_log.py",
      [folder.path + "/run.hlog", "\(digits)", folder.path + "/values.json"], in: folder.path, of: "hdrhistogram",
      ["hdrhistogram==0.10.8"])
    let text = try String(contentsOfFile: folder.path + "/run.hlog", encoding: .utf8)
    let recorded = try RecordedLoad(log: text).latencies
    #expect(recorded.count == 3000)
    let sorted = values.sorted()
    // Half a counter of theirs and one of ours.
    let resolution = (digits == 2 ? 0.01 : 0.001) + 0.001
    for rank in [1, 30, 1500, 2970, 3000] {
      let found = try #require(recorded.value(atRank: rank))
      let value = Double(sorted[rank - 1])
      #expect(Double(found.lowerBound) <= value * (1 + resolution))
      #expect(Double(found.upperBound) >= value * (1 - resolution))
    }
  }
}
