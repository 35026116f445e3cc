package import Language
package import Scan

/// What the data of a dataset are compared with: what a saved profile holds, or another dataset.
package struct DataBaseline: Sendable {
  /// How messages name it.
  package var name: String
  package var content: Content

  package enum Content: Sendable {
    /// A saved profile.
    case profile(ProfiledTable)
    /// A dataset of the run, with the columns that its files have; none where they could not be read.
    case dataset(Located<String>, columns: [String])
    /// What is wrong with it.
    case missing(ScanError)
  }

  package init(name: String, _ content: Content) {
    self.name = name
    self.content = content
  }

  /// The columns that it has, in its order, as far as that is known before data is read.
  var columns: [String] {
    switch content {
    case .profile(let table): table.columns.map(\.column)
    case .dataset(_, let columns): columns
    case .missing: []
    }
  }

  /// The dataset that has to be read for it.
  var peers: [PeerReference] {
    if case .dataset(let name, _) = content { [PeerReference(name)] } else { [] }
  }
}

/// What a profile says of a table.
package struct ProfiledTable: Sendable {
  package var rows: Int
  package var columns: [ColumnSummary]

  package init(rows: Int, columns: [ColumnSummary]) {
    self.rows = rows
    self.columns = columns
  }
}

/// How the config names a baseline.
package enum BaselineDeclaration: Sendable {
  /// A profile, or a table of any format.
  case file(Located<String>)
  /// A dataset of the config.
  case dataset(Located<String>)

  static var shape: Shape<BaselineDeclaration> {
    let file = Shape<String>.path.located.map { BaselineDeclaration.file($0) }
    let dataset = Shape<Located<String>>.object(.unwritten, [PeerReference.key(\.self)])
    return dataset.map { BaselineDeclaration.dataset($0) }.when({ $0.isMapping }, otherwise: file)
  }
}
