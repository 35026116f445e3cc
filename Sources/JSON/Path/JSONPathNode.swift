/// A value that a query selected, and where it stands.
package struct JSONPathNode: Sendable {
  /// The value.
  package let value: JSONValue
  let location: JSONPathLocation

  /// The normalized path (RFC 9535 section 2.7): the one query text that selects exactly this node.
  package var path: String {
    location.normalizedPath
  }
}

/// A place in a document, as a list that shares its beginnings with other places.
indirect enum JSONPathLocation: Sendable {
  case root
  case member(String, of: JSONPathLocation)
  case element(Int, of: JSONPathLocation)

  var normalizedPath: String {
    var steps: [String] = []
    var place = self
    climb: while true {
      switch place {
      case .root: break climb
      case .member(let name, let parent):
        steps.append("['" + Self.escaped(name) + "']")
        place = parent
      case .element(let index, let parent):
        steps.append("[\(index)]")
        place = parent
      }
    }
    return "$" + steps.reversed().joined()
  }

  private static func escaped(_ name: String) -> String {
    var text = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "'": text += #"\'"#
      case "\\": text += #"\\"#
      case "\u{8}": text += #"\b"#
      case "\u{C}": text += #"\f"#
      case "\n": text += #"\n"#
      case "\r": text += #"\r"#
      case "\t": text += #"\t"#
      case ..<" ": text += #"\u00"# + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
