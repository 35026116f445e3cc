internal import Planning
package import Scan

/// A dataset of the config as the checks of any other know it before data is read.
package struct PeerDataset: Sendable {
  /// Its name in the config.
  package var name: String
  /// The files to read, and how its rules have them read.
  package var source: TableSource
  /// What its rules say of its columns.
  package var rules: RulesContext

  package init(name: String, source: TableSource, rules: Rules) {
    self.name = name
    self.source = source.read(by: rules)
    self.rules = RulesContext(of: rules.columns)
  }

  /// The columns that its files have; none where they cannot be read: reading them says why.
  var columns: [String] {
    guard !source.isStream else { return [] }
    var source = source
    source.options.wantsAllColumns = true
    var scan = NativeScan(source)
    return (try? scan.fields())?.map(\.name) ?? []
  }
}
