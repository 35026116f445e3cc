import Testing

@testable import Expressions
@testable import Scan

@Suite struct ExpressionCheckerTests {
  @Test(
    arguments: [
      ("s > 1", "a string cannot be compared with an integer", "s > 1"),
      ("n = 's'", "a number cannot be compared with a string", "n = 's'"),
      ("flag = 1", "a boolean cannot be compared with an integer", "flag = 1"),
      ("day = at", "a date cannot be compared with a timestamp", "day = at"),
      ("day = 1.5", "a date cannot be compared with a number", "day = 1.5"),
      ("at - at > 5", "an interval cannot be compared with an integer", "at - at > 5"),
      ("s + 1 > 0", "+ takes an integer, a number, a date, an interval or a timestamp here, and this is a string", "s"),
      ("-s > 0", "- takes an integer, a number or an interval here, and this is a string", "s"),
      ("n * flag > 0", "* takes a number here, and this is a boolean", "flag"),
      ("day + day > day", "+ takes an integer or an interval here, and this is a date", "day"),
      ("s || 1 = 'x'", "|| takes a string here, and this is an integer", "1"),
      ("n = null", "a comparison with null", "n = null"),
      ("n in (1, null)", "null equals nothing, so it is no member of a set", "null"),
      ("n not in (null)", "no member of a set", "null"), ("null in (1, n)", "a comparison with null", "null in (1"),
      ("x < y", "the type of neither column", "x < y"),
      ("(n = 1) = 2", "a boolean cannot be compared with an integer", "(n = 1) = 2"),
      ("n + 1", "a value, not a claim", "n + 1"),
      ("'s'", "a value, not a claim", "'s'"), ("s and flag", "the column \"s\" is no boolean", "s"),
      ("day > '2013-02-30'", "is no date", "'2013-02-30'"),
      ("clock > '24:00'", "is no time", "'24:00'"),
      ("clock = at", "a time cannot be compared with a timestamp", "clock = at"),
      ("clock + 1 > clock", "+ takes an integer, a number, a date, an interval or a timestamp", "clock"),
      ("day > 'x'", "is no date", "'x'"), ("at > '2013-01-31T25:00Z'", "is no timestamp", "'2013-01-31T25:00Z'"),
      ("day between '2013-01-01' and 'x'", "is no date", "'x'"), ("day in ('2013-01-01', 'x')", "is no date", "'x'"),
      ("n in (1, 's')", "a number cannot", "n in (1, 's'"),
      ("1 = 1", "reads no column", "1 = 1"), ("true", "reads no column", "true"),
      ("'a' < 'b' or false", "reads no column", "'a' < 'b' or false"),
      ("rond(n) = 1", "there is no function \"rond\"", "rond"), ("NOW() = at", "there is no function \"now\"", "NOW"),
      ("round() = 1", "round takes 1 or 2 values, and here are 0", "round()"),
      ("round(n, 1, 2) = 1", "round takes 1 or 2 values, and here are 3", "round(n, 1, 2)"),
      ("coalesce(n) = 1", "coalesce takes at least 2 values, and here are 1", "coalesce(n)"),
      ("round(n, 1.5) = 1", "round takes an integer here, and this is a number", "1.5"),
      ("length(n) = 1", "length takes a string here, and this is a number", "n"),
      ("sqrt(s) = 1", "sqrt takes a number here, and this is a string", "s"),
      ("year(x) = 1", "declare the type of \"x\", and year takes a date or a timestamp", "x"),
      ("coalesce(x, y) = 1", "declare the type of \"x\", and coalesce takes a string, an integer", "x"),
      ("coalesce(n, 's') = 1", "coalesce takes a number here", "'s'"),
      ("if(n, 1, 2) = 1", "if takes a boolean here, and this is a number", "n"),
      ("date_trunc('dya', at) = at", "date_trunc takes the name of a unit first", "'dya'"),
      ("date_trunc(s, at) = at", "date_trunc takes the name of a unit first", "s"),
      ("date_trunc('hour', day) = day", "date_trunc takes a timestamp here, and this is a date", "day"),
      ("date_diff('day', day, 'x') = 1", "date_diff takes a date here, and this is a string", "'x'"),
      ("s like n", "the pattern must be a text in quotes", "n"), ("n like '1%'", "like takes a string", "n"),
      ("s like 'a' escape 'xy'", "must be a single one", "'xy'"),
      ("s like 'axb' escape 'x'", "xb is no escape of LIKE, which has x%, x_ and xx", "'axb'"),
      ("s like 'ax' escape 'x'", "the x at the end escapes nothing", "'ax'"),
      ("s matches '(a'", "the pattern cannot be used: missing )", "'(a'"),
      ("s matches s", "the pattern must be a text in quotes", "s"),
      ("day matches '1'", "matches takes a string", "day"),
      ("cast(n as integr) = 1", "there is no type \"integr\"", "integr"),
      ("cast(flag as date) = day", "a boolean cannot be cast to a date", "cast(flag as date)"),
      ("case when n then 1 end = 1", "no boolean", "n"),
      (
        "case when flag then 1 else 's' end = 1", "this is a string, and another value of the case is an integer", "'s'"
      ),
      ("case when flag then null end = 1", "nothing says of what type", "case when flag then null end"),
      ("case s when 1 then 2 end = 2", "a string cannot be compared with an integer", "s when 1"),
      ("day = interval '1 month'", "months and years have no fixed length", "interval '1 month'"),
      ("at - at > interval '1 year'", "months and years have no fixed length", "interval '1 year'"),
      ("day + interval '1 moon' = day", "\"1 moon\" is no interval", "'1 moon'"),
      ("day = date '2013-02-30'", "is no date", "'2013-02-30'"),
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
      ("x in ('a')", .string), ("x between 0 and 1", .number), ("x in (1, 2)", .number), ("x > length(s)", .number),
      ("abs(x) > 1", .number), ("length(x) > 1", .string), ("x like 'a%'", .string), ("x matches 'a'", .string),
      ("coalesce(x, 's') = 's'", .string), ("coalesce(x, i) > 0", .number), ("x - i > 0", .number),
      ("left(s, x) = 'a'", .integer), ("cast(x as date) = day", .date), ("date_diff('day', day, x) = 1", .date),
      ("if(x, n, m) > 0", .boolean), ("case when flag then x else day end = day", .date),
      ("case x when 's' then 1 end = 1", .string), ("x is distinct from day", .date),
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

  @Test(
    arguments: [
      ("rond(n) = 1", "did you mean \"round\"?"), ("zzz(n) = 1", "`cupel explain expressions` lists them"),
      ("date_trunc('dya', at) = at", "did you mean 'day'?"), ("cast(n as integr) = 1", "did you mean \"integer\"?"),
      ("x = flga", "did you mean the column \"flag\"?"), ("day = at", "take the day of the timestamp: date(…)"),
      ("s > 1", "read the text as a number: cast(… as number)"), ("n = null", "write: … is null, or: … is not null"),
      ("sqrt(s) = 1", "read the text as a number: cast(… as number)"),
      ("at - at > 5", "write a length of time: interval '3 hours', or take epoch(…)"),
    ])
  func mistakesComeWithAdvice(text: String, hint: String) {
    #expect(throws: ExpressionError.self) { try Expression(text, types: columnTypes) }
    do {
      _ = try Expression(text, types: columnTypes)
    } catch {
      #expect(error.hint == hint)
    }
  }

  /// Each is known of every row of `n = 2.5, i = 7, s = "Oslo", flag = true` with a day, a time and a null.
  @Test(
    arguments: [
      "n * 2 = 5", "i / 2 = 3.5", "i % 4 = 3", "-i < -6", "n + i = 9.5", "s || '!' = 'Oslo!'",
      "concat(s, '-', s) = 'Oslo-Oslo'",
      "s like 'O%'", "s like '_slo'", "s not like 'o%'", "s not like 'Os|%' escape '|'",
      "s matches 'O[a-z]+'", "s ilike 'OSL_'", "s not ilike 'osla'", "s || 'ÄR' ilike 'OSLOä_'",
      "s || '_' ilike 'oslo|_' escape '|'",
      "trim(s, 'Oo') = 'sl'", "ltrim(s, 'o') = s", "rtrim(s || '-é-é', '-é') = s", "trim(s, 'Oslo') = ''",
      "trim(s || ' ', '') = 'Oslo '", "trim(nullif(s, s), 'a') is null",
      "n * 2 between 5 and 5", "n + i not between 10 and 11",
      "s not matches 'Os'", "upper(s) = 'OSLO'", "position('lo' in s) = 3", "extract(month from at) = 2",
      "day + 1 = '2013-02-01'", "day + interval '1 month' = '2013-02-28'", "day + interval '1 day' = date '2013-02-01'",
      "day - interval '1 year 1 day' = '2012-01-30'", "day + interval '6 hours' = timestamp '2013-01-31T06:00'",
      "at + interval '1 month 1 hour' = '2013-03-28T13:30:00'", "at - timestamp '2013-02-28' = interval '12.5 hours'",
      "(at - '2013-02-28') / interval '1 minute' = 750", "epoch(at - '2013-02-28') = 45000",
      "at > timestamp '2013-02-28'",
      "date(at) = '2013-02-28'", "date(at) - day = 28", "date_diff('week', day, date(at)) = 4",
      "coalesce(m, n) = 2.5", "coalesce(m, i) = 7", "nullif(i, 7) is null", "m is not distinct from null",
      "m is distinct from n",
      "if(m > 1, 1, 2) = 2", "case when m > 1 then 'a' when n > 2 then 'b' end = 'b'",
      "case i when 7 then n else 0 end = 2.5",
      "case when n < 0 then 1 end is null", "case i when 1 then 1 when 7 then 2.5 end = n",
      "case when flag then flag else false end",
      "cast(i as string) = '7'", "cast('7' as integer) = i", "try_cast(s as number) is null",
      "cast(n as integer) is null",
      "greatest(n, i, 3) = 7", "least(s, 'Rome') = 'Oslo'", "(n > 1) = (i > 1)", "flag = (n > 2)",
      "i in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)",
      "s in ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'Oslo')", "n not in (1, 2, 3, 4, 5, 6, 7, 8, 9)",
      "day in ('2013-01-31', '2014-01-01')",
      "at between '2013-02-28' and '2013-03-01'", "round(n) = 3", "9007199254740993 > 9007199254740992 and i = 7",
      "i * 9007199254740993 is not null", "i * 9223372036854775807 is null", "sqrt(-n) is null", "n / (i - 7) is null",
      "ln(n - n) is null",
      "clock > '07:30'", "clock = time '12:30:00.5'", "clock between '12:30' and '13:00'", "clock in ('12:30:00.500')",
      "hour(clock) = 12", "minute(clock) = 30", "extract(second from clock) = 0",
      "clock - time '12:00' = interval '30 minutes 500 milliseconds'", "cast(clock as string) = '12:30:00.500'",
      "cast(s as time) is null", "cast(at as time) < clock", "greatest(clock, '08:00') = clock",
      "coalesce(null, clock) = clock", "time '23:59:59.999999999' > clock",
    ])
  func holdsInARow(text: String) throws {
    let csv =
      "n,m,i,s,flag,day,at,clock\n2.5,,7,Oslo,true,2013-01-31,2013-02-28T12:30:00Z,12:30:00.5\n"
    #expect(try truths(text, in: csv) == [.yes])
  }

  @Test func integersAreComparedToTheLastDigit() throws {
    let csv = "i,j\n9007199254740993,9007199254740992\n9223372036854775807,9223372036854775806\n"
    let types: [String: ValueType] = ["i": .integer, "j": .integer]
    #expect(try truths("i > j", types: types, in: csv) == [.yes, .yes])
    #expect(try truths("i - j = 1", types: types, in: csv) == [.yes, .yes])
    #expect(try truths("i = 9007199254740993", types: types, in: csv) == [.yes, .no])
    #expect(try truths("i + j > 0", types: types, in: csv) == [.yes, .unknown])
  }

  @Test func columnsMayHaveTheNamesOfFunctionsAndLaterKeywords() throws {
    let names = [
      "end", "like", "matches", "date", "left", "from", "escape", "distinct", "cast", "year", "interval", "if", "as",
    ]
    let types = Dictionary(uniqueKeysWithValues: names.map { ($0, ValueType.number) })
    for name in names { #expect(try Expression("\(name) > 0 and 1 < \(name)", types: types).columns == [name]) }
    #expect(try Expression("case when end > 1 then end else 0 end = 1", types: types).columns == ["end"])
  }

  /// Who means a time of day says so: the column is read as a timestamp.
  @Test func theHourOfAColumnWithoutATypeIsThatOfATimestamp() throws {
    #expect(try truths("hour(x) = 7", types: [:], in: "x\n2024-01-01T07:30:00Z\n07:30\n") == [.yes, .unknown])
    #expect(try truths("x > time '07:00'", types: [:], in: "x\n2024-01-01T07:30:00Z\n07:30\n") == [.unknown, .yes])
  }

  @Test func divisionByZeroIsUnknown() throws {
    #expect(try truths("n / i >= 0 or n / i < 0", in: "n,i\n1,0\n1,2\n") == [.unknown, .yes])
    #expect(try truths("n % i = 1", in: "n,i\n1,0\n1,2\n-1,2\n") == [.unknown, .yes, .no])
  }

  /// A value of a row in place of a claim about it, in which some columns have other names.
  @Test func anExpressionMayBeANumber() throws {
    let cost = try Expression(number: "abs(score - label) * `price in €`", names: ["score": "p", "label": "y"])
    #expect(cost.columns == ["p", "y", "price in €"])
    #expect(cost.compiled.readings.allSatisfy { $0.type == .number })
    #expect(try Expression(number: "score", names: ["score": "p"]).compiled == .column(ColumnReading("p", as: .number)))
    for (text, message) in [
      ("p > 1", "this is a boolean, and must be a number"), ("upper(s)", "this is a string, and must be a number"),
      ("1 + 2", "reads no column"), ("null", "reads no column"), ("abs(p", "expected"),
    ] {
      let error = #expect(throws: ExpressionError.self) { try Expression(number: text) }
      #expect(error?.message.contains(message) == true, "\(text): \(error?.message ?? "")")
    }
  }
}
