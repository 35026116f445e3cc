/// The end of a process's output: bounded, in order, and otherwise as it was written, control characters included.
package struct LogTail: Sendable, Equatable {
  /// How many lines are kept.
  package static let maximumLines = 200
  /// How many bytes are kept, all lines together.
  package static let maximumBytes = 64 << 10
  /// Where a line is cut, in bytes.
  package static let maximumLineBytes = 2_000

  private var kept: [[UInt8]] = []
  private var keptBytes = 0
  private var open: [UInt8] = []
  private var openIsCut = false
  private var hasOpen = false

  /// How many whole lines came before the ones kept.
  package private(set) var omittedLines = 0

  package init() {}

  /// The lines kept, the unfinished last one included. Bytes that are not UTF-8 show as U+FFFD; a cut line ends in "…".
  package var lines: [String] {
    (hasOpen ? kept + [finished] : kept).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The lines kept, joined by line feeds.
  package var text: String { lines.joined(separator: "\n") }

  /// Takes more output.
  package mutating func append(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while let lineFeed = rest.firstIndex(of: UInt8(ascii: "\n")) {
      extend(rest[..<lineFeed])
      closeLine()
      rest = rest[(lineFeed + 1)...]
    }
    if !rest.isEmpty { extend(rest) }
  }

  /// A word that was cut is left out: the rest of a secret would not be known as one.
  private var finished: [UInt8] {
    guard openIsCut else { return open }
    let word = open.reversed().prefix(Self.maximumWordBytes).prefix { $0 > UInt8(ascii: " ") }.count
    return open.dropLast(word) + Array("…".utf8)
  }

  /// A longer run without a blank is no word.
  private static let maximumWordBytes = 1_000

  private mutating func extend(_ bytes: ArraySlice<UInt8>) {
    hasOpen = true
    let room = Self.maximumLineBytes - open.count
    open.append(contentsOf: bytes.prefix(room))
    if bytes.count > room { openIsCut = true }
  }

  private mutating func closeLine() {
    kept.append(finished)
    keptBytes += finished.count
    open.removeAll(keepingCapacity: true)
    openIsCut = false
    hasOpen = false
    // The unfinished line may still grow to its full length, and counts as one of the lines.
    while kept.count >= Self.maximumLines || keptBytes > Self.maximumBytes - Self.maximumLineBytes - 3 {
      keptBytes -= kept.removeFirst().count
      omittedLines += 1
    }
  }
}
