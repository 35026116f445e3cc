/// Numbers in the width of a column: 0.1 in 32 bits is another number than in 64.
///
/// Nobody writes a limit in binary. A limit on a column of 32 bits, or 16, means the number of that width which is nearest
/// to it, and so does every member of a set; a value of the column means the shortest decimal number that reads back as it.
extension StoredType? {
  /// The number of the column's width that is nearest to a number; the number itself when it is beyond that width.
  package func nearest(_ number: Double) -> Double {
    let narrow: Double
    switch self {
    case .float(bits: 32)?: narrow = Double(Float(number))
    case .float(bits: 16)?: narrow = Double(Float16(number))
    default: return number
    }
    return narrow.isInfinite ? number : narrow
  }

  /// The next number of the column's width above another one, or below it.
  package func next(_ number: Double, up: Bool) -> Double {
    if self == .float(bits: 32), let narrow = Float(exactly: number) {
      return Double(up ? narrow.nextUp : narrow.nextDown)
    }
    if self == .float(bits: 16), let narrow = Float16(exactly: number) {
      return Double(up ? narrow.nextUp : narrow.nextDown)
    }
    return up ? number.nextUp : number.nextDown
  }

  /// What a value of the column reads as: the shortest decimal number that is no other value.
  package func shortest(_ value: Double) -> Double {
    self?.isNarrow == true ? self.flatMap { Double($0.words(of: value)) } ?? value : value
  }
}

extension StoredType {
  /// Whether its numbers have fewer digits than a `Double`.
  var isNarrow: Bool { self == .float(bits: 32) || self == .float(bits: 16) }

  /// The shortest decimal number of the column's width that reads back as a value.
  func words(of value: Double) -> String {
    switch self {
    case .float(bits: 32): Float(value).description
    case .float(bits: 16): Float16(value).description
    default: value.description
    }
  }
}
