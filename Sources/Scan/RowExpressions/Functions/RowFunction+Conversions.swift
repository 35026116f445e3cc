/// Values of one type as values of another.
extension RowFunction {
  static let conversions: [RowFunction] = [
    RowFunction(
      "date", "The day of a timestamp.", "date(timestamp '2013-01-31T23:59') = '2013-01-31'",
      [cast(from: .timestamp, to: .date), cast(from: .date, to: .date), cast(from: .string, to: .date)].compactMap {
        $0
      })
  ]

  /// The types that a value can be cast to.
  package static func targets(from type: RowType) -> [RowType] {
    RowType.allCases.filter { cast(from: type, to: $0) != nil }
  }

  /// How values of a type become values of another; what is none of that type is unknown. Nil when nothing would be.
  ///
  /// A text is read as the same text in a file would be. Nothing is lost but the time of a timestamp that
  /// becomes a date, and the date of one that becomes a time.
  package static func cast(from type: RowType, to result: RowType) -> Overload? {
    guard var overload = conversion(from: type, to: result) else { return nil }
    overload.name = "cast"
    switch (type, result) {
    case (.integer, .number), (.boolean, .number), (.boolean, .integer), (.date, .timestamp), (.timestamp, .date):
      overload.turns = .nowhere
    default: break
    }
    return overload
  }

  private static func conversion(from type: RowType, to result: RowType) -> Overload? {
    switch (type, result) {
    case _ where type == result: Overload([.value(type)], to: result) { $0[0] }
    case (.string, .timestamp):
      .of(text: .timestamp) { parseTimestamp($0) ?? parseDate($0).flatMap(CalendarUnit.midnight) }
    case (.string, .interval), (_, .interval), (.interval, _): nil
    case (.string, _):
      result.ofColumn.map { type in Overload([.value(.string)], to: result) { .read($0[0].texts, as: type) } }
    case (.integer, .number), (.boolean, .number), (.number, .integer), (.boolean, .integer), (.integer, .boolean):
      Overload([.value(type)], to: result) { arguments in
        switch result {
        case .number: .numbers(arguments[0].numbers)
        case .integer: .integers(arguments[0].integers)
        default: .booleans(arguments[0].booleans)
        }
      }
    case (.date, .timestamp): .of(.date, to: .timestamp) { (date: Int64) in CalendarUnit.midnight(date) }
    case (.timestamp, .date): .of(.timestamp, to: .date) { (time: Int64) in CalendarUnit.day(of: time).date }
    case (.timestamp, .time): .of(.timestamp, to: .time) { (time: Int64) in CalendarUnit.day(of: time).rest * 1000 }
    case (_, .string): Overload([.value(type)], to: .string) { .texts(written($0[0], type)) }
    default: nil
    }
  }

  /// The values as a person would write them.
  private static func written(_ values: RowValues, _ type: RowType) -> TextColumn {
    if type == .time {
      let times = values.integers
      var texts = TextBuilder(times.states.count)
      for row in times.states.indices {
        texts.append { bytes in
          times[row].map { bytes.append(contentsOf: Literal.text($0, as: .time).utf8) } != nil
        }
      }
      return texts.texts
    }
    let stored: (column: StoredColumn, type: StoredType) =
      switch type {
      case .number: (.numbers(values.numbers), .float(bits: 64))
      case .boolean: (.integers(values.integers), .boolean)
      case .date: (.integers(values.integers), .date)
      case .timestamp: (.integers(values.integers), .timestamp(.microsecond, zone: "UTC"))
      default: (.integers(values.integers), .integer(bits: 64, isSigned: true))
      }
    guard case .text(let text) = stored.column.read(stored.type, as: .string) else { return TextColumn() }
    return text
  }
}

extension RowValues {
  /// Texts read as values of a type.
  fileprivate static func read(_ text: TextColumn, as type: ValueType) -> RowValues {
    switch text.decoded(as: type) {
    case .text(let text): .texts(text)
    case .number(let column): .numbers(column)
    case .integer(let column): type == .boolean ? .booleans(column.map { $0 != 0 }) : .integers(column)
    }
  }
}
