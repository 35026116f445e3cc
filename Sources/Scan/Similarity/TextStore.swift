/// Texts that are read again by where they stand: in memory up to a limit, in a file without a name beyond it.
struct TextStore: Sendable {
  private var tail: [UInt8] = []
  private var file: SpillFile?
  /// What is in the file; the rest is the tail.
  private var fileEnd = 0
  private let limit: Int
  private let folder: String

  /// - Parameter limit: the memory, in bytes, that the texts may take.
  init(limit: Int, folder: String) {
    self.limit = limit
    self.folder = folder
  }

  /// Where the next text will stand.
  var end: Int { fileEnd + tail.count }

  /// Adds whole texts.
  mutating func append(_ bytes: [UInt8]) throws(ScanError) {
    tail += bytes
    guard tail.count > limit else { return }
    let target: SpillFile
    if let file { target = file } else { target = try SpillFile(in: folder) }
    file = target
    try target.write(tail, at: fileEnd)
    fileEnd += tail.count
    tail = []
  }

  /// A text that was added.
  func read(_ offset: Int, _ count: Int) throws(ScanError) -> [UInt8] {
    guard offset < fileEnd, let file else { return Array(tail[(offset - fileEnd)..<(offset - fileEnd + count)]) }
    return try file.read(offset, count)
  }
}
