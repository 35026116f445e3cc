/// A baseline's rows as a file that a reader of tables can open: where they are, or a copy that nobody else sees.
package struct BaselineTable: Sendable {
  /// Where it can be opened, as long as this value is held.
  package let path: String
  /// What a name that may move stood for: a commit; nil for a file and a URL.
  package let provenance: String?
  /// When they were made; nil where that is not known.
  package let time: Int64?
  private let copy: HiddenFile?

  init(path: String, provenance: String? = nil) {
    (self.path, self.provenance, time, copy) = (path, provenance, nil, nil)
  }

  /// The rows as a file without a name.
  init(_ baseline: Baseline, _ environment: [String: String]) throws(BaselineError) {
    do throws(FileError) {
      let copy = try HiddenFile(baseline.bytes, in: environment["TMPDIR"] ?? "/tmp")
      (path, provenance, time, self.copy) = (copy.path, baseline.provenance, baseline.time, copy)
    } catch {
      throw .file(error)
    }
  }
}

extension BaselineReference {
  /// The most bytes of rows that are copied out of git or from a server. DVC's cache is read where it is.
  package static let tableLimit = 256 << 20

  /// The rows of the baseline as a file. Parameters and errors are those of ``fetch(in:environment:limit:)``.
  package func table(
    in directory: String, environment: [String: String], limit: Int = tableLimit, dated: Bool = false
  ) async throws(BaselineError) -> BaselineTable {
    switch self {
    case .file(let path):
      let table = BaselineTable(path: Self.resolve(path, in: directory))
      guard !LocalFile.isLargeFilePointer(table.path) else { throw .largeFilePointer }
      return table
    case .dvc(let revision, let path):
      let content: DVCRepository.Content
      do throws(DVCError) {
        let repository = try await DVCRepository(around: directory, environment: environment)
        content = try await repository.content(of: path, at: revision, limit: limit)
      } catch {
        throw .dvc(error)
      }
      switch content {
      case .committed(let baseline):
        guard !LocalFile.isLargeFilePointer(baseline.bytes) else { throw .largeFilePointer }
        return try BaselineTable(baseline, environment)
      case .cached(let path, _, let provenance): return BaselineTable(path: path, provenance: provenance)
      }
    case .git, .mlflow, .web, .history:
      return try BaselineTable(
        try await fetch(in: directory, environment: environment, limit: limit, dated: dated), environment)
    }
  }
}
