import Glibc

/// Files of the repository, and folders of the tests' own.
enum TestFiles {
  /// Where a path starts.
  enum Root {
    case repository
    case goldens
  }

  struct Missing: Error {
    var path: String
  }

  static func path(_ name: String, from root: Root) -> String {
    let folder = #filePath.split(separator: "/").dropLast()
    let base = root == .goldens ? folder + ["Goldens"] : folder.dropLast(2)
    return "/" + base.joined(separator: "/") + "/" + name
  }

  static func read(_ name: String, from root: Root) throws -> String {
    String(decoding: try bytes(path(name, from: root)), as: UTF8.self)
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw Missing(path: path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  /// The names in a folder, sorted.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// A new folder, which `body` may fill and which is gone afterwards.
  static func withFolder<T>(_ body: (String) throws -> T) throws -> T {
    var template = Array("/tmp/cupel-reports-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Missing(path: "/tmp") }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { remove(folder) }
    return try body(folder)
  }

  private static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      chmod(path, 0o700)
      for name in names(in: path) { remove(path + "/" + name) }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}
