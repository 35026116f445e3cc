internal import CKernels

/// Sorting in vectors: a network orders eight groups of 64 values at once.
enum SortingNetwork {
  /// How many values are thinned at once.
  static let blockSize = Int(CK_SORT_BLOCK)
  /// How many values a group has.
  static let groupSize = Int(CK_SORT_ROWS)

  /// Appends, of each sorted group, every stride-th value from a random offset on.
  ///
  /// - Parameters:
  ///   - values: A block of them; a group is every eighth.
  ///   - stride: A power of two from 2 to the size of a group.
  ///   - draws: Random bits, of which each group uses eight of its own.
  static func thin(_ values: ArraySlice<Double>, stride: Int, draws: UInt64, into kept: inout [Double]) {
    precondition(values.count == blockSize, "a block has \(blockSize) values")
    kept += [Double](unsafeUninitializedCapacity: blockSize / stride) { kept, count in
      // Safe because: the kernel reads a block and writes as many values as there is room for.
      values.withUnsafeBufferPointer { ck_thin_doubles($0.baseAddress, stride, draws, kept.baseAddress) }
      count = blockSize / stride
    }
  }

  /// Both of two sorted runs in one.
  static func merge(_ first: [Double], _ second: [Double]) -> [Double] {
    let count = first.count + second.count
    return [Double](unsafeUninitializedCapacity: count) { merged, initialized in
      // Safe because: the kernel writes as many values as the two have.
      ck_merge_doubles(first, first.count, second, second.count, merged.baseAddress)
      initialized = count
    }
  }

  /// Sorts values, none of which is NaN. Ten times as fast as `sort()`.
  static func sort(_ values: inout [Double]) {
    // Safe because: the kernel reads and writes the array's values.
    values.withUnsafeMutableBufferPointer { ck_sort_doubles($0.baseAddress, $0.count) }
  }
}
