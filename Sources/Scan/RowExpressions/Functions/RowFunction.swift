/// A function of the expression language: what it is called, what it takes and makes, and how it is computed.
///
/// The functions stand in families, a file each; adding one is an entry there. Where an argument is unknown, so is the
/// result, unless the summary says otherwise.
package struct RowFunction: Sendable {
  package let name: String
  /// What else it is called.
  package let aliases: [String]
  /// One line on what it gives.
  package let summary: String
  /// An expression that is true.
  package let example: String
  package let overloads: [Overload]

  init(
    _ name: String, or aliases: [String] = [], _ summary: String, _ example: String, _ overloads: [Overload],
    turns: Turns? = nil, comparesArguments: Bool = false
  ) {
    self.name = name
    self.aliases = aliases
    self.summary = summary
    self.example = example
    self.overloads = overloads.map { overload in
      var overload = overload
      overload.name = name
      overload.turns = turns
      overload.comparesArguments = comparesArguments
      return overload
    }
  }

  /// What a function takes as an argument.
  package enum Parameter: Hashable, Sendable {
    case value(RowType)
    /// The name of a unit of the calendar, as a constant text: one of days and longer ones, or also a shorter one.
    case unit(ofDays: Bool)
  }

  /// Where the result turns, from rising to falling or back, as one argument grows and the others stay: between its
  /// turns it has its least and its greatest value at the ends.
  package enum Turns: Sendable {
    case nowhere
    case atZero
  }

  /// A function for arguments of certain types.
  package struct Overload: Sendable, Hashable {
    package internal(set) var name = ""
    package let parameters: [Parameter]
    /// Whether the last parameter may be repeated.
    package let isVariadic: Bool
    package let result: RowType
    /// Nil when it may turn anywhere, or be unknown between two places where it is known.
    var turns: Turns?
    /// Whether it says if one argument is the other, as a comparison does.
    var comparesArguments = false
    let evaluate: @Sendable ([RowValues]) -> RowValues

    init(
      _ parameters: [Parameter], isVariadic: Bool = false, to result: RowType,
      _ evaluate: @escaping @Sendable ([RowValues]) -> RowValues
    ) {
      self.parameters = parameters
      self.isVariadic = isVariadic
      self.result = result
      self.evaluate = evaluate
    }

    package func takes(_ count: Int) -> Bool {
      isVariadic ? count >= parameters.count : count == parameters.count
    }

    package func parameter(_ index: Int) -> Parameter { parameters[min(index, parameters.count - 1)] }

    package static func == (a: Overload, b: Overload) -> Bool {
      a.name == b.name && a.parameters == b.parameters && a.result == b.result
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      hasher.combine(parameters)
    }
  }

  /// The families in the order in which a person reads about them.
  package static let families: [(title: String, functions: [RowFunction])] = [
    ("Arithmetic", arithmetic), ("Mathematics", mathematics), ("Texts", texts), ("Dates and times", calendar),
    ("Unknown values and choices", choices), ("Conversions", conversions),
  ]

  /// The functions and operators by all their names, in lower case.
  package static let byName: [String: RowFunction] = {
    var byName: [String: RowFunction] = [:]
    for function in families.flatMap(\.functions) {
      for name in [function.name] + function.aliases { byName[name] = function }
    }
    return byName
  }()
}

extension RowFunction.Overload {
  /// Of one value.
  @inline(__always)
  static func of<A: RowValue, Result: RowValue>(
    _ a: RowType, to result: RowType, _ value: @escaping @Sendable (A) -> Result?
  ) -> Self {
    Self([.value(a)], to: result) { arguments in Result.values(A.column(arguments[0]).map(value)) }
  }

  /// Of two values.
  @inline(__always)
  static func of<A: RowValue, B: RowValue, Result: RowValue>(
    _ a: RowType, _ b: RowType, to result: RowType, _ value: @escaping @Sendable (A, B) -> Result?
  ) -> Self {
    Self([.value(a), .value(b)], to: result) { arguments in
      Result.values(.zip(A.column(arguments[0]), B.column(arguments[1]), value))
    }
  }

  /// Of a text.
  @inline(__always)
  static func of<Result: RowValue>(
    text result: RowType, _ value: @escaping @Sendable (Span<UInt8>) -> Result?
  ) -> Self {
    Self([.value(.string)], to: result) { arguments in Result.values(arguments[0].texts.map(value)) }
  }

  /// Of two texts.
  @inline(__always)
  static func of<Result: RowValue>(
    texts result: RowType, _ value: @escaping @Sendable (Span<UInt8>, Span<UInt8>) -> Result?
  ) -> Self {
    Self([.value(.string), .value(.string)], to: result) { arguments in
      Result.values(arguments[0].texts.zip(arguments[1].texts, value))
    }
  }

  /// A part of a text, which may depend on up to two integers; those that are left out are the greatest there is.
  @inline(__always)
  static func slice(
    integers: Int, _ part: @escaping @Sendable (Span<UInt8>, Int64, Int64) -> Range<Int>?
  ) -> Self {
    Self([.value(.string)] + Array(repeating: .value(.integer), count: integers), to: .string) { arguments in
      let rest = arguments.dropFirst().map(\.integers) + [Column(.max), Column(.max)]
      return .texts(arguments[0].texts.sliced(rest[0], rest[1], part))
    }
  }

  /// A text made of up to three; those that are left out are empty.
  @inline(__always)
  static func built(
    texts: Int, _ append: @escaping @Sendable (Span<UInt8>, Span<UInt8>, Span<UInt8>, inout [UInt8]) -> Void
  ) -> Self {
    Self(Array(repeating: .value(.string), count: texts), to: .string) { arguments in
      let texts = (arguments + [RowValues(""), RowValues("")]).map(\.texts)
      return .texts(texts[0].rebuilt(texts[1], texts[2], append))
    }
  }
}
