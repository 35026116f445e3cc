import TestSupport

@testable import Scan

/// Expressions of every type at random, over the columns of one table. A function is drawn from the registry, so that
/// none is left out.
struct RandomExpressions {
  var dice: SeededGenerator
  private static let overloads: [RowType: [RowFunction.Overload]] = {
    var overloads = RowFunction.families.flatMap(\.functions).flatMap(\.overloads)
    for source in RowType.allCases {
      overloads += RowType.allCases.compactMap { RowFunction.cast(from: source, to: $0) }
    }
    return Dictionary(grouping: overloads, by: \.result)
  }()

  static let columns: [(name: String, type: ValueType, values: [String?])] = [
    ("n", .number, [nil, "0", "1.5", "-2", "2.5", "1e17", "inf", "-inf", "nan", "x", "-0.0", "1e308"]),
    ("m", .number, [nil, "1", "-0.5", "3", "7", "0.1"]),
    ("i", .integer, [nil, "0", "3", "-4", "2.5", "9223372036854775807", "-9223372036854775808", "9007199254740993"]),
    ("j", .integer, [nil, "1", "-1", "2", "9007199254740992", "100"]),
    ("s", .string, [nil, "", "a", "é", "e\u{301}", " aB ", "\u{A0}x\t", "straße", "😀b", "42", "2013-02-28", "nan"]),
    ("t", .string, [nil, "a", "b", "😀", "\u{FFFF}", "aba", "%", "true", "2013-01-31T12:30:00Z"]),
    ("flag", .boolean, [nil, "true", "False", "1", "0", "x"]),
    ("day", .date, [nil, "1970-01-01", "2013-01-31", "2012-02-29", "1969-12-28", "0001-01-01", "9999-12-31", "x"]),
    ("clock", .time, [nil, "00:00", "07:30:00", "23:59:59.999999999", "12:00:00.5", "24:00", "x"]),
    (
      "at", .timestamp,
      [
        nil, "1970-01-01T00:00:00Z", "2013-01-31T23:59:59.999999Z", "1969-12-31T23:59:59.5Z",
        "2012-02-29T01:30:00+02:00",
        "0001-01-01T00:00:00Z", "x",
      ]
    ),
  ]

  /// A table of the columns, and the same values with a dictionary where they are texts.
  mutating func table(rows: Int) -> TestTable {
    TestTable(columns: Self.columns.map { column in (column.name, (0..<rows).map { _ in one(column.values) }) })
  }

  private mutating func one<Value>(_ values: [Value]) -> Value { values[roll(values.count)] }

  mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &dice) }

  mutating func expression(_ type: RowType, depth: Int) -> RowExpression {
    if depth > 0, roll(5) > 0 {
      if type == .boolean, roll(2) == 0 { return claim(depth) }
      return call(one(Self.overloads[type] ?? []), depth)
    }
    if roll(3) > 0, type != .interval {
      let fitting = Self.columns.filter { RowType($0.type) == type }
      let column = one(fitting)
      return .column(ColumnReading(column.name, as: column.type))
    }
    return constant(type)
  }

  private mutating func constant(_ type: RowType) -> RowExpression {
    if roll(12) == 0 { return type == .boolean ? .truth(.unknown) : .unknown(type) }
    switch type {
    case .string: return .text(one(["", "a", "b", "é", "%", "aba", "\u{301}", "1", " "]))
    case .integer: return .integer(one([0, 1, 2, 3, -1, -2, 7, 400, .max, .min, 1 << 40]))
    case .number: return .number(one([0, -1, 2.5, 1e308, 0.1, 1, 3]))
    case .boolean: return .truth(one([.no, .yes, .unknown]))
    case .date: return .integer(one([0, 15_736, -1, -719_162, 11_016, 106_751_991]))
    case .time: return .integer(one([0, 1, 27_000_000_000_000, 86_399_999_999_999]))
    case .timestamp: return .integer(one([0, -1, 1_359_676_799_999_999, .max, .min, -62_135_596_800_000_000]))
    case .interval: return .integer(one([0, 1, -3_600_000_000, 86_400_000_000, .max, .min, 5_400_000_000]))
    }
  }

  private mutating func call(_ function: RowFunction.Overload, _ depth: Int) -> RowExpression {
    let count = function.parameters.count + (function.isVariadic ? roll(3) : 0)
    return .call(
      function,
      (0..<count).map { index in
        switch function.parameter(index) {
        case .unit(let ofDays):
          return .text(ExactText(one(CalendarUnit.allCases.filter { $0.isOfDays || !ofDays }).rawValue))
        // An integer goes where a number is wanted.
        case .value(let type):
          return expression(
            type == .number && function.name != "cast" && roll(4) == 0 ? .integer : type, depth: depth - 1)
        }
      })
  }

  private mutating func claim(_ depth: Int) -> RowExpression {
    let type = one(RowType.allCases)
    switch roll(9) {
    case 8: return .between(expression(type, depth: depth - 1), constant(type), expression(type, depth: depth - 1))
    case 0: return .not(expression(.boolean, depth: depth - 1))
    case 1: return .and(expression(.boolean, depth: depth - 1), expression(.boolean, depth: depth - 1))
    case 2: return .or(expression(.boolean, depth: depth - 1), expression(.boolean, depth: depth - 1))
    case 3: return .isNull(expression(type, depth: depth - 1))
    case 4:
      let members = (0..<1 + roll(12)).map { _ in roll(6) == 0 ? expression(type, depth: 0) : constant(type) }
      return .membership(expression(type, depth: depth - 1), members)
    case 5:
      guard let pattern = try? Pattern(one(["a", "[a-z ]*", ".*b", "", "[\\s\\S]*é[\\s\\S]*"])) else {
        return .truth(.no)
      }
      return .matches(expression(.string, depth: depth - 1), pattern)
    default:
      let comparison = one(
        [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual] as [RowExpression.Comparison])
      let other: RowType = type == .integer && roll(3) == 0 ? .number : type
      return .comparison(comparison, expression(type, depth: depth - 1), expression(other, depth: depth - 1))
    }
  }
}
