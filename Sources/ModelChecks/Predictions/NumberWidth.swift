/// Numbers that somebody wrote, in the width of numbers that were stored.
///
/// Nobody writes a threshold or a border in binary: among numbers of 32 bits, or 16, it means the one that is nearest to
/// it, as NumPy compares them. 0.9 as 32 bits is less than 0.9.
enum NumberWidth {
  /// The number of the width that all these have; the number itself where none of them is that one. Missing ones are NaN.
  /// O(n).
  static func nearest(_ number: Double, among numbers: [Double]) -> Double {
    for round in [{ Double(Float16($0)) }, { Double(Float($0)) }] as [(Double) -> Double] {
      let narrow = round(number)
      if narrow != number, numbers.contains(narrow), numbers.allSatisfy({ $0.isNaN || round($0) == $0 }) {
        return narrow
      }
    }
    return number
  }
}
