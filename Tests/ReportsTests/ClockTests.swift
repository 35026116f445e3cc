import Glibc
import TestSupport
import Testing

@testable import Reports

@Suite struct ClockTests {
  /// The C library's calendar is the oracle.
  @Test func timestampsAreThoseOfTheCLibrary() {
    var random = SeededGenerator(seed: 1)
    let limits: [Int64] = [0, -1, 951_782_400, 951_868_800, 4_107_542_400, -62_167_219_200, 253_402_300_799]
    for seconds in limits + (0..<5000).map({ _ in Int64.random(in: -62_167_219_200...253_402_300_799, using: &random) })
    {
      var time = time_t(seconds)
      var parts = tm()
      gmtime_r(&time, &parts)
      var buffer = [CChar](repeating: 0, count: 64)
      strftime(&buffer, buffer.count, "-%m-%dT%H:%M:%S", &parts)
      let rest = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let year = String(String(10_000 + Int(parts.tm_year) + 1900).suffix(4))
      #expect(Clock.timestamp(seconds) == year + rest)
    }
  }

  @Test func timesOutsideTheCalendarAreClamped() {
    #expect(Clock.timestamp(.min) == "0000-01-01T00:00:00")
    #expect(Clock.timestamp(.max) == "9999-12-31T23:59:59")
  }

  @Test(arguments: [
    (Duration.zero, "0.000", "0ms"), (.microseconds(499), "0.000", "0ms"), (.microseconds(500), "0.001", "1ms"),
    (.milliseconds(99), "0.099", "99ms"), (.milliseconds(1318), "1.318", "1.3s"), (.seconds(59), "59.000", "59.0s"),
    (.seconds(125), "125.000", "2m 5s"), (.seconds(-1), "0.000", "0ms"),
    (.milliseconds(999) + .microseconds(999), "1.000", "1.0s"),
    (.seconds(Int64.max), "31536000.000", "525600m 0s"),
  ])
  func durations(duration: Duration, seconds: String, brief: String) {
    #expect(Clock.seconds(duration) == seconds)
    #expect(Clock.brief(duration) == brief)
  }
}
