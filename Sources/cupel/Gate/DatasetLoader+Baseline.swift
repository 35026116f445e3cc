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
    var baseline: Baseline
    var peer: PeerDataset?
    var files: Set<String> = []
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
        baseline: Baseline(name: "the dataset \"\(name.value)\"", .dataset(name, columns: columns)))
    case .file(let file):
      let shown = ConfigPath.resolve(file.value, against: file.location.file)
      let path = ConfigPath.resolve(shown, against: invocation.workingDirectory + "/")
      var compared = ComparedBaseline(
        baseline: Baseline(name: shown, .missing(ScanError(.unreadable, shown))), files: [path])
      do throws(ProfileError) {
        if let profile = try ProfileFile.load(path, displayedAs: shown) {
          compared.baseline.content = .profile(ProfiledTable(rows: profile.rows, columns: profile.columns))
          return compared
        }
      } catch {
        compared.baseline.content = .missing(ScanError(.unreadable, error.message, hint: error.hint))
        return compared
      }
      let table = TableSource(files: [TableFile(path: path, displayedAs: shown)], named: shown, source.options)
      compared.peer = PeerDataset(name: shown, source: table, rules: rules)
      compared.baseline.content = .dataset(Located(shown, at: file.location), columns: Self.columns(of: table))
      return compared
    }
  }

  /// None where the table cannot be read: reading it says why.
  private static func columns(of source: TableSource) -> [String] {
    guard !source.isStream else { return [] }
    var scan = NativeScan(source)
    return (try? scan.fields())?.map(\.name) ?? []
  }
}
