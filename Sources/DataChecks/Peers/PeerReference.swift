package import Language
internal import Scan
internal import Verdict

/// What a check needs of another dataset of the config.
package struct PeerReference: Sendable {
  /// Its name, and where it is written.
  package var dataset: Located<String>
  /// The columns that it must have.
  package var columns: [String]
  /// Whether the check speaks of all that it has.
  var readsAllColumns = false

  package init(_ dataset: Located<String>, columns: [String] = []) {
    self.dataset = dataset
    self.columns = columns
  }

  /// The key that names the dataset within any object.
  static func key<Root>(_ path: WritableKeyPath<Root, Located<String>>) -> Key<Root> {
    .key("dataset", path, Shape<String>.string.located, "The other dataset, as data: names it.", required: true)
  }

  /// The key that names the other splits of the data that this one belongs to.
  static func with<Root>(
    _ path: WritableKeyPath<Root, [Located<String>]>, required: Bool = true
  ) -> Key<Root> {
    let names = Shape<String>.string.located.oneOrMany.map { names, node, problems -> [Located<String>]? in
      if !names.isEmpty, Set(names.map(\.value)).count == names.count { return names }
      problems.report("expected another split, or a list of different ones", at: node.location)
      return nil
    }
    return .key("with", path, names, "The other split or splits, as data: names them.", required: required)
  }

  /// Whether the dataset can be looked at; if not, the problems say why.
  ///
  /// - Parameter kind: the kind of the check.
  func isKnown(to rules: RulesContext, for kind: String, _ problems: inout Problems) -> Bool {
    guard let peers = rules.peers else {
      problems.report(
        "\"\(kind)\" looks at another dataset, and there is no config that names it", at: dataset.location,
        help: ["name both datasets in a cupel.yaml and use cupel run"])
      return false
    }
    guard let peer = peers.first(where: { $0.name == dataset.value }) else {
      let names = peers.map(\.name)
      let near = nearest(dataset.value, among: names).map { "did you mean \"\($0)\"?" }
      problems.report(
        "the config names no dataset \"\(dataset.value)\"", at: dataset.location, label: near,
        help: near == nil ? ["it names \(names.joined(separator: ", "))"] : [])
      return false
    }
    guard !peer.source.files.contains(where: { $0.path == "-" }) else {
      problems.report(
        "\"\(peer.name)\" is standard input, which is read once: for its own checks", at: dataset.location,
        help: ["save it to a file first"])
      return false
    }
    return true
  }
}

extension Located<String> {
  /// The name before it is read.
  static var unwritten: Located<String> { Located("", at: SourceLocation(file: "", line: 0, column: 0)) }
}
