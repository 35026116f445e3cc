/// Sorting in vectors: Batcher's odd-even merge sort of groups of 16 values, of 8 groups at a time. A row of vectors is
/// the same place of every group.
enum SortingNetwork {
  private static let rows = 16
  private static let lanes = 8
  /// How many values one call takes.
  static let blockSize = rows * lanes

  /// Appends, of each sorted group of 16, every stride-th value from a random offset on.
  ///
  /// - Parameters:
  ///   - values: 128 of them; a group is every eighth.
  ///   - stride: 2, 4, 8 or 16.
  ///   - draws: Random bits, of which each group uses eight of its own.
  static func thin(_ values: ArraySlice<Double>, stride: Int, draws: UInt64, into kept: inout [Double]) {
    precondition(values.count == blockSize, "a block has \(blockSize) values")
    values.withUnsafeBufferPointer { values in
      if stride == rows {
        // One of all: any of them, sorted or not.
        for lane in 0..<lanes {
          let row = Int(truncatingIfNeeded: draws &>> UInt64(lane * 8)) & (rows - 1)
          kept.append(values[row &* lanes &+ lane])
        }
        return
      }
      withSorted(values) { sorted in
        for lane in 0..<lanes {
          var row = Int(truncatingIfNeeded: draws &>> UInt64(lane * 8)) & (stride - 1)
          while row < rows {
            kept.append(sorted[row &* lanes &+ lane])
            row &+= stride
          }
        }
      }
    }
  }

  /// Sorts values: groups by the network, then runs of them by merging. Several times as fast as `sort()`.
  static func sort(_ values: inout [Double]) {
    let whole = values.count - values.count % blockSize
    if whole < values.count { values[whole...].sort() }
    var scratch = values
    values.withUnsafeMutableBufferPointer { values in
      scratch.withUnsafeMutableBufferPointer { scratch in
        // Safe because: all ranges are cut from the count that both buffers have.
        for start in Swift.stride(from: 0, to: whole, by: blockSize) {
          withSorted(UnsafeBufferPointer(rebasing: values[start..<start + blockSize])) { sorted in
            for lane in 0..<lanes {
              for row in 0..<rows { values[start &+ lane &* rows &+ row] = sorted[row &* lanes &+ lane] }
            }
          }
        }
        var (from, to) = (values, scratch)
        var width = rows
        while width < whole {
          for start in Swift.stride(from: 0, to: whole, by: 2 * width) {
            if start + 2 * width <= whole {
              mergeEqual(from, start, width, to)
            } else {
              merge(from, start, min(start + width, whole), whole, to)
            }
          }
          (from, to) = (to, from)
          width *= 2
        }
        // What is left of a block is sorted in both buffers.
        if whole < values.count {
          merge(from, 0, whole, values.count, to)
          (from, to) = (to, from)
        }
        if from.baseAddress != values.baseAddress { _ = values.update(fromContentsOf: from) }
      }
    }
  }

  /// Merges two runs of one width from both ends at once: the least `width` values come from the front, and the others
  /// from the back, so that neither end of a run can be passed.
  @inline(__always)
  private static func mergeEqual(
    _ from: UnsafeMutableBufferPointer<Double>, _ start: Int, _ width: Int, _ to: UnsafeMutableBufferPointer<Double>
  ) {
    // Minima, maxima and sums: no branch waits for a comparison.
    var (left, right) = (start, start + width)
    var (leftBack, rightBack) = (start + width - 1, start + 2 * width - 1)
    for step in 0..<width {
      let (first, second) = (from[left], from[right])
      let takesRight = second < first
      to[start &+ step] = takesRight ? second : first
      left &+= takesRight ? 0 : 1
      right &+= takesRight ? 1 : 0
      let (firstBack, secondBack) = (from[leftBack], from[rightBack])
      let takesLeft = secondBack < firstBack
      to[start &+ 2 &* width &- 1 &- step] = takesLeft ? firstBack : secondBack
      leftBack &-= takesLeft ? 1 : 0
      rightBack &-= takesLeft ? 0 : 1
    }
  }

  @inline(__always)
  private static func merge(
    _ from: UnsafeMutableBufferPointer<Double>, _ start: Int, _ middle: Int, _ end: Int,
    _ to: UnsafeMutableBufferPointer<Double>
  ) {
    var (left, right, place) = (start, middle, start)
    while left < middle, right < end {
      let takesRight = from[right] < from[left]
      to[place] = takesRight ? from[right] : from[left]
      left &+= takesRight ? 0 : 1
      right &+= takesRight ? 1 : 0
      place &+= 1
    }
    while left < middle {
      to[place] = from[left]
      left &+= 1
      place &+= 1
    }
    while right < end {
      to[place] = from[right]
      right &+= 1
      place &+= 1
    }
  }

  /// Calls with the groups of a block sorted: place `row * lanes + lane` has the row-th of the lane-th group.
  @inline(__always)
  private static func withSorted(
    _ values: UnsafeBufferPointer<Double>, _ body: (UnsafeBufferPointer<Double>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: SIMD8<Double>.self, capacity: rows) { sorted in
      // Safe because: 16 rows of 8 values are the block, and comparators name rows below 16.
      for row in 0..<rows {
        let source = UnsafeRawPointer(values.baseAddress! + row * lanes)
        sorted.initializeElement(at: row, to: source.loadUnaligned(as: SIMD8<Double>.self))
      }
      sort(sorted)
      UnsafeRawBufferPointer(sorted).withMemoryRebound(to: Double.self, body)
    }
  }

  @inline(__always)
  private static func sort(_ rows: UnsafeMutableBufferPointer<SIMD8<Double>>) {
    for (upper, lower) in comparators {
      let first = rows[upper]
      let second = rows[lower]
      let isOrdered = first .< second
      rows[upper] = second.replacing(with: first, where: isOrdered)
      rows[lower] = first.replacing(with: second, where: isOrdered)
    }
  }

  /// The rows that are compared, one pair after the other (Knuth, The Art of Computer Programming 3, 5.3.4).
  private static let comparators: [(Int, Int)] = {
    var pairs: [(Int, Int)] = []
    var size = 1
    while size < rows {
      var step = size
      while step >= 1 {
        for first in stride(from: step % size, to: rows - step, by: 2 * step) {
          for row in first..<min(first + step, rows - step) where row / (2 * size) == (row + step) / (2 * size) {
            pairs.append((row, row + step))
          }
        }
        step /= 2
      }
      size *= 2
    }
    return pairs
  }()
}
