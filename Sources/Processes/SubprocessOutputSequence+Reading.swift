internal import Subprocess

extension SubprocessOutputSequence {
  /// What a pipe can hold at most (`/proc/sys/fs/pipe-max-size`, unprivileged). More than that after the leader's end
  /// was written by somebody who outlives it.
  private static var largestPipe: Int { 1 << 20 }

  /// Hands over the output piece by piece until it ends, until `take` returns false, or, once the leader has ended,
  /// until everything that it can have written has been seen.
  ///
  // Safe because the bytes are copied into an array before the borrowed buffer ends.
  func forEachPiece(leader ended: Arrival<ProcessExit>, _ take: ([UInt8]) -> Bool) async {
    var rest = Self.largestPipe
    do {
      for try await buffer in self {
        let piece = buffer.withUnsafeBytes { Array($0) }
        if ended.value != nil { rest -= piece.count }
        guard take(piece), rest > 0 else { return }
      }
    } catch {
      // A pipe that cannot be read any more has ended.
    }
  }
}
