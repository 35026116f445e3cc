/// The order of numbers: the indices that sort them, equal numbers in the order in which they stand.
///
/// Radix sort from the least digit, which needs no comparisons: a pass for each byte in which the numbers differ, O(n)
/// in all. -0 and 0 are equal. Numbers must not be NaN.
enum SortOrder {
  /// Up to this many, comparing is faster than counting.
  private static let fewest = 512

  static func ascending(_ values: [Double]) -> [UInt32] {
    precondition(values.count <= Int(UInt32.max))
    let keys = values.map(key)
    guard values.count > fewest else {
      return (0..<UInt32(values.count)).sorted { first, second in
        (keys[Int(first)], first) < (keys[Int(second)], second)
      }
    }
    var counts = [Int](repeating: 0, count: 8 * 256)
    for key in keys {
      for digit in 0..<8 { counts[digit << 8 | Int(key >> UInt64(8 * digit) & 255)] += 1 }
    }
    var (from, to) = (keys, keys)
    var order = [UInt32](0..<UInt32(values.count))
    var next = order
    for digit in 0..<8 {
      let column = counts[digit << 8..<(digit + 1) << 8]
      if column.contains(values.count) { continue }
      var places = [Int](repeating: 0, count: 256)
      var sum = 0
      for (byte, count) in column.enumerated() {
        places[byte] = sum
        sum += count
      }
      // Safe because: each place runs from the count of the smaller bytes to that of its own, so every index is below n.
      from.withUnsafeBufferPointer { from in
        order.withUnsafeBufferPointer { order in
          to.withUnsafeMutableBufferPointer { to in
            next.withUnsafeMutableBufferPointer { next in
              places.withUnsafeMutableBufferPointer { places in
                let shift = UInt64(8 * digit)
                for index in from.indices {
                  let key = from[index]
                  let byte = Int(key >> shift & 255)
                  let place = places[byte]
                  places[byte] = place &+ 1
                  to[place] = key
                  next[place] = order[index]
                }
              }
            }
          }
        }
      }
      swap(&from, &to)
      swap(&order, &next)
    }
    return order
  }

  /// A number as an integer of the same order.
  @inline(__always)
  static func key(_ value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }
}
