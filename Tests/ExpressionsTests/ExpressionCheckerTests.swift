import Testing

@testable import Expressions
@testable import Scan

@Suite struct ExpressionCheckerTests {
  @Test(
    arguments: [
      ("s > 1", "a string cannot be compared with a number", "s > 1"),
      ("n = 's'", "a number cannot be compared with a string", "n = 's'"),
      ("flag = 1", "a boolean cannot be compared with a number", "flag = 1"),
      ("day = at", "a date cannot be compared with a timestamp", "day = at"),
      ("day = 1", "a date cannot be compared with a number", "day = 1"),
      ("s + 1 > 0", "arithmetic needs numbers, and this is a string", "s"),
      ("-s > 0", "arithmetic needs numbers, and this is a string", "s"),
      ("day + 1 > day", "arithmetic needs numbers, and this is a date", "day"),
      ("x = y", "the type of neither column", "x = y"), ("(n = 1) = 2", "a claim cannot be compared", "(n = 1)"),
      ("n + 1", "a value, not a claim", "n + 1"),
      ("'s'", "a value, not a claim", "'s'"), ("s and flag", "the column \"s\" is no boolean", "s"),
      ("day > '2013-02-30'", "is no date", "'2013-02-30'"),
      ("day > 'x'", "is no date", "'x'"), ("at > '2013-01-31T25:00Z'", "is no timestamp", "'2013-01-31T25:00Z'"),
      ("day between '2013-01-01' and 'x'", "is no date", "'x'"), ("day in ('2013-01-01', 'x')", "is no date", "'x'"),
      ("n in (1, 's')", "a number cannot", "n in (1, 's'"),
      ("1 = 1", "reads no column", "1 = 1"), ("true", "reads no column", "true"),
      ("'a' < 'b' or false", "reads no column", "'a' < 'b' or false"),
    ] as [(String, String, String)])
  func everyMistakeIsUnderlined(text: String, words: String, part: String) throws {
    let found = try #require(mistake(text))
    #expect(found.message.contains(words), "\(found.message)")
    #expect(found.part == part)
  }

  @Test(
    arguments: [
      ("x > 0", ValueType.number), ("0 < x", .number), ("x = 's'", .string), ("x < day", .date), ("x = at", .timestamp),
      ("x", .boolean),
      ("x = true", .boolean), ("x is null", .string), ("x + 1 > 0", .number), ("x > i", .integer),
      ("x in ('a')", .string), ("x between 0 and 1", .number),
    ] as [(String, ValueType)])
  func anUndeclaredColumnTakesTheTypeOfItsNeighbour(text: String, type: ValueType) throws {
    let readings = try Expression(text, types: columnTypes).compiled.readings
    #expect(Set(readings.filter { $0.column == "x" }) == [ColumnReading("x", as: type)])
  }

  @Test func datesAndTimestampsAreCompared() throws {
    let csv = "day,at\n2013-01-31,2013-01-31T12:00:00Z\n2013-02-01,2013-01-31T23:00:00-02:00\n,\nx,y\n"
    #expect(try truths("day = '2013-01-31'", in: csv) == [.yes, .no, .unknown, .unknown])
    #expect(try truths("'2013-02-01' <= day", in: csv) == [.no, .yes, .unknown, .unknown])
    #expect(try truths("at >= '2013-02-01'", in: csv) == [.no, .yes, .unknown, .unknown])
    #expect(try truths("at = '2013-01-31T13:00:00+01:00'", in: csv) == [.yes, .no, .unknown, .unknown])
    #expect(try truths("day is null", in: csv) == [.no, .no, .yes, .no])
  }

  @Test func divisionByZeroIsUnknown() throws {
    #expect(try truths("n / i >= 0 or n / i < 0", in: "n,i\n1,0\n1,2\n") == [.unknown, .yes])
    #expect(try truths("n % i = 1", in: "n,i\n1,0\n1,2\n-1,2\n") == [.unknown, .yes, .no])
  }
}
