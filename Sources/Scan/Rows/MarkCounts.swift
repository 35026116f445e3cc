internal import CKernels

/// How often each mark occurs among those of the rows of a batch: one byte a row, the state of its cell or the verdict
/// on it.
struct MarkCounts {
  private let counts: [Int64]

  init(_ marks: UnsafeBufferPointer<UInt8>) {
    var counts = [Int64](repeating: 0, count: Int(CK_MARK_KINDS))
    // Safe because: the kernel reads as many marks as there are and writes as many counts as there are kinds.
    ck_count_marks(marks.baseAddress, marks.count, &counts)
    self.counts = counts
  }

  init(_ marks: [UInt8]) {
    self = marks.withUnsafeBufferPointer { MarkCounts($0) }
  }

  subscript(_ mark: UInt8) -> Int { Int(counts[Int(mark)]) }
}
