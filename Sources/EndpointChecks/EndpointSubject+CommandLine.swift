package import Language
internal import Verdict

extension EndpointSubject {
  /// An endpoint as the command line names it.
  package struct CommandLine {
    package var url: String
    package var protocolName: String
    package var model: String?
    package var version: String?
    package var rules: String?
    package var rows: String?
    package var credentials: EndpointCredentials
    /// The keys of the check `latency`, when the endpoint is put under load and asked for nothing else.
    package var load: [(key: String, value: String)] = []
    /// Its rate: one, or the first and the last of a ramp.
    package var rate: [String]?

    package init(
      url: String, protocolName: String, model: String? = nil, version: String? = nil, rules: String? = nil,
      rows: String? = nil, credentials: EndpointCredentials = EndpointCredentials()
    ) {
      self.url = url
      self.protocolName = protocolName
      self.model = model
      self.version = version
      self.rules = rules
      self.rows = rows
      self.credentials = credentials
    }
  }

  /// The checks of an endpoint that no config describes. A contract is asked for as far as the protocol tells of one.
  private static func checks(_ line: CommandLine) -> [Node] {
    guard line.load.isEmpty else {
      var keys = line.load.map { ($0.key, plain($0.value)) }
      if let rate = line.rate, let first = rate.first {
        keys.append(("rate", rate.count == 1 ? plain(first) : node(["from": plain(first), "to": plain(rate[1])])))
      }
      return [node(["latency": node(keys + [("errors", node(["at_most": plain("0%")]))])])]
    }
    let preset = ProtocolName(rawValue: line.protocolName)?.preset.init(EndpointDeclaration())
    var checks = [text("outputs"), text("consistency"), text("rejects")]
    if let rules = line.rules, preset?.declaresTensors == true {
      checks.insert(node(["contract": node(["inputs": text(rules)])]), at: 0)
    } else if preset?.signatureRequest != nil {
      checks.insert(text("contract"), at: 0)
    }
    return checks
  }

  /// The protocols by name.
  package static var protocolNames: [String] { ProtocolName.allCases.map(\.rawValue) }

  /// The subject for an endpoint without a config: the same language, written by the command line.
  package static func unconfigured(
    _ line: CommandLine, _ folders: EndpointFolders, _ problems: inout Problems
  ) -> EndpointSubject? {
    var entries: [(String, Node)] = [("url", text(line.url)), ("protocol", text(line.protocolName))]
    for (key, value) in [
      ("model", line.model), ("version", line.version), ("rows", line.rows), ("signature", line.rules),
    ] {
      if let value { entries.append((key, text(value))) }
    }
    entries += line.credentials.entries(at: place, &problems)
    entries.append(("checks", Node(.sequence(checks(line)), at: place)))
    let endpoints = node(["endpoint": node(entries)])
    return shape(folders).decode(endpoints, &problems)?.first
  }

  private static var place: SourceLocation { SourceLocation(file: "command line", line: 1, column: 1) }

  private static func plain(_ text: String) -> Node { Node(.scalar(text, quoted: false), at: place) }

  private static func text(_ text: String) -> Node { Node(.scalar(text, quoted: true), at: place) }

  private static func node(_ entries: KeyValuePairs<String, Node>) -> Node { node(entries.map { ($0.key, $0.value) }) }

  private static func node(_ entries: [(String, Node)]) -> Node {
    Node(.mapping(entries.map { Node.Entry(key: $0.0, keyLocation: place, value: $0.1) }), at: place)
  }
}
