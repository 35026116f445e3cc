internal import Glibc

/// A dataset's files and how to read them.
package struct TableSource: Sendable, Hashable {
  package var files: [TableFile]
  /// The dataset's files as messages name them together.
  package var name: String
  package var options: TableOptions
  /// About which part of the table is read, above 0 and at most 1; nil for all of it.
  package var sample: Double?

  package init(files: [TableFile], named name: String, _ options: TableOptions = TableOptions()) {
    self.files = files
    self.name = name
    self.options = options
  }

  /// One file.
  package init(path: String, displayedAs name: String, _ options: TableOptions = TableOptions()) {
    self.init(files: [TableFile(path: path, displayedAs: name)], named: name, options)
  }

  /// Whether every file is one that can be read from its beginning again, which no pipe can.
  package var canBeReadAgain: Bool { files.allSatisfy { Self.kind(of: $0.path) == S_IFREG } }

  /// Whether one of the files is a pipe or another stream, of which whoever reads it leaves nothing to others.
  package var isStream: Bool {
    files.contains { file in
      guard let kind = Self.kind(of: file.path) else { return file.path == "-" }
      return kind == S_IFIFO || kind == S_IFCHR || kind == S_IFSOCK
    }
  }

  /// Whether there is nothing at any of the paths.
  package var isMissing: Bool {
    files.allSatisfy { file in
      var status = stat()
      return file.path != "-" && stat(file.path, &status) != 0 && (errno == ENOENT || errno == ENOTDIR)
    }
  }

  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return path != "-" && stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// Opens the files as one table.
  package func open() throws(ScanError) -> any TableReader {
    guard let first = files.first else {
      let what = FilePattern.isPattern(name) ? "matches no file" : "is a folder without files"
      throw ScanError(.unreadable, "\(name) \(what)", hint: "paths are relative to the file that names them")
    }
    let isOne = files.count == 1 && first.partitions.isEmpty
    var reader: any TableReader = isOne ? try first.open(options) : try FileSequence(files, named: name, options)
    if !options.missingCodes.isEmpty { reader = MissingCodeReader(reader, options.missingCodes) }
    return sample.map { SampledReader(reader, share: $0) } ?? reader
  }
}
