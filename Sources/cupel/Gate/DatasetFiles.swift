internal import Config
internal import DataChecks
internal import Language
internal import Scan

/// Finds the files that a dataset's `source` means.
struct DatasetFiles {
  /// What the paths are relative to: the config, as it is and as messages show it.
  var configPath: String
  var configName: String

  /// The files of the dataset, each named as messages show it.
  func source(of declaration: DatasetDeclaration, first: String) -> TableSource {
    let files = declaration.sources.flatMap { self.files($0.value) }
    let name = ConfigPath.resolve(first, against: configName)
    let rest = declaration.sources.count - 1
    let dialect = declaration.dialect.dialect(for: files.first?.path ?? first)
    return TableSource(
      files: files, named: rest > 0 ? "\(name) and \(rest) more" : name,
      TableOptions(dialect: dialect, format: declaration.format))
  }

  /// The files that one path or pattern means.
  func files(_ source: String) -> [TableFile] {
    let pattern = ConfigPath.resolve(source, against: configPath)
    let name = ConfigPath.resolve(source, against: configName)
    return FilePattern.files(pattern).map { path in
      TableFile(path: path, displayedAs: Self.name(of: path, foundBy: pattern, shownAs: name))
    }
  }

  /// What stands before the first pattern is shown as the config writes it, what follows as it was found.
  private static func name(of path: String, foundBy pattern: String, shownAs name: String) -> String {
    if path == pattern { return name }
    let (base, shown) = (fixedPart(of: pattern), fixedPart(of: name))
    return path.hasPrefix(base) ? shown + path.dropFirst(base.count) : path
  }

  /// The folders of a path up to the first that is a pattern.
  private static func fixedPart(of path: String) -> String {
    var fixed = ""
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if FilePattern.isPattern(String(part)) { return fixed }
      fixed += index == 0 ? String(part) : "/" + part
      if index + 1 < parts.count, FilePattern.isPattern(String(parts[index + 1])) { fixed += "/" }
    }
    return fixed
  }
}
