internal import Glibc

/// The files that a path means: itself, all that a pattern matches, or all in a folder.
///
/// `*`, `?` and `[…]` stand for parts of a name, `**` for any folders between. A folder means every file in it and
/// below, as partitioned tables are stored. Names that begin with `.` or `_` are never matched by a pattern: other
/// tools write their markers and logs under such names. The files come in the order of their paths, digits and letters
/// by their bytes.
package enum FilePattern {
  private static let maximumDepth = 64

  /// The files; empty when a pattern or a folder holds none. A path without a pattern need not exist.
  package static func files(_ path: String) -> [String] {
    if path == "-" { return [path] }
    if !isPattern(path) { return isFolder(path) ? walk(path, depth: 0).sorted(by: isBefore) : [path] }
    var bases = [path.hasPrefix("/") ? "/" : ""]
    for part in path.split(separator: "/") {
      bases = bases.flatMap { base in
        part == "**" ? [base] + folders(below: base, depth: 0) : matches(String(part), in: base)
      }
    }
    var seen: Set<String> = []
    return bases.flatMap { isFolder($0) ? walk($0, depth: 0) : [$0] }.filter { seen.insert($0).inserted }
      .sorted(by: isBefore)
  }

  /// Whether a pattern or a folder means a file, which need not be there. Both paths are absolute.
  package static func means(_ path: String, by pattern: String) -> Bool {
    means(path.split(separator: "/")[...], by: pattern.split(separator: "/")[...])
  }

  private static func means(_ names: ArraySlice<Substring>, by parts: ArraySlice<Substring>) -> Bool {
    // What a pattern leads to may be the file, or a folder that it is in.
    guard let part = parts.first else { return !names.contains(where: isMarker) }
    let rest = parts.dropFirst()
    if part == "**" {
      if rest.first == "**" { return means(names, by: rest) }
      if means(names, by: rest) { return true }
    }
    guard let name = names.first else { return false }
    if part == "**" { return !isMarker(name) && means(names.dropFirst(), by: parts) }
    guard isPattern(String(part)) else { return part == name && means(names.dropFirst(), by: rest) }
    return !isMarker(name) && fnmatch(String(part), String(name), FNM_PERIOD) == 0 && means(names.dropFirst(), by: rest)
  }

  private static func isMarker(_ name: some StringProtocol) -> Bool { name.hasPrefix(".") || name.hasPrefix("_") }

  package static func isPattern(_ path: String) -> Bool { path.utf8.contains { "*?[".utf8.contains($0) } }

  private static func isBefore(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

  private static func matches(_ part: String, in base: String) -> [String] {
    guard isPattern(part) else {
      let path = join(base, part)
      return access(path, F_OK) == 0 ? [path] : []
    }
    return names(in: base).filter { fnmatch(part, $0, FNM_PERIOD) == 0 }.map { join(base, $0) }
  }

  private static func folders(below base: String, depth: Int) -> [String] {
    guard depth < maximumDepth else { return [] }
    return names(in: base).map { join(base, $0) }.filter(isFolder).flatMap {
      [$0] + folders(below: $0, depth: depth + 1)
    }
  }

  private static func walk(_ folder: String, depth: Int) -> [String] {
    guard depth < maximumDepth else { return [] }
    return names(in: folder).map { join(folder, $0) }.flatMap { isFolder($0) ? walk($0, depth: depth + 1) : [$0] }
  }

  /// The names in a folder that are no markers.
  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      // Safe because: the name of an entry is a C string inside it, read before the next entry.
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !isMarker(name) { names.append(name) }
    }
    return names
  }

  private static func join(_ base: String, _ name: String) -> String {
    base.isEmpty || base.hasSuffix("/") ? base + name : "\(base)/\(name)"
  }

  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
