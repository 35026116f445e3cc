/// One entry of `outs:` in a `.dvc` file or in `dvc.lock`: a path, and the digest that names its content.
struct DVCOutput: Sendable, Equatable {
  /// Relative to the folder of the file that lists it.
  var path: String
  /// MD5 in hexadecimal digits; ends in `.dir` for a folder. Nil when nothing was recorded.
  var digest: String?
  var size: Int?

  /// The outputs of a file that DVC wrote: YAML in block style, of which only the keys of `outs:` entries are read.
  ///
  /// DVC writes these files itself (`schema: '2.0'` of dvc.lock, and `.dvc` files), so this is no reader of all YAML.
  static func list(in bytes: [UInt8]) -> [DVCOutput] {
    var outputs: [DVCOutput] = []
    // Where the keys of the entries begin; nil outside of `outs:`.
    var (listIndent, keyIndent): (Int?, Int?) = (nil, nil)
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let indent = line.prefix { $0 == " " }.count
      var content = line.dropFirst(indent)
      if let list = listIndent, indent < list || indent == list && !content.hasPrefix("- ") { listIndent = nil }
      guard let list = listIndent else {
        if content == "outs:" { (listIndent, keyIndent) = (indent, nil) }
        continue
      }
      if content.hasPrefix("- "), keyIndent == nil || indent + 2 == keyIndent {
        guard indent >= list else { continue }
        outputs.append(DVCOutput(path: ""))
        content = content.dropFirst(2)
        keyIndent = indent + 2
      } else if indent != keyIndent {
        continue
      }
      outputs[outputs.count - 1].read(content)
    }
    return outputs.filter { !$0.path.isEmpty }
  }

  private mutating func read(_ entry: Substring) {
    guard let colon = entry.firstIndex(of: ":") else { return }
    let text = Self.scalar(entry[entry.index(after: colon)...].drop { $0 == " " })
    switch entry[..<colon] {
    case "path": path = text
    case "md5": digest = text
    case "size": size = Int(text)
    default: break
    }
  }

  private static func scalar(_ text: Substring) -> String {
    if text.count >= 2, text.hasPrefix("'"), text.hasSuffix("'") {
      let inner = text.dropFirst().dropLast()
      return inner.split(separator: "''", omittingEmptySubsequences: false).joined(separator: "'")
    }
    guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return String(text) }
    var plain = ""
    var isEscaped = false
    for character in text.dropFirst().dropLast() {
      if character == "\\", !isEscaped {
        isEscaped = true
      } else {
        plain.append(character)
        isEscaped = false
      }
    }
    return plain
  }

  /// MD5 as DVC names files of its cache; anything else could leave the cache's folder.
  static func isDigest(_ text: String) -> Bool {
    let digits = text.hasSuffix(".dir") ? text.dropLast(4) : text[...]
    return digits.utf8.count == 32
      && digits.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
