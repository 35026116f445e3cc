internal import Glibc
internal import SystemPackage

/// One process of this machine as `/proc/PID/stat` (proc(5)) shows it.
///
// Safe because the directory stream is closed before `all` returns and each entry is copied at once, and because the
// buffer that `read` lends to the system call is its own array's.
struct ProcessEntry: Sendable, Equatable {
  var pid: Int32
  /// The first 15 bytes of the program's name.
  var name: String
  var parent: Int32
  var group: Int32
  /// When it started, in clock ticks since boot: tells it from a later process with the same number.
  var start: UInt64
  /// It has ended and only waits to be reaped.
  var hasEnded: Bool

  /// Every process there is now.
  static func all() -> [ProcessEntry] {
    guard let directory = opendir("/proc") else { return [] }
    defer { closedir(directory) }
    var processes: [ProcessEntry] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if let process = Int32(name).flatMap({ ProcessEntry(pid: $0) }) { processes.append(process) }
    }
    return processes
  }

  /// Nil when there is no such process (any more).
  init?(pid: Int32) {
    guard let file = try? FileDescriptor.open(FilePath("/proc/\(pid)/stat"), .readOnly) else { return nil }
    defer { try? file.close() }
    var bytes = [UInt8](repeating: 0, count: 1024)
    guard let count = try? bytes.withUnsafeMutableBytes({ try file.read(into: $0) }) else { return nil }
    let text = String(decoding: bytes.prefix(count), as: UTF8.self)
    // "PID (name) state parent group …", and the name may hold anything, brackets too.
    guard let opening = text.firstIndex(of: "("), let closing = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: closing)...].split(separator: " ")
    guard fields.count > 19, let parent = Int32(fields[1]), let group = Int32(fields[2]), let start = UInt64(fields[19])
    else { return nil }
    self.pid = pid
    name = String(text[text.index(after: opening)..<closing])
    self.parent = parent
    self.group = group
    self.start = start
    hasEnded = fields[0] == "Z" || fields[0] == "X"
  }

  /// The living processes that this one, its children, theirs and so on have started.
  static func descendants(of ancestor: Int32) -> [ProcessEntry] {
    let children = Dictionary(grouping: all(), by: \.parent)
    var found: [ProcessEntry] = []
    var rest = [ancestor]
    while let parent = rest.popLast() {
      for child in children[parent] ?? [] {
        rest.append(child.pid)
        if !child.hasEnded { found.append(child) }
      }
    }
    return found
  }

  /// The living processes whose environment began with that entry, `NAME=value`, those of other users aside.
  static func all(startedWith variable: String) -> [ProcessEntry] {
    let entry = Array(variable.utf8)
    return all().filter { process in
      !process.hasEnded && process.environment.split(separator: 0).contains { $0.elementsEqual(entry) }
    }
  }

  /// The value of a variable of the environment that it was started with; nil without it, and where we may not see it.
  func value(of variable: String) -> String? {
    let start = Array("\(variable)=".utf8)
    return environment.split(separator: 0).first { $0.starts(with: start) }
      .map { String(decoding: $0.dropFirst(start.count), as: UTF8.self) }
  }

  /// The environment that it was started with, its entries ended by zeros; empty where we may not see it.
  private var environment: [UInt8] {
    guard let file = try? FileDescriptor.open(FilePath("/proc/\(pid)/environ"), .readOnly) else { return [] }
    defer { try? file.close() }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    // The kernel limits what a process is started with to some megabytes.
    while let count = try? piece.withUnsafeMutableBytes({ try file.read(into: $0) }), count > 0 {
      bytes += piece.prefix(count)
    }
    return bytes
  }

  /// `python3 (4711)`.
  var words: String { "\(name) (\(pid))" }

  /// Whether the same process is still there and running.
  var isAlive: Bool { Self(pid: pid).map { $0.start == start && !$0.hasEnded } ?? false }
}
