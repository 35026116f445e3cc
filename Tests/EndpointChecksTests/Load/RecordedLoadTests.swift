import Statistics
import TestSupport
import Testing

@testable import EndpointChecks

/// Logs of HdrHistogram are read, and nothing else is taken for one.
@Suite struct RecordedLoadTests {
  private func log(_ values: [Int64], tag: String? = nil, load: String? = nil) -> String {
    var histogram = LatencyHistogram()
    for value in values { histogram.record(value) }
    var log = HistogramLog(startedAt: 1_700_000_000, load: load)
    log.add(histogram, tag: tag, from: 0, seconds: 1)
    return log.text
  }

  @Test func whatIsSavedIsReadAgain() throws {
    var generator = SeededGenerator(seed: 4)
    let values = (0..<5000).map { _ in
      Int64.random(in: 1000...2000, using: &generator) << Int64.random(in: 0...25, using: &generator)
    }
    let text = log(values, load: "open model: constant arrivals, 200/s, at most 100 connections")
    let recorded = try RecordedLoad(log: text)
    var wanted = LatencyHistogram()
    for value in values { wanted.record(value) }
    #expect(recorded.latencies.counts == wanted.counts)
    #expect(recorded.latencies.count == 5000)
    #expect(recorded.load == "open model: constant arrivals, 200/s, at most 100 connections")
  }

  @Test func whatHadNoAnswerIsReadAgain() throws {
    var log = HistogramLog(startedAt: 0, load: "some", unanswered: 16)
    var histogram = LatencyHistogram()
    histogram.record(1_000_000)
    log.add(histogram, from: 0, seconds: 1)
    let recorded = try RecordedLoad(log: log.text)
    #expect(recorded.unanswered == 16 && recorded.load == "some" && recorded.latencies.count == 1)
  }

  @Test func intervalsAreOneRunAndTagsAreOthers() throws {
    let first = log([1_000_000, 2_000_000])
    let more = log([3_000_000]).split(separator: "\n").suffix(1).joined()
    let tagged = log([9_000_000], tag: "service").split(separator: "\n").suffix(1).joined()
    let recorded = try RecordedLoad(log: first + more + "\r\n" + tagged + "\n")
    #expect(recorded.latencies.count == 3)
    #expect(try #require(recorded.latencies.maximum) < 4_000_000)
    #expect(recorded.load == nil)
  }

  @Test(arguments: [
    ("", 1, "it holds no untagged histogram with values"),
    ("#[Histogram log format version 1.3]\n", 1, "it holds no untagged histogram with values"),
    ("id,score\n", 1, "it is no line of a histogram log"),
    ("#\n0,1,2,not/base64!\n", 2, "its histogram is not Base64"),
    ("#\n0,1,2,AAAA\n", 2, "its histogram is damaged"),
    ("#[Unanswered: many]\n", 1, "its count of requests without an answer is no number"),
    ("#[Unanswered: -1]\n", 1, "its count of requests without an answer is no number"),
    ("0,1,2,AAAAAAAAAAAA\n", 1, "its histogram is not in HdrHistogram's encoding of version 2"),
  ])
  func whatIsNoLogIsSaid(_ text: String, _ line: Int, _ reason: String) {
    do throws(RecordedLoad.Unreadable) {
      _ = try RecordedLoad(log: text)
      Issue.record("read")
    } catch {
      #expect(error.line == line)
      #expect(error.reason == reason)
    }
  }

  /// A log of a tool that counts microseconds, of which the largest is 12 ms.
  @Test func anotherUnitIsNotTakenForNanoseconds() {
    let lines = log([3000, 12_000]).split(separator: "\n")
    let fields = lines[lines.count - 1].split(separator: ",")
    let foreign = "0.000,1.000,12.000,\(fields[3])\n"
    do throws(RecordedLoad.Unreadable) {
      _ = try RecordedLoad(log: foreign)
      Issue.record("read")
    } catch {
      #expect(error.reason.hasPrefix("its values are no nanoseconds: the largest would be 0.012"), "\(error.reason)")
    }
  }

  /// Whatever is done to a log, it is read or refused.
  @Test func damageIsNoCrash() {
    var generator = SeededGenerator(seed: 5)
    let whole = Array(log((1...400).map { $0 * 997_001 }).utf8)
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=,\n".utf8)
    for _ in 0..<400 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[place] = letters.randomElement(using: &generator)!
      }
      if Bool.random(using: &generator) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator)) }
      _ = try? RecordedLoad(log: String(decoding: bytes, as: UTF8.self))
    }
  }
}
