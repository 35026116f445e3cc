#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A folder that is gone, with its files, when the test is over.
final class TemporaryFolder {
  struct CallError: Error { let call: String }

  let path: String
  private var files: [String] = []

  init() throws {
    var template = Array("/tmp/cupel-endpoint-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw CallError(call: "mkdtemp") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for file in files { unlink(file) }
    rmdir(path)
  }

  func write(_ name: String, _ text: String, executable: Bool = false) throws {
    let file = "\(path)/\(name)"
    guard let stream = fopen(file, "w") else { throw CallError(call: "fopen") }
    files.append(file)
    fputs(text, stream)
    fclose(stream)
    chmod(file, executable ? 0o755 : 0o644)
  }

  func read(_ name: String) throws -> String {
    guard let stream = fopen("\(path)/\(name)", "r") else { throw CallError(call: "fopen") }
    defer { fclose(stream) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, stream)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
