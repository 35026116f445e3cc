internal import Baselines
internal import Language
internal import Scan
internal import Verdict

/// Where the rows of one side are: files that the config names or, for a baseline, a file as it was in a revision of git or
/// DVC, or at a URL.
struct PredictionSource: Sendable {
  let table: TableSource
  /// What a name that may move stood for; nil for files.
  let provenance: String?
  /// When they were made, as far as that is known and was asked for.
  let time: Int64?
  /// Kept as long as the table is read.
  private let copy: BaselineTable?

  /// Finds the rows. Paths are resolved against the file that names them.
  static func find(
    _ path: Located<String>, role: SideRole, dated: Bool, context: RunContext
  ) async -> Result<PredictionSource, SideFailure> {
    let (name, pattern) = PredictionTable.resolve(path, context)
    guard role == .baseline, let reference = try? BaselineReference(path.value) else {
      return files(named: name, pattern, role)
    }
    if case .file = reference { return files(named: name, pattern, role) }
    do throws(BaselineError) {
      let found = try await reference.table(
        in: PredictionTable.resolve(Located("", at: path.location), context).path, environment: context.environment,
        dated: dated)
      let file = TableFile(path: found.path, displayedAs: reference.name)
      return .success(
        PredictionSource(
          table: table([file], named: reference.name), provenance: found.provenance, time: found.time,
          copy: found))
    } catch {
      return .failure(SideFailure(error, of: reference.name, role))
    }
  }

  private static func files(
    named name: String, _ pattern: String, _ role: SideRole
  ) -> Result<PredictionSource, SideFailure> {
    let files = FilePattern.files(pattern).map { TableFile(path: $0, displayedAs: $0 == pattern ? name : $0) }
    if let pointer = files.first(where: { LocalFile.isLargeFilePointer($0.path) }) {
      return .failure(SideFailure(.largeFilePointer, of: pointer.name, role))
    }
    return .success(PredictionSource(table: table(files, named: name), provenance: nil, time: nil, copy: nil))
  }

  private static func table(_ files: [TableFile], named name: String) -> TableSource {
    var options = TableOptions()
    if files.first?.isNamed(".tsv") == true { options.dialect.delimiter = UInt8(ascii: "\t") }
    return TableSource(files: files, named: name, options)
  }
}
