/// What deals with unknown values, and what chooses between values of one type.
extension RowFunction {
  static let choices: [RowFunction] = [
    RowFunction(
      "coalesce", "The first known value; unknown where one before it cannot be read.", "coalesce(null, 3) = 3",
      RowType.allCases.map { type in
        Overload([.value(type), .value(type)], isVariadic: true, to: type) { arguments in
          let present = arguments.map(\.presence)
          let count = rowCount(arguments)
          return chosen(
            from: arguments, type,
            Column(count: count) { row in
              // What cannot be read is a value, and unknown.
              arguments.indices.first { present[$0][row] == true || arguments[$0].isUnread(row) }.map { Int64($0) }
            })
        }
      }),
    RowFunction(
      "nullif", "The first value; unknown when it equals the second.", "nullif(-999, -999) is null",
      RowType.allCases.map { type in
        Overload([.value(type), .value(type)], to: type) { arguments in
          let equal = RowExpression.Comparison.equal.holds(arguments[0], arguments[1])
          let count = rowCount(arguments)
          return chosen(from: arguments, type, Column(count: count) { row in equal[row] == true ? nil : 0 })
        }
      }, comparesArguments: true),
    RowFunction(
      "if", "The second value where the first is true, else the third. Also: case when … then … else … end.",
      "if(1 > 2, 'a', 'b') = 'b'",
      RowType.allCases.map { type in
        Overload([.value(.boolean), .value(type), .value(type)], to: type) { arguments in
          let condition = arguments[0].booleans
          let count = rowCount(arguments)
          return chosen(from: arguments, type, Column(count: count) { row in condition[row] == true ? 1 : 2 })
        }
      }),
    RowFunction(
      "least", "The least of the values; unknown when one of them is.", "least(3, 1, 2) = 1",
      RowType.allCases.map { type in extreme(of: type, .less) }),
    RowFunction(
      "greatest", "The greatest of the values; unknown when one of them is.", "greatest('a', 'c', 'b') = 'c'",
      RowType.allCases.map { type in extreme(of: type, .greater) }),
    RowFunction(
      "is_distinct",
      "Whether the values differ, where two unknown ones are the same. Also: a is distinct from b, a is not distinct from b.",
      "is_distinct(1, null) and null is not distinct from null",
      RowType.allCases.map { type in
        Overload([.value(type), .value(type)], to: .boolean) { arguments in
          let (a, b) = (arguments[0].presence, arguments[1].presence)
          let equal = RowExpression.Comparison.equal.holds(arguments[0], arguments[1])
          return .booleans(
            Column(count: rowCount(arguments)) { row in
              if a[row] == true, b[row] == true { return equal[row].map { !$0 } }
              return arguments.contains { $0.isUnread(row) } ? nil : a[row] != b[row]
            })
        }
      }, comparesArguments: true),
  ]

  private static func rowCount(_ arguments: [RowValues]) -> Int {
    arguments.map(\.rowCount).first { $0 != 1 } ?? 1
  }

  /// The value that comes before all others in an order; where one of them cannot be compared, none does.
  private static func extreme(of type: RowType, _ comparison: RowExpression.Comparison) -> Overload {
    Overload([.value(type), .value(type)], isVariadic: true, to: type) { arguments in
      arguments.dropFirst().reduce(arguments[0]) { best, value in
        let isBetter = comparison.holds(value, best)
        let count = RowValues.rowCount(best.rowCount, value.rowCount)
        return chosen(from: [best, value], type, Column(count: count) { row in isBetter[row].map { $0 ? 1 : 0 } })
      }
    }
  }

  /// In each row one of several values, by its place among them; unknown where there is none.
  private static func chosen(from values: [RowValues], _ type: RowType, _ places: Column<Int64>) -> RowValues {
    switch type {
    case .boolean: return .booleans(chosen(from: values.map(\.booleans), places))
    case .number: return .numbers(chosen(from: values.map(\.numbers), places))
    case .integer, .date, .time, .timestamp, .interval: return .integers(chosen(from: values.map(\.integers), places))
    case .string:
      let texts = values.map(\.texts)
      var builder = TextBuilder(places.states.count)
      for row in places.states.indices {
        builder.append { bytes in
          guard let place = places[row], let range = texts[Int(place)].place(row) else { return false }
          bytes.append(contentsOf: texts[Int(place)].bytes[range])
          return true
        }
      }
      return .texts(builder.texts)
    }
  }

  private static func chosen<Value: RowValue>(
    from columns: [Column<Value>], _ places: Column<Int64>
  ) -> Column<Value> {
    Column(count: places.states.count) { row in places[row].flatMap { columns[Int($0)][row] } }
  }
}
