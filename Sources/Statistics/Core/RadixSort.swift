/// Sorts doubles in linear time, digit by digit of an integer that has their order.
///
/// Safe because: an element goes where the counts of its digit say, which were taken over the same elements, so every
/// place is written once and none lies outside the buffer.
package enum RadixSort {
  private static let bits = 11
  private static let buckets = 1 << bits
  private static let passes = 6
  /// Below so many values, comparing them is faster.
  private static let least = 600

  /// The values in ascending order; -0 becomes 0. None may be NaN. O(n).
  package static func sorted(_ values: [Double]) -> [Double] {
    var keys = values.map(key)
    sort(&keys) { $0 }
    return keys.map(value)
  }

  /// The indices of the values in ascending order of the values, equal values in the order given. At most 2^32 values, of
  /// which none may be NaN. O(n).
  package static func order(_ values: [Double]) -> [UInt32] {
    precondition(values.count <= Int(UInt32.max))
    var entries = values.indices.map { Entry(key: key(values[$0]), index: UInt32(truncatingIfNeeded: $0)) }
    sort(&entries) { $0.key }
    return entries.map(\.index)
  }

  private struct Entry: BitwiseCopyable {
    var key: UInt64
    var index: UInt32
  }

  /// An integer that orders as the double does.
  @inline(__always)
  static func key(_ value: Double) -> UInt64 {
    let pattern = (value + 0).bitPattern
    return pattern >> 63 == 1 ? ~pattern : pattern | 1 << 63
  }

  /// The double of a key.
  @inline(__always)
  static func value(_ key: UInt64) -> Double {
    Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
  }

  @inline(__always)
  private static func sort<Element: BitwiseCopyable>(_ elements: inout [Element], by key: (Element) -> UInt64) {
    guard elements.count >= least else { return elements.sort { key($0) < key($1) } }
    var other = elements
    var places = [Int](repeating: 0, count: passes * buckets)
    elements.withUnsafeMutableBufferPointer { first in
      other.withUnsafeMutableBufferPointer { second in
        places.withUnsafeMutableBufferPointer { places in
          for element in first {
            var rest = key(element)
            for pass in 0..<passes {
              places[pass << bits | Int(truncatingIfNeeded: rest) & (buckets - 1)] &+= 1
              rest >>= UInt64(bits)
            }
          }
          var (from, to) = (first, second)
          for pass in 0..<passes {
            let start = pass << bits
            let shift = UInt64(pass * bits)
            var total = 0
            var largest = 0
            for bucket in start..<start + buckets {
              let count = places[bucket]
              places[bucket] = total
              total &+= count
              largest = max(largest, count)
            }
            // All have the same digit: they are in its order already.
            if largest == from.count { continue }
            for element in from {
              let bucket = start | Int(truncatingIfNeeded: key(element) >> shift) & (buckets - 1)
              to[places[bucket]] = element
              places[bucket] &+= 1
            }
            swap(&from, &to)
          }
          if from.baseAddress != first.baseAddress { _ = first.update(from: from) }
        }
      }
    }
  }
}
