/// Where doubles leave numbers of a column apart, and their digits decide.
extension StoredType {
  /// Whether another number of the column may have the same double.
  package func hasDigits(beyond number: Double) -> Bool {
    switch self {
    case .float: false
    case .decimal(let precision, _): precision > 15 || Self.isBeyondDoubles(number)
    default: Self.isBeyondDoubles(number)
    }
  }

  /// Whether not every integer of that magnitude is a double.
  package static func isBeyondDoubles(_ number: Double) -> Bool { number.isFinite && number.magnitude >= 0x1p53 }
}

extension Batch {
  /// The number in a row with all its digits; nil where there is none.
  func decimal(_ column: String, row: Int) -> DecimalNumber? {
    guard let (field, values) = stored(column) else { return nil }
    var text: [UInt8] = []
    return values.append(row, of: field.type, to: &text) ? DecimalNumber(text.span) : nil
  }
}

extension Batch {
  /// The number in a row as `CanonicalText` writes it; nil where there is none.
  func canonicalNumber(_ column: String, row: Int) -> String? {
    guard let (field, values) = stored(column) else { return nil }
    var text: [UInt8] = []
    return values.append(row, of: field.type, to: &text) ? CanonicalText.number(text.span) : nil
  }
}

/// One end of a range of numbers, with all its digits.
package struct DecimalLimit: Hashable, Sendable {
  package var number: DecimalNumber
  /// The double that is nearest to it.
  package var double: Double
  /// Whether the limit itself is beyond the limit.
  package var isExclusive: Bool

  /// Nil when the text is no finite number.
  package init?(_ text: String, isExclusive: Bool) {
    guard let number = DecimalNumber(text), let double = Literal.number(text), double.isFinite else { return nil }
    (self.number, self.double, self.isExclusive) = (number, double, isExclusive)
  }

  /// Whether a number is not below the limit. Its digits are asked for only where its double does not say so.
  package func isKept(fromAbove value: Double, _ digits: () -> DecimalNumber?) -> Bool {
    guard value == double, let digits = digits() else { return value > double || value == double && !isExclusive }
    return isExclusive ? number < digits : number <= digits
  }

  /// Whether a number is not above the limit.
  package func isKept(fromBelow value: Double, _ digits: () -> DecimalNumber?) -> Bool {
    guard value == double, let digits = digits() else { return value < double || value == double && !isExclusive }
    return isExclusive ? digits < number : digits <= number
  }
}
