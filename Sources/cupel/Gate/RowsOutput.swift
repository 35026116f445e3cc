internal import Reports
internal import Scan
internal import Synchronization

/// Where the rows of a table are written to: a file, which appears when all of it is there, or standard output.
final class RowsOutput: RowSink {
  private let file: StreamedFile?
  private let isTerminal = Console.isTerminal(.output)
  private let ending = Mutex<Ending?>(nil)

  /// Why no more is written.
  enum Ending: Sendable {
    case readerWentAway
    case failed(ReportError)
  }

  /// - Parameter path: the file; nil for standard output.
  init(to path: String?) throws(ReportError) {
    file = if let path { try StreamedFile(path: path) } else { nil }
  }

  /// What ended the writing before the rows did.
  var end: Ending? { ending.withLock { $0 } }

  func write(_ bytes: [UInt8]) throws(ScanError) {
    guard let file else {
      if !Console.write(isTerminal ? Self.harmless(bytes) : bytes) { throw stop(.readerWentAway) }
      return
    }
    do throws(ReportError) {
      try file.write(bytes)
    } catch {
      throw stop(.failed(error))
    }
  }

  func finish() throws(ReportError) { try file?.finish() }

  private func stop(_ end: Ending) -> ScanError {
    ending.withLock { $0 = end }
    return ScanError(.cancelled, "nobody reads the rows")
  }

  /// Rows for the eyes: no value commands the terminal.
  private static func harmless(_ bytes: [UInt8]) -> [UInt8] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      Array(TextSafety.inline(String(decoding: line, as: UTF8.self), limit: Int(Int32.max)).utf8)
    }
    let last = lines.popLast() ?? []
    return lines.flatMap { $0 + [UInt8(ascii: "\n")] } + last
  }
}
