internal import Config
internal import DataChecks
internal import Language
internal import Planning
internal import Profiles
internal import Scan
internal import Verdict

extension DatasetLoader {
  /// A baseline with the files that it is in and, when it is a file with a table, the dataset that it is.
  struct ComparedBaseline {
    var baseline: DataBaseline
    var peer: PeerDataset?
    var files: Set<String> = []
    /// Where a profile is, or could be: nothing stands there yet.
    var profile: BaselineFile?
  }

  /// Reads the profile that the config names as baseline, or the header of the table.
  ///
  /// What is wrong with it is no mistake in the config: the checks that need it say so.
  ///
  /// - Parameters:
  ///   - source: the dataset that is compared; a table is read in its dialect and with its rules.
  ///   - peers: the datasets of the config.
  func baseline(
    _ declaration: BaselineDeclaration, of source: TableSource, _ rules: Rules, among peers: [PeerDataset]
  ) -> ComparedBaseline {
    switch declaration {
    case .dataset(let name):
      let columns = peers.first { $0.name == name.value }.map { Self.columns(of: $0.source) } ?? []
      return ComparedBaseline(
        baseline: DataBaseline(name: "the dataset \"\(name.value)\"", .dataset(name, columns: columns)))
    case .file(let file):
      let shown = ConfigPath.resolve(file.value, against: file.location.file)
      let path = ConfigPath.resolve(shown, against: invocation.workingDirectory + "/")
      var compared = ComparedBaseline(
        baseline: DataBaseline(name: shown, .missing(ScanError(.unreadable, shown))), files: [path])
      do throws(ProfileError) {
        if let profile = try ProfileFile.load(path, displayedAs: shown) {
          compared.profile = BaselineFile(path: path, name: shown, profile: profile)
          compared.baseline.content = .profile(ProfiledTable(rows: profile.rows, columns: profile.columns))
          return compared
        }
      } catch {
        let isMissing = !FileLookup.exists(path)
        // Of a table that is not there, or a profile that is damaged, nobody but its owner knows what it was.
        compared.profile = BaselineFile(path: path, name: shown, isLost: !isMissing || Self.namesTable(shown))
        let hint = isMissing ? Self.hint(atMissing: shown) : error.hint
        compared.baseline.content = .missing(ScanError(.unreadable, error.message, hint: hint))
        return compared
      }
      let table = TableSource(files: [TableFile(path: path, displayedAs: shown)], named: shown, source.options)
      compared.peer = PeerDataset(name: shown, source: table, rules: rules)
      compared.baseline.content = .dataset(Located(shown, at: file.location), columns: Self.columns(of: table))
      return compared
    }
  }

  /// What to do about a baseline that is not there: only a profile can be made.
  private static func hint(atMissing shown: String) -> String {
    TableFile(path: shown, displayedAs: shown).isNamed(".json")
      ? "cupel accept makes it, or cupel data profile SOURCE -o \(shown)"
      : "restore the file, or name a profile: cupel data profile SOURCE -o FILE.json makes one"
  }

  private static func namesTable(_ shown: String) -> Bool {
    let file = TableFile(path: shown, displayedAs: shown)
    return [".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".parquet", ".arrow", ".arrows", ".feather", ".ipc"]
      .contains(where: file.isNamed)
  }

  /// None where the table cannot be read: reading it says why.
  private static func columns(of source: TableSource) -> [String] {
    guard !source.isStream else { return [] }
    var source = source
    source.options.wantsAllColumns = true
    var scan = NativeScan(source)
    return (try? scan.fields())?.map(\.name) ?? []
  }
}

/// The profile that a dataset is compared with, and the file that it is in.
struct BaselineFile: Sendable {
  var path: String
  /// As messages show it.
  var name: String
  /// Nil when the file is not there, or cannot be read.
  var profile: Profile?
  /// Whether it is none that a run may make: a file that is damaged, or a table that is not there.
  var isLost = false
}
