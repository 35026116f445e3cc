internal import Glibc
internal import Verdict

/// The outside world of one invocation, read once and passed on as values.
struct Invocation: Sendable {
  var workingDirectory: String
  var environment: [String: String]
  /// The folder of the running binary, where its sample endpoint stands beside it.
  var executableDirectory: String
  var startedAt: Int64

  static var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  static var current: Invocation {
    Invocation(
      workingDirectory: path { getcwd($0, $1) != nil } ?? "/",
      environment: readEnvironment(),
      executableDirectory: executableFolder() ?? "/",
      startedAt: Int64(time(nil)))
  }

  private static func readEnvironment() -> [String: String] {
    var variables: [String: String] = [:]
    // Safe because: `environ` is read before any other thread could change it.
    var entry = unsafe environ
    while let text = entry.pointee {
      let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
      entry += 1
    }
    return variables
  }

  private static func executableFolder() -> String? {
    guard let file = path({ buffer, size in readlink("/proc/self/exe", buffer, size - 1) > 0 }),
      let slash = file.lastIndex(of: "/")
    else { return nil }
    return String(file[..<slash])
  }

  private static func path(_ fill: (UnsafeMutablePointer<CChar>, Int) -> Bool) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    // Safe because: the buffer ends in a zero that `fill` cannot overwrite, and the pointer does not leave the call.
    let isFilled = buffer.withUnsafeMutableBufferPointer { bytes in
      bytes.baseAddress.map { fill($0, bytes.count) } ?? false
    }
    return isFilled ? String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
  }
}
