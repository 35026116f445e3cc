import Statistics
import TestSupport
import Testing

@testable import EndpointChecks

/// The encoding of HdrHistogram, byte by byte.
@Suite struct HistogramLogTests {
  /// 0 is 0, -1 is 1, 1 is 2, -2 is 3; 300 is 600, 0x258, in seven bits a byte from the lowest on.
  @Test(
    arguments: [
      (0, [0]), (-1, [1]), (1, [2]), (-2, [3]), (63, [126]), (64, [0x80, 1]), (300, [0xD8, 4]), (-300, [0xD7, 4]),
    ] as [(Int64, [UInt8])])
  func numbersAreZigZag(_ value: Int64, _ wanted: [UInt8]) {
    var bytes: [UInt8] = []
    HistogramLog.zigZag(value, to: &bytes)
    #expect(bytes == wanted)
  }

  /// The example of RFC 1950's check sum: that of "Wikipedia" is 0x11E60398.
  @Test func theStreamIsThatOfZlib() {
    #expect(ZlibStream.adler32(Array("Wikipedia".utf8)) == 0x11E6_0398)
    #expect(ZlibStream.adler32([]) == 1)
    #expect(
      ZlibStream.stored(Array("ab".utf8)) == [0x78, 1, 1, 2, 0, 0xFD, 0xFF, 0x61, 0x62, 0x01, 0x26, 0x00, 0xC4])
    #expect(ZlibStream.stored([UInt8](repeating: 7, count: 70_000)).count == 2 + 5 + 65535 + 5 + 4465 + 4)
  }

  /// Every encoding begins with the cookie of version 2, 0x1c849314.
  @Test func theTextBeginsLikeEveryHistogram() {
    var histogram = LatencyHistogram()
    histogram.record(2_000_000)
    #expect(HistogramLog.encoded(histogram).hasPrefix("HISTFAAA"))
    #expect(HistogramLog.encoded(LatencyHistogram()).hasPrefix("HISTFAAA"))
  }

  @Test func theLogSaysWhenAndHowLong() {
    var histogram = LatencyHistogram()
    histogram.record(12_345_678)
    var log = HistogramLog(startedAt: 1_700_000_000)
    log.add(histogram, from: 1, seconds: 10.0625)
    log.add(histogram, tag: "service", from: 1, seconds: 10)
    let lines = log.text.split(separator: "\n")
    #expect(lines[0] == "#[Histogram log format version 1.3]")
    #expect(lines[1] == "#[StartTime: 1700000000.000 (seconds since epoch)]")
    #expect(lines[3].hasPrefix("1.000,10.063,12.346,HISTFAAA"))
    #expect(lines[4].hasPrefix("Tag=service,1.000,10.000,12.346,HISTFAAA"))
    #expect(lines.count == 5)
  }
}
