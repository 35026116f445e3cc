/// A YAML tag. The core tags say how a scalar is meant; all others ask for objects of a program and are refused.
struct Tag {
  private let name: String?
  private static let core = "tag:yaml.org,2002:"

  init(_ name: String?) { self.name = name }

  /// What the tag says about a scalar: text, or a value to be read as if it stood there without quotes; nil without a
  /// tag.
  var isString: Bool? {
    switch name {
    case nil: nil
    case "!", Self.core + "str": true
    default: false
    }
  }

  /// Why the tag cannot stand at such a value, or nil when it can.
  func problem(with kind: YAMLEvents.Kind) -> String? {
    guard let name, name != "!" else { return nil }
    let short = name.hasPrefix(Self.core) ? "!!" + name.dropFirst(Self.core.count) : name
    let allowed =
      switch kind {
      case .sequenceStart: ["!!seq"]
      case .mappingStart: ["!!map"]
      default: ["!!str", "!!int", "!!float", "!!bool", "!!null"]
      }
    if allowed.contains(short) { return nil }
    let isCore = ["!!seq", "!!map", "!!str", "!!int", "!!float", "!!bool", "!!null"].contains(short)
    return isCore ? "the tag \(short) does not fit this value" : "the tag \(short.prefix(40)) is not supported"
  }
}
