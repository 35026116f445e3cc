internal import CKernels

/// The state of a decompression.
///
/// Unchecked because: what holds it is used by one task at a time: a reader, which hands out chunks serially, or the work
/// on one chunk.
final class CompressedStream: @unchecked Sendable {
  struct Step {
    var status: ck_stream_status
    var taken: Int
    var given: Int
  }

  private let stream: OpaquePointer

  /// Nil when memory is short.
  ///
  /// - Parameter format: `CK_GZIP`, `CK_ZSTD` or `CK_LZ4_FRAME`.
  init?(_ format: Int) {
    guard let stream = ck_stream_create(Int32(format)) else { return nil }
    self.stream = stream
  }

  deinit { ck_stream_free(stream) }

  /// Decompresses from a range of the input to `output[start...]`.
  func step(_ input: [UInt8], _ range: Range<Int>, into output: inout [UInt8], from start: Int) -> Step {
    var (taken, given) = (0, 0)
    // Safe because: the slices are checked, and no pointer leaves the closures.
    let status = input.withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        let input = UnsafeBufferPointer(rebasing: input[range])
        let output = UnsafeMutableBufferPointer(rebasing: output[start...])
        return ck_stream_step(
          stream, input.baseAddress, input.count, output.baseAddress, output.count, &taken, &given)
      }
    }
    return Step(status: status, taken: taken, given: given)
  }
}
