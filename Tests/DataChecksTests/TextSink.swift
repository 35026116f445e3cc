import Scan
import Synchronization

/// Takes rows as text, up to a limit.
final class TextSink: RowSink {
  private let bytes = Mutex<[UInt8]>([])
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  var text: [UInt8] { bytes.withLock { $0 } }

  func write(_ new: [UInt8]) throws(ScanError) {
    let count = bytes.withLock { bytes in
      bytes += new
      return bytes.count
    }
    if count > limit { throw ScanError(.cancelled, "full") }
  }
}
