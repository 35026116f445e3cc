internal import Glibc
internal import SystemPackage

/// A process group whose leader is our child and is not reaped yet, so that its number can belong to nobody else.
///
// Safe because the directory stream is closed before `allProcesses` returns and each entry is copied at once, and
// because the buffer that `stat` lends to the read is its own array's.
struct ProcessGroup: Sendable {
  /// The leader's process number, which is the group's.
  let leader: Int32

  /// How emptying a group went.
  enum Emptied: Sendable, Equatable {
    case wasEmpty
    case terminated
    case killed(processes: Int)
    case survived(processes: [Int32])
  }

  /// Killed processes leave at once unless the kernel itself is stuck; nobody waits for that longer than this.
  static let killTimeout = Duration.seconds(10)

  /// Asks every process of the group to end, waits up to `grace`, and kills until none is left. Not cancellable.
  func empty(grace: Duration) async -> Emptied {
    await Task.detached {
      guard !livingMembers().isEmpty else {
        send(SIGKILL)
        return .wasEmpty
      }
      send(SIGTERM)
      if await isEmpty(within: grace) { return .terminated }
      let stubborn = livingMembers().count
      // A process may fork between two looks, so one signal is not enough.
      let deadline = ContinuousClock.now + Self.killTimeout
      repeat {
        send(SIGKILL)
        if await isEmpty(within: .milliseconds(50)) { return .killed(processes: stubborn) }
      } while .now < deadline
      return .survived(processes: livingMembers())
    }.value
  }

  /// Polls, because no system call waits for a group that is not made of children.
  private func isEmpty(within time: Duration) async -> Bool {
    let deadline = ContinuousClock.now + time
    var pause = Duration.milliseconds(1)
    while !livingMembers().isEmpty {
      guard .now < deadline else { return false }
      try? await Task.sleep(for: pause)
      pause = min(pause * 2, .milliseconds(20))
    }
    return true
  }

  private func send(_ signal: Int32) { kill(-leader, signal) }

  /// The group's processes that have not ended. Those that only wait to be reaped do not count.
  func livingMembers() -> [Int32] {
    Self.allProcesses().filter { process in
      guard let (state, group) = Self.stat(of: process) else { return false }
      return group == leader && state != "Z" && state != "X"
    }
  }

  private static func allProcesses() -> [Int32] {
    guard let directory = opendir("/proc") else { return [] }
    defer { closedir(directory) }
    var processes: [Int32] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if let process = Int32(name) { processes.append(process) }
    }
    return processes
  }

  /// State letter and process group from `/proc/PID/stat` (proc(5)), or nil when the process has gone.
  private static func stat(of process: Int32) -> (state: Substring, group: Int32)? {
    guard let file = try? FileDescriptor.open(FilePath("/proc/\(process)/stat"), .readOnly) else { return nil }
    defer { try? file.close() }
    var bytes = [UInt8](repeating: 0, count: 1024)
    guard let count = try? bytes.withUnsafeMutableBytes({ try file.read(into: $0) }) else { return nil }
    let text = String(decoding: bytes.prefix(count), as: UTF8.self)
    // "PID (name) state parent group …", and the name may hold anything, brackets too.
    guard let bracket = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: bracket)...].split(separator: " ")
    guard fields.count > 2, let group = Int32(fields[2]) else { return nil }
    return (fields[0], group)
  }
}
