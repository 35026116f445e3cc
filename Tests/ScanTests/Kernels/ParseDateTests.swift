import Testing

@testable import Scan

@Suite struct ParseDateTests {
  private static func parse(_ text: String) -> Int64? { parseDate(Array(text.utf8).span) }

  @Test func everyDayOfTenThousandYearsIsCounted() {
    let calendar = NaiveCalendar()
    #expect(calendar.days["1970-01-01"] == 0)
    #expect(calendar.days["2000-03-01"] == 11_017)  // date -d 2000-03-01 +%s / 86400
    var wrong = 0
    for (text, day) in calendar.days where Self.parse(text) != day { wrong += 1 }
    #expect(wrong == 0)
    for year in 0...9999 {
      let text = NaiveCalendar.text(year, 2, 29)
      #expect(Self.parse(text) == calendar.days[text], "\(text)")
    }
    // And no other day of these fields exists.
    for year in [1, 1900, 1999, 2000, 2023, 2024, 2100, 9999] {
      for month in 0...13 {
        for day in 0...32 {
          let text = NaiveCalendar.text(year, month, day)
          #expect(Self.parse(text) == calendar.days[text], "\(text)")
        }
      }
    }
  }

  @Test(arguments: [
    "1900-02-29", "2100-02-29", "2023-02-29", "2024-02-30", "2024-04-31", "2024-00-10", "2024-13-01", "2024-01-00",
    "2024-1-1", "24-01-01", "2024/01/01", "2024-01-01 ", " 2024-01-01", "2024-01-0a", "", "20240101", "-024-01-01",
    "2024-01-01T00:00", "２０２４-01-01",
  ])
  func rejects(text: String) { #expect(Self.parse(text) == nil) }

  @Test(
    arguments: [("2000-02-29", Int64(11_016)), ("1600-02-29", -135_081), ("0000-02-29", -719_469)] as [(String, Int64)])
  func acceptsLeapDays(text: String, day: Int64) { #expect(Self.parse(text) == day) }
}
