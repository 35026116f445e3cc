internal import Language
internal import Scan
internal import Verdict

extension ColumnContext {
  /// By which type its texts are compared in keys, by its name.
  var keyTypes: [String: ValueType] { type.map { [name: $0.value] } ?? [:] }

  /// Whether the column is read as integers of 64 bits with a sign, and the file stores some that are greater.
  var hasIntegersBeyondReading: Bool { type?.value == .integer && stored?.hasIntegersBeyondReading == true }

  /// What is wrong with a claim that only values of some types can keep; nil when the declared type is one of them.
  ///
  /// - Parameter words: what values of other types lack: `multiples`.
  func problem(unless types: [ValueType], have words: String) -> Diagnostic? {
    guard let type, !types.contains(type.value) else { return nil }
    let names = types.map(\.rawValue).joined(separator: ", ")
    return Diagnostic(
      "a column of type \(type.value.rawValue) has no \(words)", at: planned.location,
      help: ["that is a claim about columns of type \(names); the type is declared at \(type.location)"])
  }

  /// The test that all numbers lie in a range.
  func rangeOfNumbers(_ low: Double, _ high: Double) throws(Diagnostic) -> any RowTest {
    if let problem = problem(unlessNumbersHave: "finite values") { throw problem }
    return RangeTest(name, as: .number, .number(low, high))
  }
}
