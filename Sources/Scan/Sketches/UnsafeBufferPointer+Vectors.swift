extension UnsafeBufferPointer<Double> {
  /// How many values are in whole vectors of eight.
  var wholeCount: Int { count & ~7 }

  /// Calls with the values of each whole vector.
  @inline(__always)
  func forEachVector(_ body: (SIMD8<Double>) -> Void) {
    guard let base = baseAddress else { return }
    // Safe because: a vector is loaded while eight values are left.
    for index in stride(from: 0, to: wholeCount, by: 8) {
      body(UnsafeRawPointer(base + index).loadUnaligned(as: SIMD8<Double>.self))
    }
  }

  /// Calls with the values of each vector; the last one is filled up with its last value, for what does not count.
  @inline(__always)
  func forEachPaddedVector(_ body: (SIMD8<Double>) -> Void) {
    forEachVector(body)
    guard wholeCount < count, let last else { return }
    var vector = SIMD8<Double>(repeating: last)
    for index in wholeCount..<count { vector[index - wholeCount] = self[index] }
    body(vector)
  }
}
