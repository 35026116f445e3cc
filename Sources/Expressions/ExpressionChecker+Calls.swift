internal import Language
internal import Scan

/// Functions and operators of arithmetic: which of the overloads the arguments mean.
extension ExpressionChecker {
  /// What other languages ask for the time: an expression has the same value whenever it is computed.
  private static let clocks: Set<String> = [
    "now", "today", "current_date", "current_time", "current_timestamp", "getdate", "sysdate",
  ]

  func call(
    _ word: ExpressionSyntax.Word, _ arguments: [Typed], _ range: Range<Int>
  ) throws(ExpressionError) -> Typed {
    guard let function = RowFunction.byName[word.text] else {
      let isClock = Self.clocks.contains(word.text)
      let near = isClock ? nil : nearest(word.text, among: RowFunction.byName.keys.sorted())
      throw ExpressionError(
        "there is no function \"\(word.text)\"", word.range,
        hint: isClock
          ? "an expression knows no clock; `cupel explain freshness` does"
          : near.map { "did you mean \"\($0)\"?" } ?? "`cupel explain expressions` lists them")
    }
    if let shifted = try shiftedByCalendar(word, arguments, range) { return shifted }
    for argument in arguments { try requireFixedLength(argument) }
    let overloads = function.overloads.filter { $0.takes(arguments.count) }
    guard !overloads.isEmpty else {
      let counts = Set(function.overloads.map(\.parameters.count)).sorted().map(String.init).alternatives
      let least = function.overloads.contains(where: \.isVariadic) ? "at least " : ""
      throw ExpressionError("\(word.text) takes \(least)\(counts) values, and here are \(arguments.count)", range)
    }
    let overload = try chosen(overloads, word.text, arguments)
    var values: [RowExpression] = []
    for (index, argument) in arguments.enumerated() {
      guard case .value(let type) = overload.parameter(index) else {
        values.append(argument.expression)
        continue
      }
      values.append((argument.read(as: type) ?? argument.retyped(as: type)).expression)
    }
    let expression = RowExpression.call(overload, values).folded(overload.result)
    return Typed(expression: expression, type: overload.result, range: range)
  }

  /// The first overload that takes the arguments, texts as dates only when nothing else fits.
  private func chosen(
    _ overloads: [RowFunction.Overload], _ name: String, _ arguments: [Typed]
  ) throws(ExpressionError) -> RowFunction.Overload {
    let isExact = overloads.contains { overload in
      arguments.enumerated().allSatisfy { Self.takes(overload.parameter($0), $1, textsAsDates: false) }
    }
    var left = overloads
    for (index, argument) in arguments.enumerated() {
      let fitting = left.filter { Self.takes($0.parameter(index), argument, textsAsDates: !isExact) }
      guard !fitting.isEmpty else { throw misfit(name, left.map { $0.parameter(index) }, argument) }
      left = fitting
    }
    for (index, argument) in arguments.enumerated() where argument.undeclaredColumn != nil {
      left = try narrowed(left, name, index, argument)
    }
    return left[0]
  }

  /// The overloads that read a column without a type alike: as a number, unless it may as well be a text.
  private func narrowed(
    _ overloads: [RowFunction.Overload], _ name: String, _ index: Int, _ argument: Typed
  ) throws(ExpressionError) -> [RowFunction.Overload] {
    // Who means a time of day declares it: the texts of a column without a type may have dates.
    let dated = overloads.filter { $0.parameter(index) != .value(.time) }
    let overloads = dated.isEmpty ? overloads : dated
    let types = overloads.map { $0.parameter(index) }
    guard Set(types).count > 1 else { return overloads }
    guard types.contains(.value(.number)), !types.contains(.value(.string)) else {
      throw ExpressionError(
        "the rules do not declare the type of \"\(argument.undeclaredColumn ?? "")\", and \(name) takes "
          + types.map(\.words).alternatives, argument.range,
        hint: hint(for: argument) ?? "declare it under columns, for example: {type: date}")
    }
    return overloads.filter { $0.parameter(index) == .value(.number) }
  }

  private static func takes(_ parameter: RowFunction.Parameter, _ argument: Typed, textsAsDates: Bool) -> Bool {
    switch parameter {
    case .unit(let ofDays): argument.text.flatMap { CalendarUnit($0) }.map { $0.isOfDays || !ofDays } ?? false
    case .value(let type):
      argument.type.map { $0 == type || ($0 == .integer && type == .number) }
        ?? (argument.isNull || type.ofColumn != nil) || (textsAsDates && argument.read(as: type) != nil)
    }
  }

  private func misfit(
    _ name: String, _ parameters: [RowFunction.Parameter], _ argument: Typed
  ) -> ExpressionError {
    if case .unit(let ofDays)? = parameters.first {
      let units = CalendarUnit.allCases.filter { $0.isOfDays || !ofDays }.map(\.rawValue)
      let near = argument.text.flatMap { nearest($0, among: units) }
      return ExpressionError(
        "\(name) takes the name of a unit first", argument.range,
        hint: near.map { "did you mean '\($0)'?" } ?? "it is one of " + units.map { "'\($0)'" }.alternatives)
    }
    let isNumeric = parameters.contains(.value(.number)) && argument.type == .string
    return ExpressionError(
      "\(name) takes \(parameters.map(\.words).alternatives) here, and this is \(argument.type?.words ?? "none")",
      argument.range, hint: isNumeric ? "read the text as a number: cast(… as number)" : nil)
  }

  /// A date or a timestamp plus or minus an interval in whose text months stand, or whole days beside a date.
  private func shiftedByCalendar(
    _ word: ExpressionSyntax.Word, _ arguments: [Typed], _ range: Range<Int>
  ) throws(ExpressionError) -> Typed? {
    guard word.text == "+" || word.text == "-", arguments.count == 2, case .integer(let time) = arguments[1].expression,
      arguments[1].type == .interval, let type = arguments[0].type, type == .date || type == .timestamp
    else { return nil }
    let (days, rest) = time.quotientAndRemainder(dividingBy: CalendarUnit.microsecondsPerDay)
    guard arguments[1].months != 0 || (type == .date && rest == 0) else { return nil }
    func added(_ unit: CalendarUnit, _ count: Int64, _ value: Typed) throws(ExpressionError) -> Typed {
      let (signed, overflowed) = Int64(0).subtractingReportingOverflow(count)
      let amount: RowExpression =
        word.text == "+" ? .integer(count) : overflowed ? .unknown(.integer) : .integer(signed)
      let name = Typed(expression: .text(ExactText(unit.rawValue)), type: .string, range: word.range)
      let add = ExpressionSyntax.Word(text: "date_add", range: word.range)
      return try call(add, [name, Typed(expression: amount, type: .integer, range: arguments[1].range), value], range)
    }
    let shifted = try added(.month, arguments[1].months, arguments[0])
    if type == .date, rest == 0 { return try added(.day, days, shifted) }
    let remaining = Typed(expression: .integer(time), type: .interval, range: arguments[1].range)
    return time == 0 ? shifted : try call(word, [shifted, remaining], range)
  }
}

extension RowFunction.Parameter {
  /// What it takes, with an article.
  var words: String {
    switch self {
    case .value(let type): type.words
    case .unit: "a unit"
    }
  }
}
