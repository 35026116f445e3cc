/// The operators. Integers stay integers, and unknown beyond 64 bits; numbers are doubles, and infinite beyond them.
extension RowFunction {
  static let arithmetic: [RowFunction] = [
    RowFunction(
      "+",
      "The sum; of a date and an integer, so many days later; of a point in time and an interval, that much later.",
      "timestamp '2013-01-31T23:00' + interval '2 hours' = '2013-02-01T01:00'",
      [
        .of(.integer, .integer, to: .integer, sum),
        .of(.number, .number, to: .number) { (a: Double, b: Double) in a + b },
        .of(.date, .integer, to: .date, CalendarUnit.days), .of(.interval, .interval, to: .interval, sum),
        .of(.timestamp, .interval, to: .timestamp, sum),
        .of(.date, .interval, to: .timestamp) { (a: Int64, b: Int64) in CalendarUnit.midnight(a).flatMap { sum($0, b) }
        },
      ], turns: .nowhere),
    RowFunction(
      "-",
      "The difference: of two dates the days between them, of two timestamps or times of day an interval. Also the sign.",
      "date '2013-03-01' - date '2013-02-01' = 28",
      [
        .of(.integer, .integer, to: .integer, difference),
        .of(.number, .number, to: .number) { (a: Double, b: Double) in a - b },
        .of(.date, .date, to: .integer, difference),
        .of(.date, .integer, to: .date) { (a: Int64, b: Int64) in b == .min ? nil : CalendarUnit.days(a, -b) },
        .of(.timestamp, .timestamp, to: .interval, difference), .of(.interval, .interval, to: .interval, difference),
        .of(.timestamp, .interval, to: .timestamp, difference),
        .of(.time, .time, to: .interval) { (a: Int64, b: Int64) in a / 1000 - b / 1000 },
        .of(.date, .interval, to: .timestamp) { (a: Int64, b: Int64) in
          CalendarUnit.midnight(a).flatMap { difference($0, b) }
        },
        .of(.integer, to: .integer) { (a: Int64) in a == .min ? nil : -a },
        .of(.number, to: .number) { (a: Double) in -a },
        .of(.interval, to: .interval) { (a: Int64) in a == .min ? nil : -a },
      ], turns: .nowhere),
    RowFunction(
      "*", "The product.", "interval '1 minute' * 90 = interval '1.5 hours'",
      [
        .of(.integer, .integer, to: .integer, product),
        .of(.number, .number, to: .number) { (a: Double, b: Double) in a * b },
        .of(.interval, .integer, to: .interval, product), .of(.integer, .interval, to: .interval, product),
      ], turns: .nowhere),
    RowFunction(
      "/", "The quotient, a number also of two integers; unknown when the divisor is zero.", "7 / 2 = 3.5",
      [
        .of(.number, .number, to: .number, quotient),
        .of(.interval, .interval, to: .number) { (a: Int64, b: Int64) in quotient(Double(a), Double(b)) },
      ]),
    RowFunction(
      "%", or: ["mod"], "What a division leaves, with the sign of the first; unknown when the second is zero.",
      "-7 % 3 = -1",
      [
        .of(.integer, .integer, to: .integer) { (a: Int64, b: Int64) in
          b == 0 ? nil : a.remainderReportingOverflow(dividingBy: b).partialValue
        },
        .of(.number, .number, to: .number) { (a: Double, b: Double) in
          b == 0 ? nil : a.truncatingRemainder(dividingBy: b)
        },
      ]),
    RowFunction(
      "||", or: ["concat"], "The texts one after the other.", "'a' || 'b' = concat('a', 'b')",
      [
        Overload([.value(.string), .value(.string)], isVariadic: true, to: .string) { arguments in
          let empty = RowValues("").texts
          return .texts(
            arguments.dropFirst().reduce(arguments[0].texts) { left, right in
              left.rebuilt(right.texts, empty) { a, b, _, text in
                text.append(a)
                text.append(b)
              }
            })
        }
      ]),
  ]

  @Sendable private static func sum(_ a: Int64, _ b: Int64) -> Int64? {
    let (value, overflowed) = a.addingReportingOverflow(b)
    return overflowed ? nil : value
  }

  @Sendable private static func difference(_ a: Int64, _ b: Int64) -> Int64? {
    let (value, overflowed) = a.subtractingReportingOverflow(b)
    return overflowed ? nil : value
  }

  @Sendable private static func product(_ a: Int64, _ b: Int64) -> Int64? {
    let (value, overflowed) = a.multipliedReportingOverflow(by: b)
    return overflowed ? nil : value
  }

  @Sendable private static func quotient(_ a: Double, _ b: Double) -> Double? { b == 0 ? nil : a / b }
}
