/// Numbers in the width of a column: 0.1 in 32 bits is another number than in 64.
///
/// Nobody writes a limit in binary. A limit on a column of 32 bits means the number of that width which is nearest to it,
/// and so does every member of a set; a value of the column means the shortest decimal number that reads back as it.
extension StoredType? {
  /// The number of the column's width that is nearest to a number; the number itself when it is beyond that width.
  package func nearest(_ number: Double) -> Double {
    guard isNarrow else { return number }
    let narrow = Double(Float(number))
    return narrow.isInfinite ? number : narrow
  }

  /// The next number of the column's width above another one, or below it.
  package func next(_ number: Double, up: Bool) -> Double {
    guard isNarrow, let narrow = Float(exactly: number) else { return up ? number.nextUp : number.nextDown }
    return Double(up ? narrow.nextUp : narrow.nextDown)
  }

  /// What a value of the column reads as: the shortest decimal number that is no other value.
  package func shortest(_ value: Double) -> Double {
    isNarrow ? Double(Float(value).description) ?? value : value
  }

  private var isNarrow: Bool { self == .float(bits: 32) }
}
