/// A chunk that cannot be read: its error is told when its turn comes, after all that stands before it.
struct FailedChunk: TableChunk {
  let error: ScanError

  func decode(into batch: inout Batch, _ body: (inout Batch) throws(ScanError) -> Void) throws(ScanError) {
    throw error
  }
}
