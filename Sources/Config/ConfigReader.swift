package import Language
package import Verdict

/// Reads a file of the config: from bytes to a located tree, with environment variables in their places.
package enum ConfigReader {
  /// The largest file that is read, in bytes.
  package static let sizeLimit = 1_000_000

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: the file; `-` is standard input.
  ///   - name: the file as messages name it.
  ///   - reference: where another file names this one; what keeps the file from being opened is reported there.
  ///   - environment: the variables for `${NAME}`.
  ///   - problems: takes everything that is wrong, all in one go.
  /// - Returns: the tree, also when problems were found that leave one, so that decoding can go on and find more; nil
  ///   when there is none, and then there is at least one problem.
  package static func read(
    _ path: String, displayedAs name: String, namedAt reference: SourceLocation? = nil,
    environment: [String: String], problems: inout Problems
  ) -> ConfigFile? {
    do {
      let bytes = try FileBytes.read(path, limit: sizeLimit)
      return read(bytes: bytes, path: path, displayedAs: name, environment: environment, problems: &problems)
    } catch {
      problems.report(error.diagnostic(displayedAs: name, namedAt: reference))
      return nil
    }
  }

  /// The bytes of a small file of another syntax that the config names.
  package static func bytes(
    of path: String, displayedAs name: String, namedAt reference: SourceLocation, problems: inout Problems
  ) -> [UInt8]? {
    do {
      return try FileBytes.read(path, limit: sizeLimit)
    } catch {
      problems.report(error.diagnostic(displayedAs: name, namedAt: reference))
      return nil
    }
  }

  /// Reads the bytes of a file that is in memory already.
  package static func read(
    bytes: [UInt8], path: String, displayedAs name: String, environment: [String: String], problems: inout Problems
  ) -> ConfigFile? {
    do throws(Diagnostic) {
      guard bytes.count <= sizeLimit else { throw FileBytes.Failure.tooLarge.diagnostic(displayedAs: name) }
      let source = try text(of: bytes, named: name)
      var composer = YAMLComposer(source: source, interpolation: Interpolation(environment: environment))
      defer { problems.merge(composer.problems) }
      guard let root = try composer.document(), !root.isNull else {
        throw Diagnostic(
          "\(name) is empty", at: source.location(0),
          help: [
            "\"cupel init DATA\" writes a first config, \"cupel data infer DATA\" first rules",
            "a config begins with \"version: 1\", rules with \"columns:\"",
          ])
      }
      return ConfigFile(
        path: path, directory: ConfigPath.directory(of: path), root: root, secrets: composer.interpolation.secrets)
    } catch {
      problems.report(error)
      return nil
    }
  }

  /// The text without a byte order mark, when it is text at all.
  private static func text(of bytes: [UInt8], named name: String) throws(Diagnostic) -> SourceText {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw Diagnostic("\(name) is written in UTF-16", help: ["save it as UTF-8"])
    }
    if bytes.contains(0) {
      throw Diagnostic("\(name) is not a text file", help: ["name a YAML file: --config FILE"])
    }
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    guard let text = String(validating: body, as: UTF8.self) else {
      // Decoding repairs: up to the first difference the repaired text is what stands in the file.
      let repaired = String(decoding: body, as: UTF8.self)
      let same = zip(repaired.utf8, body).prefix { $0 == $1 }.count
      var end = 0
      let offset = repaired.unicodeScalars.prefix { scalar in
        end += UTF8.width(scalar)
        return end <= same
      }.count
      let source = SourceText(repaired, named: name)
      throw Diagnostic("\(name) is not valid UTF-8", at: source.location(offset), help: ["save it as UTF-8"])
    }
    let source = SourceText(text, named: name)
    if let offset = source.scalars.firstIndex(where: isForbidden) {
      let code = String(source.scalars[offset].value, radix: 16, uppercase: true)
      throw Diagnostic(
        "this line holds the invisible character U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code)",
        at: source.location(offset), help: ["remove it; in double quotes it can be written as an escape"])
    }
    return source
  }

  /// What YAML 1.2 allows nowhere in a text (section 5.1), and the line breaks of YAML 1.1 alone: libyaml would end a
  /// comment there and editors would not.
  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2028, 0x2029: true
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x1_0000...0x10_FFFF: false
    default: true
    }
  }
}
